"""The records behind a figure: those a viewer may open, and, of the others, who leads them. The figure itself is the same for everybody."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from operator import attrgetter
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from phoihop.kernel.period import Period
from phoihop.kernel.verdict import Verdict

from ...forces.models import Unit
from ...matters.models import Matter
from ...matters.queries.sight import seen_by
from ...people.models import Post
from ...people.rules import allowed
from ...tasks.models import Task
from ...territory.models import Area
from ..models import Fact, Method
from ..rules.figure import Figure, scaled
from . import catalogue, registers, singles
from .asked import Asked
from .catalogue import Known
from .cells import cell
from .lines import ByLine, by_line
from .questions import QUESTIONS, Question
from .standing import facts_in


@dataclass(frozen=True, slots=True)
class Record:
    """One record behind a figure: a fact with what it counted, or what a register counted (``task``, ``unit`` or ``place``)."""

    day: date | None
    value: Fraction
    area: Area
    matter: Matter | None = None
    fact: Fact | None = None
    task: Task | None = None
    unit: Unit | None = None
    place: Area | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """``records``: one page of what the viewer may open, ``may_open`` all of it; ``closed``: how many more each unit leads, whom to ask.

    ``parts``: A + B − counted twice, for a joint figure. ``over``: for a ratio, the records of what it is divided by.
    """

    figure: Figure
    records: tuple[Record, ...]
    may_open: int
    closed: tuple[tuple[Unit, int], ...] = ()
    parts: ByLine | None = None
    over: Opened | None = None

    @property
    def hidden(self) -> int:
        return sum(count for _, count in self.closed)


def records(
    viewer: Post, measure: str, area: Area, period: Period, *, today: date, line: int | None = None, items: Collection[str] = (), on: date | None = None,
    as_of: int | None = None, first: int = 0, most: int = 100,
) -> Opened:  # fmt: skip
    """What stands behind a figure, for a viewer on ``today``, the latest first. Raises Refused when the viewer sees no figures at all."""
    may_see(viewer, today).enforce()
    known = catalogue.measure(measure)
    asked = Asked((area,), (period,), on, line, as_of)
    figure = cell(measure, area, period, line=line, items=items, on=on, as_of=as_of)
    if known.method == Method.RATIO and known.base and known.over:
        part, whole = (
            records(viewer, m.code, area, period, today=today, line=line, on=on, as_of=as_of, first=first, most=most) for m in (known.base, known.over)
        )
        return Opened(figure, part.records, part.may_open, part.closed, part.parts, whole)
    if known.method == Method.DATED:
        return _of_register(viewer, known, asked, figure, today, first, most)
    facts = _facts(known, asked, items)
    parts = by_line(measure, area, period, items=tuple(items), on=on, as_of=as_of) if line is None and known.method == Method.FLOW else None
    mine = facts.filter(matter__in=seen_by(viewer, today)) | facts.filter(matter=None)
    closed = facts.exclude(matter=None).exclude(matter__in=seen_by(viewer, today))
    page = mine.select_related("area", "unit__force", "item", "matter__lead__force", "matter__area").order_by("-day", "-pk")[first : first + most]
    shown = tuple(Record(f.day, scaled(f.value, known.scale), f.area, f.matter, f, unit=f.unit) for f in page)
    return Opened(figure, shown, mine.count(), _by_lead(closed, "matter__lead"), parts)


def may_see(viewer: Post, on: date) -> Verdict:
    """Figures are for whoever may see figures."""
    return allowed(viewer, "figure.view", on)


def _facts(known: Known, asked: Asked, items: Collection[str]) -> QuerySet[Fact]:
    whole = known.method in (Method.DISTINCT, Method.MEDIAN)
    terms = asked.places(shares=not whole)[0, 0].terms
    if known.method == Method.ENTERED:
        return Fact.objects.filter(pk__in=[f.pk for f in singles.entries(known, terms, asked, asked.periods[0])])
    found = facts_in(known, terms, line=asked.line, as_of=asked.as_of)
    return found.filter(item__in=[catalogue.item(code) for code in items]) if items else found


def _of_register(viewer: Post, known: Known, asked: Asked, figure: Figure, today: date, first: int, most: int) -> Opened:
    question = QUESTIONS[known.question]
    place, days = asked.places(question.reach)[0, 0], asked.periods[0]
    keys = [pk for t in place.terms for pk in question.counted(t.area, registers.asked_of(question, t.days, days)).values_list("pk", flat=True)]
    model = question.counted(place.terms[0].area, days).model if place.terms else Area
    if model is Task:
        tasks = Task.objects.filter(pk__in=keys)
        own = Q(lead=viewer.unit_id) | Q(giver=viewer.unit_id) | Q(matter__in=seen_by(viewer, today))
        mine = tasks.filter(own)
        page = mine.select_related("area", "matter", "lead__force", "what").order_by("-due_at", "-pk")[first : first + most]
        shown = tuple(Record(None, Fraction(1), t.area, t.matter, task=t, unit=t.lead) for t in page)
        return Opened(figure, shown, mine.count(), _by_lead(tasks.exclude(own), "matter__lead"))
    if question.matter:
        return _of_matters(viewer, question, model.objects.filter(pk__in=keys), figure, today, first, most)
    if model is Unit:
        units = Unit.objects.filter(pk__in=keys).select_related("area", "force").order_by("name", "pk")
        return Opened(figure, tuple(Record(None, Fraction(1), u.area, unit=u) for u in units[first : first + most]), len(keys))
    areas = Area.objects.filter(pk__in=keys).order_by("code", "pk")
    return Opened(figure, tuple(Record(None, Fraction(1), a, place=a) for a in areas[first : first + most]), len(keys))


def _of_matters(viewer: Post, question: Question, rows: QuerySet[Any], figure: Figure, today: date, first: int, most: int) -> Opened:
    """Records that open through their matters: agreements, what was done by them."""
    seen = Q(**{f"{question.matter}__in": seen_by(viewer, today)})
    mine = rows.filter(seen)
    page = mine.select_related(*(f"{question.matter}__{to}" for to in ("area", "lead__force", "title"))).order_by(f"-{question.day}", "-pk")[
        first : first + most
    ]
    way, when = attrgetter(question.matter.replace("__", ".")), attrgetter(question.day.replace("__", "."))
    shown = tuple(Record(when(r), Fraction(getattr(r, question.amount) if question.amount else 1), way(r).area, way(r), unit=way(r).lead) for r in page)
    return Opened(figure, shown, mine.count(), _by_lead(rows.exclude(seen), f"{question.matter}__lead"))


def _by_lead(rows: QuerySet, lead: str) -> tuple[tuple[Unit, int], ...]:
    counted = rows.order_by().values(leading=F(lead)).annotate(number=Count("pk")).order_by("-number", "leading")
    numbers = [(row["leading"], row["number"]) for row in counted]
    units = Unit.objects.select_related("force").in_bulk([unit for unit, _ in numbers])
    return tuple((units[unit], number) for unit, number in numbers)
