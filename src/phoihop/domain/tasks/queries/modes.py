"""How a task passes between two units: assigned downwards, proposed upwards, requested between equals."""

from __future__ import annotations

from datetime import date

from ...forces.models import Unit
from ...forces.queries import may_assign
from ..models import Mode


def mode_between(giver: Unit, lead: Unit, on: date) -> Mode:
    """The mode in which one unit gives the other a task on a day; its own is assigned to itself."""
    if may_assign(giver, lead, on):
        return Mode.ASSIGNED
    return Mode.PROPOSED if may_assign(lead, giver, on) else Mode.REQUESTED
