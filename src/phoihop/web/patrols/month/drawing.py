"""The cells of the board as HTML: a few hundred of them are written faster here than by a template."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from phoihop.domain.activities.queries.roster import Planned
from phoihop.domain.activities.rules import STATE_NAMES
from phoihop.domain.activities.rules.shifts import SHIFT_NAMES, Shift
from phoihop.domain.territory.models import Area

from ... import faces
from ..seeing import address
from ..wording import hours
from .board import Cell, Head, Line
from .gathering import WITHOUT_RESULT

_MOST_STRIPS = 3
_RAMP = ("s1", "s2", "s3", "s5")  # on each of them a number can be read, in both themes


def cells(line: Line, editor: int | None, first: bool) -> SafeString:
    """The cells of a line. ``editor``: the unit for which they are edited, walked with arrow keys; ``first``: at which Tab enters."""
    return mark_safe("".join(_cell(line, cell, editor, first and n == 0) for n, cell in enumerate(line.cells)))


def area_cells(area: Area, heads: Sequence[Head], counts: Sequence[int], most: int) -> SafeString:
    """The counts of an area by day, darker the more; each opens the list of that day."""
    name, code = escape(str(area)), escape(area.code)
    return mark_safe("".join(_count(name, code, head, n, most) for head, n in zip(heads, counts, strict=True)))


def _count(name: str, code: str, head: Head, n: int, most: int) -> str:
    css, day = (f' class="{head.css}"' if head.css else ""), head.day.strftime("%d/%m/%Y")
    if not n:
        return f"<td{css}></td>"
    opens = f"/tuan-tra/?dv={code}&amp;tu={day}&amp;den={day}"
    step = _RAMP[ceil(len(_RAMP) * n / most) - 1]
    return f'<td{css}><a class="{step}" href="{opens}" tabindex="-1" aria-label="{name}, {day[:5]}: {n}">{n}</a></td>'


def _cell(line: Line, cell: Cell, editor: int | None, stop: bool) -> str:
    css = " ".join(name for name, holds in ((cell.head.css, cell.head.css), ("gap", cell.gap), ("clash", cell.clash)) if holds)
    strips, more = _turns(line, cell) if line.of_unit else _patrols(cell, editor)
    inside = strips + (f'<span class="more">{more}</span>' if more else "")
    said, day = escape(_said(line, cell)), cell.head.day.isoformat()
    if editor is None:
        return f'<td class="{css}" title="{said}">{inside}<span class="vh">{said}</span></td>'
    label = f"{more} {said}" if more else said
    return f'<td role="gridcell" id="c-{line.key}-{day}" data-day="{day}" tabindex="{0 if stop else -1}" class="{css}" aria-label="{label}" title="{said}">{inside}</td>'


def _patrols(cell: Cell, editor: int | None) -> tuple[str, str]:
    """A strip for each patrol."""
    shown = [row for row in cell.patrols if row.exact][:_MOST_STRIPS]
    return "".join(_strip(row, len(shown), editor) for row in shown), _more(len(cell.patrols) - len(shown), bool(shown))


def _turns(line: Line, cell: Cell) -> tuple[str, str]:
    """Of one unit: whether it goes at night, by day or both, and how often if more than once a shift."""
    there = [shift for shift in Shift if any(row.shift is shift for row in cell.patrols)]
    colour = faces.css_class(line.forces[0])
    strips = "".join(f'<span class="strip {shift}{" with" if len(there) > 1 else ""}"><i class="{colour}"></i></span>' for shift in there)
    return strips, str(len(cell.patrols)) if len(cell.patrols) > len(there) else ""


def _more(n: int, beside: bool) -> str:
    """Patrols for which there is no strip are a number: those beyond the third, and those that are not shown exactly."""
    return "" if not n else f"+{n}" if beside else str(n)


def _strip(row: Planned, beside: int, editor: int | None) -> str:
    """``data-falls``: whoever edits may cancel it, and nobody has said yet what came of it. Where nobody edits there is no grid: Tab goes from link to link."""
    colours = "".join(f'<i class="{css}"></i>' for css in dict.fromkeys(faces.css_class(seat.force) for seat in row.seats))
    css = f"strip {row.shift or Shift.DAY}{' pencilled' if row.pk < 0 else ''}{' with' if beside > 1 else ''}{'' if row.stands else ' fell'}"
    if row.pk < 0:
        return f'<span class="{css}" data-mark="{escape(row.code)}">{colours}</span>'
    falls = " data-falls" if row.lead == editor and row.state in WITHOUT_RESULT else ""
    stop = "" if editor is None else ' tabindex="-1"'
    return f'<a href="{address(row.code)}"{falls}{stop} aria-label="{escape(row.code)}"><span class="{css}">{colours}</span></a>'


def _said(line: Line, cell: Cell) -> str:
    """The whole cell in words: the route, the day, each patrol; what is missing or down twice."""
    told = [_patrol_said(row) for row in cell.patrols if row.exact]
    hidden = sum(1 for row in cell.patrols if not row.exact)
    if hidden:
        told.append(ngettext("%(n)s cuộc", "%(n)s cuộc", hidden) % {"n": hidden})
    if cell.gap:
        told.append(_("trống, thiếu so với nhịp của tuyến"))
    if cell.clash:
        told.append(_("trùng tổ với cuộc khác"))
    where = line.code or line.name
    return f"{where}, {cell.head.weekday} {cell.head.day.day}/{cell.head.day.month}: {'; '.join(told) or _('không có cuộc nào')}"


def _patrol_said(row: Planned) -> str:
    shift = SHIFT_NAMES[row.shift] if row.shift else ""
    crew = ", ".join(dict.fromkeys(faces.face(seat.force).monogram for seat in row.seats))
    state = _("chưa gửi") if row.pk < 0 else str(STATE_NAMES[row.state])
    return f"{shift} {hours(row.start, row.end)} {crew} ({state})"
