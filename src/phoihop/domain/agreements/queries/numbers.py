"""Which entries of the register bear a number already: whose they are, and which of them say the same document."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import ExtractYear

from ...forces.models import Unit
from ...matters.queries.sight import seen
from ...people.models import Post
from ..models import Agreement, AgreementParty, Declining, Signature
from ..rules.numbering import Entry, Numbered, letters_of, written

Key = tuple[int, int, int, str]
"""What one document has in every register: issuer, year, number and folded symbol."""


def entries_of(unit: Unit, issuer: Unit, numbered: Numbered, year: int, but: int) -> list[Entry]:
    """What the unit's own register has under this number of this issuer and year, however its letters are written; not the one with the key ``but``."""
    rows = Agreement.objects.filter(issuer=issuer, number=numbered.number, issued_on__year=year).exclude(pk=but)
    return _known_to(unit, rows).get((issuer.pk, year, numbered.number, letters_of(numbered.symbol)), [])


def entries(unit: Unit, issuers: Iterable[int]) -> dict[Key, list[Entry]]:
    """Every numbered document of these issuers in the unit's own register: for a whole imported book."""
    return _known_to(unit, Agreement.objects.filter(issuer__in=set(issuers), number__isnull=False))


def _known_to(unit: Unit, rows: QuerySet[Agreement]) -> dict[Key, list[Entry]]:
    """What the unit wrote, signed or acknowledged, and what it is asked to; of what others wrote for themselves it has no word."""
    own = {"unit": unit, "version__agreement": OuterRef("pk")}
    mine = Q(matter__lead=unit) | Exists(Signature.objects.filter(**own))
    party = Exists(AgreementParty.objects.filter(unit=unit, agreement=OuterRef("pk")))
    known = rows.annotate(mine=Case(When(mine, then=Value(True)), default=Value(False))).filter(
        Q(mine=True) | Q(party, ~Exists(Declining.objects.filter(**own)))
    )
    found: dict[Key, list[Entry]] = {}
    for a in known.select_related("matter__title", "matter__lead").order_by("pk"):
        found.setdefault(_key(a), []).append(Entry(a.matter.code, f"{name_of(a)} ({a.matter.code})", a.matter.lead.name, a.mine))
    return found


def _key(a: Agreement) -> Key:
    assert a.issued_on is not None and a.number is not None
    return a.issuer_id, a.issued_on.year, a.number, a.letters


def same_document(viewer: Post, agreement: Agreement, on: date) -> list[Agreement]:
    """What other units wrote of the same document, as far as the viewer sees it; the issuer's own entry first."""
    if agreement.number is None or agreement.issued_on is None:
        return []
    rows = Agreement.objects.filter(seen(viewer, on, "matter"), issuer=agreement.issuer_id, number=agreement.number, issued_on__year=agreement.issued_on.year)
    found = _by_issuer(rows.exclude(pk=agreement.pk)).select_related("matter__title", "matter__lead__force", "matter__area", "issuer__force")
    return [a for a in found.order_by("copy", "pk") if _key(a) == _key(agreement)]


def once(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Of several entries of one document the issuer's own, else the first: what counts documents counts none twice."""
    ranked = _by_issuer(rows)
    same = ranked.filter(issuer=OuterRef("issuer"), number=OuterRef("number"), letters=OuterRef("letters"), issued_on__year=ExtractYear(OuterRef("issued_on")))
    before = Q(copy__lt=OuterRef("copy")) | Q(copy=OuterRef("copy"), pk__lt=OuterRef("pk"))
    return ranked.filter(~Exists(same.filter(before)))


def _by_issuer(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.alias(copy=Case(When(matter__lead=F("issuer"), then=Value(0)), default=Value(1)))


def name_of(agreement: Agreement) -> str:
    """How a document is named in a sentence: its number, else its spoken code."""
    return written(agreement.number, agreement.symbol, agreement.style) or agreement.matter.code
