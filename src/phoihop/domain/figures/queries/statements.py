"""The text of the statement that adds up the ledger, for both engines.

A question of one term is asked with parameters, so that its text stays the same and need not be understood anew each time. Many terms
are written out as a table (numbers and days from records, never a person's typing), and so are the measures and limits: a table that
is joined to constants alone makes SQLite build a filter over all of it, once it has statistics.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from ..rules.terms import Term

HEAD, BALANCES, FACTS = 0, 1, 2
"""Where a row comes from. If balances are read at all, a row of its own tells their head in the place of the measure, and in the place
of the item whether any fact or share comes after the head that was named."""

Given = dict[str, int | str | None]
"""Parameters by name."""


class Sources(NamedTuple):
    """Terms by where they are read: from balances and what came after them; from facts of an area and all below; from its own facts."""

    upper: list[tuple[int, Term]]
    below: list[tuple[int, Term]]
    own: list[tuple[int, Term]]


class Shape(NamedTuple):
    """All that the text depends on, but for terms that are written out: how many terms of each source (0, 1, or 2 for many), and what of them."""

    upper: int
    below: int
    own: int
    measures: int
    items: int
    by_item: bool
    line: bool
    as_of: bool
    fresh: bool
    """Whether facts after the head are added up, too: most of the time there are none."""


@dataclass(frozen=True, slots=True)
class _Names:
    """How a part's term is named in the text: as a row of a table, or by parameters."""

    table: str
    n: str
    area: str
    first: str
    until: str
    measure: str
    bit: str = "%(bit)s"
    as_of: str = "%(as_of)s"


def named(prefix: str, values: Sequence[int]) -> Given:
    return {f"{prefix}{n}": value for n, value in enumerate(values)}


def written(shape: Shape, sources: Sources, vendor: str) -> tuple[str, Given]:
    """The text of a question, and the parameters that its terms need."""
    parts = list(zip(Sources._fields, sources, strict=True))
    given: Given = {}
    for name, terms in parts:
        if len(terms) == 1:
            n, term = terms[0]
            given |= {f"{name}_n": n, f"{name}_area": term.area, f"{name}_first": term.days.first.isoformat(), f"{name}_until": term.days.until.isoformat()}
    body, tables = _body(shape, vendor), [_table(name, terms, vendor) for name, terms in parts if len(terms) > 1]
    if not tables:
        return body, given
    measures = ", ".join(f"(%(m{n})s)" for n in range(shape.measures))
    tables += [f"measure(id) AS (VALUES {measures})", f"asked(bit, as_of) AS (VALUES (%(bit)s, {'%(as_of)s' if shape.as_of else 0}))"]
    return f"WITH {', '.join(tables)} {body}", given


def _table(name: str, terms: Sequence[tuple[int, Term]], vendor: str) -> str:
    day = "DATE " if vendor == "postgresql" else ""
    rows = ", ".join(f"({n}, {t.area}, {day}'{t.days.first.isoformat()}', {day}'{t.days.until.isoformat()}')" for n, t in terms)
    return f"{name}(n, area, first, until) AS (VALUES {rows})"


@lru_cache(maxsize=256)
def _body(shape: Shape, vendor: str) -> str:
    parts: list[str] = []
    if shape.upper:
        names = _names("upper", shape.upper, shape.measures)
        parts += [_head(shape), _from_balances(shape, names), *(_fresh(shape, names, vendor) if shape.fresh else ())]
    if shape.below:
        parts += _from_facts(shape, _names("below", shape.below, shape.measures), vendor)
    if shape.own:
        parts += _own_facts(shape, _names("own", shape.own, shape.measures))
    return " UNION ALL ".join(parts)


def _names(part: str, terms: int, measures: int) -> _Names:
    if terms > 1:
        return _Names(f"{part} t CROSS JOIN measure m CROSS JOIN asked a", "t.n", "t.area", "t.first", "t.until", "= m.id", "a.bit", "a.as_of")
    n, area, first, until = (f"%({part}_{column})s" for column in ("n", "area", "first", "until"))
    return _Names("", n, area, first, until, _among("m", measures))


def _among(prefix: str, count: int) -> str:
    if count == 1:
        return f"= %({prefix}0)s"
    return f"IN ({', '.join(f'%({prefix}{n})s' for n in range(count))})"


def _tables(*names: str) -> str:
    """Cross joins: SQLite takes the tables in this order, PostgreSQL in the order that it finds best."""
    return " CROSS JOIN ".join(name for name in names if name)


def _head(shape: Shape) -> str:
    later = "EXISTS (SELECT 1 FROM phoihop_fact WHERE seq > %(head)s)"
    if shape.line:
        later += " OR EXISTS (SELECT 1 FROM phoihop_share WHERE seq > %(head)s)"
    return f"SELECT {HEAD}, 0, seq, CASE WHEN {later} THEN 1 ELSE 0 END, 0, 0 FROM phoihop_balancehead WHERE id = 1"


