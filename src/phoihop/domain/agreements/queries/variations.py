"""Where the own texts of units below differ from the one above: one text in full, or all of them by clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from ...forces.models import Force, Unit
from ...forces.rules.communal import ONE_COMMAND
from ...matters.models import PartRole
from ...people.models import Post
from ...territory.models import Area
from ..models import Adoption, Agreement, Clause, LocalNorm, Version
from ..rules.adapting import Here
from ..rules.drafts import ClauseDraft, PartyDraft
from ..rules.norms import lasts
from ..rules.redline import Change
from ..rules.variation import Variation, brief, variations
from .agreement import seen_agreements
from .bound import units_there
from .cascade import adoptions_of
from .drafted import clause_draft
from .in_force import standing_versions
from .versions import readable, readable_on


@dataclass(slots=True)
class ClauseVaried:
    """A clause of the text above, with the own texts in which it reads otherwise, or does not stand."""

    label: str
    heading: str
    changed: list[Adoption] = field(default_factory=list)
    removed: list[Adoption] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Varied:
    """``clauses``: those that somebody below has otherwise; ``count``: by adoption, in how many clauses its text differs; ``added``: who added some."""

    clauses: list[ClauseVaried]
    count: dict[int, int]
    added: list[Adoption]


def text_of(viewer: Post, agreement: Agreement, on: date) -> list[ClauseDraft]:
    """The text that holds on a day; before one does, the newest that the viewer may read."""
    return _texts([readable_on(viewer, agreement, on)])[agreement.pk]


def compared(viewer: Post, upper: Agreement, own: Agreement, on: date) -> list[Variation]:
    """Both texts clause by clause; both were fetched for their viewer."""
    return variations(text_of(viewer, upper, on), text_of(viewer, own, on), _level(own))


def varied(viewer: Post, agreement: Agreement, on: date) -> Varied:
    """All own texts below that the viewer may read, against the one above."""
    open_ = set(seen_agreements(viewer, on).filter(adopts__agreement=agreement).values_list("pk", flat=True))
    rows = [a for a in adoptions_of(viewer, agreement, on) if a.own_id in open_]
    texts = _texts(_versions(viewer, [a.own for a in rows if a.own], on))
    above = text_of(viewer, agreement, on)
    found, count, added = [ClauseVaried(c.label, c.heading) for c in above], {}, []
    told: set[int] = set()
    for one in rows:
        assert one.own is not None
        changes = [change for change in brief(above, texts[one.own.pk], _level(one.own)) if change[1] != Change.SAME]
        count[one.pk] = len(changes)
        if one.own.pk in told:  # the same text of another who signed it
            continue
        told.add(one.own.pk)
        for place, change in changes:
            if place is not None:
                (found[place].removed if change == Change.REMOVED else found[place].changed).append(one)
        if any(place is None for place, _change in changes):
            added.append(one)
    return Varied([c for c in found if c.changed or c.removed], count, added)


def _level(own: Agreement) -> str:
    return own.matter.area.level


def _versions(viewer: Post, agreements: Sequence[Agreement], on: date) -> list[Version]:
    """What :func:`readable_on` gives of each. Two queries, however many."""
    standing = {v.agreement_id: v for v in standing_versions(agreements, on)}
    last = {v.agreement_id: v for v in Version.objects.filter(readable(viewer), agreement__in=agreements).order_by("number")}
    return [standing.get(pk, version) for pk, version in last.items()]


def _texts(versions: Sequence[Version]) -> dict[int, list[ClauseDraft]]:
    """The clauses of many versions by agreement. Five queries, however many."""
    rows = Clause.objects.filter(version__in=versions).select_related("heading", "text", "version")
    texts: dict[int, list[ClauseDraft]] = {version.agreement_id: [] for version in versions}
    for clause in rows.prefetch_related("duties__roles__unit__force", "duties__roles__force").order_by("order"):
        texts[clause.version.agreement_id].append(clause_draft(clause))
    return texts


def here_of(unit: Unit, upper: Agreement, on: date) -> Here:
    """Where a unit's own text is to hold: its area, the units there of the forces that signed above, what the place laid down itself."""
    signed = [p.unit.force_id for p in upper.parties.filter(signs=True).select_related("unit").order_by("order", "pk")]
    there = units_there(signed, [unit.area], unit.area.level, on)
    units = {u.pk: u for force in signed if (u := there.get((force, unit.area_id))) and u.pk != unit.pk}
    parties = [PartyDraft(unit, PartRole.LEAD), *(PartyDraft(other, PartRole.SUPPORT) for other in units.values())]
    return Here(unit.area, parties, _stand_ins(unit.area, on), _laid_down(unit.area, on))


def _stand_ins(area: Area, on: date) -> dict[int, Force]:
    """Of military and militia the one that has no unit of its own here, with the other, whose command stands for it."""
    of_one_command = Force.objects.filter(code__in=ONE_COMMAND).values_list("pk", flat=True)
    there = units_there(of_one_command, [area], area.level, on)
    return {force: unit.force for (force, _area), unit in there.items() if unit.force_id != force}


def _laid_down(area: Area, on: date) -> dict[str, str]:
    return {one.norm: one.value for one in LocalNorm.objects.filter(area=area) if on in lasts(one)}
