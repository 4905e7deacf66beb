"""Whether a plan holds together, and whose it is to change."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.verdict import Verdict, first_no, no_unless

from ...forces.models import Unit
from ...people.models import Post
from ...people.rules import allowed
from ...territory.models import Area
from ..models import Activity, Claim, RouteKind
from .drafts import PatrolDraft

MOST_PEOPLE = 5_000
LONGEST = timedelta(hours=48)
FURTHEST_AHEAD = timedelta(days=400)
AT_ONCE = 200


def may_plan(post: Post, on: date) -> Verdict:
    return allowed(post, "patrol.plan", on)


def fits_plan(d: PatrolDraft, lead_id: int, now: datetime) -> Verdict:
    """Whether a plan holds together: times, places of that day, units of that day, at least two of them."""
    units = [p.unit.pk for p in d.parties]
    others = [p for p in d.parties if p.unit.pk != lead_id]
    return first_no(
        fits_times(d.start, d.end, "end"),
        no_unless(d.start - now <= FURTHEST_AHEAD, "too-far-ahead", _("Chỉ lên lịch trước nhiều nhất 400 ngày."), "start"),
        no_unless(d.route_kind in RouteKind.values, "no-such-kind", _("Loại tuyến không có trong danh mục."), "route_kind"),
        area_exists(d.area, d.start.date(), "area"),
        no_unless(
            d.route is None or d.route.valid_until is None or d.start.date() < d.route.valid_until,
            "route-ended",
            _("Tuyến này đã thôi dùng vào ngày đó."),
            "route",
        ),
        no_unless(others, "alone", _("Tuần tra chung cần ít nhất hai đơn vị. Hãy thêm đơn vị phối hợp."), "parties"),
        no_unless(len(units) == len(set(units)), "party-twice", _("Một đơn vị chỉ ghi một lần."), "parties"),
        first_no(*(fits_party(p.unit, p.people, p.teams, d.start.date(), f"parties.{n}") for n, p in enumerate(d.parties))),
        first_no(*(fits_leg(d, n) for n in range(len(d.legs)))),
    )


def fits_leg(d: PatrolDraft, n: int) -> Verdict:
    leg = d.legs[n]
    return first_no(
        fits_times(leg.first, leg.until, f"legs.{n}.until"),
        area_exists(leg.area, leg.first.date(), f"legs.{n}.area"),
        no_unless(n == 0 or d.legs[n - 1].until <= leg.first, "legs-overlap", _("Chặng sau phải bắt đầu khi chặng trước đã xong."), f"legs.{n}.first"),
        no_unless(d.start <= leg.first and leg.until <= d.end, "leg-outside", _("Chặng nằm ngoài giờ của cuộc tuần tra."), f"legs.{n}.first"),
    )


def fits_times(first: datetime, until: datetime, name: str) -> Verdict:
    return first_no(
        no_unless(until > first, "time-order", _("Giờ kết thúc phải sau giờ bắt đầu."), name),
        no_unless(until - first <= LONGEST, "too-long", _("Một cuộc tuần tra dài nhất 48 giờ. Nếu dài hơn, hãy ghi thành nhiều cuộc."), name),
    )


def area_exists(area: Area, day: date, name: str) -> Verdict:
    """A place of another day is refused; the surface offers what it became (``territory.queries``)."""
    ended = area.valid_until is not None and day >= area.valid_until
    return no_unless(
        not ended and day >= area.valid_from,
        "area-not-then",
        _("%(area)s không tồn tại vào ngày %(day)s.") % {"area": area, "day": f"{day:%d/%m/%Y}"},
        name,
    )


def fits_party(unit: Unit, people: int, teams: int, day: date, name: str) -> Verdict:
    ended = unit.valid_until is not None and day >= unit.valid_until
    return first_no(
        no_unless(not ended and day >= unit.valid_from, "unit-not-then", _("%(unit)s không hoạt động vào ngày đó.") % {"unit": unit}, f"{name}.unit"),
        no_unless(0 <= people <= MOST_PEOPLE, "headcount", _("Số người phải từ 0 đến 5.000."), f"{name}.people"),
        no_unless(0 <= teams <= 200, "teams", _("Số tổ phải từ 0 đến 200."), f"{name}.teams"),
    )


def may_change(post: Post, a: Activity, on: date) -> Verdict:
    """The lead alone changes its plan, before a result is recorded."""
    return first_no(
        allowed(post, "patrol.plan", on),
        is_lead(post, a),
        no_unless(a.cancelled_at is None, "cancelled", _("Cuộc tuần tra này đã hủy.")),
        no_unless(a.claim == Claim.NONE, "has-result", _("Cuộc tuần tra này đã có kết quả. Hãy sửa kết quả.")),
    )


def unchanged(a: Activity, version: int) -> Verdict:
    """Two people at once: the second is shown both versions instead of overwriting the first."""
    return no_unless(
        a.version == version,
        "changed-meanwhile",
        _("Có người vừa sửa bản ghi này. Nội dung bạn nhập được giữ lại bên cạnh bản mới; hãy chọn bản đúng."),
    )


def may_cancel(post: Post, a: Activity, why: str, on: date) -> Verdict:
    return first_no(
        allowed(post, "patrol.cancel", on),
        is_lead(post, a),
        no_unless(a.cancelled_at is None, "cancelled", _("Cuộc tuần tra này đã hủy.")),
        no_unless(why.strip(), "reason-missing", _("Hãy ghi lý do hủy, một dòng là đủ."), "why"),
    )


def is_lead(post: Post, a: Activity) -> Verdict:
    return no_unless(post.unit_id == a.matter.lead_id, "not-lead", _("Chỉ đơn vị chủ trì ghi được. Đơn vị phối hợp thì xác nhận hoặc nêu khác biệt."))


def at_most(count: int) -> Verdict:
    return no_unless(0 < count <= AT_ONCE, "too-many", _("Mỗi lần từ 1 đến 200 cuộc."))
