"""A duty day: its patrols and what is said of them, the days before in numbers, and the one queue of what waits."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router
from pydantic import AwareDatetime, BaseModel, Field

from phoihop.domain.activities.queries import situation
from phoihop.domain.activities.queries.waiting import waiting
from phoihop.domain.activities.rules import STATE_NAMES
from phoihop.domain.activities.rules.situation import Told, clauses, duty_day
from phoihop.domain.activities.rules.waiting import WAIT_NAMES
from phoihop.domain.territory.models import Area
from phoihop.kernel.period import Period

from .access import Caller
from .asking import Day, Text, look_up
from .patrols import grace
from .problems import Halt
from .reads import caller_of, reads
from .telling import labelled

router = Router()
LONGEST = 400
STATES = labelled(STATE_NAMES)


class OnDuty(BaseModel):
    """A patrol of a duty day; without times where the post may not see it exactly."""

    patrol: str
    name: str
    area: str = Field(description="The area's code.")
    place: str
    lead: str
    force: str
    state: STATES
    own: bool = Field(description="The post's unit takes part.")
    leads: bool
    start: AwareDatetime | None
    end: AwareDatetime | None
    left: AwareDatetime | None
    back: AwareDatetime | None


class Board(BaseModel):
    day: Day
    counts: dict[str, int] = Field(description="How many of what: all, recorded, under-way, to-come, late, missing, off.")
    patrols: list[OnDuty]


class DayCounted(BaseModel):
    day: Day
    states: dict[str, int]


class WaitsTold(BaseModel):
    """One thing that waits for the unit's word; ``mark``: the digest that a confirmation names, or the mode of a task."""

    waits: labelled(WAIT_NAMES)
    id: int
    code: str
    title: str
    place: str
    unit: str
    force: str
    due: AwareDatetime
    mark: str


@reads(router, "/board", Board)
def board(request: HttpRequest, day: Day | None = None, area: Text | None = None) -> Any:
    """The patrols of a day's duty, from six to six, that the post sees, and how many stand how."""
    caller = caller_of(request)
    asked = day or duty_day(caller.now)
    found = situation.on_duty(caller.post, _area(caller, area), asked, caller.now, grace(), caller.today)
    counts = {str(clause.told): clause.n for clause in clauses([one.state for one in found])}
    return {"day": asked, "counts": {told.value: counts.get(told.value, 0) for told in Told}, "patrols": [_told(one) for one in found]}


@reads(router, "/board/pulse", list[DayCounted])
def pulse(request: HttpRequest, first: Day, until: Day, area: Text | None = None) -> Any:
    """How many patrols of each day stand in which state, for who may see figures."""
    caller = caller_of(request)
    if not 0 < (until - first).days <= LONGEST:
        raise Halt(422, "too-long", _("Chọn từ một ngày đến bốn trăm ngày."), field="until")
    counts = situation.pulse(caller.post, _area(caller, area), Period(first, until), caller.now, grace())
    return [{"day": day, "states": {state.value: n for state, n in sorted(states.items())}} for day, states in sorted(counts.items())]


@reads(router, "/waiting", list[WaitsTold])
def queue(request: HttpRequest) -> Any:
    """Everything that waits for the unit's word, the most pressing first: at most two hundred."""
    caller = caller_of(request)
    fields = ("code", "title", "place", "unit", "force", "due", "mark")
    return [
        {"waits": w.waits.value, "id": w.key, **{name: getattr(w, name) or "" for name in fields}}
        for w in waiting(caller.post, caller.now, grace(), caller.today)
    ]


def _area(caller: Caller, name: str | None) -> Area | None:
    return look_up(caller, [(Area, name, "area")])[Area, name] if name else None


def _told(one: situation.OnDuty) -> dict[str, Any]:
    plain = {name: getattr(one, name) for name in ("place", "lead", "force", "own", "leads", "start", "end", "left", "back")}
    return {**plain, "patrol": one.code, "name": one.name or "", "area": one.area_code, "state": one.state.value}
