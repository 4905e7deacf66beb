"""By when: so many working days, within so many minutes, before a day of the month or of the year, on a date; and how far information may be passed on."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from .proposal import Mark

_MINUTES = {"phút": 1, "giờ": 60, "tiếng": 60, "ngày": 1440}
_WORKDAYS = re.compile(r"\b(\d{1,3}) ngày làm việc", re.IGNORECASE)
_WITHIN = re.compile(
    r"(?:trong (?:thời hạn|thời gian|vòng)|thời hạn|không quá|chậm nhất|tối đa|sau|chậm hơn|trong(?= \d+ (?:phút|giờ))|trước(?= \d+ (?:phút|giờ) (?:tính|kể) từ))(?: là| sau| không quá| tối đa| chậm nhất là| ít nhất){0,3} (\d{1,3}) (phút|giờ|tiếng|ngày)\b(?! làm việc)(?!\s*\d*/)", re.IGNORECASE
)  # fmt: skip
_DAYS_COUNT_FROM = re.compile(r"[^.;]{0,25}(?:,\s*)?(?:kể từ|từ khi|từ ngày|tính từ)|\s*\(trừ", re.IGNORECASE)
_EVERY = re.compile(r"\s*(?:một|1|01) lần|/lần", re.IGNORECASE)
_LIMIT = r"(?:trước|chậm nhất(?: là)?(?: vào| trong)?|xong|hoàn thành|muộn nhất|đến hết|hạn:?|vào)"
_NUMERIC = r"(?:ngày )?(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?(?![/.-]?\d)"
_WORDED = r"(?:ngày )?(\d{1,2}) tháng (\d{1,2})(?: năm (\d{4}))?"
_LATEST = re.compile(
    rf"\b{_LIMIT}(?: trước)?(?: (?:\d{{1,2}}(?: giờ|h)(?: \d{{1,2}})?)(?:,| ngày)?)? (?:{_NUMERIC}|{_WORDED})(?:,? và (?:trước )?(?:ngày )?(\d{{1,2}})(?: tháng |/)(\d{{1,2}})(?:(?: năm |/)(\d{{4}}))?)?",
    re.IGNORECASE,
)
_BEFORE_DAY = re.compile(rf"\b{_LIMIT}(?: ngày)? ?(?:ngày )(\d{{1,2}})\b(?! ?[/.-]?\d)(?! tháng \d)", re.IGNORECASE)
_EACH_MONTH = re.compile(r"\bngày (\d{1,2}) (?:hằng|hàng|mỗi) (?:tháng|quý)\b", re.IGNORECASE)
_MONTHS = re.compile(r"tháng\s+(\d{1,2})(?:\s*(?:/|năm|-)\s*(20\d\d))?(?![/\d])", re.IGNORECASE)
_QUARTERS = re.compile(r"quý\s+(IV|I{1,3}|[1-4])\b(?:\s*(?:/|năm|-)\s*(20\d\d))?", re.IGNORECASE)
_SPAN_OF_TIME = re.compile(r"\btừ\b|\bđến\b|\s-\s|\d\s*-\s*\d", re.IGNORECASE)
_LOOSE = re.compile(
    r"(?:trong|vào|xong|hoàn thành(?: trong)?|đầu|cuối|giữa)\s+(?:đầu |cuối |giữa )?(?:quý (?:IV|I{1,3}|[1-4])\b|tháng \d{1,2}\b(?![/\d]))(?:\s*(?:/|năm)\s*20\d\d)?"
    r"|từ (?:ngày \d{1,2}[/ ]?)?tháng \d{1,2}\b[^,.;]{0,20}đến (?:ngày \d{1,2}[/ ]?)?(?:hết )?tháng \d{1,2}\b", re.IGNORECASE
)  # fmt: skip
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_DATE_ALONE = re.compile(rf"(?<!\d)(?:{_NUMERIC}|{_WORDED})", re.IGNORECASE)
_FROM = re.compile(r"\b(?:từ|kể từ|bắt đầu)(?: ngày)?\s*$", re.IGNORECASE)
_YEAR = re.compile(r"\bnăm (20\d\d)\b")
_YEAR_ALONE = re.compile(r"(?:/|\bnăm )(20\d\d)\b")
_MAY_PASS = re.compile(r"được (?:phép )?(?:chuyển tiếp|chia sẻ tiếp)(?: (?:đến|xuống|cho|tới))?(?: (một|hai|ba|0?\d) cấp)?", re.IGNORECASE)
_MAY_NOT = re.compile(r"không (?:được (?:phép )?)?(?:chuyển tiếp|chia sẻ|cung cấp)(?: (?:thông tin|lại))?", re.IGNORECASE)
_COUNT = {"một": 1, "hai": 2, "ba": 3}


def workdays(sentence: str) -> Mark | None:
    m = _WORKDAYS.search(sentence)
    return Mark(str(int(m[1])), m.start(), m.end(), "workdays") if m and int(m[1]) else None


def minutes(sentence: str) -> Mark | None:
    """Minutes from when it happens or is asked. Days only where the text says from when they count; *30 phút một lần* is no deadline."""
    for m in _WITHIN.finditer(sentence):
        counted = m[2] != "ngày" or re.search(r"thời hạn|chậm nhất|vòng", m[0], re.IGNORECASE) or _DAYS_COUNT_FROM.match(sentence, m.end())
        kept_up = re.search(r"kéo dài[^.;]{0,20}$", sentence[: m.start()], re.IGNORECASE)
        if int(m[1]) and counted and not kept_up and not _EVERY.match(sentence, m.end()):
            return Mark(str(int(m[1]) * _MINUTES[m[2].lower()]), m.start(), m.end(), "within")
    return None


def days(sentence: str, every_year: bool, year: int | None) -> Iterator[Mark]:
    """The last days that a sentence names. A day and month is of each year where the sentence says so, else of the text's ``year``.

    The value is ``20`` (of the month), ``15/5`` (of each year) or ``2026-05-15``; the rule tells which. A day that is none is not read.
    """
    taken: list[tuple[int, int]] = []
    for m in _LATEST.finditer(sentence):
        taken.append(m.span())
        for day, month, told in ((m[1] or m[4], m[2] or m[5], m[3] or m[6]), (m[7], m[8], m[9])):
            if day and (mark := _dated(int(day), int(month), told, sentence, every_year, year, m.span())):
                yield mark
    for m in (*_BEFORE_DAY.finditer(sentence), *_EACH_MONTH.finditer(sentence)):
        if 1 <= int(m[1]) <= 31 and not any(a <= m.start() < b for a, b in taken):
            taken.append(m.span())
            yield Mark(str(int(m[1])), m.start(), m.end(), "day-of-month")


def not_held(sentence: str) -> list[Mark]:
    """What says by when and is no day: *trong quý II*, *vào tháng 8*, *từ tháng 10 đến tháng 12*."""
    return [Mark(m[0], m.start(), m.end(), "unread-deadline", sure=False) for m in _LOOSE.finditer(sentence)]


def days_of_cell(cell: str, year: int | None) -> list[Mark]:
    """Of the cell *Thời gian* of a table: a bare date is the deadline, a month or quarter ends on its last day; what says *từ … đến …* is not read."""
    if found := list(days(cell, False, year)):
        return found
    if _SPAN_OF_TIME.search(cell) and not _DATE_ALONE.search(cell):
        return []
    dates = [m for m in _DATE_ALONE.finditer(cell) if not _FROM.search(cell[: m.start()])]
    if dates:
        made = (_dated(int(m[1] or m[4]), int(m[2] or m[5]), m[3] or m[6], cell, False, year, m.span()) for m in dates)
        return [mark for mark in made if mark is not None]
    return sorted((*_ends(cell, _QUARTERS, year), *_ends(cell, _MONTHS, year)), key=lambda mark: mark.start)


def _ends(cell: str, spans: re.Pattern[str], year: int | None) -> Iterator[Mark]:
    """The last day of each month or quarter that a cell names; to be looked at, for *Quý II* may mean any day of it."""
    said = _YEAR_ALONE.search(cell)
    for m in spans.finditer(cell):
        n = _ROMAN.get(m[1].lower()) or int(m[1])
        month = n * 3 if spans is _QUARTERS else n
        of = int(m[2]) if m[2] else int(said[1]) if said else year
        if of is not None and 1 <= month <= 12:
            yield Mark(date(of, month, monthrange(of, month)[1]).isoformat(), m.start(), m.end(), "end-of-span", sure=False)


def _dated(day: int, month: int, told: str | None, sentence: str, every_year: bool, year: int | None, place: tuple[int, int]) -> Mark | None:
    said = _YEAR.search(sentence)
    of = int(told) if told else int(said[1]) if said else year
    try:
        valid = date(of or 2024, month, day)
    except ValueError:
        return None
    if told:
        return Mark(valid.isoformat(), *place, "on-day")
    if every_year:
        return Mark(f"{day}/{month}", *place, "day-of-year")
    if of is None:
        return Mark(f"{day}/{month}", *place, "day-of-year", sure=False)
    return Mark(valid.isoformat(), *place, "year-of-text", sure=said is not None)


def onward(sentence: str) -> Mark | None:
    """How many levels information may be passed on; 0 where the text forbids it. What it forbids to others does not take back what it allows."""
    for m in _MAY_PASS.finditer(sentence):
        if not sentence[: m.start()].rstrip().lower().endswith("không"):
            levels = _COUNT.get((m[1] or "").lower()) or int(m[1] or 1)
            return Mark(str(levels), m.start(), m.end(), "onward")
    m_ = _MAY_NOT.search(sentence)
    return Mark("0", m_.start(), m_.end(), "not-onward") if m_ else None
