"""What a page writes a hundred times: icons, chips, tags, codes, moments, figures. Plain functions, no template behind them.

Everything here is a builtin: no ``{% load %}``. The larger parts are files in templates/ui/.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from phoihop.domain.forces.queries import Face
from phoihop.kernel import figures_text
from phoihop.kernel.period import local_day

from .. import faces, icons, moments

register = template.Library()

# The icon that stands beside the word of a status; colour only repeats it.
TAG_ICONS = {"ok": "circle-check", "warn": "clock-exclamation", "danger": "alert-triangle", "info": "progress", "": "circle-dashed", "line": "point"}


@lru_cache(maxsize=1024)
def icon_svg(name: str, size: str = "") -> SafeString:
    css = f"i {size}".strip()
    return mark_safe(f'<svg class="{css}" aria-hidden="true" focusable="false"><use href="{icons.address(name)}"/></svg>')


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """``{% icon "home" %}``; size s (14), l (20) or x (28), else 16 pixels."""
    return icon_svg(name, size)


def signed(text: str, signs: str) -> SafeString:
    """A text with small signs after it that never stand alone on a line: its last word goes with them."""
    if not signs:
        return escape(text)
    head, _space, last = text.rpartition(" ")
    before = f"{escape(head)} " if head else ""
    return mark_safe(f'{before}<span class="nw">{escape(last)}{signs}</span>')


@lru_cache(maxsize=4096)
def _chip(face: Face, lead: bool, name: str, named: bool, language: str) -> SafeString:
    css = f"force {faces.css_class(face.code)}{' lead' if lead else ''}{' named' if named else ''}"
    shown = faces.name_of(face)
    title = _("%(force)s (chủ trì)") % {"force": shown} if lead else shown
    word = f'<span class="vh"> ({_("chủ trì")})</span>' if lead else ""
    return mark_safe(f'<span class="{css}" title="{escape(title)}">{escape(name)}{word}</span>')


@register.simple_tag
def force(code: str, lead: bool = False, name: str = "", on: date | None = None) -> SafeString:
    """Colour square and monogram; with ``name`` the name instead. The lead has a ring and says so."""
    return chip(faces.face(code, on), bool(lead), str(name))


def chip(face: Face, lead: bool = False, name: str = "") -> SafeString:
    """The same of a face at hand: a page with a hundred lines looks them up once."""
    return _chip(face, lead, name or face.monogram, bool(name), get_language() or "")


@register.simple_tag
def force_name(code: str, lead: bool = False, on: date | None = None) -> SafeString:
    """Colour square and full name."""
    one = faces.face(code, on)
    return _chip(one, bool(lead), faces.name_of(one), True, get_language() or "")


@register.simple_tag
def unit(of: Any, lead: bool = False, full: bool = False) -> SafeString:
    """A unit's chip: its short name (``full``: the long one) behind the square of its force. Fetch it with ``unit__force``."""
    return _chip(faces.face(of.force.code), bool(lead), of.name if full else of.short, True, get_language() or "")


@register.simple_tag
def forces(codes: Iterable[str], lead: str = "") -> SafeString:
    """A set of chips; ``lead`` is the code of the leading force and comes first."""
    ordered = sorted(codes, key=lambda code: code != lead)
    return mark_safe('<span class="forces">' + "".join(force(code, code == lead) for code in ordered) + "</span>")


@register.filter
def force_css(code: str) -> str:
    """The class that carries a force's colour, for bars and cells: ``fc-ca``."""
    return faces.css_class(code)


@lru_cache(maxsize=2048)
def _tag(text: str, kind: str, icon_name: str) -> SafeString:
    return mark_safe(f'<span class="tag {kind}">{icon_svg(icon_name or TAG_ICONS[kind])}{escape(text)}</span>')


@register.simple_tag
def tag(text: Any, kind: str = "", icon: str = "") -> SafeString:
    """A status: icon and word. ``kind``: ok, warn, danger, info, line, or nothing for what has not begun."""
    return _tag(str(text), kind, icon)


