"""When a line's patrol was: the day, from when to when, wherever the log says so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.verdict import Verdict

from .cells import Cell, shown
from .days import Hint, day_of, in_its_month
from .finding import Found
from .hours import Hours, hours_of, moment, span
from .layout import Column, Layout
from .lines import MONTH
from .means import Means
from .reading import Reading

_STORED_DATE = re.compile(r"\d{4}-\d\d-\d\d$")


def read_when(r: Reading, cells: Mapping[str, Cell], layout: Layout) -> None:
    """Put day, start and end into the reading, or why they cannot be told."""
    hint = _hint(cells, layout)
    said: dict[Means, Found[Hours]] = {}
    for means in (Means.DAY, Means.TIME, Means.START, Means.END, Means.HOURS):
        cell, column = _cell_of(cells, layout, means)
        if cell is None:
            continue
        r.texts[means] = shown(cell)
        if column is not None:
            r.where[means] = column
        if means is Means.DAY:
            _read_day(r, cell, hint)
        elif means is not Means.HOURS:
            said[means] = _hours(cell, hint)
            if not said[means]:
                r.doubt_at(means, said[means].verdict, tuple(said[means].suggestions))
    hours = _together(said)
    if r.day is None and Means.DAY not in r.texts:
        r.day = hours.day
    if r.day is None and Means.DAY not in r.texts and all(said.values()):
        r.doubt_at(Means.DAY, Verdict("day-missing", _("Dòng này không có ngày."), "day"))
    if hours.end is None and hours.start is not None and Means.HOURS in r.texts:
        hours = _lasting(r, hours)
    if all(said.values()):
        _settle_hours(r, hours)


def _hint(cells: Mapping[str, Cell], layout: Layout) -> Hint:
    year, _dash, month = str(cells.get(MONTH) or "").partition("-")
    return layout.hint.sharper(Hint(int(year) if year else None, int(month) if month else None))


def _cell_of(cells: Mapping[str, Cell], layout: Layout, means: Means) -> tuple[Cell, Column | None]:
    if (added := cells.get(means.value)) is not None:
        return added, None
    for column in layout.by_meaning(means):
        cell = cells.get(str(column.n), cells.get(f"^{column.n}"))
        if cell is not None:
            return cell, column
    return None, next(iter(layout.by_meaning(means)), None)


def _read_day(r: Reading, cell: Cell, hint: Hint) -> None:
    found = day_of(cell, hint)
    if found and found.value and isinstance(cell, str) and _STORED_DATE.match(cell):
        found = in_its_month(found.value, hint)
    r.day = found.value
    if not found:
        r.doubt_at(Means.DAY, found.verdict, tuple(found.suggestions))


def _hours(cell: Cell, hint: Hint) -> Found[Hours]:
    """Hours; or, in a column headed "thời gian", nothing but a day."""
    found = hours_of(cell, hint)
    if found.verdict.code in ("no-hour", "no-such-hour"):
        day = day_of(cell, hint)
        if day.value is not None:
            return Found(Hours(day=day.value))
    return found


def _together(said: Mapping[Means, Found[Hours]]) -> Hours:
    both, start, end = (found.value or Hours() if (found := said.get(m)) else Hours() for m in (Means.TIME, Means.START, Means.END))
    first = start.start if start.start is not None else both.start
    last = end.start if end.start is not None else start.end if start.end is not None else both.end
    day = start.day or both.day
    return Hours(first, last, day, end.day or both.end_day or start.end_day)


def _lasting(r: Reading, hours: Hours) -> Hours:
    """An end from a number of hours: "2", "1,5", "2h30"."""
    text = r.texts[Means.HOURS].replace(",", ".")
    try:
        minutes = round(float(text) * 60)
    except ValueError:
        found = hours_of(r.texts[Means.HOURS])
        minutes = (found.value.start or 0) if found.value else 0
    assert hours.start is not None
    if minutes <= 0 or r.day is None:
        return hours
    end = moment(r.day, hours.start) + timedelta(minutes=minutes)
    return replace(hours, end=end.hour * 60 + end.minute, end_day=end.date())


def _settle_hours(r: Reading, hours: Hours) -> None:
    """Start and end as moments; what is missing is asked for where it would stand."""
    at_start = Means.TIME if Means.TIME in r.where or Means.START not in r.where else Means.START
    if hours.start is None or hours.end is None:
        reason = (
            _("Chưa có giờ bắt đầu và giờ kết thúc. Hãy ghi như 19h30-21h00.")
            if hours.start is None and hours.end is None
            else _("Chỉ có một mốc giờ. Hãy ghi cả giờ bắt đầu và giờ kết thúc, như 19h30-21h00.")
        )
        missing = Means.END if hours.start is not None and at_start is Means.START else at_start
        r.doubt_at(missing, Verdict("time-missing", reason, missing))
    elif hours.start == hours.end and hours.end_day is None:
        r.doubt_at(at_start, Verdict("time-order", _("Giờ kết thúc phải sau giờ bắt đầu."), at_start))
    elif r.day is not None:
        r.start, r.end = span(r.day, replace(hours, day=r.day))
