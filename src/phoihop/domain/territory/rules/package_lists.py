"""The lists before and after 1 July 2025, out of the package *vietnamadminunits*.

Its data files are read directly: importing its Python would bring numpy and more into every process. What it is known to
say wrongly is mended from ``data/corrections.tsv``; what came later is in ``data/changes.tsv``. It is not the official
register, so the lists still go through ``checking``.
"""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date
from importlib.metadata import distribution
from importlib.resources import files
from pathlib import Path
from typing import Any

from ..models import AreaKind, Level, SuccessionKind
from .lists import BEFORE_ALL, TWO_TIERS, AreaKey, AreaRow, Lists, SuccessionRow
from .names import split_kind

NATION = "VN"
BASIS = "202/2025/QH15"
_CIVIL = "civil"
_Rows = list[dict[str, Any]]


def package_lists() -> Lists:
    """Both lists with what became of each unit, mended and brought up to date."""
    areas, successions = raw_lists()
    areas = centred(areas, _table("centres.tsv"))
    successions = corrected(successions, _table("corrections.tsv"))
    areas, successions = changed(areas, kinds_of(successions, areas), _table("changes.tsv"))
    return Lists(tuple(areas), tuple(successions), source="vietnamadminunits", replaces=False)


def raw_lists() -> tuple[list[AreaRow], list[SuccessionRow]]:
    """The lists as the package has them; whole parts are *merge*, others *split*."""
    old, new, conversion = _read()
    areas = [_nation()]
    areas += _unique(_old_areas(old))
    areas += _unique(_new_areas(new))
    return areas, [*_provinces(old, new, conversion), *_communes(old, new, conversion), *_districts(old)]


def province_of(code: str, day: date) -> list[AreaRow]:
    """The nation and one province as they are on a day; empty if nobody bears the code. Quick: the communes are not read."""
    with _dataset() as db:
        old = [dict(row) for row in db.execute(f"SELECT DISTINCT {_PROVINCE} FROM admin_units_legacy")]
        new = [dict(row) for row in db.execute(f"SELECT DISTINCT {_PROVINCE} FROM admin_units")]
    rows = [_area(row, "province", Level.PROVINCE, NATION, first) for rows, first in ((old, BEFORE_ALL), (new, TWO_TIERS)) for row in rows]
    here, _steps = changed([row for row in rows if row.code == code], (), [row for row in _table("changes.tsv") if row["code"] == code])
    return [_nation(), *found] if (found := [r for r in here if r.valid_from <= day and (r.valid_until is None or day < r.valid_until)]) else []


def _nation() -> AreaRow:
    return AreaRow(Level.NATION, NATION, AreaKind.NATION, "Việt Nam", "", BEFORE_ALL, start_known=False)


@contextmanager
def _dataset() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"{(_folder() / 'dataset.db').as_uri()}?mode=ro", uri=True)) as db:
        db.row_factory = sqlite3.Row
        yield db


def _folder() -> Path:
    return Path(str(distribution("vietnamadminunits").locate_file("vietnamadminunits/data")))


def _read() -> tuple[_Rows, _Rows, Mapping[str, Any]]:
    with _dataset() as db:
        old = [dict(row) for row in db.execute(f"SELECT {_OLD} FROM admin_units_legacy")]
        new = [dict(row) for row in db.execute(f"SELECT {_NEW} FROM admin_units")]
    return old, new, json.loads((_folder() / "converter_2025.json").read_text(encoding="utf-8"))


_PROVINCE = "province, provinceCode, provinceLat, provinceLon"
_BOTH = f"{_PROVINCE}, provinceKey, ward, wardCode, wardLat, wardLon, wardKey"
_OLD = f"{_BOTH}, district, districtCode, districtLat, districtLon, districtKey"
_NEW = f"{_BOTH}, wardAreaKm2"


def _old_areas(rows: _Rows) -> Iterator[AreaRow]:
    for row in rows:
        yield _area(row, "province", Level.PROVINCE, NATION, BEFORE_ALL)
        yield _area(row, "district", Level.DISTRICT, row["provinceCode"], BEFORE_ALL)
        if row["wardCode"]:  # five island districts have no communes
            yield _area(row, "ward", Level.COMMUNE, row["districtCode"], BEFORE_ALL)


def _new_areas(rows: _Rows) -> Iterator[AreaRow]:
    for row in rows:
        yield _area(row, "province", Level.PROVINCE, NATION, TWO_TIERS)
        yield _area(row, "ward", Level.COMMUNE, row["provinceCode"], TWO_TIERS)


def _area(row: Mapping[str, Any], what: str, level: str, parent: str, first: date) -> AreaRow:
    kind, name = split_kind(row[what])
    old = first == BEFORE_ALL
    return AreaRow(
        level, row[f"{what}Code"], kind, name, parent, first,
        valid_until=TWO_TIERS if old else None,
        start_known=not old,
        lat=row[f"{what}Lat"],
        lon=row[f"{what}Lon"],
        hectares=round((row.get("wardAreaKm2") or 0) * 100) or None if what == "ward" else None,
        basis="" if old else BASIS,
    )  # fmt: skip


def _unique(rows: Iterable[AreaRow]) -> list[AreaRow]:
    return list({(row.level, row.code): row for row in rows}.values())


