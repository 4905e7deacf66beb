"""Who issues a text: the agencies at the head of its page, one, several joined by a dash, or several that stand one above or beside the other.

NĐ 30/2020 (Annex I) puts the superior agency above the one that issues; two that issue together stand in the same place. Which it is, is told by what they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .bodies import runs
from .ending import AGENCY, OFFICE, ON_BEHALF
from .plain import Line
from .proposal import Mark

_PLACE_OF_ISSUER = re.compile(r"^(?:XÃ|PHƯỜNG|TỈNH|THÀNH PHỐ|ĐẶC KHU|QUÂN SỰ|BIÊN PHÒNG) ")
_BROKEN_OFF = re.compile(r"(?:BAN|BỘ) CHỈ HUY$|(?:ĐỒN|BỘ ĐỘI) BIÊN$|(?:^|\s)-$")
_BEGUN = re.compile(r"(?:(?:BAN|BỘ) CHỈ HUY|BỘ TƯ LỆNH|ỦY BAN|UỶ BAN|BAN CHẤP HÀNH)$")
_OFFICE_OF = re.compile(rf"({OFFICE.pattern})\s+((?:{AGENCY.pattern}).+)")
_PLACE_IN = re.compile(r"\b(?:XÃ|PHƯỜNG|TỈNH|THÀNH PHỐ|ĐẶC KHU) ")
_NO_AGENCY = re.compile(r"^(?:VIỆT NAM$|DỰ THẢO|Dự thảo|V/v\b|Về việc|\(|Kính gửi|Lần\b)")
_JOINED = re.compile(r"\s+-\s+|\s+VÀ\s+(?=(?:CÔNG AN|BỘ|BAN|ỦY BAN|ĐỒN|ĐOÀN|HỘI|TRẠM|HẠT)\b)")
# Bodies that stand above those who issue, never beside them.
_ABOVE = re.compile(
    r"^(?:BỘ (?!CHỈ HUY|ĐỘI)|QUÂN KHU|BỘ TƯ LỆNH|TỔNG CỤC|CỤC|CHÍNH PHỦ|UBND|ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|HĐND|HỘI ĐỒNG|ĐẢNG BỘ|TỈNH ỦY|THÀNH ỦY|SỞ|HUYỆN ỦY)\b"
)
# Parts of the body above them.
_PART = re.compile(r"^(?:PHÒNG|ĐỘI|VĂN PHÒNG|TIỂU ĐOÀN|TỔ|KHOA|BAN (?!CHỈ HUY|CHỈ ĐẠO|VẬN ĐỘNG)|CHI BỘ|CHI CỤC)\b")
_SYSTEMS = (
    ("police", re.compile(r"CÔNG AN|CẢNH SÁT (?!BIỂN)")),
    ("border", re.compile(r"BIÊN PHÒNG|BĐBP")),
    ("army", re.compile(r"QUÂN SỰ|CHQS")),
    ("forest", re.compile(r"KIỂM LÂM")),
    ("front", re.compile(r"MẶT TRẬN|MTTQ")),
    ("labour", re.compile(r"LAO ĐỘNG|CÔNG ĐOÀN")),
    ("youth", re.compile(r"ĐOÀN THANH NIÊN|TỈNH ĐOÀN|ĐOÀN TNCS")),
    ("women", re.compile(r"PHỤ NỮ")),
    ("veterans", re.compile(r"CỰU CHIẾN BINH")),
    ("farmers", re.compile(r"NÔNG DÂN")),
)


def issuers(offices: Sequence[Line], symbol: str, text: str) -> Iterator[Mark]:
    """``offices``: the lines of the letterhead without number, place and motto. Names are given as the text spells them elsewhere."""
    rows = _rows([line for line in offices if not _NO_AGENCY.match(line.text) and not OFFICE.fullmatch(line.text)])
    joint = [n for n, (name, _start, _until) in enumerate(rows) if _JOINED.search(name.strip(" -"))]
    first = min(joint) if joint else _first_equal(rows, symbol)
    for name, start, until in rows[first:]:
        at = start
        for part in _JOINED.split(name.strip(" -")):
            yield Mark(spelled(part.strip(), text), at, min(at + len(part), until), "letterhead")
            at += len(part) + 3


def _rows(offices: Sequence[Line]) -> list[tuple[str, int, int]]:
    """The names, each whole: one that is broken in its narrow column goes on in the next line."""
    rows: list[tuple[str, int, int]] = []
    for line in offices:
        goes_on = _PLACE_OF_ISSUER.match(line.text) or not AGENCY.match(line.text) or _BROKEN_OFF.search(rows[-1][0] if rows else "")
        if rows and goes_on:
            rows[-1] = (f"{rows[-1][0]} {line.text}", rows[-1][1], line.until)
        else:
            rows.append((line.text, line.start, line.until))
    return rows


def _first_equal(rows: Sequence[tuple[str, int, int]], symbol: str) -> int:
    """From which row on they issue together. A symbol that names one body (*KH-UBND*) has one issuer, whatever stands above it."""
    first = len(rows) - 1
    most = len(re.split(r"[-/]", symbol)) - 1 if symbol else len(rows)
    while first > 0 and len(rows) - first < most and _equals(rows[first - 1][0], rows[first][0]):
        first -= 1
    return max(first, 0)


def _equals(upper: str, lower: str) -> bool:
    """Whether two bodies above one another are no superior and subordinate: of different systems, neither above all others nor part of one.

    The border guard of a province stands under its military command since 2025, so these two are not told equal without a dash.
    """
    if _ABOVE.match(upper) or _PART.match(lower):
        return False
    systems = _system(upper), _system(lower)
    return bool(systems[0] and systems[1]) and systems[0] != systems[1] and (systems != ("army", "border") or "ĐỒN" in lower)


def _system(name: str) -> str:
    return next((system for system, words in _SYSTEMS if words.search(name)), "")


def spelled(capitals: str, text: str) -> str:
    """A name in capitals as the text writes it elsewhere; else with a capital at its head only."""
    for m in re.finditer(re.escape(capitals), text, re.IGNORECASE):
        if not m[0].isupper():
            return m[0]
    shorter = [b.text for run in runs(text) for b in run if capitals.lower().startswith(b.text.lower()) and not b.text.isupper()]
    longest = max(shorter, key=len, default="")
    rest = capitals[len(longest) :].strip()
    if longest:
        return f"{longest} {rest.title()}".strip()
    place = _PLACE_IN.search(capitals)
    name = capitals[: place.end()].capitalize() + capitals[place.end() :].title() if place else capitals.capitalize()
    return re.sub(r"^(?:Ubnd|Hđnd|Ubmttq)\b", lambda m: m[0].upper(), name)


def signers(tail: Sequence[Line], text: str, issuing: Sequence[Mark] = ()) -> list[Mark]:
    """Who signed, by office: the titles below the names of the agencies, each with its agency. The names of persons are not read.

    Where no agency stands above an office it is the one that issues; of several, the one in the same place.
    """
    columns = [found for column in _columns(tail) if (found := list(_signers(column, text)))]
    count = sum(map(len, columns))
    signed = [one for column in columns for one in column]
    if count != len(issuing):
        return [mark for mark, _agency in signed]
    return [_of(mark, agency, issuer.value) for (mark, agency), issuer in zip(signed, issuing, strict=True)]


def _of(mark: Mark, agency: str, issuer: str) -> Mark:
    """An office with the issuer's name, where its own agency is not said or is said in short."""
    in_short = issuer.upper().startswith(("UBND", f"{agency.upper()} "))
    if agency and not in_short:
        return mark
    office = mark.value.removesuffix(agency).strip()
    return mark if office.startswith("Trưởng Công an") else Mark(f"{office} {issuer}", mark.start, mark.until, mark.rule)


