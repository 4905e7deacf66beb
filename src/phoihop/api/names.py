"""How records are named in requests, and among which ones a name is looked for: never wider than what the post may know of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, cast

from django.db import models
from django.utils.translation import gettext_lazy as _

from phoihop.domain.activities.models import Activity, Campaign, Checkpoint, ConfirmLink, ImportRow, ImportRun, Route
from phoihop.domain.activities.queries.importing import import_rows, runs_of
from phoihop.domain.activities.queries.own import links_made
from phoihop.domain.activities.queries.routes import points_known, routes_known
from phoihop.domain.agreements.models import (
    Adoption,
    Agreement,
    ChangeProposal,
    Clause,
    Delivery,
    Instrument,
    LocalNorm,
    Occasion,
    OccasionAct,
    Opinion,
    Reading,
)
from phoihop.domain.agreements.queries import occasions
from phoihop.domain.agreements.queries.agreement import clauses_seen, opinions_seen, seen_agreements
from phoihop.domain.agreements.queries.cascade import adoptions_seen
from phoihop.domain.agreements.queries.instruments import instruments as found_instruments
from phoihop.domain.agreements.queries.reading import readings_of
from phoihop.domain.agreements.queries.reviews import proposals_seen
from phoihop.domain.agreements.queries.spreading import deliveries_seen
from phoihop.domain.figures.models import Holiday, SourcedTotal
from phoihop.domain.forces.models import Contact, Force, Line, Relation, Unit
from phoihop.domain.forces.queries import heirs_of
from phoihop.domain.matters.models import Attachment, Body, Grant, JoinRequest, Matter, Participation, Recall
from phoihop.domain.matters.queries.requests import who_leads
from phoihop.domain.matters.queries.seen import of_seen, recalls_seen, requests_between
from phoihop.domain.matters.queries.sight import seen_by
from phoihop.domain.people.models import ApiToken, Post, PostKey, User
from phoihop.domain.people.queries.keys import keys_seen_by
from phoihop.domain.people.queries.tokens import tokens_seen_by
from phoihop.domain.tasks.models import Task, TaskExtension, TaskSupport
from phoihop.domain.tasks.queries import queue
from phoihop.domain.territory.models import Area, Succession, Tree
from phoihop.domain.territory.queries import became_all, today_of
from phoihop.kernel.figures_text import day as day_text
from phoihop.kernel.figures_text import reader
from phoihop.kernel.spoken import parse

from .access import Caller
from .asking import named
from .problems import Halt

_AREA = re.compile(r"(?:([a-z]{1,10}):)?([^\s:@]{1,16})(?:@(\d{4}-\d{2}-\d{2}))?")


def area_name(area: Area) -> str:
    """``29125@2025-07-01``: the code, the day from which it is this area's, and the tree if it is not the civil one."""
    tree = "" if area.tree == Tree.CIVIL else f"{area.tree}:"
    return f"{tree}{area.code}@{area.valid_from.isoformat()}"


def areas(caller: Caller, names: set[str]) -> dict[str, Area]:
    """The area that bore the code on the day; without a day, today."""
    asked = {name: read for name in names if (read := _read_area(caller, name))}
    there: dict[tuple[str, str], list[Area]] = {}
    for area in Area.objects.filter(code__in={code for _tree, code, _day in asked.values()}).order_by("valid_from"):
        there.setdefault((area.tree, area.code), []).append(area)
    return {name: area for name, (tree, code, day) in asked.items() for area in there.get((tree, code), ()) if lives(area, day)}


def _read_area(caller: Caller, name: str) -> tuple[str, str, date] | None:
    """The tree, the code and the day of a name; None for what is none."""
    if not (found := _AREA.fullmatch(name)):
        return None
    tree, code, day = found.groups()
    try:
        return tree or Tree.CIVIL.value, code, date.fromisoformat(day) if day else caller.today
    except ValueError:
        return None


def area_since(caller: Caller, name: str) -> tuple[list[Area], Any] | None:
    """What became of the area that bore the code before the day; None if none did."""
    read = _read_area(caller, name)
    if read is None or read[0] != Tree.CIVIL:
        return None
    ended = ((old, heirs) for old, heirs in today_of(read[1], read[2]) if old.valid_until is not None and old.valid_until <= read[2] and heirs)
    for old, heirs in ended:
        said = {"code": old.code, "area": old, "day": day_text(old.valid_until, reader()), "heirs": ", ".join(str(heir) for heir in heirs)}
        return heirs, _("%(code)s là mã của %(area)s đến trước ngày %(day)s; sau đó là %(heirs)s.") % said
    return None


def lives(area: Area, day: date) -> bool:
    return area.valid_from <= day and (area.valid_until is None or day < area.valid_until)


