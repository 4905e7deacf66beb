"""Proposals for groups of communes: clusters along the former districts, and compact defence regions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from phoihop.kernel.period import ONE_DAY

from ..models import Area, AreaKind, AreaParent, Level
from ..rules.dividing import Member, called_after, divided, how_many
from ..rules.judging import GroupDraft
from ..rules.lists import TWO_TIERS
from ..rules.names import word_of
from .lineage import became_all
from .tree import areas_below, exists_on


def propose_clusters(province: Area, on: date) -> list[GroupDraft]:
    """One cluster for every former district, of the communes that most of its communes became."""
    before = TWO_TIERS - ONE_DAY
    communes = list(areas_below(province, on))
    sources = became_all(communes, before)
    districts = _districts({s.pk for areas in sources.values() for s in areas}, before)
    chosen: dict[int, list[Area]] = {}
    for commune in communes:
        votes = Counter(districts[s.pk].pk if s.level == Level.COMMUNE else s.pk for s in sources[commune.pk] if s.level == Level.DISTRICT or s.pk in districts)
        if votes:
            chosen.setdefault(votes.most_common(1)[0][0], []).append(commune)
    names, codes = _names(chosen, before), dict(Area.objects.filter(pk__in=chosen).values_list("pk", "code"))
    drafts = [GroupDraft(f"{province.code}.C{codes[pk]}", names[pk], members) for pk, members in chosen.items()]
    return sorted(drafts, key=lambda draft: draft.code)


def _names(districts: Iterable[int], on: date) -> dict[int, str]:
    """The name of each district; namesakes with their province, or with what they were (a town and a district Duyên Hải)."""
    named = Area.objects.in_bulk(list(districts))
    above = _parents(named, on)
    names = Counter(area.name for area in named.values())
    placed = Counter((area.name, above[pk].name) for pk, area in named.items())
    found = {}
    for pk, area in named.items():
        if names[area.name] == 1:
            found[pk] = area.name
        elif placed[area.name, above[pk].name] == 1:
            found[pk] = f"{area.name} ({above[pk].name})"
        else:
            found[pk] = f"{area.name} ({word_of(area.kind)})"
    return found


def propose_regions(province: Area, on: date) -> list[GroupDraft]:
    """Defence regions of 20 to 50 communes each, numbered and called after the ward nearest to their middle."""
    communes = {c.pk: c for c in areas_below(province, on) if c.lat is not None and c.lon is not None}
    members = [Member(c.pk, c.name, c.lat or 0.0, c.lon or 0.0, c.kind == AreaKind.WARD) for c in communes.values()]
    groups = [group for group in divided(members, how_many(len(members))) if group]
    return [GroupDraft(f"{province.code}.P{n}", f"{n} – {called_after(group).name}", [communes[m.id] for m in group]) for n, group in enumerate(groups, 1)]


def _districts(communes: Iterable[int], on: date) -> dict[int, Area]:
    return {pk: parent for pk, parent in _parents(communes, on).items() if parent.level == Level.DISTRICT}


def _parents(areas: Iterable[int], on: date) -> dict[int, Area]:
    rows = AreaParent.objects.filter(exists_on(on), area__in=list(areas)).select_related("parent")
    return {row.area_id: row.parent for row in rows}
