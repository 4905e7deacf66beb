"""Days as people write them: 05/3/2026, 5-3-26, 2026-03-05, "ngày 05 tháng 3 năm 2026", a day alone under a month's title."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from phoihop.kernel.text import fold
from phoihop.kernel.verdict import Verdict

from .cells import Cell, shown
from .finding import Found, Suggestion

_SERIAL_ZERO = date(1899, 12, 30)  # what spreadsheets count days from
_SERIALS = range(32_874, 73_051)  # 1990 to 2099
_MONTHS = {name: n for n, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)}
_WEEKDAY = re.compile(r"^(?:thu (?:[2-7]|hai|ba|tu|nam|sau|bay)|chu nhat|cn|t[2-7])\b[\s,.:;-]*")
_SPOKEN = re.compile(r"(?:ngay\s+)?(\d{1,2})\s*thang\s*(\d{1,2})(?:\s*,?\s*nam\s*(\d{4}|\d{2}))?")
_ISO = re.compile(r"(?<!\d)(\d{4})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})(?!\d)")
_FULL = re.compile(r"(?<!\d)(\d{1,2})\s*[-/.,\s]\s*(\d{1,2})\s*[-/.,\s]\s*(\d{4})(?!\d)")
_TWO_DIGITS = re.compile(r"(?<!\d)(\d{1,2})\s*(?P<same>[-/.])\s*(\d{1,2})\s*(?P=same)\s*(\d{2})(?!\d)")
_SHORT = re.compile(r"(?<!\d)(\d{1,2})\s*[-/.]\s*(\d{1,2})(?!\d)")
_TWO_DAYS = re.compile(r"(?<![\d/.-])(\d{1,2})\s*(?:[-–]|rang(?:\s+sang)?(?:\s+ngay)?)\s*(\d{1,2}\s*[/.]\s*\d{1,2}(?:\s*[/.]\s*(?:\d{4}|\d{2}))?)(?!\d)")
_NAMED = re.compile(r"(?<!\d)(\d{1,2})[\s-]*(?:thg\s*(\d{1,2})|([a-z]{3}))[a-z]*[\s,-]*(\d{4}|\d{2})?(?!\d)")
_SOLID = re.compile(r"(?<!\d)(\d{8})(?!\d)")
_ALONE = re.compile(r"^(?:ngay\s*)?(\d{1,2})$")
_HOUR_BESIDE = re.compile(r"\d\s*(?:h|gio|g|:)")
_MONTH_SAID = re.compile(
    r"(?:thang|thg)\s*(\d{1,2})(?:\s*(?:nam|[-/.,])?\s*(\d{4}))?|\bt(\d{1,2})\b(?:\s*[-/._ ]?\s*(\d{4}))?|(?<!\d)(\d{1,2})\s*[-/._]\s*(20\d\d)(?!\d)"
)
_YEAR_SAID = re.compile(r"(?<!\d)(20\d\d)(?!\d)")

_WAYS = ((_SPOKEN, "dmy"), (_ISO, "ymd"), (_TWO_DAYS, "first"), (_FULL, "dmy"), (_TWO_DIGITS, "dsmy"), (_NAMED, "named"), (_SOLID, "solid"), (_SHORT, "dm"))
# Beside hours only what cannot be one: 19.30-21.00 and 7-9 are hours there.
_BESIDE_HOURS = (
    (_SPOKEN, "dmy"),
    (_ISO, "ymd"),
    (re.compile(r"(?<!\d)(\d{1,2})[-.](\d{1,2})[-.](\d{4})(?!\d)"), "dmy"),
    (re.compile(r"(?<!\d)(\d{1,2})\s*/\s*(\d{1,2})\s*/\s*(\d{4}|\d{2})(?!\d)"), "dmy"),
    (re.compile(r"(?<!\d)(\d{1,2})\s*/\s*(\d{1,2})(?!\d)"), "dm"),
)


@dataclass(frozen=True, slots=True)
class Hint:
    """The month and year that a title, the name of a sheet or of the file gives to days written shorter."""

    year: int | None = None
    month: int | None = None

    def sharper(self, other: Hint) -> Hint:
        """This hint where the other (nearer to the row) says nothing."""
        return Hint(other.year or self.year, other.month or self.month)


NO_HINT = Hint()


def hint_of(text: str) -> Hint:
    """Month and year said in a title: "THÁNG 3 NĂM 2026", "T3-2026", "03.2026", "Năm 2026". Two different ones say nothing."""
    folded = fold(text)
    months = {int(next(g for g in (m.group(1), m.group(3), m.group(5)) if g)) for m in _MONTH_SAID.finditer(folded)}
    years = {int(y) for y in _YEAR_SAID.findall(folded)}
    month = months.pop() if len(months) == 1 else 0
    return Hint(years.pop() if len(years) == 1 else None, month if 1 <= month <= 12 else None)


def day_of(cell: Cell, hint: Hint = NO_HINT) -> Found[date]:
    """The day that a cell names; a doubt when it names none, or one that does not exist."""
    if cell is None:
        return Found()
    if isinstance(cell, (int, float)) and int(cell) in _SERIALS:
        return Found(_SERIAL_ZERO + timedelta(days=int(cell)))
    text = fold(shown(cell))
    found = [day for _, day in sorted(days_in(text, hint, beside_hours=bool(_HOUR_BESIDE.search(text))), key=lambda d: d[0])]
    if found:
        return _one(found, shown(cell))
    alone = _ALONE.match(_WEEKDAY.sub("", text).strip())
    if alone:
        return made(int(alone.group(1)), hint.month, hint.year, shown(cell))
    return Found(verdict=Verdict("no-day", format_lazy(_("Không đọc được ngày trong “{text}”. Hãy ghi như 05/03/2026."), text=shown(cell)), "day"))


def days_in(folded: str, hint: Hint = NO_HINT, *, beside_hours: bool = False) -> Iterator[tuple[tuple[int, int], Found[date]]]:
    """Each day written in a folded text, with where it stands; surest ways of writing first."""
    rest = _WEEKDAY.sub(lambda m: " " * len(m.group()), folded)
    for pattern, parts in _BESIDE_HOURS if beside_hours else _WAYS:
        for match in list(pattern.finditer(rest)):
            read = _read(parts, match, hint)
            if read is not None:
                yield match.span(), read
                rest = rest[: match.start()] + " " * len(match.group()) + rest[match.end() :]


def _one(found: list[Found[date]], text: str) -> Found[date]:
    """The day of a cell that names one, or a night's two; a doubt first."""
    wrong = next((day for day in found if not day), None)
    if wrong is not None:
        return wrong
    first, last = found[0].value, found[-1].value
    assert first is not None and last is not None
    return found[0] if first <= last <= first + timedelta(days=1) else Found(verdict=_several(text))


