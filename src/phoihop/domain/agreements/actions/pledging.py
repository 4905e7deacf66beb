"""A party says what it can bring to a plan as of today."""

from __future__ import annotations

from datetime import datetime

from phoihop.kernel.action import action, locked
from phoihop.kernel.period import local_day

from ...matters.actions.journal import write
from ...matters.models import PartRole
from ...people.models import Post
from ..models import Agreement, Pledge
from ..rules import pledging as rules


@action
def pledge(*, by: Post, agreement: Agreement, kind: str, amount: int, at: datetime) -> Pledge:
    """How many people, or how much of a store, the own unit can bring today; said again on a later day it replaces what was said."""
    a, on = locked(agreement), local_day(at)
    parties = set(a.parties.exclude(role=PartRole.INFORM).values_list("unit", flat=True))
    rules.may_pledge(by, a, parties, kind, amount, on).enforce()
    made, _ = Pledge.objects.update_or_create(agreement=a, unit=by.unit, kind=kind, as_of=on, defaults={"amount": amount})
    write(by=by, what="agreement.pledged", at=at, matter=a.matter, unit=by.unit.key, kind=kind, amount=amount)
    return made
