"""Who is sent an agreement follows it from then on: it sees what a superior sees, and takes no part. Called by actions of the register."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ...forces.models import Unit
from ...matters.actions.opening import Asked, part_of
from ...matters.models import Matter, Participation, PartRole, PartState


def let_follow(matter: Matter, units: Sequence[Unit], at: datetime) -> None:
    """Units that take no part (yet, or any more) follow; who takes part keeps its role."""
    there = set(Participation.objects.filter(matter=matter, unit__in=units).values_list("unit", flat=True))
    fresh = [unit for unit in units if unit.pk not in there and unit.pk != matter.lead_id]
    Participation.objects.bulk_create([part_of(matter, Asked(unit, PartRole.INFORM), at) for unit in fresh])
    gone = Participation.objects.filter(matter=matter, unit__in=units, state__in=(PartState.WITHDRAWN, PartState.DECLINED, PartState.UNABLE))
    gone.update(role=PartRole.INFORM, state=PartState.INFORMED, asked_at=at, answered_at=None, answer_by=None, reason=None, was="")