def _read(parts: str, match: re.Match[str], hint: Hint) -> Found[date] | None:
    groups, text = match.groups(), match.group().strip()
    if parts == "ymd":
        return made(int(groups[2]), int(groups[1]), int(groups[0]), text)
    if parts == "dsmy":
        return made(int(groups[0]), int(groups[2]), 2000 + int(groups[3]), text)
    if parts in ("dmy", "dm"):
        return made(int(groups[0]), int(groups[1]), _year(groups[2] if len(groups) > 2 else None, hint), text)
    if parts == "first":
        last = next(days_in(groups[1], hint))[1]
        one_night = last.value is not None and (last.value - timedelta(days=1)).day == int(groups[0])
        return Found(last.value - timedelta(days=1)) if one_night and last.value else Found(verdict=_several(text))
    if parts == "named":
        month = int(groups[1]) if groups[1] else _MONTHS.get(groups[2] or "")
        return made(int(groups[0]), month, _year(groups[3], hint), text) if month else None
    solid = groups[0]
    if solid[:2] in ("19", "20") and solid[4:6] <= "12":
        return made(int(solid[6:]), int(solid[4:6]), int(solid[:4]), text)
    return made(int(solid[:2]), int(solid[2:4]), int(solid[4:]), text)


def made(day: int, month: int | None, year: int | None, text: str) -> Found[date]:
    """A day from its parts, or why there is none."""
    if month is None:
        return Found(
            verdict=Verdict(
                "month-missing",
                format_lazy(_("“{text}” chỉ có ngày; tên trang tính và tiêu đề không nói tháng nào. Hãy ghi đủ ngày, tháng, năm."), text=text),
                "day",
            )
        )
    if year is None:
        return Found(
            verdict=Verdict(
                "year-missing",
                format_lazy(_("“{text}” không có năm; tên tệp và tiêu đề cũng không nói năm nào. Hãy ghi đủ ngày, tháng, năm."), text=text),
                "day",
            )
        )
    if not 1990 <= year <= 2099:
        return Found(verdict=Verdict("no-such-year", format_lazy(_("Năm {year} trong “{text}” có vẻ nhầm."), year=year, text=text), "day"))
    if not 1 <= month <= 12:
        swapped = [_as_suggestion(date(year, day, month))] if 1 <= day <= 12 and month <= monthrange(year, day)[1] and month else []
        return Found(verdict=Verdict("no-such-day", format_lazy(_("“{text}”: không có tháng {month}."), text=text, month=month), "day"), suggestions=swapped)
    longest = monthrange(year, month)[1]
    if not 1 <= day <= longest:
        last = date(year, month, longest)
        reason = _("Ngày {day}/{month}/{year} không có trong lịch: tháng {month} năm {year} có {longest} ngày.")
        said = format_lazy(reason, day=day, month=month, year=year, longest=longest)
        return Found(verdict=Verdict("no-such-day", said, "day"), suggestions=[_as_suggestion(last), _as_suggestion(last + timedelta(days=1))])
    return Found(date(year, month, day))


def in_its_month(day: date, hint: Hint) -> Found[date]:
    """A stored date outside the month of its sheet, inside it with day and month swapped: a machine set to another country did that."""
    if hint.month is None or day.month == hint.month or day.day != hint.month or (hint.year and hint.year != day.year):
        return Found(day)
    swapped = date(day.year, day.day, day.month)
    reason = format_lazy(_("Ô ghi {day} nhưng trang này là tháng {month}. Có thể máy đã đảo ngày và tháng."), day=f"{day:%d/%m/%Y}", month=hint.month)
    return Found(
        verdict=Verdict("day-month-swapped", reason, "day"), suggestions=[_as_suggestion(swapped), Suggestion(f"ngày {day:%d/%m/%Y}", f"{day:%d/%m/%Y}")]
    )


def _year(said: str | None, hint: Hint) -> int | None:
    if said is None:
        return hint.year
    return int(said) if len(said) == 4 else 2000 + int(said)


def _as_suggestion(day: date) -> Suggestion:
    return Suggestion(f"{day:%d/%m/%Y}")


def _several(text: str) -> Verdict:
    return Verdict("several-days", format_lazy(_("“{text}” là nhiều ngày. Mỗi cuộc tuần tra ghi một dòng, một ngày."), text=text), "day")
