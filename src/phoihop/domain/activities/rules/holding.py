"""Whether a patrol may leave, and whether a result holds together."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from phoihop.kernel.verdict import YES, Verdict, first_no, no_unless

from ...people.models import Post
from ...people.rules import allowed
from ..models import Activity, OutcomeKind
from .drafts import Result
from .planning import LONGEST, fits_party, fits_times, is_lead, unchanged


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
        no_unless(
            abs(r.started_at - a.planned_start) <= LONGEST, "other-day", _("Giờ bắt đầu cách giờ dự kiến hơn 48 giờ. Hãy ghi thành cuộc khác."), "started_at"
        ),
        first_no(*(fits_party(p.unit, p.people, p.teams, r.started_at.date(), f"parties.{n}") for n, p in enumerate(r.parties))),
        first_no(
            *(
                no_unless(p.unit.pk in party_ids, "not-asked", _("%(unit)s chưa được đề nghị tham gia.") % {"unit": p.unit}, f"parties.{n}.unit")
                for n, p in enumerate(r.parties)
            )
        ),
        no_unless(any(p.unit.pk == a.matter.lead_id for p in present), "lead-absent", _("Đơn vị chủ trì phải có mặt."), "parties"),
        first_no(*(outlier(p.people, p.teams).at(f"parties.{n}.people") for n, p in enumerate(r.parties))),
        no_unless(len(present) > 1, "alone", _("Chỉ có một đơn vị có mặt: đây không phải tuần tra chung. Hãy ghi “không tổ chức” kèm lý do."), "parties"),
    )


def outlier(people: int, teams: int) -> Verdict:
    """A team of fewer than 2 or more than 15 is asked about, not refused (sanity limits of rules.md A10: 2.9 to 6.5 people a team)."""
    if people == 0 or teams == 0 or 2 <= people / teams <= 15:
        return YES
    return Verdict(
        "outlier",
        now_("%(people)d người trong %(teams)d tổ là khác thường. Số này đúng chứ?") % {"people": people, "teams": teams},
        "people",
        asks=True,
        answer=f"{people}/{teams}",
    )
