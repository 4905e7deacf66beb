"""Signing in one of three ways, told apart wherever a signature is shown; and saying that one does not sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from phoihop.kernel.action import action, answering, locked
from phoihop.kernel.pades import examine
from phoihop.kernel.period import local_day
from phoihop.kernel.secret import Secret
from phoihop.kernel.upload import Upload
from phoihop.kernel.verdict import YES, Verdict

from ...matters.actions.journal import write
from ...matters.actions.notes import keep_file
from ...matters.actions.texts import keep, keep_many
from ...matters.models import Attachment, Body, Purpose
from ...people.actions.keys import open_key
from ...people.models import Post
from ..models import Agreement, Declining, Reservation, Signature, SignWay, Version
from ..queries.proof import statement_of
from ..queries.versions import current
from ..rules import signing as rules
from ..rules.canonical import statement
from ..rules.signing import PaperDraft, ReservationDraft
from .agreeing import agree_if_complete, take_part


@dataclass(frozen=True, slots=True)
class Confirmed:
    """``verdict``: why the PIN did not open the key, if it did not; else ``signature``."""

    verdict: Verdict
    signature: Signature | None = None


@action
def sign_with_key(*, by: Post, agreement: Agreement, digest: str, pin: Secret, at: datetime, reservations: Sequence[ReservationDraft] = ()) -> Confirmed:
    """*Xác nhận*: sign this exact text with the post's own key.

    It answers a wrong PIN rather than raises, for the miss must stay counted: call ``confirm``, which raises once it is. Raises Refused for
    everything else.
    """
    a, version = _may_sign(by, "agreement.sign", agreement, digest, reservations, at)
    rules.has_clauses(version.clauses.count()).enforce()
    key, private = open_key(by, pin, at)
    if isinstance(private, Verdict):
        return Confirmed(private)
    kept = keep_many([r.text for r in reservations], Purpose.NOTE, at)
    moment = at.replace(microsecond=0)
    said = [(r.clause.order if r.clause else 0, text.digest) for r, text in zip(reservations, kept, strict=True) if text]
    made = Signature(version=version, unit=by.unit, way=SignWay.KEY, digest=version.digest, at=moment, by=by, key=key)
    made.signature = private.sign(statement(statement_of(made, said))).hex()
    return Confirmed(YES, _record(by, a, made, reservations, kept, at))


def confirm(
    *, by: Post, agreement: Agreement, digest: str, pin: Secret, at: datetime, reservations: Sequence[ReservationDraft] = (), sure: Sequence[str] = ()
) -> Signature:
    """``sign_with_key`` for surfaces: raises Refused for a wrong PIN, too, after the miss was counted. Never within a transaction of theirs."""
    done = answering(sign_with_key, sure)(by=by, agreement=agreement, digest=digest, pin=pin, at=at, reservations=reservations)
    done.verdict.enforce()
    assert done.signature is not None
    return done.signature


@action
def acknowledge_paper(
    *, by: Post, agreement: Agreement, digest: str, paper: PaperDraft, at: datetime, scans: Sequence[Upload] = (), reservations: Sequence[ReservationDraft] = ()
) -> Signature:
    """The own unit has signed the paper original of this text: its number and day, who signed in which office, at most one scan."""
    rules.are_scans(scans).enforce()
    return record_paper(by=by, agreement=agreement, digest=digest, paper=paper, at=at, scans=scans, reservations=reservations)


def record_paper(
    *, by: Post, agreement: Agreement, digest: str, paper: PaperDraft, at: datetime, scans: Sequence[Upload], reservations: Sequence[ReservationDraft] = ()
) -> Signature:
    """The same, whatever shows the paper. Called by the actions that acknowledge a paper and that register a document."""
    a, version = _may_sign(by, "agreement.paper", agreement, digest, reservations, at)
    rules.fits_paper(paper, scans, local_day(at)).enforce()
    made = Signature(version=version, unit=by.unit, way=SignWay.PAPER, digest=version.digest, at=at, by=by, signed_on=paper.signed_on)
    made.number, made.signers = paper.number.strip(), keep(paper.signers, Purpose.NOTE, at)
    made.scan = keep_file(scans[0], unit=by.unit, at=at, matter=a.matter, purpose=Purpose.CLAUSE) if scans else None
    return _record(by, a, made, reservations, keep_many([r.text for r in reservations], Purpose.NOTE, at), at)


@action
def sign_in_file(*, by: Post, agreement: Agreement, digest: str, upload: Upload, at: datetime, reservations: Sequence[ReservationDraft] = ()) -> Signature:
    """The own unit has signed a PDF of this text with a certificate, elsewhere: it is checked (PAdES), and bound to the text either as an export
    that the system made of it, to the byte, or by the digest that stands in its words.
    """
    a, version = _may_sign(by, "agreement.paper", agreement, digest, reservations, at)
    rules.has_clauses(version.clauses.count()).enforce()
    found = examine(upload.content, at)
    exports = set(version.exports.values_list("digest", flat=True))
    rules.fits_signed_file(found, version.digest, exports).enforce()
    last = found.signatures[-1]
    made = Signature(version=version, unit=by.unit, way=SignWay.FILE, digest=version.digest, at=at, by=by, chain_known=found.chain)
    made.of_export = rules.is_of_export(found, exports)
    made.signed_on = min(local_day(last.at or at), local_day(at))  # a clock elsewhere may be fast
    made.signers = keep("; ".join(s.subject for s in found.signatures), Purpose.NOTE, at)
    made.scan = keep_file(upload, unit=by.unit, at=at, matter=a.matter, purpose=Purpose.CLAUSE)
    return _record(by, a, made, reservations, keep_many([r.text for r in reservations], Purpose.NOTE, at), at)


@action
def decline(*, by: Post, agreement: Agreement, digest: str, reason: str, at: datetime) -> Declining:
    """Say that the own unit does not sign this text, or does not approve it, and why. A new version asks it again."""
    a, version = _may_sign(by, "agreement.sign", agreement, digest, (), at, declines=True)
    rules.has_reason(reason).enforce()
    why = keep(reason, Purpose.REASON, at)
    assert why is not None
    made = Declining.objects.create(version=version, unit=by.unit, at=at, reason=why)
    write(by=by, what="agreement.declined", at=at, matter=a.matter, version=version.number, digest=version.digest, texts={"reason": why})
    return made


def _may_sign(
    by: Post, permission: str, agreement: Agreement, digest: str, reservations: Sequence[ReservationDraft], at: datetime, *, declines: bool = False
) -> tuple[Agreement, Version]:
    a = locked(agreement)
    version = current(a)
    party = a.parties.filter(unit=by.unit_id).first()
    signed, declined = version.signatures.filter(unit=by.unit_id).exists(), version.declinings.filter(unit=by.unit_id).exists()
    rules.same_text(digest, version).enforce()
    rules.may_sign(by, permission, a, party, signed, declined, local_day(at), declines=declines).enforce()
    rules.fits_reservations(reservations, set(version.clauses.values_list("pk", flat=True))).enforce()
    return a, version


_EVENTS = {SignWay.KEY: "agreement.signed", SignWay.PAPER: "agreement.signed_on_paper", SignWay.FILE: "agreement.signed_in_file"}


def _record(by: Post, a: Agreement, made: Signature, reservations: Sequence[ReservationDraft], kept: Sequence[Body | None], at: datetime) -> Signature:
    made.save()
    rows = [Reservation(signature=made, clause=r.clause, text=text) for r, text in zip(reservations, kept, strict=True) if text]
    Reservation.objects.bulk_create(rows)
    texts: dict[str, Body | Attachment | None] = {f"reservation{n}": text for n, text in enumerate(kept, 1)}
    texts |= {"signers": made.signers, "scan": made.scan, "scan_name": made.scan.name if made.scan else None}
    write(
        by=by, what=_EVENTS[SignWay(made.way)], at=at, matter=a.matter, texts=texts, version=made.version.number, digest=made.digest,
        key=made.key_id, signature=made.signature or None, day=made.signed_on, chain=made.chain_known, export=made.of_export,
    )  # fmt: skip
    take_part(a, by, at)
    agree_if_complete(by, a, made.version, at)
    return made
