"""The stretch of time a page is about, as it stands in the address: ``ky=2026-T10``, ``2026-Q3``, ``2026-H1``, ``2026``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from phoihop.kernel.figures_text import month, reader
from phoihop.kernel.period import Period, month_start

_SHAPE = re.compile(r"^(\d{4})(?:-([TQH])(\d{1,2}))?$")
_OF_CALENDARS = re.compile(r"^(\d{4})-(?:9T|\d{4})$")
_MONTHS = {"T": 1, "Q": 3, "H": 6, "N": 12}


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """Year, granule (T month, Q quarter, H half-year, N year) and its number in the year. Which days it covers is up to a calendar."""

    year: int
    granule: str
    n: int

    def __str__(self) -> str:
        return str(self.year) if self.granule == "N" else f"{self.year}-{self.granule}{self.n}"

    @property
    def label(self) -> str:
        if self.granule == "T":
            return month(self.year, self.n, reader())
        said = {
            "Q": _("Quý %(n)s/%(year)s"),
            "H": _("6 tháng đầu năm %(year)s") if self.n == 1 else _("6 tháng cuối năm %(year)s"),
            "N": _("Năm %(year)s"),
        }
        return said[self.granule] % {"n": self.n, "year": self.year}

    @property
    def inside(self) -> str:
        """Its label within a sentence: "tháng 11/2026", "November 2026"."""
        return self.label if reader() == "en" else self.label[0].lower() + self.label[1:]

    @property
    def short(self) -> str:
        """T12/2026, for narrow screens and table heads."""
        if self.granule == "T":
            return month(self.year, self.n, reader(), short=True)
        return str(self.year) if self.granule == "N" else f"{self.granule}{self.n}/{self.year}"

    @property
    def period(self) -> Period:
        """Its days by the civil calendar. A reporting calendar (15th to 14th) has its own."""
        months = _MONTHS[self.granule]
        first = (self.n - 1) * months + 1
        return Period(month_start(self.year, first), month_start(self.year, first + months))

    def shifted(self, by: int) -> Term:
        per_year = 12 // _MONTHS[self.granule]
        count = self.year * per_year + self.n - 1 + by
        return Term(count // per_year, self.granule, count % per_year + 1)


def parse_term(text: str) -> Term | None:
    """The term written in an address, None if it is none. Of a reporting calendar's periods halves are the same (2026-6T1), nine months and terms of office their first year."""
    found = _SHAPE.match(_OF_CALENDARS.sub(r"\1", text.strip().upper()).replace("-6T", "-H"))
    if not found:
        return None
    year, granule, n = int(found[1]), found[2] or "N", int(found[3] or 1)
    if not 2000 <= year <= 2100 or not 1 <= n <= 12 // _MONTHS[granule]:
        return None
    return Term(year, granule, n)


def term_of(day: date, granule: str = "T") -> Term:
    """The term in which a day lies."""
    return Term(day.year, granule, (day.month - 1) // _MONTHS[granule] + 1)
