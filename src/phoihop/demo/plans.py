"""Two plans of the commune where the demo's logins work: a festival a few days ahead, and high water, practised once, with a team that stands on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from phoihop.domain.agreements.actions.arranging import arrange
from phoihop.domain.agreements.actions.basing import number_agreement
from phoihop.domain.agreements.actions.carrying_out import practise, state_spot, tick
from phoihop.domain.agreements.actions.drafting import draft_agreement
from phoihop.domain.agreements.actions.sending import open_signing
from phoihop.domain.agreements.actions.signing import acknowledge_paper
from phoihop.domain.agreements.actions.teams import answer_team, form_team
from phoihop.domain.agreements.models import Agreement, TaskTeamMember
from phoihop.domain.agreements.queries.plans import arrangement_in
from phoihop.domain.agreements.queries.versions import current, digest_now
from phoihop.domain.agreements.rules.carrying_out import PracticeDraft
from phoihop.domain.agreements.rules.drafts import AgreementDraft, ClauseDraft, DutyRoleDraft, PartyDraft
from phoihop.domain.agreements.rules.plans import Arrangement, CheckDraft, EventPostDraft, NeedDraft, PhaseDraft, StepDraft
from phoihop.domain.agreements.rules.signing import PaperDraft
from phoihop.domain.agreements.rules.teams import MemberDraft, TeamDraft
from phoihop.domain.forces.models import Force, Unit
from phoihop.kernel.period import HOME, local_day

from .hands import Hands
from .scale import Scale

HERE = "29125"
_PARTIES = (f"CA:{HERE}", f"DQ:{HERE}", f"UB:{HERE}")
_CLEARED = "Văn phòng HĐND và UBND xã (minh họa)"


@dataclass(slots=True)
class Planned:
    """Notes in the agenda how the two plans came about."""

    hands: Hands
    scale: Scale
    plans: dict[str, Agreement] = field(default_factory=dict)

    def arrange(self) -> None:
        """The festival was agreed ten days ago and comes in four; the plan for high water is older."""
        agenda = self.hands.agenda
        agenda.add(self._at(-45, 8), self._high_water)
        agenda.add(self._at(-44, 15), self._practise)
        agenda.add(self._at(-43, 9), self._team)
        agenda.add(self._at(-42, 8), self._take_place)
        agenda.add(self._at(-10, 8), self._festival)
        agenda.add(self._at(-8, 10), self._prepare)

    def _at(self, days: int, hour: int) -> datetime:
        return datetime.combine(self.scale.today + timedelta(days=days), time(hour, 30), HOME)

    def _festival(self, at: datetime) -> None:
        police, militia, committee = self._units()
        since, until = self._at(4, 17), self._at(4, 22)
        plan = self._draft("sukien", "Kế hoạch bảo đảm an toàn ngày hội đua ghe của xã (minh họa)", "sukien", at)
        laid = Arrangement(
            posts=[
                EventPostDraft("chot", "Cổng vào bến ghe", police, 4, since, until),
                EventPostDraft("chot", "Ngã ba chợ, phân luồng xe", police, 3, since, until),
                EventPostDraft("to", "Dọc bờ kè khán đài", militia, 6, since, until),
                EventPostDraft("dubi", "Sân trụ sở UBND xã", militia, 5, since, until),
            ],
            checks=[
                CheckDraft("Thử bộ đàm giữa các chốt", police, self._at(3, 15)),
                CheckDraft("Bố trí áo phao, xuồng cứu hộ ở hai đầu đường đua", militia, self._at(3, 16)),
                CheckDraft("Thông báo cấm đường, điểm gửi xe", committee, self._at(2, 16)),
            ],
        )  # fmt: skip
        self._sign(plan, laid, "41/KH-UBND", at)

    def _prepare(self, at: datetime) -> None:
        """The committee is ready; police and militia are not yet."""
        ready = next(c for c in arrangement_in(current(self.plans["sukien"])).checks if c.unit_id == self._units()[2].pk)
        tick(by=self.hands.ground.post(_PARTIES[2]), check=ready, at=at)

    def _high_water(self, at: datetime) -> None:
        police, militia, committee = self._units()
        forces = {force.code: force for force in Force.objects.filter(code__in=("CA", "DQ", "MT", "UB"))}

        def step(what: str, minutes: int, lead: Unit, *helping: str) -> StepDraft:
            return StepDraft(what, minutes, [DutyRoleDraft("lead", lead), *(DutyRoleDraft("support", force=forces[code]) for code in helping)])

        plan = self._draft("phuongan", "Phương án ứng phó triều cường, vỡ bờ bao của xã (minh họa)", "thientai", at)
        laid = Arrangement(
            phases=[
                PhaseDraft("Báo động", [
                    step("Báo các ấp ven sông qua loa, nhóm ấp", 30, committee, "MT"),
                    step("Tuần kè, cắm biển ở đoạn sạt", 60, militia, "CA"),
                ]),
                PhaseDraft("Sơ tán", [
                    step("Đưa người già, trẻ em về trường học", 180, militia, "CA", "MT"),
                    step("Giữ trật tự, phân luồng ở bến và đường tỉnh", 120, police, "DQ"),
                ]),
                PhaseDraft("Khắc phục", [step("Gia cố bờ bao, kiểm tra điện trước khi dân về", 1440, committee, "DQ", "CA")]),
            ],
            needs=[
                NeedDraft("lucluong", "nguoi", 60), NeedDraft("phuongtien", "xuong", 6), NeedDraft("phuongtien", "aophao", 80),
                NeedDraft("phuongtien", "baocat", 500), NeedDraft("haucan", "luongthuc", 300),
            ],
        )  # fmt: skip
        self._sign(plan, laid, "17/PA-UBND", at)

    def _practise(self, at: datetime) -> None:
        plan, today = self.plans["phuongan"], local_day(at)
        said = PracticeDraft(today, 64, 5, 4, "Xuồng ra chậm vì thiếu người lái dự phòng")
        practise(by=self.hands.ground.post(_PARTIES[0]), agreement=plan, practice=said, at=at)
        for spot, ready in (("chihuy", True), ("lucluong", True), ("phuongtien", False)):
            state_spot(by=self.hands.ground.post(_PARTIES[1]), agreement=plan, area=self.hands.ground.areas[HERE], spot=spot, ready=ready, day=today, at=at)

    def _team(self, at: datetime) -> None:
        police, militia, committee = self._units()
        day = local_day(at)
        members = [MemberDraft(police, "lead", 3), MemberDraft(militia, "support", 6), MemberDraft(committee, "support", 2)]
        draft = TeamDraft("Tổ liên ngành tuần kè mùa triều cường", "Tuần kè hằng đêm khi có báo động, báo trực ban xã", day, day + timedelta(days=240), members)
        form_team(by=self.hands.ground.post(_PARTIES[0]), agreement=self.plans["phuongan"], team=draft, at=at)

    def _take_place(self, at: datetime) -> None:
        """The militia accept; the committee has not answered."""
        place = TaskTeamMember.objects.get(team__agreement=self.plans["phuongan"], unit=self._units()[1])
        answer_team(by=self.hands.ground.post(_PARTIES[1]), member=place, accepts=True, at=at)

    def _draft(self, kind: str, title: str, situation: str, at: datetime) -> Agreement:
        units = self._units()
        parties = [PartyDraft(unit, "support" if n else "lead") for n, unit in enumerate(units)]
        clauses = [ClauseDraft("Mục I", "Các bên bố trí lực lượng, chuẩn bị và xử lý theo phần bố trí kèm theo kế hoạch này.", "Yêu cầu")]
        day = local_day(at)
        draft = AgreementDraft(
            kind,
            title,
            [self.hands.ground.areas[HERE]],
            parties,
            clauses,
            valid_from=day,
            review_months=12,
            situation=situation,
            cleared_by=_CLEARED,
            cleared_on=day,
        )
        self.plans[kind] = draft_agreement(by=self.hands.ground.post(_PARTIES[0]), draft=draft, at=at)
        return self.plans[kind]

    def _sign(self, plan: Agreement, laid: Arrangement, number: str, at: datetime) -> None:
        """On paper, by all three on the same morning."""
        lead = self.hands.ground.post(_PARTIES[0])
        arrange(by=lead, agreement=plan, arrangement=laid, seen=digest_now(current(plan)), at=at)
        open_signing(by=lead, agreement=plan, workdays=3, at=at)
        paper = PaperDraft(local_day(at), number, "Trưởng Công an xã; Chỉ huy trưởng Ban CHQS xã; Chủ tịch UBND xã")
        for unit in _PARTIES:
            acknowledge_paper(by=self.hands.ground.post(unit), agreement=plan, digest=current(plan).digest, paper=paper, at=at)
        number_agreement(by=lead, agreement=plan, number=number, issued_on=local_day(at), at=at)
        plan.refresh_from_db()

    def _units(self) -> list[Unit]:
        return [self.hands.ground.units[name] for name in _PARTIES]
