"""Existing documents come into the register: number, day, parties and scan. Each party then acknowledges the paper original for itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from phoihop.kernel.action import action, answering
from phoihop.kernel.period import local_day
from phoihop.kernel.upload import Upload
from phoihop.kernel.verdict import of_row

from ...matters.actions.journal import write
from ...matters.models import PartRole
from ...people.models import Post
from ..models import Agreement, Norm, Signature
from ..queries.bases import lapses
from ..queries.book import preview
from ..queries.norms import holding
from ..queries.papers import first_word_on
from ..queries.versions import current
from ..rules import book, reviewing
from ..rules import register as rules
from ..rules.book import BookLine, Cleared, Settled
from ..rules.drafting import PLANS
from ..rules.drafts import AgreementDraft, PartyDraft
from ..rules.register import RegisterDraft
from ..rules.signing import PaperDraft
from .basing import bear, facts_of, fitting_number, lay_bases
from .drafting import draft_agreement
from .sending import open_signing
from .signing import acknowledge_paper, record_paper

SIGNERS = "theo bản giấy"
"""Who signed a document of an imported book: its book does not say, the paper does."""


@action
def register_on_paper(*, by: Post, draft: RegisterDraft, at: datetime, scans: Sequence[Upload] = ()) -> Agreement:
    """Write an existing document into the register, with at most one scan of it, or its text as .docx.

    The own unit, a party of it, acknowledges the paper at once; the others are asked to.
    """
    return _register(by, draft, at, scans)


@action
def register_many(*, by: Post, drafts: Sequence[RegisterDraft], at: datetime) -> list[Agreement]:
    """Write up to 20 existing documents into the register: all of them or, if one is refused, none."""
    rules.fits_many(len(drafts)).enforce()
    return [_register(by, draft, at, (), n, len(drafts)) for n, draft in enumerate(drafts)]


def _register(by: Post, d: RegisterDraft, at: datetime, scans: Sequence[Upload], n: int = 0, count: int = 1) -> Agreement:
    today = local_day(at)
    of_row(rules.may_register(by, today), "drafts", n, count).enforce()
    of_row(rules.is_party(by.unit, d.draft), "drafts", n, count).enforce()
    rules.are_copies(scans).enforce()
    of_row(reviewing.fits_schedule(d.next_review, d.draft.review_months, d.issued_on), "drafts", n, count).enforce()
    a = draft_agreement(by=by, draft=d.draft, at=at)
    a.issuer = d.issuer
    numbered = fitting_number(by, a, d.number, d.issued_on, today)
    bear(a, numbered, d.issued_on)
    a.on_paper, a.next_review = True, d.next_review
    a.save()
    texts = lay_bases(a, d.bases, at)
    write(
        by=by, what="agreement.registered", at=at, matter=a.matter, issuer=d.issuer.key, number=numbered.number, issued=d.issued_on,
        bases=facts_of(d.bases), texts=texts,
    )  # fmt: skip
    version = open_signing(by=by, agreement=a, workdays=holding(a.matter.area_id, today).number(Norm.PAPER_DAYS), at=at)
    paper = PaperDraft(d.issued_on, str(numbered), d.signers)
    record_paper(by=by, agreement=a, digest=version.digest, paper=paper, scans=scans, at=at)
    return Agreement.objects.select_related("matter").get(pk=a.pk)


@action
def enter_book(*, by: Post, lines: Sequence[BookLine], cleared: Cleared, at: datetime) -> list[Agreement]:
    """Write up to 20 lines of an imported book: all, or with one doubtful cell none. What is in the register already is left alone,
    and what another unit wrote with the own one as a party, unless the caller is sure of its code.

    Raises Refused naming the cell (``lines.3.number``), and when there is nothing to do.
    """
    today = local_day(at)
    rules.may_register(by, today).enforce()
    book.fits_at_once(len(lines)).enforce()
    settled = preview(by, lines, cleared, today)
    for n, one in enumerate(settled):
        for name, verdict in one.doubts.items():
            verdict.at(f"lines.{n}.{name}").enforce()
    new = [one for one in settled if not one.there and not one.elsewhere.stands]
    book.brings_something(len(new)).enforce()
    # What a document stood on when it was issued may have lapsed since: no question for a book of the past.
    since = frozenset(lapse.name for one in new for lapse in lapses(one.bases, today) if lapse is not None)
    return answering(register_many, since)(by=by, drafts=[_drafted(by, one, cleared) for one in new], at=at)


def _drafted(by: Post, one: Settled, cleared: Cleared) -> RegisterDraft:
    assert one.numbered is not None and one.issued_on is not None and one.issuer is not None
    plan = one.kind in PLANS
    head = AgreementDraft(
        kind=one.kind, title=one.line.title, areas=[by.unit.area],
        parties=[PartyDraft(unit, PartRole.SUPPORT if n else PartRole.LEAD) for n, unit in enumerate(one.parties)],
        valid_from=one.valid_from, valid_until=one.valid_until, style=one.numbered.style,
        cleared_by=cleared.by if plan else "", cleared_on=cleared.on if plan else None,
    )  # fmt: skip
    return RegisterDraft(head, one.issuer, str(one.numbered), one.issued_on, one.bases, signers=SIGNERS)


@action
def acknowledge_many(*, by: Post, agreements: Sequence[Agreement], at: datetime) -> list[Signature]:
    """Acknowledge for the own unit the paper originals of up to 100 registered documents, as the party that registered them wrote them down."""
    rules.fits_bundle(len(agreements)).enforce()
    made = []
    for n, agreement in enumerate(agreements):
        word = first_word_on(agreement)
        of_row(rules.was_registered(word), "agreements", n, len(agreements)).enforce()
        assert word is not None and word.signed_on is not None
        paper = PaperDraft(word.signed_on, word.number, word.signers.text if word.signers else "")
        made.append(acknowledge_paper(by=by, agreement=agreement, digest=current(agreement).digest, paper=paper, at=at))
    return made
