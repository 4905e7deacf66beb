"""Who leads, supports, advises, informs: the matrix of duties, of one agreement or of all in force for my unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from ...forces.models import Force
from ...matters.models import Participation
from ...matters.queries.sight import seen_by
from ...people.models import Post
from ...territory.models import AreaClosure, Level
from ..models import Agreement, AgreementArea, AgreementParty, ContentArea, Duty, DutyRole, Version
from .bound import stands_for
from .in_force import standing_versions
from .standing import in_force

ORDER = list(ContentArea.values)


@dataclass(frozen=True, slots=True)
class Line:
    """One duty: what its clause is about, at which level, and the part of each force (or named unit of it) by the force's code."""

    duty: Duty
    content: str
    parts: dict[str, list[DutyRole]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Matrix:
    """``lines`` in the order of contents; ``forces``: the columns that have any part."""

    lines: Sequence[Line]
    forces: Sequence[Force]


def matrix(version: Version) -> Matrix:
    """The duties of one text, as they stand in it."""
    return _matrix(Duty.objects.filter(clause__version=version))


def matrix_in_force(viewer: Post, on: date) -> Matrix:
    """The duties of every text in force that binds my unit, or that holds where my unit stands and names its force."""
    return _matrix(Duty.objects.filter(clause__version__in=standing_versions(binding(viewer, on), on).values("pk")))


def binding(viewer: Post, on: date) -> QuerySet[Agreement]:
    """Agreements in force for my unit: it is a party, takes part, or a duty falls to its force in its area. Only what it may see."""
    unit = viewer.unit
    here = AreaClosure.objects.filter(area=unit.area_id, valid_from__lte=on, valid_until__gt=on).values("ancestor")
    party = AgreementParty.objects.filter(agreement=OuterRef("pk"), unit=unit)
    part = Participation.objects.filter(matter=OuterRef("matter"), unit=unit)
    of_force = Q(force=unit.force_id) | Q(force__in=stands_for(unit, on), duty__level=Level.COMMUNE)
    named = DutyRole.objects.filter(Q(unit=unit) | of_force, duty__clause__version__agreement=OuterRef("pk"))
    holds = AgreementArea.objects.filter(agreement=OuterRef("pk"), area__in=here)
    seen = Q(matter__in=seen_by(viewer, on).values("pk"))
    return in_force(on).filter(Q(seen, Exists(party) | Exists(part)) | Q(Exists(named), Exists(holds)))


def _matrix(duties: QuerySet[Duty]) -> Matrix:
    rows = list(duties.select_related("clause__version__agreement__matter__title").order_by("clause__version__agreement", "clause__order", "order"))
    lines = {duty.pk: Line(duty, duty.clause.content) for duty in rows}
    forces: dict[int, Force] = {}
    for role in DutyRole.objects.filter(duty__in=list(lines)).select_related("unit__force", "force").order_by("pk"):
        force = role.unit.force if role.unit else role.force
        assert force is not None
        forces[force.pk] = force
        lines[role.duty_id].parts.setdefault(force.code, []).append(role)
    place = {content: n for n, content in enumerate(ORDER)}
    ordered = sorted(lines.values(), key=lambda line: place.get(line.content, len(place)))
    return Matrix(ordered, sorted(forces.values(), key=lambda f: f.order))
