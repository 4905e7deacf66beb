"""What may be done with a patrol, and what it is at a moment. Nothing here reads a clock or a table."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from phoihop.kernel.catalogue import events
from phoihop.kernel.heirs import stays
from phoihop.kernel.text import canonical, digest
from phoihop.kernel.verdict import YES, Verdict, first_no, no_unless

from ..forces.models import Unit
from ..matters.models import PartRole
from ..people.models import Post
from ..people.rules import allowed
from ..territory.models import Area
from .models import Activity, Claim, ConfirmLink, OutcomeKind, Route, RouteKind

events(
    "patrol",
    planned=_("lên lịch"),
    changed=_("sửa lịch"),
    cancelled=_("hủy"),
    started=_("xuất phát"),
    tapped=_("chạm giờ tại điểm kiểm tra"),
    reported=_("ghi kết quả"),
    corrected=_("sửa kết quả"),
    confirmed=_("xác nhận"),
    disputed=_("không xác nhận"),
    link_made=_("tạo liên kết xác nhận"),
)
events("route", drawn=_("lập tuyến"), changed=_("sửa tuyến"), ended=_("thôi dùng tuyến"))
events("campaign", opened=_("mở đợt cao điểm"), closed=_("kết thúc đợt cao điểm"))
events(
    "import",
    begun=_("đưa tệp vào"),
    mended=_("sửa dòng"),
    released=_("cho nhập"),
    ran=_("nhập xong"),
    withdrawn=_("rút lại lần nhập"),
)
stays(
    "RouteArea.area", "Checkpoint.area", "Leg.area", "Route.area", "CheckTap.unit", "Strength.unit", "Confirmation.unit",
    "PaperList.lead", "PaperList.party", "ConfirmLink.unit", "ImportRun.lead",
    why="history: where it was and who took part on that day",
)  # fmt: skip

MOST_PEOPLE = 5_000
LONGEST = timedelta(hours=48)
FURTHEST_AHEAD = timedelta(days=400)
LINK_LIVES = timedelta(days=7)
AT_ONCE = 200


class State(StrEnum):
    """What a patrol is at a moment. The clock alone may say late or missing; it never says held."""

    PLANNED = "planned"
    READY = "ready"
    LATE = "late"
    UNDER_WAY = "under-way"
    MISSING = "missing"
    WAITING = "waiting"
    HELD = "held"
    DISPUTED = "disputed"
    NOT_HELD = "not-held"
    CANCELLED = "cancelled"


STATE_NAMES = {
    State.PLANNED: _("dự kiến"),
    State.READY: _("sẵn sàng"),
    State.LATE: _("chậm xuất phát"),
    State.UNDER_WAY: _("đang đi"),
    State.MISSING: _("thiếu kết quả"),
    State.WAITING: _("chờ xác nhận"),
    State.HELD: _("đã tổ chức"),
    State.DISPUTED: _("chưa thống nhất"),
    State.NOT_HELD: _("không tổ chức"),
    State.CANCELLED: _("đã hủy"),
}


@dataclass(frozen=True, slots=True)
class Grace:
    """How long after the planned start a patrol is late, and after the planned end its result missing."""

    late: timedelta = timedelta(minutes=30)
    missing: timedelta = timedelta(minutes=60)


def state(a: Activity, now: datetime, grace: Grace = Grace()) -> State:
    """The truth table of a patrol (architecture, section 3)."""
    if a.cancelled_at is not None:
        return State.CANCELLED
    if a.claim == Claim.NOT_HELD:
        return State.DISPUTED if a.disputed else State.NOT_HELD
    if a.claim == Claim.HELD:
        if a.disputed:
            return State.DISPUTED
        return State.HELD if a.confirmed else State.WAITING
    if now > a.planned_end + grace.missing:
        return State.MISSING
    if a.started_at is not None:
        return State.UNDER_WAY
    if now > a.planned_start + grace.late:
        return State.LATE
    return State.READY if a.matter.willing and not a.matter.waiting else State.PLANNED


def counts(a: Activity) -> bool:
    """Whether the joint act stands in the figures: claimed as held, confirmed by another party, disputed by none."""
    return a.cancelled_at is None and a.claim == Claim.HELD and a.confirmed > 0 and a.disputed == 0


# -- what is handed in ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PartyDraft:
    """A unit that is to take part: its teams and people as planned; ``team`` is which of its teams."""

    unit: Unit
    people: int = 0
    teams: int = 1
    team: int = 1
    role: str = PartRole.SUPPORT


@dataclass(frozen=True, slots=True)
class LegDraft:
    area: Area
    first: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class PatrolDraft:
    """A patrol to be planned. ``parties`` holds the leading unit's own strength, too. Without legs it is one stretch in ``area``."""

    start: datetime
    end: datetime
    area: Area
    route_kind: str
    parties: Sequence[PartyDraft]
    route: Route | None = None
    armed: bool = False
    title: str = ""
    legs: Sequence[LegDraft] = ()
    followers: Sequence[Unit] = ()
    exercise: bool = False
    planned: bool = True


