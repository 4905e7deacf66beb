"""Whose word an event tells where another wrote it down: who holds a one-time link or signs a list on paper speaks for its own unit."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from phoihop.domain.forces.models import Unit

from ..models import Way

WORDS = ("patrol.confirmed", "patrol.disputed")


def spoken_by(fact: Mapping[str, Any]) -> str:
    """The key of the unit that spoke, by what the event tells; empty where whoever wrote it spoke for itself."""
    return str(fact["unit"]) if fact.get("way") in (Way.LINK, Way.PAPER) else ""


def speakers(events: Iterable[Any]) -> dict[int, Unit]:
    """By event (each with ``told``), the unit that spoke where it is not the one that wrote it. One query if there are any."""
    keys = {event.pk: key for event in events if event.what in WORDS and event.told and (key := spoken_by(json.loads(event.told)))}
    units = {unit.key: unit for unit in Unit.objects.filter(key__in=set(keys.values()))} if keys else {}
    return {pk: units[key] for pk, key in keys.items() if key in units}
