"""Likely personal names, told from the streets, schools and communes that bear names, and from officials named with their office."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..text import fold
from . import words
from .plain import Text

_UPPER = "A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
_LONGEST_SYLLABLE = 7
_CAP = rf"[{_UPPER}]\w{{0,{_LONGEST_SYLLABLE - 1}}}(?!\w)"
_GAP = r"[ ]{1,2}"


def _any(alternatives: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, alternatives), key=len, reverse=True))


_HONORIFIC = rf"(?:{_any(words.HONORIFICS)})"
_HONORIFIC_FLAT = r"(?:dong chi|d/c|ong|ba|anh|chi|em|co|chu|bac|cau|cu|di|thim|mo|be|chau|doi tuong|nan nhan|chu ho|tai xe|ho ten|chu xe)"

_WORD = re.compile(r"[a-z]+")
_FAMILY_ON = re.compile(rf"[a-z]+(?:{_GAP}[a-z]{{1,{_LONGEST_SYLLABLE}}}\b){{1,4}}")
_HONORIFIC_ENDS = frozenset(fold(h).split("/")[-1].split()[-1] for h in words.HONORIFICS)
_LONE = re.compile(rf"(?<!\w)(?:{_HONORIFIC}) {{1,2}}(?=[{_UPPER}])")
_TWO_CAPITALS = re.compile(rf"[{_UPPER}]\w*{_GAP}[{_UPPER}]")
_TELLING_MIDDLES = frozenset({"van", "thi"})
_CAPS = re.compile(rf"{_CAP}(?:{_GAP}{_CAP}){{0,4}}")
_NO_NAME = re.compile(
    r"\w+ văn (?:bản|hóa|hoá|phòng|nghệ|thư|kiện|bằng)(?!\w)|\w+ (?:van (?:ban|hoa|phong|nghe|thu|kien|bang)|thi (?:dua|hanh|cong|tran|truong))(?!\w)"
)
_WORD_BEFORE = re.compile(r"[^\W\d_]+ $")
_OFFICE_START = re.compile(words.OFFICE_STARTS)

_HONORIFIC_BEFORE = re.compile(rf"(?<!\w)({_HONORIFIC})\s*:?\s{{1,2}}$")
_HONORIFIC_FLAT_BEFORE = re.compile(rf"(?<!\w)({_HONORIFIC_FLAT})\s*:?\s{{1,2}}$")
_PERSON_BEFORE = re.compile(rf"(?<!\w)(?:{_HONORIFIC}|{_any(words.PERSON_WORDS)})[ :“\"'(]{{1,3}}$")
_PLACE = re.compile(rf"(?<!\w)(?:{_any(words.PLACES)})(?!\w)")
_PLACE_LIST = re.compile(rf"(?<!\w)(?:{_any(words.PLACE_LISTS)})(?!\w)")
_PLACE_FLAT_BEFORE = re.compile(rf"(?<!\w)(?:{words.PLACES_FLAT})\s(?:(?:thpt|thcs|so|\d+)\s){{0,2}}$")
_ACCUSED = re.compile(rf"(?:{words.ACCUSED})(?:\s+(?:là|tên|tên là|ông|bà|anh|chị))?\s*:?\s*$")
_OFFICE = re.compile(rf"(?<!\w)(?:{words.TITLES}|{words.SIGNING})(?!\w)")
_OFFICE_AFTER = re.compile(
    rf"\s{{0,2}}[,\-–(]\s*(?:(?:hiện |nguyên )?là\s+|quyền\s+|q\.\s*)?(?:{words.TITLES})(?!\w)(?!\s+(?:công ty|doanh nghiệp|cty|dntn|htx|hợp tác xã))"
)
_SIGNATURE_ABOVE = 250  # characters: a title, blank lines for the seal, "(Đã ký)", the name


class Name(NamedTuple):
    """A likely personal name ``[start, end)``; ``official``: it stands where a chair, a signatory or a post is named."""

    start: int
    end: int
    official: bool


def names_in(t: Text) -> list[Name]:
    """The likely names of a text, officials among them; none where a place or somebody of history is meant."""
    found: list[Name] = []
    if not words.FAMILIES.isdisjoint(t.words) and (_TWO_CAPITALS.search(t.text) or _may_be_plain(t)):
        found += _full_names(t)
    if addresses(t):
        found += _lone_names(t)
    return found


def addresses(t: Text) -> bool:
    """Whether a word that may be an honorific stands in a text."""
    return not _HONORIFIC_ENDS.isdisjoint(t.words)


def _may_be_plain(t: Text) -> bool:
    return not words.STRICT.isdisjoint(t.words) and (not _TELLING_MIDDLES.isdisjoint(t.words) or addresses(t))


def with_honorific(t: Text, name: Name) -> int:
    """Where a name begins with the honorific before it."""
    honorific = _honorific(t, name.start)
    return honorific.start(1) if honorific else name.start


def _full_names(t: Text) -> Iterator[Name]:
    """Family name first: with capitals by its structure or the word before it, without capitals only by both."""
    done = 0
    for word in _WORD.finditer(t.flat):
        start = word.start()
        if start < done or word[0] not in words.FAMILIES or not _is_family(t.text[start : word.end()]):
            continue
        found = _FAMILY_ON.match(t.flat, start)
        if not found:
            continue
        caps = _CAPS.match(t.text, start, found.end())
        till = _capital_name(t, caps) if caps and " " in caps[0] else _plain_name(t, start, found.end())
        done = max(done, till)
        if till and not _is_place(t, start, till):
            yield Name(start, till, _in_office(t, start, till))


def _is_family(word: str) -> bool:
    """Trương is a family, Trường a school; without diacritics both may be."""
    return word.isascii() or word.lower() in words.SPELT_FAMILIES


def _capital_name(t: Text, caps: re.Match[str]) -> int:
    """Where a name in capitals ends; 0 if it is none."""
    start, end = caps.span()
    for word in re.finditer(r" +(?=\S)", caps[0]):  # Nguyễn Văn An | Phó Chủ tịch
        if _OFFICE_START.match(t.low, start + word.end()):
            end = start + word.start()
            break
    parts = t.flat[start:end].split()
    second = t.text[start:end].split()[1] if len(parts) > 1 else ""
    likely = len(parts) >= 3 and (parts[1] in words.MIDDLES or (second.lower() in words.SPELT_FAMILIES)) and not _NO_NAME.match(t.low, start)
    if likely and (parts[1] in _TELLING_MIDDLES or not _goes_on(t, start, end, parts[0])):
        return end
    return end if len(parts) >= 2 and _PERSON_BEFORE.search(t.low, max(0, start - 30), start) else 0


def _plain_name(t: Text, start: int, end: int) -> int:
    """Where a name without capitals ends; 0 if it is none. Three words, the middle one Văn or Thị, or an honorific before them."""
    parts = t.flat[start:end].split()
    if len(parts) < 3 or parts[0] not in words.STRICT or parts[1] not in words.MIDDLES or _NO_NAME.match(t.low, start):
        return 0
    spelt = t.low[start:end].split()[1]
    by_itself = spelt in ("văn", "thị") or (spelt in ("van", "thi") and t.text[start:end].isascii())
    return start + len(" ".join(parts[:3])) if by_itself or _honorific(t, start) else 0


def _goes_on(t: Text, start: int, end: int, family: str) -> bool:
    """Whether the words before belong to these: a heading all in capitals, or a longer name of a place (Nam Hà Lâm Hà)."""
    before = _WORD_BEFORE.search(t.text, max(t.line(start)[0], start - 20), start)
    if not before or _honorific(t, start):
        return False
    word = before[0].strip()
    return word.isupper() if t.text[start:end].isupper() else word[0].isupper() and family not in words.STRICT


def _honorific(t: Text, start: int) -> re.Match[str] | None:
    found = _HONORIFIC_BEFORE.search(t.low, max(0, start - 14), start)
    return found or (_HONORIFIC_FLAT_BEFORE.search(t.flat, max(0, start - 14), start) if t.text[max(0, start - 14) : start + 3].isascii() else None)


def _lone_names(t: Text) -> Iterator[Name]:
    """A capital after an honorific (ông Sáu, chị Hoa), where no family name begins and no office or place is meant."""
    for found in _LONE.finditer(t.text):
        at = found.end()
        caps = _CAPS.match(t.text, at)
        if not caps or (caps[0].isupper() and len(caps[0]) > 1):
            continue
        begins_full = " " in caps[0] and t.flat[at : at + _LONGEST_SYLLABLE + 1].split()[0] in words.FAMILIES
        if begins_full or _OFFICE_START.match(t.low, at) or _honorific(t, found.start()):
            continue
        if not _is_place(t, found.start(), at):
            yield Name(at, caps.end(), _in_office(t, at, caps.end()))


def _is_place(t: Text, start: int, end: int) -> bool:
    """The name of a street, a school, a commune; or of somebody in history, unless an honorific says a person is meant."""
    honorific = _honorific(t, start)
    if honorific and t.text[honorific.start(1)].isupper():
        return _is_place(t, honorific.start(1), end)  # chợ Bà …, cầu Ông …
    if honorific:
        return False
    name = " ".join(t.low[start:end].split())
    if name in words.FAMOUS or (name.isascii() and (name in words.FAMOUS_FLAT or _PLACE_FLAT_BEFORE.search(t.flat, max(0, start - 40), start))):
        return True
    first = max(t.line(start)[0], start - 90)
    return _linked(t, _PLACE, first, start, words.PLACE_LINKS, capitals=False) or _linked(t, _PLACE_LIST, first, start, words.PLACE_LINKS, capitals=True)


def _in_office(t: Text, start: int, end: int) -> bool:
    """A title before or behind the name, a chair, a signature: an official in office. Never one who is accused or hurt."""
    if _ACCUSED.search(t.low, max(0, start - 40), start):
        return False
    first, last = t.line(start)
    if _OFFICE_AFTER.match(t.low, end) or _linked(t, _OFFICE, max(first, start - 120), start, words.OFFICE_LINKS, capitals=True):
        return True
    alone = not t.text[end:last].strip(" .") and not t.text[first:start].strip(" .")
    return alone and bool(_OFFICE.search(t.low, max(0, first - _SIGNATURE_ABOVE), first))


def _linked(t: Text, pattern: re.Pattern[str], first: int, start: int, links: frozenset[str], *, capitals: bool) -> bool:
    """Whether between a word of the pattern and ``start`` there are only connectors and numbers (and words with a capital, if they may)."""
    for found in pattern.finditer(t.low, first, start):
        between = re.findall(r"\w+", t.text[found.end() : start])
        if all(w.isdecimal() or w.lower() in links or (capitals and w[0].isupper()) for w in between) and not re.search(
            r"[.;!?] ", t.text[found.end() : start]
        ):
            return True
    return False
