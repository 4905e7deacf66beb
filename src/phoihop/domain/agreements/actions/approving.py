"""The decision of a body above on a text that every party has signed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from phoihop.kernel.action import action, locked
from phoihop.kernel.period import local_day
from phoihop.kernel.upload import Upload

from ...matters.actions.journal import write
from ...matters.actions.notes import keep_file
from ...matters.models import Purpose
from ...people.models import Post
from ..models import Agreement, Approval
from ..queries.versions import current
from ..rules import approving as rules
from ..rules.approving import DecisionDraft
from ..rules.signing import is_signed, same_text
from .agreeing import agree_if_complete, take_part


@action
def approve(*, by: Post, agreement: Agreement, digest: str, decision: DecisionDraft, at: datetime, scans: Sequence[Upload] = ()) -> Approval:
    """Record the own unit's decision that approves this exact text: its number and day, at most one scan. From then on it holds."""
    a = locked(agreement)
    version = current(a)
    party = a.parties.filter(unit=by.unit_id).first()
    signed = is_signed(a.parties.all(), version.signatures.all())
    same_text(digest, version).enforce()
    rules.may_approve(by, a, party, signed, version.approvals.exists(), local_day(at)).enforce()
    rules.fits_decision(decision, scans, local_day(at)).enforce()
    made = Approval(version=version, unit=by.unit, digest=version.digest, at=at, by=by, number=decision.number.strip(), decided_on=decision.decided_on)
    made.scan = keep_file(scans[0], unit=by.unit, at=at, matter=a.matter, purpose=Purpose.CLAUSE) if scans else None
    made.save()
    texts = {"scan": made.scan, "scan_name": made.scan.name if made.scan else None}
    write(by=by, what="agreement.approved", at=at, matter=a.matter, version=version.number, digest=version.digest, day=made.decided_on, texts=texts)
    take_part(a, by, at)
    agree_if_complete(by, a, version, at)
    return made
