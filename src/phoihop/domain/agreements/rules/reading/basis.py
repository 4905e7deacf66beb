"""What a text stands on (*Căn cứ …*, *Thực hiện …*) and what it replaces (*thay thế Quy chế số …*, *bãi bỏ …*): by number, else by name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .plain import UPPER, Line
from .proposal import Mark

BASIS = re.compile(r"^(?:[-+*•]\s*)?(?:Căn cứ|Thực hiện|Theo|Xét)\b")
_NUMBER = r"\d{1,4}/(?:19|20)\d\d/[A-ZĐ0-9]+(?:-[A-ZĐ]+)*|\d{1,4}-[A-ZĐ][A-Za-zĐđ]*/[A-ZĐ]+|\d{1,4}/[A-ZĐ][A-Za-zĐđ]*(?:-[A-ZĐ][A-Za-zĐđ]*)*"
_INSTRUMENT = re.compile(rf"(?<![\w/])({_NUMBER})")
_KIND = r"Bộ luật|Luật|Pháp lệnh|Nghị định|Nghị quyết|Thông tư(?: liên tịch)?|Quyết định|Chỉ thị|Kết luận|Quy định|Hướng dẫn|Quy chế|Kế hoạch|Chương trình|Phương án|Đề án|Công văn"
# A law is cited by name; every other kind without a number by what it is about.
_LAW = re.compile(
    rf"\b((?:Bộ luật|Luật|Pháp lệnh)\s+[{UPPER}][^;.()\d]*?)(?=\s*(?:[;.(]|$|số\b|ngày\b|năm\b|được\b|đã\b|hiện hành\b| và (?:{_KIND})\b|,\s*(?:{_KIND})\b|\bcủa Quốc hội|\d))"
)
_OTHER = re.compile(rf"\b((?:{_KIND})\b(?!\s*số)[^;.()\d]{{8,160}}?)(?=\s*(?:[;.(]|$|số\b|ngày \d|năm \d|\d))")
_REPLACES = re.compile(r"\b(?:thay thế|bãi bỏ|hủy bỏ|thay cho)\s+(?:toàn bộ |một phần |cho )?(?:các )?", re.IGNORECASE)
_LAPSES = re.compile(rf"\b((?:{_KIND})[^.;]{{0,160}}?)\s+(?:hết hiệu lực|không còn hiệu lực)(?= (?:kể )?từ ngày)")
_LEADS_OVER = re.compile(r"\b(?:xây dựng|thống nhất|ban hành|ký kết)\b(?!.*\b(?:xây dựng|thống nhất|ban hành|ký kết)\b)")
_OWN = re.compile(r"\bnày\b")


def bases(above: Sequence[Line]) -> Iterator[Mark]:
    """The numbers in the lines that name a basis, and the names of the laws and texts that are cited without one."""
    for line in above:
        if not BASIS.match(line.text):
            continue
        leads_over = _LEADS_OVER.search(line.text) if line.text.endswith(":") else None
        yield from _named(line.text[: leads_over.start()] if leads_over else line.text, line.start, "basis-line", "basis-name")


def words_of(mark: Mark, marks: Sequence[Mark], text: str) -> str:
    """A basis in the words of its line, without what opens and closes it, where the line names nothing else; otherwise as it was read."""
    start, until = text.rfind("\n", 0, mark.start) + 1, text.find("\n", mark.until)
    line = text[start : until if until >= 0 else len(text)]
    alone = sum(start <= other.start < start + len(line) for other in marks) == 1
    opened = BASIS.match(line)
    return line[opened.end() :].strip(" ;,.:") if alone and opened and not line.rstrip().endswith(":") else mark.value


def replaced(text: str) -> Iterator[Mark]:
    """What the text says it replaces or repeals, and what it says has lapsed with it."""
    for m in _REPLACES.finditer(text):
        until = re.compile(r"[.\n]").search(text, m.end())
        yield from _named(text[m.end() : until.start() if until else len(text)], m.end(), "replaces-line", "replaces-name", most=3)
    for m in _LAPSES.finditer(text):
        if not _OWN.search(m[1]):
            yield from _named(m[1], m.start(1), "replaces-line", "replaces-name", most=1)


def _named(text: str, at: int, by_number: str, by_name: str, most: int = 20) -> list[Mark]:
    numbers = [Mark(m[1], at + m.start(1), at + m.end(1), by_number) for m in _INSTRUMENT.finditer(text)]
    names = [m for pattern in (_LAW, _OTHER) for m in pattern.finditer(text) if not _has_number(text, m.end())]
    found = list(numbers)
    for m in names:
        if not _OWN.search(m[1]) and not any(f.start < at + m.end(1) and at + m.start(1) < f.until for f in found):
            found.append(Mark(m[1].strip(" ,"), at + m.start(1), at + m.start(1) + len(m[1].strip(" ,")), by_name, sure=False))
    return sorted(found, key=lambda mark: mark.start)[:most]


def _has_number(text: str, at: int) -> bool:
    """Whether the number of a named text follows it: *Luật Dân quân tự vệ số 48/2019/QH14*, *Quy chế phối hợp số 07/…*."""
    rest = re.match(r"\s*(?:ngày [\d/]+ |năm \d{4} )?(?:số:?\s*)?", text[at:])
    return bool(rest and _INSTRUMENT.match(text, at + rest.end()))


__all__ = ["BASIS", "bases", "replaced", "words_of"]
