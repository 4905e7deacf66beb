"""Texts that are still between their parties, invented and marked so: one asked for opinions, one being signed in its second version, a draft."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from phoihop.domain.agreements.actions.drafting import change_text, draft_agreement
from phoihop.domain.agreements.actions.opinions import answer_opinion, opine
from phoihop.domain.agreements.actions.sending import circulate, open_signing
from phoihop.domain.agreements.actions.signing import acknowledge_paper
from phoihop.domain.agreements.models import Agreement, Opinion
from phoihop.domain.agreements.queries.versions import current
from phoihop.domain.agreements.rules.drafts import AgreementDraft, ClauseDraft, PartyDraft
from phoihop.domain.agreements.rules.opinions import WishDraft
from phoihop.domain.agreements.rules.signing import PaperDraft
from phoihop.kernel.period import HOME, local_day

from .duties import HOME_COMMUNE
from .hands import Hands
from .scale import PROVINCE, Scale

_WHARF = [
    ClauseDraft("Điều 1", "Các bên trao đổi tình hình bến cá mỗi tuần, trước 16 giờ thứ sáu.", "Trao đổi thông tin", content="thongtin"),
    ClauseDraft("Điều 2", "Công an xã chủ trì, Ban CHQS xã phối hợp tuần tra bến cá mỗi tuần hai lần.", "Tuần tra bến cá", content="trattu"),
    ClauseDraft("Điều 3", "Sơ kết 6 tháng, tổng kết năm; rà soát quy chế sau mỗi 12 tháng.", "Sơ kết, tổng kết", content="xaydung"),
]
_COAST = [
    ClauseDraft("Điều 1", "Tổ chức tối thiểu 05 cuộc tuần tra mỗi tuần tại tuyến biển trong mùa mưa bão.", "Tuần tra tuyến biển", content="trattu"),
    ClauseDraft("Điều 2", "Tin khẩn phải tiếp nhận trong 60 phút.", "Trao đổi thông tin", content="thongtin"),
    ClauseDraft("Điều 3", "Bộ CHQS tỉnh chủ trì, Công an tỉnh phối hợp bảo đảm lực lượng, phương tiện cứu nạn.", "Cứu nạn", content="thientai"),
]
_COAST_SECOND = [
    replace(_COAST[0], text="Tổ chức tối thiểu 01 cuộc tuần tra mỗi đêm tại tuyến biển trong mùa mưa bão, có đại diện Mặt trận khi đối thoại."),
    replace(_COAST[1], text="Tin khẩn phải tiếp nhận trong 30 phút; quá hạn tự báo trực chỉ huy tỉnh."),
    _COAST[2],
]


_COAST_TITLE = "Kế hoạch phối hợp bảo vệ tuyến biển mùa mưa bão (minh họa)"
_POLICE, _MILITIA, _FRONT = (f"{force}:{HOME_COMMUNE}" for force in ("CA", "DQ", "MT"))
_COMMAND, _PROVINCE_POLICE = f"QS:{PROVINCE}", f"CA:{PROVINCE}"


@dataclass(slots=True)
class Between:
    """Notes the steps of these texts in the agenda, so that today's queues hold an opinion, an answer and a signature that are owed."""

    hands: Hands
    scale: Scale
    texts: dict[str, Agreement] = field(default_factory=dict)

    def arrange(self) -> None:
        steps: tuple[tuple[int, int, Callable[[datetime], None]], ...] = (
            (20, 8, self._coast), (18, 9, self._coast_wished), (17, 9, self._coast_answered), (16, 9, self._coast_changed), (15, 9, self._coast_for_signing),
            (14, 10, self._coast_signed), (3, 8, self._wharf), (2, 11, self._wharf_wished), (1, 8, self._next_year),
        )  # fmt: skip
        for days, hour, step in steps:
            self.hands.agenda.add(datetime.combine(self.scale.today - timedelta(days=days), time(hour, 30), HOME), step)

    def _wharf(self, at: datetime) -> None:
        """Sent for opinions; the militia has not answered yet."""
        parties = self._parties(_POLICE, _MILITIA, _FRONT)
        a = self._drafted("quyche", "Quy chế phối hợp bảo vệ an ninh, trật tự bến cá (minh họa)", HOME_COMMUNE, parties, _WHARF, at)
        circulate(by=self.hands.ground.post(_POLICE), agreement=a, workdays=5, at=at)
        self.texts["wharf"] = a

    def _wharf_wished(self, at: datetime) -> None:
        """The Front has a wish, which waits for its answer."""
        a = self.texts["wharf"]
        if a.parties.filter(unit__key__startswith="MT.").exists():
            wish = WishDraft("Đề nghị ghi rõ thời điểm đối thoại với hộ kinh doanh ở bến.", current(a).clauses.get(order=2))
            opine(by=self.hands.ground.post(_FRONT), agreement=a, wishes=[wish], at=at)

    def _coast(self, at: datetime) -> None:
        """A plan of the province, sent for opinions."""
        parties = self._parties(_COMMAND, _PROVINCE_POLICE)
        self.texts["coast"] = a = self._drafted("chuyende", _COAST_TITLE, "", parties, _COAST, at, cleared_on=local_day(at))
        circulate(by=self.hands.ground.post(_COMMAND), agreement=a, workdays=5, at=at)

    def _coast_wished(self, at: datetime) -> None:
        wish = WishDraft("Đề nghị tuần tra mỗi đêm và rút thời hạn tiếp nhận tin khẩn.", current(self.texts["coast"]).clauses.get(order=1))
        opine(by=self.hands.ground.post(_PROVINCE_POLICE), agreement=self.texts["coast"], wishes=[wish], at=at)

    def _coast_answered(self, at: datetime) -> None:
        wish = Opinion.objects.get(version__agreement=self.texts["coast"])
        answer_opinion(by=self.hands.ground.post(_COMMAND), opinion=wish, taken="taken", at=at)

    def _coast_changed(self, at: datetime) -> None:
        """The wish is taken up: a second version."""
        a, parties = self.texts["coast"], self._parties(_COMMAND, _PROVINCE_POLICE)
        draft = self._draft("chuyende", _COAST_TITLE, "", parties, _COAST_SECOND, at, cleared_on=local_day(at))
        change_text(by=self.hands.ground.post(_COMMAND), agreement=a, draft=draft, seen=current(a).digest, at=at, change="Tiếp thu góp ý lần 1")

    def _coast_for_signing(self, at: datetime) -> None:
        open_signing(by=self.hands.ground.post(_COMMAND), agreement=self.texts["coast"], workdays=20, at=at)

    def _coast_signed(self, at: datetime) -> None:
        """By who leads it, on paper; the other signature is still owed."""
        a, paper = self.texts["coast"], PaperDraft(local_day(at), "27/KH-BCH", "Chỉ huy trưởng Bộ CHQS tỉnh")
        acknowledge_paper(by=self.hands.ground.post(_COMMAND), agreement=a, digest=current(a).digest, paper=paper, at=at)

    def _next_year(self, at: datetime) -> None:
        """A draft that nobody was sent."""
        parties = self._parties(_POLICE, _MILITIA)
        self._drafted("nam", f"Kế hoạch phối hợp năm {at.year + 1} (minh họa)", HOME_COMMUNE, parties, _WHARF[:2], at)

    def _drafted(
        self, kind: str, title: str, area: str, parties: Sequence[PartyDraft], clauses: Sequence[ClauseDraft], at: datetime, **more: date
    ) -> Agreement:
        lead = self.hands.ground.posts[parties[0].unit.pk]
        return draft_agreement(by=lead, draft=self._draft(kind, title, area, parties, clauses, at, **more), at=at)

    def _draft(
        self, kind: str, title: str, area: str, parties: Sequence[PartyDraft], clauses: Sequence[ClauseDraft], at: datetime, cleared_on: date | None = None
    ) -> AgreementDraft:
        where = self.hands.ground.areas[area] if area else self.hands.ground.province
        begins = local_day(at) + timedelta(days=30)
        cleared = "Văn phòng Ủy ban nhân dân tỉnh" if cleared_on else ""
        return AgreementDraft(kind, title, [where], parties, clauses, valid_from=begins, review_months=12, cleared_by=cleared, cleared_on=cleared_on)

    def _parties(self, *units: str) -> list[PartyDraft]:
        """The first leads; who is not part of this demo is left out."""
        there = [self.hands.ground.units[unit] for unit in units if unit in self.hands.ground.units]
        return [PartyDraft(unit, "support" if n else "lead") for n, unit in enumerate(there)]
