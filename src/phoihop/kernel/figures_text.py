"""Figures and days as they are written: 20.629, 97,8 and 21/11/2026 in Vietnamese; 20,629, 97.8 and 21 Nov 2026 in English.

A figure is an integer times a power of ten (978 with scale 1 is 97,8), so nothing is rounded on its way to paper.
What is missing is "–", never 0.
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Literal

from django.utils.translation import get_language

Language = Literal["vi", "en"]

MISSING = "–"

_POINTS: dict[Language, tuple[str, str]] = {"vi": (".", ","), "en": (",", ".")}
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


def reader() -> Language:
    """The language of whoever reads now; everything but English is written as in Vietnamese."""
    return "en" if (get_language() or "").startswith("en") else "vi"


@lru_cache(maxsize=4096)  # tables say the same few numbers thousands of times
def grouped(n: int | None, scale: int = 0, language: Language = "vi") -> str:
    """``n`` times ten to the power of minus ``scale``, thousands in groups: (20629) "20.629", (978, 1) "97,8", (None) "–"."""
    if n is None:
        return MISSING
    thousands, point = _POINTS[language]
    digits = str(abs(n)).rjust(scale + 1, "0")
    whole, rest = (digits[:-scale], digits[-scale:]) if scale else (digits, "")
    return ("-" if n < 0 else "") + f"{int(whole):,}".replace(",", thousands) + (point + rest if rest else "")


def percent(n: int | None, scale: int = 0, language: Language = "vi") -> str:
    """Per cents: (978, 1) "97,8%"; nothing known is "–" without the sign."""
    return MISSING if n is None else grouped(n, scale, language) + "%"


def decimal(value: Decimal | None, places: int = 1, language: Language = "vi") -> str:
    """``value`` rounded to ``places`` (halves away from zero, as an accountant does) and grouped."""
    if value is None:
        return MISSING
    rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return grouped(int(rounded.scaleb(places)), places, language)


def day(d: date | None, language: Language = "vi") -> str:
    """21/11/2026. English names the month, for 03/04 is two days to two readers."""
    if d is None:
        return MISSING
    return f"{d.day:02}/{d.month:02}/{d.year}" if language == "vi" else f"{d.day} {_MONTHS[d.month - 1][:3]} {d.year}"


def month(year: int, n: int, language: Language = "vi", *, short: bool = False) -> str:
    """Tháng 11/2026 or November 2026; ``short``: T11/2026 or Nov 2026."""
    if language == "vi":
        return f"{'T' if short else 'Tháng '}{n}/{year}"
    return f"{_MONTHS[n - 1][:3] if short else _MONTHS[n - 1]} {year}"


def month_of(d: date, language: Language = "vi") -> str:
    """What stands below the number of a day on a calendar leaf: Thg 11, Nov."""
    return f"Thg {d.month}" if language == "vi" else _MONTHS[d.month - 1][:3]
