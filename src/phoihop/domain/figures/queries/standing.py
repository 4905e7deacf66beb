"""The facts behind a place, one by one: those that stand, now or as of an event."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from ...territory.models import AreaClosure
from ..models import Fact, Share
from ..rules.terms import Term
from .catalogue import Known


def facts_in(known: Known, terms: Sequence[Term], *, line: int | None = None, as_of: int | None = None) -> QuerySet[Fact]:
    """The facts of a measure in any of the terms that were not taken back."""
    found = standing(known, as_of).filter(_any(terms))
    if line is not None:
        bit = 1 << line
        shared = Share.objects.filter(_by(as_of), fact=OuterRef("pk")).annotate(brings=F("lines").bitand(bit)).filter(brings__gt=0)
        found = found.annotate(own=F("lines").bitand(bit)).filter(Q(own__gt=0) | Exists(shared))
    return found


def standing(known: Known, as_of: int | None = None) -> QuerySet[Fact]:
    """The facts that a measure shows and nothing took back."""
    found = not_taken_back([known.source], as_of)
    return found.filter(item__in=known.items) if known.items else found


def not_taken_back(measures: Sequence[int], as_of: int | None = None) -> QuerySet[Fact]:
    found = Fact.objects.filter(_by(as_of), measure__in=measures, reverses=None)
    return found.filter(~Exists(Fact.objects.filter(_by(as_of), reverses=OuterRef("pk"))))


def _by(as_of: int | None) -> Q:
    return Q() if as_of is None else Q(seq__lte=as_of)


def _any(terms: Sequence[Term]) -> Q:
    """The areas below each term, and, for those that moved meanwhile, on the day of the fact. No term: nothing."""
    found = Q(pk__in=[])
    for term in terms:
        over = AreaClosure.objects.filter(ancestor=term.area, valid_from__lt=term.days.until, valid_until__gt=term.days.first)
        that_day = over.filter(area=OuterRef("area"), valid_from__lte=OuterRef("day"), valid_until__gt=OuterRef("day"))
        found |= Q(Exists(that_day), area__in=over.values("area"), day__gte=term.days.first, day__lt=term.days.until)
    return found
