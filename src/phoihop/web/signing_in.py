"""Who sits at the browser. Passwords are judged by an action; here Django only learns the answer."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from phoihop.domain.people.models import User


class Backend:
    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        return None

    def get_user(self, user_id: int) -> User | None:
        return User.objects.filter(pk=user_id, is_active=True).first()
