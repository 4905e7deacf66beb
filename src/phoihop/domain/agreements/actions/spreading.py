"""Sending an agreement out, saying that it arrived, and writing down that a unit made it known to its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from phoihop.kernel.action import action, locked
from phoihop.kernel.period import local_day
from phoihop.kernel.upload import Upload

from ...forces.models import Unit
from ...matters.actions.journal import write
from ...matters.actions.notes import keep_file
from ...people.models import Post
from ..models import Agreement, Delivery, Dissemination
from ..queries.spreading import holders
from ..rules import spreading as rules
from .letting_see import let_follow


@action
def deliver(*, by: Post, agreement: Agreement, units: Sequence[Unit], at: datetime) -> list[Delivery]:
    """Send an agreed text to units, by its lead, a party, or a unit that received it. They see it from now on, and say that they have it."""
    agreement = locked(agreement)
    parties = set(agreement.parties.values_list("unit", flat=True))
    rules.may_deliver(by, agreement, units, parties, by.unit_id in holders(agreement), local_day(at)).enforce()
    there = set(Delivery.objects.filter(agreement=agreement, unit__in=units).values_list("unit", flat=True))
    fresh = [Delivery(agreement=agreement, unit=unit, sent_at=at) for unit in units if unit.pk not in there]
    rules.brings_something(len(fresh)).enforce()
    Delivery.objects.bulk_create(fresh)
    let_follow(agreement.matter, [d.unit for d in fresh], at)
    write(by=by, what="agreement.delivered", at=at, matter=agreement.matter, units=[d.unit.key for d in fresh])
    return fresh


@action
def receive(*, by: Post, delivery: Delivery, at: datetime) -> Delivery:
    """The addressee has it."""
    delivery = locked(delivery)
    rules.may_receive(by, delivery, local_day(at)).enforce()
    delivery.received_at = at
    delivery.save(update_fields=["received_at"])
    write(by=by, what="agreement.received", at=at, matter=delivery.agreement.matter, unit=delivery.unit.key)
    return delivery


@action
def disseminate(*, by: Post, agreement: Agreement, held_on: date, attendance: int, at: datetime, proofs: Sequence[Upload] = ()) -> Dissemination:
    """The unit made the text known to its own: on a day, to how many, with at most one file that shows it."""
    agreement = locked(agreement)
    on = local_day(at)
    rules.may_disseminate(by, agreement, by.unit_id in holders(agreement), on).enforce()
    rules.fits_dissemination(agreement, held_on, attendance, len(proofs), on).enforce()
    kept = keep_file(proofs[0], unit=by.unit, at=at, matter=agreement.matter) if proofs else None
    made = Dissemination.objects.create(agreement=agreement, unit=by.unit, held_on=held_on, attendance=attendance, proof=kept)
    write(
        by=by, what="agreement.disseminated", at=at, matter=agreement.matter, unit=by.unit.key, held=held_on, attendance=attendance,
        texts={"proof": kept, "name": kept.name if kept else None},
    )  # fmt: skip
    return made
