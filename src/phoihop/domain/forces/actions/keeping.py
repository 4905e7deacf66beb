"""What a unit says of itself: how it is reached, what means it has, how it heads its documents."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from phoihop.kernel.action import action, locked
from phoihop.kernel.duty_number import DutyNumber
from phoihop.kernel.journal import write
from phoihop.kernel.period import local_day
from phoihop.kernel.permits import Acting
from phoihop.kernel.rows import insert, update_each
from phoihop.kernel.text import nfc

from ...territory.queries import exists_on
from ..models import Contact, ContactTest, Letterhead, Means, Unit, UnitClosure
from ..rules import judging
from ..rules.judging import HeadDraft


@action
def publish_contact(*, by: Acting, unit: Unit, label: str, number: DutyNumber, day: date, at: datetime) -> Contact:
    """Register a duty number of a unit; from then on texts may hold it."""
    judging.may_keep_contacts(by, unit, _commanded(by, local_day(at)), local_day(at)).enforce()
    there = Contact.objects.filter(exists_on(day), unit=unit).values_list("digits", flat=True)
    judging.fits_contact(unit, label, number.digits, there, day).enforce()
    made = Contact.objects.create(unit=unit, label=nfc(label).strip(), number=str(number), digits=number.digits, valid_from=day)
    write(by=by, what="contact.published", at=at, contact=made.pk, unit=unit.key, day=day)
    return made


@action
def end_contact(*, by: Acting, contact: Contact, day: date, at: datetime) -> Contact:
    """From a day the number is no longer used. Texts of before still hold it."""
    contact = locked(contact)
    judging.may_keep_contacts(by, contact.unit, _commanded(by, local_day(at)), local_day(at)).enforce()
    judging.fits_contact_end(contact, day).enforce()
    contact.valid_until = day
    contact.save(update_fields=["valid_until"])
    write(by=by, what="contact.ended", at=at, contact=contact.pk, unit=contact.unit.key, day=day)
    return contact


@action
def test_contact(*, by: Acting, contact: Contact, passed: bool, at: datetime) -> ContactTest:
    """A duty post has tried the number: somebody answered, or nobody did."""
    judging.may_test(by, local_day(at)).enforce()
    judging.fits_test(contact, local_day(at)).enforce()
    made = ContactTest.objects.create(contact=contact, at=at, by_id=by.pk, passed=passed)
    write(by=by, what="contact.tested", at=at, contact=contact.pk, unit=contact.unit.key, passed=passed)
    return made


@action
def record_means(*, by: Acting, unit: Unit, counts: Mapping[str, int], day: date, at: datetime) -> list[Means]:
    """How many of each kind the unit has, as of a day; kinds not named keep their last count."""
    judging.may_record_means(by, unit, _commanded(by, local_day(at)), local_day(at)).enforce()
    judging.fits_means(counts).enforce()
    known = {row.kind: row for row in Means.objects.filter(unit=unit, as_of=day, kind__in=list(counts))}
    kept = [known.get(kind) or Means(unit=unit, kind=kind, as_of=day) for kind in sorted(counts)]
    for row in kept:
        row.count = counts[row.kind]
    update_each([row for row in kept if row.pk], ["count"])
    insert([row for row in kept if not row.pk])
    write(by=by, what="unit.equipped", at=at, unit=unit.key, day=day, counts=dict(sorted(counts.items())))
    return kept


@action
def set_letterhead(*, by: Acting, unit: Unit, head: HeadDraft, day: date, at: datetime) -> Letterhead:
    """How the unit heads its documents from a day on; those of before keep their head."""
    judging.may_head(by, unit, _commanded(by, local_day(at)), local_day(at)).enforce()
    judging.fits_head(head, unit, day).enforce()
    fields = {
        name: nfc(getattr(head, name)).strip()
        for name in ("superior", "issuer", "symbol", "place", "signer", "reports_to", "archive")
    }  # fmt: skip
    made = Letterhead.objects.update_or_create(unit=unit, valid_from=day, defaults=fields)[0]
    write(by=by, what="unit.headed", at=at, unit=unit.key, day=day, head=made.pk)
    return made


def _commanded(by: Acting, on: date) -> set[int]:
    """Ids of the units that the own unit directs on a day."""
    rows = UnitClosure.objects.filter(ancestor=by.unit_id, depth__gt=0, valid_from__lte=on, valid_until__gt=on)
    return set(rows.values_list("unit", flat=True))
