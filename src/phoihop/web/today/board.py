"""Everything the board shows, worked out once per request, in as few queries as there are kinds of things on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from phoihop.domain.activities.queries.owed import MOST as MOST_OWED
from phoihop.domain.activities.queries.owed import owed_to
from phoihop.domain.activities.queries.situation import OnDuty, coming, led_by_others, on_duty, pulse
from phoihop.domain.activities.queries.waiting import MOST
from phoihop.domain.activities.rules import State
from phoihop.domain.activities.rules.situation import STATES_OF, Told, clauses, duty_day, duty_hours
from phoihop.domain.figures.queries import cell
from phoihop.domain.people.models import Role
from phoihop.domain.people.rules import may
from phoihop.domain.territory.models import Level
from phoihop.kernel.period import ONE_DAY, Period, local_day
from phoihop.kernel.text import in_order

from .. import moments
from ..base import Acting
from ..patrols import wording
from ..patrols.seeing import grace
from ..scope import AREA, DAY, changed
from ..waiting import waiting_of
from . import overview, queue, ribbon
from .sentence import SLUGS, Sentence, sentence

_TOLD = {slug: told for told, slug in SLUGS.items()}
_AHEAD = timedelta(days=6)
_HELD = "TR.01"
_OWN_SHOWN = 8
_HELD_UP_SHOWN = 8


class Board:
    """``opened``: which part of the day's patrols stands in the table below; none: only a way to it."""

    def __init__(self, request: Acting, opened: str) -> None:
        self.request, self.post, self.scope = request, request.post, request.scope
        self.now = timezone.now()
        self.day: date = request.scope.day if DAY in request.scope.asked else duty_day(self.now)
        self.first, self.until = duty_hours(self.day)
        self.runs = self.first <= self.now < self.until
        self.opened = opened
        self.waiting = waiting_of(self.post, self.now)  # at once: the badges above the board count the same

    @cached_property
    def on(self) -> date:
        return local_day(self.now)

    @cached_property
    def patrols(self) -> list[OnDuty]:
        return on_duty(self.post, self.scope.area, self.day, self.now, grace(), self.on)

    @cached_property
    def sentence(self) -> Sentence:
        hidden = not self.patrols and not self.counts.keys().isdisjoint({self.day, self.day + ONE_DAY})
        others = led_by_others(self.post, self.scope.area, self.day) if hidden else []
        states = clauses(p.state for p in self.patrols)
        return sentence(states, self.waiting, self.now, self.day_words, lambda slug: f"/{changed(self.request, tt=slug)}#bang", others)

    @property
    def day_words(self) -> str:
        """ "hôm nay", or the day itself."""
        if self.runs:
            return _("hôm nay")
        return _("ngày %(day)s") % {"day": moments.short_day(self.day, self.on)}

    @property
    def hours_words(self) -> str:
        said = {"first": moments.short_day(self.day, self.on), "last": moments.short_day(self.day + ONE_DAY, self.on)}
        return _("Trực từ 06:00 %(first)s đến 06:00 %(last)s") % said

    @property
    def rows(self) -> list[queue.Row]:
        return queue.rows(self.post, self.waiting if self.opened_queue else self.waiting[: queue.SHOWN])

    @property
    def opened_queue(self) -> bool:
        return self.request.GET.get("hang") == "het"

    @property
    def more(self) -> int:
        """How many of what waits are not shown."""
        return 0 if self.opened_queue else max(0, len(self.waiting) - queue.SHOWN)

    @property
    def all_waiting(self) -> str:
        return f"/{changed(self.request, hang='het', tt=None)}#hang-doi"

    @property
    def fresh_url(self) -> str:
        """Where the poll asks: the same area, day and length of queue."""
        query = changed(self.request, tt=None)
        return f"/hom-nay/moi/{query if query.startswith('?') else ''}"

    @property
    def waiting_words(self) -> str:
        return f"{MOST}+" if len(self.waiting) >= MOST else str(len(self.waiting))

    @property
    def local(self) -> bool:
        """One commune: lines are units, and what the own unit has before it stands where a province has its map."""
        return self.scope.area is not None and self.scope.area.level == Level.COMMUNE

    @cached_property
    def ribbon(self) -> ribbon.Ribbon | None:
        groups = {} if self.local else overview.clusters(self.scope.province(), self.day)
        return ribbon.ribbon(self.patrols, self.first, self.now, groups, self.local, self.address_of_area)

    @property
    def address_of_area(self) -> str:
        """The board of another area, with %s for its code."""
        return f"/{changed(self.request, **{AREA: 'CODE', 'tt': None, 'hang': None})}".replace("CODE", "%s")

    @property
    def table_url(self) -> str:
        """Where everything on ribbon and map stands in words. Seen from "/", also when a poll draws it."""
        return f"/{changed(self.request, tt=SLUGS[Told.ALL])}#bang"

    @cached_property
    def map(self) -> Any:
        return overview.map_of_now(self.scope, self.day, self.patrols, self.address_of_area, self.table_url)

    @property
    def legend(self) -> list[tuple[str, str]]:
        return [("s4", _("2 cuộc đang đi trở lên")), ("s3", _("1 đang đi")), ("s1", _("có lịch trong ngày"))]

    @cached_property
    def counts(self) -> dict[date, Counter[State]]:
        """The patrols of the last days in the area, to the end of this duty, by day and state: all of them, whoever sees which."""
        return pulse(self.post, self.scope.area, overview.period_of(self.day), self.now, grace(), self.until)

    @cached_property
    def beats(self) -> list[overview.Beat]:
        if not may(self.post, "figure.view"):
            return []
        year = Period(date(self.day.year, 1, 1), self.day + ONE_DAY)
        value = cell(_HELD, self.scope.area, year).value if self.scope.area else None
        carry = f"&{AREA}={self.scope.area.code}" if self.scope.area else ""
        return overview.beats(self.counts, self.day, None if value is None else int(value), carry)

    @cached_property
    def coming(self) -> list[OnDuty]:
        return coming(self.post, self.until, self.until + _AHEAD, self.now, grace(), self.on)

    @cached_property
    def table(self) -> Sequence[dict[str, Any]]:
        """The patrols behind a number of the sentence, or all of them: what ribbon and map show, in words."""
        told = _TOLD.get(self.opened)
        if told is None:
            return []
        return [_line(p) for p in self.patrols if p.state in STATES_OF[told] or (told is Told.ALL and p.state in STATES_OF[Told.OFF])]

    @property
    def own(self) -> list[dict[str, Any]]:
        """What the own unit still has before it in this duty, for the phone: the nearest first."""
        ahead = (State.PLANNED, State.READY, State.LATE, State.UNDER_WAY, State.MISSING)
        return [_line(p) | {"record": self.may_record(p)} for p in self.patrols if p.own and p.state in ahead][:_OWN_SHOWN]

    @cached_property
    def held_up(self) -> list[dict[str, Any]]:
        """What is late or lacks its result in the area and is another unit's to do: who holds it."""
        rank = (State.LATE, State.MISSING)
        found = sorted((p for p in self.patrols if p.state in rank and not p.leads), key=lambda p: (rank.index(p.state), in_order(p.place)))
        return [_line(p) for p in found[:_HELD_UP_SHOWN]]

    @cached_property
    def owed(self) -> list[queue.Late]:
        """What the unit gave, sent or asked and others have not done in time."""
        return queue.late(owed_to(self.post, self.now, self.on))

    @property
    def owed_shown(self) -> list[queue.Late]:
        return self.owed[: queue.LATE_SHOWN]

    @property
    def owed_words(self) -> str:
        """How many times a unit is late with what it was given, sent or asked."""
        n = sum(len(one.holders) + one.others for one in self.owed)
        return f"{MOST_OWED}+" if n >= MOST_OWED else str(n)

    @property
    def owed_more(self) -> int:
        return max(0, len(self.owed) - queue.LATE_SHOWN)

    @property
    def without_hours(self) -> bool:
        return any(p.start is None for p in self.patrols)

    def may_record(self, p: OnDuty) -> str:
        """Where the unit writes the result of a patrol it leads; empty where that is not its to do now."""
        due = p.leads and p.state in (State.UNDER_WAY, State.MISSING, State.LATE)
        return f"/tuan-tra/{p.code}/ket-qua/" if due and may(self.post, "patrol.result") else ""

    @property
    def record(self) -> str:
        """The phone's first large button: straight to the one result that is due, else to one's own list."""
        due = [url for p in self.patrols if (url := self.may_record(p))]
        return due[0] if len(due) == 1 else "#toi-nay" if self.own else "/tuan-tra/?cua=toi"

    @property
    def records(self) -> bool:
        return may(self.post, "patrol.result")

    @property
    def plans(self) -> bool:
        return may(self.post, "patrol.plan")

    @property
    def imports(self) -> bool:
        return may(self.post, "patrol.import")

    @property
    def leads(self) -> bool:
        """A leader reads the sentence first, also on a phone."""
        return self.post.role == Role.COMMANDER

    @property
    def first_use(self) -> bool:
        """Nothing there at all: neither today nor in the weeks before and after, nor anything that waits."""
        return not (self.patrols or self.waiting or self.coming or self.counts or any(b.n for b in self.beats))


def _line(p: OnDuty) -> dict[str, Any]:
    hours = wording.hours(p.left or p.start, p.back or p.end) if p.start else ""
    return {
        "code": p.code, "url": f"/tuan-tra/{p.code}/", "name": p.name or _("Tuần tra chung"), "place": p.place, "lead": p.lead, "force": p.force,
        "hours": hours, "start": p.left or p.start, "end": p.back or p.end, "tag": wording.state_tag(p.state), "state": p.state,
    }  # fmt: skip
