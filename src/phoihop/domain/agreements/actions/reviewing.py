"""When an agreement is to be reviewed, what a review came to, and proposals of change."""

from __future__ import annotations

from datetime import date, datetime

from phoihop.kernel.action import action, locked
from phoihop.kernel.period import local_day

from ...matters.actions.journal import write
from ...matters.actions.texts import keep
from ...matters.models import Body, Purpose
from ...people.models import Post
from ..models import Agreement, ChangeProposal, Clause, Review, ReviewOutcome, Stage
from ..queries.bases import who_stand_behind
from ..queries.norms import holding
from ..queries.reviews import is_clause_of, last_review
from ..rules import register
from ..rules import reviewing as rules
from .opening import withdraw_duties

ENDED = "Văn bản thôi thực hiện sau khi rà soát."


@action
def plan_review(*, by: Post, agreement: Agreement, next_review: date | None, at: datetime, review_months: int | None = None) -> Agreement:
    """Say when the next review is due, and after how many months each following one."""
    agreement = locked(agreement)
    register.may_keep(by, agreement, local_day(at)).enforce()
    rules.fits_schedule(next_review, review_months, last_review(agreement) or agreement.valid_from).enforce()
    agreement.next_review, agreement.review_months = next_review, review_months
    agreement.save(update_fields=["next_review", "review_months"])
    write(by=by, what="agreement.review_planned", at=at, matter=agreement.matter, next=next_review, months=review_months)
    return agreement


@action
def hold_review(*, by: Post, agreement: Agreement, held_on: date, outcome: str, at: datetime, note: str = "") -> Review:
    """Write down that a review was held and what came of it. It sets the next one; *thôi thực hiện* ends on that day what no other has signed."""
    agreement = locked(agreement)
    on = local_day(at)
    rules.may_review(by, agreement, on).enforce()
    rules.fits_review(held_on, last_review(agreement), outcome, who_stand_behind(agreement, on) != {by.unit_id}, on).enforce()
    said = keep(note, Purpose.NOTE, at)
    made = Review.objects.create(agreement=agreement, due_on=agreement.next_review, held_on=held_on, outcome=outcome, note=said)
    if outcome == ReviewOutcome.END:
        _end(by, agreement, held_on, said, at)
    else:
        months = agreement.review_months or holding(agreement.matter.area_id, on).review_months
        agreement.next_review = rules.months_after(held_on, months) if months else None
        agreement.save(update_fields=["next_review"])
    write(
        by=by, what="agreement.reviewed", at=at, matter=agreement.matter, held=held_on, due=made.due_on, outcome=outcome, next=agreement.next_review,
        texts={"note": said},
    )  # fmt: skip
    return made


def _end(by: Post, agreement: Agreement, day: date, said: Body | None, at: datetime) -> None:
    """From this day on it binds nobody; what it still asked for is withdrawn, its record stays."""
    reason = said or keep(ENDED, Purpose.REASON, at)
    assert reason is not None
    withdraw_duties(by=by, agreement=agreement, reason=reason, at=at)
    agreement.stage, agreement.ended_on, agreement.next_review = Stage.ENDED, day, None
    agreement.save(update_fields=["stage", "ended_on", "next_review"])
    agreement.matter.closed_at = at
    agreement.matter.save(update_fields=["closed_at"])


@action
def propose_change(*, by: Post, agreement: Agreement, source: str, text: str, at: datetime, clause: Clause | None = None) -> ChangeProposal:
    """A party proposes to change the text, or one clause of it, and says what it comes from; the lead answers."""
    agreement = locked(agreement)
    on = local_day(at)
    rules.may_propose(by, agreement, agreement.parties.filter(unit=by.unit_id).exists(), on).enforce()
    rules.fits_proposal(source, text, is_clause_of(agreement, clause)).enforce()
    said = keep(text, Purpose.NOTE, at)
    assert said is not None
    made = ChangeProposal.objects.create(agreement=agreement, clause=clause, unit=by.unit, source=source, at=at, text=said)
    write(by=by, what="agreement.change_proposed", at=at, matter=agreement.matter, proposal=made.pk, unit=by.unit.key, source=source, texts={"text": said})
    return made


@action
def answer_proposal(*, by: Post, proposal: ChangeProposal, taken: str, at: datetime, answer: str = "") -> ChangeProposal:
    """The lead takes a proposal up, in part or not, and says why. What is taken up comes with the next version of the text."""
    proposal = locked(proposal)
    rules.may_answer_proposal(by, proposal, local_day(at)).enforce()
    rules.fits_answer(taken, answer).enforce()
    proposal.taken, proposal.answered_at, proposal.answer = taken, at, keep(answer, Purpose.ANSWER, at)
    proposal.save(update_fields=["taken", "answered_at", "answer"])
    write(
        by=by, what="agreement.change_answered", at=at, matter=proposal.agreement.matter, proposal=proposal.pk, taken=taken, texts={"answer": proposal.answer}
    )
    return proposal
