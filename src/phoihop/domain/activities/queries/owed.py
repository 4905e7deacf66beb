"""The other side of waiting: what other units owe the viewer's unit and have not done in time. Overdue is shown to who has it and to who gave it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, Value

from ...agreements.models import Adoption, AdoptionForm, AgreementParty
from ...agreements.queries import needs
from ...agreements.queries.needs import Part
from ...agreements.queries.parties import owing_opinion, owing_signature
from ...agreements.rules.needs import Needs, due_of
from ...people.models import Post
from ...people.rules import allowed
from ...tasks.queries.queue import late_of
from ..rules.waiting import Waits

SHOWN = 8
_COLUMNS = ("waits", "key", "code", "said", "unit", "force", "since")


@dataclass(frozen=True, slots=True)
class Owed:
    """``unit``, ``force``: who has it; ``due``: the deadline that passed."""

    waits: Waits | Needs
    key: int
    code: str
    title: str
    unit: str
    force: str
    due: datetime


def owed_to(viewer: Post, now: datetime, on: date) -> list[Owed]:
    """Tasks that the unit gave, opinions and signatures on texts that it leads, texts that it asked units below for; the longest overdue first.

    One query; one more than ``SHOWN`` where there are more.
    """
    if not allowed(viewer, "matter.view", on):
        return []
    first, *rest = (needs.columns_of(part, _COLUMNS) for part in _parts(viewer, now, on))
    rows = first.union(*rest, all=True).order_by("w_since", "w_code", "w_unit")[: SHOWN + 1]
    return sorted((_read(*row) for row in rows), key=lambda one: (one.due, one.code, one.unit))


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
    return dict(zip(_COLUMNS, (Value(waits.value), F("pk"), code, said, F(f"{unit}short"), F(f"{unit}force__code"), since), strict=True))


def _read(waits: str, key: int, code: str, said: str, unit: str, force: str, since: datetime) -> Owed:
    if waits == Waits.TASK_LATE:
        return Owed(Waits.TASK_LATE, key, code, said, unit, force, since)
    return Owed(Needs(waits), key, code, said, unit, force, due_of(Needs(waits), since))
