"""How a matter comes to be: its code, its first lead, and the parties it asks. Called by the topics that own a kind of matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from phoihop.kernel.kept_queries import KeptQueries
from phoihop.kernel.period import HOME
from phoihop.kernel.rows import insert, update_each
from phoihop.kernel.spoken import Spoken, uid_of

from ...forces.models import Unit
from ...territory.models import Area
from ..models import (
    Body,
    CodeCounter,
    LeadTerm,
    Mark,
    Matter,
    Node,
    Participation,
    PartRole,
    PartState,
)

_kept = KeptQueries()


@dataclass(slots=True)
class Asked:
    """A unit asked to take part (or told, in the role *inform*)."""

    unit: Unit
    role: str = PartRole.SUPPORT


@dataclass(slots=True)
class Opening:
    """A matter to be opened: its first lead, its area, who is asked."""

    lead: Unit
    area: Area
    asked: Sequence[Asked] = field(default_factory=list)
    title: Body | None = None
    mark: str = Mark.INTERNAL
    exercise: bool = False


def mint(kind: str, at: datetime, count: int = 1, tag: str = "") -> list[str]:
    """The next spoken codes of a kind in the year of ``at``, minted under this node's tag (read, if not given)."""
    year = at.astimezone(HOME).year
    counter, _ = CodeCounter.objects.get_or_create(kind=kind, year=year)
    first, tag = counter.next, tag or own_tag()
    counter.next = first + count
    update_each([counter], ["next"])
    return [str(Spoken(kind, year, tag, number)) for number in range(first, first + count)]


def own_tag() -> str:
    return Node.objects.values_list("tag", flat=True).get(own=True)


def open_matters(*, kind: str, openings: Sequence[Opening], at: datetime, answer_by: datetime | None = None) -> list[Matter]:
    """Open matters of one kind: each with a code, its lead's first term and the parts it asks for."""
    home = own_tag()
    codes = mint(kind, at, len(openings), home)
    matters = [
        Matter(
            uid=uid_of(code),
            code=code,
            kind=kind,
            home=home,
            lead=o.lead,
            area=o.area,
            opened_at=at,
            title=o.title,
            mark=o.mark,
            exercise=o.exercise,
            waiting=sum(a.role != PartRole.INFORM for a in o.asked),
        )
        for code, o in zip(codes, openings, strict=True)
    ]
    insert(matters)
    insert([LeadTerm(matter=m, unit=m.lead, since=at) for m in matters])
    insert([part_of(m, a, at, answer_by) for m, o in zip(matters, openings, strict=True) for a in o.asked])
    return matters


def part_of(matter: Matter, asked: Asked, at: datetime, answer_by: datetime | None = None) -> Participation:
    state = PartState.INFORMED if asked.role == PartRole.INFORM else PartState.ASKED
    return Participation(matter=matter, unit=asked.unit, role=asked.role, state=state, asked_at=at, answer_by=answer_by)


def count_answers(matter: Matter) -> None:
    """Keep on the matter how many units have not answered, and how many will come: every list asks."""
    count_answers_of([matter])


def count_answers_of(matters: Sequence[Matter]) -> None:
    """The same for many matters, in one query and one statement."""
    states: dict[int, list[tuple[int, str]]] = {m.pk: [] for m in matters}
    for matter, unit, state in _kept.rows_of(states, "answers", _answers):
        states[matter].append((unit, state))
    for m in matters:
        m.waiting = sum(state == PartState.ASKED for _, state in states[m.pk])
        m.willing = sum(state == PartState.ACCEPTED and unit != m.lead_id for unit, state in states[m.pk])
    update_each(matters, ["waiting", "willing"])


def _answers(matters: Sequence[int]) -> QuerySet[Any, Any]:
    return Participation.objects.filter(matter__in=matters).exclude(role=PartRole.INFORM).values_list("matter", "unit", "state")
