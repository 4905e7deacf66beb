"""An agreement of the small world that is in force, without the way there: what the tests of duties begin with."""

from __future__ import annotations

from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from phoihop.domain import models as m
from phoihop.domain.agreements.actions.opening import open_due
from phoihop.domain.agreements.rules.drafts import ClauseDraft, DutyDraft, DutyRoleDraft
from tests.domain.agreements.agreed import a_regulation
from tests.laid import laid_upon
from tests.world import at

JUNE = date(2026, 5, 15)
"""On which day June begins under NĐ 09/2019."""
MAY_MORNING = at(4, 8, month=5)


@laid_upon
def agreed(w: SimpleNamespace, *duties: DutyDraft, began: date = JUNE, areas: list[m.Area] | None = None, **change: Any) -> m.Agreement:
    """The regulation of Sông with these duties in one clause about order, signed by all, in force from a day."""
    clause = ClauseDraft("Điều 2", "Công an xã chủ trì giao ban hằng tháng với Ban CHQS xã.", "Giao ban", content="trattu", duties=duties)
    made = a_regulation(w, MAY_MORNING, clauses=[clause], areas=areas or [w.song], valid_from=began, **change)
    return sign(made, began)


def sign(agreement: m.Agreement, on: date) -> m.Agreement:
    """All have signed, on this day."""
    version = agreement.versions.order_by("-number").first()
    assert version is not None
    version.digest, version.signing_at, version.agreed_on = "0" * 64, MAY_MORNING, on
    version.save()
    post, plain = m.Post.objects.earliest("pk"), {"version": version, "way": "paper", "digest": version.digest, "at": MAY_MORNING, "signed_on": on}
    m.Signature.objects.bulk_create([m.Signature(unit=party.unit, by=post, **plain) for party in agreement.parties.filter(signs=True)])
    agreement.stage, agreement.agreed_on = "agreed", on
    agreement.save()
    return agreement


def meeting(
    w: SimpleNamespace, cadence: str = "month", level: str = "commune", lead: Any = None, support: Any = None, act: str = "brief", **more: Any
) -> DutyDraft:
    """A briefing led by the police and supported by the militia, as forces."""
    roles = [DutyRoleDraft("lead", **(lead or {"force": w.forces["CA"]})), DutyRoleDraft("support", **(support or {"force": w.forces["DQ"]}))]
    return DutyDraft(act, level, cadence, roles=roles, **more)


def open_all(w: SimpleNamespace, when: datetime, most: int = 50) -> int:
    """What the worker does until nothing is left; in how many steps."""
    for step in range(most):
        if not open_due(by=w.node, at=when):
            return step
    raise AssertionError("it never ends")
