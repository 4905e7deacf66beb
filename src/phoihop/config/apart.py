"""A command that needs no node: Django without a folder, a key or a database; and the two settings that are asked with a node and without one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import django
from django.conf import settings

from .env import folder_or_none, one_of, setting

LANGUAGE: str = setting("LANGUAGE", "vi", "Language of what the command phoihop says at a terminal: vi or en.", one_of("vi", "en"))
TRUST_FOLDER: Path | None = setting(
    "TRUST_FOLDER",
    "",
    "Folder of the root certificates (.pem, .crt, .cer) that signed PDFs are checked against; empty: chains are told as not checked.",
    folder_or_none,
)

_NEED_NOTHING = (("agreement", "verify"),)
_ONLY_SAY = frozenset(("-h", "--help", "--version"))


def needs_no_node(words: Sequence[str]) -> bool:
    """Whether a call reads nothing but its own arguments: it verifies a file, or asks how commands are called."""
    return tuple(words[:2]) in _NEED_NOTHING or not words or not _ONLY_SAY.isdisjoint(words)


def stand_apart() -> None:
    """Set Django up with what rules and sentences need, and nothing that would be made or opened. A process that has settings keeps them."""
    if not settings.configured:
        settings.configure(
            INSTALLED_APPS=["phoihop.domain", "phoihop.jobs", "phoihop.search"], AUTH_USER_MODEL="phoihop.User", DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
            USE_TZ=True, TIME_ZONE="Asia/Ho_Chi_Minh", LANGUAGE_CODE="vi", LOCALE_PATHS=[Path(__file__).resolve().parent.parent / "locale"],
            TRUST_FOLDER=TRUST_FOLDER, UPLOAD_MEGABYTES=1, LOGGING_CONFIG=None,
        )  # fmt: skip
    django.setup()
