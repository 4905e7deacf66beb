"""/ke-hoach/: the register as the reader's unit sees it; what needs the unit first, filters and full text in the address."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from phoihop.domain.agreements.models import AgreementKind, Stage
from phoihop.domain.agreements.queries import listed
from phoihop.domain.agreements.queries.listed import Counts, Listed
from phoihop.domain.agreements.queries.needs import Need, needs_of
from phoihop.domain.agreements.queries.reviews import due_before
from phoihop.domain.agreements.rules.standing import Standing
from phoihop.domain.people.rules import may
from phoihop.kernel.period import local_day
from phoihop.search import asking

from .. import faces
from ..base import Acting, acting, page
from ..duties.frame import tabs
from ..lists import Listing, chosen
from ..scope import AREA, changed
from ..shell import Entry, open_to
from ..written import read_number
from . import wording

KIND, STATE, FORCE, YEAR, TEXT = "loai", "tt", "ll", "nam", "q"
STAGES = {"soan": Stage.DRAFT, "gop-y": Stage.OPINIONS, "ky": Stage.SIGNING}
STANDINGS = {"hieu-luc": (Standing.IN_FORCE,), "sap": (Standing.NOT_YET,), "het": (Standing.LAPSED, Standing.REPLACED, Standing.ENDED)}
MINE, OVERDUE = "can-toi", "qua-ra-soat"
LABELS = {
    "": lazy("Tất cả"), MINE: lazy("Cần đơn vị tôi"), "soan": lazy("Đang soạn"), "gop-y": lazy("Lấy ý kiến"), "ky": lazy("Ký"),
    "hieu-luc": lazy("Đang có hiệu lực"), "sap": lazy("Chưa có hiệu lực"), "het": lazy("Đã hết, đã thay"), OVERDUE: lazy("Quá hạn rà soát"),
}  # fmt: skip
BESIDE = [
    Entry("/van-ban/", lazy("Văn bản pháp lý"), icon="gavel", order=1, permission="matter.view"),
    Entry("/ke-hoach/ban-giay/", lazy("Ghi nhận bản giấy"), icon="rubber-stamp", order=2, permission="agreement.paper"),
    Entry("/ke-hoach/ghi-so/", lazy("Ghi văn bản đã ký vào sổ"), icon="book-2", order=3, permission="agreement.register"),
    Entry("/ke-hoach/nhap-so/", lazy("Nhập sổ từ tệp"), icon="file-import", order=4, permission="agreement.register"),
    Entry("/ke-hoach/doc-tep/", lazy("Đọc quy chế, kế hoạch từ tệp"), icon="file-text", order=5, permission="agreement.draft"),
]
"""The other pages of the register, those that the post may open."""
_SORTS = {"ngay": "issued_on", "ra-soat": "next_review", "chu-tri": "matter__lead__short"}
_FIRST = "moi"
PER_PAGE, PER_PAGE_FOUND = 50, 20
_YEARS_BACK = 8


class Documents(Listing[Any]):
    """A page of the register: what needs the unit first, the latest next; or in the order of a column."""

    @cached_property
    def rows(self) -> list[Listed]:
        start = (self.number - 1) * self.per
        ordered = listed.by_latest(self._rows) if self.sort == _FIRST else self._rows.order_by(*self._order())
        return listed.page_of(ordered[start : start + self.per])


@acting("matter.view")
def register(request: Acting) -> HttpResponse:
    """The list with its filters, the counts per standing, and its pages. htmx gets what was found."""
    today = request.scope.today
    now = timezone.now()
    waiting = needs_of(request.post, local_day(now))
    needs: dict[int, list[Need]] = defaultdict(list)
    for need in waiting:
        needs[need.agreement].append(need)
    found = listed.needing_first(_narrowed(request, today), waiting)
    counts = listed.counted(found)
    state, text = chosen(request, STATE, LABELS), request.GET.get(TEXT, "")[:100]
    rows = _in_state(found, state, today)
    listing = Documents(request, rows, _SORTS, _FIRST, per=PER_PAGE_FOUND if text.strip() else PER_PAGE, total=_total(counts, state))
    spots = asking.spots([one.agreement for one in listing.rows], text) if text.strip() else {}
    return page(
        request,
        "register/list.html",
        part="found",
        listing=listing,
        rows=[_row(one, needs.get(one.agreement.pk, ()), spots, now) for one in listing.rows],
        states=_states(request, counts, state),
        kinds=AgreementKind.choices,
        kind=chosen(request, KIND, dict(AgreementKind.choices)),
        forces=[(one.code, faces.name_of(one)) for one in faces.faces().values()],
        force=request.GET.get(FORCE, ""),
        years=[str(today.year - n) for n in range(_YEARS_BACK)],
        year=request.GET.get(YEAR, ""),
        text=text,
        narrowed=any(request.GET.get(key) for key in (STATE, KIND, FORCE, YEAR, TEXT)),
        section=tabs(request, "/ke-hoach/"),
        may_draft=may(request.post, "agreement.draft"),
        beside=open_to(BESIDE, request.post),
    )


def _narrowed(request: Acting, today: date) -> QuerySet[Any]:
    """What the post sees, narrowed by everything but how it stands."""
    found = listed.register(request.post, today)
    if kind := chosen(request, KIND, dict(AgreementKind.choices)):
        found = found.filter(kind=kind)
    if force := chosen(request, FORCE, {code: code for code in faces.faces()}):
        found = listed.with_force(found, force)
    if (year := read_number(request.GET.get(YEAR), 4)) is not None and 1990 <= year <= 2100:
        found = listed.within(found, listed.year_of(year))
    if AREA in request.scope.asked and request.scope.area:
        found = listed.in_area(found, request.scope.area, request.scope.day)
    if request.GET.get(TEXT, "").strip():
        found = asking.found(found, request.post, request.GET[TEXT][:100], today)
    return found


def _in_state(found: QuerySet[Any], state: str, today: date) -> QuerySet[Any]:
    if state in STAGES:
        return found.filter(stage=STAGES[state])
    if state in STANDINGS:
        agreed = Q(stage=Stage.AGREED) | ~Q(standing=Standing.NOT_YET)
        return found.filter(agreed, standing__in=STANDINGS[state])
    if state == MINE:
        return found.filter(things__gt=0)
    return found.filter(pk__in=due_before(today).values("pk")) if state == OVERDUE else found


def _total(counts: Counts, state: str) -> int | None:
    """How many are listed, where the counts say so already."""
    if state in STAGES:
        return counts.stages.get(STAGES[state], 0)
    if state in STANDINGS:
        return sum(counts.standings.get(one, 0) for one in STANDINGS[state])
    if state == MINE:
        return counts.needing
    return counts.total if not state else None


def _states(request: Acting, counts: Counts, here: str) -> list[dict[str, Any]]:
    """A link for each step and standing that occurs, with its count; the chosen one stays also with none. What needs the unit is counted in things, as its badge."""
    n = {slug: _total(counts, slug) for slug in ("", *STAGES, *STANDINGS)} | {MINE: counts.mine, OVERDUE: None}
    shown = [slug for slug in LABELS if slug in ("", OVERDUE, here) or n[slug]]
    return [{"label": LABELS[slug], "url": changed(request, **{STATE: slug or None}), "here": slug == here, "n": n[slug]} for slug in shown]


def _row(one: Listed, needs: Sequence[Need], spots: Mapping[int, asking.Spot], now: datetime) -> dict[str, Any]:
    a, today = one.agreement, local_day(now)
    lead = a.matter.lead
    return wording.row(a, one.standing) | {
        "needs": wording.needed(needs, now),
        "parties": [p.unit for p in one.parties if p.unit_id != lead.pk],
        "signed": _("đã ký %(n)s/%(all)s") % {"n": one.signed, "all": one.required} if a.stage == Stage.SIGNING else "",
        "late": bool(a.next_review and a.next_review < today and one.standing == Standing.IN_FORCE),
        "spot": spots.get(a.pk),
    }
