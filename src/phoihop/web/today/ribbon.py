"""The day's patrols as bars over twenty-four hours, drawn by the server: widths in percent, heights and type in pixels.

So nothing is stretched on a wide screen, it prints as it is, and no style attribute is needed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from phoihop.domain.activities.queries.situation import OnDuty
from phoihop.domain.activities.rules import STATE_NAMES, State
from phoihop.domain.activities.rules.situation import STATES_OF, Told
from phoihop.kernel.text import in_order

from .. import moments
from .sentence import SAID

DAY = 1440.0
"""Minutes across."""

TOP, LANE, WORDED, BAR, PAD, LEAST = 22, 11, 16, 7, 5, 19
"""Pixels. ``WORDED``: a lane whose bars have words beside them, so that the words of two lanes do not touch."""

_WORDS_TAKE = 170
"""About how many minutes of the axis the words beside a bar cover."""

_HIDDEN_TAKE = 14
_LATEST = 64.0
"""Up to where on the axis words without hours stand behind the line of this moment; later they would run over its end, and stand before it."""

_PILL_TAKES = 50
"""About how many minutes of the axis the hour of this moment covers, to both sides together."""

_NIGHT_FROM = 720
"""18:00, counted from six in the morning."""

_CSS = {State.LATE: "late", State.MISSING: "missing", State.UNDER_WAY: "plan"} | dict.fromkeys(STATES_OF[Told.RECORDED], "done")
_BESIDE = {State.LATE: "late", State.MISSING: "missing"}


class Bar(NamedTuple):
    """From and to in minutes since six; ``done``: until when it is filled, of one under way; ``before``: words stand before it, not behind."""

    patrol: OnDuty
    start: float
    end: float
    done: float
    before: bool

    def takes(self) -> tuple[float, float]:
        """From and to with the words beside it."""
        if self.patrol.state not in _BESIDE:
            return self.start, self.end + 6
        return (self.start - _WORDS_TAKE, self.end + 6) if self.before else (self.start, self.end + _WORDS_TAKE)


@dataclass(slots=True)
class Line:
    """An area (or a unit) and its bars, laid in lanes so that none covers another."""

    name: str
    url: str
    bars: list[Bar] = field(default_factory=list)
    hidden: Counter[Told] = field(default_factory=Counter)
    recorded: int = 0
    total: int = 0

    def lanes(self) -> list[list[Bar]]:
        lanes: list[list[Bar]] = []
        ends: list[float] = []
        for bar in sorted(self.bars, key=Bar.takes):
            begins, stops = bar.takes()
            at = next((n for n, end in enumerate(ends) if end <= begins), len(ends))
            if at == len(ends):
                ends.append(stops)
                lanes.append([])
            ends[at] = stops
            lanes[at].append(bar)
        return lanes


@dataclass(frozen=True, slots=True)
class Ribbon:
    """Two drawings of one height: the names, and the bars."""

    names: SafeString
    bars: SafeString
    lines: int


def ribbon(found: Iterable[OnDuty], first: datetime, now: datetime, groups: Mapping[int, str], by_lead: bool, address: str) -> Ribbon | None:
    """``groups``: the cluster of an area, where the province has made any; ``by_lead``: a line for each leading unit. None: nothing to draw."""
    lines = _lines(found, first, now, groups, by_lead, address)
    if not lines:
        return None
    names, bars, y = [], [], float(TOP)
    stop = True
    for line in lines:
        lanes = line.lanes()
        depths = [WORDED if any(bar.patrol.state in _BESIDE for bar in lane) else LANE for lane in lanes]
        laid = sum(depths)
        height = max(laid + (_HIDDEN_TAKE if line.hidden else 0) + 2 * PAD - 3, LEAST)
        names.append(_name(line, y, height))
        bars.append(f'<line class="sep" x1="0" x2="100%" y1="{y + height:g}" y2="{y + height:g}"/>')
        for n, lane in enumerate(lanes):
            for bar in lane:
                bars.append(_bar(bar, y + PAD + sum(depths[:n]) + (depths[n] - LANE) / 2, stop))
                stop = False
        if line.hidden:
            bars.append(_without_hours(line.hidden, y + PAD + laid + _HIDDEN_TAKE / 2 - 2, first, now))
        y += height
    return Ribbon(_names(names, y), _bars(bars, y, first, now), len(lines))


def _lines(found: Iterable[OnDuty], first: datetime, now: datetime, groups: Mapping[int, str], by_lead: bool, address: str) -> list[Line]:
    lines: dict[str, Line] = {}
    for patrol in found:
        if patrol.state in STATES_OF[Told.OFF]:
            continue
        name = patrol.lead if by_lead else groups.get(patrol.area, patrol.place)
        url = "" if by_lead or patrol.area in groups else address.replace("%s", patrol.area_code)
        line = lines.setdefault(name, Line(name, url))
        line.total += 1
        line.recorded += patrol.state in STATES_OF[Told.RECORDED]
        if (bar := _placed(patrol, first, now)) is not None:
            line.bars.append(bar)
        else:
            line.hidden[_told(patrol.state)] += 1
    return [lines[name] for name in sorted(lines, key=in_order)]


def _placed(patrol: OnDuty, first: datetime, now: datetime) -> Bar | None:
    """As it was, once it is over; as planned until then. None where the reader may not know the hours."""
    start, end = patrol.left or patrol.start, patrol.back or patrol.end
    if start is None or end is None:
        return None
    a, b = (max(0.0, min(DAY, (moment - first).total_seconds() / 60)) for moment in (start, end))
    b, moment = max(b, a + 8), (now - first).total_seconds() / 60
    till = max(a, min(moment, DAY))
    return Bar(patrol, a, b, till if patrol.state is State.UNDER_WAY else a, _better_before(a, b, moment))


def _better_before(start: float, end: float, moment: float) -> bool:
    """Whether words behind the bar would run over the day's end, or over the line of this moment while there is room before the bar."""
    crosses = end <= moment < end + _WORDS_TAKE and start >= _WORDS_TAKE
    return crosses or end + _WORDS_TAKE >= DAY


