"""Reading an official list of areas, or of what became of them, from .csv or .xlsx.

Areas have the columns code, name, kind, parent_code, valid_from, valid_until (and may have lat, lon, hectares); successions
have old_code, new_code, day, kind, share. Headings may be Vietnamese. A workbook may hold both, each on its sheet.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from python_calamine import CalamineError, CalamineWorkbook

from phoihop.kernel.figures_text import day as day_text
from phoihop.kernel.figures_text import reader
from phoihop.kernel.text import fold, nfc
from phoihop.kernel.upload import Upload
from phoihop.kernel.verdict import Refused, Verdict

from ..models import AreaKind, Level, SuccessionKind
from .lists import AreaKey, AreaRow, Lists, SuccessionRow
from .names import WORDS, split_kind

_HEADINGS = {
    "code": {"code", "ma", "ma don vi", "ma xa", "ma dvhc"},
    "name": {"name", "ten", "ten don vi", "ten xa"},
    "kind": {"kind", "loai", "cap", "loai don vi"},
    "parent": {"parent code", "parent_code", "ma cap tren", "ma tinh", "ma cha"},
    "first": {"valid from", "valid_from", "tu ngay", "hieu luc tu"},
    "until": {"valid until", "valid_until", "den ngay", "den truoc ngay", "het hieu luc"},
    "lat": {"lat", "vi do"},
    "lon": {"lon", "kinh do"},
    "hectares": {"hectares", "dien tich (ha)", "dien tich ha"},
    "basis": {"basis", "can cu"},
    "old": {"old_code", "old code", "ma cu", "ma xa cu"},
    "new": {"new_code", "new code", "ma moi", "ma xa moi"},
    "day": {"day", "ngay"},
    "how": {"kind", "cach", "ghi chu"},
    "share": {"share", "ty le", "ty le (%)"},
}
_LEVELS = {
    AreaKind.PROVINCE: Level.PROVINCE,
    AreaKind.NATION: Level.NATION,
    AreaKind.CLUSTER: Level.GROUP,
    AreaKind.DEFENCE_REGION: Level.GROUP,
    AreaKind.BORDER_STRETCH: Level.GROUP,
    AreaKind.URBAN_DISTRICT: Level.DISTRICT,
    AreaKind.DISTRICT: Level.DISTRICT,
    AreaKind.TOWN: Level.DISTRICT,
    AreaKind.COMMUNE: Level.COMMUNE,
    AreaKind.WARD: Level.COMMUNE,
    AreaKind.TOWNSHIP: Level.COMMUNE,
    AreaKind.SPECIAL_ZONE: Level.COMMUNE,
    AreaKind.HAMLET: Level.HAMLET,
}
_WIDTHS = {Level.PROVINCE: 2, Level.DISTRICT: 3, Level.COMMUNE: 5}
_MOST_ROWS = 40_000


@dataclass(frozen=True, slots=True)
class Link:
    """One line of a succession table: by codes, since a file does not know when a unit began."""

    old: str
    new: str
    day: date
    share: int | None
    basis: str


@dataclass(slots=True)
class FileLists:
    """What a file holds, before its codes are matched with the units that are known."""

    areas: list[AreaRow] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)


def read_file(upload: Upload, day: date) -> FileLists:
    """Areas and successions of a file; rows without a start of their own hold from ``day``. Raises Refused."""
    found = FileLists()
    for rows in _sheets(upload):
        head = next((n for n, row in enumerate(rows[:20]) if _columns(row).keys() >= {"code", "name"} or _columns(row).keys() >= {"old", "new"}), None)
        if head is None:
            continue
        columns = _columns(rows[head])
        for n, row in enumerate(rows[head + 1 :], head + 2):
            cells = {what: row[at] for what, at in columns.items() if at < len(row) and row[at] not in ("", None)}
            if "old" in columns and cells:
                found.links.append(_link(cells, n, day))
            elif cells:
                found.areas.append(_area(cells, n, day))
    if not found.areas and not found.links:
        raise Refused(Verdict("no-heading", _("Không tìm thấy dòng tiêu đề có các cột mã, tên (hoặc mã cũ, mã mới)."), "upload"))
    return found


def lists_from(found: FileLists, known: Iterable[AreaRow]) -> Lists:
    """Match the codes of a file with units: an old one that bears its code until the day (and then ends), a new one from it."""
    rows = {row.key: row for row in found.areas}
    bearers: dict[str, list[AreaRow]] = {}
    for row in {**{row.key: row for row in known}, **rows}.values():
        bearers.setdefault(row.code, []).append(row)
    successions = []
    for link in found.links:
        old = _bearer(bearers, link.old, link.day, before=True)
        new = _bearer(bearers, link.new, link.day, before=False) if link.new else None
        if old.valid_until is None and not (new and new.key == old.key):
            rows[old.key] = _ended(rows.get(old.key, old), link.day)
        successions.append((old.key, new.key if new else None, link))
    return Lists(tuple(rows.values()), tuple(_with_kinds(successions)), source="file", replaces=True)


def _ended(row: AreaRow, day: date) -> AreaRow:
    return AreaRow(
        row.level, row.code, row.kind, row.name, row.parent, row.valid_from, day, row.start_known, row.lat, row.lon, row.hectares, row.basis, row.tree
    )


def _bearer(bearers: Mapping[str, Sequence[AreaRow]], code: str, day: date, *, before: bool) -> AreaRow:
    for row in (row for width in (0, 5, 2) for row in bearers.get(code.zfill(width), ())):
        if before and row.valid_from < day and (row.valid_until is None or row.valid_until >= day):
            return row
        if not before and row.valid_from <= day and (row.valid_until is None or row.valid_until > day):
            return row
    when = day_text(day, reader())
    if before:
        raise Refused(Verdict("no-such-area", _("Không có đơn vị mang mã %(code)s trước ngày %(day)s.") % {"code": code, "day": when}, "upload"))
    raise Refused(Verdict("no-such-area", _("Không có đơn vị mang mã %(code)s từ ngày %(day)s.") % {"code": code, "day": when}, "upload"))


def _with_kinds(links: Sequence[tuple[AreaKey, AreaKey | None, Link]]) -> list[SuccessionRow]:
    heirs: dict[tuple[AreaKey, date], int] = {}
    sources: dict[tuple[AreaKey | None, date], int] = {}
    for old, new, link in links:
        heirs[old, link.day] = heirs.get((old, link.day), 0) + 1
        sources[new, link.day] = sources.get((new, link.day), 0) + 1
    return [
        SuccessionRow(old, new, link.day, _kind(new, link.day, heirs[old, link.day], sources[new, link.day]), link.share, link.basis)
        for old, new, link in links
    ]


def _kind(new: AreaKey | None, day: date, heirs: int, sources: int) -> str:
    """What a succession is; a unit that goes on may take in another."""
    if new is None:
        return SuccessionKind.ABOLISH
    if heirs > 1:
        return SuccessionKind.SPLIT
    if sources > 1 or new.valid_from < day:
        return SuccessionKind.MERGE
    return SuccessionKind.RENAME


# -- cells -----------------------------------------------------------------------------------------------------------


def _sheets(upload: Upload) -> list[list[list[Any]]]:
    if upload.content[:2] == b"PK":
        try:
            book = CalamineWorkbook.from_filelike(io.BytesIO(upload.content))
            return [book.get_sheet_by_index(n).to_python()[:_MOST_ROWS] for n in range(len(book.sheet_names))]
        except (CalamineError, OSError, ValueError) as broken:
            raise Refused(_broken()) from broken
    try:
        text = upload.content.decode("utf-8-sig")
    except UnicodeDecodeError as broken:
        raise Refused(_broken()) from broken
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    return [list(csv.reader(io.StringIO(text), delimiter=delimiter))[:_MOST_ROWS]]


def _broken() -> Verdict:
    return Verdict("file-broken", _("Tệp không phải .xlsx hoặc .csv (UTF-8). Hãy mở bằng phần mềm bảng tính và lưu lại."), "upload")


def _columns(row: Sequence[Any]) -> dict[str, int]:
    """Which column holds what; ``kind`` and ``how`` share a heading, so a table of successions is told by its old codes."""
    cells = {fold(str(cell)): n for n, cell in reversed(list(enumerate(row))) if cell not in ("", None)}
    return {what: cells[heading] for what, headings in _HEADINGS.items() for heading in headings if heading in cells}


def _area(cells: Mapping[str, Any], n: int, day: date) -> AreaRow:
    if "code" not in cells or "name" not in cells:
        raise Refused(Verdict("row-incomplete", _("Dòng %s thiếu mã hoặc tên.") % n, "upload"))
    kind, name = _kind_and_name(cells, n)
    level = _level(kind, _code(cells["code"]))
    return AreaRow(
        level=level,
        code=_code(cells["code"], _WIDTHS.get(Level(level), 0)),
        kind=kind,
        name=name,
        parent=_code(cells["parent"], 2) if "parent" in cells else "VN" if level == Level.PROVINCE else "",
        valid_from=_day(cells["first"], n) if "first" in cells else day,
        valid_until=_day(cells["until"], n) if "until" in cells else None,
        lat=_number(cells.get("lat"), n),
        lon=_number(cells.get("lon"), n),
        hectares=None if (size := _number(cells.get("hectares"), n)) is None else round(size),
        basis=nfc(str(cells.get("basis", "")))[:120],
    )


def _level(kind: str, code: str) -> str:
    """A *thành phố* is a province or was a district: a province's code has at most two digits."""
    if kind == AreaKind.CITY:
        return Level.PROVINCE if len(code) <= _WIDTHS[Level.PROVINCE] else Level.DISTRICT
    return _LEVELS[AreaKind(kind)]