def _columns(tail: Sequence[Line]) -> list[list[Line]]:
    """What stands below one another: the cells of rows by their place, then the lines that are no rows."""
    columns: list[list[Line]] = []
    for line in tail:
        for n, cell in enumerate(line.cells if line.is_row else ()):
            columns += [[]] * (n + 1 - len(columns))
            if cell.text:
                columns[n] = [*columns[n], *_apart(cell)]
    return [*columns, [line for line in tail if not line.is_row]]


def _apart(cell: Line) -> Iterator[Line]:
    """The lines of a cell, which stand in a row behind semicolons."""
    for m in re.finditer(r"[^;]+", cell.text):
        said = m[0].strip()
        yield Line(said, cell.start + m.start() + m[0].find(said))


def _signers(column: Sequence[Line], text: str) -> Iterator[tuple[Mark, str]]:
    agency, named_alone = "", False
    for line in _unbroken(column):
        signed_for = re.match(r"(?:KT|TL|TUQ)\s*[.:]?\s", line.text) is not None
        clean = ON_BEHALF.sub("", line.text).strip(" ,.")
        if OFFICE.fullmatch(clean.upper()):
            if signed_for:  # the office that somebody else signs for; who it is stands below it
                continue
            yield Mark(_title(clean.upper(), agency, text), line.start, line.until, "signature-line"), agency
            agency, named_alone = "", not agency
        elif not named_alone and (both := _OFFICE_OF.fullmatch(clean)):  # below an office without its agency it is what else the same person is
            of = spelled(both[2], text)
            if signed_for:
                agency = of
                continue
            yield Mark(_title(both[1], of, text), line.start, line.until, "signature-line"), of
        elif AGENCY.match(clean.upper()) and (clean.isupper() or clean != line.text.strip(" ,.")):
            agency = spelled(clean.upper(), text)


def _unbroken(column: Sequence[Line]) -> Iterator[Line]:
    """The lines of a column, a name that was broken in it made whole: *BỘ CHỈ HUY QUÂN SỰ* above *TỈNH SÔNG ĐẤT*."""
    whole: Line | None = None
    for line in column:
        office = OFFICE.match(line.text) or ON_BEHALF.match(line.text)
        goes_on = line.text.isupper() and not office and (not AGENCY.match(line.text) or (whole is not None and _BEGUN.search(whole.text)))
        if whole is not None and goes_on and AGENCY.match(ON_BEHALF.sub("", whole.text).upper()):
            whole = Line(f"{whole.text} {line.text}", whole.start)
            continue
        if whole is not None:
            yield whole
        whole = line
    if whole is not None:
        yield whole


def _title(office: str, agency: str, text: str) -> str:
    """*Giám đốc Công an tỉnh*; the police of a commune is named in its chief's title already."""
    if office.startswith("TRƯỞNG CÔNG AN"):
        own = office.removeprefix("TRƯỞNG ")
        return f"Trưởng {agency if agency.upper().startswith(own) else spelled(own, text)}"
    return f"{office.capitalize()} {agency}".strip()


def agencies(tail: Sequence[Line], text: str) -> list[Mark]:
    """The agencies above the signatures, each once."""
    found: dict[str, Mark] = {}
    for line in (one for column in _columns(tail) for one in _unbroken(column)):
        clean = ON_BEHALF.sub("", line.text).strip(" ,.")
        if AGENCY.match(clean.upper()) and not OFFICE.fullmatch(clean.upper()) and (clean.isupper() or clean != line.text.strip(" ,.")):
            found.setdefault(clean.upper(), Mark(spelled(clean.upper(), text), line.start, line.until, "signature-line"))
    return list(found.values())


__all__ = ["agencies", "issuers", "signers", "spelled"]
