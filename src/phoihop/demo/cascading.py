"""The province's regulation on its way down and through the year: communes that carry it out, one with its own text, some that say nothing;
sent out and made known, a change proposed, a review that is due, cadences of a place's own. Kept small."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from phoihop.domain.agreements.actions.cascade import adopt_as_is, adopt_with_own, ask_below, decline_adoption, draft_own, remind_below
from phoihop.domain.agreements.actions.norms import set_norm
from phoihop.domain.agreements.actions.reviewing import answer_proposal, plan_review, propose_change
from phoihop.domain.agreements.actions.sending import open_signing
from phoihop.domain.agreements.actions.signing import acknowledge_paper
from phoihop.domain.agreements.actions.spreading import deliver, disseminate, receive
from phoihop.domain.agreements.models import Adoption, Agreement, ChangeProposal, Instrument, Norm
from phoihop.domain.agreements.queries.versions import current
from phoihop.domain.agreements.rules.following import FollowingDraft
from phoihop.domain.agreements.rules.signing import PaperDraft
from phoihop.domain.forces.models import Unit
from phoihop.kernel.period import HOME, local_day
from phoihop.kernel.upload import Upload

from .duties import HOME_COMMUNE
from .hands import Hands
from .scale import PROVINCE, Scale

_LEAD, _COMMAND = f"CA:{PROVINCE}", f"QS:{PROVINCE}"
_POLICE, _MILITIA, _COMMITTEE = (f"{force}:{HOME_COMMUNE}" for force in ("CA", "DQ", "UB"))
_ASKED, _FRONTS = 24, 12
"""How many communes are asked, and how many Fronts are sent the text: enough for a map and a table, few enough for a demo's first minute."""
_MINUTES = "Biên bản hội nghị quán triệt quy chế phối hợp (minh họa).\nThành phần: đại diện các đơn vị; số lượt người dự theo báo cáo.\n"


