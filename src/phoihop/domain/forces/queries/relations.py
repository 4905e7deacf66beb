"""Who may assign to whom, and who may only request."""

from __future__ import annotations

from datetime import date

from ...territory.queries import exists_on
from ..models import Relation, RelationKind, Unit, UnitClosure
from ..rules import relating


def relation_between(upper: Unit, lower: Unit, on: date) -> RelationKind | None:
    """The strongest relation from one unit to another on a day.

    *Directs* reaches down the chain of command; *guides* reaches one step. Coordination holds both ways. None: nothing has
    been laid down, and the two coordinate as equals.
    """
    above = UnitClosure.objects.filter(ancestor=upper, unit=lower, depth__gt=0, valid_from__lte=on, valid_until__gt=on)
    if above.exists():
        return RelationKind.DIRECTS
    pair = (upper.pk, lower.pk)
    rows = Relation.objects.filter(exists_on(on), upper__in=pair, lower__in=pair).values_list("upper", "kind")
    return relating.strongest(kind for first, kind in rows if first == upper.pk or relating.is_mutual(kind))


def may_assign(upper: Unit, lower: Unit, on: date) -> bool:
    """Whether a task may be assigned; else it can only be requested, and the other accepts or declines."""
    return upper.pk == lower.pk or relating.assigns(relation_between(upper, lower, on))
