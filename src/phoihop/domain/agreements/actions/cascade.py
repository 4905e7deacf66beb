"""Asking units below for their own text, and what each of them answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from phoihop.kernel.action import action, locked
from phoihop.kernel.period import local_day

from ...forces.models import Unit
from ...matters.actions.journal import write
from ...matters.actions.texts import keep
from ...matters.models import Purpose
from ...people.models import Post
from ..models import Adoption, AdoptionForm, Agreement, LinkKind
from ..queries.bases import based_on
from ..queries.cascade import waiting_for_reminder
from ..queries.drafted import draft_of
from ..queries.variations import here_of
from ..queries.versions import readable_on, shown_to
from ..rules import adapting
from ..rules import cascade as rules
from ..rules.basis import BasisDraft
from ..rules.following import FollowingDraft
from .basing import lay_bases
from .drafting import draft_agreement
from .letting_see import let_follow


@action
def ask_below(*, by: Post, agreement: Agreement, units: Sequence[Unit], due_on: date, at: datetime) -> list[Adoption]:
    """Ask units for theirs by a day; they see the agreement from now on. A unit that was asked before keeps its answer and gets the new day."""
    agreement = locked(agreement)
    parties = set(agreement.parties.values_list("unit", flat=True))
    rules.may_ask_below(by, agreement, units, parties, due_on, local_day(at)).enforce()
    there = {a.unit_id: a for a in Adoption.objects.filter(agreement=agreement, unit__in=units)}
    fresh = [Adoption(agreement=agreement, unit=unit, asked_at=at, due_on=due_on) for unit in units if unit.pk not in there]
    Adoption.objects.bulk_create(fresh)
    Adoption.objects.filter(pk__in=[a.pk for a in there.values()], form=AdoptionForm.WAITING).update(due_on=due_on)
    let_follow(agreement.matter, units, at)
    write(by=by, what="agreement.adoption_asked", at=at, matter=agreement.matter, units=[u.key for u in units], due=due_on)
    return [*there.values(), *fresh]


@action
def adopt_as_is(*, by: Post, adoption: Adoption, at: datetime) -> Adoption:
    """The unit carries the agreement out as it stands."""
    adoption = _held(adoption)
    rules.may_adopt(by, adoption, local_day(at)).enforce()
    rules.replaces_answer(adoption, AdoptionForm.AS_IS).enforce()
    return _answered(by, adoption, AdoptionForm.AS_IS, at)


@action
def adopt_with_own(*, by: Post, adoption: Adoption, own: Agreement, at: datetime) -> Adoption:
    """The unit has a text of its own, an agreement that names this one as what it implements; both sides sign that one."""
    adoption = _held(adoption)
    rules.may_adopt(by, adoption, local_day(at)).enforce()
    implements = any(b.kind == LinkKind.IMPLEMENTS and b.earlier_id == adoption.agreement_id for b in based_on(shown_to(by, own)))
    rules.fits_own(adoption, own, implements, own.parties.filter(unit=by.unit_id, signs=True).exists()).enforce()
    rules.replaces_answer(adoption, AdoptionForm.ADAPTED).enforce()
    adoption.own = own
    return _answered(by, adoption, AdoptionForm.ADAPTED, at)


@action
def draft_own(*, by: Post, adoption: Adoption, draft: FollowingDraft, at: datetime) -> Agreement:
    """Draft the unit's own text out of the one above: its clauses, the duties of this level, the cadences laid down here; it names that one as its basis.

    The parties are the units here of the forces that signed above. Both sides sign it; then the unit answers with it.
    """
    adoption, on = _held(adoption), local_day(at)
    upper = adoption.agreement
    rules.may_adopt(by, adoption, on).enforce()
    adapting.is_not_drafted(adoption).enforce()
    above = draft_of(readable_on(by, upper, on))
    own = draft_agreement(by=by, draft=adapting.own_text(above, draft, here_of(by.unit, upper, on)), at=at)
    lay_bases(own, [BasisDraft(LinkKind.IMPLEMENTS, earlier=upper)], at)
    adoption.own = own
    adoption.save(update_fields=["own"])
    write(by=by, what="agreement.adapted", at=at, matter=own.matter, earlier=upper.matter.code, unit=by.unit.key)
    return own


@action
def decline_adoption(*, by: Post, adoption: Adoption, reason: str, at: datetime) -> Adoption:
    """The unit does not apply it, and says why."""
    adoption = _held(adoption)
    rules.may_adopt(by, adoption, local_day(at)).enforce()
    rules.fits_reason(reason).enforce()
    rules.replaces_answer(adoption, AdoptionForm.DECLINED).enforce()
    adoption.reason = keep(reason, Purpose.REASON, at)
    return _answered(by, adoption, AdoptionForm.DECLINED, at)


@action
def remind_below(*, by: Post, agreement: Agreement, at: datetime) -> int:
    """Remind every unit that has not answered, once a day; how many."""
    agreement = locked(agreement)
    waiting = waiting_for_reminder(agreement, at)
    rules.may_remind(by, agreement, len(waiting), local_day(at)).enforce()
    Adoption.objects.filter(pk__in=[a.pk for a in waiting]).update(reminded_at=at)
    write(by=by, what="agreement.adoption_reminded", at=at, matter=agreement.matter, units=[a.unit.key for a in waiting])
    return len(waiting)


def _held(adoption: Adoption) -> Adoption:
    return Adoption.objects.select_for_update(of=("self",)).select_related("agreement__matter", "unit", "own__matter").get(pk=adoption.pk)


def _answered(by: Post, adoption: Adoption, form: AdoptionForm, at: datetime) -> Adoption:
    adoption.form, adoption.answered_at = form, at
    adoption.own = adoption.own if form == AdoptionForm.ADAPTED else None
    adoption.reason = adoption.reason if form == AdoptionForm.DECLINED else None
    adoption.save(update_fields=["form", "answered_at", "own", "reason"])
    own = adoption.own.matter.code if adoption.own else None
    texts = {"reason": adoption.reason}
    write(by=by, what="agreement.adopted", at=at, matter=adoption.agreement.matter, unit=adoption.unit.key, form=form, own=own, texts=texts)
    return adoption
