"""The day's patrols as bars over twenty-four hours, drawn by the server: widths in percent, heights and type in pixels.

So nothing is stretched on a wide screen, it prints as it is, and no style attribute is needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from phoihop.domain.activities.queries.situation import OnDuty
from phoihop.domain.activities.rules import STATE_NAMES, State
from phoihop.domain.activities.rules.situation import OVERDUE, STATES_OF, Told
from phoihop.kernel.text import in_order

from .. import moments
from .lanes import AS_IT_IS, BESIDE, LOCAL_SHEET, PAPER, SCREEN, SHEET, TOP, WORDS_TAKE, Bar, Laid, Line, Measure, for_a_sheet, laid, patrols_on
from .sentence import SAID

DAY = 1440.0
"""Minutes across."""

_LATEST = 64.0
"""Up to where on the axis words without hours stand behind the line of this moment; later they would run over its end, and stand before it."""

_PILL_TAKES = 50
"""About how many minutes of the axis the hour of this moment covers, to both sides together."""

_NIGHT_FROM = 720
"""18:00, counted from six in the morning."""

_CSS = {State.LATE: "late", State.MISSING: "missing", State.UNDER_WAY: "plan"} | dict.fromkeys(STATES_OF[Told.RECORDED], "done")


@dataclass(frozen=True, slots=True)
class OnPaper:
    """What one sheet holds of a long ribbon. ``left``: how many lines it does not; ``patrols``, ``due``: on these, in all and late or without a result."""

    names: SafeString
    bars: SafeString
    left: int
    patrols: int
    due: int


@dataclass(frozen=True, slots=True)
class Ribbon:
    """Two drawings of one height: the names, and the bars. ``paper``: drawn again, closer, where a sheet does not hold it as it is."""

    names: SafeString
    bars: SafeString
    paper: OnPaper | None


def ribbon(found: Iterable[OnDuty], first: datetime, now: datetime, groups: Mapping[int, str], by_lead: bool, address: str) -> Ribbon | None:
    """``groups``: the cluster of an area, where the province has made any; ``by_lead``: a line for each leading unit. None: nothing to draw."""
    lines = _lines(found, first, now, groups, by_lead, address)
    if not lines:
        return None
    shown = [laid(line, SCREEN) for line in lines]
    paper = _on_paper(lines, LOCAL_SHEET if by_lead else SHEET, first, now) if TOP + sum(one.height for one in shown) > AS_IT_IS else None
    return Ribbon(*_drawn(shown, SCREEN, first, now), paper)


def _on_paper(lines: Sequence[Line], sheet: int, first: datetime, now: datetime) -> OnPaper:
    kept, left = for_a_sheet(lines, sheet)
    return OnPaper(*_drawn(kept, PAPER, first, now), len(left), patrols_on(left), patrols_on(left, *OVERDUE))


def _drawn(lines: Sequence[Laid], m: Measure, first: datetime, now: datetime) -> tuple[SafeString, SafeString]:
    names, bars, y = [], [], float(TOP)
    stop = True
    for one in lines:
        names.append(_name(one.line, y, one.height))
        bars.append(f'<line class="sep" x1="0" x2="100%" y1="{y + one.height:g}" y2="{y + one.height:g}"/>')
        for n, lane in enumerate(one.lanes):
            for bar in lane:
                bars.append(_bar(bar, y + m.pad + sum(one.depths[:n]) + (one.depths[n] - m.lane) / 2, m.bar, stop))
                stop = False
        if one.line.hidden:
            bars.append(_without_hours(one.line.hidden, y + m.pad + sum(one.depths) + m.hidden / 2 - 2, first, now))
        y += one.height
    return _names(names, y), _bars(bars, y, first, now)


def _lines(found: Iterable[OnDuty], first: datetime, now: datetime, groups: Mapping[int, str], by_lead: bool, address: str) -> list[Line]:
    lines: dict[str, Line] = {}
    for patrol in found:
        if patrol.state in STATES_OF[Told.OFF]:
            continue
        name = patrol.lead if by_lead else groups.get(patrol.area, patrol.place)
        url = "" if by_lead or patrol.area in groups else address.replace("%s", patrol.area_code)
        line = lines.setdefault(name, Line(name, url))
        told = _told(patrol.state)
        line.counts[told] += 1
        if (bar := _placed(patrol, first, now)) is not None:
            line.bars.append(bar)
        else:
            line.hidden[told] += 1
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
    crosses = end <= moment < end + WORDS_TAKE and start >= WORDS_TAKE
    return crosses or end + WORDS_TAKE >= DAY


def _name(line: Line, y: float, height: float) -> str:
    middle = y + height / 2
    said = escape(line.name)
    text = f'<text x="0" y="{middle:g}" dominant-baseline="central">{said}</text>'
    if line.url:
        text = f'<a href="{escape(line.url)}" tabindex="-1">{text}</a>'
    return (
        f'{text}<text class="n" x="100%" y="{middle:g}" text-anchor="end" dominant-baseline="central">{line.counts[Told.RECORDED]}/{line.counts.total()}</text>'
    )


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


def _bar(bar: Bar, y: float, height: int, stop: bool) -> str:
    patrol = bar.patrol
    css = _CSS.get(patrol.state, "plan")
    x, width = bar.start / DAY * 100, (bar.end - bar.start) / DAY * 100
    drawn = f'<rect class="{css}" x="{x:.2f}%" y="{y:g}" width="{width:.2f}%" height="{height}" rx="2"/>'
    if bar.done > bar.start:
        drawn += f'<rect class="now" x="{x:.2f}%" y="{y:g}" width="{(bar.done - bar.start) / DAY * 100:.2f}%" height="{height}" rx="2"/>'
    state = str(STATE_NAMES[patrol.state])
    said = escape(
        f"{patrol.code} · {patrol.name or _('Tuần tra chung')} · {moments.clock(patrol.left or patrol.start)}–{moments.clock(patrol.back or patrol.end)} · {state}"
    )
    if patrol.state in BESIDE:
        drawn += _words(bar, y + height / 2, state)
    return f'<a href="/tuan-tra/{patrol.code}/" tabindex="{0 if stop else -1}" aria-label="{said}"><title>{said}</title>{drawn}</a>'


def _words(bar: Bar, y: float, words: str) -> str:
    late = BESIDE[bar.patrol.state]
    x, anchor, dx = (bar.start, "end", -5) if bar.before else (bar.end, "start", 5)
    return f'<text class="{late}" x="{x / DAY * 100:.2f}%" dx="{dx}" y="{y:g}" text-anchor="{anchor}" dominant-baseline="central">{escape(words)}</text>'


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
