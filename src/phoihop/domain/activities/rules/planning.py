"""Whether a plan holds together, and whose it is to change."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from phoihop.kernel.figures_text import day as day_text
from phoihop.kernel.figures_text import reader
from phoihop.kernel.period import HOME, local_day
from phoihop.kernel.verdict import YES, Verdict, first_no, no_unless

from ...forces.models import Unit
from ...matters.models import PartRole
from ...people.models import Post
from ...people.rules import allowed
from ...territory.models import Area
from ..models import Activity, Claim, RouteKind
from .drafts import PartyDraft, PatrolDraft

MOST_PEOPLE = 5_000
MOST_TEAMS = 200
LONGEST = timedelta(hours=48)
LONG = timedelta(hours=16)
"""Where the day of its end was only understood, a longer patrol is asked about: 22:00 to 21:00 is more often a slip of the hour than a voyage."""
FURTHEST_AHEAD = timedelta(days=400)
ROLES = (PartRole.SUPPORT, PartRole.COCHAIR, PartRole.ADVISE, PartRole.LEAD)


def may_plan(post: Post, on: date) -> Verdict:
    return allowed(post, "patrol.plan", on)


def fits_plan(d: PatrolDraft, lead_id: int, now: datetime) -> Verdict:
    """Whether a plan holds together: times, places of that day, units of that day, the lead and at least one other."""
    day = local_day(d.start)
    return first_no(
        fits_times(d.start, d.end, "end"),
        no_unless(d.start - now <= FURTHEST_AHEAD, "too-far-ahead", _("Chỉ lên lịch trước nhiều nhất 400 ngày."), "start"),
        no_unless(d.route_kind in RouteKind.values, "no-such-kind", _("Loại tuyến không có trong danh mục."), "route_kind"),
        area_exists(d.area, day, "area"),
        no_unless(
            d.route is None or d.route.valid_until is None or day < d.route.valid_until,
            "route-ended",
            _("Tuyến này đã thôi dùng vào ngày đó."),
            "route",
        ),
        fits_parties(d, lead_id),
        *(fits_party(p.unit, p.people, p.teams, day, f"parties.{n}") for n, p in enumerate(d.parties)),
        *(fits_seat(p, n) for n, p in enumerate(d.parties)),
        *(unit_exists(u, day, f"followers.{n}") for n, u in enumerate(d.followers)),
        no_unless(not d.legs or d.legs[0].area.pk == d.area.pk, "first-leg", _("Chặng đầu phải ở địa bàn của cuộc tuần tra."), "legs.0.area"),
        *(fits_leg(d, n) for n in range(len(d.legs))),
    )


def fits_parties(d: PatrolDraft, lead_id: int) -> Verdict:
    """Each unit once; the lead among them with its own strength; another beside it; nobody asked for what another leads."""
    units = [p.unit.pk for p in d.parties]
    again = next((n for n, unit in enumerate(units) if unit in units[:n]), None)
    told = Counter([u.pk for u in d.followers])
    return first_no(
        no_unless(any(u != lead_id for u in units), "alone", _("Tuần tra chung cần ít nhất hai đơn vị. Hãy thêm đơn vị phối hợp."), "parties"),
        no_unless(lead_id in units, "lead-missing", _("Hãy ghi cả lực lượng của đơn vị chủ trì."), "parties"),
        no_unless(again is None, "party-twice", _("Một đơn vị chỉ ghi một lần."), f"parties.{again}.unit"),
        no_unless(
            max(told.values(), default=0) <= 1 and lead_id not in told and not told.keys() & set(units),
            "party-twice",
            _("Đơn vị đã tham gia hoặc đã ghi thì không ghi thêm ở phần theo dõi."),
            "followers",
        ),
        no_unless(
            sum(p.role == PartRole.LEAD and p.unit.pk != lead_id for p in d.parties) <= 1,
            "two-leads",
            _("Chỉ mời được một đơn vị nhận chủ trì."),
            "parties",
        ),
    )


def fits_seat(p: PartyDraft, n: int) -> Verdict:
    return first_no(
        no_unless(p.role in ROLES, "no-such-role", _("Vai tham gia không có trong danh mục."), f"parties.{n}.role"),
        no_unless(1 <= p.team <= MOST_TEAMS, "teams", _("Tổ số phải từ 1 đến 200."), f"parties.{n}.team"),
    )


def fits_leg(d: PatrolDraft, n: int) -> Verdict:
    leg = d.legs[n]
    return first_no(
        fits_times(leg.first, leg.until, f"legs.{n}.until"),
        area_exists(leg.area, local_day(leg.first), f"legs.{n}.area"),
        no_unless(n == 0 or d.legs[n - 1].until <= leg.first, "legs-overlap", _("Chặng sau phải bắt đầu khi chặng trước đã xong."), f"legs.{n}.first"),
        no_unless(d.start <= leg.first and leg.until <= d.end, "leg-outside", _("Chặng nằm ngoài giờ của cuộc tuần tra."), f"legs.{n}.first"),
    )


def fits_times(first: datetime, until: datetime, name: str) -> Verdict:
    return first_no(
        no_unless(until > first, "time-order", _("Giờ kết thúc phải sau giờ bắt đầu."), name),
        no_unless(until - first <= LONGEST, "too-long", _("Một cuộc tuần tra dài nhất 48 giờ. Nếu dài hơn, hãy ghi thành nhiều cuộc."), name),
    )


def usual_length(first: datetime, until: datetime, name: str) -> Verdict:
    """Asked, not refused, by whoever reads hours without their days."""
    if until - first <= LONG:
        return YES
    hours = round((until - first) / timedelta(hours=1))
    said = _("Cuộc tuần tra kéo dài {hours} giờ ({first}–{until}) là khác thường. Giờ này đúng chứ?")
    return Verdict("long", format_lazy(said, hours=hours, first=_clock(first), until=_clock(until)), name, asks=True, answer=f"{hours}h")


def _clock(moment: datetime) -> str:
    return f"{moment.astimezone(HOME):%H:%M}"


def area_exists(area: Area, day: date, name: str) -> Verdict:
    """A place of another day is refused; the surface offers what it became (``territory.queries``)."""
    if day >= area.valid_from and (area.valid_until is None or day < area.valid_until):
        return YES
    return Verdict("area-not-then", _("%(area)s không tồn tại vào ngày %(day)s.") % {"area": area, "day": day_text(day, reader())}, name, of_day=day)


def unit_exists(unit: Unit, day: date, name: str) -> Verdict:
    """A unit of another day is refused; the surface offers its heir."""
    if day >= unit.valid_from and (unit.valid_until is None or day < unit.valid_until):
        return YES
    return Verdict("unit-not-then", _("%(unit)s không hoạt động vào ngày đó.") % {"unit": unit}, name, of_day=day)


def fits_party(unit: Unit, people: int, teams: int, day: date, name: str) -> Verdict:
    return first_no(
        unit_exists(unit, day, f"{name}.unit"),
        no_unless(0 <= people <= MOST_PEOPLE, "headcount", _("Số người phải từ 0 đến 5.000."), f"{name}.people"),
        no_unless(0 <= teams <= MOST_TEAMS, "teams", _("Số tổ phải từ 0 đến 200."), f"{name}.teams"),
    )


def may_change(post: Post, a: Activity, on: date) -> Verdict:
    """The lead alone changes its plan, before a result is recorded."""
    return first_no(
        allowed(post, "patrol.plan", on),
        is_lead(post, a),
        no_unless(a.cancelled_at is None, "cancelled", _("Cuộc tuần tra này đã hủy.")),
        no_unless(a.claim == Claim.NONE, "has-result", _("Cuộc tuần tra này đã có kết quả. Hãy sửa kết quả.")),
    )


def stays_what_it_is(a: Activity, d: PatrolDraft) -> Verdict:
    """Whether an act counts is said as it is planned, and known to all who were asked: an exercise never becomes a figure, nor the other way."""
    return no_unless(
        d.exercise == a.matter.exercise, "exercise-fixed", _("Là diễn tập hay không thì không đổi được nữa. Hủy cuộc này và lập cuộc khác."), "exercise"
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