@register.simple_tag(takes_context=True)
def due(context: template.Context, moment: datetime | None, soon: timedelta | None = None) -> SafeString:
    """A deadline: "quá hạn 42 phút", "còn 18 phút", "hôm nay 22:00". Refreshed each minute by js/times.js."""
    if moment is None:
        return mark_safe(f'<span class="due later">{figures_text.MISSING}</span>')
    said = moments.due(moment, context.get("now") or timezone.now(), soon or moments.SOON)
    mark = icon_svg("clock", "s") if said.kind != "later" else ""
    return mark_safe(
        f'<time class="due {said.kind}" datetime="{moment.isoformat(timespec="minutes")}" title="{moments.exact(moment)}" data-due>'
        f"{mark}<span>{escape(said.text)}</span></time>"
    )


@register.simple_tag(takes_context=True)
def ago(context: template.Context, moment: datetime | None) -> SafeString:
    """ "18 phút trước", refreshed each minute."""
    return _time(moment, moments.ago(moment, context.get("now") or timezone.now()), " data-ago")


@register.simple_tag(takes_context=True)
def near(context: template.Context, moment: datetime | None) -> SafeString:
    """19:42, "hôm qua 19:42", 21/11 19:42: whatever is enough today."""
    return _time(moment, moments.near(moment, context.get("now") or timezone.now()))


@register.filter
def clock(moment: datetime | None) -> SafeString:
    """19:42"""
    return _time(moment, moments.clock(moment))


@register.filter
def exact(moment: datetime | None) -> SafeString:
    """19:42, 21/11/2026"""
    return _time(moment, moments.exact(moment))


def _time(moment: datetime | None, text: str, mark: str = "") -> SafeString:
    if moment is None:
        return mark_safe(figures_text.MISSING)
    return mark_safe(f'<time datetime="{moment.isoformat(timespec="minutes")}" title="{moments.exact(moment)}"{mark}>{escape(text)}</time>')


def _here(value: date) -> date:
    """A moment's day in Vietnam: what the database hands out is still yesterday until seven in the morning."""
    return local_day(value) if isinstance(value, datetime) else value


@register.filter
def day(value: date | None) -> SafeString:
    """21/11/2026"""
    if value is None:
        return mark_safe(figures_text.MISSING)
    here = _here(value)
    return mark_safe(f'<time datetime="{here.isoformat()}">{figures_text.day(here, moments.language())}</time>')


@register.filter
def long_day(value: date) -> SafeString:
    """Thứ Bảy 21/11/2026"""
    here = _here(value)
    return mark_safe(f'<time datetime="{here.isoformat()}">{escape(moments.long_day(here))}</time>')


@register.filter(expects_localtime=True)
def month_of(value: date) -> str:
    """Thg 11, below the number of a day."""
    return figures_text.month_of(value, moments.language())


@register.filter
def weekday(value: date) -> str:
    """T2 to CN."""
    return str(moments.SHORT_WEEKDAYS[_here(value).weekday()])


@register.filter
def grouped(n: int | None, scale: int = 0) -> str:
    """20.629; missing is "–", never 0. With a scale: ``978|grouped:1`` is 97,8."""
    return figures_text.grouped(n, scale, moments.language())


@register.filter
def percent(n: int | None, scale: int = 0) -> str:
    return figures_text.percent(n, scale, moments.language())


@register.filter
def dash(value: Any) -> Any:
    """The value, or "–" where there is none; 0 stays 0."""
    return figures_text.MISSING if value is None or value == "" else value


@register.simple_tag
def code(text: str, copy: bool = False) -> SafeString:
    """A record's spoken code: a link that resolves anywhere; with ``copy`` a button that copies it."""
    if copy:
        said = escape(_("Chép mã %(code)s") % {"code": text})
        return mark_safe(f'<button type="button" class="code" data-copy="{escape(text)}" title="{said}">{escape(text)}</button>')
    return mark_safe(f'<a class="code" href="/m/{escape(text)}/">{escape(text)}</a>')


@register.filter
def split(text: str) -> list[str]:
    """ "BP DQ MT" as a list."""
    return text.split()
