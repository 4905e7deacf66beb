"""Whose routes and campaigns are whose to draw."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.verdict import Verdict, first_no, no_unless

from ...matters.rules import Sight, is_open
from ...people.models import Post
from ...people.rules import allowed
from ...territory.models import Area
from ..models import Activity, Campaign, Route, RouteKind
from .drafts import RouteDraft
from .planning import area_exists, is_lead
from .state import plan_day


def next_day(day: date) -> date:
    return day + timedelta(days=1)


def may_draw(post: Post, on: date) -> Verdict:
    return allowed(post, "route.manage", on)


def fits_route(d: RouteDraft, on: date, taken: bool) -> Verdict:
    """Whether a route holds together; ``taken``: another route of the unit bears its code."""
    return first_no(
        fits_name(d.code, 12, "code"),
        no_unless(not taken, "code-taken", _("Đơn vị đã có tuyến mang ký hiệu này."), "code"),
        fits_name(d.name, 120, "name"),
        no_unless(d.kind in RouteKind.values, "no-such-kind", _("Loại tuyến không có trong danh mục."), "kind"),
        no_unless(d.every_days is None or 1 <= d.every_days <= 366, "cadence", _("Nhịp tuần tra từ 1 đến 366 ngày."), "every_days"),
        area_exists(d.area, on, "area"),
        *(area_exists(a, on, f"areas.{n}") for n, a in enumerate(d.areas)),
        *(fits_name(p.name, 120, f"points.{n}.name") for n, p in enumerate(d.points)),
        *(area_exists(p.area, on, f"points.{n}.area") for n, p in enumerate(d.points)),
    )


def fits_name(name: str, most: int, field: str) -> Verdict:
    return first_no(
        no_unless(name.strip(), "text-missing", _("Chưa có tên hoặc ký hiệu."), field),
        no_unless(len(name.strip()) <= most, "text-too-long", _("Tên, ký hiệu này dài quá %(most)d chữ cái.") % {"most": most}, field),
    )


def may_change_route(post: Post, route: Route, on: date) -> Verdict:
    return first_no(
        allowed(post, "route.manage", on),
        no_unless(post.unit_id == route.owner_id, "not-owner", _("Chỉ đơn vị lập tuyến sửa được tuyến.")),
        no_unless(route.valid_until is None, "route-ended", _("Tuyến này đã thôi dùng.")),
    )


def may_open_campaign(post: Post, name: str, area: Area, first: date, until: date, on: date) -> Verdict:
    return first_no(
        allowed(post, "campaign.open", on),
        no_unless(name.strip(), "text-missing", _("Hãy đặt tên đợt cao điểm."), "name"),
        no_unless(until > first, "time-order", _("Ngày kết thúc phải sau ngày bắt đầu."), "until"),
        no_unless(until - first <= timedelta(days=366), "too-long", _("Một đợt dài nhất một năm."), "until"),
        area_exists(area, first, "area"),
    )


def may_join(post: Post, campaign: Campaign, seen: Sight, a: Activity, on: date) -> Verdict:
    """The lead of a patrol puts it into a campaign that its unit leads or takes part in, by the day it was planned for. It adds none."""
    return first_no(
        allowed(post, "campaign.open", on),
        no_unless(seen is Sight.WHOLE, "not-party", _("Chỉ đơn vị chủ trì và các bên tham gia đợt đưa cuộc tuần tra vào đợt được."), "campaign"),
        is_open(campaign.matter).at("campaign"),
        is_lead(post, a),
        no_unless(a.cancelled_at is None, "cancelled", _("Cuộc tuần tra này đã hủy.")),
        within_campaign(campaign, plan_day(a)),
    )


def within_campaign(campaign: Campaign, day: date) -> Verdict:
    return no_unless(campaign.first <= day < campaign.until, "outside-campaign", _("Cuộc tuần tra không nằm trong những ngày của đợt."))
