"""Tables of duties, as annexes of plans have them: which column says what, and what each row lays down."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from .plain import Line

_COLUMNS = {
    "what": re.compile(r"nội dung|công việc|nhiệm vụ|hoạt động|đầu việc|tên việc", re.IGNORECASE),
    "lead": re.compile(r"chủ trì|thực hiện|phụ trách|đầu mối|phân công|trách nhiệm", re.IGNORECASE),
    "support": re.compile(r"phối hợp|tham gia|hỗ trợ", re.IGNORECASE),
    "directs": re.compile(r"^(?:cơ quan |đơn vị |cấp |lãnh đạo |người |bên )?chỉ đạo\b(?!.*chủ trì)", re.IGNORECASE),
    "when": re.compile(r"thời gian|thời hạn|thời điểm|tiến độ|hoàn thành|định kỳ|hạn\b|khi nào", re.IGNORECASE),
}
_LONGEST = 60
_COUNTED = re.compile(r"\b(?:S?TT|Số thứ tự)\s+(?=nội dung|tên|công việc|nhiệm vụ|hoạt động|đầu việc)", re.IGNORECASE)
_LONGEST_HEADING = 160
_LEADS = re.compile(r"chủ trì|chủ công", re.IGNORECASE)
_WHAT_FIRST = re.compile(r"^(?:nội dung|công việc|nhiệm vụ|hoạt động|đầu việc)", re.IGNORECASE)


def columns_of(row: Line) -> dict[str, int]:
    """Which column of a table is what, by its heading; empty if the row is no heading of duties."""
    found: dict[str, int] = {}
    for n, cell in enumerate(row.cells):
        if len(cell.text) < _LONGEST and (key := _column(cell.text, found)):
            found[key] = n
    return found if {"what", "lead"} <= found.keys() else {}


def _column(heading: str, taken: Mapping[str, int]) -> str:
    """*Nội dung phối hợp* is what is done, *Cơ quan chủ trì thực hiện* who leads, *Thời gian thực hiện* when."""
    if _WHAT_FIRST.match(heading):
        return "what" if "what" not in taken else ""
    order = ("when", "what", "lead", "support") if _LEADS.search(heading) else ("when", "what", "directs", "support", "lead")
    return next((key for key in order if key not in taken and _COLUMNS[key].search(heading)), "")


def cells_of(row: Line, columns: Mapping[str, int]) -> dict[str, Line]:
    """The cells of a row by what they say; an empty one where the row is shorter."""
    cells = row.cells
    return {key: cells[n] if n < len(cells) else Line("", row.until) for key, n in columns.items()}


def is_group(row: Line, columns: Mapping[str, int]) -> bool:
    """A row that names the rows below it: *II | CÔNG TÁC THỰC HIỆN | | |*; or a cell over the whole width."""
    cells = cells_of(row, columns)
    others = [cell.text for key, cell in cells.items() if key != "what"]
    said = list(words_of(row))
    return not any(others) and bool(said) and len(said) <= 2


def is_lost_table(lines: Sequence[Line]) -> bool:
    """Whether a text has the heading of a table of duties, but not as a row: its columns could not be told apart, as in a PDF without ruled lines."""
    if any(line.is_row and columns_of(line) for line in lines):
        return False
    text = " ".join(line.text for line in lines)
    headings = (text[m.start() : m.start() + _LONGEST_HEADING] for m in _COUNTED.finditer(text))
    return any(all(_COLUMNS[key].search(heading) for key in ("what", "lead", "support", "when")) for heading in headings)


def words_of(row: Line) -> Iterator[Line]:
    """The cells with something in them."""
    return (cell for cell in row.cells if cell.text)
