"""Where the text ends and the signatures begin: offices, agencies, *Nơi nhận*, *(Đã ký)*, names of persons; typed below one another or side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .plain import UPPER, Line

RECIPIENTS = re.compile(r"Nơi nhận\b", re.IGNORECASE)
ON_BEHALF = re.compile(rf"^(?:(?:TM|T/M|KT|TL|TUQ|Q)(?:\s*[.:]\s*|\s+)(?=[{UPPER}]{{2}})|(?:ĐẠI DIỆN|Đại diện)(?: (?:CHO|cho))?\s+(?=[{UPPER}]))")
OFFICE = re.compile(
    r"(?:PHÓ )?(?:GIÁM ĐỐC|CHỈ HUY TRƯỞNG|CHÍNH ỦY|CHÍNH TRỊ VIÊN|CHỦ TỊCH|BÍ THƯ|CỤC TRƯỞNG|CHI CỤC TRƯỞNG|ĐỘI TRƯỞNG|TRẠM TRƯỞNG|HẠT TRƯỞNG|ĐỒN TRƯỞNG|TRƯỞNG ĐỒN|TRƯỞNG TRẠM|TRƯỞNG BAN|TƯ LỆNH|TRƯỞNG PHÒNG|CHÁNH VĂN PHÒNG"
    rf"|THỦ TRƯỞNG|HIỆU TRƯỞNG|TRƯỞNG CÔNG AN(?: [{UPPER} ]+)?)"
)
AGENCY = re.compile(
    r"(?:CÔNG AN|BỘ|BAN|BCH|CHQS|ỦY BAN|UỶ BAN|UBND|UBMTTQ|ĐỒN|ĐOÀN|HỘI|LIÊN ĐOÀN|CÔNG ĐOÀN|ĐẢNG|SỞ|MẶT TRẬN|TỈNH (?:ỦY|ĐOÀN)|PHÒNG|CỤC|CHI CỤC|TRẠM|HẠT|VĂN PHÒNG|TRUNG TÂM|TRƯỜNG|VIỆN|BÊN)\b"
)
_SIGNED = re.compile(r"[(\[]?\s*(?:đã ký|ký tên|ký,? (?:ghi rõ|đóng dấu)|chữ ký)\b[^.;]{0,60}|[.…_]{3,}", re.IGNORECASE)
_RANK = r"(?:(?:Đại|Thượng|Trung|Thiếu)\s+(?:tướng|tá|úy)|Ông|Bà|Th[sS]\.?|TS\.?)"
_PERSON = re.compile(rf"(?:{_RANK}\s+)?[{UPPER}][^\W\d_]*(?:\s+[{UPPER}][^\W\d_]*){{1,4}}")
# In capitals: what no list of offices has, and still no name.
_LIKE_AN_OFFICE = re.compile(r"\b(?:TRƯỞNG|PHÓ|THỦ|CHỈ|CHÍNH|CÁN BỘ|ĐẠI DIỆN|TỈNH|XÃ|PHƯỜNG|THÀNH PHỐ|QUÂN SỰ|BIÊN PHÒNG|CỘNG HÒA|ĐỘC LẬP|VIỆT NAM)\b")
_NUMBERED = re.compile(r"(?:Phần|PHẦN|Chương|CHƯƠNG|Mục|MỤC|Điều|ĐIỀU|Phụ lục|PHỤ LỤC)\b|[IVX]{1,6}\s*[.)/]\s|\d{1,2}[.)]")
_LONGEST = 80


def ends_at(lines: Sequence[Line], first: int, until: int) -> int:
    """The line of ``lines[first:until]`` at which the signatures begin; ``until`` if nobody signs."""
    last = next((n for n in range(first, until) if any(RECIPIENTS.match(cell.text) for cell in lines[n].cells)), until)
    while last > first + 1 and signs(lines[last - 1]):
        last -= 1
    while last < until and _names_only(lines[last]):
        last += 1
    return last


def signs(line: Line) -> bool:
    """Whether a line, or every cell of a row, belongs to signatures."""
    cells = [cell.text for cell in line.cells if cell.text]
    if not cells or not all(_signs(part) for cell in cells for part in parts(cell)):
        return False
    return not line.is_row or any(_is_of_office(part) or _SIGNED.match(part) or _PERSON.fullmatch(part) for cell in cells for part in parts(cell))


def is_signed_off(cells: Sequence[str]) -> bool:
    """Whether the cells of a row put signatures, or the names of the agencies above them, side by side."""
    said = [part for cell in cells for part in re.split(r"[\n;]", cell) if part.strip()]
    return bool(said) and all(_signs(part.strip()) for part in said) and any(_is_of_office(part.strip()) for part in said)


def bands(rows: Sequence[Sequence[str]]) -> Iterator[Sequence[Sequence[str]]]:
    """Rows of cells that belong together: below an office another agency begins the next ones to sign, as where two sign above a third."""
    first, signed = 0, False
    for n, row in enumerate(rows):
        heads = [cell.strip().split("\n")[0] for cell in row if cell.strip()]
        if signed and any(_is_agency(head) for head in heads):
            yield rows[first:n]
            first, signed = n, False
        signed = signed or any(_is_office(part.strip()) for cell in row for part in re.split(r"[\n;]", cell))
    yield rows[first:]


def _is_agency(text: str) -> bool:
    clean = ON_BEHALF.sub("", text).strip(" ,.")
    return bool(AGENCY.match(clean)) and is_capitals(clean)


def _is_office(text: str) -> bool:
    return OFFICE.match(ON_BEHALF.sub("", text).strip(" ,.").upper()) is not None


def parts(cell: str) -> list[str]:
    """The lines of a cell, which stand in a row behind semicolons."""
    return [part.strip() for part in cell.split(";") if part.strip()]


def persons(line: Line) -> Iterator[tuple[int, int]]:
    """Where, in a line of the signatures, the names of persons stand: personal data, which nothing takes over."""
    for cell in line.cells:
        for m in re.finditer(r"[^;]+", cell.text):
            said = m[0].strip()
            if _is_person(said):
                start = cell.start + m.start() + m[0].find(said)
                yield start, start + len(said)


def _is_person(text: str) -> bool:
    upper = ON_BEHALF.sub("", text).upper()
    of_office = OFFICE.match(upper) or AGENCY.match(upper) or RECIPIENTS.match(text) or _SIGNED.match(text)
    return bool(_PERSON.fullmatch(text)) and not of_office and not (is_capitals(text) and _LIKE_AN_OFFICE.search(text))


def _signs(text: str) -> bool:
    return bool(_is_of_office(text) or _SIGNED.match(text) or _PERSON.fullmatch(text) or _is_office_line(text))


def _is_of_office(text: str) -> bool:
    clean = ON_BEHALF.sub("", text).strip(" ,.")
    if len(clean) > _LONGEST:
        return False
    return bool(OFFICE.fullmatch(clean.upper()) or (AGENCY.match(clean) and is_capitals(clean)) or (clean != text.strip(" ,.") and AGENCY.match(clean.upper())))


def _is_office_line(text: str) -> bool:
    """A line in capitals that is no heading of the text."""
    return is_capitals(text) and not _NUMBERED.match(text) and len(text) < _LONGEST


def _names_only(line: Line) -> bool:
    """A line of the body that only looked like a person's name: nothing of an office stands above it."""
    return bool(_PERSON.fullmatch(line.text)) and not is_capitals(line.text)


def is_capitals(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and sum(c.isupper() for c in letters) > 0.8 * len(letters)


__all__ = ["AGENCY", "OFFICE", "ON_BEHALF", "RECIPIENTS", "bands", "ends_at", "is_capitals", "is_signed_off", "parts", "persons", "signs"]
