"""The patrols that an act judges, locked as they are now, and who is on them. Every result and every word asks: the queries are kept."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db.models import QuerySet

from phoihop.kernel.kept_queries import KeptQueries

from ..models import Activity, Strength

_kept = KeptQueries()


def held(patrols: Collection[int]) -> list[Activity]:
    """These patrols with matter and area, held until the action ends."""
    return _kept.records_of(patrols, "patrols", _patrols)


def strengths_of(patrols: Collection[int]) -> list[Strength]:
    """Who is on these patrols, each with its unit."""
    return _kept.records_of(patrols, "strengths", _strengths)


def _patrols(patrols: Sequence[int]) -> QuerySet[Activity]:
    return Activity.objects.select_for_update(of=("self",)).filter(pk__in=patrols).select_related("matter__area")


def _strengths(patrols: Sequence[int]) -> QuerySet[Strength]:
    return Strength.objects.filter(activity__in=patrols).select_related("unit")
