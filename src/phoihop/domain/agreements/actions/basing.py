"""What an agreement stands on, and the number it is given."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from phoihop.kernel.action import action, locked
from phoihop.kernel.period import local_day
from phoihop.kernel.text import nfc
from phoihop.kernel.verdict import YES, Verdict, first_no

from ...matters.actions.journal import write
from ...matters.actions.texts import keep_many
from ...matters.models import Body, Purpose
from ...people.models import Post
from ..models import Agreement, Basis, DraftBasis, LinkKind, Version
from ..queries.bases import bases_laid, lapses, stands_on, who_stand_behind
from ..queries.heads import parties_of
from ..queries.numbers import entries_of, name_of
from ..queries.standing import standing_of
from ..queries.versions import current
from ..rules import basis as rules
from ..rules import numbering, register
from ..rules.basis import BasisDraft
from ..rules.numbering import Numbered
from ..rules.reviewing import HOLDS_NO_MORE
from ..rules.versions import is_apart


@action
def set_bases(*, by: Post, agreement: Agreement, bases: Sequence[BasisDraft], at: datetime) -> int:
    """Say what a draft implements, amends or replaces; what stood there before is taken away. A basis that has lapsed asks first.

    What was sent to the parties names its bases: then a new version is drafted instead.
    """
    agreement = locked(agreement)
    on = local_day(at)
    register.may_keep(by, agreement, on).enforce()
    rules.not_sent(current(agreement)).enforce()
    rules.replaces_the_same(agreement.agreed_on is not None, {d.earlier.pk for d in replacing(agreement) if d.earlier}, bases).enforce()
    texts = lay_bases(agreement, bases, at)
    write(by=by, what="agreement.based", at=at, matter=agreement.matter, bases=facts_of(bases), texts=texts)
    return len(bases)


def lay_bases(agreement: Agreement, bases: Sequence[BasisDraft], at: datetime) -> dict[str, Body | None]:
    """Judge and write the bases. Called by the actions that set them and that register a document; returns their words for the event."""
    on = local_day(at)
    rules.fits_bases(bases).enforce()
    questions = []
    for n, (draft, lapse) in enumerate(zip(bases, lapses(bases, on), strict=True)):
        if draft.earlier is not None:
            rules.not_circular(agreement.pk, draft, stands_on(draft.earlier), name_of(draft.earlier)).at(f"bases.{n}").enforce()
            may_replace(agreement, draft, on).at(f"bases.{n}").enforce()
        questions.append(rules.basis_stands(draft, lapse).at(f"bases.{n}"))
    first_no(*questions).enforce()
    version = current(agreement)
    words = _kept(version, [d.cited for d in bases], at)
    said = [{"kind": d.kind, "instrument": d.instrument, "earlier": d.earlier, "cited": text} for d, text in zip(bases, words, strict=True)]
    if is_apart(version):
        version.draft_bases.all().delete()
        DraftBasis.objects.bulk_create([DraftBasis(version=version, **one) for one in said])
    else:
        agreement.bases.all().delete()
        Basis.objects.bulk_create([Basis(agreement=agreement, **one) for one in said])
    return {f"basis{n}": text for n, text in enumerate(words, 1) if text is not None}


def replacing(agreement: Agreement) -> list[BasisDraft]:
    """Which agreements of the register it says that it replaces."""
    rows = agreement.bases.filter(kind=LinkKind.REPLACES, earlier__isnull=False).select_related("earlier__matter__title")
    return [BasisDraft(row.kind, earlier=row.earlier) for row in rows]


def may_replace(agreement: Agreement, draft: BasisDraft, on: date) -> Verdict:
    """Whether the agreement, with the parties that it has now, may stand in the place of what it is said to replace. Judged again as it is laid for signing."""
    if draft.kind != LinkKind.REPLACES or draft.earlier is None:
        return YES
    earlier, signing = draft.earlier, {p.unit_id for p in parties_of(current(agreement)) if p.signs}
    return rules.may_replace(draft, standing_of(earlier, on) in HOLDS_NO_MORE, who_stand_behind(earlier, on) <= signing, name_of(earlier))


def _kept(version: Version, cited: Sequence[str], at: datetime) -> list[Body | None]:
    """Words that stood there before keep their body, so that a text that was sent can be proved by them still."""
    stored = Basis.objects.filter(agreement=version.agreement_id).select_related("cited")  # also what the text sent last says
    former = {b.cited.text: b.cited for b in (*stored, *bases_laid(version)) if b.cited is not None and not b.cited.erased_at}
    clean = [nfc(text).strip() for text in cited]
    fresh = keep_many(["" if text in former else text for text in clean], Purpose.CLAUSE, at)
    return [former.get(text) or body for text, body in zip(clean, fresh, strict=True)]


def facts_of(bases: Sequence[BasisDraft]) -> list[list[str]]:
    """The bases as the journal names them; the words of those outside the register are among its texts."""
    return [[d.kind, d.instrument.code if d.instrument else d.earlier.matter.code if d.earlier else ""] for d in bases]


@action
def number_agreement(*, by: Post, agreement: Agreement, number: str, issued_on: date, at: datetime) -> Agreement:
    """Give a signed document its number and symbol. One that the unit used this year is refused, with the document that has it."""
    agreement = locked(agreement)
    today = local_day(at)
    register.may_keep(by, agreement, today).enforce()
    register.may_number(agreement).enforce()
    numbered = fitting_number(by, agreement, number, issued_on, today)
    bear(agreement, numbered, issued_on)
    agreement.save(update_fields=["number", "symbol", "letters", "style", "issued_on"])
    write(by=by, what="agreement.numbered", at=at, matter=agreement.matter, number=numbered.number, issued=issued_on)
    return agreement


def bear(agreement: Agreement, numbered: Numbered, issued_on: date) -> None:
    """The agreement bears a number. The caller saves it."""
    agreement.number, agreement.symbol, agreement.letters = numbered.number, numbered.symbol, numbering.letters_of(numbered.symbol)
    agreement.style, agreement.issued_on = numbered.style, issued_on


def fitting_number(by: Post, agreement: Agreement, number: str, issued_on: date, today: date) -> Numbered:
    """The number read and found free. Raises Refused. Called by the actions that number and that register a document."""
    numbered, verdict = numbering.read_number(number)
    verdict.enforce()
    assert numbered is not None
    numbering.issued_in_time(issued_on, today).enforce()
    there = entries_of(by.unit, agreement.issuer, numbered, issued_on.year, agreement.pk)
    numbering.number_is_free(there, issued_on.year, agreement.issuer_id == by.unit_id).enforce()
    return numbered
