"""/bao-cao/: which calendar, which period, of which area."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from phoihop.domain.figures.rules import calendars
from phoihop.domain.figures.rules.calendars import FIRST_YEAR, LAST_YEAR, MARKS, Calendar, Kind, Mark
from phoihop.kernel.period import Period

from ..base import Acting, acting, page
from ..scope import AREA, DAY, changed
from ..written import read_number
from .reading import CALENDAR, DEFAULT_CALENDAR, called, language

YEAR = "nam"


@dataclass(frozen=True, slots=True)
class Offer:
    """A period to choose: its days, whether it has begun, and whether today lies in it."""

    code: str
    label: str
    days: Period
    url: str
    begun: bool
    now: bool


@dataclass(frozen=True, slots=True)
class Shelf:
    title: Any
    offers: tuple[Offer, ...]
    mark: Any
    basis: str


@acting("report.view", time="none")
def choose(request: Acting) -> HttpResponse:
    """Seven calendars; the periods of a year in one of them."""
    return chooser(request)


def chooser(request: Acting, status: int = 200, problem: str = "") -> HttpResponse:
    known = {c.code: c for c in calendars.calendars()}
    calendar = request.GET.get(CALENDAR, "")
    calendar = calendar if calendar in known else DEFAULT_CALENDAR
    year = _year(request)
    return page(
        request,
        "reports/choose.html",
        status=status,
        problem=problem,
        calendars=[_told(request, c, calendar) for c in known.values()],
        calendar=known[calendar],
        calendar_name=_name(known[calendar]),
        year=year,
        before=changed(request, **{YEAR: year - 1}) if year > FIRST_YEAR else "",
        after=changed(request, **{YEAR: year + 1}) if year < LAST_YEAR else "",
        shelves=_shelves(request, calendar, year),
    )


def _year(request: Acting) -> int:
    asked = read_number(request.GET.get(YEAR), 4)
    return min(max(request.scope.day.year if asked is None else asked, FIRST_YEAR), LAST_YEAR)


def _name(c: Calendar) -> str:
    return c.name_en if language().startswith("en") else c.name


def _told(request: Acting, c: Calendar, here: str) -> dict[str, Any]:
    used_for = c.used_for_en if language().startswith("en") else c.used_for
    return {"name": _name(c), "for": used_for, "url": changed(request, **{CALENDAR: c.code}), "here": c.code == here}


def _shelves(request: Acting, calendar: str, year: int) -> list[Shelf]:
    found: dict[Kind, list[calendars.Slot]] = {}
    for s in calendars.stretches(calendar):
        offset = (year - s.anchor) % s.every
        found.setdefault(s.kind, []).extend(calendars.Slot(s.kind, year - offset, n) for n in range(s.first, s.last + 1))
    return [_shelf(request, calendar, kind, slots) for kind, slots in found.items()]


def _shelf(request: Acting, calendar: str, kind: Kind, slots: list[calendars.Slot]) -> Shelf:
    stretch = calendars.stretch_of(calendar, slots[0])
    mark = MARKS[stretch.mark] if stretch.mark != Mark.NONE else ""
    return Shelf(_kind_name(kind), tuple(_offer(request, calendar, slot) for slot in slots), mark, stretch.basis)


def _kind_name(kind: Kind) -> str:
    names = {
        Kind.MONTH: _("Tháng"), Kind.QUARTER: _("Quý"), Kind.HALF: _("6 tháng"), Kind.NINE: _("9 tháng"), Kind.YEAR: _("Năm"), Kind.TERM: _("Nhiệm kỳ"),
    }  # fmt: skip
    return names[kind]


def _offer(request: Acting, calendar: str, slot: calendars.Slot) -> Offer:
    days, today = calendars.days_of(calendar, slot), request.scope.today
    url = _carrying(request, f"/bao-cao/{calendar}/{slot.code}/")
    return Offer(slot.code, called(calendar, slot.code), days, url, days.first <= today, today in days)


def _carrying(request: Acting, path: str) -> str:
    kept = [f"{key}={request.scope.asked[key]}" for key in (AREA, DAY) if key in request.scope.asked]
    return f"{path}?{'&'.join(kept)}" if kept else path
