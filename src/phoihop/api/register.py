"""The register: legal instruments and their chains, existing documents, bases and numbers, what became of a document below, reviews."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime, BaseModel, Field

from phoihop.domain.agreements.actions import basing, cascade, instruments, registering, reviewing, spreading, taking_back
from phoihop.domain.agreements.models import Adoption, Agreement, Instrument, InstrumentKind, LinkKind
from phoihop.domain.agreements.queries.bases import bases_of, followers_of
from phoihop.domain.agreements.queries.cascade import adoptions_of
from phoihop.domain.agreements.queries.instruments import Step, chain_of
from phoihop.domain.agreements.queries.instruments import instruments as found_instruments
from phoihop.domain.agreements.queries.listed import register
from phoihop.domain.agreements.queries.needs import needs_of
from phoihop.domain.agreements.queries.numbers import same_document
from phoihop.domain.agreements.queries.reviews import overdue_reviews, proposals_of, reviews_of
from phoihop.domain.agreements.queries.spreading import spread_of
from phoihop.domain.agreements.queries.variations import varied
from phoihop.domain.agreements.rules.instruments import Standing
from phoihop.domain.agreements.rules.needs import Needs
from phoihop.search import asking

from .acts import act
from .asking import Text, look_up, one_of
from .reads import After, Limit, caller_of, page, page_of, reads
from .records import ADOPTION, AGREEMENT, DELIVERY, DISSEMINATION, INSTRUMENT, PROPOSAL, REVIEW
from .telling import BRIEFLY, labelled

router = Router()
UNIT = BRIEFLY[Agreement.issuer.field.related_model]


class StepTold(BaseModel):
    """An instrument in a chain: what the later does to the earlier, since when (null: no source says), how it stands today."""

    instrument: INSTRUMENT.shape
    kind: labelled(list(LinkKind))
    since: date | None
    standing: labelled(list(Standing))


class WholeInstrument(INSTRUMENT.shape):
    """An instrument with everything that it goes back to and everything that came of it."""

    standing: labelled(list(Standing))
    before: list[StepTold]
    after: list[StepTold]


class BasisTold(BaseModel):
    """What an agreement stands on. ``lapsed``: it is not in force any more, since when, and what replaced it."""

    kind: labelled(list(LinkKind))
    name: str
    code: str = Field(description="Of the instrument, or of the earlier agreement.")
    lapsed: bool
    lapsed_since: date | None
    replaced_by: str | None


class FollowerTold(BaseModel):
    """An agreement that stands on this one, so many steps further on."""

    agreement: AGREEMENT.shape
    kind: labelled(list(LinkKind))
    steps: int


class VariedTold(BaseModel):
    """A clause with the codes of the texts below that have it otherwise, and of those that leave it out."""

    label: str
    heading: str
    changed: list[str]
    removed: list[str]


class ReachedTold(BaseModel):
    """A unit that a document is meant for. ``party``: it signed and needs no delivery."""

    unit: UNIT.shape
    party: bool
    delivery: DELIVERY.shape | None
    disseminations: list[DISSEMINATION.shape]


class NeedTold(BaseModel):
    """What an agreement needs of the post's unit, and by when."""

    agreement: str
    need: labelled(list(Needs))
    due: AwareDatetime


@reads(router, "/instruments", page_of(INSTRUMENT))
def listed(request: HttpRequest, text: Text = "", kind: one_of(InstrumentKind) | None = None, after: After = None, limit: Limit = 100) -> Any:  # fmt: skip
    """Legal instruments whose number, title or issuer holds every word, typed with or without diacritics."""
    return page(found_instruments(text, kind or "", caller_of(request).today), INSTRUMENT, after, limit)


@reads(router, "/instruments/{instrument}", WholeInstrument)
def one(request: HttpRequest, instrument: str) -> Any:
    """An instrument with its chain."""
    caller = caller_of(request)
    chain = chain_of(look_up(caller, [(Instrument, instrument, "")])[Instrument, instrument], caller.today)
    steps = {"before": [_step(s) for s in chain.before], "after": [_step(s) for s in chain.after]}
    return INSTRUMENT.of(chain.instrument) | {"standing": str(chain.standing)} | steps


@reads(router, "/agreements/search", page_of(AGREEMENT))
def searched(request: HttpRequest, text: Text, after: After = None, limit: Limit = 100) -> Any:
    """Agreements in whose title, number, clauses or files every word stands, where the post may read it; with or without diacritics."""
    caller = caller_of(request)
    rows = asking.found(register(caller.post, caller.today), caller.post, text, caller.today)
    return page(_told(rows), AGREEMENT, after, limit)


@reads(router, "/agreements/needs", list[NeedTold])
def needs(request: HttpRequest) -> Any:
    """What waits for the post's unit among the agreements, the most pressing first."""
    caller = caller_of(request)
    found = needs_of(caller.post, caller.today)
    codes = dict(register(caller.post, caller.today).filter(pk__in=[n.agreement for n in found]).values_list("pk", "matter__code"))
    return [{"agreement": codes[n.agreement], "need": str(n.need), "due": n.due} for n in found if n.agreement in codes]


@reads(router, "/agreements/overdue-reviews", page_of(AGREEMENT))
def overdue(request: HttpRequest, after: After = None, limit: Limit = 100) -> Any:
    """Agreements that the post sees and whose review should have been held, longest overdue first."""
    caller = caller_of(request)
    return page(_told(overdue_reviews(caller.post, caller.today)), AGREEMENT, after, limit, "next_review")


