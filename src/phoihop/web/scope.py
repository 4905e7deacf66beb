"""Where and when a page looks: ``dv=`` (area code), ``ngay=`` (day) or ``ky=`` (term). Both stand in the address of every page."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from phoihop.domain.people.models import Post
from phoihop.domain.territory.models import Area, AreaClosure, Level, Succession, Tree
from phoihop.kernel.period import ONE_DAY, Period, local_day

from . import moments
from .memory import known
from .terms import Term, parse_term, term_of
from .written import read_day

AREA, DAY, TERM = "dv", "ngay", "ky"


@dataclass(slots=True)
class Scope:
    """``problems`` are sentences about an address that could not be followed; each may carry links to what was meant."""

    area: Area | None
    day: date
    today: date
    term: Term
    asked: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def carry(self) -> str:
        """What the next page keeps: only what somebody chose ("?dv=29125"), or nothing."""
        return f"?{urlencode(self.asked)}" if self.asked else ""

    def province(self) -> Area | None:
        """The province in which the area lies on the day, itself if it is one."""
        return province_of(self.area, self.day) if self.area else None

    def look_back(self, code: str, days: Period) -> None:
        """For a page about a period whose address names no day: an area that was there in the period, though it is not today, is seen as of then."""
        there = Area.objects.filter(Q(valid_until=None) | Q(valid_until__gt=days.first), code=code[:16], valid_from__lt=days.until)
        held = min(there.order_by("-valid_from"), key=lambda a: a.tree != "civil", default=None)
        if held is None:
            return
        self.area = held
        self.day = min(days.last, held.valid_until - ONE_DAY) if held.valid_until else days.last
        self.asked |= {AREA: held.code, DAY: self.day.isoformat()}
        self.problems = [problem for problem in self.problems if problem.about != AREA]

    def area_label(self) -> str:
        """ "Tỉnh Vĩnh Long · 124 xã, phường"; the count on that day."""
        if self.area is None:
            return _("Chọn địa bàn")
        if self.area.level == Level.COMMUNE:
            return str(self.area)
        count = communes_below(self.area, self.day)
        return ngettext("%(area)s · %(n)s xã, phường", "%(area)s · %(n)s xã, phường", count) % {"area": self.area, "n": count}


@dataclass(frozen=True, slots=True)
class Problem:
    reason: str
    instead: tuple[tuple[str, str], ...] = ()
    """What to offer: words and address."""
    about: str = ""
    """The parameter of the address that could not be followed."""


def read_scope(request: HttpRequest, post: Post | None) -> Scope:
    """The scope of a request; where the address is silent, the area of the acting unit and today."""
    today = local_day(timezone.now())
    problems: list[Problem] = []
    asked = {key: request.GET[key] for key in (AREA, DAY, TERM) if request.GET.get(key)}
    day = _read_day(asked, today, problems)
    term = _read_term(asked, day, problems)
    area = _read_area(asked, request.GET, day, problems) if AREA in asked else None
    return Scope(area or (post.unit.area if post else None), day, today, term, asked, problems)


def _read_day(asked: dict[str, str], today: date, problems: list[Problem]) -> date:
    if not (text := asked.get(DAY)):
        return today
    if found := read_day(text, today):
        asked[DAY] = found.isoformat()
        return found
    del asked[DAY]
    said = {"day": text[:20], "today": moments.long_day(today)}
    problems.append(Problem(_("Không có ngày “%(day)s”. Đang xem hôm nay, %(today)s.") % said))
    return today


def _read_term(asked: dict[str, str], day: date, problems: list[Problem]) -> Term:
    if not (text := asked.get(TERM)):
        return term_of(day)
    if found := parse_term(text):
        return found
    del asked[TERM]
    problems.append(Problem(_("Không có kỳ “%(term)s”. Đang xem %(instead)s.") % {"term": text[:20], "instead": term_of(day).label}))
    return term_of(day)


def _read_area(asked: dict[str, str], query: QueryDict, day: date, problems: list[Problem]) -> Area | None:
    """The area with the asked code on that day; if there was none, a sentence that offers what it became."""
    areas = list(Area.objects.filter(tree__in=Tree.values, code=asked[AREA][:16]).order_by("-valid_from"))  # all trees, named for the index ``area_key``
    held = [a for a in areas if a.valid_from <= day and (a.valid_until is None or day < a.valid_until)]
    if held:
        return min(held, key=lambda a: a.tree != "civil")
    code = asked.pop(AREA)[:16]
    if not areas:
        problems.append(Problem(_("Không có địa bàn mã “%(code)s”. Đang xem địa bàn của đơn vị mình.") % {"code": code}, about=AREA))
        return None
    problems.append(_gone(areas[0], query, day))
    return None


def _gone(area: Area, query: QueryDict, day: date) -> Problem:
    said = {"area": area, "day": moments.long_day(day)}
    if area.valid_from > day:
        instead = Succession.objects.filter(new=area).select_related("old")
        offered = tuple((str(s.old), _with(query, s.old.code)) for s in instead)
        return Problem(_("Ngày %(day)s chưa có %(area)s. Lúc đó là:") % said, offered, AREA)
    became = Succession.objects.filter(Q(old=area), new__isnull=False).select_related("new")
    return Problem(_("Ngày %(day)s không còn %(area)s. Nay thuộc:") % said, tuple((str(s.new), _with(query, s.new.code)) for s in became if s.new), AREA)


def _with(query: QueryDict, code: str) -> str:
    changed = query.copy()
    changed[AREA] = code
    return f"?{changed.urlencode()}"


def communes_below(area: Area, day: date) -> int:
    """How many communes an area has on a day."""
    below = AreaClosure.objects.filter(ancestor=area, area__level=Level.COMMUNE, valid_from__lte=day, valid_until__gt=day)
    return known(("communes", area.pk, day), below.count)


def province_of(area: Area, day: date) -> Area | None:
    above = AreaClosure.objects.filter(area=area, ancestor__level=Level.PROVINCE, valid_from__lte=day, valid_until__gt=day).select_related("ancestor")
    return known(("province", area.pk, day), lambda: next((row.ancestor for row in above), None))


def changed(request: HttpRequest, **change: Any) -> str:
    """The address of this page with other parameters; a parameter of None is left out, and the page number always is."""
    left = [(key, value) for key, values in request.GET.lists() if key != "trang" and key not in change for value in values]
    query = urlencode([*left, *((key, value) for key, value in change.items() if value is not None)])
    return f"?{query}" if query else request.path
