"""Patrols: planned, answered, walked, reported, confirmed, settled."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router
from pydantic import AwareDatetime, BaseModel, Field

from phoihop.domain.activities.actions import confirming, entering, holding, planning, under_way
from phoihop.domain.activities.models import Activity
from phoihop.domain.activities.queries import again, paper, statements
from phoihop.domain.activities.queries.detail import record_of
from phoihop.domain.activities.queries.parties import Party, slots
from phoihop.domain.activities.queries.patrols import awaiting_my_word, patrols
from phoihop.domain.activities.rules import STATE_NAMES, Grace, PatrolDraft, clashes, free_team
from phoihop.domain.forces.models import Unit
from phoihop.domain.matters.rules import Sight
from phoihop.domain.territory.models import Area
from phoihop.domain.territory.queries import exists_on
from phoihop.kernel.period import Period

from .access import Caller
from .acts import act
from .asking import Day, Moment, Text, look_up, missing, one_of, taken
from .drafts import told
from .problems import Halt
from .reads import After, Limit, caller_of, page, page_of, reads
from .records import CONFIRMATION, PART
from .telling import BRIEFLY, Telling, labelled, text_of

router = Router()
UNIT = BRIEFLY[Unit]
LONGEST = timedelta(days=62)


def grace() -> Grace:
    """After how many minutes a patrol is late, and a result missing, on this node."""
    return Grace(timedelta(minutes=settings.LATE_MINUTES), timedelta(minutes=settings.RESULT_MINUTES))


def _where_exact(path: str) -> Any:
    """Exact time, route and name are shown to who takes part; to others who see it once it is over (ground rule 5)."""

    def read(a: Any) -> Any:
        if not a.exact:
            return None
        value = a
        for step in path.split("."):
            value = getattr(value, step) if value is not None else None
        return value

    return read


ROW = Telling(
    "Patrol", Activity, "id=matter.code", "version", "day", "lead=matter.lead", "area=matter.area", "armed", "exercise=matter.exercise", "confirmed", "disputed",
    state=(labelled(STATE_NAMES), lambda a: a.state),
    exact=(bool, lambda a: a.exact),
    route_kind=(str | None, _where_exact("route_kind")),
    route=(int | None, _where_exact("route_id")),
    title=(str | None, lambda a: text_of(a.matter.title) if a.exact else None),
    planned_start=(AwareDatetime | None, _where_exact("planned_start")),
    planned_end=(AwareDatetime | None, _where_exact("planned_end")),
    started_at=(AwareDatetime | None, _where_exact("started_at")),
    ended_at=(AwareDatetime | None, _where_exact("ended_at")),
)  # fmt: skip


class PatrolLeg(BaseModel):
    n: int
    area: BRIEFLY[Area].shape
    planned_from: AwareDatetime
    planned_to: AwareDatetime
    actual_from: AwareDatetime | None
    actual_to: AwareDatetime | None


class Strong(BaseModel):
    """How strong a unit takes part: planned, as the lead counted, as it says itself."""

    team: int
    planned_teams: int
    planned_people: int
    teams: int | None
    people: int | None
    own_teams: int | None
    own_people: int | None
    means: dict[str, int]


class TakesPart(BaseModel):
    """A unit of a patrol: its part (none for the first lead), its strength where it is shown, its latest word."""

    unit: UNIT.shape
    leads: bool
    part: PART.shape | None
    strength: Strong | None
    word: CONFIRMATION.shape | None


class Tapped(BaseModel):
    checkpoint: int
    unit: UNIT.shape
    at: AwareDatetime


class WholePatrol(ROW.shape):
    """A patrol with everything of it that the post sees."""

    parties: list[TakesPart]
    legs: list[PatrolLeg]
    taps: list[Tapped]
    outcomes: dict[str, int] = Field(description="What came of it, as counts.")
    note: str | None
    why: str | None = Field(description="Why it was cancelled or not held.")
    digest: str = Field(description="What a confirmation of the present result names.")


class StatementTold(BaseModel):
    """What the post's unit is asked to confirm: the sentences, and the digest to be named."""

    patrol: str
    digest: str
    recorder: UNIT.shape
    sentences: list[str]
    teams: int | None
    people: int | None


class ClashTold(BaseModel):
    """A team of a unit that is down for two patrols at once, and the lowest team of the unit that is free for the later one."""

    unit: UNIT.shape
    team: int
    patrols: list[str]
    free: int