def matters(caller: Caller, codes: set[str]) -> dict[str, Matter]:
    """Matters of which the post sees at least the title. Of another it learns who leads it, and where to ask."""
    spoken = {code: str(parse(code) or "") for code in codes}
    rows = seen_by(caller.post, caller.today).filter(code__in=spoken.values()).select_related("lead__force", "area", "title")
    there = {matter.code: matter for matter in rows}
    for code in spoken.values():
        if code and code not in there:
            raise_if_led(caller, code)
    return {code: there[one] for code, one in spoken.items() if one in there}


def raise_if_led(caller: Caller, code: str) -> None:
    """403 with the lead and the way to ask, for a matter that exists and is not seen."""
    lead = who_leads(caller.post, code, caller.today)
    if lead is None:
        return
    said = _("%(unit)s chủ trì việc này. Xin tham gia hoặc xin xem thì chủ trì mới cho xem.") % {"unit": lead.unit.name}
    raise Halt(403, "not-seen", said, lead={"key": lead.unit.key, "name": lead.unit.name}, join=f"/api/v1/matters/{lead.matter.code}/requests")


class Led:
    """A matter of which the post may know no more than who leads it: what a request to join is about."""


def led(caller: Caller, codes: set[str]) -> dict[str, Matter]:
    found = {code: who_leads(caller.post, code, caller.today) for code in codes}
    return {code: lead.matter for code, lead in found.items() if lead is not None}


def through_matter(model: type[models.Model], *related: str) -> Callable[[Caller, set[str]], Mapping[str, Any]]:
    """Records that share their code with their matter."""

    def find(caller: Caller, codes: set[str]) -> dict[str, Any]:
        seen = matters(caller, codes)
        rows = of_seen(caller.post, model, caller.today).filter(matter__in=list(seen.values())).select_related(*related)
        there = {cast(Any, row).matter_id: row for row in rows}
        return {code: there[matter.pk] for code, matter in seen.items() if matter.pk in there}

    return find


def tasks(caller: Caller, codes: set[str]) -> dict[str, Task]:
    spoken = {code: str(parse(code) or "") for code in codes}
    there = {task.code: task for task in queue.seen_by(caller.post, caller.today).filter(code__in=spoken.values())}
    return {code: there[one] for code, one in spoken.items() if one in there}


def agreements(caller: Caller, codes: set[str]) -> dict[str, Agreement]:
    """Agreements whose text the post may read. Of another it learns who leads it, and where to ask."""
    seen = matters(caller, codes)
    rows = seen_agreements(caller.post, caller.today).filter(matter__in=list(seen.values()))
    there = {a.matter_id: a for a in rows}
    return {code: there[matter.pk] for code, matter in seen.items() if matter.pk in there}


def instruments(caller: Caller, codes: set[str]) -> dict[str, Instrument]:
    """Legal instruments are public."""
    return {one.code: one for one in found_instruments().filter(code__in=codes)}


def forces(caller: Caller, codes: set[str]) -> dict[str, Force]:
    return {force.code: force for force in Force.objects.filter(code__in=codes)}


def units(caller: Caller, keys: set[str]) -> dict[str, Unit]:
    return {unit.key: unit for unit in Unit.objects.filter(key__in=keys).select_related("force", "area")}


def by_number(rows: Callable[[Caller], models.QuerySet[Any]]) -> Callable[[Caller, Iterable[int]], dict[int, Any]]:
    def find(caller: Caller, numbers: Iterable[int]) -> dict[int, Any]:
        return {row.pk: row for row in rows(caller).filter(pk__in=list(numbers))}

    return find


def _of_seen(model: type[models.Model], *related: str) -> Callable[[Caller], models.QuerySet[Any]]:
    """Records of matters that the post sees."""
    return lambda caller: of_seen(caller.post, model, caller.today).select_related("matter", *related)


def _every(model: type[models.Model], *related: str) -> Callable[[Caller], models.QuerySet[Any]]:
    """What is no secret in itself: that it exists. What may be done with it, the rules say."""
    return lambda caller: model._default_manager.select_related(*related) if related else model._default_manager.all()


