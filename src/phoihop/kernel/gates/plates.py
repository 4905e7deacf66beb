"""Number plates of vehicles and numbers of vessels. Vessels of the state (BP, CSB, KN, CA …) are means, not persons."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .plain import Text
from .refusals import Finding, masked

# Codes of places on plates: 11 to 99 less those never given; the letters that plates use.
_PLACE = r"(?:1[124-9]|2[0-9]|3[0-9]|4[0137-9]|5\d|6\d|7\d|8[0-689]|9[02-57-9])"
_SERIES = rf"(?<![\w/]){_PLACE}(?:[\-.]?| (?!(?:h|m|ha|kg|km|g|cm|mm|t|p)\b))[a-hk-npstuvxyz][a-z\d]?[ \-.]{{0,3}}"
_FIVE = re.compile(rf"{_SERIES}(?:\d{{3}}[.,]\d\d|\d{{5}})(?![\w/]|[.,]\d)")
_FOUR = re.compile(rf"{_SERIES}\d{{4}}(?![\w/]|[.,]\d)")
_ARMY = re.compile(r"(?<!\w)[abhkpqtv][a-z][ \-.]?\d\d[ \-.]\d\d(?!\d)")
_DIPLOMAT = re.compile(rf"(?<!\w){_PLACE}[ \-.]?\d{{3}}[ \-.]?(?:ng|nn|qt|cv)[ \-.]?\d\d(?!\d)")
_PLATE_WORD = re.compile(
    r"(?:bien(?: kiem soat| so| dang ky)?|\bbks|\bbsx?|\bxe(?: may| tai| khach| con| tho so| o to| ben| container| dau keo| ban tai)?|o to|mo to|\bsh|wave|exciter|vision|dream)[^\d\n]{0,30}$"
)

_FISHING = re.compile(r"(?<![a-z])(?!kn|csb|bp)[a-z]{2,3}[ \-.]?\d{4,5}[ \-.]?ts(?!\w)")
_VESSEL_WORD = r"(?:tau(?: ca| hang| khach| cau| luoi| keo)?|ghe(?: cau| luoi)?|thuyen|sa lan|xa lan|phuong tien thuy|do ngang|so dang ky)"
_INLAND = re.compile(
    rf"\b{_VESSEL_WORD}\b[^\d\n]{{0,25}}?(?<![a-z])(?P<number>(?!bp|csb|kn|ca|hq|sar|cn|bdbp|ubnd|ctt|cv|qd|nd|tt|kh)[a-z]{{2,3}}[ \-.]?\d{{4,5}})(?![\w/]|-[a-z])"
)
_IMO = re.compile(r"\bimo[ :\-]{0,2}(?P<number>\d{7})(?!\d)")
_DIGITS = re.compile(r"\d(?:\d{3}|\d\d[.,]\d\d|\d[ \-.]\d\d|[ \-.]?(?:ng|nn|qt|cv)\b)")
_LOOKS_LIKE_A_PLATE = re.compile(r"\d\d[ \-.]?[a-z][a-z\d]?[ \-.]{0,3}\d{3}")
_VEHICLES = frozenset({"bien", "bks", "bs", "bsx", "xe"})
_VESSELS = frozenset({"tau", "ghe", "thuyen", "lan", "thuy", "ngang", "ky", "imo"})


def plates(t: Text) -> Iterator[Finding]:
    """Plates of vehicles (the old four-digit and the army's only beside a word that says so) and numbers of vessels."""
    if not _DIGITS.search(t.bare):
        return
    if _LOOKS_LIKE_A_PLATE.search(t.bare):
        for found in _FIVE.finditer(t.bare):
            yield Finding("plate", *found.span(), masked(t.text[slice(*found.span())]))
        yield from _said_to_be_plates(t, (_FOUR,))
    if not _VEHICLES.isdisjoint(t.words):
        yield from _said_to_be_plates(t, (_ARMY, _DIPLOMAT))
    if "ts" in t.bare:
        for found in _FISHING.finditer(t.bare):
            yield Finding("vessel-number", *found.span(), masked(t.text[slice(*found.span())]))
    if not _VESSELS.isdisjoint(t.words):
        yield from _said_to_be_vessels(t)


def _said_to_be_plates(t: Text, patterns: Sequence[re.Pattern[str]]) -> Iterator[Finding]:
    for pattern in patterns:
        for found in pattern.finditer(t.bare):
            if _PLATE_WORD.search(t.bare, max(0, found.start() - 50), found.start()):
                yield Finding("plate", *found.span(), masked(t.text[slice(*found.span())]))


def _said_to_be_vessels(t: Text) -> Iterator[Finding]:
    for found in _INLAND.finditer(t.bare):
        number = t.text[slice(*found.span("number"))]
        if "-" in number or number.isupper():  # "tàu năm 2026" is no number
            yield Finding("vessel-number", *found.span("number"), masked(number))
    for found in _IMO.finditer(t.bare):
        yield Finding("vessel-number", *found.span("number"), masked(found["number"]))