@dataclass(frozen=True, slots=True)
class Counted:
    """How a unit was seen to take part: teams, people, means by kind."""

    unit: Unit
    people: int
    teams: int = 1
    means: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Result:
    """What the lead says came of a patrol. ``version`` is the one it had before its eyes."""

    activity: Activity
    version: int
    held: bool
    started_at: datetime | None = None
    ended_at: datetime | None = None
    parties: Sequence[Counted] = ()
    outcomes: Mapping[str, int] = field(default_factory=dict)
    note: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """What a party says of a result: it agrees with the digest it saw, or it does not, and why; its own numbers if they differ."""

    activity: Activity
    digest: str
    agrees: bool
    people: int | None = None
    teams: int | None = None
    note: str = ""


# -- planning ------------------------------------------------------------------------------------------------------


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
        no_unless(d.route is None or d.route.valid_until is None or d.start.date() < d.route.valid_until, "route-ended", _("Tuyến này đã thôi dùng vào ngày đó."), "route"),
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


# -- holding -------------------------------------------------------------------------------------------------------


def may_start(post: Post, a: Activity, started_at: datetime, now: datetime, on: date) -> Verdict:
    return first_no(
        allowed(post, "patrol.start", on),
        is_lead(post, a),
        no_unless(a.cancelled_at is None, "cancelled", _("Cuộc tuần tra này đã hủy.")),
        no_unless(a.started_at is None, "started", _("Cuộc tuần tra này đã xuất phát.")),
        no_unless(started_at <= now, "in-future", _("Giờ xuất phát không thể sau bây giờ."), "started_at"),
    )


def may_tap(post: Post, a: Activity, takes_part: bool, tapped_at: datetime, now: datetime, on: date) -> Verdict:
    return first_no(
        allowed(post, "patrol.start", on),
        no_unless(takes_part, "not-party", _("Chỉ đơn vị tham gia chạm giờ được.")),
        no_unless(a.started_at is not None and a.cancelled_at is None, "not-started", _("Cuộc tuần tra chưa xuất phát.")),
        no_unless(tapped_at <= now, "in-future", _("Giờ chạm không thể sau bây giờ."), "tapped_at"),
    )


def may_report(post: Post, r: Result, party_ids: Collection[int], now: datetime, on: date) -> Verdict:
    """The lead records what came of it: after it began, within two days of length, for units that were asked."""
    a = r.activity
    basics = first_no(
        allowed(post, "patrol.result", on),
        is_lead(post, a),
        no_unless(a.cancelled_at is None, "cancelled", _("Cuộc tuần tra này đã hủy.")),
        unchanged(a, r.version),
        no_unless(all(k in OutcomeKind.values for k in r.outcomes), "no-such-outcome", _("Kết quả không có trong danh mục."), "outcomes"),
        first_no(*(no_unless(0 <= n <= 100_000, "outcome-count", _("Số lượng phải từ 0 đến 100.000."), f"outcomes.{k}") for k, n in r.outcomes.items())),
    )
    if not basics or not r.held:
        return first_no(basics, no_unless(r.held or r.why.strip(), "reason-missing", _("Không tổ chức thì cần ghi lý do, một dòng là đủ."), "why"))
    if r.started_at is None or r.ended_at is None:
        return Verdict("time-missing", _("Hãy ghi giờ bắt đầu và giờ kết thúc."), "started_at" if r.started_at is None else "ended_at")
    present = [p for p in r.parties if p.people > 0]
    return first_no(
        fits_times(r.started_at, r.ended_at, "ended_at"),
        no_unless(r.ended_at <= now, "in-future", _("Giờ kết thúc không thể sau bây giờ."), "ended_at"),
        no_unless(abs(r.started_at - a.planned_start) <= LONGEST, "other-day", _("Giờ bắt đầu cách giờ dự kiến hơn 48 giờ. Hãy ghi thành cuộc khác."), "started_at"),
        first_no(*(fits_party(p.unit, p.people, p.teams, r.started_at.date(), f"parties.{n}") for n, p in enumerate(r.parties))),
        first_no(*(no_unless(p.unit.pk in party_ids, "not-asked", _("%(unit)s chưa được đề nghị tham gia.") % {"unit": p.unit}, f"parties.{n}.unit") for n, p in enumerate(r.parties))),
        no_unless(any(p.unit.pk == a.matter.lead_id for p in present), "lead-absent", _("Đơn vị chủ trì phải có mặt."), "parties"),
        no_unless(len(present) > 1, "alone", _("Chỉ có một đơn vị có mặt: đây không phải tuần tra chung. Hãy ghi “không tổ chức” kèm lý do."), "parties"),
    )


def outlier(people: int, teams: int) -> Verdict:
    """A team of fewer than 2 or more than 15 is asked about, not refused (sanity limits of rules.md A10: 2.9 to 6.5 people a team)."""
    if people == 0 or teams == 0 or 2 <= people / teams <= 15:
        return YES
    return Verdict("outlier", now_("%(people)d người trong %(teams)d tổ là khác thường. Số này đúng chứ?") % {"people": people, "teams": teams}, "people", asks=True, answer=f"{people}/{teams}")


