"""What kind of text a version is, whom it binds, where it holds. What its lead writes and has not sent is read of that version alone (``models.drafting``)."""

from __future__ import annotations

from ...forces.models import Unit
from ...forces.queries.voices import voices
from ...territory.models import Area
from ..models import Agreement, AgreementParty, DraftHead, Version
from ..rules.canonical import kind_in, parties_in
from ..rules.versions import is_apart


def head_laid(version: Version) -> Agreement | DraftHead:
    """Where kind, number style, situation and clearance of a version stand: of the text sent last with the agreement."""
    return version.draft_head if is_apart(version) else version.agreement


def kind_of(version: Version) -> str:
    """As the text says that was sent; of a draft, as it is now."""
    return kind_in(version.canonical) if version.canonical else head_laid(version).kind


def parties_of(version: Version) -> list[AgreementParty]:
    """The parties in the order in which they sign, who approves last: of the text sent last those of the agreement, with who stands in a place since;
    of a draft after it what is laid down for it; of an earlier text whom it named, as parties that are not stored.
    """
    agreement = version.agreement
    if is_apart(version):
        rows = version.draft_parties.select_related("unit__force", "unit__area").order_by("approves", "order", "pk")
        return [_party(agreement, p.unit, p.role, p.signs, p.approves, p.order, None) for p in rows]  # nobody has received it
    if version.canonical and _sent_since(version):
        return _named(version)
    return list(agreement.parties.select_related("unit__force", "unit__area").order_by("approves", "order", "pk"))


def units_of(version: Version) -> set[int]:
    """The keys of the units that a version binds, or that follow it."""
    return {p.unit_id for p in parties_of(version)}


def areas_of(version: Version) -> list[Area]:
    """Where it holds; the first is the one it is kept under."""
    rows = version.draft_areas if is_apart(version) else version.agreement.areas
    return [row.area for row in rows.select_related("area").order_by("pk")]


def _sent_since(version: Version) -> bool:
    """Whether the parties were sent a later text."""
    later = Version.objects.filter(agreement=version.agreement_id, number__gt=version.number)
    return later.exclude(opinions_at=None, signing_at=None).exists()


def _named(version: Version) -> list[AgreementParty]:
    """Whom an earlier text named, or who stands in their place since; who took over from two of them stands once, and signs if either did."""
    named = parties_in(version.canonical)
    units = {u.key: u for u in Unit.objects.filter(key__in=[p.key for p in named]).select_related("force", "area")}
    there = {p.unit.key: p for p in version.agreement.parties.select_related("unit__force", "unit__area")}
    for key, row in list(there.items()):
        if key not in units:
            units |= dict.fromkeys(Unit.objects.filter(pk__in=voices(row.unit_id), key__in=units.keys() - there.keys()).values_list("key", flat=True), row.unit)
    found: dict[int, AgreementParty] = {}
    for n, p in enumerate(named):
        if (unit := units.get(p.key)) is None:
            continue
        if unit.pk in found:
            found[unit.pk].signs |= p.signs
        else:
            found[unit.pk] = _party(version.agreement, unit, p.role, p.signs, p.approves, n, there.get(unit.key))
    return sorted(found.values(), key=lambda p: p.approves)


def _party(agreement: Agreement, unit: Unit, role: str, signs: bool, approves: bool, order: int, there: AgreementParty | None) -> AgreementParty:
    """``there``: the same unit as a party of the text sent last, of which it is known when it received it."""
    received, reminded = (there.received_at, there.reminded_at) if there else (None, None)
    return AgreementParty(
        agreement=agreement, unit=unit, role=role, signs=signs, approves=approves, order=order, received_at=received, reminded_at=reminded
    )  # fmt: skip
