"""How much is open at a unit: what an administrator hands to its heir. Counts only; nothing of what they count is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from ...forces.models import Unit
from ...matters.models import Grant, Matter, Participation
from ...people.models import Post
from ...people.rules import allowed
from ..models import Task, TaskSupport


@dataclass(frozen=True, slots=True)
class OpenAt:
    """``led``, ``joined``: matters; ``tasks``: that it leads or gave; ``supports``: others' tasks; ``grants``: what it was let see."""

    led: int = 0
    joined: int = 0
    tasks: int = 0
    supports: int = 0
    grants: int = 0


def open_at(viewer: Post, unit: Unit, day: date) -> OpenAt:
    """For who may put a unit in another's place; nothing for anybody else."""
    if not allowed(viewer, "unit.succeed", day):
        return OpenAt()
    return OpenAt(
        Matter.objects.filter(lead=unit, closed_at=None).count(),
        Participation.objects.filter(unit=unit, matter__closed_at=None).exclude(matter__lead=unit).count(),
        Task.objects.filter(Q(lead=unit) | Q(giver=unit), closed_at=None).count(),
        TaskSupport.objects.filter(unit=unit, task__closed_at=None).count(),
        Grant.objects.filter(unit=unit, ended_at=None).filter(Q(until=None) | Q(until__gt=day)).count(),
    )
