"""The map of what moves now, and the days before in five numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from phoihop.domain.activities.queries.situation import OnDuty
from phoihop.domain.activities.rules import State
from phoihop.domain.activities.rules.situation import STATES_OF, Told
from phoihop.domain.territory.models import Area, AreaClosure, Level, Tree
from phoihop.kernel.period import ONE_DAY, Period

from ..memory import known
from ..patrols.filters import STATE_SLUGS
from ..scope import Scope
from ..svg_map import MapView, Mark, Shade, point_on, province_map

SPAN = 28


@dataclass(frozen=True, slots=True)
class Beat:
    """One number of the pulse. ``series``: by day, the oldest first, None where nothing is known; ``url``: the records behind it."""

    label: Any
    n: int | None
    series: Sequence[int | None]
    url: str
    css: str = ""


def beats(counts: Mapping[date, Counter[State]], day: date, year: int | None, area: str) -> list[Beat]:
    """Of the 28 days that end with the day looked at. A day on which nothing was planned is a gap, not a zero."""
    days = [day - ONE_DAY * n for n in range(SPAN - 1, -1, -1)]
    until = f"tu={days[0].isoformat()}&den={day.isoformat()}{area}"

    def of(states: Iterable[State]) -> list[int | None]:
        return [sum(counts[d][s] for s in states) if d in counts else None for d in days]

    def whole(series: Sequence[int | None]) -> int | None:
        told = [n for n in series if n is not None]
        return sum(told) if told else None

    all_of = of(STATES_OF[Told.ALL])
    found = [
        Beat(_("Cuộc ngày %(day)s") % {"day": f"{day.day}/{day.month}"}, all_of[-1], all_of, f"/tuan-tra/?tu={day.isoformat()}&den={day.isoformat()}{area}")
    ]
    for state, label, css in (
        (State.HELD, _("Đã xác nhận"), ""),
        (State.WAITING, _("Chờ xác nhận"), ""),
        (State.MISSING, _("Thiếu kết quả"), "t-warn"),
    ):
        series = of([state])
        n = whole(series)
        found.append(Beat(label, n, series, f"/tuan-tra/?tt={STATE_SLUGS[state]}&{until}", css if n else ""))
    so_far = f"tu={day.year}-01-01&den={day.isoformat()}{area}"
    return [*found, Beat(_("Lũy kế %(year)s, đã xác nhận") % {"year": day.year}, year, [], f"/tuan-tra/?tt={STATE_SLUGS[State.HELD]}&{so_far}")]


def period_of(day: date) -> Period:
    return Period(day - ONE_DAY * (SPAN - 1), day + ONE_DAY)


def clusters(province: Area | None, day: date) -> dict[int, str]:
    """By commune, the group that the province has put it in; nothing where it made none."""
    if province is None:
        return {}

    def load() -> dict[int, str]:
        inside = AreaClosure.objects.filter(ancestor=province, area__level=Level.GROUP, area__tree=Tree.CLUSTER, valid_from__lte=day, valid_until__gt=day)
        rows = AreaClosure.objects.filter(ancestor__in=inside.values("area"), area__level=Level.COMMUNE, valid_from__lte=day, valid_until__gt=day)
        return dict(rows.values_list("area", "ancestor__name"))

    return known(("clusters", province.pk, day), load)


def map_of_now(scope: Scope, day: date, found: Sequence[OnDuty], address: str, table: str) -> MapView | None:
    """Communes shaded by how many patrols are out, a sign where one should have left; each opens its own board.

    ``address``: of another area's board, with %s for its code; ``table``: where the same stands in words.
    """
    province = scope.province()
    if province is None:
        return None
    by_area: dict[int, Counter[State]] = {}
    names: dict[int, OnDuty] = {}
    for one in found:
        by_area.setdefault(one.area, Counter())[one.state] += 1
        names.setdefault(one.area, one)
    ranked = sorted(by_area, key=lambda pk: (-by_area[pk][State.LATE], -by_area[pk][State.UNDER_WAY], names[pk].place))
    shades = {pk: _shade(names[pk], by_area[pk], address) for pk in ranked}
    focus = [scope.area.pk] if scope.area and scope.area.level == Level.COMMUNE else []
    view = province_map(province, day, shades, title=_("Tuần tra chung trong ngày theo xã, phường"), focus=focus, shown=430, table=table)
    if view is None:
        return None
    late = [pk for pk in ranked if by_area[pk][State.LATE]]
    return replace(view, marks=[mark for pk in late if (mark := _mark(province, day, names[pk], by_area[pk], view.size))])


def _shade(one: OnDuty, counts: Counter[State], address: str) -> Shade:
    out, late = counts[State.UNDER_WAY], counts[State.LATE]
    said = _("%(place)s: %(all)s cuộc, %(out)s đang đi, %(late)s chậm") % {"place": one.place, "all": sum(counts.values()), "out": out, "late": late}
    css = "s1" if not out else "s3" if out == 1 else "s4"
    return Shade(css, said, address.replace("%s", one.area_code), one.place if out or late else "")


def _mark(province: Area, day: date, one: OnDuty, counts: Counter[State], size: float) -> Mark | None:
    """Above the commune's name."""
    point = point_on(province, day, one.area)
    if point is None:
        return None
    said = _("%(place)s: %(n)s cuộc chậm xuất phát") % {"place": one.place, "n": counts[State.LATE]}
    return Mark(point[0], point[1] - 1.7 * size, "danger", said)
