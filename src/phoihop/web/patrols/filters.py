"""What a list of patrols is narrowed by; all of it stands in the address."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from phoihop.domain.activities.queries.patrols import closely
from phoihop.domain.activities.queries.places import of_unit, with_force, within
from phoihop.domain.activities.queries.roster import seen_of_days
from phoihop.domain.activities.rules import State
from phoihop.domain.matters.rules import Sight
from phoihop.kernel import spoken
from phoihop.kernel.period import ONE_DAY, Period
from phoihop.kernel.text import fold, nfc

from .. import faces
from ..base import Acting
from ..scope import AREA
from ..written import read_day, read_number
from .seeing import grace, now_and_today

STATE, FORCE, ROUTE, CAMPAIGN, WHOSE, TEXT, SINCE, UNTIL = "tt", "ll", "tuyen", "dot", "cua", "q", "tu", "den"
MINE = "toi"
_LONGEST = 400

STATE_SLUGS = {
    State.PLANNED: "du-kien", State.READY: "san-sang", State.LATE: "cham", State.UNDER_WAY: "dang-di", State.MISSING: "thieu-ket-qua",
    State.WAITING: "cho-xac-nhan", State.HELD: "da-to-chuc", State.DISPUTED: "chua-thong-nhat", State.NOT_HELD: "khong-to-chuc", State.CANCELLED: "da-huy",
}  # fmt: skip
_STATES = {slug: state for state, slug in STATE_SLUGS.items()}


@dataclass(slots=True)
class Filters:
    """As read from the address. ``problems``: what could not be followed, in sentences."""

    days: Period
    state: State | None = None
    force: str = ""
    route: int | None = None
    campaign: str = ""
    mine: bool = False
    text: str = ""
    problems: list[str] = field(default_factory=list)

    @property
    def narrowed(self) -> bool:
        """Whether something besides state, days and area was chosen."""
        return bool(self.force or self.route or self.campaign or self.mine or self.text)


def read(request: Acting) -> Filters:
    """The filters of a request; days are those between ``tu`` and ``den``, else of the term in the top bar."""
    get = request.GET
    found = Filters(request.scope.term.period)
    found.days = _days(request, found)
    found.state = _STATES.get(get.get(STATE, ""))
    found.force = get.get(FORCE, "") if get.get(FORCE, "") in faces.faces() else ""
    found.route = read_number(get.get(ROUTE))
    found.campaign = str(spoken.parse(get.get(CAMPAIGN, "")) or "")
    found.mine = get.get(WHOSE) == MINE
    found.text = nfc(get.get(TEXT, "")).strip()[:100]
    return found


def _days(request: Acting, found: Filters) -> Period:
    today = request.scope.today
    first, last = (_day(request.GET.get(key, ""), today, found) for key in (SINCE, UNTIL))
    if first is None and last is None:
        return found.days
    first = first or min(found.days.first, last or today)
    last = last or max(found.days.last, first)
    if last < first:
        found.problems.append(_("Ngày cuối trước ngày đầu. Đang xem từ ngày đầu đến hết ngày đó."))
        last = first
    if (last - first).days > _LONGEST:
        found.problems.append(_("Một lần xem nhiều nhất %(n)s ngày. Đang xem %(n)s ngày đầu.") % {"n": _LONGEST})
        last = first + ONE_DAY * _LONGEST
    return Period(first, last + ONE_DAY)


def _day(text: str, today: date, found: Filters) -> date | None:
    if not text.strip():
        return None
    if (day := read_day(text, today)) is None:
        found.problems.append(_("Không có ngày “%(day)s”. Viết ngày/tháng/năm, như 21/11/2026.") % {"day": text[:20]})
    return day


def rows(request: Acting, chosen: Filters) -> QuerySet[Any]:
    """The patrols that the post sees, with their state, narrowed by everything but that."""
    now, today = now_and_today()
    found = seen_of_days(request.post, chosen.days, now, grace(), today).filter(_where(request, chosen))
    if chosen.narrowed:
        found = closely(found, request.post, today).filter(*_conditions(request, chosen))
    return found


def _where(request: Acting, chosen: Filters) -> Q:
    """In the chosen area; where nobody chose one, also what the own unit leads or takes part in elsewhere."""
    if request.scope.area is None:
        return Q()
    inside = within(request.scope.area, chosen.days.first)
    return inside if AREA in request.scope.asked else inside | of_unit(request.post.unit_id)


def _conditions(request: Acting, chosen: Filters) -> list[Q]:
    """Nobody learns by filtering what the list does not show: routes only of exact rows, parties only where they are seen."""
    conditions = []
    if chosen.mine:
        conditions.append(of_unit(request.post.unit_id))
    if chosen.force:
        conditions.append(Q(matter__lead__force__code=chosen.force) | with_force(chosen.force) & Q(sight__gte=int(Sight.GRANTED)))
    if chosen.route:
        conditions.append(Q(route=chosen.route, exact=True))
    if chosen.campaign:
        conditions.append(Q(campaign__matter__code=chosen.campaign))
    if chosen.text:
        conditions.append(_said(chosen.text))
    return conditions


def _said(text: str) -> Q:
    if code := spoken.parse(text):
        return Q(matter__code=str(code))
    wanted = fold(text)
    by_place = Q(matter__area__folded__contains=wanted) | Q(route__folded__contains=wanted, exact=True) | Q(route__code__iexact=text, exact=True)
    return by_place | Q(matter__title__text__icontains=text) | Q(matter__code__icontains=text)
