"""Reviews of what is in force: when the next is due, what came of one, and proposals of change that the lead answers."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.period import month_start
from phoihop.kernel.verdict import YES, Verdict, first_no, no_unless

from ...matters.rules import has_text, leads
from ...people.models import Post
from ...people.rules import allowed
from ..models import Agreement, ChangeProposal, ProposalSource, ReviewOutcome, TakenUp
from .cascade import is_agreed
from .drafting import MOST_REVIEW_MONTHS
from .standing import Standing

ANSWERS = (TakenUp.TAKEN, TakenUp.PARTLY, TakenUp.NOT)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month."""
    first = month_start(day.year, day.month + months)
    longest = (month_start(first.year, first.month + 1) - first).days
    return first.replace(day=min(day.day, longest))


HOLDS_NO_MORE = (Standing.ENDED, Standing.LAPSED, Standing.REPLACED)
"""How a text stands that nobody reviews any more."""


def is_overdue(agreement: Agreement, standing: str, today: date) -> bool:
    """What holds and should have been reviewed before today, also while a new version of it is drafted; never what lapsed or was replaced."""
    return standing == Standing.IN_FORCE and agreement.next_review is not None and agreement.next_review < today


def fits_schedule(next_review: date | None, months: int | None, after: date | None) -> Verdict:
    """``after``: the last review, or else the day from which the text holds."""
    return first_no(
        no_unless(months is None or 1 <= months <= MOST_REVIEW_MONTHS, "review-months", _("Chu kỳ rà soát từ 1 đến 60 tháng."), "review_months"),
        no_unless(
            next_review is None or after is None or next_review > after,
            "review-before",
            _("Ngày rà soát tới phải sau ngày có hiệu lực và sau lần rà soát trước."),
            "next_review",
        ),
    )


def may_review(post: Post, agreement: Agreement, on: date) -> Verdict:
    return first_no(
        allowed(post, "agreement.register", on),
        leads(post, agreement.matter),
        is_agreed(agreement),
    )


def fits_review(held_on: date, last: date | None, outcome: str, bound: bool, on: date) -> Verdict:
    """``last``: the day of the review before; ``bound``: others have signed the text too, and nobody ends alone what others have signed."""
    alone = outcome != ReviewOutcome.END or not bound
    said = _("Bên khác cùng ký văn bản này: không bên nào một mình thôi thực hiện. Cùng ký văn bản thay thế, hoặc bản mới có ngày hết hiệu lực.")
    return first_no(
        no_unless(outcome in ReviewOutcome.values, "no-such-outcome", _("Kết quả rà soát không có trong danh mục."), "outcome"),
        no_unless(alone, "ends-others", said, "outcome"),
        no_unless(held_on <= on, "held-later", _("Ngày rà soát ở sau hôm nay. Ghi sau khi đã rà soát."), "held_on"),
        no_unless(last is None or held_on > last, "review-twice", _("Đã ghi một lần rà soát vào ngày này hoặc sau ngày này."), "held_on"),
    )


def may_propose(post: Post, agreement: Agreement, is_party: bool, on: date) -> Verdict:
    """Any party, in any of its offices; the lead changes the text instead of proposing to itself."""
    return first_no(
        allowed(post, "agreement.opine", on),
        no_unless(is_party, "not-party", _("Chỉ các bên của văn bản đề xuất sửa đổi được.")),
        is_agreed(agreement),
    )


def fits_proposal(source: str, text: str, clause_is_here: bool) -> Verdict:
    return first_no(
        no_unless(source in ProposalSource.values, "no-such-source", _("Nguồn đề xuất không có trong danh mục."), "source"),
        no_unless(clause_is_here, "clause-elsewhere", _("Điều, khoản này không thuộc bản đang có hiệu lực."), "clause"),
        has_text(text),
    )


def may_answer_proposal(post: Post, proposal: ChangeProposal, on: date) -> Verdict:
    return first_no(
        allowed(post, "agreement.register", on),
        leads(post, proposal.agreement.matter),
        no_unless(proposal.taken == TakenUp.WAITING, "answered-already", _("Đề xuất này đã được trả lời.")),
    )


def fits_answer(taken: str, answer: str) -> Verdict:
    """What is not taken up as it was proposed says why."""
    if taken not in ANSWERS:
        return Verdict("no-such-answer", _("Chọn một trong: tiếp thu, tiếp thu một phần, không tiếp thu."), "taken")
    return YES if taken == TakenUp.TAKEN else no_unless(answer.strip(), "reason-missing", _("Không tiếp thu trọn vẹn thì cần nêu lý do."), "answer")
