"""From an address to the question of a report and back: ``/bao-cao/ND09/2026-T10/?dv=86&theo=ghi``.

``dv`` and ``ngay`` say which area of which day (scope.py); without a day, one that is no more is asked as of the period. ``theo=ghi`` reads
figures as recorded instead of on that day's areas; ``ct`` chooses measures; ``nk`` asks as of an event of the journal; ``xem=cung-ky``
shows the year before in every column.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.utils.translation import get_language

from phoihop.domain.figures.rules import calendars
from phoihop.domain.figures.rules.calendars import NoSuchPeriod
from phoihop.domain.territory.models import Area
from phoihop.reports.asking import AS_A_WHOLE, BY_COMMUNE, Question, by_commune
from phoihop.reports.columns import definitions

from ..base import Acting
from ..patrols.seeing import grace, now_and_today
from ..scope import AREA, DAY
from ..when import Choice, When

HOW, CODES, AS_OF, SHOW = "theo", "ct", "nk", "xem"
AS_RECORDED, COMPARED = "ghi", "cung-ky"
CALENDAR, TERM = "lich", "ky"
DEFAULT_CALENDAR = "ND09"
_MOST_CODES = 24
_LONGEST_SEQ = 18


@dataclass(frozen=True, slots=True)
class Read:
    """A question as it stands in an address. ``kept``: what every link from here carries along, beside the area."""

    question: Question
    kept: Mapping[str, str]

    @property
    def path(self) -> str:
        return f"/bao-cao/{self.question.calendar}/{self.question.code}/"

    def url(self, rest: str = "", /, **change: str | None) -> str:
        """The address of this report with other parameters; None leaves one out."""
        return _with(self.path + rest, {**self.kept, AREA: self.question.area.code, **change})

    def records(self, code: str, area: str) -> str:
        """Where a figure of this report opens."""
        kept = {key: value for key, value in self.kept.items() if key not in (CODES, SHOW)}
        return _with(f"/so-lieu/{code}/", {CALENDAR: self.question.calendar, TERM: self.question.code, AREA: area, **kept})

    @property
    def compared(self) -> bool:
        return self.kept.get(SHOW) == COMPARED


def read(request: Acting, calendar: str, code: str) -> Read | None:
    """The question of an address; None when there is no such calendar or period, or no area to ask about."""
    try:
        days = calendars.period(calendar, code)
    except NoSuchPeriod:
        return None
    named = request.GET.get(AREA)
    if named and AREA not in request.scope.asked and DAY not in request.scope.asked:
        request.scope.look_back(named, days)
    area = request.scope.area
    if area is None:
        return None
    kept = _kept(request)
    chosen = [c for c in kept.get(CODES, "").split(",") if c]
    columns, whole = by_commune(chosen) if chosen else (BY_COMMUNE, AS_A_WHOLE)
    on = None if kept.get(HOW) == AS_RECORDED else request.scope.day
    return Read(Question(area, calendar, code, on, columns, whole, int(kept[AS_OF]) if AS_OF in kept else None), kept)


def _kept(request: Acting) -> dict[str, str]:
    """What of the address says something; anything else is left out, so that links stay short."""
    asked, kept = request.GET, {}
    if DAY in request.scope.asked:
        kept[DAY] = request.scope.asked[DAY]
    if asked.get(HOW) == AS_RECORDED:
        kept[HOW] = AS_RECORDED
    if codes := _known_codes(",".join(asked.getlist(CODES))):
        kept[CODES] = ",".join(codes)
    if asked.get(SHOW) == COMPARED:
        kept[SHOW] = COMPARED
    if (seq := asked.get(AS_OF, "")).isdecimal() and len(seq) <= _LONGEST_SEQ:
        kept[AS_OF] = seq
    return kept


def _known_codes(text: str) -> list[str]:
    known = [m.code for d in definitions() for m in d.measures]
    wanted = set(text.split(","))
    return [code for code in known if code in wanted][:_MOST_CODES]


def _with(path: str, parameters: Mapping[str, str | None]) -> str:
    query = urlencode({key: value for key, value in parameters.items() if value is not None})
    return f"{path}?{query}" if query else path


def of_area(of: Read, area: Area, **change: str | None) -> str:
    """This report for another area."""
    return replace(of, question=replace(of.question, area=area)).url(**change)


def clock() -> dict[str, Any]:
    """What the engine is told of the moment and of this node."""
    now, today = now_and_today()
    return {"now": now, "today": today, "grace": grace()}


def language() -> str:
    return get_language() or settings.LANGUAGE_CODE


def when_of(of: Read) -> When:
    """The picker of the top bar: periods of the same kind around this one, then those of other kinds that hold its last day."""
    q = of.question
    slot = calendars.read(q.calendar, q.code)
    around = [q.code]
    for _ in range(5):
        around.append(calendars.before(q.calendar, around[-1]))
    after = following(q.calendar, q.code)
    others = [code for kind in calendars.kinds(q.calendar) if kind != slot.kind and (code := holding(q.calendar, kind, q.days.last))]
    listed = [code for code in dict.fromkeys([*([after] if after else []), *around, *others]) if calendars.fits_period(q.calendar, code)]
    choices = tuple(Choice(called(q.calendar, code), to(of, code), code == q.code) for code in listed)
    return When(called(q.calendar, q.code), calendars.short(q.calendar, q.code, language()), to(of, around[1]), to(of, after or q.code), choices)


def called(calendar: str, code: str) -> str:
    return calendars.label(calendar, code, language())


def to(of: Read, code: str) -> str:
    """The same report of another period."""
    return replace(of, question=replace(of.question, code=code)).url(**{AS_OF: None})


def following(calendar: str, code: str) -> str:
    """The next period of the same kind; empty if the calendar has none."""
    slot = calendars.read(calendar, code)
    return holding(calendar, slot.kind, calendars.days_of(calendar, slot).until)


def holding(calendar: str, kind: calendars.Kind, day: Any) -> str:
    """The period of a kind that holds a day; empty if there is none."""
    try:
        code = calendars.period_of(calendar, kind, day)
    except NoSuchPeriod:
        return ""
    return code if calendars.fits_period(calendar, code) else ""
