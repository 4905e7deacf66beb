"""Who usually walks a route, when and how strong: what a key in the month's roster puts down."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from ...people.models import Post
from ..models import Activity
from ..rules import PatrolDraft
from ..rules.shifts import Shift, shift_of
from .again import drafts_of

_LOOK_BACK = timedelta(days=120)


def usual(viewer: Post, routes: Iterable[int], before: datetime) -> dict[tuple[int, Shift], PatrolDraft]:
    """By route and shift, the latest patrol that the viewer's unit leads on it, as a draft. Cancelled ones teach nothing."""
    led = Activity.objects.filter(
        matter__lead=viewer.unit_id, route__in=list(routes), cancelled_at=None, planned_start__gte=before - _LOOK_BACK, planned_start__lt=before
    )
    latest: dict[tuple[int, Shift], int] = {}
    for pk, route, start in led.order_by("-planned_start", "-pk").values_list("pk", "route", "planned_start"):
        latest.setdefault((route, shift_of(start)), pk)
    return {(draft.route.pk, shift_of(draft.start)): draft for draft in drafts_of(list(latest.values())) if draft.route}
