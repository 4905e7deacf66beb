"""Whose routes and campaigns are whose to draw."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.verdict import Verdict, first_no, no_unless

from ...people.models import Post
from ...people.rules import allowed
from ...territory.models import Area
from ..models import Activity, Campaign, Route, RouteKind
from .planning import area_exists, is_lead


def next_day(day: date) -> date:
    return day + timedelta(days=1)


def may_draw(post: Post, on: date) -> Verdict:
    return allowed(post, "route.manage", on)


def fits_route(code: str, name: str, kind: str, area: Area, every_days: int | None, on: date, taken: bool) -> Verdict:
    return first_no(
        no_unless(code.strip(), "text-missing", _("Hãy đặt ký hiệu tuyến, ví dụ B1."), "code"),
        no_unless(len(code) <= 12, "too-long", _("Ký hiệu tuyến dài nhất 12 chữ."), "code"),
        no_unless(not taken, "code-taken", _("Đơn vị đã có tuyến mang ký hiệu này."), "code"),
        no_unless(name.strip(), "text-missing", _("Hãy đặt tên tuyến."), "name"),
        no_unless(len(name) <= 120, "too-long", _("Tên tuyến dài nhất 120 chữ."), "name"),
        no_unless(kind in RouteKind.values, "no-such-kind", _("Loại tuyến không có trong danh mục."), "kind"),
        no_unless(every_days is None or 1 <= every_days <= 366, "cadence", _("Nhịp tuần tra từ 1 đến 366 ngày."), "every_days"),
        area_exists(area, on, "area"),
    )


def may_change_route(post: Post, route: Route, on: date) -> Verdict:
    return first_no(
        allowed(post, "route.manage", on),
        no_unless(post.unit_id == route.owner_id, "not-owner", _("Chỉ đơn vị lập tuyến sửa được tuyến.")),
        no_unless(route.valid_until is None, "route-ended", _("Tuyến này đã thôi dùng.")),
    )


def may_open_campaign(post: Post, name: str, first: date, until: date, on: date) -> Verdict:
    return first_no(
        allowed(post, "campaign.open", on),
        no_unless(name.strip(), "text-missing", _("Hãy đặt tên đợt cao điểm."), "name"),
        no_unless(until > first, "time-order", _("Ngày kết thúc phải sau ngày bắt đầu."), "until"),
        no_unless(until - first <= timedelta(days=366), "too-long", _("Một đợt dài nhất một năm."), "until"),
    )


def may_join(post: Post, campaign: Campaign, a: Activity, on: date) -> Verdict:
    """A campaign groups acts that are counted already; it adds none."""
    return first_no(
        allowed(post, "campaign.open", on),
        is_lead(post, a),
        no_unless(campaign.first <= a.day < campaign.until, "outside-campaign", _("Cuộc tuần tra không nằm trong những ngày của đợt.")),
    )
