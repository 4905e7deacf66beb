"""Which document bears a number already."""

from __future__ import annotations

from collections.abc import Iterable

from phoihop.kernel.text import fold

from ...forces.models import Unit
from ..models import Agreement
from ..rules.numbering import Numbered, written


def holder_of(issuer: Unit, numbered: Numbered, year: int, but: int | None = None) -> Agreement | None:
    """The document with this number and symbol of this issuer and year, however its letters are written; not the one with the key ``but``."""
    same = Agreement.objects.filter(issuer=issuer, number=numbered.number, issued_on__year=year).select_related("matter__title")
    return next((a for a in same.order_by("pk") if a.pk != but and fold(a.symbol) == fold(numbered.symbol)), None)


def holders(issuers: Iterable[int]) -> dict[tuple[int, int, int, str], Agreement]:
    """Every numbered document of these issuers by issuer, year, number and folded symbol: for a whole imported register."""
    rows = Agreement.objects.filter(issuer__in=set(issuers), number__isnull=False).select_related("matter__title")
    return {(a.issuer_id, a.issued_on.year, a.number, fold(a.symbol)): a for a in rows if a.issued_on is not None and a.number is not None}


def name_of(agreement: Agreement) -> str:
    """How a document is named in a sentence: its number, else its spoken code."""
    return written(agreement.number, agreement.symbol, agreement.style) or agreement.matter.code
