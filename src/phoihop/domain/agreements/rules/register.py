"""A document that was signed on paper before it came here, and what the register says of every document: number, basis, next review."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.gates.media import DOCX, SCANS, media_of
from phoihop.kernel.upload import Upload
from phoihop.kernel.verdict import Verdict, first_no, no_unless

from ...forces.models import Unit
from ...matters.rules import leads
from ...people.models import Post
from ...people.rules import allowed
from ..models import Agreement, Signature, Stage
from .basis import BasisDraft
from .drafts import AgreementDraft

AT_ONCE = 20
"""Existing documents written in one transaction: about a second in which nobody else can write."""
BUNDLE = 100
"""Paper originals acknowledged in one go."""


@dataclass(frozen=True, slots=True)
class RegisterDraft:
    """An existing document. ``issuer``: who gave the number, often none of the parties; ``signers``: by office, never by name."""

    draft: AgreementDraft
    issuer: Unit
    number: str
    issued_on: date
    bases: Sequence[BasisDraft] = ()
    next_review: date | None = None
    signers: str = ""


def may_register(post: Post, on: date) -> Verdict:
    return allowed(post, "agreement.register", on)


def is_party(unit: Unit, draft: AgreementDraft) -> Verdict:
    """Whoever registers a document is bound by it: nobody keeps a book of the others' agreements."""
    return no_unless(
        any(p.unit.pk == unit.pk for p in draft.parties),
        "not-own-agreement",
        _("Đơn vị của bạn không có trong các bên. Mỗi đơn vị chỉ ghi vào sổ văn bản mà mình tham gia."),
        "parties",
    )


def may_keep(post: Post, agreement: Agreement, on: date) -> Verdict:
    """Number, basis and dates of the register are kept by who leads the document, until it has ended."""
    return first_no(
        may_register(post, on),
        leads(post, agreement.matter),
        no_unless(agreement.stage != Stage.ENDED, "ended", _("Văn bản này đã thôi thực hiện. Hãy lập văn bản mới.")),
    )


def may_number(agreement: Agreement) -> Verdict:
    """A number stands on what is signed, and is given once."""
    return first_no(
        no_unless(agreement.number is None, "numbered-already", _("Văn bản đã có số; mỗi văn bản cấp số một lần."), "number"),
        no_unless(agreement.stage == Stage.AGREED, "not-agreed", _("Cấp số khi mọi bên đã ký."), "number"),
    )


def may_take_back(post: Post, agreement: Agreement, versions: int, others: bool, stood_on: bool, on: date) -> Verdict:
    """A slip of the hand in one's own book. ``others``: another unit acknowledged it, or something was done by it; ``stood_on``: another text has it as its basis, or it
    was named as the answer to a text from above."""
    return first_no(
        may_keep(post, agreement, on),
        no_unless(
            agreement.on_paper and agreement.number is not None and versions == 1,
            "not-an-entry",
            _("Chỉ rút lại được văn bản giấy mà đơn vị đã ghi vào sổ và chưa soạn bản mới."),
        ),
        no_unless(
            not others,
            "acknowledged-by-others",
            _("Đơn vị khác đã ghi nhận, hoặc đã có việc làm theo văn bản này: không một mình rút lại được. Cùng ký bản mới hoặc văn bản thay thế."),
        ),
        no_unless(not stood_on, "stood-on", _("Văn bản khác trong sổ dựa trên văn bản này: không rút lại được.")),
    )


def was_taken_back(agreement: Agreement) -> bool:
    """Of entries that end only this one was never agreed."""
    return agreement.on_paper and agreement.stage == Stage.ENDED and agreement.agreed_on is None


def fits_many(count: int) -> Verdict:
    return no_unless(0 < count <= AT_ONCE, "too-many", _("Mỗi lần ghi từ 1 đến 20 văn bản."))


def fits_bundle(count: int) -> Verdict:
    return no_unless(0 < count <= BUNDLE, "too-many", _("Mỗi lần ghi nhận từ 1 đến 100 bản giấy."), "agreements")


def are_copies(scans: Sequence[Upload]) -> Verdict:
    """The register keeps the scan of a document, or its text as it was typed, to be found by its words."""
    return no_unless(
        all(media_of(one) in SCANS or media_of(one) == DOCX for one in scans),
        "copy-unreadable",
        _("Kèm bản quét (PDF, ảnh) hoặc tệp .docx của văn bản; tệp này là loại khác."),
        "scans",
    )


def was_registered(word: Signature | None) -> Verdict:
    """``word``: the acknowledgement of the party that registered the document."""
    return no_unless(word is not None, "not-on-paper", _("Chưa bên nào ghi nhận bản giấy của văn bản này."))
