"""An agreement as a file that proves itself: its canonical form, the sentences with their salts, who signed what when with which key."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from ...matters.models import Body
from ..models import Approval, Declining, Reservation, Signature, SignWay, Version
from ..rules.proof import FORMAT
from .bases import based_on
from .heads import parties_of
from .versions import canonical_of, clauses_of, digest_now


def proof_of(version: Version) -> dict[str, Any]:
    """All that is needed to check who signed this exact text, without this node: see ``rules.proof.examine``.

    A sentence that was recalled or erased is missing from ``texts``. A key that was revoked comes with the time of it. ``exports``: SHA-256 of
    the PDFs that the system made of this text.
    """
    a = version.agreement
    signatures = list(version.signatures.select_related("unit", "by", "key", "signers", "scan", "version__agreement__matter").order_by("at", "pk"))
    return {
        "format": FORMAT,
        "code": a.matter.code,
        "version": version.number,
        "canonical": canonical_of(version),
        "digest": digest_now(version),
        "texts": _texts([version.title, *(basis.cited for basis in based_on(version)), *(b for c in clauses_of(version) for b in (c.heading, c.text))]),
        "units": {p.unit.key: p.unit.name for p in parties_of(version)} | {s.unit.key: s.unit.name for s in signatures},
        "signatures": [_signature(s) for s in signatures],
        "declined": [_declining(d) for d in version.declinings.select_related("unit", "reason").order_by("at", "pk")],
        "approvals": [_approval(one) for one in version.approvals.select_related("unit", "by")],
        "exports": sorted(version.exports.values_list("digest", flat=True)),
    }


def statement_of(signature: Signature, reservations: Sequence[tuple[int, str]]) -> dict[str, Any]:
    """What a key signs. ``reservations``: order of the clause (0: the whole) and digest of the text."""
    assert signature.key is not None
    return {
        "agreement": signature.version.agreement.matter.code,
        "version": signature.version.number,
        "digest": signature.digest,
        "unit": signature.unit.key,
        "post": signature.by_id,
        "key": signature.key.public,
        "at": _moment(signature.at),
        "reservations": sorted([order, text] for order, text in reservations),
    }


def _signature(s: Signature) -> dict[str, Any]:
    reservations = list(Reservation.objects.filter(signature=s).select_related("clause", "text"))
    said: dict[str, Any] = {
        "unit": s.unit.key,
        "way": s.way,
        "at": _moment(s.at),
        "post": s.by_id,
        "office": s.by.title,
        "digest": s.digest,
        "reservations": [[r.clause.order if r.clause else 0, r.text.digest] for r in reservations],
        "texts": _texts([r.text for r in reservations]),
    }
    if s.key is not None:
        revoked = _moment(s.key.revoked_at) if s.key.revoked_at else ""
        said |= {"key": s.key.public, "key_made": _moment(s.key.made_at), "key_revoked": revoked, "signature": s.signature}
    if s.way != SignWay.KEY:
        said |= {"number": s.number, "signed_on": s.signed_on.isoformat() if s.signed_on else "", "signers": s.signers.text if s.signers else ""}
    if s.way == SignWay.FILE and s.scan is not None and s.scan.content is not None:
        said["file"] = base64.b64encode(bytes(s.scan.content)).decode("ascii")
    return said


def _declining(d: Declining) -> dict[str, str]:
    return {"unit": d.unit.key, "at": _moment(d.at), "reason": d.reason.text}


def _approval(one: Approval) -> dict[str, str]:
    return {
        "unit": one.unit.key, "at": _moment(one.at), "office": one.by.title, "digest": one.digest, "number": one.number, "decided_on": one.decided_on.isoformat(),
    }  # fmt: skip


def _texts(bodies: Iterable[Body | None]) -> dict[str, list[str]]:
    """Salt and text by digest."""
    return {b.digest: [b.salt, b.text] for b in bodies if b is not None and b.erased_at is None}


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")
