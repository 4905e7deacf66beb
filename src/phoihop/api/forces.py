"""Forces and their units: who there is on a day, who directs whom, how each is reached."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Router
from pydantic import BaseModel

from phoihop.domain.forces import queries
from phoihop.domain.forces.actions import keeping, making, relating, succession
from phoihop.domain.forces.models import Force, Relation, Unit
from phoihop.domain.forces.queries import Rank
from phoihop.domain.territory.models import Area
from phoihop.domain.territory.queries import exists_on

from .access import Caller
from .acts import act
from .asking import Day, Text, look_up
from .reads import After, Limit, caller_of, page, page_of, reads
from .records import CONTACT, LETTERHEAD, MEANS, RELATION, UNIT
from .telling import BRIEFLY

router = Router()
BRIEF = BRIEFLY[Unit]


class ForceTold(BaseModel):
    """A force and how it is called and drawn on a day."""

    code: str
    name: str
    name_en: str
    monogram: str
    colour: str
    colour_dark: str


class CommandChain(BaseModel):
    unit: BRIEF.shape
    below: list[CommandChain]


class UnitPage(UNIT.shape):
    """A unit with what belongs to it on a day."""

    above: list[BRIEF.shape]
    heirs: list[BRIEF.shape]
    covers: list[BRIEFLY[Area].shape]
    contacts: list[CONTACT.shape]
    means: list[MEANS.shape]
    letterhead: LETTERHEAD.shape | None


class RelationBetween(BaseModel):
    """The strongest relation from one unit to another; null: equals without one."""

    relation: str | None
    may_assign: bool


@reads(router, "/forces", list[ForceTold])
def forces(request: HttpRequest, on: Day | None = None) -> Any:
    """The forces, with their names and colours of a day."""
    faces = queries.faces(on or caller_of(request).today)
    return [{name: getattr(face, name) for name in ForceTold.model_fields} for face in faces.values()]


@reads(router, "/units", page_of(UNIT))
def listed(request: HttpRequest, area: Text | None = None, on: Day | None = None, deep: bool = True, force: Text | None = None, after: After = None, limit: Limit = 100) -> Any:  # fmt: skip
    """The units of a day, in an area (``deep``: with everything below it) or everywhere, by name."""
    caller = caller_of(request)
    day = on or caller.today
    if area is None:
        rows = Unit.objects.filter(exists_on(day))
    else:
        where = look_up(caller, [(Area, area, "area")])[Area, area]
        rows = Unit.objects.filter(pk__in=queries.units_of(where, day, deep=deep).order_by().values("pk"))
    if force:
        rows = rows.filter(force=look_up(caller, [(Force, force, "force")])[Force, force])
    return page(rows.select_related("force", "area"), UNIT, after, limit, "name")


@reads(router, "/units/search", list[BRIEF.shape])
def search(request: HttpRequest, text: Text, on: Day | None = None, within: Text | None = None, limit: Limit = 20) -> Any:
    """Units of a day whose name answers, best first, with and without diacritics."""
    caller = caller_of(request)
    where = look_up(caller, [(Area, within, "within")])[Area, within] if within else None
    return BRIEF.of_each(queries.find_units(text[:200], on or caller.today, where, limit))


@reads(router, "/units/{unit}", UnitPage)
def one(request: HttpRequest, unit: str, on: Day | None = None) -> Any:
    """A unit with who directs it, who took over from it, what it covers, its duty contacts, means and letterhead."""
    caller = caller_of(request)
    found, day = _unit(caller, unit), on or caller.today
    letterhead = queries.letterhead_of(found, day)
    covered = found.covers.filter(exists_on(day)).select_related("area").order_by("area__code")
    return {
        **UNIT.of(found),
        "above": BRIEF.of_each(queries.chain_above(found, day)),
        "heirs": BRIEF.of_each(queries.heirs_of(found, day)),
        "covers": BRIEFLY[Area].of_each(row.area for row in covered),
        "contacts": CONTACT.of_each(queries.contacts_of([found], day)),
        "means": MEANS.of_each(queries.means_of([found], day)),
        "letterhead": LETTERHEAD.of(letterhead) if letterhead else None,
    }


@reads(router, "/units/{unit}/chain", CommandChain)
def chain(request: HttpRequest, unit: str, on: Day | None = None) -> Any:
    """The chain of command below a unit on a day."""
    caller = caller_of(request)
    return _rank(queries.unit_tree(_unit(caller, unit), on or caller.today))


@reads(router, "/units/{unit}/relations", page_of(RELATION))
def relations(request: HttpRequest, unit: str, on: Day | None = None, after: After = None, limit: Limit = 100) -> Any:
    """The relations of a unit on a day, in both directions."""
    caller = caller_of(request)
    found = _unit(caller, unit)
    held = Relation.objects.filter(exists_on(on or caller.today)).select_related("upper__force", "lower__force")
    return page(held.filter(upper=found) | held.filter(lower=found), RELATION, after, limit)


@reads(router, "/units/{unit}/relation-to/{other}", RelationBetween)
def relation_to(request: HttpRequest, unit: str, other: str, on: Day | None = None) -> Any:
    """How a unit stands to another on a day: whether it may assign, or may only request."""
    caller = caller_of(request)
    upper, lower, day = _unit(caller, unit), _unit(caller, other), on or caller.today
    return {"relation": queries.relation_between(upper, lower, day), "may_assign": queries.may_assign(upper, lower, day)}


def _unit(caller: Caller, key: str) -> Unit:
    return look_up(caller, [(Unit, key, "")])[Unit, key]


def _rank(rank: Rank) -> dict[str, Any]:
    return {"unit": BRIEF.of(rank.unit), "below": [_rank(one) for one in rank.below]}


_HOME = {"home": settings.NODE_TAG}

act(router, "/units", making.found_unit, fixed=_HOME)
act(router, "/units/make", making.make_units, fixed=_HOME)
act(router, "/units/relate", relating.relate)
act(router, "/units/{unit}/cover", relating.cover)
act(router, "/units/{unit}/contacts", keeping.publish_contact)
act(router, "/units/{unit}/means", keeping.record_means)
act(router, "/units/{unit}/letterhead", keeping.set_letterhead)
act(router, "/units/{old}/succeed", succession.succeed)
act(router, "/relations/{relation}/end", relating.end_relation)
act(router, "/contacts/{contact}/test", keeping.test_contact)
act(router, "/contacts/{contact}/end", keeping.end_contact)
