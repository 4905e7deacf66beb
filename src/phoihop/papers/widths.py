"""How wide a line of Times New Roman is, so that the rules under headings are as long as the decree orders.

A paragraph of a .docx knows nothing of the width of its text, and the decree measures rules by it. The advances below are
those of the bold face in thousandths of its size; a letter with a mark is as wide as the letter without, save ơ, ư and Ư.
Tinos, which the PDF is set in, was drawn to the same widths.
"""

from __future__ import annotations

import re
import unicodedata

_BY_ADVANCE = {
    250: " .,",
    278: "il/'’‘",
    333: "fjt;:-()",
    389: "Is",
    444: "cerz",
    500: "Jagovxy0123456789–“”",
    554: "ơ",
    556: "Sbdhknpquđ",
    600: "ư",
    611: "FP",
    667: "BELTZ",
    722: "ACDNRUVXYwĐ",
    778: "GHKOQƠ",
    796: "Ư",
    833: "m&",
    944: "M",
    1000: "W…",
}
_ADVANCES = {char: advance for advance, chars in _BY_ADVANCE.items() for char in chars}
_UNKNOWN = 600

MM_PER_POINT = 25.4 / 72
# The decree wants the rule under a name between a third and a half of "the line": taken here of the longest.
_RULE_SHARE = 0.42
_NUMBERED = re.compile(r"\b((?i:ngày|tháng|quý|năm|số)) (?=\d|[IVX]+\b)")
_MARKS_OF_THEIR_OWN = {"\u031b": {"o": "ơ", "O": "Ơ", "u": "ư", "U": "Ư"}}


def bold_width(text: str, size: float) -> float:
    """Millimetres that one line of bold text takes at ``size`` points."""
    return sum(_advance(char) for char in text) * size * MM_PER_POINT / 1000


def _advance(char: str) -> int:
    if char not in _ADVANCES:
        base, *marks = list(unicodedata.normalize("NFD", char))
        char = next((_MARKS_OF_THEIR_OWN[mark].get(base, base) for mark in marks if mark in _MARKS_OF_THEIR_OWN), base)
    return _ADVANCES.get(char, _UNKNOWN)


def rule_length(lines: list[str], size: float, room: float) -> float:
    """Millimetres of the rule below bold lines; never more than half of the last one, which it stands under."""
    widths = [min(bold_width(line, size), room) for line in lines]
    return min(max(widths) * _RULE_SHARE, widths[-1] / 2) if widths else 0


def balanced(text: str, size: float, room: float) -> list[str]:
    """The text in as few bold lines as fit ``room`` millimetres, of nearly equal length, so that no word is left alone.

    Line breaks of the text are kept. A word wider than the room stands on a line of its own. *Tháng 11* is not parted, as other numbers of a day or term.
    """
    return [line for part in text.split("\n") for line in _balanced_part(_words(part), size, room)]


def _words(part: str) -> list[str]:
    together = _NUMBERED.sub("\\1\0", " ".join(part.split()))
    return [word.replace("\0", " ") for word in together.split(" ") if word]


def _balanced_part(words: list[str], size: float, room: float) -> list[str]:
    lines = _filled(words, size, room)
    if len(lines) < 2:
        return lines
    # Narrow the room until one more line would be needed; what is left is the most even setting.
    narrow, wide = room / 2, room
    while wide - narrow > 0.5:
        middle = (narrow + wide) / 2
        attempt = _filled(words, size, middle)
        if len(attempt) == len(lines) and all(bold_width(line, size) <= room for line in attempt):
            wide, lines = middle, attempt
        else:
            narrow = middle
    return lines


def _filled(words: list[str], size: float, room: float) -> list[str]:
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and bold_width(longer, size) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
