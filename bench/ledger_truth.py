"""What DuckDB makes of the raw facts: the sums that the ledger has to tell, to the last digit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import duckdb
from django.db import connection

Key = tuple[int, int, date]
"""Measure, area, first day of the month."""

_LINES = "range(1, 9) r(line)"
# Every fact once for the whole (line 0) and once for every line it counts in: its own, or those that shares bring.
_CONTRIBUTIONS = f"""
    SELECT measure_id, item_id, area_id, day, 0 AS line, value, reverses_id FROM fact
    UNION ALL SELECT measure_id, item_id, area_id, day, line, value, reverses_id FROM fact, {_LINES} WHERE (lines & (1 << line)) <> 0
    UNION ALL SELECT f.measure_id, f.item_id, f.area_id, f.day, line, f.value, f.reverses_id
        FROM fact f JOIN share s ON s.fact_id = f.id, {_LINES} WHERE (s.lines & (1 << line)) <> 0
"""


def by_month(duck: duckdb.DuckDBPyConnection, line: int, items: Iterable[int] = ()) -> dict[Key, tuple[int, int]]:
    """Value and number of standing facts by measure, area (with all below) and calendar month, in a line (0: all)."""
    only = f"AND item_id IN ({', '.join(map(str, items))})" if items else ""
    rows = duck.execute(f"""
        SELECT measure_id, b.c1, CAST(date_trunc('month', day) AS DATE), CAST(sum(value) AS BIGINT), CAST(sum(CASE WHEN reverses_id IS NULL THEN 1 ELSE -1 END) AS BIGINT)
        FROM ({_CONTRIBUTIONS}) JOIN below b ON b.c0 = area_id WHERE line = {line} {only} GROUP BY ALL
    """).fetchall()
    return {(measure, area, month): (value, count) for measure, area, month, value, count in rows}


def month_by_commune(duck: duckdb.DuckDBPyConnection, measure: int, province: int, year: int) -> int:
    """The peer of a grid: the same sums by DuckDB; how many there are."""
    return len(
        duck.execute(f"""
            SELECT area_id, date_trunc('month', day), sum(value) FROM fact JOIN below b ON b.c0 = area_id AND b.c1 = {province}
            WHERE measure_id = {measure} AND year(day) = {year} GROUP BY ALL
        """).fetchall()
    )


def balances_of_communes(duck: duckdb.DuckDBPyConnection) -> int:
    """How many balances communes would have, if they had any: the projection keeps none (docs/decisions)."""
    granule = "date_trunc('month', day) AS month, day(day) >= 15 AS late, month(day) = 11 AND day(day) = 15 AS odd"
    rows = duck.execute(f"""
        WITH c AS (SELECT DISTINCT measure_id, item_id, area_id, line, {granule} FROM ({_CONTRIBUTIONS}))
        SELECT (SELECT count(*) FROM (SELECT DISTINCT measure_id, area_id, line, month, late, odd FROM c)) + (SELECT count(*) FROM c WHERE item_id IS NOT NULL)
    """).fetchone()
    return int(rows[0]) if rows else 0


def take_over(duck: duckdb.DuckDBPyConnection, after_fact: int, after_share: int) -> None:
    """Copy the facts and shares that the database got since into DuckDB."""
    fact = "id, seq, measure_id, item_id, area_id, day, value, unit_id, lines, key, matter_id, reverses_id"
    share = "id, seq, fact_id, unit_id, lines"
    with connection.cursor() as cursor:
        for table, columns, last, blank in (("fact", fact, after_fact, ", NULL"), ("share", share, after_share, "")):
            cursor.execute(f"SELECT {columns} FROM phoihop_{table} WHERE id > %s ORDER BY id", [last])
            while rows := cursor.fetchmany(500):
                values = ", ".join(f"({', '.join(_literal(v) for v in row)}{blank})" for row in rows)
                duck.execute(f"INSERT INTO {table} VALUES {values}")


def _literal(value: object) -> str:
    return "NULL" if value is None else str(value) if isinstance(value, int) else f"'{value}'"
