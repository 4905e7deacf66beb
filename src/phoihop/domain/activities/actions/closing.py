"""When nothing waits any more, a patrol's matter is closed; when something does again, it is open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from phoihop.kernel.rows import update_each

from .. import rules
from ..models import Activity, Confirmation, Strength


def mark_ends(activities: Sequence[Activity], at: datetime) -> None:
    """Close the matters of patrols of which all has been said, reopen those of which something waits. Closing starts the time of photos."""
    agreed = [a.pk for a in activities if a.confirmed and not a.disputed]
    present: dict[int, set[int]] = {pk: set() for pk in agreed}
    spoken: dict[int, set[int]] = {pk: set() for pk in agreed}
    if agreed:
        for pk, unit in Strength.objects.filter(activity__in=agreed, people__gt=0).values_list("activity", "unit"):
            present[pk].add(unit)
        for pk, unit in Confirmation.objects.filter(activity__in=agreed, live=True).values_list("activity", "unit"):
            spoken[pk].add(unit)
    changed = []
    for a in activities:
        over = rules.all_said(a, present.get(a.pk, ()), spoken.get(a.pk, ()))
        if over != (a.matter.closed_at is not None):
            a.matter.closed_at = at if over else None
            changed.append(a.matter)
    update_each(changed, ["closed_at"])
