"""The hands that do what the year says: plans, answers, results and words of many patrols, through the bulk verbs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from random import Random
from typing import TypeVar

from phoihop.domain.activities.actions.confirming import confirm_many
from phoihop.domain.activities.actions.entering import enter_many
from phoihop.domain.activities.actions.holding import report_many
from phoihop.domain.activities.actions.planning import cancel_many, plan_many
from phoihop.domain.activities.actions.under_way import start
from phoihop.domain.activities.models import Activity
from phoihop.domain.activities.rules import AT_ONCE, Counted, PartyDraft, PatrolDraft, Result, Word
from phoihop.domain.matters.actions.parts import answer_many
from phoihop.domain.matters.models import Participation, PartState
from phoihop.kernel.period import HOME, ONE_DAY

from .agenda import Agenda
from .ground import Ground
from .year import COUNTED, Fate, Slot

T = TypeVar("T")
ARMED = ("CA", "DQ", "BP")
HELPERS = ("AN", "MT")

_CANCELLED = ("Thời tiết xấu, dời sang tuần sau", "Trùng đợt tập huấn của hai lực lượng", "Lực lượng tham gia bảo vệ sự kiện của xã")
_NOT_HELD = ("Mưa lớn, nước dâng, không bảo đảm an toàn", "Lực lượng phối hợp được điều động đi làm nhiệm vụ khác", "Phương tiện hỏng, chưa kịp thay")
_DECLINED = ("Trùng lịch huấn luyện của đơn vị", "Quân số đang tập trung làm nhiệm vụ khác", "Không đủ người trong ca này")
_DISPUTED = ("Số tổ tham gia chưa đúng, đề nghị xem lại", "Giờ kết thúc ghi muộn hơn thực tế", "Đơn vị không có mặt ở chặng cuối")


@dataclass(slots=True)
class Hands:
    """Notes acts in an agenda. ``made``: the patrols by slot, once they are planned."""

    ground: Ground
    agenda: Agenda
    seed: str
    made: dict[int, Activity] = field(default_factory=dict)

    def plan(self, slots: Sequence[Slot], at: datetime, answered: Callable[[Slot, str], bool] = lambda slot, unit: True) -> None:
        """Each lead plans its patrols at a moment; a day later the others answer, those of which ``answered`` says so."""
        planned = [s for s in slots if s.fate != Fate.AFTERWARDS]
        for n, (lead, own) in enumerate(grouped(planned, lambda s: [s.way.lead])):
            self.agenda.add(at + timedelta(seconds=20 * n), partial(self._plan, lead, own))
        for n, (unit, asked) in enumerate(grouped(planned, others)):
            answering = [s for s in asked if answered(s, unit)]
            refusing = [s for s in answering if self.declines(s, unit)]
            self._answer(unit, [s for s in answering if s not in refusing], PartState.ACCEPTED, at + ONE_DAY + timedelta(seconds=20 * n))
            self._answer(unit, refusing, PartState.DECLINED, at + ONE_DAY + timedelta(seconds=20 * n + 10))

    def declines(self, s: Slot, unit: str) -> bool:
        """The first partner where that is the fate of the patrol; of the others one in forty."""
        if unit == s.parties[1].unit:
            return s.fate == Fate.DECLINED
        return Random(f"{self.seed}:declines:{s.way.key}:{s.start}:{unit}").random() < 0.025

    def cancel(self, slots: Iterable[Slot]) -> None:
        """The lead cancels the day before."""
        for s in slots:
            if s.fate == Fate.CANCELLED:
                self.agenda.add(datetime.combine(s.day - ONE_DAY, time(16, 5), HOME), partial(self._cancel, s))

    def close(self, slots: Sequence[Slot], last: date) -> None:
        """The morning after the last day of a stretch its leads record what came of it."""
        for n, (lead, own) in enumerate(grouped(slots, lambda s: [s.way.lead])):
            self.agenda.add(datetime.combine(last + ONE_DAY, time(7), HOME) + timedelta(seconds=10 * n), partial(self._report, lead, own))

    def hear(self, slots: Sequence[Slot], last: date, forces: Collection[str]) -> None:
        """Two days after the last day of a stretch the parties of these forces say whether it was so."""
        for n, (unit, own) in enumerate(grouped(slots, self.speaking)):
            if unit[:2] in forces:
                self.agenda.add(datetime.combine(last + 2 * ONE_DAY, time(7), HOME) + timedelta(seconds=10 * n), partial(self._confirm, unit, own))

    def follow(self, slots: Iterable[Slot]) -> None:
        """Patrols one by one as they happen: leaving, result, each party's word."""
        for s in slots:
            if s.fate in (Fate.CANCELLED, Fate.MISSING):
                continue
            if s.fate not in (Fate.NOT_HELD, Fate.DECLINED, Fate.AFTERWARDS):
                self.agenda.add(s.left + timedelta(minutes=2), partial(self._start, s))
            self.agenda.add(reported_at(s), partial(self._report, s.way.lead, [s]))
            for n, unit in enumerate(self.speaking(s)):
                self.agenda.add(said_at(s, n), partial(self._confirm, unit, [s]))

    def _start(self, s: Slot, at: datetime) -> None:
        self.made[id(s)] = start(by=self.ground.post(s.way.lead), activity=self.made[id(s)], started_at=s.left, at=at)

    def _plan(self, lead: str, slots: Sequence[Slot], at: datetime) -> None:
        for some in at_once(slots):
            made = plan_many(by=self.ground.post(lead), drafts=[self.draft(s) for s in some], at=at)
            self.made.update({id(s): a for s, a in zip(some, made, strict=True)})

    def _answer(self, unit: str, slots: Sequence[Slot], state: PartState, at: datetime) -> None:
        if slots:
            self.agenda.add(at, partial(self._answer_now, unit, slots, state))

    def _answer_now(self, unit: str, slots: Sequence[Slot], state: PartState, at: datetime) -> None:
        by = self.ground.post(unit)
        matters = [self.made[id(s)].matter_id for s in slots]
        reason = "" if state == PartState.ACCEPTED else pick(_DECLINED, slots[0])
        for some in at_once(matters):
            parts = list(Participation.objects.filter(matter__in=some, unit=by.unit_id).order_by("matter"))
            answer_many(by=by, parts=parts, state=state, reason=reason, at=at)

    def _cancel(self, s: Slot, at: datetime) -> None:
        cancel_many(by=self.ground.post(s.way.lead), activities=[self.made[id(s)]], why=pick(_CANCELLED, s), at=at)

    def _report(self, lead: str, slots: Sequence[Slot], at: datetime) -> None:
        by = self.ground.post(lead)
        before = [s for s in slots if s.fate not in (Fate.AFTERWARDS, Fate.CANCELLED, Fate.MISSING)]
        for some in at_once(before):
            self._keep(some, report_many(by=by, results=[self.result(s, self.made[id(s)]) for s in some], at=at))
        for some in at_once([s for s in slots if s.fate == Fate.AFTERWARDS]):
            drafts = [self.draft(s) for s in some]
            self._keep(some, enter_many(by=by, drafts=drafts, results=[self.result(s, Activity()) for s in some], at=at))

    def _keep(self, slots: Sequence[Slot], activities: Sequence[Activity]) -> None:
        self.made.update({id(s): a for s, a in zip(slots, activities, strict=True)})

    def _confirm(self, unit: str, slots: Sequence[Slot], at: datetime) -> None:
        for some in at_once(slots):
            confirm_many(by=self.ground.post(unit), words=[self.word(s, unit) for s in some], at=at)

    def draft(self, s: Slot) -> PatrolDraft:
        units = self.ground.units
        parties = [PartyDraft(units[p.unit], people=p.people, teams=p.teams, team=s.way.team) for p in s.parties]
        return PatrolDraft(s.start, s.end, self.ground.areas[s.way.area], s.way.kind, parties, self.ground.routes[s.way.key], s.armed)

    def result(self, s: Slot, activity: Activity) -> Result:
        """What the lead writes down of a patrol."""
        if s.fate in (Fate.NOT_HELD, Fate.DECLINED):
            return Result(activity, activity.version, held=False, why=pick(_NOT_HELD, s))
        units = self.ground.units
        there = [Counted(units[p.unit], p.people if self.comes(s, p.unit) else 0, p.teams if self.comes(s, p.unit) else 0, dict(p.means)) for p in s.parties]
        return Result(activity, activity.version, held=True, started_at=s.left, ended_at=s.back, parties=there, outcomes=dict(s.outcomes))

    def comes(self, s: Slot, unit: str) -> bool:
        return unit == s.way.lead or s.fate == Fate.AFTERWARDS or not self.declines(s, unit)

    def speaking(self, s: Slot) -> list[str]:
        """Which parties say something of the result: some are silent, and of some patrols nobody says anything."""
        if s.fate in (Fate.WAITING, Fate.MISSING, Fate.CANCELLED):
            return []
        if s.fate not in COUNTED:
            return [s.parties[1].unit]
        return [unit for unit in others(s) if unit not in s.silent and self.comes(s, unit)]

    def word(self, s: Slot, unit: str) -> Word:
        """What a party says of a result."""
        a = self.made[id(s)]
        if s.fate == Fate.DISPUTED:
            return Word(a, a.digest, agrees=False, note=pick(_DISPUTED, s))
        own = s.other_number if unit == s.parties[1].unit and s.fate in COUNTED else None
        return Word(a, a.digest, agrees=True, people=own)


def reported_at(s: Slot) -> datetime:
    return s.back + timedelta(minutes=5 + 4 * s.delay)


def said_at(s: Slot, n: int) -> datetime:
    """When the nth other party says whether the result is right."""
    return reported_at(s) + timedelta(minutes=25 + 7 * s.delay + 90 * n)


def others(s: Slot) -> list[str]:
    """The units of a patrol beside its lead."""
    return [p.unit for p in s.parties[1:]]


def at_once(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    """In pieces as large as a bulk verb takes."""
    for first in range(0, len(rows), AT_ONCE):
        yield rows[first : first + AT_ONCE]


def pick(sentences: Sequence[str], s: Slot) -> str:
    return sentences[s.start.day % len(sentences)]


def grouped(slots: Iterable[Slot], names: Callable[[Slot], Iterable[str]]) -> list[tuple[str, list[Slot]]]:
    """Slots by each of their names, names in order."""
    found: dict[str, list[Slot]] = {}
    for s in slots:
        for name in names(s):
            found.setdefault(name, []).append(s)
    return sorted(found.items())
