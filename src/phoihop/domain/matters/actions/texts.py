"""Keeping texts where they can be erased. Called by the actions of every topic."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from phoihop.kernel.period import local_day
from phoihop.kernel.rows import insert
from phoihop.kernel.text import digest, nfc

from .. import rules
from ..models import Body


def keep(text: str, purpose: str, at: datetime) -> Body | None:
    """Keep a text under a salt of its own; None for an empty one."""
    made = keep_many([text], purpose, at)
    return made[0]


def keep_many(texts: Sequence[str], purpose: str, at: datetime) -> list[Body | None]:
    """Keep several texts; None stands for each empty one. Raises Refused for one that is too long for its purpose."""
    until = rules.keep_until(purpose, local_day(at))
    kept: list[Body | None] = []
    for text in texts:
        clean = nfc(text).strip()
        if not clean:
            kept.append(None)
            continue
        rules.fits_length(clean, purpose).enforce()
        salt = secrets.token_hex(16)
        kept.append(Body(text=clean, salt=salt, digest=salted(clean, salt), purpose=purpose, keep_until=until))
    insert([b for b in kept if b is not None])
    return kept


def salted(text: str, salt: str) -> str:
    return digest(bytes.fromhex(salt), text.encode())
