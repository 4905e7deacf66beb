"""The calendar of holidays and events: laid from the packaged list, added to by units, and which plan is for which event."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from phoihop.kernel.action import action, locked
from phoihop.kernel.period import ONE_DAY, local_day
from phoihop.kernel.verdict import of_row

from ...matters.actions.journal import write
from ...matters.actions.texts import keep, keep_many
from ...matters.models import Purpose
from ...people.models import Post
from ...people.rules import allowed
from ..models import Agreement, EventPlan, PublicEvent
from ..queries.calendar import own_ground, packaged_differs
from ..rules import calendar as rules
from ..rules.calendar import PublicEventDraft


@action
def lay_events(*, by: Post, at: datetime) -> int:
    """Bring holidays and events of the whole country up to the packaged list; how many were made or moved. What units added stays."""
    allowed(by, "node.manage", local_day(at)).enforce()
    fresh, moved = packaged_differs()
    shipped = rules.shipped()
    names = keep_many([shipped[code].name for code in fresh], Purpose.TITLE, at)
    made = []
    for code, name in zip(fresh, names, strict=True):
        s = shipped[code]
        assert name is not None
        made.append(PublicEvent(code=code, series=s.series, kind=s.kind, name=name, first_on=s.first_on, until=s.until, lunar=s.lunar, source=s.source))
    PublicEvent.objects.bulk_create(made)
    for event in moved:
        s = shipped[event.code]
        event.kind, event.first_on, event.until, event.lunar, event.source = s.kind, s.first_on, s.until, s.lunar, s.source
    PublicEvent.objects.bulk_update(moved, ["kind", "first_on", "until", "lunar", "source"])
    write(by=by, what="calendar.laid", at=at, changed=len(made) + len(moved), texts=dict(zip(fresh, names, strict=True)))
    return len(made) + len(moved)


@action
def enter_events(*, by: Post, drafts: Sequence[PublicEventDraft], at: datetime) -> list[PublicEvent]:
    """Add up to 200 events of the own area: all of them or, if one is refused, none. One event each."""
    on = local_day(at)
    rules.may_enter(by, on).enforce()
    rules.fits_many(len(drafts)).enforce()
    ground = own_ground(by, on)
    return [_enter(by, d, d.area.pk in ground, n, len(drafts), at) for n, d in enumerate(drafts)]


def _enter(by: Post, d: PublicEventDraft, own: bool, n: int, count: int, at: datetime) -> PublicEvent:
    code = rules.code_of(d)
    there = PublicEvent.objects.filter(code=code).first()
    of_row(rules.fits_event(d, own, there is not None and there.cancelled_at is None, local_day(at)), "drafts", n, count).enforce()
    name = keep(d.name, Purpose.TITLE, at)
    said = {
        "series": rules.series_of(d), "kind": d.kind, "name": name, "area": d.area, "unit": by.unit, "first_on": d.first_on,
        "until": d.last_on + ONE_DAY, "lunar": d.lunar.strip(), "cancelled_at": None,
    }  # fmt: skip
    made, _ = PublicEvent.objects.update_or_create(code=code, defaults=said)
    write(
        by=by, what="calendar.entered", at=at, event=made.pk, area=d.area.code, kind=d.kind, first=d.first_on, last=d.last_on, texts={"name": name}
    )  # fmt: skip
    return made


@action
def move_event(*, by: Post, event: PublicEvent, first_on: date, last_on: date, at: datetime) -> PublicEvent:
    """An event that the own unit entered takes place on other days. Plans that were drawn up for it stay as they are, and show it."""
    event = locked(event)
    on = local_day(at)
    rules.may_keep(by, event, on).enforce()
    rules.fits_days(first_on, last_on, on).enforce()
    event.first_on, event.until = first_on, last_on + ONE_DAY
    event.save(update_fields=["first_on", "until"])
    write(by=by, what="calendar.moved", at=at, event=event.pk, first=first_on, last=last_on)
    return event


@action
def cancel_event(*, by: Post, event: PublicEvent, at: datetime) -> PublicEvent:
    """Take an own event out of the calendar; the plans for it stay."""
    event = locked(event)
    rules.may_keep(by, event, local_day(at)).enforce()
    event.cancelled_at = at
    event.save(update_fields=["cancelled_at"])
    write(by=by, what="calendar.cancelled", at=at, event=event.pk)
    return event


@action
def name_event(*, by: Post, agreement: Agreement, event: PublicEvent, at: datetime) -> EventPlan:
    """Say for which event of the calendar a plan is; said again, the last word counts."""
    a = locked(agreement)
    rules.may_name_event(by, a, event, local_day(at)).enforce()
    made, _ = EventPlan.objects.update_or_create(agreement=a, defaults={"event": event})
    write(by=by, what="agreement.event_named", at=at, matter=a.matter, event=event.pk)
    return made
