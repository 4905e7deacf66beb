"""Agreements: drafted, sent for opinions, signed in three ways; their versions, what changed, and what proves them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime, BaseModel, Field

from phoihop.domain.agreements.actions import approving, drafting, opinions, sending, signing
from phoihop.domain.agreements.models import Agreement, Stage, Version
from phoihop.domain.agreements.queries import agreement as queries
from phoihop.domain.agreements.queries import comparing
from phoihop.domain.agreements.queries.agreement import PartyLine
from phoihop.domain.agreements.queries.drafted import draft_of
from phoihop.domain.agreements.queries.plans import arrangement_of
from phoihop.domain.agreements.queries.proof import proof_of
from phoihop.domain.agreements.queries.standing import standing_of
from phoihop.domain.agreements.queries.versions import clauses_of, digest_now, shown_to, versions_seen
from phoihop.domain.agreements.rules.parties import PartyState
from phoihop.domain.agreements.rules.plans import may_prove
from phoihop.domain.agreements.rules.redline import Piece
from phoihop.domain.agreements.rules.standing import Standing
from phoihop.domain.people.actions.keys import revoke_key, try_pin
from phoihop.domain.people.queries.keys import keys_seen_by
from phoihop.kernel.secret import Secret
from phoihop.kernel.text import fold

from .access import Caller
from .acts import act
from .asking import Text, look_up, one_of
from .drafts import told
from .problems import Halt
from .reads import After, Limit, caller_of, page, page_of, reads
from .records import AGREEMENT, APPROVAL, CLAUSE, OPINION, POST_KEY, RESERVATION, SIGNATURE
from .telling import BRIEFLY, labelled, text_of

router = Router()
UNIT = BRIEFLY[Agreement.issuer.field.related_model]


class PartyTold(BaseModel):
    """One party: how far it is, its opinions on the last version that was sent for them, its signature under the newest; or its decision to approve it."""

    unit: UNIT.shape
    role: str
    signs: bool
    approves: bool
    state: labelled(list(PartyState))
    received_at: AwareDatetime | None
    reminded_at: AwareDatetime | None
    opinions: list[OPINION.shape]
    signature: SIGNATURE.shape | None
    declined: str | None = Field(description="Why it does not sign, or approve, this version.")
    approval: APPROVAL.shape | None


class VersionTold(BaseModel):
    """One version of the text. ``digest``: what a signature names; of a draft it changes with the text."""

    number: int
    title: str | None
    change: str | None
    made_at: AwareDatetime
    digest: str
    opinions_by: AwareDatetime | None
    signing_by: AwareDatetime | None
    agreed_on: str | None


class WholeAgreement(AGREEMENT.shape):
    """An agreement with where it stands today, its parties, the clauses of its newest version and the reservations beside them."""

    standing: labelled(list(Standing))
    version: VersionTold
    parties: list[PartyTold]
    clauses: list[CLAUSE.shape]
    reservations: list[RESERVATION.shape]
    draft: dict[str, Any] = Field(description="The newest version as it would be handed in again to change it.")


class PieceTold(BaseModel):
    change: str = Field(description="same, removed or added")
    words: str


class DifferenceTold(BaseModel):
    """A clause as it is called, with its heading and text in pieces; or (``above``) a line of what stands beside the clauses: a party, an area, a day,
    a post, a step, a need.
    """

    above: bool
    label: str
    change: str
    heading: list[PieceTold]
    text: list[PieceTold]


@reads(router, "/agreements", page_of(AGREEMENT))
def listed(request: HttpRequest, stage: one_of(Stage) | None = None, text: Text | None = None, after: After = None, limit: Limit = 100) -> Any:
    """The agreements whose text the post may read; ``text``: words of the title, with or without diacritics."""
    caller = caller_of(request)
    rows = queries.seen_agreements(caller.post, caller.today)
    if stage:
        rows = rows.filter(stage=stage)
    if text:
        rows = rows.filter(folded__contains=fold(text))
    return page(rows, AGREEMENT, after, limit)


@reads(router, "/agreements/{agreement}", WholeAgreement)
def one(request: HttpRequest, agreement: str) -> Any:
    """An agreement, for whoever may read its text."""
    caller = caller_of(request)
    a = _found(caller, agreement)
    version = shown_to(caller.post, a)
    lines = queries.party_lines(a, version, caller.now)
    return {
        **AGREEMENT.of(a),
        "standing": str(standing_of(a, caller.today)),
        "version": _version(version),
        "parties": [_party(line) for line in lines],
        "clauses": CLAUSE.of_each(clauses_of(version)),
        "reservations": RESERVATION.of_each(queries.reservations_of(version)),
        "draft": told(draft_of(version)),
    }


@reads(router, "/agreements/{agreement}/versions", list[VersionTold])
def versions(request: HttpRequest, agreement: str) -> Any:
    """Every version, the newest first."""
    caller = caller_of(request)
    return [_version(v) for v in queries.versions_of(caller.post, _found(caller, agreement))]


@reads(router, "/agreements/{agreement}/opinions", list[OPINION.shape])
def said(request: HttpRequest, agreement: str) -> Any:
    """Every opinion on every version, each with its answer."""
    caller = caller_of(request)
    return OPINION.of_each(queries.opinions_on(_found(caller, agreement)))


@reads(router, "/agreements/{agreement}/redline", list[DifferenceTold])
def redline(request: HttpRequest, agreement: str, old: int, new: int) -> Any:
    """What changed from one version to another, beside the clauses and clause by clause, word by word."""
    caller = caller_of(request)
    a = _found(caller, agreement)
    found = {v.number: v for v in versions_seen(caller.post, a).filter(number__in=[old, new])}
    for number in (old, new):
        if number not in found:
            raise Halt(404, "no-such-version", f"{agreement} {number}")
    head = comparing.head_changes_of(caller.post, found[old], found[new], caller.today)
    above = [
        {"above": True, "label": str(one.name), "change": "changed", "heading": [], "text": _pieces(words)} for one in head for words in one.lines
    ]  # fmt: skip
    clauses = [
        {"above": False, "label": d.label, "change": str(d.change), "heading": _pieces(d.heading), "text": _pieces(d.text)}
        for d in comparing.redline_of(found[old], found[new])
    ]
    return [*above, *clauses]


def _pieces(pieces: Sequence[Piece]) -> list[dict[str, str]]:
    return [{"change": str(p.change), "words": p.words} for p in pieces]


@reads(router, "/agreements/{agreement}/proof", dict[str, Any])
def proof(request: HttpRequest, agreement: str) -> Any:
    """What ``phoihop agreement verify`` reads: the newest version with its sentences, salts, keys and signatures."""
    caller = caller_of(request)
    version = shown_to(caller.post, _found(caller, agreement))
    may_prove(arrangement_of(caller.post, version, caller.today).hidden).enforce()
    return proof_of(version)


@reads(router, "/keys", page_of(POST_KEY))
def keys(request: HttpRequest, after: After = None, limit: Limit = 100) -> Any:
    """The keys of the post; for an administrator those of the node. Private halves never leave it."""
    caller = caller_of(request)
    return page(keys_seen_by(caller.post), POST_KEY, after, limit)


def _found(caller: Caller, code: str) -> Agreement:
    return look_up(caller, [(Agreement, code, "")])[Agreement, code]


def _version(v: Version) -> dict[str, Any]:
    return {
        "number": v.number,
        "title": text_of(v.title),
        "change": text_of(v.change),
        "made_at": v.made_at,
        "digest": digest_now(v),
        "opinions_by": v.opinions_by,
        "signing_by": v.signing_by,
        "agreed_on": v.agreed_on.isoformat() if v.agreed_on else None,
    }


def _party(line: PartyLine) -> dict[str, Any]:
    return {
        "unit": UNIT.of(line.party.unit),
        "role": line.party.role,
        "signs": line.party.signs,
        "approves": line.party.approves,
        "state": str(line.state),
        "received_at": line.party.received_at,
        "reminded_at": line.party.reminded_at,
        "opinions": OPINION.of_each(line.opinions),
        "signature": SIGNATURE.of(line.signature) if line.signature else None,
        "declined": text_of(line.declining.reason) if line.declining else None,
        "approval": APPROVAL.of(line.approval) if line.approval else None,
    }


def _pin_is_right(caller: Caller, pin: Secret) -> None:
    """A miss is counted before anything else begins: a request under a key of its own is one transaction, which would forget it."""
    try_pin(by=caller.post, pin=pin, at=caller.now).enforce()


act(router, "/agreements", drafting.draft_agreement)
act(router, "/agreements/{agreement}/change-text", drafting.change_text)
act(router, "/agreements/{agreement}/circulate", sending.circulate)
act(router, "/agreements/{agreement}/opine", opinions.opine)
act(router, "/opinions/{opinion}/answer", opinions.answer_opinion)
act(router, "/agreements/{agreement}/open-signing", sending.open_signing)
act(router, "/agreements/{agreement}/remind", sending.remind)
act(
    router, "/agreements/{agreement}/sign-with-key", signing.confirm, name="sign_with_key", stands_for="agreements.sign_with_key", turned={"pin": (str, Secret)},
    before=lambda caller, arguments: _pin_is_right(caller, arguments["pin"]),
)  # fmt: skip
act(router, "/agreements/{agreement}/acknowledge-paper", signing.acknowledge_paper)
act(router, "/agreements/{agreement}/sign-in-file", signing.sign_in_file)
act(router, "/agreements/{agreement}/decline", signing.decline)
act(router, "/agreements/{agreement}/approve", approving.approve)
act(router, "/keys/{key}/revoke", revoke_key)