class SilentParty(BaseModel):
    unit: UNIT.shape
    patrols: int


def _rows(caller: Caller) -> QuerySet[Any]:
    return patrols(caller.post, caller.now, grace(), caller.today).select_related("matter__lead__force", "matter__area", "matter__title")


def whole(caller: Caller, activity: Activity) -> dict[str, Any]:
    """The patrol as the post sees it now."""
    a: Any = _rows(caller).select_related("note", "why").filter(pk=activity.pk).first()
    if a is None:
        raise missing(Activity, activity.pk)
    exact, found = bool(a.exact), record_of(caller.post, a, caller.now, grace(), Sight(a.sight))
    return {
        **ROW.of(a),
        "parties": [_party(p) for p in found.parties],
        "legs": [{**{f: getattr(leg, f) for f in PatrolLeg.model_fields if f != "area"}, "area": BRIEFLY[Area].of(leg.area)} for leg in found.legs],
        "taps": [{"checkpoint": tap.checkpoint_id, "unit": UNIT.of(tap.unit), "at": tap.at} for tap in found.taps.values()],
        "outcomes": {o.kind: o.count for o in found.outcomes},
        "note": text_of(a.note) if exact else None,
        "why": text_of(a.why) if exact else None,
        "digest": a.digest if exact else "",
    }


def _party(p: Party) -> dict[str, Any]:
    s = p.strength
    plain = {f: getattr(s, f) for f in Strong.model_fields if f != "means"} if s else None
    return {
        "unit": UNIT.of(p.unit), "leads": p.leads, "part": PART.of(p.part) if p.part else None, "word": CONFIRMATION.of(p.word) if p.word else None,
        "strength": {**plain, "means": {m.kind: m.count for m in p.means}} if s and plain is not None else None,
    }  # fmt: skip


@reads(router, "/patrols", page_of(ROW))
def listed(request: HttpRequest, first: Day, until: Day, state: one_of(STATE_NAMES) | None = None, lead: Text | None = None, area: Text | None = None, after: After = None, limit: Limit = 100) -> Any:  # fmt: skip
    """Patrols of the days from ``first`` to before ``until``, by day.

    Only those of which the post sees at least the title; exact times and routes only where it may see them.
    """
    caller = caller_of(request)
    rows = _rows(caller).filter(day__gte=first, day__lt=until)
    if state:
        rows = rows.filter(state=state)
    if lead:
        rows = rows.filter(matter__lead=look_up(caller, [(Unit, lead, "lead")])[Unit, lead])
    if area:
        where = look_up(caller, [(Area, area, "area")])[Area, area]
        rows = rows.filter(matter__area__in=where.below.filter(exists_on(caller.today)).values("area"))
    return page(rows, ROW, after, limit, "day")


@reads(router, "/patrols/awaiting-word", page_of(ROW))
def awaiting_word(request: HttpRequest, after: After = None, limit: Limit = 100) -> Any:
    """Results that name the post's unit and of which it has said nothing."""
    caller = caller_of(request)
    keys = awaiting_my_word(caller.post, caller.today).order_by().values("pk")
    return page(_rows(caller).filter(pk__in=keys), ROW, after, limit)


@reads(router, "/patrols/statements", list[StatementTold])
def statements_of(request: HttpRequest, after: int = 0, limit: Limit = 100) -> Any:
    """What the post's unit is asked to confirm, of every result that waits for its word, oldest first."""
    caller = caller_of(request)
    waiting = awaiting_my_word(caller.post, caller.today)[max(after, 0) : max(after, 0) + limit] if after < 2**31 else ()
    return [_said(asked) for asked in statements.statements_for(caller.post, list(waiting), caller.today).values()]


@reads(router, "/patrols/silent-parties", list[SilentParty])
def silent_parties(request: HttpRequest, first: Day, until: Day) -> Any:
    """The units whose word the post's unit waits for in these days, and on how many patrols."""
    caller = caller_of(request)
    found = paper.silent_parties(caller.post, Period(first, until), caller.today)
    return [{"unit": UNIT.of(unit), "patrols": count} for unit, count in found]


