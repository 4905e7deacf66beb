"""The lines of a report's table as they are written. In Python: a template takes as long for a cell as Python for a line."""

from __future__ import annotations

from urllib.parse import quote

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from phoihop.kernel.figures_text import MISSING, Language
from phoihop.reports.cells import Cell, Printed
from phoihop.reports.lines import GROUP, REST, ROW, Line
from phoihop.reports.report import Report

from .. import moments
from ..templatetags.face import icon_svg, signed
from .reading import Read

_HERE = "HERE"


def lines(of: Read, found: Report) -> SafeString:
    """A figure is a link to its records, a missing one is not."""
    before, after = escape(of.records("", _HERE).removeprefix("/so-lieu//")).split(_HERE)
    language = moments.language()
    return mark_safe("\n".join(_line(of, found, line, before, after, language) for line in found.lines))


def _line(of: Read, found: Report, line: Line, before: str, after: str, language: Language) -> str:
    area = area_of(line)
    tail = f"{before}{quote(area)}{after}" if area else ""
    cells = "".join(_cell(of.compared, c, tail, language) for c in line.cells)
    silent = " missing" if line.kind == ROW and line.is_missing else ""
    members = ""
    if line.members:
        members = f' <span class="mut">{escape(ngettext("%(n)s xã", "%(n)s xã", line.members) % {"n": line.members})}</span>'
    return f'<tr class="of-{line.kind}{silent}"><th scope="row">{signed(line.name, _unsettled(found, line))}{members}</th>{cells}</tr>'


def _cell(compared: bool, c: Cell, tail: str, language: Language) -> str:
    """With the year before and the difference beside it when asked for."""
    shown = c.shown
    text = shown.text(language)
    door = f'<a class="door" href="/so-lieu/{c.column.code}/{tail}">{text}</a>' if tail and shown.value is not None else text
    if not compared:
        return f'<td class="n">{door}</td>'
    return f'<td class="n">{door}</td><td class="n mut">{c.shown_then.text(language)}</td><td class="n">{difference(c, language)}</td>'


def area_of(line: Line) -> str:
    """The code of the area whose records stand behind a line; the rest has none of its own."""
    if line.kind == REST:
        return ""
    return line.key.removeprefix("g") if line.kind == GROUP else line.areas[0].code


def difference(c: Cell, language: Language) -> str:
    """By how much it differs from the year before; of per cents in points."""
    if c.change is None:
        return MISSING
    if c.column.percent:
        return Printed(round(c.change * 10), 1, False, "+" if c.change > 0 else "").text(language)
    percent, places = c.change_percent, c.column.places
    size = Printed(round(c.change * 10**places), places, False, "+" if c.change > 0 else "").text(language)
    return f"{size} ({percent.text(language)})" if percent is not None and c.change else size


def _unsettled(found: Report, line: Line) -> str:
    """What of a commune is not settled: a mark beside its name that says it."""
    if line.kind != ROW or not found.unsettled:
        return ""
    left = [found.unsettled[a.pk] for a in line.areas if a.pk in found.unsettled]
    waiting, missing, disputed = (sum(getattr(one, name) for one in left) for name in ("waiting", "missing", "disputed"))
    parts = [
        _("chờ xác nhận %(n)s") % {"n": waiting} if waiting else "",
        _("thiếu kết quả %(n)s") % {"n": missing} if missing else "",
        _("chưa thống nhất %(n)s") % {"n": disputed} if disputed else "",
    ]
    note = escape(", ".join(part for part in parts if part))
    return f' <span class="unsettled" title="{note}">{icon_svg("hourglass", "s")}<span class="vh">{note}</span></span>' if note else ""
