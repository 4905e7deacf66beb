"""Who signs which text in which way. Each party for itself; nobody for another, no superior either."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.gates.media import media_of
from phoihop.kernel.pades import Examined
from phoihop.kernel.upload import Upload
from phoihop.kernel.verdict import YES, Verdict, first_no, no_unless

from ...matters.rules import has_text, is_scan
from ...people.models import Post
from ...people.rules import allowed
from ..models import Agreement, AgreementParty, Clause, Signature, Stage, Version


@dataclass(frozen=True, slots=True)
class ReservationDraft:
    """What a party that signs does not share: of a clause, or (None) of the whole."""

    text: str
    clause: Clause | None = None


@dataclass(frozen=True, slots=True)
class PaperDraft:
    """The paper original as a party has it before it: number, day, who signed in which office."""

    signed_on: date
    number: str = ""
    signers: str = ""


def same_text(seen: str, version: Version) -> Verdict:
    """What is signed is the text that was read. ``seen``: the digest that the signatory had before the eyes."""
    now = version.digest
    return no_unless(
        seen and seen == now,
        "text-changed",
        _("Nguyên văn không còn là bản bạn đã đọc: bạn đọc bản có giá trị băm %(seen)s, bản hiện nay là %(now)s. Hãy đọc lại rồi mới ký.")
        % {"seen": f"{seen[:16]}…" if seen else "–", "now": f"{now[:16]}…" if now else "–"},
        "digest",
    )


def may_sign(
    post: Post, permission: str, a: Agreement, party: AgreementParty | None, signed: bool, declined: bool, on: date, *, declines: bool = False
) -> Verdict:
    """A party that has to sign does so for itself, once, while the text is open for signing; or says (``declines``) that it does not, as who approves may."""
    return first_no(
        allowed(post, permission, on),
        no_unless(
            party is not None and party.unit_id == post.unit_id and (party.signs or (party.approves and declines)),
            "not-party",
            _("Đơn vị của bạn không phải là bên ký văn bản này. Không ai ký thay đơn vị khác, kể cả cấp trên."),
        ),
        no_unless(not signed, "already-signed", _("Đơn vị của bạn đã ký bản này.")),
        no_unless(not declined, "already-declined", _("Đơn vị của bạn đã trả lời không ký bản này. Khi có bản mới sẽ được hỏi lại.")),
        no_unless(a.stage == Stage.SIGNING, "not-for-signing", _("Văn bản này không ở bước ký.")),
    )


def has_reason(reason: str) -> Verdict:
    return no_unless(reason.strip(), "reason-missing", _("Không ký thì cần nêu lý do, một dòng là đủ."), "reason")


def has_clauses(count: int) -> Verdict:
    """A key or a signed file binds to the text that is kept here; of a text that is not, the paper original is acknowledged."""
    return no_unless(count, "text-missing", _("Nguyên văn không lưu ở đây nên không xác nhận bằng khóa hay tệp được. Hãy ghi nhận bản giấy."))


def fits_paper(paper: PaperDraft, scans: Sequence[Upload], today: date) -> Verdict:
    return first_no(
        no_unless(len(scans) <= 1, "one-scan", _("Chỉ kèm một tệp quét; nhiều trang thì ghép thành một tệp PDF."), "scans"),
        no_unless(paper.signed_on <= today, "signed-ahead", _("Ngày ký bản giấy không thể ở phía trước."), "paper.signed_on"),
        no_unless(len(paper.number) <= 60, "number-too-long", _("Số, ký hiệu dài nhất 60 chữ cái."), "paper.number"),
        no_unless(paper.number.strip() or scans, "paper-unnamed", _("Ghi số, ký hiệu của bản giấy hoặc kèm bản quét."), "paper.number"),
        has_text(paper.signers, "paper.signers"),
    )


def are_scans(scans: Sequence[Upload]) -> Verdict:
    """What shows a signature on paper is a scan of it: of a text that anybody may edit nothing would follow."""
    return first_no(*(is_scan(media_of(one), "scans") for one in scans))


def fits_reservations(drafts: Sequence[ReservationDraft], clauses: Collection[int]) -> Verdict:
    return first_no(
        *(has_text(r.text, f"reservations.{n}.text") for n, r in enumerate(drafts)),
        *(
            no_unless(r.clause is None or r.clause.pk in clauses, "clause-elsewhere", _("Điều, khoản này không thuộc bản đang ký."), f"reservations.{n}.clause")
            for n, r in enumerate(drafts)
        ),
    )


def is_of_export(found: Examined, exports: Collection[str]) -> bool:
    """Whether what was signed is, to the byte, a PDF that the system made of the text. ``exports``: the SHA-256 of each."""
    return not found.beginnings.isdisjoint(exports)


def fits_signed_file(found: Examined, digest: str, exports: Collection[str] = ()) -> Verdict:
    """A PDF signed elsewhere counts if it is signed, whole, unchanged since, and is this text: it begins with one of the ``exports`` that the
    system made of it, or, made by another program, has the digest of the text in its words.

    Whether the issuer of the certificate is trusted is told beside the signature, not judged here.
    """
    return first_no(
        no_unless(found.signatures, "file-unsigned", _("Tệp này không có chữ ký số."), "upload"),
        no_unless(
            all(s.intact for s in found.signatures),
            "file-broken",
            _("Chữ ký số trong tệp không hợp lệ: tệp đã bị sửa sau khi ký, hoặc chữ ký hỏng."),
            "upload",
        ),
        no_unless(found.whole, "file-not-whole", _("Chữ ký số không bao trùm cả tệp: có phần được thêm vào sau khi ký. Hãy nộp đúng tệp đã ký."), "upload"),
        YES if is_of_export(found, exports) else _names_text(found, digest),
    )


def _names_text(found: Examined, digest: str) -> Verdict:
    return first_no(
        no_unless(
            found.text.strip(),
            "file-without-text",
            _("Tệp là bản quét, không có chữ nên không đối chiếu được với nguyên văn. Hãy ký số lên tệp PDF tải từ đây, hoặc ghi nhận bản giấy."),
            "upload",
        ),
        no_unless(
            digest in "".join(found.text.split()),
            "file-other-text",
            _("Tệp này không mang giá trị băm %(digest)s của nguyên văn đang ký. Hãy ký số lên tệp PDF tải từ đây.") % {"digest": f"{digest[:16]}…"},
            "upload",
        ),
    )


def is_signed(parties: Iterable[AgreementParty], signatures: Iterable[Signature]) -> bool:
    """Whether every required party has signed or acknowledged. In force only then, and where somebody approves it, once that is decided, too."""
    signed = {s.unit_id for s in signatures}
    required = [p.unit_id for p in parties if p.signs]
    return bool(required) and all(unit in signed for unit in required)
