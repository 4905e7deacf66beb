"""Django's database sessions, which also know whose they are."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.utils import timezone

BEGAN = "began"
AGENT = "agent"


class SessionStore(DatabaseSessions):
    @classmethod
    def get_model_class(cls) -> Any:
        from .models import SignIn

        return SignIn

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        row: Any = super().create_model_instance(data)
        row.user_id = int(data[SESSION_KEY]) if data.get(SESSION_KEY) else None
        row.agent = str(data.get(AGENT, ""))[:120]
        row.began_at = datetime.fromisoformat(data[BEGAN]) if data.get(BEGAN) else timezone.now()
        return row


def end(keys: list[str]) -> None:
    """End these sign-ins at once: the browsers that hold them sign in anew."""
    SessionStore.get_model_class().objects.filter(session_key__in=keys).delete()
