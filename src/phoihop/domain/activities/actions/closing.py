"""When nothing waits any more, a patrol's matter is closed; when something does again, it is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from ...matters.models import Matter
from .. import rules
from ..models import Activity
from ..queries.evidence import Evidence


def mark_ends(activities: Sequence[Activity], grounds: Mapping[int, Evidence], at: datetime) -> None:
    """Close the matters of patrols of which all has been said, reopen those of which something waits. Closing starts the time of photos."""
    closing: list[Matter] = []
    reopening: list[Matter] = []
    for a in activities:
        ground = grounds.get(a.pk, Evidence())
        over = rules.all_said(a, ground.present(), ground.words)
        if over != (a.matter.closed_at is not None):
            (closing if over else reopening).append(a.matter)
    for matters, moment in ((closing, at), (reopening, None)):
        if matters:
            Matter.objects.filter(pk__in=[matter.pk for matter in matters]).update(closed_at=moment)
        for matter in matters:
            matter.closed_at = moment
