"""What follows once the last that was missing has signed, or approved: the text is agreed. Called by the actions that sign and approve."""

from __future__ import annotations

from datetime import date, datetime

from phoihop.kernel.period import local_day

from ...matters.actions.journal import write
from ...matters.actions.opening import count_answers
from ...matters.models import Participation, PartState
from ...people.models import Post
from ..models import Agreement, SignWay, Stage, Version
from ..queries.norms import holding
from ..queries.versions import last_agreed
from ..rules.reviewing import months_after
from ..rules.signing import is_signed
from .arranging import keep_ticks
from .laying import take_head


def take_part(a: Agreement, by: Post, at: datetime) -> None:
    """Who signs or approves takes part."""
    waiting = Participation.objects.filter(matter=a.matter, unit=by.unit_id).exclude(state=PartState.ACCEPTED)
    waiting.update(state=PartState.ACCEPTED, answered_at=at)
    count_answers(a.matter)


def agree_if_complete(by: Post, a: Agreement, version: Version, at: datetime) -> None:
    """Every required party has signed, and who approves it has decided: the text holds from the last of their days, or from the day that it names."""
    signatures, approvals = list(version.signatures.all()), list(version.approvals.all())
    parties = list(a.parties.all())
    if not is_signed(parties, signatures) or (any(p.approves for p in parties) and not approvals):
        return
    former = last_agreed(a)
    version.agreed_on = max([*(s.signed_on or local_day(s.at) for s in signatures), *(one.decided_on for one in approvals)])
    version.save(update_fields=["agreed_on"])
    if former is not None:
        keep_ticks(former, version)
    a.stage, a.on_paper = Stage.AGREED, any(s.way == SignWay.PAPER for s in signatures)
    first = a.agreed_on is None
    a.agreed_on = a.agreed_on or version.agreed_on
    if not first:
        take_head(a, version)
    planned = a.next_review if first else None  # what came into the register from paper has its next review already
    a.next_review = planned or _next_review(a, version.agreed_on, local_day(at))
    a.save()
    write(by=by, what="agreement.agreed", at=at, matter=a.matter, version=version.number, digest=version.digest, day=version.agreed_on, paper=a.on_paper)


def _next_review(a: Agreement, agreed_on: date, today: date) -> date | None:
    """After its own months; of a text that says nothing of it, after as many as hold where it is kept, from the day on which it came to be known here."""
    began = max(agreed_on, a.valid_from or agreed_on)
    if a.review_months:
        return months_after(began, a.review_months)
    months = holding(a.matter.area_id, today).review_months
    return months_after(max(began, today), months) if months else None
