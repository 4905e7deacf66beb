"""Working days as they stand, and by when a report is due."""

from __future__ import annotations

from phoihop.kernel.workdays import WorkingDays

from ..models import Holiday
from ..rules.deadlines import Deadline, Sender, send_by


def working_days() -> WorkingDays:
    """The days off and the weekend days worked in exchange that this node knows."""
    rows = list(Holiday.objects.values_list("day", "works"))
    return WorkingDays(frozenset(day for day, works in rows if not works), frozenset(day for day, works in rows if works))


def due(calendar: str, code: str, sender: Sender, *, inclusive: bool = False, workdays: int | None = None) -> Deadline | None:
    """By when a level sends its report of a period; see :func:`phoihop.domain.figures.rules.deadlines.send_by`."""
    return send_by(calendar, code, sender, working_days(), inclusive=inclusive, workdays=workdays)
