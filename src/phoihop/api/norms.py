"""Cadences, deadlines, criteria and contents as they hold in a place, where places differ, and laying one down."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Router
from pydantic import BaseModel, Field

from phoihop.domain.agreements.actions import norms
from phoihop.domain.agreements.models import LocalNorm, Norm
from phoihop.domain.agreements.queries.norms import Line, lines, local_norms
from phoihop.domain.agreements.rules.norms import SHIPPED
from phoihop.domain.territory.models import Area

from .acts import act
from .asking import Day, Text, look_up, one_of
from .reads import After, Limit, caller_of, page, page_of, reads
from .telling import Telling, labelled

router = Router()
LOCAL_NORM = Telling(
    "LocalNorm", LocalNorm, "id", "norm", "area", "unit", "value", "why", "valid_from", "valid_until", "set_at", "withdrawn_on", "withdrawal",
    instrument=(str | None, lambda one: one.instrument.code if one.instrument else None),
    agreement=(str | None, lambda one: one.agreement.matter.code if one.agreement else None),
)  # fmt: skip


class NormTold(BaseModel):
    """A norm as it stands in an area on a day."""

    norm: labelled(list(Norm))
    holds: str = Field(description="The value that holds there: days, months, a cadence, content areas with commas between, 1 or 0 for asked for or not.")
    shipped: str
    source: str
    least: str | None = Field(description="What the law asks for at least; null where no law does.")
    article: str | None
    laid_down: list[LOCAL_NORM.shape] = Field(description="On the way down to the area, the nearest last; the last one holds.")
    below: list[LOCAL_NORM.shape] = Field(description="Of the communes below that differ.")


@reads(router, "/norms", list[NormTold])
def norms_there(request: HttpRequest, area: Text, on: Day | None = None) -> Any:
    """Every norm as it holds in an area on a day (today), with its way down from what ships and the communes that differ."""
    caller = caller_of(request)
    day: date = on or caller.today
    return [_told(line) for line in lines(look_up(caller, [(Area, area, "area")])[Area, area], day)]


@reads(router, "/local-norms", page_of(LOCAL_NORM))
def laid_down(request: HttpRequest, area: Text, norm: one_of(Norm) | None = None, after: After = None, limit: Limit = 100) -> Any:  # fmt: skip
    """Everything that was laid down in an area and below it, withdrawn and over ones among it."""
    caller = caller_of(request)
    rows = local_norms(look_up(caller, [(Area, area, "area")])[Area, area], caller.today)
    return page(rows.filter(norm=norm) if norm else rows, LOCAL_NORM, after, limit)


def _told(line: Line) -> dict[str, Any]:
    shipped = SHIPPED[line.norm]
    return {
        "norm": line.norm.value, "holds": line.holds.value, "shipped": shipped.value, "source": str(shipped.source), "least": shipped.least or None,
        "article": str(shipped.article) or None, "laid_down": LOCAL_NORM.of_each(step.stated for step in line.steps if step.stated),
        "below": LOCAL_NORM.of_each(d.local for d in line.below),
    }  # fmt: skip


act(router, "/local-norms", norms.set_norm)
act(router, "/local-norms/{local}/withdraw", norms.withdraw_norm)
