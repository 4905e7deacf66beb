"""A patrol under way: it has left, a check-point was reached."""

from __future__ import annotations

from datetime import datetime

from phoihop.kernel.action import action, locked
from phoihop.kernel.period import local_day

from ...matters.actions.journal import write
from ...matters.queries.sight import sight_of
from ...matters.rules import Sight
from ...people.models import Post
from .. import rules
from ..models import Activity, Checkpoint, CheckTap


@action
def start(*, by: Post, activity: Activity, started_at: datetime, at: datetime) -> Activity:
    """The lead says that the patrol has left."""
    a = locked(activity)
    rules.may_start(by, a, started_at, at, local_day(at)).enforce()
    a.started_at = started_at
    a.version += 1
    a.save(update_fields=["started_at", "version"])
    write(by=by, what="patrol.started", at=at, matter=a.matter, started=started_at)
    return a


@action
def tap(*, by: Post, activity: Activity, checkpoint: Checkpoint, tapped_at: datetime, at: datetime) -> CheckTap:
    """Note that a check-point was reached: the time alone, no position. Tapping again moves the time."""
    a, checkpoint, on = locked(activity), locked(checkpoint), local_day(at)
    takes_part = sight_of(by, a.matter, on) is Sight.WHOLE
    rules.may_tap(by, a, takes_part, checkpoint, tapped_at, at, on).enforce()
    tapped, _ = CheckTap.objects.update_or_create(activity=a, checkpoint=checkpoint, defaults={"unit": by.unit, "at": tapped_at})
    write(by=by, what="patrol.tapped", at=at, matter=a.matter, point=checkpoint.pk, tapped=tapped_at)
    return tapped
