"""What of an area's patrols is not settled yet and so stands in no figure: said beside every figure, never within it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q

from ...figures.rules.terms import Term
from ...territory.models import AreaClosure
from ..models import Activity
from ..rules import Grace, State
from .patrols import with_state


@dataclass(frozen=True, slots=True)
class Unsettled:
    """How many patrols wait for a confirmation, lack their result, or are disputed."""

    waiting: int = 0
    missing: int = 0
    disputed: int = 0

    def __add__(self, other: Unsettled) -> Unsettled:
        return Unsettled(self.waiting + other.waiting, self.missing + other.missing, self.disputed + other.disputed)

    def __bool__(self) -> bool:
        return bool(self.waiting or self.missing or self.disputed)


def unsettled(terms: Sequence[Term], now: datetime, grace: Grace) -> Mapping[int, Unsettled]:
    """By home area (its key), over the terms of a place; counts only, which are the same for every reader of figures. Exercises do not count."""
    rows = with_state(Activity.objects.filter(_in(terms), matter__exercise=False), now, grace).order_by()
    counted = rows.values("matter__area").annotate(
        waiting=Count("pk", filter=Q(state=State.WAITING.value)),
        missing=Count("pk", filter=Q(state=State.MISSING.value)),
        disputed=Count("pk", filter=Q(state=State.DISPUTED.value)),
    )
    found = {row["matter__area"]: Unsettled(row["waiting"], row["missing"], row["disputed"]) for row in counted}
    return {area: one for area, one in found.items() if one}


def _in(terms: Sequence[Term]) -> Q:
    found = Q(pk__in=[])
    for term in terms:
        that_day = AreaClosure.objects.filter(
            ancestor=term.area, area=OuterRef("matter__area"), valid_from__lte=OuterRef("day"), valid_until__gt=OuterRef("day")
        )
        found |= Q(Exists(that_day), day__gte=term.days.first, day__lt=term.days.until)
    return found
