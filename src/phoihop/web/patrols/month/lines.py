"""The lines of the board: routes by days, units by days, areas by days."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from phoihop.domain.activities.models import RouteKind
from phoihop.domain.activities.queries.roster import Planned, count_by_area_and_day, seen_of_days
from phoihop.domain.activities.rules.shifts import Shift
from phoihop.domain.territory.models import Area, AreaClosure, Level, Tree
from phoihop.domain.territory.queries import children
from phoihop.kernel.text import in_order

from ... import faces
from ...memory import known_large
from ..seeing import grace, now_and_today
from ..wording import KIND_ICONS
from .board import Board, Group, Head, Line, by, heads_of, line_of
from .drawing import area_cells
from .gathering import Month

UNROUTED_ICON, OTHERS_ICON, FORCE_ICON = "map-pin", "eye-off", "users-group"


def routes_by_days(month: Month, shift: str = "") -> Board:
    """A line for each route (others' only where patrols on it are seen), one for each commune with patrols on no route, one for what is not shown exactly."""
    heads = heads_of(month.days, month.today, month.holidays)
    rows = [row for row in month.rows if row.state != "cancelled" and (not shift or row.shift is None or row.shift == shift)]
    on_route = by((row for row in rows if row.route), lambda row: row.route)
    walked = {row.route for row in [*month.rows, *month.before]}
    shown = [route for route in month.routes if route.owner_id == month.post.unit_id or route.pk in walked]
    groups = []
    for kind in RouteKind:
        lines = [_route_line(month, heads, route, on_route.pop(route.pk, [])) for route in shown if route.kind == kind]
        if lines:
            groups.append(Group(KIND_ICONS[kind], kind.label, lines))
    rest = [row for row in rows if row.exact and not row.route] + [row for found in on_route.values() for row in found]
    groups += _unrouted(month, heads, rest) + _others(heads, [row for row in rows if not row.exact and row.stands])
    return Board(heads, groups)


def _route_line(month: Month, heads: list[Head], route: Any, rows: list[Planned]) -> Line:
    line = line_of(f"r{route.pk}", heads, rows, code=route.code, name=route.name, url=f"/tuan-tra/tuyen/{route.pk}/", route=route)
    line.night, line.day = (month.usual.get((route.pk, shift), 0) for shift in (Shift.NIGHT, Shift.DAY))
    gaps = {day for run in month.missed.get(route.pk, ()) for day in run.days()}
    clashing = {slot.activity for pair in month.clashes for slot in pair}
    for cell in line.cells:
        cell.gap = cell.head.day in gaps
        cell.clash = any(row.pk in clashing for row in cell.patrols)
    return line


def _unrouted(month: Month, heads: list[Head], rows: list[Planned]) -> list[Group]:
    """Exact patrols on no route, a line for each commune."""
    if not rows:
        return []
    names = Area.objects.in_bulk({row.area for row in rows})
    lines = [line_of(f"a{area}", heads, found, name=str(names[area]), url=f"?dv={names[area].code}") for area, found in by(rows, lambda r: r.area).items()]
    return [Group(UNROUTED_ICON, _("Không theo tuyến"), sorted(lines, key=lambda line: in_order(line.name)))]


def _others(heads: list[Head], rows: list[Planned]) -> list[Group]:
    if not rows:
        return []
    said = _("Chỉ số cuộc: tuyến, giờ, lực lượng chỉ hiện với bên tham gia đến khi xong")
    return [Group(OTHERS_ICON, _("Cuộc của đơn vị khác"), [line_of("x", heads, rows, name=said)])]


def units_by_days(month: Month, shift: str = "") -> Board:
    """A line for each unit with the patrols on which it is down, grouped by force, the busiest first."""
    heads = heads_of(month.days, month.today, month.holidays)
    of_unit: dict[tuple[str, str, int], list[Planned]] = {}
    for row in month.rows:
        if row.exact and row.stands and (not shift or row.shift == shift):
            for seat in row.seats:
                of_unit.setdefault((seat.force, seat.name, seat.unit), []).append(row)
    groups = []
    for code, face in faces.faces().items():
        own = sorted((unit for unit in of_unit if unit[0] == code), key=lambda unit: (-len(of_unit[unit]), in_order(unit[1])))
        lines = [_unit_line(heads, unit, of_unit[unit]) for unit in own]
        if lines:
            groups.append(Group(FORCE_ICON, face.name, lines))
    return Board(heads, groups)


def _unit_line(heads: list[Head], unit: tuple[str, str, int], rows: list[Planned]) -> Line:
    force, name, pk = unit
    line = line_of(f"u{pk}", heads, rows, name=name)
    line.forces = (force,)
    return line


def areas_by_days(month: Month) -> tuple[list[Head], list[dict[str, Any]], list[int]]:
    """The overview of a province: how many patrols on each day in each cluster of communes (or commune), and the sums of days."""
    now, today = now_and_today()
    counts = count_by_area_and_day(seen_of_days(month.post, month.days, now, grace(), today))
    heads = heads_of(month.days, month.today, month.holidays)
    places, part_of = known_large(("places of a month", month.area.pk, month.days), lambda: _places(month))
    sums: dict[tuple[int, date], int] = {}
    for (area, day), n in counts.items():
        if area in part_of:
            sums[part_of[area], day] = sums.get((part_of[area], day), 0) + n
    counts_of = {place.pk: [sums.get((place.pk, head.day), 0) for head in heads] for place in places}
    most = max([1, *(n for found in counts_of.values() for n in found)])
    lines = [_area_line(place, heads, counts_of[place.pk], most) for place in places]
    return heads, lines, [sum(line["counts"][n] for line in lines) for n in range(len(heads))]


def _area_line(place: Area, heads: list[Head], counts: list[int], most: int) -> dict[str, Any]:
    return {"area": place, "counts": counts, "cells": area_cells(place, heads, counts, most), "total": sum(counts)}


def _places(month: Month) -> tuple[list[Area], dict[int, int]]:
    """The lines of the overview, and to which of them each commune belongs."""
    clusters = list(children(month.area, month.days.first, Tree.CLUSTER)) or list(children(month.area, month.today, Tree.CLUSTER))
    if not clusters:
        return month.communes, {area.pk: area.pk for area in month.communes}
    rows = AreaClosure.objects.filter(ancestor__in=clusters, area__level=Level.COMMUNE, valid_from__lt=month.days.until, valid_until__gt=month.days.first)
    return sorted(clusters, key=lambda area: area.folded), dict(rows.values_list("area", "ancestor"))
