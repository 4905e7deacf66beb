"""Ten million facts for the bench of the ledger: 3,321 communes in 34 provinces, three years of joint patrols.

Made by DuckDB from a fixed hash, so every run has the same; brought in by COPY or executemany, with the indexes off. Facts name events
and no matters: sums never look at either.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
from django.db import connection

from phoihop.domain import models as m
from phoihop.domain.figures.actions.definitions import lay
from phoihop.domain.figures.rules.definitions import packaged

PROVINCES, COMMUNES = 34, 3321
FIRST, UNTIL = date(2024, 1, 1), date(2027, 1, 1)
FOREVER = date(9999, 12, 31)
FACTS_PER_PATROL = 8.86
_TABLES = ("phoihop_fact", "phoihop_share")
_FACT = "id, seq, measure_id, item_id, area_id, day, value, unit_id, lines, key, matter_id, reverses_id"
_SHARE = "id, seq, fact_id, unit_id, lines"


def ground() -> None:
    """Areas, forces, lines, units and definitions: a few thousand rows, through the models."""
    nation = _area("VN", "nation", "nuoc")
    provinces = [_area(f"{n:02}", "province", "tinh") for n in range(PROVINCES)]
    communes = [_area(f"{10_000 + n}", "commune", "xa") for n in range(COMMUNES)]
    m.Area.objects.bulk_create([nation, *provinces, *communes], batch_size=500)
    below = [(p, [p, nation]) for p in provinces] + [(c, [c, provinces[n % PROVINCES], nation]) for n, c in enumerate(communes)]
    m.AreaClosure.objects.bulk_create(
        [
            m.AreaClosure(area=a, ancestor=above, depth=depth, valid_from=date(2000, 1, 1), valid_until=FOREVER)
            for a, chain in [(nation, [nation]), *below]
            for depth, above in enumerate(chain)
        ],
        batch_size=500,
    )
    forces = {code: m.Force.objects.create(code=code, order=n) for n, code in enumerate(("QS", "CA", "BP", "DQ"))}
    for n, code in enumerate(("QS", "CA", "BP", "DQ", "BQP", "BCA", "ND03", "ND02"), 1):
        m.Line.objects.create(pk=n, code=code, kind="force" if n <= 4 else "ministry" if n <= 6 else "decree", name=code, name_en=code)
    units = [
        m.Unit(key=f"{code}.{c.code}", force=forces[code], kind="xa", area=c, name=code, short=code, folded=code, home="PH86", valid_from=FIRST)
        for c in [*communes, *provinces]
        for code in ("CA", "DQ", "BP")
    ]
    m.Unit.objects.bulk_create(units, batch_size=500)
    post = m.Post.objects.create(unit=units[0], role="node", title="bench", valid_from=date(2000, 1, 1))
    m.Event.objects.create(seq=1, at=datetime(2024, 1, 1, tzinfo=UTC), by=post, what="figure.defined", body="{}", hash="0" * 64)
    lay(packaged())


def _area(code: str, level: str, kind: str) -> m.Area:
    return m.Area(code=code, name=code, folded=code, level=level, kind=kind, valid_from=date(2000, 1, 1))


def make(duck: duckdb.DuckDBPyConnection, facts: int) -> tuple[int, int]:
    """The facts and shares, as tables of DuckDB; how many of each."""
    _lookups(duck)
    duck.execute("CREATE OR REPLACE MACRO dice(i, k, n) AS CAST(hash(i, k) % n AS BIGINT)")
    patrols, days = int(facts / FACTS_PER_PATROL), (UNTIL - FIRST).days
    duck.execute(_PATROLS.format(n=patrols, first=FIRST, days=days, communes=COMMUNES, provinces=PROVINCES))
    duck.execute(_FACTS)
    duck.execute(_SHARES)
    duck.execute(_CORRECTIONS)
    (made,), (shares,) = (duck.execute(f"SELECT count(*) FROM {t}").fetchone() or (0,) for t in ("fact", "share"))
    return made, shares


def _lookups(duck: duckdb.DuckDBPyConnection) -> None:
    for name, rows in (
        (
            "place",
            [
                (pk, int(code) - 10_000 if level == "commune" else COMMUNES + int(code))
                for pk, code, level in m.Area.objects.exclude(level="nation").values_list("pk", "code", "level")
            ],
        ),
        ("below", list(m.AreaClosure.objects.values_list("area", "ancestor"))),
        ("unit", [(pk, area, force) for pk, area, force in m.Unit.objects.values_list("pk", "area", "force__code")]),
        ("measure", list(m.Measure.objects.values_list("pk", "code"))),
        ("item", list(m.Item.objects.values_list("pk", "code"))),
    ):
        columns = ", ".join(f"c{n} {'VARCHAR' if isinstance(v, str) else 'BIGINT'}" for n, v in enumerate(rows[0]))
        duck.execute(f"CREATE OR REPLACE TABLE {name} ({columns})")
        for n in range(0, len(rows), 2000):
            chunk = rows[n : n + 2000]
            duck.execute(f"INSERT INTO {name} VALUES {', '.join(map(repr, chunk))}")


_PATROLS = """
    CREATE OR REPLACE TABLE patrol AS
    SELECT i, DATE '{first}' + CAST(floor(i * {days}.0 / {n}) AS INTEGER) AS day, place.c0 AS area,
        ['road', 'road', 'residential', 'residential', 'residential', 'river', 'sea', 'border'][1 + dice(i, 2, 8)] || CASE WHEN dice(i, 3, 10) < 3 THEN '.armed' ELSE '' END AS item,
        dice(i, 4, 100) < 30 AS third, dice(i, 5, 100) < 90 AS planned, dice(i, 6, 100) < 95 AS held,
        2 + dice(i, 7, 5) AS people, 100 + 25 * (dice(i, 8, 8)) AS hours, dice(i, 9, 100) < 30 AS boats, dice(i, 10, 100) < 20 AS found,
        dice(i, 11, 100) < 2 AS taken_back
    FROM (SELECT range AS i FROM range({n})) n
    JOIN place ON place.c1 = CASE WHEN dice(i, 12, 100) < 1 THEN {communes} + dice(i, 1, {provinces}) ELSE dice(i, 1, {communes}) END