def _name(line: Line, y: float, height: float) -> str:
    middle = y + height / 2
    said = escape(line.name)
    text = f'<text x="0" y="{middle:g}" dominant-baseline="central">{said}</text>'
    if line.url:
        text = f'<a href="{escape(line.url)}" tabindex="-1">{text}</a>'
    return f'{text}<text class="n" x="100%" y="{middle:g}" text-anchor="end" dominant-baseline="central">{line.recorded}/{line.total}</text>'


def _told(state: State) -> Told:
    return next(told for told in (Told.UNDER_WAY, Told.TO_COME, Told.LATE, Told.MISSING, Told.RECORDED) if state in STATES_OF[told])


def _without_hours(hidden: Mapping[Told, int], y: float, first: datetime, now: datetime) -> str:
    """Of patrols whose hours the reader may not know (ground rule 5) how many stand how, beside the line of this moment."""
    at = max(0.0, min((now - first).total_seconds() / 60 / DAY * 100, 100.0))
    x, anchor = (at + 0.6, "start") if at <= _LATEST else (at - 0.6, "end")
    words = []
    for told in (Told.LATE, Told.UNDER_WAY, Told.TO_COME, Told.MISSING, Told.RECORDED):
        if hidden.get(told):
            css = "late" if told is Told.LATE else ""
            words.append(f'<tspan class="{css}">{escape(SAID[told] % {"n": hidden[told]})}</tspan>')
    return f'<text class="hidden" x="{x:.2f}%" y="{y:g}" text-anchor="{anchor}" dominant-baseline="central">{" · ".join(words)}</text>'


