"""What the register hangs on the page of an agreement: what it stands on, what became of it below, who has it, its reviews."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from phoihop.domain.agreements.models import AdoptionForm, Agreement, LinkKind, ReviewOutcome, Stage, TakenUp
from phoihop.domain.agreements.queries.bases import bases_of, followers_of
from phoihop.domain.agreements.queries.cascade import cascade_of, own_adoption
from phoihop.domain.agreements.queries.norms import holding
from phoihop.domain.agreements.queries.numbers import name_of, same_document
from phoihop.domain.agreements.queries.reviews import proposals_of, reviews_of
from phoihop.domain.agreements.queries.spreading import holders, own_delivery, spread_of
from phoihop.domain.agreements.queries.standing import standing_of
from phoihop.domain.agreements.queries.taken_back import taking_back, why_taken_back
from phoihop.domain.agreements.queries.versions import names_of
from phoihop.domain.agreements.rules.cascade import is_agreed, is_late
from phoihop.domain.agreements.rules.reviewing import HOLDS_NO_MORE, is_overdue
from phoihop.domain.people.rules import may, roles_with

from ..agreements.parts import part
from ..base import Acting
from ..templatetags.face import tag
from . import wording

_SHOWN = 8


def _base(request: Acting, agreement: Agreement) -> dict[str, Any]:
    return {
        "code": agreement.matter.code, "acts": f"/ke-hoach/{agreement.matter.code}/so/", "agreed": bool(is_agreed(agreement)),
        "leads": agreement.matter.lead_id == request.post.unit_id, "agreement": agreement, "today": request.scope.today,
    }  # fmt: skip


@part(_("Số, căn cứ, văn bản nối tiếp"), order=15, side=True, unsigned=True)
def register(request: Acting, agreement: Agreement) -> tuple[str, dict[str, Any]] | None:
    """Its number, what it stands on with a warning where that has lapsed, and what stands on it."""
    base = _base(request, agreement)
    keeps = base["leads"] and may(request.post, "agreement.register") and agreement.stage != Stage.ENDED
    links = bases_of(request.post, agreement, base["today"])
    followers = followers_of(request.post, agreement, base["today"])
    return "register/part_register.html", base | {
        "name": name_of(agreement),
        "same": [(a, wording.PAGE % a.matter.code, wording.title_of(a)) for a in same_document(request.post, agreement, base["today"])],
        "links": [{"link": link, "does": LinkKind(link.basis.kind).label, "url": _url(link)} for link in links],
        "followers": [
            {
                "name": name_of(f.agreement),
                "url": wording.PAGE % f.agreement.matter.code,
                "title": wording.title_of(f.agreement),
                "does": LinkKind(f.kind).label,
            }
            for f in followers
        ],
        "may_base": keeps and agreement.stage == Stage.DRAFT,
        "why_taken_back": why_taken_back(request.post, agreement, base["today"]),
        "may_take_back": keeps and agreement.on_paper and bool(taking_back(request.post, agreement, base["today"])),
        "may_number": keeps and agreement.number is None and agreement.stage == Stage.AGREED,
    }


def _url(link: Any) -> str:
    if link.basis.instrument_id:
        return f"/van-ban/{link.code}/"
    return wording.PAGE % link.code if link.open else ""


@part(_("Cấp dưới ban hành, thực hiện"), order=60)
def below(request: Acting, agreement: Agreement) -> tuple[str, dict[str, Any]] | None:
    """How many of the units that were asked have answered; and the own unit's answer, with the three ways to give it."""
    base = _base(request, agreement)
    may_ask = base["leads"] and base["agreed"] and may(request.post, "agreement.cascade")
    seen = cascade_of(request.post, agreement, base["today"])
    if not seen.total and not may_ask:
        return None
    mine = own_adoption(request.post, agreement)
    late = mine is not None and is_late(mine, base["today"])
    return "register/part_below.html", base | {
        "seen": seen,
        "waiting": seen.counts[AdoptionForm.WAITING],
        "forms": [(AdoptionForm(form).label, n) for form, n in seen.counts.items()],
        "mine": mine,
        "mine_tag": wording.adoption_tag(mine.form, late) if mine else "",
        "own": wording.PAGE % mine.own.matter.code if mine and mine.own else "",
        "own_code": mine.own.matter.code if mine and mine.own else "",
        "own_signed": mine is not None and mine.own is not None and mine.own.agreed_on is not None,
        "may_draft": mine is not None and mine.own is None and base["agreed"] and may(request.post, "agreement.draft"),
        "may_answer": mine is not None and base["agreed"] and may(request.post, "agreement.adopt"),
        "answered_by": [role.label for role in roles_with("agreement.adopt")],
        "may_ask": may_ask,
    }


@part(_("Nơi nhận, quán triệt"), order=65)
def known(request: Acting, agreement: Agreement) -> tuple[str, dict[str, Any]] | None:
    """Who was sent it and has not said that it arrived, who made it known to how many, and who has not."""
    base = _base(request, agreement)
    if not base["agreed"]:
        return None
    seen = spread_of(request.post, agreement, base["today"])
    has_it = request.post.unit_id in holders(agreement)
    sent = own_delivery(request.post, agreement)
    return "register/part_known.html", base | {
        "seen": seen,
        "arrived": [r for r in seen.units if r.delivery is not None and r.received],
        "told": [r for r in seen.units if r.held],
        "untold": [r for r in seen.units if not r.held],
        "held": [(r.unit, one) for r in seen.units for one in r.held],
        "to_receive": sent is not None and sent.received_at is None and may(request.post, "matter.answer"),
        "may_send": has_it and may(request.post, "agreement.register"),
        "may_hold": has_it and may(request.post, "matter.answer"),
    }


@part(_("Rà soát, đề xuất sửa đổi"), order=70)
def reviews(request: Acting, agreement: Agreement) -> tuple[str, dict[str, Any]] | None:
    """When the next review is due, what those before came to, and what the parties propose to change."""
    base = _base(request, agreement)
    if agreement.agreed_on is None:
        return None
    keeps = base["leads"] and base["agreed"] and may(request.post, "agreement.register")
    party = agreement.parties.filter(unit=request.post.unit_id).exists()
    held = reviews_of(request.post, agreement, base["today"])
    proposals = proposals_of(request.post, agreement, base["today"])
    standing = standing_of(agreement, base["today"])
    names = names_of([p.clause for p in proposals if p.clause])
    return "register/part_reviews.html", base | {
        "overdue": is_overdue(agreement, standing, base["today"]),
        "over": standing in HOLDS_NO_MORE,
        "of_place": None if agreement.review_months else holding(agreement.matter.area_id, base["today"]).review_months,
        "reviews": [(r, tag(r.get_outcome_display(), wording.OUTCOME_KINDS[ReviewOutcome(r.outcome)])) for r in held],
        "proposals": [
            {
                "one": p,
                "clause": names[p.clause_id] if p.clause_id else "",
                "tag": tag(p.get_taken_display(), wording.TAKEN_KINDS[TakenUp(p.taken)]),
                "open": keeps and p.taken == TakenUp.WAITING,
            }
            for p in proposals
        ],
        "keeps": keeps,
        "may_propose": party and base["agreed"] and may(request.post, "agreement.opine"),
    }
