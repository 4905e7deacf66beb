"""Where an agreement was sent, who has it, which units made it known to their own, and who has not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from ...forces.models import Unit
from ...matters.queries.sight import sight_of
from ...matters.rules import Facet, opens
from ...people.models import Post
from ..models import Adoption, Agreement, AgreementParty, Delivery, Dissemination
from .agreement import seen_agreements


@dataclass(frozen=True, slots=True)
class Reached:
    """A unit that the agreement is meant for. ``party``: it signed and needs no delivery; ``held``: how it made the text known."""

    unit: Unit
    party: bool
    delivery: Delivery | None
    held: tuple[Dissemination, ...]

    @property
    def received(self) -> bool:
        return self.party or (self.delivery is not None and self.delivery.received_at is not None)

    @property
    def attendance(self) -> int:
        return sum(d.attendance for d in self.held)


@dataclass(frozen=True, slots=True)
class Spread:
    """All units that are meant, with how many have the text, how many made it known, and how often somebody attended."""

    units: list[Reached]

    @property
    def sent(self) -> int:
        return sum(r.delivery is not None for r in self.units)

    @property
    def received(self) -> int:
        return sum(r.delivery is not None and r.received for r in self.units)

    @property
    def waiting(self) -> list[Reached]:
        """Those that were sent it and have not said that it arrived: with ``received`` they are all that were ``sent`` it."""
        return [r for r in self.units if r.delivery is not None and not r.received]

    @property
    def unsent(self) -> list[Reached]:
        """Those that are meant, are no party and were not sent it."""
        return [r for r in self.units if r.delivery is None and not r.party]

    @property
    def known(self) -> int:
        return sum(bool(r.held) for r in self.units)

    @property
    def attendance(self) -> int:
        return sum(r.attendance for r in self.units)


def spread_of(viewer: Post, agreement: Agreement, on: date) -> Spread:
    """Parties, units that were sent it and units that were asked for theirs; to who does not see the parties, the own unit alone."""
    parties = set(AgreementParty.objects.filter(agreement=agreement).values_list("unit", flat=True))
    deliveries = {d.unit_id: d for d in Delivery.objects.filter(agreement=agreement)}
    held: dict[int, list[Dissemination]] = {}
    for one in Dissemination.objects.filter(agreement=agreement).select_related("proof__name").order_by("held_on", "pk"):
        held.setdefault(one.unit_id, []).append(one)
    meant = parties | deliveries.keys() | held.keys() | set(Adoption.objects.filter(agreement=agreement).values_list("unit", flat=True))
    if not opens(sight_of(viewer, agreement.matter, on), Facet.PARTIES):
        meant &= {viewer.unit_id}
    rows = Unit.objects.filter(pk__in=meant).select_related("force", "area").order_by("area__level", "area__code", "force__order", "pk")
    return Spread([Reached(u, u.pk in parties, deliveries.get(u.pk), tuple(held.get(u.pk, ()))) for u in rows])


def deliveries_seen(viewer: Post, on: date) -> QuerySet[Delivery]:
    """Every delivery of an agreement whose text the viewer may read."""
    return Delivery.objects.filter(agreement__in=seen_agreements(viewer, on).values("pk")).select_related("agreement__matter", "unit__force")


def own_delivery(viewer: Post, agreement: Agreement) -> Delivery | None:
    """What was sent to the viewer's unit; None if nothing was."""
    return Delivery.objects.filter(agreement=agreement, unit=viewer.unit_id).select_related("agreement__matter", "unit").first()


def holders(agreement: Agreement) -> set[int]:
    """The units that have the text: its parties, and those that said they received it or were asked for theirs."""
    parties = AgreementParty.objects.filter(agreement=agreement).values_list("unit", flat=True)
    sent = Delivery.objects.filter(agreement=agreement, received_at__isnull=False).values_list("unit", flat=True)
    asked = Adoption.objects.filter(agreement=agreement).values_list("unit", flat=True)
    return {*parties, *sent, *asked}
