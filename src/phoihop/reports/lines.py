"""The lines of a report: communes under the group in which they stand, what lies in none of them, and the sum."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from phoihop.domain.figures.queries import Row, Table
from phoihop.domain.figures.rules.figure import Figure, added, missing, ratio
from phoihop.domain.territory.models import Area, AreaKind, AreaParent, Level, Tree
from phoihop.domain.territory.queries.maps import CHANGES
from phoihop.domain.territory.rules.names import word_of
from phoihop.kernel.memo import Memo
from phoihop.kernel.period import Period

from .cells import Cell, Printed
from .columns import Column

ROW, GROUP, REST, TOTAL = "row", "group", "rest", "total"
_GROUP_WORDS: dict[str, str] = {AreaKind.CLUSTER: "cụm", AreaKind.DEFENCE_REGION: "khu vực phòng thủ", AreaKind.BORDER_STRETCH: "tuyến"}
_CHOICE = {Tree.CLUSTER: 0, Tree.DEFENCE: 1, Tree.CIVIL: 2}


@dataclass(frozen=True, slots=True)
class Line:
    """``kind``: row, group, rest or total. ``areas``: one; several that can only be told together; none for the rest."""

    kind: str
    key: str
    name: str
    areas: tuple[Area, ...]
    cells: tuple[Cell, ...]
    members: int = 0

    @property
    def is_missing(self) -> bool:
        """Whether nothing at all is known of it."""
        return all(c.figure.told.value is None for c in self.cells)


def communes_in(lines: Iterable[Line]) -> int:
    """How many communes they tell of: a line may tell of several that can only be told together."""
    return sum(len(line.areas) for line in lines)


def words(area: Area) -> str:
    """ "Xã Bảo Thạnh", in Vietnamese whatever the reader's language: the table is the same on every paper."""
    word = _GROUP_WORDS.get(area.kind) or word_of(area.kind)
    if area.name.startswith(word[:1].upper() + word[1:]):
        return area.name
    return f"{word[:1].upper()}{word[1:]} {area.name}".strip()


def laid_out(columns: Sequence[Column], now: Table, then: Table, days: Period) -> tuple[Line, ...]:
    """The lines in order of reading: groups with their rows (when there are several), the rest, the total."""
    before = {frozenset(a.pk for a in row.areas): row for row in then.rows}
    rows = [_row(columns, row, before.get(frozenset(a.pk for a in row.areas))) for row in now.rows]
    groups = _groups([row.areas[0] for row in now.rows], days)
    lines = _grouped(columns, rows, groups) if len(set(groups.values())) > 1 else rows
    rest = [_line(REST, "rest", "Cấp tỉnh, ngoài xã", (), columns, now.rest or _nothing(columns), then.rest)] if now.rest or then.rest else []
    return (*lines, *rest, total(columns, now, then))


def total(columns: Sequence[Column], now: Table, then: Table) -> Line:
    area = now.total.areas[0]
    return _line(TOTAL, area.code, words(area), (area,), columns, now.total, then.total)


def _nothing(columns: Sequence[Column]) -> Row:
    return Row((), {c.code: missing(c.code) for c in columns}, {})


def _row(columns: Sequence[Column], now: Row, then: Row | None) -> Line:
    key = "+".join(a.code for a in now.areas)
    return _line(ROW, key, " + ".join(words(a) for a in now.areas), now.areas, columns, now, then)


def _line(kind: str, key: str, name: str, areas: tuple[Area, ...], columns: Sequence[Column], now: Row, then: Row | None) -> Line:
    made = tuple(
        Cell(c, now.figures[c.code], then.figures[c.code] if then else missing(c.code), key, now.shown.get(c.code), then.shown.get(c.code) if then else None)
        for c in columns
    )
    return Line(kind, key, name, areas, made, 0)


def _groups(areas: Sequence[Area], days: Period) -> dict[int, Area]:
    """The group of each area as it was last in the period: a cluster of the province, else a defence region, else its district."""
    return _kept.get((tuple(a.pk for a in areas), days), lambda: _looked_up(areas, days))


_kept: Memo[dict[int, Area]] = Memo(*CHANGES, most=16)


def _looked_up(areas: Sequence[Area], days: Period) -> dict[int, Area]:
    held = AreaParent.objects.filter(area__in=[a.pk for a in areas], parent__level__in=[Level.GROUP, Level.DISTRICT], valid_from__lte=days.last)
    found: dict[int, tuple[tuple[int, int], Area]] = {}
    for row in held.exclude(valid_until__lte=days.first).select_related("parent"):
        if (choice := _CHOICE.get(Tree(row.parent.tree))) is not None:
            rank = (choice, -row.valid_from.toordinal())
            if row.area_id not in found or rank < found[row.area_id][0]:
                found[row.area_id] = (rank, row.parent)
    return {area: group for area, (_rank, group) in found.items()}


def _grouped(columns: Sequence[Column], rows: Sequence[Line], groups: Mapping[int, Area]) -> list[Line]:
    by_group: dict[int | None, list[Line]] = {}
    named = {group.pk: group for group in groups.values()}
    for row in rows:
        group = groups.get(row.areas[0].pk)
        by_group.setdefault(group.pk if group else None, []).append(row)
    lines: list[Line] = []
    for pk in sorted(by_group, key=lambda pk: (pk is None, named[pk].code if pk is not None else "")):
        area = named[pk] if pk is not None else None
        members = by_group[pk]
        key = f"g{area.code}" if area else "g"
        name = words(area) if area else "Các xã khác"
        cells = tuple(_summed(c, key, [m.cells[n] for m in members]) for n, c in enumerate(columns))
        lines += [Line(GROUP, key, name, tuple(a for m in members for a in m.areas), cells, len(members)), *members]
    return lines


def _summed(column: Column, key: str, parts: Sequence[Cell]) -> Cell:
    now, then = [c.figure for c in parts], [c.then for c in parts]
    whole = _wholes(column, now, lambda: [c.shown for c in parts])
    return Cell(column, _together(column, now), _together(column, then), key, whole, _wholes(column, then, lambda: [c.shown_then for c in parts]))


def _wholes(column: Column, parts: Sequence[Figure], shown: Callable[[], Sequence[Printed]]) -> int | None:
    """The sum of what is shown of estimates, so that a group is the sum of its rows on paper too."""
    if all(f.exact for f in parts) or not column.adds_up:
        return None
    return sum((s.value or 0) for f, s in zip(parts, shown(), strict=True) if f.value is not None) // 10**column.places


def _together(column: Column, parts: Sequence[Figure]) -> Figure:
    """Several areas as one: sums add up, a ratio is that of the sums, anything else cannot be told."""
    exact, count = all(f.exact for f in parts), sum(f.count for f in parts)
    if column.adds_up:
        told = _sum(f.value for f in parts)
        return missing(column.code) if told is None else Figure(column.code, told, count, exact)
    part, whole = _sum(f.part for f in parts), _sum(f.whole for f in parts)
    return ratio(column.code, Figure("", part, count, exact), Figure("", whole, 0, exact), column.scale)


def _sum(values: Iterable[Fraction | None]) -> Fraction | None:
    told = [v for v in values if v is not None]
    return added(told) if told else None
