"""A figure by reporting line and by unit: an occasion counts once in each, and what was counted twice is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Exists, OuterRef, Q, Sum

from phoihop.kernel.period import Period

from ...forces.models import Line, LineKind, Unit, UnitClosure
from ...territory.models import Area
from ..models import Share
from ..rules.figure import Figure, scaled
from . import catalogue
from .asked import Asked
from .cells import cell
from .standing import facts_in, not_taken_back, standing


@dataclass(frozen=True, slots=True)
class ByLine:
    """``joint``: every occasion once. ``counted_twice``: by how much the lines together exceed it; None where nothing was recorded."""

    joint: Figure
    lines: tuple[tuple[Line, Figure], ...]
    counted_twice: Fraction | None


def by_line(
    measure: str, area: Area, period: Period, *, kind: str = LineKind.FORCE, items: Sequence[str] = (), on: date | None = None, as_of: int | None = None
) -> ByLine:
    """A figure in each line of a kind. A line is never the sum of others: it counts an occasion once, however many of it took part."""
    joint = cell(measure, area, period, items=items, on=on, as_of=as_of)
    lines = Line.objects.filter(kind=kind).order_by("pk")
    found = tuple((line, cell(measure, area, period, line=line.pk, items=items, on=on, as_of=as_of)) for line in lines)
    together = sum((f.value for _, f in found if f.value is not None), Fraction(0))
    return ByLine(joint, found, None if joint.value is None else together - joint.value)


def of_unit(measure: str, unit: Unit, period: Period, *, area: Area | None = None, as_of: int | None = None) -> Figure:
    """What a unit and those that it directed on the day took part in (each occasion once) or put in themselves, anywhere or in an area."""
    known = catalogue.measure(measure)
    facts = standing(known, as_of).filter(day__gte=period.first, day__lt=period.until)
    if area is not None:
        facts = facts_in(known, Asked((area,), (period,)).places()[0, 0].terms, as_of=as_of)
    facts = facts.filter(_of(unit, as_of))
    if count := facts.count():
        return Figure(measure, scaled(facts.aggregate(value=Sum("value"))["value"], known.scale), count)
    family = not_taken_back(catalogue.family(known), as_of).filter(_of(unit, as_of), day__gte=period.first, day__lt=period.until)
    return Figure(measure, Fraction(0) if family.exists() else None)


def _of(unit: Unit, as_of: int | None) -> Q:
    """A fact that the unit, or one below it on the fact's day, owns or has a share in."""
    then = {"valid_from__lte": OuterRef("day"), "valid_until__gt": OuterRef("day")}
    own = UnitClosure.objects.filter(ancestor=unit, unit=OuterRef("unit"), **then)
    shares = Share.objects.filter(fact=OuterRef("pk"), unit__commanded_by__ancestor=unit, **{f"unit__commanded_by__{k}": v for k, v in then.items()})
    if as_of is not None:
        shares = shares.filter(seq__lte=as_of)
    return Q(Exists(own)) | Q(Exists(shares))
