"""Inter-agency teams: who forms them, who answers for a unit, when they end."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.verdict import Verdict, first_no, no_unless

from ...forces.models import Unit
from ...matters.models import PartRole
from ...matters.rules import has_text, leads
from ...people.models import Post
from ...people.rules import allowed
from ..models import Agreement, TaskTeam, TaskTeamMember
from .cascade import is_agreed
from .plans import is_party

LONGEST = timedelta(days=1830)
MOST_PEOPLE = 1000


@dataclass(frozen=True, slots=True)
class MemberDraft:
    """A unit in a team: as lead or beside it, with how many people."""

    unit: Unit
    role: str
    people: int


@dataclass(frozen=True, slots=True)
class TeamDraft:
    """A team and its mandate; members by unit and number, never by name."""

    name: str
    mandate: str
    valid_from: date
    valid_until: date
    members: Sequence[MemberDraft]


def may_form(post: Post, agreement: Agreement, on: date) -> Verdict:
    return first_no(allowed(post, "agreement.draft", on), leads(post, agreement.matter), is_agreed(agreement))


def fits_team(d: TeamDraft, parties: Collection[int]) -> Verdict:
    """One lead, each unit once, an end: a team without an end becomes an office."""
    units = [m.unit.pk for m in d.members]
    again = next((n for n, unit in enumerate(units) if unit in units[:n]), None)
    leading = [n for n, m in enumerate(d.members) if m.role == PartRole.LEAD]
    return first_no(
        has_text(d.name, "name"),
        has_text(d.mandate, "mandate"),
        no_unless(d.valid_until > d.valid_from, "ends-before-start", _("Ngày kết thúc phải sau ngày thành lập."), "valid_until"),
        no_unless(
            d.valid_until - d.valid_from <= LONGEST,
            "team-too-long",
            _("Một tổ, đội công tác hoạt động nhiều nhất năm năm; hết hạn thì lập lại."),
            "valid_until",
        ),
        no_unless(len(d.members) >= 2, "team-of-one", _("Tổ, đội liên ngành có ít nhất hai đơn vị."), "members"),
        no_unless(again is None, "party-twice", _("Một đơn vị chỉ ghi một lần."), f"members.{again}.unit"),
        no_unless(leading, "no-lead", _("Tổ, đội cần một đơn vị chủ trì."), "members.0.role"),
        no_unless(len(leading) <= 1, "two-leads", _("Tổ, đội chỉ có một đơn vị chủ trì."), f"members.{leading[-1] if leading else 0}.role"),
        *(
            first_no(
                no_unless(m.role in PartRole.values, "no-such-role", _("Vai tham gia không có trong danh mục."), f"members.{n}.role"),
                no_unless(1 <= m.people <= MOST_PEOPLE, "people-out-of-range", _("Số người của mỗi đơn vị từ 1 đến 1.000."), f"members.{n}.people"),
                is_party(m.unit, parties, f"members.{n}.unit"),
            )
            for n, m in enumerate(d.members)
        ),
    )


def may_answer_team(post: Post, member: TaskTeamMember, on: date) -> Verdict:
    """A unit says for itself whether it takes its place."""
    return first_no(
        allowed(post, "agreement.opine", on),
        no_unless(post.unit_id == member.unit_id, "not-asked", _("Chỉ đơn vị được đề nghị mới trả lời thay cho mình.")),
        _goes_on(member.team, on),
        no_unless(member.accepted is None, "answered", _("Đơn vị của bạn đã trả lời.")),
    )


def fits_answer_to_team(accepts: bool, reason: str) -> Verdict:
    return no_unless(accepts or reason.strip(), "reason-missing", _("Từ chối thì cần nêu lý do, một dòng là đủ."), "reason")


def may_end_team(post: Post, team: TaskTeam, on: date) -> Verdict:
    return first_no(allowed(post, "agreement.draft", on), leads(post, team.agreement.matter), _goes_on(team, on))


def fits_end(team: TaskTeam, day: date) -> Verdict:
    return no_unless(team.valid_from <= day < team.valid_until, "day-outside", _("Ngày giải thể phải nằm trong thời gian hoạt động."), "day")


def _goes_on(team: TaskTeam, on: date) -> Verdict:
    return no_unless(has_not_ended(team, on), "ended", _("Tổ, đội này đã kết thúc."))


def has_not_ended(team: TaskTeam, on: date) -> bool:
    return on < team.valid_until and (team.ended_on is None or on < team.ended_on)
