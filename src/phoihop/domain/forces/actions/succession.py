"""A unit that ends and the one that takes over: everything it holds is handed over in one act."""

from __future__ import annotations

from datetime import date, datetime

from phoihop.kernel.action import action, locked
from phoihop.kernel.heirs import pass_on, passes
from phoihop.kernel.journal import write
from phoihop.kernel.period import local_day
from phoihop.kernel.permits import Acting

from ...territory.queries import exists_on
from ..models import Contact, Relation, Unit, UnitArea, UnitSuccession
from ..rules import judging
from .projecting import project
from .relating import leave


@action
def succeed(*, by: Acting, old: Unit, new: Unit, day: date, basis: str, at: datetime) -> UnitSuccession:
    """From a day ``new`` takes over from ``old``, which ends: leads, parts, tasks, posts, grants, relations, coverage, contacts.

    What the old unit did stays its own. The event says how many references each topic handed over.
    """
    judging.may_succeed(by, local_day(at)).enforce()
    old, new = locked(old), locked(new)
    judging.fits_succession(old, new, day, basis).enforce()
    made = UnitSuccession.objects.create(old=old, new=new, day=day, basis=basis)
    passed = pass_on(by=by, old=old, new=new, day=day, at=at)
    old.valid_until = day
    old.save(update_fields=["valid_until"])
    project([old.pk, new.pk])
    write(by=by, what="unit.succeeded", at=at, old=old.key, new=new.key, day=day, passed=passed)
    return made


@passes("Relation.upper", "Relation.lower", "UnitArea.unit", "Contact.unit")
def hand_over_units(*, by: Acting, old: Unit, new: Unit, day: date, at: datetime) -> int:
    """Who the old unit directed, guided or coordinated with; where it was responsible; how it was reached.

    Who directed the old unit does not thereby direct the new one: that has its own place in a chain of command.
    """
    return _hand_over_relations(old, new, day) + _hand_over_coverage(old, new, day) + _hand_over_contacts(old, new, day)


def _hand_over_relations(old: Unit, new: Unit, day: date) -> int:
    rows = list(Relation.objects.filter(exists_on(day), upper=old)) + list(Relation.objects.filter(exists_on(day), lower=old))
    held = {(r.upper_id, r.lower_id, r.kind) for r in Relation.objects.filter(exists_on(day), upper=new)}
    fresh = [
        Relation(upper=new, lower_id=r.lower_id, kind=r.kind, valid_from=day, basis=r.basis)
        for r in rows
        if r.upper_id == old.pk and r.lower_id != new.pk and (new.pk, r.lower_id, r.kind) not in held
    ]
    Relation.objects.filter(pk__in=[r.pk for r in rows], valid_from__lt=day).update(valid_until=day)
    Relation.objects.filter(pk__in=[r.pk for r in rows], valid_from=day).delete()
    Relation.objects.filter(lower=old, valid_from__gt=day).delete()
    Relation.objects.filter(upper=old, lower=new, valid_from__gt=day).delete()
    Relation.objects.filter(upper=old, valid_from__gt=day).update(upper=new)
    Relation.objects.bulk_create(fresh)
    return len(fresh)


def _hand_over_coverage(old: Unit, new: Unit, day: date) -> int:
    rows = list(UnitArea.objects.filter(exists_on(day), unit=old))
    there = set(UnitArea.objects.filter(exists_on(day), unit=new).values_list("area", flat=True))
    for row in rows:
        leave(row, day)
    fresh = [UnitArea(unit=new, area_id=row.area_id, valid_from=day) for row in rows if row.area_id not in there and row.area_id != new.area_id]
    UnitArea.objects.bulk_create(fresh)
    return len(fresh)


def _hand_over_contacts(old: Unit, new: Unit, day: date) -> int:
    rows = list(Contact.objects.filter(exists_on(day), unit=old))
    there = set(Contact.objects.filter(exists_on(day), unit=new).values_list("digits", flat=True))
    for row in rows:
        row.valid_until = day
        row.save(update_fields=["valid_until"])
    fresh = [Contact(unit=new, label=row.label, number=row.number, digits=row.digits, valid_from=day) for row in rows if row.digits not in there]
    Contact.objects.bulk_create(fresh)
    return len(fresh)
