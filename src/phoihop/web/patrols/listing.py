"""/tuan-tra/: the patrols of a month or of chosen days, a hundred on a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from phoihop.domain.activities.queries.campaigns import named
from phoihop.domain.activities.queries.listed import Listed, Tally, listed, renewed, tally
from phoihop.domain.activities.queries.routes import routes_named
from phoihop.domain.activities.rules import STATE_NAMES, State
from phoihop.domain.matters.queries.stamps import Mark
from phoihop.domain.people.rules import may

from .. import faces
from ..base import Acting, acting, page
from ..lists import PAGE, Paged
from ..scope import changed
from ..shell import Entry, open_to, until_written
from ..standing import Marked, Standing, subject_of, tail
from . import filters, wording
from .filters import STATE, STATE_SLUGS, Filters
from .rows import rows

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


_tallied: Marked[Tally] = Marked(most=64)  # of a year, each holds the keys of twenty thousand patrols
_OF_ONE = frozenset({"patrol", "matter"})
"""Subjects of events that change nothing but the patrol of their matter: how it stands, and who sees it."""
_campaigns: Standing[list[tuple[Any, ...]]] = Standing("patrol", "route", "import")


class Patrols(Paged):
    """A page of the patrols found, in the order of the address. They are counted under its headings; then the page alone is looked at."""

    def __init__(self, request: Acting, chosen: Filters) -> None:
        super().__init__(request, _SORTS, "-bat-dau")
        self.tally = _tally(request, chosen, self.by)

    @property
    def total(self) -> int:
        return self.tally.total

    @cached_property
    def rows(self) -> list[Listed]:
        return listed(self.tally, self.down, self.start, self.per)


def _tally(request: Acting, chosen: Filters, by: str) -> Tally:
    """Counted once for all pages and parts of a list, as badges are: anew when half a minute has passed; what happens to single patrols until then, of these alone."""
    asked = tuple(sorted((key, *values) for key, values in request.GET.lists() if key != PAGE))
    today = request.scope.today
    *_mark, half_minute = until_written(request)
    key, at = (request.post.pk, half_minute, today, asked), tail.mark

    def rows() -> QuerySet[Any]:
        return filters.rows(request, chosen)

    found = _renewed(_tallied.found(key), rows, by) or tally(request.post, rows(), by, chosen.state, today)
    _tallied.keep(key, at, found)
    return found


def _renewed(kept: tuple[Mark, Tally] | None, rows: Callable[[], QuerySet[Any]], by: str) -> Tally | None:
    """What was counted, with what has happened since; None if nothing was, or if that cannot be told."""
    written = tail.since(kept[0]) if kept else None
    if kept is None or written is None or any(subject_of(one) not in _OF_ONE for one in written):
        return None
    matters = {one.matter for one in written if one.matter is not None}
    return renewed(kept[1], matters, rows(), by) if matters else kept[1]


@acting("matter.view", time="term")
def patrols(request: Acting) -> HttpResponse:
    """The list with its filters, the counts per state, and its pages. htmx gets what was found."""
    chosen = filters.read(request)
    listing = Patrols(request, chosen)
    return page(
        request,
        "patrols/list.html",
        part="found",
        listing=listing,
        rows=rows(request.post, listing.rows, request.scope.today),
        states=_states(request, listing.tally.states, chosen),
        chosen=chosen,
        forces=[(one.code, faces.name_of(one)) for one in faces.faces().values()],
        routes=_options(chosen.route, ((pk, f"{code} · {name}") for pk, code, name in routes_named(request.post, chosen.days, request.scope.today))),
        campaigns=_options(chosen.campaign, _campaigns_of(request)),
        may_plan=may(request.post, "patrol.plan"),
        beside=open_to(BESIDE, request.post),
        **_written_days(request, chosen),
    )


def _campaigns_of(request: Acting) -> list[tuple[Any, ...]]:
    today = request.scope.today
    return _campaigns.get((request.post.pk, today), lambda: named(request.post, today))


def _options(chosen: object, offered: Iterable[tuple[Any, str | None]]) -> SafeString:
    """What a select offers. A province has hundreds of routes; as a template each would cost as much as a line of the list."""
    return mark_safe("".join(f'<option value="{value}"{" selected" if value == chosen else ""}>{escape(said or value)}</option>' for value, said in offered))


def _states(request: Acting, counts: Mapping[State, int], chosen: Filters) -> list[dict[str, Any]]:
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