# -- confirming ----------------------------------------------------------------------------------------------------


def what_is_confirmed(a: Activity, area_code: str, units: Iterable[tuple[str, int, int]]) -> str:
    """The digest of what parties confirm: which patrol, that it was held, when, where, and who was there how strong."""
    said = {
        "code": a.matter.code,
        "claim": a.claim,
        "from": a.started_at.isoformat() if a.started_at else "",
        "to": a.ended_at.isoformat() if a.ended_at else "",
        "area": area_code,
        "kind": a.route_kind,
        "armed": int(a.armed),
        "units": [list(u) for u in sorted(units)],
    }
    return digest(canonical(said))


def may_confirm(post_unit_id: int, w: Word, party_ids: Collection[int]) -> Verdict:
    """A party speaks for itself, of exactly what it was shown. ``party_ids``: units asked, other than the lead."""
    a = w.activity
    return first_no(
        no_unless(post_unit_id != a.matter.lead_id, "lead-confirms", _("Đơn vị chủ trì đã ghi kết quả; bên kia mới là bên xác nhận.")),
        no_unless(post_unit_id in party_ids, "not-party", _("Chỉ đơn vị được đề nghị tham gia mới xác nhận được.")),
        no_unless(a.cancelled_at is None, "cancelled", _("Cuộc tuần tra này đã hủy.")),
        no_unless(a.claim != Claim.NONE, "no-result", _("Chủ trì chưa ghi kết quả nên chưa có gì để xác nhận.")),
        no_unless(w.digest == a.digest, "digest", _("Kết quả vừa được sửa. Hãy xem lại bản mới rồi xác nhận.")),
        no_unless(w.agrees or w.note.strip(), "reason-missing", _("Không xác nhận thì cần nêu lý do, một dòng là đủ."), "note"),
        no_unless(w.people is None or 0 <= w.people <= MOST_PEOPLE, "headcount", _("Số người phải từ 0 đến 5.000."), "people"),
        no_unless(w.teams is None or 0 <= w.teams <= 200, "teams", _("Số tổ phải từ 0 đến 200."), "teams"),
    )


def may_make_link(post: Post, a: Activity, unit_id: int, party_ids: Collection[int], on: date) -> Verdict:
    return first_no(
        allowed(post, "patrol.result", on),
        is_lead(post, a),
        no_unless(unit_id in party_ids and unit_id != a.matter.lead_id, "not-party", _("Chỉ tạo liên kết cho đơn vị được đề nghị tham gia."), "unit"),
        no_unless(a.claim != Claim.NONE, "no-result", _("Hãy ghi kết quả trước; bên kia xác nhận đúng kết quả đó.")),
    )


def link_is_good(link: ConfirmLink, now: datetime) -> Verdict:
    return first_no(
        no_unless(link.used_at is None, "link-used", _("Liên kết này đã dùng rồi. Mỗi liên kết chỉ xác nhận được một lần.")),
        no_unless(now < link.expires_at, "link-expired", _("Liên kết này đã hết hạn. Hãy xin đơn vị chủ trì liên kết mới.")),
    )


def may_enter_paper(post: Post, activities: Iterable[Activity], signed_on: date, on: date) -> Verdict:
    """A paper list is entered by the lead of every patrol on it; never dated ahead."""
    return first_no(
        allowed(post, "paper.confirm", on),
        no_unless(signed_on <= on, "in-future", _("Ngày ký không thể sau hôm nay."), "signed_on"),
        first_no(*(is_lead(post, a) for a in activities)),
    )


def at_most(count: int) -> Verdict:
    return no_unless(0 < count <= AT_ONCE, "too-many", _("Mỗi lần từ 1 đến 200 cuộc."))


# -- clashes -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Slot:
    """A team of a unit on a patrol, from when to when."""

    unit: int
    team: int
    start: datetime
    end: datetime
    activity: int


def clashes(slots: Iterable[Slot]) -> list[tuple[Slot, Slot]]:
    """Pairs of patrols for which the same team of a unit is down at the same time."""
    by_team: dict[tuple[int, int], list[Slot]] = {}
    for slot in slots:
        by_team.setdefault((slot.unit, slot.team), []).append(slot)
    found = []
    for rows in by_team.values():
        rows.sort(key=lambda s: (s.start, s.end, s.activity))
        for n, first in enumerate(rows):
            for second in rows[n + 1 :]:
                if second.start >= first.end:
                    break
                found.append((first, second))
    return found


def free_team(slots: Iterable[Slot], unit: int, start: datetime, end: datetime) -> int:
    """The lowest team number of a unit that is free between two moments: the fix offered for a clash."""
    busy = {s.team for s in slots if s.unit == unit and s.start < end and start < s.end}
    return next(n for n in range(1, len(busy) + 2) if n not in busy)
