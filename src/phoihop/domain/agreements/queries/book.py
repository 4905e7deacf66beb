"""What a book of documents is compared with before anything of it is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from phoihop.kernel.text import fold

from ...forces.models import Unit
from ...forces.queries import faces, units_of
from ...people.models import Post
from ...people.queries.roster import units_named
from ...people.rules.roster import Named
from ..models import LinkKind
from ..rules.basis import BasisDraft
from ..rules.book import BookLine, Cleared, Known, Settled, bases_in, named_in, settle
from ..rules.numbering import letters_of, read_number
from .instruments import by_number
from .listed import register
from .numbers import entries


def preview(by: Post, lines: Sequence[BookLine], cleared: Cleared, on: date) -> list[Settled]:
    """Every line with the document that it means, or with what is doubtful about it. Writes nothing."""
    return settle(lines, _known(by, lines, on), cleared)


def _known(by: Post, lines: Sequence[BookLine], on: date) -> Known:
    units = _units({text for line in lines for text in named_in(line)}, by.unit, on)
    issuers = {by.unit_id} | {named.sure.pk for named in units.values() if named.sure is not None}
    return Known(on, by.unit, units, _bases(by, {text for line in lines for text in bases_in(line)}, on), entries(by.unit, issuers))


def _units(texts: Iterable[str], own: Unit, on: date) -> dict[str, Named]:
    """What each text stands for: a force alone ("CA", "Bộ đội Biên phòng") is its unit beside the own one; else a unit by its name."""
    beside: dict[str, list[Unit]] = {}
    for unit in units_of(own.area, on):
        face = faces(on).get(unit.force.code)
        for name in {unit.force.code, *((face.name, face.monogram) if face else ())}:
            beside.setdefault(fold(name), []).append(unit)
    alone = {text: Named(found[0], tuple(found)) for text in texts if len(found := beside.get(fold(text), [])) == 1}
    return units_named([text for text in texts if text not in alone], on, own.home) | alone


def _bases(by: Post, texts: Iterable[str], on: date) -> dict[str, BasisDraft]:
    """Instruments by their number; else a document of the register that the unit sees."""
    known = {text: BasisDraft(LinkKind.IMPLEMENTS, instrument=one) for text, one in by_number(texts).items()}
    seen = {(a.number, a.letters): a for a in register(by, on).filter(number__isnull=False)}
    for text in texts:
        numbered, _verdict = read_number(text)
        earlier = seen.get((numbered.number, letters_of(numbered.symbol))) if numbered else None
        if text not in known and earlier is not None:
            known[text] = BasisDraft(LinkKind.IMPLEMENTS, earlier=earlier)
    return known
