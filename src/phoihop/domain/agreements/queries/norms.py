"""What holds in a place on a day, step by step from the shipped value, and where places differ. Public within the node, as the law is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from ...matters.queries.sight import seen
from ...people.models import Post
from ...territory.models import Area, AreaClosure, Level
from ...territory.queries import above, areas_below
from ..models import Agreement, LocalNorm, Norm
from ..rules.basis import BasisDraft, Lapse
from ..rules.norms import SHIPPED, Holding, Step, chain, lasts
from .bases import lapses


def _lasting(on: date) -> Q:
    """The condition that a value that was laid down holds on a day: ``rules.norms.lasts`` (a test keeps them equal)."""
    return Q(valid_from__lte=on) & (Q(valid_until=None) | Q(valid_until__gt=on)) & (Q(withdrawn_on=None) | Q(withdrawn_on__gt=on))


def holding(area: int, on: date) -> Holding:
    """What holds in an area on a day. One query."""
    closed = {"area__below__area": area, "area__below__valid_from__lte": on, "area__below__valid_until__gt": on}
    rows = LocalNorm.objects.filter(_lasting(on), **closed).annotate(depth=F("area__below__depth")).order_by("-depth", "pk")
    return Holding(dict(rows.values_list("norm", "value")))


def holding_in(norm: Norm, areas: Collection[int], on: date) -> dict[int, str]:
    """The value of one norm in each of many areas. One query where nobody laid anything down, else two."""
    found = dict.fromkeys(areas, SHIPPED[norm].value)
    if stated := stated_in(norm, on):
        rows = AreaClosure.objects.filter(ancestor__in=list(stated), area__in=list(areas), valid_from__lte=on, valid_until__gt=on)
        for area, ancestor in rows.order_by("-depth", "pk").values_list("area", "ancestor"):
            found[area] = stated[ancestor]
    return found


def stated_in(norm: Norm, on: date) -> dict[int, str]:
    """Where a norm was laid down that holds on a day, and its value, by area. One query."""
    return dict(LocalNorm.objects.filter(_lasting(on), norm=norm).order_by("pk").values_list("area", "value"))


def step_to(norm: Norm, area: Area, on: date) -> Step:
    """The value that holds in an area on a day, and who laid it down; None for what ships."""
    way = [area, *above(area, on)]
    return chain(norm, _shown(LocalNorm.objects.filter(area__in=[a.pk for a in way], norm=norm)), [a.pk for a in way], on)[-1]


def stated_for(norm: str, area: Area) -> QuerySet[LocalNorm]:
    return LocalNorm.objects.filter(norm=norm, area=area).select_related("unit").order_by("valid_from", "pk")


def held_above(norm: Norm, area: Area, on: date) -> str:
    """What holds above an area, whatever it laid down itself."""
    upper = above(area, on)
    return holding(upper[0].pk, on).value(norm) if upper else SHIPPED[norm].value


def holds_in(agreement: Agreement, area: Area, on: date) -> bool:
    """Whether an agreement is made for an area or for one above it."""
    upper = AreaClosure.objects.filter(area=area, valid_from__lte=on, valid_until__gt=on).values("ancestor")
    return agreement.areas.filter(area__in=upper).exists()


@dataclass(frozen=True, slots=True)
class Difference:
    """An area below with a value of its own, and the value that would hold there without."""

    local: LocalNorm
    instead_of: str


@dataclass(frozen=True, slots=True)
class Line:
    """One norm as it stands in a place: the way down to it, and which places below differ."""

    norm: Norm
    steps: list[Step]
    below: list[Difference]

    @property
    def holds(self) -> Step:
        return self.steps[-1]


@dataclass(frozen=True, slots=True)
class Told:
    """A value that was laid down, as history shows it. ``lapse``: its basis is not in force any more; ``opens``: the viewer may open it."""

    local: LocalNorm
    lapse: Lapse | None
    opens: bool
    holds: bool
    own: bool
    ended: bool

    @property
    def ahead(self) -> bool:
        """It has not begun yet."""
        return self.local.withdrawn_on is None and not self.holds and not self.over

    @property
    def over(self) -> bool:
        """It ran out, or was withdrawn."""
        return self.local.withdrawn_on is not None or self.ended


def _shown(rows: QuerySet[LocalNorm]) -> QuerySet[LocalNorm]:
    rows = rows.select_related("area", "unit__force", "instrument", "agreement__matter", "why", "withdrawal")
    return rows.order_by("area__code", "valid_from", "pk")


def lines(area: Area, on: date) -> list[Line]:
    """Every norm as it stands in an area on a day, with the communes below that differ. The same for every reader."""
    way = [area, *above(area, on)]
    below = [] if area.level == Level.COMMUNE else [c.pk for c in areas_below(area, on)]
    stated = [one for one in _shown(LocalNorm.objects.filter(area__in=[a.pk for a in way] + below)) if on in lasts(one)]
    lower, found = set(below), []
    for norm in Norm:
        steps = chain(norm, stated, [a.pk for a in way], on)
        under = [one for one in stated if one.norm == norm and one.area_id in lower]
        found.append(Line(norm, steps, [Difference(one, steps[-1].value) for one in under]))
    return found


def history(viewer: Post, norm: Norm, area: Area, on: date) -> list[Told]:
    """Everything that was laid down for a norm in an area, above and below it, the latest first; withdrawn and lapsed ones among it."""
    places = {area.pk, *(a.pk for a in above(area, on)), *(c.pk for c in areas_below(area, on))}
    rows = sorted(_shown(LocalNorm.objects.filter(area__in=places, norm=norm)), key=lambda one: (one.valid_from, one.pk), reverse=True)
    return told(viewer, rows, on)


def told(viewer: Post, rows: Sequence[LocalNorm], on: date) -> list[Told]:
    drafts = [BasisDraft("implements", one.instrument, one.agreement) for one in rows]
    named = [one.agreement_id for one in rows if one.agreement_id]
    opens = set(Agreement.objects.filter(seen(viewer, on, "matter"), pk__in=named).values_list("pk", flat=True)) if named else set()
    return [
        _told(viewer, one, lapse, one.agreement_id is None or one.agreement_id in opens, on)
        for one, lapse in zip(rows, lapses(drafts, on, viewer), strict=True)
    ]


def _told(viewer: Post, one: LocalNorm, lapse: Lapse | None, opens: bool, on: date) -> Told:
    ended = one.valid_until is not None and one.valid_until <= on
    return Told(one, lapse, opens, on in lasts(one), one.unit_id == viewer.unit_id and one.withdrawn_on is None and not ended, ended)


def local_norms(area: Area, on: date) -> QuerySet[LocalNorm]:
    """Everything that was laid down in an area and below it, whatever became of it."""
    below = AreaClosure.objects.filter(ancestor=area, valid_from__lte=on, valid_until__gt=on).values("area")
    return _shown(LocalNorm.objects.filter(area__in=below))


def found_norm(pk: int) -> LocalNorm | None:
    return _shown(LocalNorm.objects.filter(pk=pk)).first()
