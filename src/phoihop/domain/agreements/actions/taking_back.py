"""A slip of the hand in the register: the entry is taken back, its number is free again, its record stays."""

from __future__ import annotations

from datetime import datetime

from phoihop.kernel.action import action, locked
from phoihop.kernel.period import local_day

from ...matters.actions.journal import write
from ...matters.actions.texts import keep
from ...matters.models import Purpose
from ...people.models import Post
from ..models import Agreement, Stage
from ..queries.taken_back import taking_back
from ..rules.cascade import fits_reason
from .opening import withdraw_duties


@action
def take_back(*, by: Post, agreement: Agreement, reason: str, at: datetime) -> Agreement:
    """Take back a document that the own unit wrote into the register by mistake and nobody else has acknowledged.

    It was never in force and counts nowhere, what it asked for is withdrawn, and its number may be given to the right one.
    """
    a, today = locked(agreement), local_day(at)
    taking_back(by, a, today).enforce()
    fits_reason(reason).enforce()
    said = keep(reason, Purpose.REASON, at)
    assert said is not None
    withdraw_duties(by=by, agreement=a, reason=said, at=at)
    former = {"number": a.number, "issued": a.issued_on}
    a.versions.update(agreed_on=None)
    a.number, a.symbol, a.letters, a.issued_on, a.agreed_on, a.next_review = None, "", "", None, None, None
    a.stage, a.ended_on = Stage.ENDED, today
    a.save()
    a.matter.closed_at = at
    a.matter.save(update_fields=["closed_at"])
    write(by=by, what="agreement.taken_back", at=at, matter=a.matter, texts={"reason": said}, **former)
    return a