@dataclass(slots=True)
class Cascaded:
    """Notes in the agenda what became of the regulation after it was in force."""

    hands: Hands
    scale: Scale
    asked: list[Adoption] = field(default_factory=list)

    def arrange(self) -> None:
        steps = (
            (58, 8, self._norms), (56, 8, self._ask), (50, 9, self._carry_out), (48, 9, self._own), (47, 9, self._answer_own), (40, 8, self._send),
            (38, 9, self._receive), (35, 15, self._make_known), (30, 9, self._plan_reviews), (20, 9, self._propose), (18, 9, self._answer), (1, 8, self._remind),
        )  # fmt: skip
        for days, hour, step in steps:
            self.hands.agenda.add(datetime.combine(self.scale.today - timedelta(days=days), time(hour, 10), HOME), step)

    @property
    def _upper(self) -> Agreement:
        return Agreement.objects.select_related("matter").get(kind="quyche", issuer=self.hands.ground.units[_LEAD])

    def _units(self, force: str, most: int) -> list[Unit]:
        """Of the communes of this demo, the home one first."""
        found = [self.hands.ground.units[f"{force}:{code}"] for code in self.hands.ground.areas if f"{force}:{code}" in self.hands.ground.units]
        return sorted(found, key=lambda unit: unit.area.code != HOME_COMMUNE)[:most]

    def _norms(self, at: datetime) -> None:
        """The province gives more time for opinions, and asks its communes for a briefing a quarter; one by the sea holds one each month."""
        decree = Instrument.objects.get(code="nd-168-2018")
        ground, day = self.hands.ground, local_day(at)
        told = (
            (f"UB:{PROVINCE}", Norm.OPINION_DAYS, ground.province, "7", "Nhiều xã xa trung tâm, cần thêm thời gian góp ý (minh họa)"),
            (f"UB:{PROVINCE}", Norm.BRIEF_COMMUNE, ground.province, "quarter", "Theo quy chế phối hợp của tỉnh: giao ban hằng quý (minh họa)"),
            (_COMMITTEE, Norm.BRIEF_COMMUNE, ground.areas[HOME_COMMUNE], "month", "Địa bàn ven biển, nhiều bến tàu, cần giao ban dày hơn (minh họa)"),
        )
        for unit, norm, area, value, why in told:
            if unit in ground.units:
                set_norm(by=ground.post(unit), norm=norm, area=area, value=value, why=why, instrument=decree, valid_from=day, at=at)

    def _ask(self, at: datetime) -> None:
        units, due = [*self._units("CA", _ASKED), self.hands.ground.units[_MILITIA]], self.scale.today - timedelta(days=3)
        self.asked = ask_below(by=self.hands.ground.post(_LEAD), agreement=self._upper, units=units, due_on=due, at=at)

    def _carry_out(self, at: datetime) -> None:
        """Two in three as it stands; one says why not. The others have not said anything."""
        for n, adoption in enumerate(a for a in self.asked if a.unit.area.code != HOME_COMMUNE):
            post = self.hands.ground.posts[adoption.unit_id]
            if n == 7:
                decline_adoption(by=post, adoption=adoption, reason="Đã có quy chế chung với xã giáp ranh (minh họa)", at=at)
            elif n % 3:
                adopt_as_is(by=post, adoption=adoption, at=at)

    def _own(self, at: datetime) -> None:
        """The home commune has its own, with the cadence that it laid down; police and militia sign it on paper."""
        ground, day = self.hands.ground, local_day(at)
        title = "Quy chế phối hợp giữa Công an xã và Ban CHQS xã, thực hiện quy chế của tỉnh (minh họa)"
        mine = Adoption.objects.get(agreement=self._upper, unit=ground.units[_POLICE])
        own = draft_own(by=ground.post(_POLICE), adoption=mine, draft=FollowingDraft(title, day), at=at)
        open_signing(by=ground.post(_POLICE), agreement=own, workdays=5, at=at)
        paper = PaperDraft(day, "07/QC-CAX", "Trưởng Công an xã; Chỉ huy trưởng Ban CHQS xã")
        for party in own.parties.order_by("order"):
            acknowledge_paper(by=ground.posts[party.unit_id], agreement=own, digest=current(own).digest, paper=paper, at=at)

    def _answer_own(self, at: datetime) -> None:
        """Both who signed it answer with it."""
        upper = self._upper
        own = Agreement.objects.get(adopts__agreement=upper)
        for unit in (_POLICE, _MILITIA):
            mine = Adoption.objects.get(agreement=upper, unit=self.hands.ground.units[unit])
            adopt_with_own(by=self.hands.ground.post(unit), adoption=mine, own=own, at=at)

    def _send(self, at: datetime) -> None:
        deliver(by=self.hands.ground.post(_LEAD), agreement=self._upper, units=self._units("MT", _FRONTS), at=at)

    def _receive(self, at: datetime) -> None:
        """All but every fourth; the Front of the home commune among those that have not said so."""
        for n, sent in enumerate(self._upper.deliveries.select_related("unit").order_by("pk")):
            if n % 4:
                receive(by=self.hands.ground.posts[sent.unit_id], delivery=sent, at=at)

    def _make_known(self, at: datetime) -> None:
        """Both parties and half of the Fronts that have it; the first three show how."""
        ground, upper, day = self.hands.ground, self._upper, local_day(at)
        reached = [*upper.deliveries.filter(received_at__isnull=False).order_by("pk").values_list("unit", flat=True)][::2]
        for n, unit in enumerate([ground.units[_LEAD].pk, ground.units[_COMMAND].pk, *reached]):
            proofs = [Upload("bien-ban-quan-triet.txt", _MINUTES.encode())] if n < 3 else []
            disseminate(by=ground.posts[unit], agreement=upper, held_on=day, attendance=38 + 7 * n, proofs=proofs, at=at)

    def _plan_reviews(self, at: datetime) -> None:
        """The commune's regulation is due since four days ago."""
        due: date = self.scale.today - timedelta(days=4)
        older = Agreement.objects.filter(issuer=self.hands.ground.units[_POLICE], kind="quyche", agreed_on__isnull=False).order_by("pk").first()
        if older is not None:
            plan_review(by=self.hands.ground.post(_POLICE), agreement=older, next_review=due, review_months=12, at=at)

    def _propose(self, at: datetime) -> None:
        upper = self._upper
        clause = current(upper).clauses.order_by("order").last()
        text = "Sau diễn tập: đề nghị thêm kiểm tra liên lạc giữa các chốt trước giờ bắt đầu (minh họa)"
        propose_change(by=self.hands.ground.post(_COMMAND), agreement=upper, source="drill", text=text, clause=clause, at=at)

    def _answer(self, at: datetime) -> None:
        proposal = ChangeProposal.objects.get(agreement=self._upper)
        said = "Đưa vào bản sau; trước mắt thử liên lạc theo sổ trực"
        answer_proposal(by=self.hands.ground.post(_LEAD), proposal=proposal, taken="partly", answer=said, at=at)

    def _remind(self, at: datetime) -> None:
        remind_below(by=self.hands.ground.post(_LEAD), agreement=self._upper, at=at)
