"""Values that units enter for a period, and totals taken over from documents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from phoihop.kernel.action import action
from phoihop.kernel.period import Period, local_day

from ...matters.actions.journal import write
from ...matters.models import Event
from ...people.models import Post, Role
from ...territory.models import Area
from .. import rules
from ..models import Fact, SourcedTotal
from ..queries import catalogue
from ..queries.entered import entered_by, falls_under, same_total
from ..queries.ledger import lines_on
from ..rules import EnteredValue, Posting, Total
from . import ledger


@action
def enter(*, by: Post, calendar: str, period: str, values: Sequence[EnteredValue], at: datetime) -> list[Fact]:
    """Enter a unit's own values for a period. Again: what differs is taken back and posted anew; None takes a value back."""
    today = local_day(at)
    rules.may_enter(by, values, today).enforce()
    rules.fits_period(calendar, period).enforce()
    days = rules.period(calendar, period)
    there = entered_by(by.unit_id, days)
    wanted, outdated = [], []
    for n, v in enumerate(values):
        same = [f for f in there if _is_of(f, v)]
        former = next((f for f in same if f.key == rules.key_of(calendar, period)), None)
        _judge(by, v, days, at, overlaps=any(f is not former for f in same), place=f"values.{n}")
        if former is None or former.value != v.value:
            outdated += [former] if former else []
            wanted += [v] if v.value is not None else []
    event = write(
        by=by, what="figure.entered", at=at, calendar=calendar, period=period,
        values=[[v.measure, v.area.code, v.item, v.value if v.value is not None else "back"] for v in values],
    )  # fmt: skip
    ledger.reverse([(event, f) for f in outdated])
    return ledger.post([_posting(event, by, v, days, rules.key_of(calendar, period)) for v in wanted])


@action
def sourced(*, by: Post, total: Total, at: datetime, replaces: SourcedTotal | None = None) -> SourcedTotal:
    """Take over a total that a document states (from before the system, or of a unit still on paper).

    It is shown in its place and never added to facts. A mended one names the total that it replaces.
    """
    today, known = local_day(at), catalogue.measure(total.measure)
    rules.may_state(by, total, known.method, today, within=_within(by, total.area)).enforce()
    item = catalogue.item(total.item) if total.item else None
    if replaces is None:
        rules.stated_once(same_total(known.pk, item, total)).enforce()
    else:
        same = (replaces.measure_id, replaces.item_id, replaces.area_id) == (known.pk, item, total.area.pk)
        rules.may_replace(same, SourcedTotal.objects.filter(replaces=replaces).exists()).enforce()
    event = write(
        by=by, what="figure.sourced", at=at, measure=total.measure, item=total.item or None, area=total.area.code, first=total.first,
        until=total.until, value=total.value, qualifier=_QUALIFIERS[total.qualifier], replaces=replaces.pk if replaces else None,
    )  # fmt: skip
    return SourcedTotal.objects.create(
        seq=event, measure_id=known.pk, item_id=item, area=total.area, first=total.first, until=total.until, value=total.value,
        qualifier=total.qualifier, source=total.source.strip(), replaces=replaces,
    )  # fmt: skip


_QUALIFIERS = {"=": "exact", ">": "over", "~": "about"}  # the journal takes letters


def _judge(by: Post, v: EnteredValue, days: Period, at: datetime, *, overlaps: bool, place: str) -> None:
    known, today = catalogue.measure(v.measure), local_day(at)
    rules.fits_value(v, known.method, days, today, within=_within(by, v.area), overlaps=overlaps, at=place).enforce()


def _within(by: Post, area: Area) -> bool:
    """Whether the area is the unit's, lies in it, or became part of it; the node's own post brings in what others hand over."""
    return by.role == Role.NODE or falls_under(area, by.unit.area)


def _is_of(fact: Fact, v: EnteredValue) -> bool:
    item = catalogue.item(v.item) if v.item else None
    return (fact.measure_id, fact.item_id, fact.area_id) == (catalogue.measure(v.measure).pk, item, v.area.pk)


def _posting(event: Event, by: Post, v: EnteredValue, days: Period, key: str) -> tuple[Event, Posting]:
    assert v.value is not None
    lines = lines_on(days.last).of([by.unit.force.code])
    return event, Posting(v.measure, v.area, days.last, v.value, item=v.item, unit=by.unit, lines=lines, key=key)
