"""Who went and what came of it, of the patrols of a patrol book: of many at once, in two queries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..models import Outcome, Strength


def crews_of(rows: Iterable[Any]) -> dict[int, list[tuple[str, int | None]]]:
    """By patrol (of ``patrols``) that its viewer sees exactly, its units with how many people: as counted once there is a result, as planned before."""
    shown = {a.pk: bool(a.claim) for a in rows if a.exact}
    crews: dict[int, list[tuple[str, int | None]]] = {}
    told = Strength.objects.filter(activity__in=list(shown)).order_by("pk").values_list("activity", "unit__short", "people", "planned_people")
    for pk, name, people, planned in told:
        if shown[pk] and people == 0:
            continue
        crews.setdefault(pk, []).append((name, people if shown[pk] else planned))
    return crews


def outcomes_of(rows: Iterable[Any]) -> dict[int, list[tuple[str, int]]]:
    """By patrol that its viewer sees exactly, what came of it as counts."""
    found: dict[int, list[tuple[str, int]]] = {}
    shown = [a.pk for a in rows if a.exact]
    for pk, kind, count in Outcome.objects.filter(activity__in=shown).order_by("pk").values_list("activity", "kind", "count"):
        found.setdefault(pk, []).append((kind, count))
    return found
