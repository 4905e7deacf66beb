"""How far duties are met: by commune and duty, by commune and content, of a province over a period. Counts, for whoever may see figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, Value, When

from phoihop.kernel.period import Period
from phoihop.kernel.text import in_order

from ...people.models import Post
from ...people.rules import allowed
from ...tasks.models import TaskState
from ...tasks.rules import WAITS_ON_LEAD
from ...territory.models import Area, AreaClosure, Level
from ...territory.queries import areas_below
from ..models import ContentArea, Duty, Occasion
from ..rules.duties import Met

GIVEN_UP = (TaskState.WITHDRAWN, TaskState.DECLINED)
BY_CONTENT, BY_MILITIA, BY_DUTY = "content", "militia", "duty"
OF_DECREE = tuple(one for one in ContentArea.values if not one.startswith("dq-"))
"""The eleven content areas of NĐ 03/2019."""
OF_MILITIA = tuple(one for one in ContentArea.values if one.startswith("dq-"))
"""The four fields of Luật Dân quân tự vệ 2019, Art. 31."""
_COLUMNS: dict[str, tuple[str, ...]] = {BY_CONTENT: (*OF_DECREE, ""), BY_MILITIA: OF_MILITIA}


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
    """``rows``: the places in which something falls due, the worst first, then what is done above the commune; ``bare``: communes with nothing, by name.

    ``columns``: contents, or duties; ``empty``: contents of this view of which nothing falls due anywhere; ``beside``: what the view leaves out.
    A cell that is not there: no agreement.
    """

    rows: Sequence[Area]
    columns: Sequence[Any]
    cells: Mapping[tuple[int, Any], Tally] = field(default_factory=dict)
    bare: Sequence[Area] = ()
    empty: Sequence[str] = ()
    beside: Tally = field(default_factory=Tally)

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


def compliance(
    viewer: Post, area: Area, days: Period, now: datetime, today: date, by: str = BY_CONTENT, agreement: int | None = None, content: str | None = None
) -> Compliance:
    """The matrix of an area: its communes (the area itself, if it is one) by content of NĐ 03, by field of the militia law, or by duty.

    ``content``: only what is laid down about it ("": about none of the list). Raises Refused for who sees no figures.
    """
    allowed(viewer, "figure.view", today).enforce()
    rows = occasions_in(area, days, today)
    if agreement is not None:
        rows = rows.filter(duty__clause__version__agreement=agreement)
    if content is not None:
        rows = rows.filter(duty__clause__content=content)
    column = "duty" if by == BY_DUTY else "duty__clause__content"
    counted = rows.order_by().values_list("area", column).annotate(met=met_case(now, today), n=Count("pk")).values_list("area", column, "met", "n")
    cells: dict[tuple[int, Any], Tally] = {}
    beside = Tally()
    wanted = _COLUMNS.get(by)
    for place, of, met, n in counted:
        if wanted is None or of in wanted:
            cells.setdefault((place, of), Tally()).add(met, n)
        else:
            beside.add(met, n)
    columns = _columns(wanted, {of for _place, of in cells})
    rows_shown, bare = _rows(area, cells, today)
    return Compliance(rows_shown, columns, cells, bare, empty=[one for one in wanted or () if one and one not in columns], beside=beside)


def _rows(area: Area, cells: Mapping[tuple[int, Any], Tally], on: date) -> tuple[list[Area], list[Area]]:
    """Communes in which something falls due, those with the most overdue first, and what else something falls due in (the province, a hamlet, a
    commune of before); then the communes with nothing, by name."""
    whole: dict[int, Tally] = {}
    for (place, _of), tally in cells.items():
        whole[place] = whole.get(place, Tally()) + tally
    communes = sorted(areas_below(area, on) if area.level != Level.HAMLET else [area], key=lambda one: in_order(one.name))
    led = [one for one in communes if one.pk in whole]
    led.sort(key=lambda one: (-whole[one.pk].overdue, -whole[one.pk].waiting))
    others = whole.keys() - {one.pk for one in communes}
    return led + list(Area.objects.filter(pk__in=others).order_by("level", "code")), [one for one in communes if one.pk not in whole]


def _columns(wanted: Sequence[str] | None, found: set[Any]) -> list[Any]:
    if wanted is not None:
        return [one for one in wanted if one in found]
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