def _from_balances(shape: Shape, t: _Names) -> str:
    item = f" AND b.item {_among('i', shape.items)}" if shape.items else "" if shape.by_item else " AND b.item = 0"
    shown, group = _grouped(shape, t, "b.measure_id", "b.item" if shape.by_item else "0", "b.item" if shape.by_item else "")
    return (
        f"SELECT {BALANCES}, {shown}, CAST(SUM(b.value) AS bigint), CAST(SUM(b.count) AS bigint) FROM {_tables(t.table, 'phoihop_balance b')}"
        f" WHERE b.measure_id {t.measure} AND b.area_id = {t.area} AND b.line = %(line)s{item}"
        f" AND b.granule >= {t.first} AND b.granule < {t.until}{group}"
    )


def _fresh(shape: Shape, t: _Names, vendor: str) -> Iterator[str]:
    """Facts, and shares of older facts, after the head. For SQLite a plus hides columns from its indexes: it is to start at the events."""
    plus = "+" if vendor == "sqlite" else ""
    closure = f"c.area_id = f.area_id AND c.valid_from <= f.day AND c.valid_until > f.day AND c.ancestor_id = {t.area}"
    days = f"{plus}f.day >= {t.first} AND {plus}f.day < {t.until}"
    # A lone area is looked for from each fact; as a join, SQLite would first make a filter of the whole tree.
    areas = _tables("phoihop_areaclosure c", t.table) if t.table else ""
    within = f"{closure if areas else f'EXISTS (SELECT 1 FROM phoihop_areaclosure c WHERE {closure})'} AND {days}"
    own = f" AND f.lines & {t.bit} <> 0" if shape.line else ""
    yield _summed(shape, t, _tables("phoihop_fact f", areas), f"f.seq > %(head)s{own} AND {within}", plus)
    if shape.line:
        joint = _tables("phoihop_share s", "phoihop_fact f", areas)
        yield _summed(shape, t, joint, f"s.seq > %(head)s AND s.lines & {t.bit} <> 0 AND f.id = s.fact_id AND {within}", plus)


def _from_facts(shape: Shape, t: _Names, vendor: str) -> Iterator[str]:
    """Facts of an area and of all that lay below it, each on the days on which it did."""
    earlier, later = ("LEAST", "GREATEST") if vendor == "postgresql" else ("MIN", "MAX")
    match = (
        f"c.ancestor_id = {t.area} AND c.valid_from < {t.until} AND c.valid_until > {t.first} AND f.area_id = c.area_id"
        f" AND f.day >= {later}({t.first}, c.valid_from) AND f.day < {earlier}({t.until}, c.valid_until)"
    )
    yield from _counted(shape, t, _tables(t.table, "phoihop_areaclosure c", "phoihop_fact f"), match)


def _own_facts(shape: Shape, t: _Names) -> Iterator[str]:
    """Facts of an area with nothing below it."""
    match = f"f.area_id = {t.area} AND f.day >= {t.first} AND f.day < {t.until}"
    yield from _counted(shape, t, _tables(t.table, "phoihop_fact f"), match)


def _counted(shape: Shape, t: _Names, tables: str, match: str) -> Iterator[str]:
    match += f" AND f.seq <= {t.as_of}" if shape.as_of else ""
    if not shape.line:
        yield _summed(shape, t, tables, match)
        return
    yield _summed(shape, t, tables, f"{match} AND f.lines & {t.bit} <> 0")
    seen = f" AND s.seq <= {t.as_of}" if shape.as_of else ""
    shared = f"EXISTS (SELECT 1 FROM phoihop_share s WHERE s.fact_id = f.id AND s.lines & {t.bit} <> 0{seen})"
    yield _summed(shape, t, tables, f"{match} AND {shared}")


def _summed(shape: Shape, t: _Names, tables: str, where: str, plus: str = "") -> str:
    """Facts added up by term and measure; a fact counts 1, what takes it back −1."""
    items = f" AND f.item_id {_among('i', shape.items)}" if shape.items else ""
    measure, by = f"{plus}f.measure_id", f"{plus}f.item_id" if shape.by_item else ""
    shown, group = _grouped(shape, t, measure, "COALESCE(f.item_id, 0)" if by else "0", by)
    return (
        f"SELECT {FACTS}, {shown}, CAST(SUM(f.value) AS bigint), CAST(SUM(CASE WHEN f.reverses_id IS NULL THEN 1 ELSE -1 END) AS bigint)"
        f" FROM {tables} WHERE {measure} {t.measure}{items} AND {where}{group}"
    )


def _grouped(shape: Shape, t: _Names, measure: str, item: str, by: str) -> tuple[str, str]:
    """The columns that say what a sum is of, and how to group by them; a lone sum is not grouped, which is cheaper."""
    columns = [t.n] if t.table else []
    columns += [measure] if shape.measures > 1 or t.table or shape.by_item else []
    columns += [by] if by else []
    shown = f"{t.n}, {measure if len(columns) else '%(m0)s'}, {item}"
    return shown, f" GROUP BY {', '.join(columns)}" if columns else ""
