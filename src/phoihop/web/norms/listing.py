"""/ke-hoach/mau-chu-ky/: each norm with what it ships with and from where, what the province has laid down, and which communes differ from that."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as lazy

from phoihop.domain.agreements.models import LocalNorm
from phoihop.domain.agreements.queries.norms import Line, lines
from phoihop.domain.agreements.rules.norms import GROUP_NAMES, SHIPPED, words
from phoihop.domain.territory.models import Level

from ..base import Acting, acting, page
from ..duties.frame import tabs
from ..lists import chosen, filter_links
from . import wording

LOOK = "xem"
LOOKS = {"": lazy("Tất cả"), "khac": lazy("Có nơi đặt khác")}
_SHOWN = 4


@acting("matter.view")
def norms(request: Acting) -> HttpResponse:
    """The norms in their groups, as of the area and day of the address."""
    area, day = request.scope.area, request.scope.day
    assert area is not None
    found = lines(area, day)
    look = chosen(request, LOOK, LOOKS)
    rows = [_row(line) for line in found if not look or line.below or line.holds.stated]
    groups = [(name, [row for row in rows if row["group"] == group]) for group, name in GROUP_NAMES.items()]
    return page(
        request,
        "norms/list.html",
        part="found",
        tabs=tabs(request, wording.PAGE),
        filters=filter_links(request, LOOK, LOOKS, look),
        groups=[(name, some) for name, some in groups if some],
        commune=area.level == Level.COMMUNE,
        own=sum(line.holds.stated is not None and line.holds.stated.area_id == area.pk for line in found),
        differing=len({d.local.area_id for line in found for d in line.below}),
    )


def _row(line: Line) -> dict[str, Any]:
    shipped = SHIPPED[line.norm]
    at = {one.stated.area.level: one for one in line.steps if one.stated is not None}
    return {
        "norm": line.norm, "group": shipped.group, "shipped": words(line.norm, shipped.value), "source": shipped.source, "law": shipped.article,
        "province": _local(line, at.get(Level.PROVINCE)), "here": _local(line, at.get(Level.COMMUNE)),
        "below": _below(line), "more": max(0, len(line.below) - _SHOWN),
    }  # fmt: skip


def _local(line: Line, step: Any) -> dict[str, Any] | None:
    return None if step is None else wording.step(step, line.norm) | {"from": step.stated.valid_from, "until": step.stated.valid_until}


def _below(line: Line) -> Sequence[dict[str, Any]]:
    shown: list[LocalNorm] = [d.local for d in line.below[:_SHOWN]]
    return [
        {"area": one.area, "value": words(line.norm, one.value), "from": one.valid_from, "left_out": wording.left_out(line.norm, one.value)} for one in shown
    ]
