"""What stands beside plans and regulations, invented and marked so: events of the place, directives that came in, inter-agency teams, and opinions
asked on another sector's project, one round open and one closed. A few of each, by the actions themselves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from phoihop.domain.agreements.actions.calendar import enter_events, name_event
from phoihop.domain.agreements.actions.drafting import draft_agreement
from phoihop.domain.agreements.actions.opinions import answer_opinion, opine
from phoihop.domain.agreements.actions.sending import circulate, close_appraisal
from phoihop.domain.agreements.actions.teams import answer_team, end_team, form_team
from phoihop.domain.agreements.models import Agreement, Opinion, PublicEvent, TaskTeam, TaskTeamMember
from phoihop.domain.agreements.queries.versions import current
from phoihop.domain.agreements.rules.calendar import PublicEventDraft
from phoihop.domain.agreements.rules.drafts import AgreementDraft, ClauseDraft, PartyDraft
from phoihop.domain.agreements.rules.opinions import WishDraft
from phoihop.domain.agreements.rules.teams import MemberDraft, TeamDraft
from phoihop.domain.tasks.actions import answer, answer_request, register_directive
from phoihop.domain.tasks.models import IncomingDirective, Mode, Task, TaskState
from phoihop.domain.tasks.rules import DirectiveDraft, TaskDraft
from phoihop.kernel.period import HOME, ONE_DAY, local_day

from .duties import HOME_COMMUNE
from .hands import Hands
from .scale import PROVINCE, Scale

_POLICE, _MILITIA, _COMMITTEE, _FRONT = (f"{force}:{HOME_COMMUNE}" for force in ("CA", "DQ", "UB", "MT"))
_PROVINCE_POLICE, _COMMAND = f"CA:{PROVINCE}", f"QS:{PROVINCE}"
_RACE = "Hội đua ghe của xã (minh họa)"
_WHARF = [
    ClauseDraft("Mục 1", "Dự án mở rộng bến cá lấy thêm bãi đỗ ven đường tỉnh; xin ý kiến về lối thoát nạn, điểm chữa cháy.", "Phương án mặt bằng"),
    ClauseDraft("Mục 2", "Thi công theo ba đợt, mỗi đợt chặn một làn đường vào bến.", "Tổ chức thi công"),
]
_EMBANKMENT = [ClauseDraft("Mục 1", "Quy hoạch kè sông lấy đất của bãi tập kết tàu thuyền.", "Sử dụng đất")]


@dataclass(slots=True)
class Beside:
    """Notes the steps in the agenda, so that each page has something to show and somebody who still owes an answer."""

    hands: Hands
    scale: Scale
    texts: dict[str, Agreement] = field(default_factory=dict)

    def arrange(self) -> None:
        steps: tuple[tuple[int, int, Callable[[datetime], None]], ...] = (
            (30, 8, self._directive_of_the_province), (28, 9, self._done), (25, 10, self._embankment), (22, 9, self._embankment_wished),
            (20, 9, self._embankment_closed), (14, 9, self._events), (9, 15, self._race_has_its_plan), (9, 16, self._teams), (8, 8, self._take_places),
            (6, 8, self._directive_of_the_commune), (5, 14, self._team_ends), (4, 9, self._wharf), (2, 9, self._wharf_wished),
        )  # fmt: skip
        for days, hour, step in steps:
            self.hands.agenda.add(datetime.combine(self.scale.today - timedelta(days=days), time(hour, 40), HOME), step)

    def _events(self, at: datetime) -> None:
        """Two of the commune, one of them over two days; one of the province."""
        commune, today = self.hands.ground.areas[HOME_COMMUNE], self.scale.today
        race, fair = today + timedelta(days=4), today + timedelta(days=40)
        own = [
            PublicEventDraft(commune, "lehoi", _RACE, race, race),
            PublicEventDraft(commune, "hoicho", "Hội chợ nông sản cuối năm (minh họa)", fair, fair + ONE_DAY),
        ]
        enter_events(by=self.hands.ground.post(_POLICE), drafts=own, at=at)
        games = PublicEventDraft(
            self.hands.ground.province, "vanhoa", "Hội thao các lực lượng tỉnh (minh họa)", today + timedelta(days=26), today + timedelta(days=28)
        )
        enter_events(by=self.hands.ground.post(_PROVINCE_POLICE), drafts=[games], at=at)

    def _race_has_its_plan(self, at: datetime) -> None:
        race = PublicEvent.objects.get(name__text=_RACE)
        name_event(by=self.hands.ground.post(_POLICE), agreement=self._festival, event=race, at=at)

    @property
    def _festival(self) -> Agreement:
        return Agreement.objects.select_related("matter").get(kind="sukien", issuer=self.hands.ground.units[_POLICE])

    def _directive_of_the_province(self, at: datetime) -> None:
        asked = [
            ("Rà soát, cắm biển cảnh báo ở bến, bãi có nguy cơ đuối nước", _POLICE, 12),
            ("Chuẩn bị áo phao, xuồng cứu nạn ở bến đông người", _MILITIA, 20),
        ]
        draft = self._directive(at, "09/CT-UBND", "UBND tỉnh", "Tăng cường phòng, chống đuối nước mùa mưa bão (minh họa)", asked)
        register_directive(by=self.hands.ground.post(_PROVINCE_POLICE), draft=draft, at=at)

    def _directive_of_the_commune(self, at: datetime) -> None:
        asked = [("Kiểm tra điều kiện an toàn của các bến đò ngang", _POLICE, 9)]
        draft = self._directive(at, "112/UBND-VX", "UBND xã", "Bảo đảm an toàn bến đò dịp cuối năm (minh họa)", asked)
        register_directive(by=self.hands.ground.post(_POLICE), draft=draft, at=at)

    def _directive(self, at: datetime, number: str, issuer: str, subject: str, asked: Sequence[tuple[str, str, int]]) -> DirectiveDraft:
        day, units = local_day(at), self.hands.ground.units
        tasks = [TaskDraft(None, f"{number}: {what}", units[unit], at + timedelta(days=days), grace_workdays=2) for what, unit, days in asked]
        return DirectiveDraft(number, issuer, day - ONE_DAY, day, subject, "Các đơn vị làm việc được giao, báo cáo đúng hạn.", day + timedelta(days=30), tasks)

    def _done(self, at: datetime) -> None:
        """The commune's police has answered the province's directive; its militia, who is asked as an equal, has taken its task and not answered yet."""
        directive = IncomingDirective.objects.get(number="09/CT-UBND")
        for task in Task.objects.filter(matter=directive.matter).select_related("lead").order_by("pk"):
            post = self.hands.ground.posts[task.lead_id]
            if task.state == TaskState.ASKED and task.mode == Mode.REQUESTED:
                answer_request(by=post, task=task, accepts=True, at=at)
            elif task.state == TaskState.OPEN:
                answer(by=post, task=task, answer="Đã cắm 12 biển ở các bến, bãi", at=at)

    def _teams(self, at: datetime) -> None:
        """One for the race, ended before its time; one of the province that goes on."""
        day, units = local_day(at), self.hands.ground.units
        members = [MemberDraft(units[_COMMITTEE], "lead", 2), MemberDraft(units[_POLICE], "support", 3), MemberDraft(units[_MILITIA], "support", 4)]
        race = TeamDraft("Tổ vận động hộ dân ven bờ kè (minh họa)", "Vận động dời sạp, dây phơi khỏi khán đài", day, day + timedelta(days=20), members)
        form_team(by=self.hands.ground.post(_POLICE), agreement=self._festival, team=race, at=at)
        upper = Agreement.objects.select_related("matter").get(kind="quyche", issuer=units[_PROVINCE_POLICE])
        both = [MemberDraft(units[_PROVINCE_POLICE], "lead", 4), MemberDraft(units[_COMMAND], "support", 3)]
        look = TeamDraft("Đoàn liên ngành kiểm tra thực hiện quy chế (minh họa)", "Kiểm tra 6 xã, phường; báo hai bên ký", day, day + timedelta(days=120), both)
        form_team(by=self.hands.ground.post(_PROVINCE_POLICE), agreement=upper, team=look, at=at)

    def _take_places(self, at: datetime) -> None:
        """The committee accepts, the militia says why not; the province's command has not answered."""
        for unit, reason in ((_COMMITTEE, ""), (_MILITIA, "Quân số đang huấn luyện, xin tham gia ngày hội")):
            place = TaskTeamMember.objects.get(team__agreement=self._festival, unit=self.hands.ground.units[unit])
            answer_team(by=self.hands.ground.post(unit), member=place, accepts=not reason, reason=reason, at=at)

    def _team_ends(self, at: datetime) -> None:
        team = TaskTeam.objects.select_related("agreement__matter").get(agreement=self._festival)
        end_team(by=self.hands.ground.post(_POLICE), team=team, day=local_day(at), at=at)

    def _wharf(self, at: datetime) -> None:
        """Sent four days ago; who has wished something waits for its answer, and others have not spoken."""
        units = [unit for unit in (_POLICE, _MILITIA, _COMMITTEE, _FRONT) if unit in self.hands.ground.units]
        self.texts["wharf"] = self._asked("Góp ý chung: dự án mở rộng bến cá của ngành nông nghiệp (minh họa)", HOME_COMMUNE, units, _WHARF, at)

    def _wharf_wished(self, at: datetime) -> None:
        a = self.texts["wharf"]
        wish = WishDraft("Đề nghị chừa một lối rộng 4 m cho xe chữa cháy và cứu nạn.", current(a).clauses.get(order=1))
        opine(by=self.hands.ground.post(_MILITIA), agreement=a, wishes=[wish], at=at)

    def _embankment(self, at: datetime) -> None:
        title = "Góp ý chung: quy hoạch kè sông của ngành xây dựng (minh họa)"
        self.texts["embankment"] = self._asked(title, "", (_COMMAND, _PROVINCE_POLICE), _EMBANKMENT, at)

    def _embankment_wished(self, at: datetime) -> None:
        wish = WishDraft("Đề nghị giữ bãi tập kết tàu thuyền, dời chân kè vào trong 20 m.", current(self.texts["embankment"]).clauses.get(order=1))
        opine(by=self.hands.ground.post(_PROVINCE_POLICE), agreement=self.texts["embankment"], wishes=[wish], at=at)

    def _embankment_closed(self, at: datetime) -> None:
        a, by = self.texts["embankment"], self.hands.ground.post(_COMMAND)
        wish = Opinion.objects.select_related("version__agreement__matter", "unit").get(version__agreement=a)
        answer_opinion(by=by, opinion=wish, taken="partly", answer="Giữ bãi tập kết; chân kè dời 12 m theo địa chất.", at=at)
        close_appraisal(by=by, agreement=a, at=at)

    def _asked(self, title: str, area: str, units: Sequence[str], clauses: Sequence[ClauseDraft], at: datetime) -> Agreement:
        ground, begins = self.hands.ground, _ahead(at)
        parties = [PartyDraft(ground.units[unit], "support" if n else "lead", signs=False) for n, unit in enumerate(units)]
        where = ground.areas[area] if area else ground.province
        a = draft_agreement(by=ground.post(units[0]), draft=AgreementDraft("thamdinh", title, [where], parties, clauses, valid_from=begins), at=at)
        circulate(by=ground.post(units[0]), agreement=a, workdays=7, at=at)
        return a


def _ahead(at: datetime) -> date:
    return local_day(at) + timedelta(days=30)