@reads(router, "/agreements/{agreement}/bases", list[BasisTold])
def bases(request: HttpRequest, agreement: str) -> Any:
    """What an agreement implements, amends and replaces, with a word where that has lapsed."""
    caller, found = _of(request, agreement)
    return [
        {
            "kind": link.basis.kind, "name": link.name, "code": link.code, "lapsed": link.lapse is not None,
            "lapsed_since": link.lapse.since if link.lapse else None, "replaced_by": (link.lapse.replaced_by or None) if link.lapse else None,
        }
        for link in bases_of(caller.post, found, caller.today)
    ]  # fmt: skip


@reads(router, "/agreements/{agreement}/followers", list[FollowerTold])
def followers(request: HttpRequest, agreement: str) -> Any:
    """What stands on an agreement, directly and further on, as far as the post sees it."""
    caller, found = _of(request, agreement)
    return [{"agreement": AGREEMENT.of(f.agreement), "kind": f.kind, "steps": f.depth} for f in followers_of(caller.post, found, caller.today)]


@reads(router, "/agreements/{agreement}/same-document", list[AGREEMENT.shape])
def same(request: HttpRequest, agreement: str) -> Any:
    """What other units wrote in the register of the same document (issuer, number, symbol, year), as far as the post sees it."""
    caller, found = _of(request, agreement)
    return AGREEMENT.of_each(same_document(caller.post, found, caller.today))


@reads(router, "/agreements/{agreement}/adoptions", list[ADOPTION.shape])
def adoptions(request: HttpRequest, agreement: str) -> Any:
    """What the units below made of an agreement."""
    caller, found = _of(request, agreement)
    return ADOPTION.of_each(adoptions_of(caller.post, found, caller.today).select_related("own__issuer__force"))


@reads(router, "/agreements/{agreement}/variations", list[VariedTold])
def variations(request: HttpRequest, agreement: str) -> Any:
    """Which clauses of an agreement the units below have otherwise in texts of their own, in words or in duties, as far as the post reads them."""
    caller, found = _of(request, agreement)
    return [
        {"label": c.label, "heading": c.heading, "changed": [_own(a) for a in c.changed], "removed": [_own(a) for a in c.removed]}
        for c in varied(caller.post, found, caller.today).clauses
    ]


def _own(adoption: Adoption) -> str:
    assert adoption.own is not None
    return adoption.own.matter.code


@reads(router, "/agreements/{agreement}/spread", list[ReachedTold])
def spread(request: HttpRequest, agreement: str) -> Any:
    """Who was sent an agreement, who has it, and who made it known to how many."""
    caller, found = _of(request, agreement)
    return [
        {
            "unit": UNIT.of(r.unit), "party": r.party, "delivery": DELIVERY.of(r.delivery) if r.delivery else None,
            "disseminations": DISSEMINATION.of_each(r.held),
        }
        for r in spread_of(caller.post, found, caller.today).units
    ]  # fmt: skip


@reads(router, "/agreements/{agreement}/reviews", list[REVIEW.shape])
def reviews(request: HttpRequest, agreement: str) -> Any:
    """The reviews that were held, latest first."""
    caller, found = _of(request, agreement)
    return REVIEW.of_each(reviews_of(caller.post, found, caller.today))


@reads(router, "/agreements/{agreement}/proposals", list[PROPOSAL.shape])
def proposals(request: HttpRequest, agreement: str) -> Any:
    """What the parties propose to change, and what the lead answered."""
    caller, found = _of(request, agreement)
    return PROPOSAL.of_each(proposals_of(caller.post, found, caller.today))


def _of(request: HttpRequest, agreement: str) -> Any:
    caller = caller_of(request)
    return caller, look_up(caller, [(Agreement, agreement, "")])[Agreement, agreement]


def _told(rows: Any) -> Any:
    return rows.select_related("matter__title", "matter__lead__force", "matter__area", "issuer__force")


def _step(step: Step) -> dict[str, Any]:
    return {"instrument": INSTRUMENT.of(step.instrument), "kind": step.kind, "since": step.since, "standing": str(step.standing)}


act(router, "/instruments", instruments.add_instrument)
act(router, "/instruments/{later}/links", instruments.link_instruments)
act(router, "/instruments/{instrument}/end", instruments.end_instrument)
act(router, "/agreements/on-paper", registering.register_on_paper)
act(router, "/agreements/on-paper/many", registering.register_many)
act(router, "/agreements/book", registering.enter_book)
act(router, "/agreements/acknowledge-many", registering.acknowledge_many)
act(router, "/agreements/{agreement}/number", basing.number_agreement)
act(router, "/agreements/{agreement}/take-back", taking_back.take_back)
act(router, "/agreements/{agreement}/bases", basing.set_bases)
act(router, "/agreements/{agreement}/adoptions", cascade.ask_below)
act(router, "/agreements/{agreement}/adoptions/remind", cascade.remind_below)
act(router, "/adoptions/{adoption}/as-is", cascade.adopt_as_is)
act(router, "/adoptions/{adoption}/own", cascade.adopt_with_own)
act(router, "/adoptions/{adoption}/draft", cascade.draft_own)
act(router, "/adoptions/{adoption}/decline", cascade.decline_adoption)
act(router, "/agreements/{agreement}/deliveries", spreading.deliver)
act(router, "/deliveries/{delivery}/receive", spreading.receive)
act(router, "/agreements/{agreement}/disseminations", spreading.disseminate)
act(router, "/agreements/{agreement}/plan-review", reviewing.plan_review)
act(router, "/agreements/{agreement}/reviews", reviewing.hold_review)
act(router, "/agreements/{agreement}/proposals", reviewing.propose_change)
act(router, "/proposals/{proposal}/answer", reviewing.answer_proposal)
