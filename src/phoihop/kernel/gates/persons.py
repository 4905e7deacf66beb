"""Births and homes of persons (refused), and persons named (asked about, for a street may bear the name too)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .names import Name, addresses, names_in, with_honorific
from .plain import Text
from .refusals import Finding, masked

_NOT_A_BIRTH = r"(?:học|tuyển|vệ|phát|phục|hy|hi|thí|an|dân|khai|sơ|sản|hồi|ký|giáng|nghĩa|môn|hoc|tuyen|ve|phat|phuc|hy|dan|ky)"
_DAY = r"\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*"
_BORN = re.compile(
    rf"(?<!\w)(?P<not>{_NOT_A_BIRTH}\s+)?(?:ngày (?:tháng năm )?sinh|năm sinh|ngay (?:thang nam )?sinh|nam sinh|sinh|sn|ns|s\.n|dob)\s*(?:(?:ngày|năm|ngay|nam)\s*)?[:.]?\s*"
    rf"(?P<when>{_DAY}(?:19|20)?\d\d|\d{{1,2}}\s*[/.\-]\s*(?:19|20)\d\d|\d{{1,2}} tháng \d{{1,2}} năm (?:19|20)\d\d|(?:19[1-9]|20[0-2])\d)(?!\d)"
)
_BORN_BESIDE = re.compile(rf"\s{{0,2}}[,;(\-–:|]?\s*(?P<when>(?:{_DAY})?(?:19[3-9]\d|200\d|201[0-5]))(?=\s*[),;.|]|\s*$)(?!\s*[-–]\s*\d)")

_HOME = re.compile(
    r"(?<!\w)(?P<house>nhà|hộ|gia đình|phòng trọ|nhà trọ|chỗ ở|nhà ở|nhà riêng|căn nhà|nha)\s+(?:(?:của|riêng|hộ|trọ|gia đình|cua)\s+){0,2}"
    r"(?P<who>(?:ông|bà|anh|chị|em|cô|chú|bác|cậu|cụ|đối tượng|ong|ba|anh|chi)\s+)?(?=[^\W\d])"
)
_NICKNAME = re.compile(r"(?:hai|ba|tư|năm|sáu|bảy|tám|chín|mười|út)(?!\w)")
_LIVES = re.compile(
    r"[^.;\n]{0,50}?(?<!\w)(?:thường trú|tạm trú|hktt|hộ khẩu|ngụ|trú tại|cư trú|ở tại|chỗ ở|quê quán|trú ở|ngu tai|ngu ap|thuong tru|tam tru|tru tai)(?!\w)"
)
_HOMES = frozenset({"nha", "ho", "dinh", "tro", "cho"})
_BIRTHS = frozenset({"sinh", "sn", "ns", "dob"})


def persons(t: Text) -> Iterator[Finding]:
    """Births and homes first, then names without an office."""
    names = names_in(t)
    if names or not _BIRTHS.isdisjoint(t.words):
        yield from _births(t, names)
    if names or (addresses(t) and not _HOMES.isdisjoint(t.words)):
        yield from _homes(t, names)
    for name in names:
        if not name.official:
            shown = t.shown(name.start, name.end)
            yield Finding("person-name", with_honorific(t, name), name.end, shown, mend="một người", answer=shown)


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
            household = found["house"] in ("hộ", "gia đình")
            start = found.start() if household else found.start("who") if found["who"] else at
            yield Finding("home-address", start, end, _initials(t.text[at:end]), mend="một hộ dân")
    for name in names:
        if not name.official and _LIVES.match(t.low, name.end):
            yield Finding("home-address", with_honorific(t, name), name.end, _initials(t.text[name.start : name.end]), mend="một người")


def _initials(name: str) -> str:
    return " ".join(f"{part[0]}…" for part in name.split())
