"""Two regulations that are in force, and what follows from them: a year's duties, met by patrols, answered, late, or in silence. Kept small."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from phoihop.domain.agreements.actions.meeting import link_act
from phoihop.domain.agreements.actions.opening import open_due
from phoihop.domain.agreements.actions.registering import register_on_paper
from phoihop.domain.agreements.actions.signing import acknowledge_paper
from phoihop.domain.agreements.models import Agreement, Occasion
from phoihop.domain.agreements.queries.occasions import candidates
from phoihop.domain.agreements.queries.versions import current
from phoihop.domain.agreements.rules.drafts import AgreementDraft, ClauseDraft, DutyDraft, DutyRoleDraft, PartyDraft
from phoihop.domain.agreements.rules.register import RegisterDraft
from phoihop.domain.agreements.rules.signing import PaperDraft
from phoihop.domain.forces.models import Force
from phoihop.domain.people.models import Post
from phoihop.domain.tasks.actions import answer
from phoihop.domain.tasks.models import TaskState
from phoihop.domain.territory.models import Area
from phoihop.kernel.period import HOME, local_day

from .hands import Hands
from .scale import PROVINCE, Scale

HOME_COMMUNE = "29125"
"""Where the demo's logins work."""
_MET = "Đã giao ban theo quy chế, thống nhất lịch tuần tra kỳ tới"
_LOOK_BACK = timedelta(days=5)  # how long after a deadline most have been answered


@dataclass(slots=True)
class Regulated:
    """Notes in the agenda what follows from the regulations of the province and of the commune where the logins work."""

    hands: Hands
    scale: Scale
    node: Post

    def arrange(self) -> None:
        """In force since the node's first days; the units look at what fell due each Monday."""
        begins = self.scale.founded + timedelta(days=6)
        self.hands.agenda.add(begins, self._of_province)
        self.hands.agenda.add(begins + timedelta(hours=1), self._of_commune)
        self.hands.agenda.add(begins + timedelta(days=1), self._open)
        monday = self.scale.recent.first + timedelta(days=7 - self.scale.recent.first.weekday())
        while monday < self.scale.today:
            self.hands.agenda.add(datetime.combine(monday, time(9, 5), HOME), self._look_back)
            monday += timedelta(days=7)

    def _of_province(self, at: datetime) -> None:
        duties = [
            ClauseDraft("Điều 4", "Công an xã chủ trì, Ban CHQS xã phối hợp giao ban hằng quý về công tác phối hợp.", "Giao ban", content="thongtin",
                        duties=[self._duty("brief", "quarter", "CA", ("DQ",), due_workdays=5)]),
            ClauseDraft("Điều 9", "Bộ CHQS tỉnh chủ trì, Công an tỉnh phối hợp tổ chức một cuộc diễn tập xử lý tình huống mỗi năm.", "Diễn tập", content="dientap",
                        duties=[self._duty("drill", "year", "QS", ("CA",), level="province")]),
        ]  # fmt: skip
        self._sign(
            "Quy chế phối hợp giữa Công an tỉnh và Bộ CHQS tỉnh (minh họa)",
            "12/QC-CAT",
            (f"CA:{PROVINCE}", f"QS:{PROVINCE}"),
            [self.hands.ground.province],
            duties,
            at,
        )

    def _of_commune(self, at: datetime) -> None:
        ground = self.hands.ground
        duties = [
            ClauseDraft("Điều 5", "Công an xã chủ trì, Ban CHQS xã phối hợp tuần tra chung hằng tháng trên địa bàn.", "Tuần tra chung", content="trattu",
                        duties=[self._duty("patrol", "month", "CA", ("DQ",), due_workdays=3)]),
            ClauseDraft("Điều 6", "Ban CHQS xã chủ trì, Công an xã phối hợp kiểm tra phương án phòng, chống thiên tai mỗi quý.", "Thiên tai", content="thientai",
                        duties=[self._duty("inspect", "quarter", "DQ", ("CA",))]),
        ]  # fmt: skip
        units = (f"CA:{HOME_COMMUNE}", f"DQ:{HOME_COMMUNE}")
        self._sign("Quy chế phối hợp giữ gìn an ninh, trật tự trên địa bàn xã (minh họa)", "03/QC-CAX", units, [ground.areas[HOME_COMMUNE]], duties, at)

    def _duty(self, act: str, cadence: str, lead: str, helping: Sequence[str], level: str = "commune", due_workdays: int | None = None) -> DutyDraft:
        forces = {force.code: force for force in Force.objects.filter(code__in=(lead, *helping))}
        roles = [DutyRoleDraft("lead", force=forces[lead]), *(DutyRoleDraft("support", force=forces[code]) for code in helping)]
        return DutyDraft(act, level, cadence, roles, due_workdays=due_workdays)

    def _sign(self, title: str, number: str, units: Sequence[str], areas: Sequence[Area], clauses: Sequence[ClauseDraft], at: datetime) -> Agreement:
        """On paper, as most regulations of a province are on the first day: registered by one party, acknowledged by the other."""
        ground = self.hands.ground
        day = local_day(at)
        parties = [PartyDraft(ground.units[unit], "support" if n else "lead") for n, unit in enumerate(units)]
        draft = AgreementDraft("quyche", title, areas, parties, clauses, valid_from=_month_before(day), review_months=12)
        entry = RegisterDraft(
            draft, ground.units[units[0]], number, day - timedelta(days=40), next_review=day + timedelta(days=330), signers="Trưởng Công an; Chỉ huy trưởng"
        )
        made = register_on_paper(by=ground.post(units[0]), draft=entry, at=at)
        for n, unit in enumerate(units[1:], 1):
            paper = PaperDraft(entry.issued_on, number, entry.signers)
            acknowledge_paper(by=ground.post(unit), agreement=made, digest=current(made).digest, paper=paper, at=at + timedelta(minutes=n))
        return made

    def _open(self, at: datetime) -> None:
        while open_due(by=self.node, at=at):
            pass

    def _look_back(self, at: datetime) -> None:
        """Most leads answer what fell due; a patrol shows itself. Every ninth says nothing: silence is part of what a demo shows."""
        due = Occasion.objects.filter(task__state=TaskState.OPEN, task__due_at__lt=at + _LOOK_BACK).select_related("task__lead", "duty")
        due = due.order_by("task__due_at", "duty__act", "task__lead__key", "area__code", "first")  # not by key: keys are other ones in every database
        for n, occasion in enumerate(due):
            post = self.hands.ground.posts.get(occasion.task.lead_id)
            if post is None or n % 9 == 4:
                continue
            act = next(iter(candidates(post, occasion, local_day(at))), None) if occasion.duty.act == "patrol" else None
            if act is not None:
                link_act(by=post, occasion=occasion, matter=act, at=at)
            else:
                answer(by=post, task=occasion.task, answer=_MET, at=at)


def _month_before(day: date) -> date:
    return day - timedelta(days=31)
