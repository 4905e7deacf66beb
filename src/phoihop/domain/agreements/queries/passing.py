"""What of the agreements goes to the heir of a unit that ends: counted beforehand for who puts one in another's place."""

from __future__ import annotations

from datetime import date

from ...forces.models import Unit
from ...people.models import Post
from ...people.rules import allowed
from ..models import AgreementParty, Stage


def party_to(viewer: Post, unit: Unit, day: date) -> int:
    """To how many agreements that have not ended it is a party. Counts only, for who may put a unit in another's place; 0 for anybody else."""
    if not allowed(viewer, "unit.succeed", day):
        return 0
    return AgreementParty.objects.filter(unit=unit).exclude(agreement__stage=Stage.ENDED).count()
