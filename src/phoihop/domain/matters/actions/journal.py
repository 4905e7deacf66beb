"""Writing the journal: the only functions that create events."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from phoihop.kernel.action import note
from phoihop.kernel.catalogue import EVENTS
from phoihop.kernel.rows import insert
from phoihop.kernel.text import canonical

from ...people.models import Post
from ..models import Attachment, Body, Event, Matter
from ..queries.journal import head
from ..rules import chained

# No free text can be written here by mistake: words of a text have spaces or letters outside ASCII.
_CODE = re.compile(r"[A-Za-z0-9._:@/+\-]{0,200}")


@dataclass(slots=True)
class Entry:
    """What one act leaves: its name, the matter, facts as codes and integers, and texts as what the journal may keep of them."""

    what: str
    matter: Matter | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    texts: Mapping[str, Body | Attachment | None] = field(default_factory=dict)


def write(
    *, by: Post, what: str, at: datetime, matter: Matter | None = None, texts: Mapping[str, Body | Attachment | None] | None = None, **facts: Any
) -> Event:
    """Append one event. Raises ValueError for an event outside the catalogue or a free text among the facts."""
    return write_many(by=by, at=at, entries=[Entry(what, matter, facts, texts or {})])[0]


def write_same(*, by: Post, what: str, at: datetime, each: Iterable[Mapping[str, Any]]) -> list[Event]:
    """Append many events of one name, each with its own facts: the door for topics that cannot import this module."""
    return write_many(by=by, at=at, entries=[Entry(what, None, facts) for facts in each])


def write_many(*, by: Post, at: datetime, entries: Iterable[Entry]) -> list[Event]:
    """Append events in order, each chained to the one before by its hash."""
    seq, before = head()
    made = []
    for entry in entries:
        if entry.what not in EVENTS:
            raise ValueError(f"{entry.what} is not in the catalogue of events")
        seq += 1
        body = body_of(entry)
        before = chained(before, seq, at, by.pk, entry.what, entry.matter.code if entry.matter else "", body)
        made.append(Event(seq=seq, at=at, by=by, what=entry.what, matter=entry.matter, body=body, hash=before))
    insert(made)
    for event in made:
        note(event)
    return made


def body_of(entry: Entry) -> str:
    facts = {_code(key): _plain(value) for key, value in entry.facts.items() if value is not None}
    for key, text in entry.texts.items():
        if text is not None:
            kind = "file" if isinstance(text, Attachment) else "text"
            facts[key] = {kind: text.pk, "sha256": text.digest}
    return canonical(facts).decode()


def _plain(value: Any) -> Any:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds")
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, str):
        return _code(value)
    if isinstance(value, Mapping):
        return {_code(k): _plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(v) for v in value]
    raise ValueError(f"the journal cannot hold a {type(value).__name__}")


def _code(value: str) -> str:
    if not _CODE.fullmatch(value):
        raise ValueError(f"the journal holds codes and numbers, not texts: {value[:40]!r}")
    return str(value)
