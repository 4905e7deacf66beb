"""Who was asked for a text of its own, and what each made of it: by commune, and the difference to the text above."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import QuerySet

from ...forces.models import Force, Unit, UnitKind
from ...forces.rules.communal import with_other_name
from ...matters.queries.sight import sight_of
from ...matters.rules import Facet, opens
from ...people.models import Post
from ...territory.models import Area, AreaClosure, Level
from ...territory.queries import exists_on
from ..models import Adoption, AdoptionForm, Agreement
from ..rules.cascade import is_late, reminded_today
from .agreement import seen_agreements


@dataclass(slots=True)
class CommuneLine:
    """A commune with what its units made of an agreement; ``worst``: what the map shows of it."""

    area: Area
    adoptions: list[Adoption] = field(default_factory=list)
    late: int = 0

    @property
    def worst(self) -> str:
        """Late before waiting before declined before adapted before as it is."""
        forms = {a.form for a in self.adoptions}
        order = (AdoptionForm.WAITING, AdoptionForm.DECLINED, AdoptionForm.ADAPTED, AdoptionForm.AS_IS)
        return "late" if self.late else next(str(form.value) for form in order if form in forms)


@dataclass(frozen=True, slots=True)
class Cascade:
    """``lines``: communes and other places of the asked units; ``counts``: asked units by form; ``late``: of those that wait."""

    lines: list[CommuneLine]
    counts: Counter[str]
    late: int

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def answered(self) -> int:
        return self.total - self.counts[AdoptionForm.WAITING]


def adoptions_of(viewer: Post, agreement: Agreement, on: date) -> QuerySet[Adoption]:
    """The adoptions of an agreement: all of them to whoever sees its parties, else the own unit's alone."""
    rows = Adoption.objects.filter(agreement=agreement).select_related("unit__force", "unit__area", "own__matter__title", "reason")
    if not opens(sight_of(viewer, agreement.matter, on), Facet.PARTIES):
        rows = rows.filter(unit=viewer.unit_id)
    return rows.order_by("unit__area__code", "unit__force__order", "pk")


def adoptions_seen(viewer: Post, on: date) -> QuerySet[Adoption]:
    """Every adoption of an agreement whose text the viewer may read."""
    return Adoption.objects.filter(agreement__in=seen_agreements(viewer, on).values("pk")).select_related("agreement__matter", "unit__force")


def own_adoption(viewer: Post, agreement: Agreement) -> Adoption | None:
    """What the viewer's unit was asked, and what it made of it; None if it was not asked."""
    return Adoption.objects.filter(agreement=agreement, unit=viewer.unit_id).select_related("agreement__matter", "unit", "own__matter", "reason").first()


def cascade_of(viewer: Post, agreement: Agreement, on: date) -> Cascade:
    """What became of an agreement below, one line for each place."""
    lines: dict[int, CommuneLine] = {}
    counts: Counter[str] = Counter()
    late = 0
    for adoption in adoptions_of(viewer, agreement, on):
        line = lines.setdefault(adoption.unit.area_id, CommuneLine(adoption.unit.area))
        line.adoptions.append(adoption)
        counts[adoption.form] += 1
        if is_late(adoption, on):
            line.late += 1
            late += 1
    return Cascade(list(lines.values()), counts, late)


def waiting_for_reminder(agreement: Agreement, now: datetime) -> list[Adoption]:
    """Units that have not answered and were not reminded today."""
    rows = Adoption.objects.filter(agreement=agreement, form=AdoptionForm.WAITING).select_related("unit")
    return [a for a in rows.order_by("pk") if not reminded_today(a, now)]


def units_in_scope(agreement: Agreement, on: date, forces: Iterable[Force] = ()) -> list[Unit]:
    """The units of the communes in which the agreement holds, of the given forces (none: of the parties' forces), that are no party themselves."""
    areas = agreement.areas.values("area")
    inside = AreaClosure.objects.filter(ancestor__in=areas, area__level=Level.COMMUNE, valid_from__lte=on, valid_until__gt=on).values("area")
    wanted = [f.code for f in forces] or list(agreement.parties.values_list("unit__force__code", flat=True))
    rows = Unit.objects.filter(exists_on(on), kind=UnitKind.COMMUNE_HQ, area__in=inside, force__code__in=with_other_name(wanted, Level.COMMUNE))
    return list(rows.exclude(agreement_parties__agreement=agreement).select_related("force", "area").order_by("area__code", "force__order", "pk"))