@reads(router, "/patrols/unsigned", page_of(ROW))
def unsigned(request: HttpRequest, party: Text, first: Day, until: Day, after: After = None, limit: Limit = 100) -> Any:
    """What stands on a list that a party is to sign: results of the unit's own patrols of which the party has said nothing."""
    caller = caller_of(request)
    unit = look_up(caller, [(Unit, party, "party")])[Unit, party]
    keys = paper.unsigned(caller.post, unit, Period(first, until), caller.today).order_by().values("pk")
    return page(_rows(caller).filter(pk__in=keys), ROW, after, limit, "day")


@reads(router, "/patrols/clashes", list[ClashTold])
def clashing(request: HttpRequest, first: Moment, until: Moment) -> Any:
    """Teams that are down for two patrols at once, of patrols that the post's unit leads or takes part in; a clash is told, never refused."""
    caller = caller_of(request)
    if until - first > LONGEST:
        raise Halt(422, "too-long", _("Chọn nhiều nhất 62 ngày."), field="until")
    known = slots(caller.post, first, until, caller.today)
    pairs = clashes(known)
    patrols_met = {a.pk: a.matter.code for a in _rows(caller).filter(pk__in={slot.activity for pair in pairs for slot in pair})}
    units = Unit.objects.select_related("force").in_bulk({one.unit for one, _other in pairs})
    return [
        {
            "unit": UNIT.of(units[one.unit]), "team": one.team, "patrols": [patrols_met[one.activity], patrols_met[other.activity]],
            "free": free_team([s for s in known if s is not other], one.unit, other.start, other.end),
        }
        for one, other in pairs
    ]  # fmt: skip


@reads(router, "/patrols/month-again", list[taken(PatrolDraft)])
def month_again(request: HttpRequest, year: int, month: int) -> Any:
    """The unit's patrols of the month before as drafts for this one, each on the same weekday: to be looked through and planned."""
    caller = caller_of(request)
    fits = 2000 <= year <= 2100 and 1 <= month <= 12
    return [told(draft) for draft in again.month_again(caller.post, year, month)] if fits else []


@reads(router, "/patrols/{activity}/every-week", list[taken(PatrolDraft)])
def every_week(request: HttpRequest, activity: str, until: Day) -> Any:
    """A patrol again each week until a day, as drafts."""
    caller = caller_of(request)
    return [told(draft) for draft in again.every_week(caller.post, _one(caller, activity), until)]


@reads(router, "/patrols/{activity}", WholePatrol)
def one(request: HttpRequest, activity: str) -> Any:
    """A patrol, as far as the post sees it. Of one that it does not see: who leads it, and where to ask."""
    caller = caller_of(request)
    return whole(caller, _one(caller, activity))


@reads(router, "/patrols/{activity}/statement", StatementTold)
def statement(request: HttpRequest, activity: str) -> Any:
    """What the post's unit is asked to confirm of a patrol; 404 if it is no party to it, or there is no result yet."""
    caller = caller_of(request)
    asked = statements.statement_for(caller.post, _one(caller, activity), caller.today)
    if asked is None:
        raise missing(Activity, activity)
    return _said(asked)


def _one(caller: Caller, code: str) -> Activity:
    return look_up(caller, [(Activity, code, "")])[Activity, code]


def _said(asked: statements.Asked) -> dict[str, Any]:
    s = asked.statement
    return {
        "patrol": s.code, "digest": s.digest, "recorder": UNIT.of(s.recorder), "sentences": list(s.sentences()),
        "teams": asked.mine.teams, "people": asked.mine.people,
    }  # fmt: skip


act(router, "/patrols", planning.plan)
act(router, "/patrols/plan-many", planning.plan_many)
act(router, "/patrols/enter-many", entering.enter_many)
act(router, "/patrols/cancel-many", planning.cancel_many)
act(router, "/patrols/report", holding.report, shows=whole)
act(router, "/patrols/report-many", holding.report_many, shows=whole)
act(router, "/patrols/confirm", confirming.confirm)
act(router, "/patrols/confirm-many", confirming.confirm_many)
act(router, "/patrols/confirm-on-paper", confirming.confirm_on_paper)
act(router, "/patrols/{activity}/change", planning.change, shows=whole)
act(router, "/patrols/{activity}/cancel", planning.cancel)
act(router, "/patrols/{activity}/start", under_way.start)
act(router, "/patrols/{activity}/tap", under_way.tap)
act(router, "/patrols/{activity}/links", confirming.make_link, secret=True)
