"""/luc-luong/<key>/: one unit: where it stands, with whom it has which relation, how it is reached, what it has, what came before and after."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from phoihop.domain.forces.models import Letterhead, Means, Relation, Unit, UnitArea, UnitClosure, UnitSuccession
from phoihop.domain.forces.queries import contacts_of, letterhead_of, means_of
from phoihop.domain.forces.rules import relating
from phoihop.domain.people.models import Post
from phoihop.domain.people.rules import may
from phoihop.domain.territory.queries.maps import CHANGES
from phoihop.kernel.memo import Memo

from ..base import Acting, acting, page
from .deeds import CONTACT, DEEDS, Deed

# What a relation allows, told of the first of the two.
ALLOWS: dict[str, Any] = {
    "directs": _("được giao việc, xem việc và số liệu"),
    "guides": _("được giao việc, xem số liệu"),
    "coordinates": _("chỉ đề nghị; bên kia nhận hoặc từ chối kèm lý do"),
    "joint": _("chỉ giữ đầu mối liên lạc; nội dung đi đường riêng"),
}


@dataclass(frozen=True, slots=True)
class Kept:
    """What is on record of a unit and seldom changes."""

    covers: Sequence[UnitArea]
    means: Sequence[Means]
    head: Letterhead | None
    successions: Sequence[UnitSuccession]


_kept: Memo[Kept] = Memo("unit.made", "unit.founded", "unit.succeeded", "unit.covering", "unit.headed", "unit.equipped", *CHANGES, most=512)


@dataclass(frozen=True, slots=True)
class Line:
    """A relation as the unit's page tells it: the other unit, and whether it holds on the day."""

    relation: Relation
    other: Unit
    allows: Any
    holds: bool


@acting()
def unit(request: Acting, key: str) -> HttpResponse:
    one, day = seen(key), request.scope.day
    lines = relations(one, day)
    mine = request.post
    directed = _directed(one, mine, day)
    deeds = _offered(one, mine, directed if day == request.scope.today else _directed(one, mine, request.scope.today), request.scope.today)
    return page(
        request,
        "forces/unit.html",
        one=one,
        day=day,
        above=[line for line in lines if line.relation.lower_id == one.pk and relating.assigns(line.relation.kind)],
        beside=[line for line in lines if not relating.assigns(line.relation.kind)],
        below=[line for line in lines if line.relation.upper_id == one.pk and relating.assigns(line.relation.kind) and line.holds],
        between=_between(one, mine, lines, directed),
        kept=_kept.get((one.pk, day), lambda: _on_record(one, day)),
        contacts=contacts_of([one], day),
        deeds=deeds,
        keeps=any(deed.path == CONTACT for deed in deeds),
        tests=may(mine, "contact.test"),
        manages=may(mine, "unit.manage"),
    )


def _offered(one: Unit, mine: Post, directed: Collection[int], today: date) -> list[Deed]:
    """What may be done with it now, whatever day is looked at."""
    return [deed for deed in DEEDS.values() if deed.may(mine, one, set(directed), today)]


def _on_record(one: Unit, day: date) -> Kept:
    covers = UnitArea.objects.filter(unit=one).select_related("area").order_by("area__code", "valid_from")
    successions = UnitSuccession.objects.filter(Q(old=one) | Q(new=one)).select_related("old__force", "new__force").order_by("-day", "pk")
    return Kept(list(covers), means_of([one], day), letterhead_of(one, day), list(successions))


def seen(key: str) -> Unit:
    """A unit by its key; names, numbers and relations of units are open to everybody who works here."""
    return get_object_or_404(Unit.objects.select_related("force", "area"), key=key)


def relations(one: Unit, day: date) -> list[Line]:
    """Every relation the unit has or had, those that hold first."""
    rows = Relation.objects.filter(Q(upper=one) | Q(lower=one)).select_related("upper__force", "lower__force").order_by("-valid_from", "pk")
    lines = [Line(r, r.upper if r.lower_id == one.pk else r.lower, ALLOWS[r.kind], _holds(r, day)) for r in rows]
    return sorted(lines, key=lambda line: not line.holds)


def _holds(relation: Relation, day: date) -> bool:
    return relation.valid_from <= day and (relation.valid_until is None or day < relation.valid_until)


def _directed(one: Unit, mine: Post, day: date) -> dict[int, int]:
    """Along the chain of command between the two on a day: ``{directed: directing}``, empty where there is none."""
    pair = (one.pk, mine.unit_id)
    rows = UnitClosure.objects.filter(ancestor__in=pair, unit__in=pair, depth__gt=0, valid_from__lte=day, valid_until__gt=day)
    return dict(rows.values_list("unit", "ancestor"))


def _between(one: Unit, mine: Post, lines: Sequence[Line], directed: dict[int, int]) -> tuple[Any, Any] | None:
    """What one's own unit may do with this one, and the other way round; None for the own unit."""
    if one.pk == mine.unit_id:
        return None
    kinds = [(line.relation.upper_id, line.relation.kind) for line in lines if line.holds and line.other.pk == mine.unit_id]

    def allowed(first: int, second: int) -> Any:
        found = [kind for upper, kind in kinds if upper == first or relating.is_mutual(kind)]
        kind = relating.strongest([*found, *(["directs"] if directed.get(second) == first else [])])
        return ALLOWS[kind or "coordinates"]

    return allowed(mine.unit_id, one.pk), allowed(one.pk, mine.unit_id)
