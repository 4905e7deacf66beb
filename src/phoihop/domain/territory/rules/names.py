"""Reading the name of a place as people write it: "xã Bảo Thuận", "X. Bao Thuan", "TT. Ba Tri", "Bảo Thuận, Ba Tri"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from phoihop.kernel.text import fold, nfc

from ..models import AreaKind

WORDS: dict[str, str] = {
    "thành phố": AreaKind.CITY,
    "thị trấn": AreaKind.TOWNSHIP,
    "thị xã": AreaKind.TOWN,
    "đặc khu": AreaKind.SPECIAL_ZONE,
    "phường": AreaKind.WARD,
    "huyện": AreaKind.DISTRICT,
    "tỉnh": AreaKind.PROVINCE,
    "quận": AreaKind.URBAN_DISTRICT,
    "xã": AreaKind.COMMUNE,
}
"""What stands before a name, as the law writes it."""

_SHORT = {
    "tp": AreaKind.CITY,
    "tt": AreaKind.TOWNSHIP,
    "tx": AreaKind.TOWN,
    "đk": AreaKind.SPECIAL_ZONE,
    "dk": AreaKind.SPECIAL_ZONE,
    "p": AreaKind.WARD,
    "f": AreaKind.WARD,
    "h": AreaKind.DISTRICT,
    "q": AreaKind.URBAN_DISTRICT,
    "t": AreaKind.PROVINCE,
    "x": AreaKind.COMMUNE,
}
_FOLDED = {fold(word): kind for word, kind in WORDS.items()}
_PIECES = re.compile(r"\s*[,;/()]\s*|\s+[-–—]\s+")
_ABBREVIATED = re.compile(r"^(t\.?p|t\.?t|t\.?x|đ\.?k|d\.?k|[pfhqtx])(?:\s*\.\s*|\s+|(?=\d))(\S.*)$")


_TONES = "\u0300\u0301\u0309\u0303\u0323"  # grave, acute, hook above, tilde, dot below
_MOVED = {nfc(a + b + tone): nfc(a + tone + b) for a, b in ("oa", "oe", "uy") for tone in _TONES}
_TONE = re.compile("(?<!q)(?:" + "|".join(_MOVED) + r")(?!\w)")  # in "quý" and before a final letter the tone belongs where it is


class Reading(NamedTuple):
    """One way to read a name: the folded name and what it says of its kind ("" if nothing)."""

    folded: str
    kind: str


def split_kind(full: str) -> tuple[str, str]:
    """``"Phường Ba Đình"`` as ("phuong", "Ba Đình"); ValueError if no known word of kind comes first."""
    text = nfc(full).strip()
    for word, kind in WORDS.items():
        if text.lower().startswith(word + " "):
            name = text[len(word) + 1 :].strip()
            return kind, name[:1].upper() + name[1:]
    raise ValueError(f"no kind of unit before the name: {full!r}")


def word_of(kind: str) -> str:
    """The word before a name of this kind, as the law writes it whatever the reader's language; empty if there is none."""
    return next((word for word, known in WORDS.items() if known == kind), "")


def pieces(text: str) -> list[str]:
    """The parts of an address, smallest first: ``"xã Bảo Thuận, huyện Ba Tri"`` has two."""
    return [piece for piece in _PIECES.split(nfc(text).strip()) if piece]


def readings(piece: str) -> list[Reading]:
    """Every way to read one piece, likeliest first.

    "Huyền Hội" is a commune, not a district "Hội": a word of kind is taken off only where its letters agree, or where the
    whole piece was typed without diacritics; and then the unshortened reading stays as a second one. The last resort is the
    name under another kind: a township may be a commune today.
    """
    low = nfc(piece).lower().strip()
    shortened = [*_by_word(low), *_by_abbreviation(low)]
    found = [*shortened, Reading(fold(low), ""), *(Reading(reading.folded, "") for reading in shortened)]
    return list(dict.fromkeys(reading for reading in found if reading.folded))


def _by_word(low: str) -> list[Reading]:
    plain = fold(low) == low
    for word, kind in (_FOLDED if plain else WORDS).items():
        if low.startswith(word + " "):
            return [Reading(fold(low[len(word) :].lstrip(" .")), kind)]
    return []


def _by_abbreviation(low: str) -> list[Reading]:
    if found := _ABBREVIATED.match(low):
        return [Reading(fold(found[2]), _SHORT[found[1].replace(".", "")])]
    return []


def spelled(name: str) -> str:
    """A name as it is compared letter by letter: lower case, and *hoà* written *hòa* (both are usual)."""
    return _TONE.sub(lambda found: _MOVED[found[0]], nfc(name).lower().strip())


def bare(piece: str) -> str:
    """A piece as it was written, without the word of kind before it: "Bao Thanh" of "xã Bao Thanh"."""
    text = nfc(piece).strip()
    low = text.lower()
    for word in WORDS:
        if low.startswith(word + " ") or (fold(low) == low and low.startswith(fold(word) + " ")):
            return text[len(word) :].lstrip(" .")
    found = _ABBREVIATED.match(low)
    return text[found.start(2) :] if found else text


def has_marks(text: str) -> bool:
    """Whether it was typed with diacritics at all."""
    return fold(text) != " ".join(nfc(text).lower().split())


def agrees(name: str, piece: str) -> bool:
    """Whether the diacritics that were typed are those of the name; nothing is said where none were typed."""
    if not has_marks(bare(piece)):
        return True
    words = spelled(bare(piece)).split()
    return all(any(word.startswith(own) or own.startswith(word) for word in words) for own in spelled(name).split()[: len(words)])


def rank(folded: str, asked: str) -> int:
    """How well a folded name answers the folded words asked for: 0 the same, then beginning, words in order, any order; -1 no."""
    if folded == asked:
        return 0
    if folded.startswith(asked + " "):
        return 1
    words, tokens = folded.split(), asked.split()
    if _in_order(words, tokens):
        return 2 if words[0].startswith(tokens[0]) else 3
    return 4 if _any_order(words, tokens) else -1


def _in_order(words: Sequence[str], tokens: Sequence[str]) -> bool:
    rest = iter(words)
    return all(any(word.startswith(token) for word in rest) for token in tokens)


def _any_order(words: Sequence[str], tokens: Sequence[str]) -> bool:
    """Each token begins a word of its own."""
    left = list(words)
    for token in sorted(tokens, key=len, reverse=True):
        hit = next((word for word in left if word.startswith(token)), None)
        if hit is None:
            return False
        left.remove(hit)
    return True
