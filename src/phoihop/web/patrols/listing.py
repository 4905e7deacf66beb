"""/tuan-tra/: the patrols of a month or of chosen days, a hundred on a page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Case, Count, DateTimeField, F, QuerySet, Value, When
from django.http import HttpResponse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from phoihop.domain.activities.models import Activity, Strength
from phoihop.domain.activities.queries.campaigns import campaigns
from phoihop.domain.activities.queries.routes import routes_of
from phoihop.domain.activities.rules import STATE_NAMES, State
from phoihop.domain.matters.models import Participation, PartState
from phoihop.domain.matters.queries.sight import REFUSED_PARTS
from phoihop.domain.matters.rules import Facet, Sight, opens
from phoihop.domain.people.rules import may

from .. import faces
from ..base import Acting, acting, page
from ..lists import Listing
from ..scope import changed
from ..shell import Entry, open_to
from ..templatetags.face import force, unit
from . import filters, wording
from .filters import STATE, STATE_SLUGS, Filters
from .seeing import address, now_and_today

_SORTS = {"bat-dau": "day", "ma": "pk", "xa": "matter__area__folded", "chu-tri": "matter__lead__short"}


BESIDE = [
    Entry("/tuan-tra/cho-xac-nhan/", _lazy("Chờ đơn vị tôi"), icon="checks", order=1, permission="matter.view"),
    Entry("/tuan-tra/thieu-ket-qua/", _lazy("Thiếu kết quả"), icon="clipboard-x", order=2, permission="patrol.result"),
    Entry("/tuan-tra/nhap-nhanh/", _lazy("Nhập nhanh"), icon="table-plus", order=3, permission="patrol.plan"),
    Entry("/tuan-tra/tuyen/", _lazy("Tuyến tuần tra"), icon="route", order=4, permission="matter.view"),
    Entry("/tuan-tra/so/", _lazy("Sổ tuần tra"), icon="book-2", order=5, permission="matter.view"),
    Entry("/truc/so/", _lazy("Sổ trực ban"), icon="notebook", order=5, permission="matter.view"),
    Entry("/tuan-tra/danh-sach-ky/", _lazy("Danh sách ký hằng tháng"), icon="signature", order=6, permission="paper.confirm"),
    Entry("/tuan-tra/nhap/", _lazy("Nhập sổ từ tệp"), icon="file-import", order=7, permission="patrol.import"),
    Entry("/tuan-tra/dot/", _lazy("Đợt cao điểm"), icon="flag", order=8, permission="matter.view"),
]
"""The other pages of patrols, those that this version has and the post may open."""


class Row(NamedTuple):
    """A line of the list, ready to be written."""

    code: str
    url: str
    day: str
    iso: str
    hours: str
    name: str
    area: str
    marks: tuple[str, ...]
    lead: SafeString
    forces: SafeString
    people: int | None
    counted: bool
    word: str
    tag: SafeString
    do: str


class Patrols(Listing[Any]):
    """By day, and within a day by the hour where it may be seen: the order must not tell what the row does not."""

    def _order(self) -> list[Any]:
        down = self.sort.startswith("-")
        order = [self._sorts[self.sort.lstrip("-")], "shown_from", "pk"]
        return [F(name).desc(nulls_last=True) if down else F(name).asc(nulls_first=True) for name in dict.fromkeys(order)]


@acting("matter.view", time="term")
def patrols(request: Acting) -> HttpResponse:
    """The list with its filters, the counts per state, and its pages. htmx gets what was found."""
    chosen = filters.read(request)
    found = filters.rows(request, chosen)
    counts = {State(state): n for state, n in found.order_by().values_list("state").annotate(n=Count("pk"))}
    total = counts.get(chosen.state, 0) if chosen.state else sum(counts.values())
    listing = Patrols(request, _with_names(filters.with_state(found, chosen.state)), _SORTS, "-bat-dau", total=total)
    return page(
        request,
        "patrols/list.html",
        part="found",
        listing=listing,
        rows=_rows(request, listing.rows),
        states=_states(request, counts, chosen),
        chosen=chosen,
        forces=[(one.code, faces.name_of(one)) for one in faces.faces().values()],
        routes=routes_of(request.post, chosen.days, request.scope.today),
        campaigns=campaigns(request.post, request.scope.today),
        may_plan=may(request.post, "patrol.plan"),
        beside=open_to(BESIDE, request.post),
        **_written_days(request, chosen),
    )


def _with_names(found: QuerySet[Activity]) -> QuerySet[Any]:
    shown_from = Case(When(exact=True, then=F("planned_start")), default=Value(None), output_field=DateTimeField())
    named = found.select_related("matter__lead__force", "matter__area", "matter__title", "route")
    return named.annotate(shown_from=shown_from).defer("matter__uid", "matter__home", "digest")


def _states(request: Acting, counts: dict[State, int], chosen: Filters) -> list[dict[str, Any]]:
    """A link for each state that occurs, with its count; the chosen one stays also with none."""
    links = [{"label": _("Tất cả"), "url": changed(request, **{STATE: None}), "here": chosen.state is None, "n": sum(counts.values())}]
    for state in State:
        if counts.get(state) or chosen.state is state:
            url = changed(request, **{STATE: STATE_SLUGS[state]})
            links.append({"label": wording.title_case(STATE_NAMES[state]), "url": url, "here": chosen.state is state, "n": counts.get(state, 0)})
    return links


def _written_days(request: Acting, chosen: Filters) -> dict[str, Any]:
    written = {name: request.GET.get(key, "") for name, key in (("since", filters.SINCE), ("until", filters.UNTIL))}
    return {**written, "own_days": any(written.values())}


def _rows(request: Acting, found: Sequence[Any]) -> list[Row]:
    crews = _crews(found)
    _now, today = now_and_today()
    return [_row(request, a, crews.get(a.pk, {}), today) for a in found]


def _row(request: Acting, a: Any, crew: dict[str, int | None], today: date) -> Row:
    state, seen, exact = State(a.state), Sight(a.sight), bool(a.exact)
    lead = a.matter.lead
    start, end = wording.when_of(a) if exact else (None, None)
    named = [code for code in crew if code != lead.force.code] if opens(seen, Facet.PARTIES) else []
    known = [n for n in crew.values() if n is not None]
    return Row(
        a.matter.code, address(a.matter.code), wording.day_words(a.day, today), a.day.isoformat(), wording.hours(start, end),
        wording.name_of(a, exact), str(a.matter.area), _marks(a), unit(lead, True), mark_safe("".join(force(code) for code in sorted(named))),
        sum(known) if exact and known else None, bool(a.claim), _word(a, state), wording.state_tag(state), _next_step(request, a, state),
    )  # fmt: skip


def _marks(a: Activity) -> tuple[str, ...]:
    """Icons beside the name: armed, an exercise."""
    return tuple(name for name, holds in (("shield", a.armed), ("school", a.matter.exercise)) if holds)


MARK_ICONS = ("shield", "school")


def _word(a: Activity, state: State) -> str:
    """How many parties confirmed, once there is something to confirm."""
    return "" if not a.claim or state is State.CANCELLED else str(a.confirmed)


def _next_step(request: Acting, a: Activity, state: State) -> str:
    """Where the one thing is done that this row waits for from the reader's unit; empty if there is none."""
    if a.matter.lead_id == request.post.unit_id and state in (State.MISSING, State.UNDER_WAY) and may(request.post, "patrol.result"):
        return address(a.matter.code, "ket-qua/")
    return ""


def _crews(found: Sequence[Any]) -> dict[int, dict[str, int | None]]:
    """By patrol, its forces with how many people (as counted, else as planned), without those that declined. Two queries."""
    shown = {a.pk: a.matter_id for a in found if a.sight >= Sight.GRANTED}
    refused = set(Participation.objects.filter(matter__in=list(shown.values()), state__in=(*REFUSED_PARTS, PartState.WITHDRAWN)).values_list("matter", "unit"))
    reported = {a.pk for a in found if a.claim}
    crews: dict[int, dict[str, int | None]] = {}
    rows = Strength.objects.filter(activity__in=list(shown)).values_list("activity", "unit", "unit__force__code", "planned_people", "people")
    for pk, unit_id, code, plan, people in rows.order_by("pk"):
        if (shown[pk], unit_id) in refused:
            continue
        crew, n = crews.setdefault(pk, {}), people if pk in reported else plan
        crew[code] = n if crew.get(code) is None else (crew[code] or 0) + (n or 0)
    return crews