"""
_OWN = "FROM patrol p JOIN unit u ON u.c1 = p.area AND (u.c2 IN ('CA', 'DQ') OR u.c2 = 'BP' AND p.third) WHERE p.held"
_LINES = "CASE u.c2 WHEN 'CA' THEN (1<<2)|(1<<6) WHEN 'DQ' THEN (1<<4)|(1<<5) ELSE (1<<3)|(1<<5) END"
_FACTS = f"""
    CREATE OR REPLACE TABLE fact AS
    SELECT row_number() OVER (ORDER BY w.seq, w.k, w.unit_id) AS id, w.seq, mm.c0 AS measure_id, it.c0 AS item_id, w.area AS area_id, w.day,
        w.value, w.unit_id, w.lines, '' AS key, NULL::BIGINT AS matter_id, NULL::BIGINT AS reverses_id, w.i
    FROM (
        SELECT 1 AS k, i, 3*i+2 AS seq, 'TR.09.KH' AS code, item, area, day, 1 AS value, NULL AS unit_id, 0 AS lines FROM patrol WHERE planned
        UNION ALL SELECT 2, i, 3*i+3, 'TR.01', item, area, day, 1, NULL, 0 FROM patrol WHERE held
        UNION ALL SELECT 3, i, 3*i+3, 'TR.04', item, area, day, hours, NULL, 0 FROM patrol WHERE held
        UNION ALL SELECT 4, i, 3*i+3, 'TR.09.TH', item, area, day, 1, NULL, 0 FROM patrol WHERE held AND planned
        UNION ALL SELECT 5, i, 3*i+3, 'TR.KQ', 'kq.nhac-nho', area, day, 1 + dice(i, 13, 4), NULL, 0 FROM patrol WHERE held AND found
        UNION ALL SELECT 6, i, 3*i+3, 'TR.02', NULL, p.area, day, 1, u.c0, {_LINES} {_OWN}
        UNION ALL SELECT 7, i, 3*i+3, 'TR.03', NULL, p.area, day, people, u.c0, {_LINES} {_OWN}
        UNION ALL SELECT 8, i, 3*i+3, 'TR.06', 'pt.xuong', p.area, day, 1, u.c0, {_LINES} {_OWN} AND p.boats AND u.c2 = 'CA'
    ) w JOIN measure mm ON mm.c1 = w.code LEFT JOIN item it ON it.c1 = w.item
