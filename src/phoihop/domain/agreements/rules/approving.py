"""A body above approves what the parties have signed: by a decision of its own, with number and day. It signs for nobody, and nobody decides for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.upload import Upload
from phoihop.kernel.verdict import Verdict, first_no, no_unless

from ...people.models import Post
from ...people.rules import allowed
from ..models import Agreement, AgreementParty, Stage
from .signing import are_scans

LONGEST_NUMBER = 60


@dataclass(frozen=True, slots=True)
class DecisionDraft:
    """The decision by which a text is approved, as it was issued."""

    number: str
    decided_on: date


def may_approve(post: Post, a: Agreement, party: AgreementParty | None, signed: bool, approved: bool, on: date) -> Verdict:
    """Who was named as approving it, for itself, once all parties have signed (``signed``)."""
    return first_no(
        allowed(post, "agreement.paper", on),
        no_unless(
            party is not None and party.unit_id == post.unit_id and party.approves,
            "not-approver",
            _("Chỉ cơ quan phê duyệt ghi quyết định của mình. Không ai phê duyệt thay."),
        ),
        no_unless(not approved, "already-approved", _("Bản này đã được phê duyệt.")),
        no_unless(a.stage == Stage.SIGNING, "not-for-signing", _("Văn bản này không ở bước ký.")),
        no_unless(signed, "signatures-missing", _("Chưa đủ chữ ký các bên. Phê duyệt sau khi mọi bên phải ký đã ký.")),
    )


def fits_decision(decision: DecisionDraft, scans: Sequence[Upload], today: date) -> Verdict:
    return first_no(
        no_unless(decision.number.strip(), "number-missing", _("Ghi số, ký hiệu của quyết định phê duyệt."), "decision.number"),
        no_unless(len(decision.number) <= LONGEST_NUMBER, "number-too-long", _("Số, ký hiệu dài nhất 60 chữ cái."), "decision.number"),
        no_unless(decision.decided_on <= today, "decided-ahead", _("Ngày quyết định không thể ở phía trước."), "decision.decided_on"),
        no_unless(len(scans) <= 1, "one-scan", _("Chỉ kèm một tệp quét; nhiều trang thì ghép thành một tệp PDF."), "scans"),
        are_scans(scans),
    )
