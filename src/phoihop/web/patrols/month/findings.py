"""What is to be mended before the month is sent, each with the button that mends it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, islice
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from phoihop.domain.activities.models import Route
from phoihop.domain.activities.queries.roster import Planned
from phoihop.domain.activities.rules import Slot, State, free_team
from phoihop.domain.activities.rules.cadence import fillings
from phoihop.domain.activities.rules.shifts import SHIFT_NAMES, Shift
from phoihop.kernel.period import Period

from ... import faces, moments
from ..seeing import address
from .gathering import WITHOUT_RESULT, Month
from .pencilled import Pencilled, Sketch

NEAR = (-1, 1, -2, 2, -3, 3)
_OPEN = (State.PLANNED, State.READY, State.LATE)


@dataclass(frozen=True, slots=True)
class Fix:
    """A button. ``marks``: what it pencils in (+) and rubs out (-); ``change``: what it changes in a patrol of the records; or ``url``."""

    label: str
    marks: str = ""
    change: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """``cell``: where on the board it is, so that a click leads there."""

    text: str
    hint: str = ""
    fixes: Sequence[Fix] = ()
    cell: str = ""
    grave: bool = False


def findings(month: Month, most: int = 10) -> tuple[list[Finding], bool]:
    """Teams that are down twice, gaps of the cadence, refusals, communes without a patrol, of days still to come; and whether there are more."""
    if not month.plans or month.days.until <= month.today:
        return [], False
    found = list(islice(chain(_gaps(month), _clashes(month), _refusals(month), _empty(month)), most + 1))
    return found[:most], len(found) > most


def _gaps(month: Month) -> Iterator[Finding]:
    for route in month.routes:
        runs = [run.meet(Period(month.today, month.days.until)) for run in month.missed.get(route.pk, ())]
        ahead = [run for run in runs if len(run)]
        if ahead and route.every_days:
            yield _gap(month, route, ahead)


def _gap(month: Month, route: Route, runs: list[Period]) -> Finding:
    every = route.every_days or 1
    walked = month.walked(route)
    days = [day for run in runs for day in fillings(run, walked, every)]
    said = ", ".join(_span(run) for run in runs[:4]) + ("…" if len(runs) > 4 else "")
    hint = _("Nhịp của tuyến: ít nhất một cuộc mỗi ngày.") if every == 1 else _("Nhịp của tuyến: ít nhất một cuộc trong %(n)s ngày.") % {"n": every}
    text = _("%(route)s trống %(days)s") % {"route": route.code, "days": said}
    return Finding(text, hint, [_filling(month, route, days)], f"c-r{route.pk}-{runs[0].first.isoformat()}", grave=True)


def _filling(month: Month, route: Route, days: list[date]) -> Fix:
    """As the route is usually walked, at night first; a form for one that nobody has walked yet."""
    shift, source = next(((shift, pk) for shift in Shift if (pk := month.usual.get((route.pk, shift)))), (Shift.NIGHT, 0))
    if not source:
        return Fix(_("Lên lịch cuộc đầu"), url=f"/tuan-tra/moi/?tuyen={route.pk}&ngay={days[0].isoformat()}")
    crew = " + ".join(dict.fromkeys(faces.face(seat.force).monogram for seat in month.by_key[source].seats))
    marks = " ".join(f"+{Pencilled(source, day)}" for day in days)
    return Fix(_("Thêm %(n)s %(shift)s %(crew)s") % {"n": len(days), "shift": SHIFT_NAMES[shift], "crew": crew}, marks)


def _clashes(month: Month) -> Iterator[Finding]:
    told: set[tuple[int, int]] = set()
    for first, second in month.clashes:
        pair = (min(first.activity, second.activity), max(first.activity, second.activity))
        if pair not in told and (finding := _clash(month, first, second)) is not None:
            told.add(pair)
            yield finding


def _clash(month: Month, first: Slot, second: Slot) -> Finding | None:
    one, other = month.by_key.get(first.activity), month.by_key.get(second.activity)
    if one is None or other is None or max(one.day, other.day) < month.today:
        return None
    seat = next(seat for seat in one.seats if seat.unit == first.unit)
    when = _day_and_shift(one)
    said = {"one": _name(month, one), "other": _name(month, other), "n": first.team, "unit": seat.name, "when": when}
    fixes = [fix for row, slot in ((other, second), (one, first)) for fix in _ways_out(month, row, slot)]
    return Finding(_("%(one)s và %(other)s trùng tổ %(n)s %(unit)s, %(when)s") % said, "", fixes[:2], _cell_of(one), grave=True)


def _ways_out(month: Month, row: Planned, slot: Slot) -> Iterator[Fix]:
    """Another day on which every team is free; another team of the unit."""
    if not _is_ours_to_move(month, row):
        return
    name = _name(month, row)
    if (day := _free_day(month, row)) is not None:
        yield _moving(month, row, day, _("Dời %(name)s sang %(day)s") % {"name": name, "day": moments.short_day(day, month.today)})
    if (slot.unit == month.post.unit_id or row.pk > 0) and row.start and row.end:
        team = free_team([s for s in month.slots if s.activity != row.pk], slot.unit, row.start, row.end)
        yield _other_team(month, row, slot.unit, team, _("%(name)s đi tổ %(n)s") % {"name": name, "n": team})


def _is_ours_to_move(month: Month, row: Planned) -> bool:
    return row.lead == month.post.unit_id and row.state in _OPEN and row.day >= month.today


def _free_day(month: Month, row: Planned) -> date | None:
    """The nearest day of the month, from today on, on which the route is free at that hour and no team of the patrol is down elsewhere."""
    for shift in NEAR:
        day, by = row.day + timedelta(days=shift), timedelta(days=shift)
        if day in month.days and day >= month.today and (row.route, day, row.shift) not in month.taken and _all_free(month, row, by):
            return day
    return None


def _all_free(month: Month, row: Planned, by: timedelta) -> bool:
    if row.start is None or row.end is None:
        return False
    start, end = row.start + by, row.end + by
    slots = (slot for seat in row.seats for slot in month.busy.get((seat.unit, seat.team), ()))
    return not any(slot.start < end and start < slot.end and slot.activity != row.pk for slot in slots)


def _moving(month: Month, row: Planned, day: date, label: str) -> Fix:
    if (sketch := _sketch(month, row)) is not None:
        return Fix(label, f"-{sketch.mark} +{Pencilled(sketch.mark.source, day, sketch.mark.team)}")
    return Fix(label, change=f"{row.pk}:{row.version}:{day.isoformat()}:")


def _other_team(month: Month, row: Planned, unit: int, team: int, label: str) -> Fix:
    if (sketch := _sketch(month, row)) is not None:
        return Fix(label, f"-{sketch.mark} +{Pencilled(sketch.mark.source, sketch.mark.day, team)}")
    return Fix(label, change=f"{row.pk}:{row.version}::{team}:{unit}")


def _sketch(month: Month, row: Planned) -> Sketch | None:
    return next((sketch for sketch in month.sketches if sketch.key == row.pk), None)


def _refusals(month: Month) -> Iterator[Finding]:
    """Parties that said no to patrols that the own unit leads, while their plan may be changed."""
    for row in month.there:
        gone = [seat for seat in row.seated if seat.gone]
        if gone and row.lead == month.post.unit_id and row.state in WITHOUT_RESULT and row.day >= month.today:
            said = {"units": ", ".join(seat.name for seat in gone), "name": _name(month, row), "when": _day_and_shift(row)}
            fix = Fix(_("Sửa thành phần"), url=address(row.code, "sua/"))
            yield Finding(_("%(units)s không tham gia %(name)s, %(when)s") % said, "", [fix], _cell_of(row))


def _empty(month: Month) -> Iterator[Finding]:
    """Communes that nobody goes to in the month."""
    for area in month.communes:
        if month.coverage[area.pk]:
            continue
        before = sum(1 for row in month.before if row.area == area.pk)
        hint = ngettext("Tháng trước: %(n)s cuộc.", "Tháng trước: %(n)s cuộc.", before) % {"n": before}
        first = max(month.today, month.days.first)
        fix = Fix(_("Lên lịch"), url=f"/tuan-tra/moi/?xa={area.code}&ngay={first.isoformat()}")
        yield Finding(_("%(area)s chưa có cuộc nào") % {"area": area}, hint, [fix])


def _name(month: Month, row: Planned) -> str:
    """The code of its route; without one its own, for two patrols of a commune are told apart by nothing shorter; of one that is not sent its commune."""
    route = next((route for route in month.routes if route.pk == row.route), None)
    if route is not None:
        return route.code
    area = next((area for area in month.communes if area.pk == row.area), None)
    return row.code if row.pk > 0 or area is None else str(area)


def _day_and_shift(row: Planned) -> str:
    shift = f"{SHIFT_NAMES[row.shift]} " if row.shift else ""
    return f"{shift}{moments.short_day(row.day, row.day)}"


def _cell_of(row: Planned) -> str:
    return f"c-r{row.route}-{row.day.isoformat()}" if row.route else f"c-a{row.area}-{row.day.isoformat()}"


def _span(run: Period) -> str:
    """12/12, or 12–13/12."""
    last: Any = moments.short_day(run.last, run.last)
    return str(last) if len(run) == 1 else f"{run.first.day:02}–{last}"
