"""The long rest of the year, done by the worker in small steps while others work. It finds out from the records what is left."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction

from phoihop.domain.activities.models import Activity

from .agenda import Agenda
from .ground import Ground, ground_of
from .hands import Hands, grouped
from .months import arrange_past
from .scale import Scale
from .year import Slot, year


def steps(scale: Scale, held: int) -> Iterator[tuple[int, int, str]]:
    """Patrols done, patrols in all, and the month in hand, after each durable step: one lead's month, the latest month first."""
    ground = ground_of(scale)
    slots = year(ground.ways, scale.earlier, held, scale.seed)
    there = set(Activity.objects.filter(day__lt=scale.recent.until).values_list("route", "planned_start"))
    done = 0
    for name, own in reversed(grouped(slots, lambda s: [f"{s.day:%Y-%m} {s.way.lead}"])):
        done += len(own)
        if (ground.routes[own[0].way.key].pk, own[0].start) not in there:
            _live(ground, own, scale)
            yield done, len(slots), f"tháng {name[5:7]}/{name[:4]}"
    yield done, len(slots), ""


def _live(ground: Ground, slots: list[Slot], scale: Scale) -> None:
    """Planned, answered, held, confirmed: a lead's month as a whole or not at all."""
    hands = Hands(ground, Agenda(), scale.seed)
    arrange_past(hands, slots, scale)
    with transaction.atomic():
        for _ in hands.agenda.run(max(at for at, _, _ in hands.agenda.acts)):
            pass
