"""Which communes of an area have an agreement in force for which content."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ...people.models import Post
from ...people.rules import allowed
from ...territory.models import Area, AreaClosure
from ...territory.queries import areas_below
from ..models import Agreement, AgreementArea, AgreementKind, Clause, Norm
from ..rules.coverage import Held, coverage
from .in_force import standing_versions
from .norms import holding_in
from .standing import in_force

REGULATING = (AgreementKind.REGULATION, AgreementKind.JOINT_PROGRAMME)
"""What lays down how forces work together; plans and directives do not stand in for it."""


def covered(viewer: Post, area: Area, on: date) -> tuple[list[Area], dict[int, dict[str, frozenset[int]]]]:
    """The communes of an area, and for each content the regulations and joint programmes in force there. Raises Refused for who sees no figures."""
    allowed(viewer, "figure.view", on).enforce()
    communes = list(areas_below(area, on))
    above: dict[int, list[int]] = {}
    rows = AreaClosure.objects.filter(area__in=[c.pk for c in communes], valid_from__lte=on, valid_until__gt=on)
    for commune, ancestor in rows.values_list("area", "ancestor"):
        above.setdefault(commune, []).append(ancestor)
    return communes, coverage([c.pk for c in communes], above, _held({a for some in above.values() for a in some}, on))


def _held(areas: set[int], on: date) -> list[Held]:
    regulating = Agreement.objects.filter(pk__in=in_force(on).values("pk"), kind__in=REGULATING)
    where: dict[int, list[int]] = {}
    for agreement, area in AgreementArea.objects.filter(agreement__in=regulating, area__in=areas).values_list("agreement", "area"):
        where.setdefault(agreement, []).append(area)
    standing = standing_versions(Agreement.objects.filter(pk__in=list(where)), on)
    said = Clause.objects.filter(version__in=standing.values("pk")).exclude(content="").values_list("version__agreement", "content").distinct()
    return [Held(agreement, area, content) for agreement, content in said for area in where[agreement]]


def wanted_in(communes: Sequence[Area], on: date) -> dict[int, list[str]]:
    """For each commune the contents that its regulations have to cover: all that ship, or those laid down there or above it."""
    return {pk: value.split(",") for pk, value in holding_in(Norm.CONTENTS, [c.pk for c in communes], on).items()}
