"""The small world behind the API, a clock that stands still, and callers with a token."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from phoihop.api.access import pace
from phoihop.domain.models import ApiToken, Post
from phoihop.domain.people.queries.tokens import token_digest
from tests.world import NOON, songdat


@dataclass(slots=True)
class Clock:
    now: datetime = NOON


@dataclass(slots=True)
class Machine:
    """Something that acts in a post through the API; answers are told as JSON beside their status."""

    client: Client
    headers: dict[str, str]

    def get(self, path: str, headers: dict[str, str] | None = None, **query: Any) -> Any:
        return self.client.get(f"/api/v1{path}", query, headers=self.headers | (headers or {}))

    def post(self, path: str, body: Any = None, headers: dict[str, str] | None = None) -> Any:
        return self.client.post(f"/api/v1{path}", body if body is not None else {}, content_type="application/json", headers=self.headers | (headers or {}))

    def send(self, path: str, form: dict[str, Any], headers: dict[str, str] | None = None) -> Any:
        return self.client.post(f"/api/v1{path}", form, headers=self.headers | (headers or {}))


@pytest.fixture
def w(db: None) -> SimpleNamespace:
    return songdat()


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    clock = Clock()
    monkeypatch.setattr("django.utils.timezone.now", lambda: clock.now)
    pace.forget()
    yield clock
    pace.forget()


@pytest.fixture
def machine() -> Callable[[Post], Machine]:
    def of(post: Post) -> Machine:
        secret = f"phoihop_{post.title}"
        ApiToken.objects.get_or_create(post=post, digest=token_digest(secret), label="thử", defaults={"expires_at": NOON + timedelta(days=90)})
        return Machine(Client(), {"Authorization": f"Bearer {secret}"})

    return of
