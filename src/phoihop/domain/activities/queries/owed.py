"""The other side of waiting: what other units owe the viewer's unit and have not done in time. Overdue is shown to who has it and to who gave it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import F, Value

from phoihop.kernel.text import in_order

from ...agreements.models import Adoption, AdoptionForm, AgreementParty
from ...agreements.queries import needs
from ...agreements.queries.needs import Part
from ...agreements.queries.parties import owing_opinion, owing_signature
from ...agreements.rules.needs import Needs, due_of
from ...people.models import Post
from ...people.rules import allowed
from ...tasks.queries.queue import late_of
from ..rules.waiting import Waits

MOST = 200
_COLUMNS = ("waits", "code", "said", "unit", "force", "since")


class Holder(NamedTuple):
    """Who has what is overdue."""

    unit: str
    force: str


@dataclass(frozen=True, slots=True)
class Owed:
    """One matter in one respect and all who owe it; ``due``: the deadline that passed first."""

    waits: Waits | Needs
    code: str
    title: str
    holders: tuple[Holder, ...]
    due: datetime


def owed_to(viewer: Post, now: datetime, on: date) -> list[Owed]:
    """Tasks that the unit gave, opinions and signatures on texts that it leads, texts that it asked units below for; the longest overdue first.

    One query of at most ``MOST`` units and matters.
    """
    if not allowed(viewer, "matter.view", on):
        return []
    first, *rest = (needs.columns_of(part, _COLUMNS) for part in _parts(viewer, now, on))
    rows = sorted(first.union(*rest, all=True).order_by("w_since", "w_code", "w_unit")[:MOST], key=lambda row: row[:2])
    found = (_read(waits, code, list(group)) for (waits, code), group in groupby(rows, key=lambda row: row[:2]))
    return sorted(found, key=lambda one: (one.due, one.code, str(one.waits)))


def _parts(viewer: Post, now: datetime, on: date) -> Iterator[Part]:
    me = viewer.unit_id
    yield (
        late_of(viewer, now)[1],
        _row(Waits.TASK_LATE, F("code"), F("what__text"), "lead__", F("due_at")),
    )
    for need, condition, by in ((Needs.OPINION, owing_opinion(), "opinions_by"), (Needs.SIGN, owing_signature(), "signing_by")):
        rows = AgreementParty.objects.filter(condition, agreement__matter__lead=me).exclude(unit=me).annotate(by=needs.newest(by))
        yield rows.filter(by__lt=now), _of_text(need, F("by"))
    asked = Adoption.objects.filter(form=AdoptionForm.WAITING, agreement__matter__lead=me, agreement__ended_on=None, due_on__lt=on)
    yield asked, _of_text(Needs.ADOPT, needs.as_moment("due_on"))


def _of_text(need: Needs, since: Any) -> dict[str, Any]:
    return _row(need, F("agreement__matter__code"), F("agreement__matter__title__text"), "unit__", since)


def _row(waits: Waits | Needs, code: Any, said: Any, unit: str, since: Any) -> dict[str, Any]:
    return dict(zip(_COLUMNS, (Value(waits.value), code, said, F(f"{unit}short"), F(f"{unit}force__code"), since), strict=True))


def _read(waits: str, code: str, rows: list[Any]) -> Owed:
    """``rows``: of each who owes it."""
    kind = Waits.TASK_LATE if waits == Waits.TASK_LATE else Needs(waits)
    since = min(row[5] for row in rows)
    holders = tuple(sorted((Holder(unit, force) for _waits, _code, _said, unit, force, _since in rows), key=lambda holder: in_order(holder.unit)))
    return Owed(kind, code, rows[0][2], holders, since if isinstance(kind, Waits) else due_of(kind, since))
