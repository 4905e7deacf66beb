"""Names of persons, their births and their homes. A birth or a home is refused; a likely name alone only asks, for a street may bear it too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..text import fold
from . import words
from .plain import Text
from .refusals import Finding, masked

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
_HOMES = frozenset({"nha", "ho", "dinh", "tro", "cho"})
_BIRTHS = frozenset({"sinh", "sn", "ns", "dob"})
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

_NOT_A_BIRTH = r"(?:học|tuyển|vệ|phát|phục|hy|hi|thí|an|dân|khai|sơ|sản|hồi|ký|giáng|nghĩa|môn|hoc|tuyen|ve|phat|phuc|hy|dan|ky)"
_DAY = r"\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*"
_BORN = re.compile(
    rf"(?<!\w)(?P<not>{_NOT_A_BIRTH}\s+)?(?:ngày (?:tháng năm )?sinh|năm sinh|ngay (?:thang nam )?sinh|nam sinh|sinh|sn|ns|s\.n|dob)\s*(?:(?:ngày|năm|ngay|nam)\s*)?[:.]?\s*"
    rf"(?P<when>{_DAY}(?:19|20)?\d\d|\d{{1,2}}\s*[/.\-]\s*(?:19|20)\d\d|\d{{1,2}} tháng \d{{1,2}} năm (?:19|20)\d\d|(?:19[1-9]|20[0-2])\d)(?!\d)"
)
_BORN_BESIDE = re.compile(rf"\s{{0,2}}[,;(\-–:|]?\s*(?P<when>(?:{_DAY})?(?:19[3-9]\d|200\d|201[0-5]))(?=\s*[),;.|]|\s*$)(?!\s*[-–]\s*\d)")

_HOME = re.compile(
    r"(?<!\w)(?:nhà|hộ|gia đình|phòng trọ|nhà trọ|chỗ ở|nhà ở|nhà riêng|căn nhà|nha)\s+(?:(?:của|riêng|hộ|trọ|gia đình|cua)\s+){0,2}"
    r"(?P<who>(?:ông|bà|anh|chị|em|cô|chú|bác|cậu|cụ|đối tượng|ong|ba|anh|chi)\s+)?(?=[^\W\d])"
)
_NICKNAME = re.compile(r"(?:hai|ba|tư|năm|sáu|bảy|tám|chín|mười|út)(?!\w)")
_LIVES = re.compile(
    r"[^.;\n]{0,50}?(?<!\w)(?:thường trú|tạm trú|hktt|hộ khẩu|ngụ|trú tại|cư trú|ở tại|chỗ ở|quê quán|trú ở|ngu tai|ngu ap|thuong tru|tam tru|tru tai)(?!\w)"
)


class Name(NamedTuple):
    """A likely personal name ``[start, end)``; ``official``: it stands where a chair, a signatory or a post is named."""

    start: int
    end: int
    official: bool


def persons(t: Text) -> Iterator[Finding]:
    """Births and homes of persons (refused), then likely names (asked)."""
    named = not words.FAMILIES.isdisjoint(t.words)
    addressed = not _HONORIFIC_ENDS.isdisjoint(t.words)
    names = [*(_full_names(t) if named else ()), *(_lone_names(t) if addressed else ())]
    if names or not _BIRTHS.isdisjoint(t.words):
        yield from _births(t, names)
    if names or (addressed and not _HOMES.isdisjoint(t.words)):
        yield from _homes(t, names)
    for name in names:
        if not name.official:
            honorific = _honorific(t, name.start)
            shown = t.shown(name.start, name.end)
            yield Finding("person-name", honorific.start(1) if honorific else name.start, name.end, shown, mend="một người", answer=shown)


# -- names ---------------------------------------------------------------------------------------------------------


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
    sure = parts[1:2] in (["van"], ["thi"])
    if likely and (sure if _goes_on(t, start, end, parts[0]) else True):
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
        if all(w.isdigit() or w.lower() in links or (capitals and w[0].isupper()) for w in between) and not re.search(r"[.;!?] ", t.text[found.end() : start]):
            return True
    return False


# -- births and homes ----------------------------------------------------------------------------------------------


def _births(t: Text, names: list[Name]) -> Iterator[Finding]:
    for found in _BORN.finditer(t.low):
        if not found["not"]:
            yield Finding("birth-date", *found.span("when"), masked(found["when"]))
    for name in names:
        if beside := _BORN_BESIDE.match(t.low, name.end):
            yield Finding("birth-date", *beside.span("when"), masked(beside["when"]))


def _homes(t: Text, names: list[Name]) -> Iterator[Finding]:
    starts = {n.start: n for n in names}
    for found in _HOME.finditer(t.low):
        at = found.end()
        name = starts.get(at)
        nickname = _NICKNAME.match(t.low, at) if found["who"] else None
        end = name.end if name else nickname.end() if nickname else 0
        if end and not (name and name.official):
            yield Finding("home-address", found.start("who") if found["who"] else at, end, _initials(t.text[at:end]), mend="một hộ dân")
    for name in names:
        if not name.official and _LIVES.match(t.low, name.end):
            yield Finding("home-address", name.start, name.end, _initials(t.text[name.start : name.end]), mend="một người")


def _initials(name: str) -> str:
    return " ".join(f"{part[0]}…" for part in name.split())
