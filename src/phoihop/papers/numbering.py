"""How parts of a legal document are counted (Decree 30/2020/NĐ-CP, Annex I, part I, section II, point 6.đ)."""

from __future__ import annotations

from enum import Enum

# The alphabet as Vietnamese law counts points with: ă, â, ê, ô, ơ and ư are passed over.
LETTERS = "abcdđeghiklmnopqrstuvxy"

_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


class Level(Enum):
    """The divisions of a text, the highest first. GROUP is the "I. KẾT QUẢ" of a text without chapters."""

    PART = "Phần"
    CHAPTER = "Chương"
    SECTION = "Mục"
    SUBSECTION = "Tiểu mục"
    ARTICLE = "Điều"
    GROUP = "I."
    CLAUSE = "khoản"
    POINT = "điểm"
    DASH = "-"


# A chapter does not start again in the next part, nor an article in the next chapter; everything else does.
_RUNS_ON = {Level.CHAPTER, Level.ARTICLE}


def roman(n: int) -> str:
    out = ""
    for value, sign in _ROMAN:
        out += sign * (n // value)
        n %= value
    return out


def letter(n: int) -> str:
    """The n-th point, counted from 1: a, b, c, d, đ, e, g … y, then aa, ab."""
    out = ""
    while n:
        n, last = divmod(n - 1, len(LETTERS))
        out = LETTERS[last] + out
    return out


class Counter:
    """Gives each division of one text its label, in the order of reading."""

    def __init__(self) -> None:
        self._at: dict[Level, int] = dict.fromkeys(Level, 0)

    def next(self, level: Level) -> str:
        """ "Phần II", "Mục 3", "Điều 5.", "IV.", "2.", "đ)" or "-"."""
        levels = list(Level)
        self._at[level] += 1
        for lower in levels[levels.index(level) + 1 :]:
            if lower not in _RUNS_ON:
                self._at[lower] = 0
        return _label(level, self._at[level])


def _label(level: Level, n: int) -> str:
    match level:
        case Level.PART | Level.CHAPTER:
            return f"{level.value} {roman(n)}"
        case Level.SECTION | Level.SUBSECTION:
            return f"{level.value} {n}"
        case Level.ARTICLE:
            return f"{level.value} {n}."
        case Level.GROUP:
            return f"{roman(n)}."
        case Level.CLAUSE:
            return f"{n}."
        case Level.POINT:
            return f"{letter(n)})"
    return "-"
