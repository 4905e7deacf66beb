"""The one form of a text that is hashed and signed: RFC 8785 over codes, days and numbers, with every sentence by its salted digest.

A sentence stands in it as ``SHA-256(salt ‖ text)``, the digest that its erasable body has anyway: who holds the text and its salt can
prove it (``phoihop agreement verify``), and a sentence that was recalled leaves everything else provable.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from phoihop.kernel.text import canonical, digest

from ..models import Clause, Duty

FORMAT = 1
"""Which fields the form has. A new field is a new format; a text of an old one keeps its form, for it is stored with the version."""

CITED = "text:"
"""Before the salted digest of a basis that stands in no register."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a version says besides its clauses. ``parties``: key of the unit, role, whether it must sign. ``areas``: tree, code, first day.

    ``bases``: kind, and the code of the instrument or agreement, else ``CITED`` and the digest of the words.
    ``approver``: key of the unit that approves it once all have signed, if one does.
    ``annex``: what a plan for an event or a situation lays down (``queries.annex``); nothing for any other text.
    """

    code: str
    number: int
    kind: str
    title: str
    areas: Sequence[tuple[str, str, str]]
    parties: Sequence[tuple[str, str, bool]]
    bases: Sequence[tuple[str, str]]
    valid_from: date | None
    valid_until: date | None
    review_months: int | None
    approver: str = ""
    annex: Mapping[str, Sequence[Any]] = field(default_factory=dict)


def form(head: Head, clauses: Iterable[Clause]) -> str:
    """The canonical form. Clauses come in order, with bodies, duties and their roles at hand."""
    said: dict[str, Any] = {
        "format": FORMAT,
        "code": head.code,
        "version": head.number,
        "kind": head.kind,
        "title": head.title,
        "areas": sorted(list(a) for a in head.areas),
        "parties": [[key, role, int(signs)] for key, role, signs in head.parties],
        "bases": sorted(list(b) for b in head.bases),
        "valid": [_day(head.valid_from), _day(head.valid_until)],
        "review_months": head.review_months or 0,
        "clauses": [_clause(c) for c in clauses],
    }
    if head.approver:
        said["approver"] = head.approver
    if head.annex:
        said["annex"] = dict(head.annex)
    return canonical(said).decode()


def kind_in(canonical_form: str) -> str:
    return str(json.loads(canonical_form)["kind"])


def bases_in(canonical_form: str) -> list[tuple[str, str]]:
    """What a form names as its bases: as in ``Head.bases``."""
    return [(kind, name) for kind, name in json.loads(canonical_form)["bases"]]


@dataclass(frozen=True, slots=True)
class Party:
    """A unit as a form names it; ``key``: its key."""

    key: str
    role: str
    signs: bool
    approves: bool


def parties_in(canonical_form: str) -> list[Party]:
    """Whom a form names, in the order in which they sign."""
    said = json.loads(canonical_form)
    return [Party(key, role, bool(signs), key == said.get("approver")) for key, role, signs in said["parties"]]


def areas_in(canonical_form: str) -> list[tuple[str, str, str]]:
    """Where a form says that it holds: as in ``Head.areas``."""
    return [(tree, code, start) for tree, code, start in json.loads(canonical_form)["areas"]]


def digest_of(canonical_form: str) -> str:
    """What a signature names: SHA-256 over the canonical form, 64 hexadecimal digits."""
    return digest(canonical_form.encode())


def statement(said: Mapping[str, Any]) -> bytes:
    """The bytes that a post's key signs: which text, for which unit, by which post, when, with which reservations."""
    return b"phoihop agreement\n" + canonical(dict(said))


def _clause(c: Clause) -> dict[str, Any]:
    return {
        "label": c.label,
        "depth": c.depth,
        "heading": c.heading.digest if c.heading else "",
        "text": c.text.digest if c.text else "",
        "content": c.content,
        "duties": [_duty(d) for d in sorted(c.duties.all(), key=lambda d: d.order)],
    }


def _duty(d: Duty) -> dict[str, Any]:
    """What is to be done by whom by when. Where it stands in the sentence is a help to the reader, not part of what was agreed.

    When a late one is raised is said only where the clause says it: a text that does not keeps the form that it had.
    """
    raised = {"grace": d.grace_workdays} if d.grace_workdays else {}
    return raised | {
        "act": d.act,
        "level": d.level,
        "cadence": d.cadence,
        "due": [d.due_workdays or 0, d.due_day or 0, _day(d.due_on), d.within_minutes or 0],
        "onward": d.onward,
        "roles": sorted([r.role, f"unit:{r.unit.key}" if r.unit else f"force:{r.force.code}" if r.force else ""] for r in d.roles.all()),
    }


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
