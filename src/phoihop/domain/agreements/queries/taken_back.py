"""Whether an entry of one's own book can be taken back: what the others have done with it; and why one was."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from phoihop.kernel.verdict import Verdict

from ...matters.models import Body
from ...matters.queries.journal import events_of
from ...people.models import Post
from ...tasks.models import TaskState
from ..models import Adoption, AdoptionForm, Agreement, Approval, Basis, Delivery, Dissemination, DraftBasis, EventResult, Occasion, Practice, Signature
from ..rules import register as rules

_ANSWERED = (TaskState.ANSWERED, TaskState.CLOSED, TaskState.DECLINED)


def taking_back(post: Post, agreement: Agreement, on: date) -> Verdict:
    """The verdict of :func:`~phoihop.domain.agreements.rules.register.may_take_back` with what the register knows."""
    stood_on = (
        any(model._default_manager.filter(earlier=agreement).exists() for model in (Basis, DraftBasis)) or Adoption.objects.filter(own=agreement).exists()
    )
    return rules.may_take_back(post, agreement, agreement.versions.count(), _others(agreement), stood_on, on)


def _others(agreement: Agreement) -> bool:
    """Whether another unit signed, acknowledged, approved or received it, or anybody did something by it: then it was no slip of the hand."""
    return (
        Signature.objects.filter(version__agreement=agreement).exclude(unit=agreement.matter.lead_id).exists()
        or Approval.objects.filter(version__agreement=agreement).exists()
        or Adoption.objects.filter(agreement=agreement).exclude(form=AdoptionForm.WAITING).exists()
        or Delivery.objects.filter(agreement=agreement, received_at__isnull=False).exists()
        or any(model._default_manager.filter(agreement=agreement).exists() for model in (Dissemination, EventResult, Practice))
        or Occasion.objects.filter(duty__clause__version__agreement=agreement, task__state__in=_ANSWERED).exists()
    )


def why_taken_back(viewer: Post, agreement: Agreement, on: date) -> Body | None:
    """The reason, for whom the journal tells it; None for what was not taken back."""
    if not rules.was_taken_back(agreement):
        return None
    event: Any = events_of(viewer, agreement.matter, on).filter(what="agreement.taken_back").first()
    return Body.objects.filter(pk=json.loads(event.told)["reason"]["text"]).first() if event is not None and event.told else None