def _kind_and_name(cells: Mapping[str, Any], n: int) -> tuple[str, str]:
    name = nfc(str(cells["name"])).strip()
    said = nfc(str(cells.get("kind", ""))).lower().strip()
    if kind := WORDS.get(said) or (said if said in AreaKind.values else ""):
        return kind, name[len(said) + 1 :] if name.lower().startswith(said + " ") else name
    try:
        return split_kind(name)
    except ValueError as wrong:
        raise Refused(Verdict("no-such-kind", _("Dòng %s: không rõ loại đơn vị (tỉnh, thành phố, xã, phường, đặc khu …).") % n, "upload")) from wrong


def _link(cells: Mapping[str, Any], n: int, day: date) -> Link:
    if "old" not in cells:
        raise Refused(Verdict("row-incomplete", _("Dòng %s thiếu mã cũ.") % n, "upload"))
    percent = _number(cells.get("share"), n)
    return Link(
        old=_code(cells["old"]),
        new=_code(cells.get("new", "")),
        day=_day(cells["day"], n) if "day" in cells else day,
        share=None if percent is None else round(percent * 10_000),
        basis=nfc(str(cells.get("basis", "")))[:120],
    )


def _code(cell: Any, width: int = 0) -> str:
    """A code as text. A spreadsheet makes 4.0 of 00004; the zeros come back where the width is known."""
    return str(int(cell)).zfill(width) if isinstance(cell, float) else str(cell).strip()


def _day(cell: Any, n: int) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    for shape in ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y"):
        try:
            return datetime.strptime(str(cell).strip(), shape).date()  # noqa: DTZ007 (a day has no zone)
        except ValueError:
            continue
    raise Refused(
        Verdict("no-such-day", _("Dòng %(row)s: “%(text)s” không phải là ngày (viết ngày/tháng/năm).") % {"row": n, "text": str(cell)[:20]}, "upload")
    )


def _number(cell: Any, n: int) -> float | None:
    if cell is None:
        return None
    try:
        return float(str(cell).replace(",", ".").rstrip("% "))
    except ValueError as wrong:
        raise Refused(Verdict("no-number", _("Dòng %(row)s: “%(text)s” không phải là số.") % {"row": n, "text": str(cell)[:20]}, "upload")) from wrong
