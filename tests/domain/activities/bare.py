"""Records that were never written: what rules are judged on."""

from __future__ import annotations

from datetime import date
from typing import Any

from phoihop.domain import models as m
from phoihop.domain.activities.rules import PartyDraft, PatrolDraft
from tests.world import at

TODAY = date(2026, 6, 1)
LEAD, OTHER, THIRD = 1, 2, 3


def post(role: str = "staff", unit: int = LEAD, **fields: Any) -> m.Post:
    return m.Post(pk=10 + unit, unit_id=unit, role=role, **{"valid_from": date(2025, 7, 1)} | fields)


def unit(pk: int = OTHER, **fields: Any) -> m.Unit:
    return m.Unit(pk=pk, name=f"Đơn vị {pk}", key=f"CA.xa.{pk}", **{"valid_from": date(2025, 7, 1)} | fields)


def area(pk: int = 1, **fields: Any) -> m.Area:
    return m.Area(pk=pk, code=f"2900{pk}", kind="xa", level="commune", name=f"Xã {pk}", **{"valid_from": date(2025, 7, 1)} | fields)


def matter(**fields: Any) -> m.Matter:
    return m.Matter(**{"lead_id": LEAD, "kind": "TT", "code": "TT-26-PH86-1-5", "area": area()} | fields)


def activity(**fields: Any) -> m.Activity:
    """A patrol planned for 1 June 2026, 20:00 to 22:00."""
    plain = {"pk": 1, "matter": matter(), "route_kind": "road", "day": TODAY, "planned_start": at(1, 20), "planned_end": at(1, 22)}
    return m.Activity(**plain | fields)


def draft(**change: Any) -> PatrolDraft:
    plain = {
        "start": at(1, 20), "end": at(1, 22), "area": area(), "route_kind": "road",
        "parties": [PartyDraft(unit(LEAD), people=3), PartyDraft(unit(OTHER), people=4)],
    }  # fmt: skip
    return PatrolDraft(**plain | change)


def said(verdict: Any) -> tuple[str, str | None]:
    return (verdict.code, verdict.field)
