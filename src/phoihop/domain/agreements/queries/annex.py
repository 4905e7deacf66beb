"""What a plan lays down beside its clauses, as it stands in the form that is hashed and signed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from ...forces.models import Force, Unit
from ..models import Step, StepRole, Version
from .plans import arrangement_in


def annex_of(version: Version) -> dict[str, list[Any]]:
    """Posts, preparations, phases with their steps, needs: texts by their salted digests, units and forces by their keys. Empty without any."""
    there = arrangement_in(version)
    said: dict[str, list[Any]] = {
        "posts": [[p.kind, p.place.digest, p.unit.key, p.people, _moment(p.since), _moment(p.until)] for p in there.posts],
        "checks": [[c.what.digest, c.unit.key, _moment(c.due_at)] for c in there.checks],
        "phases": [[phase.name.digest, [_step(s) for s in sorted(phase.steps.all(), key=lambda s: s.order)]] for phase in there.phases],
        "needs": [[n.spot, n.kind, n.amount] for n in there.needs],
    }
    return {key: rows for key, rows in said.items() if rows}


def _step(s: Step) -> list[Any]:
    return [s.what.digest, s.within_minutes, sorted(_role(r) for r in s.roles.all())]


def _role(r: StepRole) -> list[str]:
    return [r.role, _who(r.unit, r.force)]


def _who(unit: Unit | None, force: Force | None) -> str:
    return f"unit:{unit.key}" if unit else f"force:{force.code}" if force else ""


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")