def _provinces(old: _Rows, new: _Rows, conversion: Mapping[str, Any]) -> Iterator[SuccessionRow]:
    old_codes = {row["provinceKey"]: row["provinceCode"] for row in old}
    new_codes = {row["provinceKey"]: row["provinceCode"] for row in new}
    for heir, sources in conversion["DICT_PROVINCE"].items():
        for source in sources:
            yield _succession(old_codes[source], new_codes[heir], SuccessionKind.MERGE)


def _communes(old: _Rows, new: _Rows, conversion: Mapping[str, Any]) -> Iterator[SuccessionRow]:
    """An island district without communes became a special zone: it stands here as its own only commune."""
    old_codes = {f"{r['provinceKey']}_{r['districtKey']}_{r['wardKey'] or ''}": r["wardCode"] or r["districtCode"] for r in old}
    new_codes = {(r["provinceKey"], r["wardKey"]): r["wardCode"] for r in new}
    for province, heirs in conversion["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for heir, sources in heirs.items():
            for source in sources:
                yield _succession(old_codes[source], new_codes[province, heir], SuccessionKind.MERGE)
    for province, sources in conversion["DICT_PROVINCE_WARD_DIVIDED"].items():
        for source, parts in sources.items():
            for part in parts:
                yield _succession(old_codes[source], new_codes[province, part["newWardKey"]], SuccessionKind.SPLIT)


def _districts(old: _Rows) -> Iterator[SuccessionRow]:
    for code in sorted({row["districtCode"] for row in old} - {row["districtCode"] for row in old if not row["wardCode"]}):
        yield SuccessionRow(_old_key(code), None, TWO_TIERS, SuccessionKind.ABOLISH, basis=BASIS)


def _succession(old: str, new: str, kind: str) -> SuccessionRow:
    return SuccessionRow(_old_key(old), AreaKey(_CIVIL, new, TWO_TIERS), TWO_TIERS, kind, basis=BASIS)


def _old_key(code: str) -> AreaKey:
    return AreaKey(_CIVIL, code, BEFORE_ALL)


def centred(areas: Iterable[AreaRow], table: Iterable[Mapping[str, str]]) -> list[AreaRow]:
    """Put centres where the table says."""
    right = {(row["day"], row["code"]): (float(row["lat"]), float(row["lon"])) for row in table}
    return [replace(area, lat=point[0], lon=point[1]) if (point := right.get((area.valid_from.isoformat(), area.code))) else area for area in areas]


def corrected(successions: Iterable[SuccessionRow], table: Iterable[Mapping[str, str]]) -> list[SuccessionRow]:
    """Drop the parts that the table says are none, add those that are missing."""
    wrong = {(row["old"], row["new"]) for row in table if row["verb"] == "drop"}
    kept = [row for row in successions if row.new is None or (row.old.code, row.new.code) not in wrong]
    return kept + [_succession(row["old"], row["new"], SuccessionKind.SPLIT) for row in table if row["verb"] == "part"]


def kinds_of(successions: Iterable[SuccessionRow], areas: Iterable[AreaRow]) -> list[SuccessionRow]:
    """Say of each succession what it is: a unit that went whole into one heir merged, was renamed or merely carried on."""
    rows = list(successions)
    by_key = {area.key: area for area in areas}
    heirs, sources = _counts(row.old for row in rows), _counts(row.new for row in rows if row.new)
    return [replace(row, kind=_kind(row, heirs[row.old], sources[row.new], by_key)) if row.new else row for row in rows]


def _counts(keys: Iterable[AreaKey]) -> dict[AreaKey, int]:
    counts: dict[AreaKey, int] = {}
    for key in keys:
        counts[key] = counts.get(key, 0) + 1
    return counts


def _kind(row: SuccessionRow, heirs: int, sources: int, by_key: Mapping[AreaKey, AreaRow]) -> str:
    if heirs > 1:
        return SuccessionKind.SPLIT
    if sources > 1 or row.new is None:
        return SuccessionKind.MERGE
    old, new = by_key[row.old], by_key[row.new]
    return SuccessionKind.CARRY if (old.kind, old.name, old.code) == (new.kind, new.name, new.code) else SuccessionKind.RENAME


def changed(areas: Iterable[AreaRow], successions: Iterable[SuccessionRow], table: Iterable[Mapping[str, str]]) -> tuple[list[AreaRow], list[SuccessionRow]]:
    """Apply changes of name or kind: the unit ends on the day, its successor begins with the same code."""
    rows, became = {row.key: row for row in areas}, list(successions)
    for change in table:
        day = date.fromisoformat(change["day"])
        old = next(row for row in rows.values() if row.code == change["code"] and row.valid_from < day and row.valid_until is None)
        new = replace(old, kind=change["kind"], name=change["name"], valid_from=day, basis=change["basis"])
        rows[old.key] = replace(old, valid_until=day)
        rows[new.key] = new
        became.append(SuccessionRow(old.key, new.key, day, SuccessionKind.RENAME, basis=change["basis"]))
    return list(rows.values()), became


def _table(name: str) -> list[dict[str, str]]:
    text = (files("phoihop.domain.territory") / "data" / name).read_text(encoding="utf-8")
    return list(csv.DictReader((line for line in text.splitlines() if not line.startswith("#")), delimiter="\t"))
