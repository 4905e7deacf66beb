"""What will fall due of a text that not every party has signed yet: reckoned, never opened, so that one force alone has its calendar on the first day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ...figures.queries.holidays import working_days
from ...forces.models import Unit
from ...people.models import Post
from ...territory.models import Area
from ..models import Agreement, Cadence, Duty, Stage
from .falling import falling
from .versions import shown_to

MOST = 400
"""Lines of one calendar: a year of weekly duties of some dozen clauses."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A duty, by when, where, and who leads and helps there."""

    due_at: datetime
    duty: Duty
    area: Area
    lead: Unit
    helpers: Sequence[Unit]


def foreseen(viewer: Post, agreement: Agreement, today: date) -> list[Foreseen]:
    """What the viewer's unit would lead or help with within the year ahead, the earliest first. Nothing once every party has signed: it is open then.

    ``agreement``: one that the viewer may read.
    """
    if agreement.stage in (Stage.AGREED, Stage.ENDED):
        return []
    version = shown_to(viewer, agreement)
    duties = list(Duty.objects.filter(clause__version=version).exclude(cadence=Cadence.DEMAND).select_related("clause__text").order_by("pk"))
    coming = falling(agreement, duties, agreement.valid_from or today, today, working_days())
    own = [
        Foreseen(d.turn.due_at, d.duty, d.area, d.lead, d.helpers)
        for _duty, some, _until in coming
        for d in some
        if viewer.unit_id in {u.pk for u in (d.lead, *d.helpers)}
    ]
    return sorted(own, key=lambda one: (one.due_at, one.duty.pk, one.area.pk))[:MOST]
