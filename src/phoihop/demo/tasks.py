"""Tasks that came of patrols, in every state; campaigns; a few lines, questions and permissions on what is under way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import partial

from phoihop.domain.activities.actions.routes import join_campaign, open_campaign
from phoihop.domain.activities.models import Campaign, OutcomeKind
from phoihop.domain.matters.actions.notes import note
from phoihop.domain.matters.actions.parts import answer, ask
from phoihop.domain.matters.actions.requests import request_to_join
from phoihop.domain.matters.models import PartRole, PartState, Wish
from phoihop.domain.tasks.actions import answer as answer_task
from phoihop.domain.tasks.actions import answer_request, close, give, withdraw
from phoihop.domain.tasks.models import Mode, Task, TaskSource
from phoihop.domain.tasks.rules import TaskDraft
from phoihop.kernel.period import HOME, ONE_DAY, Period

from .hands import Hands
from .scale import PROVINCE, Scale
from .year import Fate, Slot

_DEFECTS = (
    "Biển báo tại điểm kiểm tra thứ hai bị che khuất, đề nghị phát quang và thay biển",
    "Hai bóng đèn đường trên tuyến không sáng, đề nghị sửa",
    "Nắp cống giữa tuyến bị vỡ, cần rào tạm và thay",
    "Bến hàng chưa có phao cứu sinh, đề nghị trang bị",
    "Lan can cầu trên tuyến bị lỏng, cần gia cố trước mùa mưa",
    "Camera của khu dân cư mất tín hiệu, đề nghị kiểm tra đường truyền",
)
_DONE = ("Đã sửa xong, kèm ảnh hiện trường", "Đã thay mới và nghiệm thu với trưởng ấp", "Đã khắc phục tạm, đưa vào kế hoạch sửa quý sau")
_NOTES = ("Trời mưa, đi chậm hơn dự kiến", "Đã nhắc nhở một số hộ về nơi đỗ xe", "Nước lớn, đổi điểm tập kết", "Bàn giao ca đúng giờ, không có việc phát sinh")

# What becomes of the nth task: after how many days the other accepts (or declines), answers, and the giver closes or takes it back.
_COURSES: tuple[tuple[str, ...], ...] = (
    ("accept", "answer", "close"), ("accept",), (), ("accept", "answer"), ("decline",), ("accept", "answer", "close"), ("withdraw",), ("accept", "answer", "close"),
)  # fmt: skip
_DAYS = {"accept": 1, "decline": 2, "answer": 6, "close": 8, "withdraw": 4}
_DUE = (12, 20, 9)  # days; so that some run out before an answer


@dataclass(slots=True)
class Follow:
    """Notes in the agenda what follows from patrols."""

    hands: Hands
    scale: Scale
    tasks: dict[int, Task] = field(default_factory=dict)
    campaigns: dict[str, Campaign] = field(default_factory=dict)

    def tasks_of(self, slots: Sequence[Slot]) -> None:
        """Whatever defect a patrol found becomes a task of the commune's committee, or of its security team."""
        found = [s for s in slots if s.fate == Fate.HELD and OutcomeKind.DEFECTS in dict(s.outcomes)]
        for n, s in enumerate(found):
            given = datetime.combine(s.day + ONE_DAY, time(9, n % 60), HOME)
            self.hands.agenda.add(given, partial(self._give, s, n))
            for step in _COURSES[n % len(_COURSES)]:
                self.hands.agenda.add(given + timedelta(days=_DAYS[step]), partial(self._go_on, s, step))

    def _give(self, s: Slot, n: int, at: datetime) -> None:
        units = self.hands.ground.units
        lead = units[f"UB:{s.way.area}" if n % 4 else f"AN:{s.way.area}"]
        draft = TaskDraft(self.hands.made[id(s)].matter, _DEFECTS[n % len(_DEFECTS)], lead, at + timedelta(days=_DUE[n % len(_DUE)]), source=TaskSource.PATROL)
        self.tasks[id(s)] = give(by=self.hands.ground.post(s.way.lead), draft=draft, at=at)

    def _go_on(self, s: Slot, step: str, at: datetime) -> None:
        task, giver = self.tasks[id(s)], self.hands.ground.post(s.way.lead)
        lead = self.hands.ground.posts[task.lead_id]
        if step in ("accept", "decline"):
            if task.mode != Mode.ASSIGNED:
                reason = "" if step == "accept" else "Việc thuộc đơn vị quản lý tuyến, đề nghị chuyển đúng đầu mối"
                answer_request(by=lead, task=task, accepts=step == "accept", reason=reason, at=at)
        elif step == "answer":
            answer_task(by=lead, task=task, answer=_DONE[s.start.day % len(_DONE)], at=at)
        elif step == "close":
            close(by=giver, task=task, at=at)
        else:
            withdraw(by=giver, task=task, reason="Đã gộp vào một nhiệm vụ khác của xã", at=at)

    def campaign(self, name: str, days: Period, slots: Sequence[Slot]) -> None:
        """The provincial police opens a campaign, asks the units where the demo's logins work and the border stations, and they put their patrols into it."""
        ground = self.hands.ground
        opened = datetime.combine(days.first - 4 * ONE_DAY, time(8, 20), HOME)
        units = [unit for unit in ground.units if unit in ("CA:29125", "DQ:29125") or (unit.startswith("BP:") and unit != f"BP:{PROVINCE}")]
        self.hands.agenda.add(opened, partial(self._open, name, days, units))
        for n, unit in enumerate(units):
            own = [s for s in slots if s.way.lead == unit and s.day in days and s.fate != Fate.CANCELLED and s.fate != Fate.AFTERWARDS]
            at = datetime.combine(days.first, time(8, 30 + n), HOME)
            if own:
                self.hands.agenda.add(at, partial(self._join, name, unit, own))

    def _open(self, name: str, days: Period, units: Sequence[str], at: datetime) -> None:
        ground = self.hands.ground
        by = ground.post(f"CA:{PROVINCE}")
        made = open_campaign(by=by, name=name, area=ground.province, first=days.first, until=days.until, at=at)
        self.campaigns[name] = made
        for unit in units:
            part = ask(by=by, matter=made.matter, unit=ground.units[unit], role=PartRole.SUPPORT, at=at)
            answer(by=ground.post(unit), part=part, state=PartState.ACCEPTED, at=at)

    def _join(self, name: str, unit: str, slots: Sequence[Slot], at: datetime) -> None:
        there = [self.hands.made[id(s)] for s in slots if id(s) in self.hands.made][:200]
        if there:
            join_campaign(by=self.hands.ground.post(unit), campaign=self.campaigns[name], activities=there, at=at)

    def talk(self, slots: Sequence[Slot]) -> None:
        """Lines in the timeline of some patrols of the last days; and the fire service asks to see two of them."""
        held = [s for s in slots if s.fate in (Fate.HELD, Fate.WAITING)]
        for n, s in enumerate(held[::6]):
            self.hands.agenda.add(s.left + timedelta(minutes=40), partial(self._note, s, n))
        for s in held[5::40]:
            self.hands.agenda.add(s.left + timedelta(minutes=50), partial(self._ask_to_see, s))

    def _note(self, s: Slot, n: int, at: datetime) -> None:
        note(by=self.hands.ground.post(s.parties[n % 2].unit), matter=self.hands.made[id(s)].matter, text=_NOTES[n % len(_NOTES)], at=at)

    def _ask_to_see(self, s: Slot, at: datetime) -> None:
        by = self.hands.ground.post(f"PC:{PROVINCE}")
        request_to_join(by=by, matter=self.hands.made[id(s)].matter, wish=Wish.SEE, why="Theo dõi bến bãi trên tuyến để phòng cháy", at=at)