def _bar(bar: Bar, y: float, stop: bool) -> str:
    patrol = bar.patrol
    css = _CSS.get(patrol.state, "plan")
    x, width = bar.start / DAY * 100, (bar.end - bar.start) / DAY * 100
    drawn = f'<rect class="{css}" x="{x:.2f}%" y="{y:g}" width="{width:.2f}%" height="{BAR}" rx="2"/>'
    if bar.done > bar.start:
        drawn += f'<rect class="now" x="{x:.2f}%" y="{y:g}" width="{(bar.done - bar.start) / DAY * 100:.2f}%" height="{BAR}" rx="2"/>'
    state = str(STATE_NAMES[patrol.state])
    said = escape(
        f"{patrol.code} · {patrol.name or _('Tuần tra chung')} · {moments.clock(patrol.left or patrol.start)}–{moments.clock(patrol.back or patrol.end)} · {state}"
    )
    if patrol.state in _BESIDE:
        drawn += _words(bar, y, state)
    return f'<a href="/tuan-tra/{patrol.code}/" tabindex="{0 if stop else -1}" aria-label="{said}"><title>{said}</title>{drawn}</a>'


def _words(bar: Bar, y: float, words: str) -> str:
    late = _BESIDE[bar.patrol.state]
    x, anchor, dx = (bar.start, "end", -5) if bar.before else (bar.end, "start", 5)
    return (
        f'<text class="{late}" x="{x / DAY * 100:.2f}%" dx="{dx}" y="{y + BAR / 2:g}" text-anchor="{anchor}" dominant-baseline="central">{escape(words)}</text>'
    )


def _names(names: Sequence[str], height: float) -> SafeString:
    return mark_safe(f'<svg class="ribbon-names" height="{height:g}" width="100%">{"".join(names)}</svg>')


def _bars(bars: Sequence[str], height: float, first: datetime, now: datetime) -> SafeString:
    label = escape(_("Tuần tra chung từ 06:00 đến 06:00 hôm sau; cùng nội dung ở bảng bên dưới"))
    night = f'<rect class="night" x="{_NIGHT_FROM / DAY * 100:.2f}%" y="{TOP}" width="50%" height="{height - TOP:g}"/>'
    return mark_safe(
        f'<svg class="ribbon-bars walk" height="{height:g}" width="100%" role="group" aria-label="{label}">{night}{_hours(height, first, now)}{_now(height, first, now)}{"".join(bars)}</svg>'
    )


def _hours(height: float, first: datetime, now: datetime) -> str:
    """The lines of the hours with their names; of one that the hour of this moment covers only the line."""
    marks, minutes = [], (now - first).total_seconds() / 60
    for n in range(13):
        x = n / 12 * 100
        anchor = "start" if n == 0 else "end" if n == 12 else "middle"
        marks.append(f'<line class="hour" x1="{x:.2f}%" x2="{x:.2f}%" y1="{TOP}" y2="{height:g}"/>')
        if abs(n * 120 - minutes) > _PILL_TAKES or not 0 <= minutes < DAY:
            marks.append(f'<text class="axis{" odd" if n % 2 else ""}" x="{x:.2f}%" y="14" text-anchor="{anchor}">{(6 + 2 * n) % 24:02d}</text>')
    return "".join(marks)


def _now(height: float, first: datetime, now: datetime) -> str:
    """The line of this moment, only on the day that runs."""
    minutes = (now - first).total_seconds() / 60
    if not 0 <= minutes < DAY:
        return ""
    x = f"{minutes / DAY * 100:.2f}%"
    return (
        f'<line class="now-line" x1="{x}" x2="{x}" y1="{TOP - 3}" y2="{height:g}"/><svg x="{x}" y="1" width="1" height="18" overflow="visible"><rect class="now-pill" x="-21" width="42" height="18" rx="9"/>'
        f'<text class="now-text" x="0" y="9" text-anchor="middle" dominant-baseline="central">{moments.clock(now)}</text></svg>'
    )
