"""Whether a patrol may leave, and whether a result holds together."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, timedelta

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from phoihop.kernel.period import local_day
from phoihop.kernel.verdict import YES, Verdict, first_no, no_unless

from ...forces.models import MeansKind
from ...people.models import Post
from ...people.rules import allowed
from ..models import Activity, Checkpoint, Claim, OutcomeKind
from .drafts import Counted, Result
from .planning import LONGEST, fits_party, fits_times, is_lead, unchanged

_MOST_MEANS = 1_000
_MOST_OUTCOMES = 100_000


def may_start(post: Post, a: Activity, started_at: datetime, now: datetime, on: date) -> Verdict:
    return first_no(
        allowed(post, "patrol.start", on),
        is_lead(post, a),
        no_unless(a.cancelled_at is None, "cancelled", _("Cuộc tuần tra này đã hủy.")),
        no_unless(a.claim == Claim.NONE, "has-result", _("Cuộc tuần tra này đã có kết quả. Hãy sửa kết quả.")),
        no_unless(a.started_at is None, "started", _("Cuộc tuần tra này đã xuất phát.")),
        no_unless(started_at <= now, "in-future", _("Giờ xuất phát không thể sau bây giờ."), "started_at"),
        near_plan(started_at, a),
    )


def near_plan(started_at: datetime, a: Activity) -> Verdict:
    near = abs(started_at - a.planned_start) <= LONGEST
    return no_unless(near, "other-day", _("Giờ bắt đầu cách giờ dự kiến hơn 48 giờ. Hãy ghi thành cuộc khác."), "started_at")


def may_tap(post: Post, a: Activity, takes_part: bool, point: Checkpoint, tapped_at: datetime, now: datetime, on: date) -> Verdict:
    started = a.started_at is not None and a.cancelled_at is None
    return first_no(
        allowed(post, "patrol.start", on),
        no_unless(takes_part, "not-party", _("Chỉ đơn vị tham gia chạm giờ được.")),
        no_unless(started, "not-started", _("Cuộc tuần tra chưa xuất phát.")),
        no_unless(point.n is not None and point.route_id == a.route_id, "not-on-route", _("Điểm kiểm tra không thuộc tuyến của cuộc này."), "checkpoint"),
        no_unless(tapped_at <= now, "in-future", _("Giờ chạm không thể sau bây giờ."), "tapped_at"),
        no_unless(not started or within_reach(tapped_at, a), "other-day", _("Giờ chạm phải sau giờ xuất phát và trong vòng 48 giờ."), "tapped_at"),
    )


def within_reach(moment: datetime, a: Activity) -> bool:
    return a.started_at is not None and timedelta() <= moment - a.started_at <= LONGEST


def may_tell(post: Post, a: Activity, on: date) -> Verdict:
    """Who may say what came of a patrol, and say it again: before a word of it is judged."""
    return first_no(
        allowed(post, "patrol.result", on),
        is_lead(post, a),
        no_unless(a.cancelled_at is None, "cancelled", _("Cuộc tuần tra này đã hủy.")),
    )


def has_begun(a: Activity, now: datetime) -> Verdict:
    """What did not take place is said from its hour on; before it is cancelled."""
    return no_unless(now >= a.planned_start, "not-yet", _("Chưa đến giờ dự kiến. Nếu không tổ chức nữa, hãy hủy cuộc tuần tra."), "held")


def may_report(post: Post, r: Result, party_ids: Collection[int], voice_ids: Collection[int], now: datetime, on: date) -> Verdict:
    """The lead records what came of it: after it was over, near its plan, for units that were asked.

    ``party_ids``: the units that were asked, lead included. ``voice_ids``: for which of them the lead speaks (itself, or a
    unit that it succeeded).
    """
    return first_no(
        may_tell(post, r.activity, on),
        unchanged(r.activity, r.version),
        *(_as_held(r, party_ids, voice_ids, now) if r.held else _as_not_held(r, now)),
    )


def _as_not_held(r: Result, now: datetime) -> Iterator[Verdict]:
    yield no_unless(r.why.strip(), "reason-missing", _("Không tổ chức thì cần ghi lý do, một dòng là đủ."), "why")
    yield has_begun(r.activity, now)


def _as_held(r: Result, party_ids: Collection[int], voice_ids: Collection[int], now: datetime) -> Iterator[Verdict]:
    if r.started_at is None or r.ended_at is None:
        yield Verdict("time-missing", _("Hãy ghi giờ bắt đầu và giờ kết thúc."), "started_at" if r.started_at is None else "ended_at")
        return
    yield fits_times(r.started_at, r.ended_at, "ended_at")
    yield no_unless(r.ended_at <= now, "in-future", _("Giờ kết thúc không thể sau bây giờ."), "ended_at")
    yield near_plan(r.started_at, r.activity)
    day = local_day(r.started_at)
    for n, p in enumerate(r.parties):
        yield fits_party(p.unit, p.people, p.teams, day, f"parties.{n}")
        yield was_asked(p, party_ids, f"parties.{n}.unit")
        yield fits_counts(p.means, MeansKind.values, _MOST_MEANS, f"parties.{n}.means")
    yield no_unless(len({p.unit.pk for p in r.parties}) == len(r.parties), "party-twice", _("Một đơn vị chỉ ghi một lần."), "parties")
    present = {p.unit.pk for p in r.parties if p.people > 0}
    yield no_unless(present & set(voice_ids), "lead-absent", _("Đơn vị chủ trì phải có mặt."), "parties")
    yield no_unless(len(present) > 1, "alone", _("Chỉ có một đơn vị có mặt: đây không phải tuần tra chung. Hãy ghi “không tổ chức” kèm lý do."), "parties")
    yield fits_counts(r.outcomes, OutcomeKind.values, _MOST_OUTCOMES, "outcomes")
    yield fits_walk(r)
    for n, p in enumerate(r.parties):
        yield outlier(p.people, p.teams).at(f"parties.{n}.people")


def was_asked(p: Counted, party_ids: Collection[int], name: str) -> Verdict:
    if p.unit.pk in party_ids:
        return YES
    return Verdict("not-asked", _("%(unit)s chưa được đề nghị tham gia.") % {"unit": p.unit}, name)


def fits_counts(counts: Mapping[str, int], kinds: Collection[str], most: int, name: str) -> Verdict:
    """Counts of a closed list."""
    for kind, count in counts.items():
        if kind not in kinds:
            return Verdict("no-such-kind", _("Mục này không có trong danh mục."), name)
        if not 0 <= count <= most:
            return Verdict("count", _("Số lượng phải từ 0 đến %(most)d.") % {"most": most}, f"{name}.{kind}")
    return YES


def fits_walk(r: Result) -> Verdict:
    """The legs that were walked lie within the patrol's times, one after the other."""
    before = r.started_at
    for n, (first, until) in sorted(r.legs.items()):
        if until <= first:
            return Verdict("time-order", _("Giờ kết thúc phải sau giờ bắt đầu."), f"legs.{n}.until")
        if before is None or r.ended_at is None or first < before or until > r.ended_at:
            return Verdict("leg-outside", _("Chặng nằm ngoài giờ của cuộc tuần tra, hoặc bắt đầu khi chặng trước chưa xong."), f"legs.{n}.first")
        before = until
    return YES


def has_legs(numbers: Collection[int], r: Result) -> Verdict:
    unknown = min(r.legs.keys() - set(numbers), default=None)
    return no_unless(unknown is None, "no-such-leg", _("Kế hoạch không có chặng này."), f"legs.{unknown}")


def outlier(people: int, teams: int) -> Verdict:
    """A team of fewer than 2 or more than 15 is asked about, not refused (sanity limits of rules.md A10: 2.9 to 6.5 people a team)."""
    if people == 0 or teams == 0 or 2 <= people / teams <= 15:
        return YES
    return Verdict(
        "outlier",
        format_lazy(_("{people} người trong {teams} tổ là khác thường. Số này đúng chứ?"), people=people, teams=teams),
        "people",
        asks=True,
        answer=f"{people}/{teams}",
    )
