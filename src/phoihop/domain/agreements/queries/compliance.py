"""How far duties are met: by commune and duty, by commune and content, of a province over a period. Counts, for whoever may see figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, Value, When

from phoihop.kernel.period import Period

from ...people.models import Post
from ...people.rules import allowed
from ...tasks.models import TaskState
from ...tasks.rules import WAITS_ON_LEAD
from ...territory.models import Area, AreaClosure, Level
from ...territory.queries import areas_below
from ..models import Duty, Occasion
from ..rules.duties import Met

GIVEN_UP = (TaskState.WITHDRAWN, TaskState.DECLINED)
BY_CONTENT, BY_DUTY = "content", "duty"


@dataclass(slots=True)
class Tally:
    """How many times a duty fell due in a place, by how far each was met."""

    done: int = 0
    overdue: int = 0
    waiting: int = 0
    ahead: int = 0

    @property
    def total(self) -> int:
        return self.done + self.overdue + self.waiting + self.ahead

    @property
    def due(self) -> int:
        """How many are over: done, or past their deadline."""
        return self.done + self.overdue

    @property
    def worst(self) -> Met:
        """What a cell says at a glance: one that is late speaks for all."""
        if self.overdue:
            return Met.OVERDUE
        if self.waiting:
            return Met.WAITING
        return Met.DONE if self.done else Met.AHEAD

    def add(self, met: str, count: int) -> None:
        setattr(self, met, getattr(self, met) + count)

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.done + other.done, self.overdue + other.overdue, self.waiting + other.waiting, self.ahead + other.ahead)


@dataclass(slots=True)
class Compliance:
    """``rows``: the places, communes first, then what is done above the commune; ``columns``: contents, or duties. A cell that is not there: no agreement."""

    rows: Sequence[Area]
    columns: Sequence[Any]
    cells: Mapping[tuple[int, Any], Tally] = field(default_factory=dict)

    def cell(self, row: int, column: Any) -> Tally | None:
        return self.cells.get((row, column))

    def of_row(self, row: int) -> Tally:
        return sum((t for (r, _c), t in self.cells.items() if r == row), Tally())

    def of_column(self, column: Any) -> Tally:
        return sum((t for (_r, c), t in self.cells.items() if c == column), Tally())

    @property
    def whole(self) -> Tally:
        return sum(self.cells.values(), Tally())


def occasions_in(area: Area, days: Period, on: date) -> QuerySet[Occasion]:
    """What falls due in an area or below it whose period ends within the days asked for; nothing that was withdrawn or declined."""
    below = AreaClosure.objects.filter(ancestor=area, valid_from__lte=on, valid_until__gt=on).values("area")
    return Occasion.objects.filter(area__in=below, until__gt=days.first, until__lte=days.until).exclude(task__state__in=GIVEN_UP)


def met_case(now: datetime, today: date) -> Case:
    """``rules.duties.met`` as an expression."""
    return Case(
        When(task__state__in=(TaskState.ANSWERED, TaskState.CLOSED), then=Value(Met.DONE.value)),
        When(task__due_at__lt=now, then=Value(Met.OVERDUE.value)),
        When(first__lte=today, then=Value(Met.WAITING.value)),
        default=Value(Met.AHEAD.value),
    )


def compliance(viewer: Post, area: Area, days: Period, now: datetime, today: date, by: str = BY_CONTENT, agreement: int | None = None) -> Compliance:
    """The matrix of an area: its communes (the area itself, if it is one) by content or by duty. Raises Refused for who sees no figures."""
    allowed(viewer, "figure.view", today).enforce()
    rows = occasions_in(area, days, today)
    if agreement is not None:
        rows = rows.filter(duty__clause__version__agreement=agreement)
    column = "duty__clause__content" if by == BY_CONTENT else "duty"
    counted = rows.order_by().values_list("area", column).annotate(met=met_case(now, today), n=Count("pk")).values_list("area", column, "met", "n")
    cells: dict[tuple[int, Any], Tally] = {}
    for place, of, met, n in counted:
        cells.setdefault((place, of), Tally()).add(met, n)
    return Compliance(_rows(area, {place for place, _of in cells}, today), _columns(by, {of for _place, of in cells}), cells)


def _rows(area: Area, found: set[int], on: date) -> list[Area]:
    """Every commune, with or without an agreement; then what else something falls due in: the province, a hamlet, a commune of before."""
    communes = list(areas_below(area, on)) if area.level != Level.HAMLET else [area]
    others = found - {c.pk for c in communes}
    return communes + list(Area.objects.filter(pk__in=others).order_by("level", "code"))


def _columns(by: str, found: set[Any]) -> list[Any]:
    if by == BY_CONTENT:
        return sorted(found)
    return list(
        Duty.objects.filter(pk__in=found)
        .select_related("clause__version__agreement__matter__title")
        .order_by("clause__version__agreement", "clause__order", "order")
    )


def silent(viewer: Post, area: Area, days: Period, now: datetime, today: date) -> QuerySet[Occasion]:
    """Due, without an act, without an answer, without a word: the oldest first."""
    allowed(viewer, "figure.view", today).enforce()
    late = Q(task__state__in=WAITS_ON_LEAD, task__due_at__lt=now, acts=None)
    return (
        occasions_in(area, days, today)
        .filter(late)
        .select_related("area", "task__lead__force", "duty__clause__version__agreement__matter")
        .order_by("task__due_at", "pk")
    )


def narrowed(rows: QuerySet[Occasion], met: str, now: datetime, today: date) -> QuerySet[Occasion]:
    """Only those that are met so far."""
    return rows.annotate(met=met_case(now, today)).filter(met=met) if met else rows


def tallies(rows: QuerySet[Occasion], key: str, now: datetime, today: date) -> Iterator[tuple[Any, str, int]]:
    """How many of each key are met how far, in one query."""
    yield from rows.order_by().values_list(key).annotate(met=met_case(now, today), n=Count("pk")).values_list(key, "met", "n")


def by_lead(rows: QuerySet[Occasion]) -> list[tuple[str, int]]:
    """Whose they are: names of the leading units and how many each has, for those that a viewer may not open."""
    counted = rows.order_by().values(unit=F("task__lead__name")).annotate(n=Count("pk")).order_by("-n", "unit")
    return [(row["unit"], row["n"]) for row in counted]