named(
    Area,
    "area",
    "An area: its code (29125), on a day (29125@2025-06-30), in another tree (cluster:86-1).",
    areas,
    of=area_name,
    url="/api/v1/areas/{}",
    instead=area_since,
    then=lambda area, day: became_all([area], day)[area.pk],
)
named(Unit, "unit", "A unit's key.", units, of=lambda unit: unit.key, url="/api/v1/units/{}", then=heirs_of)
named(Matter, "matter", "A matter's spoken code, however it is typed.", matters, of=lambda matter: matter.code, url="/api/v1/matters/{}")
named(Led, "matter", "A matter's spoken code, however it is typed.", led, of=lambda matter: matter.code, url="/api/v1/matters/{}")
named(
    Activity,
    "patrol",
    "A patrol's spoken code.",
    through_matter(Activity, "matter__lead__force", "matter__area", "matter__title", "route", "recorder", "campaign"),
    of=lambda a: a.matter.code,
    url="/api/v1/patrols/{}",
)
named(
    Campaign,
    "campaign",
    "A campaign's spoken code.",
    through_matter(Campaign, "matter__lead", "matter__area"),
    of=lambda c: c.matter.code,
    url="/api/v1/campaigns/{}",
)
named(Agreement, "agreement", "An agreement's spoken code.", agreements, of=lambda a: a.matter.code, url="/api/v1/agreements/{}")
named(Occasion, "occasion", "The number of what falls due.", by_number(lambda caller: occasions.seen(caller.post, caller.today)))
named(OccasionAct, "act", "The number of an act that met what fell due.", by_number(lambda caller: occasions.acts_seen(caller.post, caller.today)))
named(Clause, "clause", "The number of a clause of one version.", by_number(lambda caller: clauses_seen(caller.post, caller.today)))
named(Opinion, "opinion", "The number of an opinion.", by_number(lambda caller: opinions_seen(caller.post, caller.today)))
named(PostKey, "key", "The number of a post's key.", by_number(lambda caller: keys_seen_by(caller.post)))
named(Instrument, "instrument", "The code of a legal instrument.", instruments, of=lambda one: one.code, url="/api/v1/instruments/{}")
named(Adoption, "adoption", "The number of what a unit below made of an agreement.", by_number(lambda caller: adoptions_seen(caller.post, caller.today)))
named(Delivery, "delivery", "The number of a delivery.", by_number(lambda caller: deliveries_seen(caller.post, caller.today)))
named(ChangeProposal, "proposal", "The number of a proposal of change.", by_number(lambda caller: proposals_seen(caller.post, caller.today)))
named(LocalNorm, "local", "The number of a value that a place laid down.", by_number(_every(LocalNorm, "area", "unit")))
named(Reading, "reading", "The number of a file that is being read.", by_number(lambda caller: readings_of(caller.post)), url="/api/v1/readings/{}")
named(Force, "force", "The code of a force.", forces, of=lambda force: force.code)
named(Task, "task", "A task's spoken code.", tasks, of=lambda task: task.code, url="/api/v1/tasks/{}")
named(TaskSupport, "support", "The number of a unit's support of a task.", by_number(lambda caller: queue.supports_seen(caller.post, caller.today)))
named(TaskExtension, "extension", "The number of a request for more time.", by_number(lambda caller: queue.extensions_seen(caller.post, caller.today)))
named(Participation, "part", "The number of a unit's part in a matter.", by_number(_of_seen(Participation, "unit")))
named(Grant, "grant", "The number of a grant.", by_number(_of_seen(Grant, "unit")))
named(JoinRequest, "request", "The number of a request to join.", by_number(lambda caller: requests_between(caller.post)))
named(Recall, "recall", "The number of a recall.", by_number(lambda caller: recalls_seen(caller.post, caller.today)))
named(Body, "text", "The number of a text, as its record tells it.", by_number(_every(Body)))
named(Attachment, "file", "The number of a file.", by_number(_of_seen(Attachment, "name")), url="/api/v1/files/{}")
named(
    Route,
    "route",
    "The number of a route.",
    by_number(lambda caller: routes_known(caller.post, caller.today).select_related("owner", "area")),
    url="/api/v1/routes/{}",
)
named(Checkpoint, "point", "The number of a check-point.", by_number(lambda caller: points_known(caller.post, caller.today)))
named(ConfirmLink, "link", "The number of a link.", by_number(lambda caller: links_made(caller.post, caller.today)))
named(ImportRun, "import", "The number of an import.", by_number(lambda caller: runs_of(caller.post)), url="/api/v1/imports/{}")
named(ImportRow, "row", "The number of a row of an import.", by_number(lambda caller: import_rows(caller.post)))
named(User, "account", "The number of an account.", by_number(_every(User)))
named(Post, "post", "The number of a post.", by_number(_every(Post, "unit__force", "user")))
named(ApiToken, "token", "The number of a token.", by_number(lambda caller: tokens_seen_by(caller.post)))
named(Contact, "contact", "The number of a duty contact.", by_number(_every(Contact, "unit")))
named(Relation, "relation", "The number of a relation.", by_number(_every(Relation, "upper", "lower")))
named(Succession, "succession", "The number of a succession of areas.", by_number(_every(Succession, "old", "new")))
named(SourcedTotal, "total", "The number of a sourced total.", by_number(_every(SourcedTotal)))
named(Holiday, "holiday", "A day off, by its number.", by_number(_every(Holiday)))
named(Line, "line", "The number of a reporting line.", by_number(_every(Line)))
