"""What page tests share: one small world, a browser."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from phoihop.domain.people.models import Post
from tests.web.browser import browser_page, chromium, served, signed_in, tabs, visit

__all__ = ["browser_page", "chromium", "served", "tabs", "visit"]


@pytest.fixture
def w(db: None) -> SimpleNamespace:
    from tests.world import songdat

    return songdat()


@pytest.fixture
def as_post(settings: Any) -> Callable[[Post], Client]:
    """``as_post(w.lan)``: a browser in which the holder of a post is signed in and acts in it."""

    def client(post: Post) -> Client:
        browser = Client()
        browser.cookies[settings.SESSION_COOKIE_NAME] = signed_in(post)
        return browser

    return client
