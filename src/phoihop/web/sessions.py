"""Django's database sessions, which also know whose they are."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions


class SessionStore(DatabaseSessions):
    @classmethod
    def get_model_class(cls) -> Any:
        from .models import SignIn

        return SignIn

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        row = super().create_model_instance(data)
        row.user_id = int(data["_auth_user_id"]) if data.get("_auth_user_id") else None
        row.agent = str(data.get("agent", ""))[:120]
        return row