"""
# Police brings its own line and its ministry's; the militia its own, the other ministry's and both decrees'; the border guard only its own.
_SHARES = """
    CREATE OR REPLACE TABLE share AS
    SELECT row_number() OVER (ORDER BY seq, fact_id, unit_id) AS id, seq, fact_id, unit_id, lines FROM (
        SELECT f.seq + CASE WHEN u.c2 = 'BP' AND dice(f.i, 14, 2) = 0 THEN 1 ELSE 0 END AS seq, f.id AS fact_id, u.c0 AS unit_id,
            CASE u.c2 WHEN 'CA' THEN (1<<2)|(1<<6) WHEN 'DQ' THEN (1<<4)|(1<<5)|(1<<7)|(1<<8) ELSE (1<<3) END AS lines
        FROM fact f JOIN measure mm ON mm.c0 = f.measure_id AND mm.c1 = 'TR.01' JOIN patrol p ON p.i = f.i
        JOIN unit u ON u.c1 = f.area_id AND (u.c2 IN ('CA', 'DQ') OR u.c2 = 'BP' AND p.third)
    )
"""
_CORRECTIONS = """
    CREATE OR REPLACE TABLE back AS
    SELECT f.id AS old, (SELECT max(id) FROM fact) + row_number() OVER (ORDER BY f.id) AS id, (SELECT max(seq) FROM share) + 1 + f.i AS seq
    FROM fact f JOIN patrol p ON p.i = f.i JOIN measure mm ON mm.c0 = f.measure_id WHERE p.taken_back AND mm.c1 <> 'TR.09.KH';
    INSERT INTO fact SELECT b.id, b.seq, f.measure_id, f.item_id, f.area_id, f.day, -f.value, f.unit_id, f.lines, f.key, NULL, f.id, f.i
    FROM back b JOIN fact f ON f.id = b.old ORDER BY b.id;
    INSERT INTO share SELECT (SELECT max(id) FROM share) + row_number() OVER (ORDER BY s.id), b.seq, b.id, s.unit_id, s.lines
    FROM back b JOIN share s ON s.fact_id = b.old;
"""


def load(duck: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Bring the facts in outside the ORM, with indexes and checks of foreign keys off, and put the indexes back."""
    back = list(_indexes_off())
    if connection.vendor == "sqlite":
        _into_sqlite(duck)
    else:
        _into_postgres(duck, folder)
    last = duck.execute("SELECT greatest((SELECT max(seq) FROM fact), (SELECT max(seq) FROM share))").fetchone()
    assert last
    post = m.Post.objects.get()
    m.Event.objects.create(seq=last[0], at=datetime(2027, 1, 1, tzinfo=UTC), by=post, what="figure.defined", body="{}", hash="1" * 64)
    with connection.cursor() as cursor:
        for statement in [*back, "ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE"]:
            cursor.execute(statement)


def _indexes_off() -> Iterator[str]:
    """Drop what can be dropped; the statements that make it anew."""
    ours = ", ".join(f"'{t}'" for t in _TABLES)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({ours})")
        else:
            cursor.execute(f"SELECT indexname, indexdef FROM pg_indexes WHERE tablename IN ({ours}) AND indexname NOT IN (SELECT conname FROM pg_constraint)")
        for name, definition in cursor.fetchall():
            cursor.execute(f'DROP INDEX "{name}"')
            yield definition


def _into_sqlite(duck: duckdb.DuckDBPyConnection) -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys = OFF")
        cursor.execute("PRAGMA synchronous = OFF")
        for table, columns in zip(_TABLES, (_FACT, _SHARE), strict=True):
            marks = ", ".join("?" * len(columns.split(",")))
            source = duck.execute(f"SELECT {columns.replace('day', 'CAST(day AS VARCHAR)')} FROM {table.split('_')[1]} ORDER BY id")
            cursor.execute("BEGIN")
            while rows := source.fetchmany(50_000):
                connection.connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)
            cursor.execute("COMMIT")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA synchronous = FULL")


def _into_postgres(duck: duckdb.DuckDBPyConnection, folder: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for table, columns in zip(_TABLES, (_FACT, _SHARE), strict=True):
            file = folder / f"{table}.csv"
            duck.execute(
                f"COPY (SELECT {columns} FROM {table.split('_')[1]} ORDER BY id) TO '{file}' (FORMAT CSV, HEADER FALSE, FORCE_QUOTE (key))"
                if "key" in columns
                else f"COPY (SELECT {columns} FROM {table.split('_')[1]} ORDER BY id) TO '{file}' (FORMAT CSV, HEADER FALSE)"
            )
            with file.open("rb") as source, cursor.copy(f"COPY {table} ({columns}) FROM STDIN (FORMAT CSV)") as copy:
                while chunk := source.read(1 << 20):
                    copy.write(chunk)
            file.unlink()
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
        cursor.execute("SET session_replication_role = DEFAULT")
