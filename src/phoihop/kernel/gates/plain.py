"""One form of a text to search in, whatever was typed: composed letters, plain digits, no hidden characters."""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property

# Soft hyphens, zero-width characters and marks of direction: they show nothing and hide a number from a search.
_HIDDEN = re.compile("[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufe00-\ufe0f]")
_STRAY_MARK = re.compile("[\u0300-\u036f]")
# Cyrillic and Greek letters that look like Latin ones.
_LOOK_ALIKE = dict(zip("АВЕКМНОРСТУХаеорсухіјΑΒΕΗΙΚΜΝΟΡΤΥΧο", "ABEKMHOPCTYXaeopcyxijABEHIKMNOPTYXo", strict=True))
# Bullets and middle dots between digits group them as hyphens do.
_DASHES = "‐‑‒–—―−﹣－⁃•‧∙·"
# Letters as wide as a Chinese character, and the bold and slanted ones of mathematics: how they look is not what they say.
_STYLED = re.compile("[\uff01-\uff5e\U0001d400-\U0001d7ff]")


def clean(text: str) -> str:
    """Composed (NFC), in plain letters, without hidden characters. What is offered to a person is made from this."""
    if text.isascii():
        return text
    if _STYLED.search(text):
        text = _STYLED.sub(lambda m: unicodedata.normalize("NFKC", m[0]), text)
    text = unicodedata.normalize("NFC", text)
    if _HIDDEN.search(text):
        text = unicodedata.normalize("NFC", _HIDDEN.sub("", text))
    return _STRAY_MARK.sub("", text) if _STRAY_MARK.search(text) else text


class _Letters(dict[int, int]):
    """Which character stands for which; worked out at first sight and remembered."""

    def __init__(self, keep_marks: bool) -> None:
        super().__init__()
        self._keep_marks = keep_marks

    def __missing__(self, code: int) -> int:
        char = chr(code)
        char = _LOOK_ALIKE.get(char, char)
        if char in _DASHES:
            char = "-"
        elif char.isspace() and char != "\n":
            char = " "
        elif (digit := unicodedata.decimal(char, None)) is not None:
            char = str(digit)
        else:
            char = self._letter(char)
        self[code] = ord(char)
        return self[code]

    def _letter(self, char: str) -> str:
        low = char.lower()
        if len(low) != 1:
            return char
        if self._keep_marks:
            return low
        if low == "đ":
            return "d"
        base = unicodedata.normalize("NFKD", low)[0]
        return base if base.isascii() else low


_FLAT, _LOW = _Letters(keep_marks=False), _Letters(keep_marks=True)


_WORD = re.compile(r"[a-z]+")
_OURS = re.compile(r"(?<![a-z0-9])[a-z]{2}-\d\d-[a-z]{2,3}\d\d-\d{1,9}-\d(?!\d)|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


class Text:
    """A text and its foldings. Each has a character for each character, so a place found in one is the same place in all."""

    def __init__(self, text: str) -> None:
        self.text = clean(text)
        #: Lower case without diacritics, plain digits, hyphens and spaces.
        self.flat = self.text.translate(_FLAT)
        #: The words of the flat text.
        self.words: list[str] = _WORD.findall(self.flat)

    @cached_property
    def low(self) -> str:
        """Lower case with its diacritics."""
        return self.text.translate(_LOW)

    @cached_property
    def bare(self) -> str:
        """Flat, with blanks instead of our own codes and UUIDs: their digits are nobody's."""
        return _OURS.sub(lambda m: " " * len(m[0]), self.flat) if "-" in self.flat else self.flat

    @cached_property
    def figures(self) -> str:
        """Bare, with the letters o and l read as digits where they stand among digits."""
        if "o" not in self.bare and "l" not in self.bare:
            return self.bare
        return _LETTER_FOR_DIGIT.sub(lambda m: "0" if m[0] == "o" else "1", self.bare)

    def line(self, at: int) -> tuple[int, int]:
        """Where the line around a place begins and ends."""
        end = self.text.find("\n", at)
        return self.text.rfind("\n", 0, at) + 1, len(self.text) if end < 0 else end

    def shown(self, start: int, end: int) -> str:
        return " ".join(self.text[start:end].split())


_LETTER_FOR_DIGIT = re.compile(r"(?<=\d)[ol](?=[\dol .\-])|(?<![a-z])o(?=[\dol]{2})|(?<=\d[ .\-])o(?=\d)|(?<=\do)o(?=\d)")
