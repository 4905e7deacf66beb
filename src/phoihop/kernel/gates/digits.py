"""Numbers that belong to one person: identity, passport, telephone, bank account. Judged by structure, by grouping, by the word beside them.

*Identity* (thẻ căn cước): twelve digits, the first three the code of one of the 63 provinces of before 1 July 2025, then a digit for
century and sex (0 to 3: born 1900-2099) and two for the year of birth. An amount never begins with 0, so it cannot be one.
*Old identity card*: nine digits, only beside a word that says so. *Telephone*: the prefixes of mobile numbers since 2018, and the eleven
digits of before; land lines (02…), 18001…, 1900… and 111 to 115 are offices. Digits that stand apart count as one number only in
groups in which people write such numbers (pairs too, with the same mark between them), for a row of a table is no telephone number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple

from ..duty_number import dialled
from . import words
from .plain import Text
from .refusals import Finding, masked

_LIVING_IN_1900S = 20  # a card of the twentieth century says 1920 at the earliest
_BORN_AFTER = 40  # and one of the twenty-first says 2039 at the latest

_SHORTEST, _LONGEST = 9, 13
_FIRST_DIGITS = "035789"
# 9.0912345678 and 10,0912345678 are one figure; 8.0912 345 678 is a list whose eighth entry is a number.
_FRACTION = re.compile(r"(?<!\d)\d{1,3}[.,]$")
_GROUP = re.compile(r"\d+")
_CLUSTER = re.compile(r"\d(?:[ .\-()/_]{0,3}\d){8,}")
_MOBILE = re.compile(r"0(?:3[2-9]|5[25689]|7[06-9]|8[1-9]|9\d)\d{7}|01(?:2\d|6[2-9]|8[68]|99)\d{7}")
_NATIONAL = re.compile(r"(?:3[2-9]|5[25689]|7[06-9]|8[1-9]|9\d)\d{7}")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:([. ])\d{3})(?:\1\d{3})*")

_PHONE_WORD = re.compile(
    r"(?:\bs?dt|\bđt|dien thoai|\bphone|\btel|mobile|di dong|zalo|viber|telegram|hotline|duong day nong|lien (?:he|lac)|\bgoi|\balo|so may)[^\d\n]{0,25}$"
)
_TAX_WORD = re.compile(r"(?:\bmst|ma so thue|ma so (?:doanh nghiep|ho kinh doanh|du an)|ma (?:ho so|van ban|don|van don))[^\d\n]{0,12}$")
_MONEY = re.compile(r"\s*(?:dong|vnd|vnđ|d\b|đ\b|trieu|ty\b|ti\b|ngan|nghin|kg|tan|lit|m2|m3|ha\b|nguoi|luot|the\b|tai khoan)")

_ID_WORD = re.compile(
    r"\b(?:cccd|cmnd|cmtnd|cmt|cmqd|can cuoc|chung minh(?: nhan dan| thu| quan doi)?|so dinh danh|dinh danh ca nhan|ddcn|giay to tuy than|gplx|giay phep lai xe|bang lai"
    r"|bhyt|bhxh|bao hiem (?:y te|xa hoi))\b(?:[^\d\n]{0,25}?)(?P<number>(?:(?!so\b)\b[a-z]{2}\s?)?\d(?:[ .\-]?\d){7,14})(?![ .\-]?\d)"
)
_ID_LENGTHS = {9, 10, 11, 12, 13}
_PASSPORT = re.compile(r"\b(?:ho chieu|passport)\b[^\n]{0,25}?(?P<number>(?<![a-z0-9])(?:[a-z]{1,2}\s?\d{6,8}|\d{8,9})(?!\d))")
_BANK = r"vietcombank|vcb|agribank|bidv|vietinbank|mb ?bank|techcombank|sacombank|acb|vpbank|tpbank|momo|shb|hdbank|vib|ocb|seabank|eximbank|lpbank|msb"
_ACCOUNT = re.compile(rf"\b(?:stk|so tk|so tai khoan|tai khoan|tk ngan hang|tk|{_BANK})\b[^\d\n]{{0,30}}(?P<number>\d(?:[ .\-]?\d){{6,18}})(?![ .\-]?\d)")
_TREASURY = re.compile(r"kho bac|kbnn")

_DIGEST, _SHORTEST_DIGEST = 64, 24
_TOKEN_BEFORE, _TOKEN_AFTER = re.compile(r"[0-9a-f]*$"), re.compile(r"[0-9a-f]*")

_PAIR = 2
_BETWEEN = re.compile(r"\D+")
_PAIR_BEFORE, _PAIR_AFTER = re.compile(r"(?<!\d)\d\d[ .\-_]{1,3}$"), re.compile(r"[ .\-_]{1,3}\d\d(?!\d)")

_HINT = re.compile(r"\d(?:[ .\-()/_]{0,3}\d){5}|\d[ol]|o\d\d")


class _Run(NamedTuple):
    """Neighbouring groups of digits, read as one number."""

    start: int
    end: int
    digits: str
    shape: tuple[int, ...]


def numbers(t: Text, known: Callable[[], Collection[str]], spread: bool) -> Iterator[Finding]:
    """Identity, passport, telephone and account numbers. ``spread``: the text comes from a table, so lone digits side by side are figures."""
    if not _HINT.search(t.flat):
        return
    flat = t.figures
    if not words.SAYING.isdisjoint(t.words):
        yield from _beside_words(flat)
    for cluster in _CLUSTER.finditer(flat):
        for run in _runs(flat, cluster):
            if _is_identity(run) and not _stuck(flat, run):
                yield Finding("identity-number", run.start, run.end, masked(run.digits))
            elif (phone := _phone_in(flat, run, spread)) and phone not in {dialled(k) for k in known()}:
                yield Finding("private-phone", run.start, run.end, masked(phone))


def _runs(flat: str, cluster: re.Match[str]) -> Iterator[_Run]:
    """Every way to read neighbouring groups of a cluster as one number of 9 to 13 digits, longest first."""
    groups = [(m.start() + cluster.start(), m[0]) for m in _GROUP.finditer(cluster[0])]
    for i, (start, first) in enumerate(groups):
        if first[0] not in _FIRST_DIGITS or _FRACTION.search(flat, max(0, start - 5), start):
            continue  # no number of a person begins so
        digits, shape, found = "", (), []  # type: tuple[str, tuple[int, ...], list[_Run]]
        for at, group in groups[i : i + _LONGEST]:
            digits, shape = digits + group, (*shape, len(group))
            if len(digits) > _LONGEST:
                break
            if len(digits) >= _SHORTEST:
                found.append(_Run(start, at + len(group), digits, shape))
        yield from reversed(found)


def _is_identity(run: _Run) -> bool:
    if len(run.digits) != 12 or run.digits[:3] not in words.PROVINCES or run.digits[3] not in "0123":
        return False
    born = int(run.digits[4:6])
    plausible = born >= _LIVING_IN_1900S if run.digits[3] in "01" else born < _BORN_AFTER
    grouped = min(run.shape) >= 3 or run.shape in ((3, 1, 2, 6), (1,) * 12)
    return plausible and grouped


def _stuck(flat: str, run: _Run) -> bool:
    """Part of a longer token: a digest, also where it begins with the digits or a line breaks it, a file's serial number."""
    before, after = flat[run.start - 1 : run.start], flat[run.end : run.end + 1]
    return before.isdecimal() or after.isdecimal() or (before.isalpha() and after.isalpha()) or _in_digest(flat, run)


def _in_digest(flat: str, run: _Run) -> bool:
    token = _TOKEN_BEFORE.search(flat, max(0, run.start - _DIGEST), run.start), _TOKEN_AFTER.match(flat, run.end, run.end + _DIGEST)
    return sum(len(part[0]) for part in token if part) + run.end - run.start >= _SHORTEST_DIGEST


def _phone_in(flat: str, run: _Run, spread: bool) -> str:
    """The telephone number that a run of digits is, dialled at home; empty if it is none."""
    home = dialled(run.digits)
    short = bool(_NATIONAL.fullmatch(run.digits))
    if not (short or _MOBILE.fullmatch(home)) or _stuck(flat, run):
        return ""
    before = flat[max(0, run.start - 45) : run.start]
    if _PHONE_WORD.search(before):
        return "0" + run.digits if short else home
    if run.digits == home and not short:
        written = _written_so(run.shape, spread) or _in_pairs(flat, run, spread)
        return home if written and not _TAX_WORD.search(before) else ""
    abroad = before.rstrip(" (").endswith("+") or run.digits.startswith("0084") or run.shape == (11,)
    return home if abroad and not short else ""


def _written_so(shape: tuple[int, ...], spread: bool) -> bool:
    """Groups in which people write a telephone number: 10, 4-3-3, 3-3-4, 4-2-2-2 …; digit by digit, unless in a table."""
    if set(shape) == {1} or (shape[0] == 1 and min(shape[1:]) >= 2):
        return not spread
    return shape[0] >= 3 and min(shape) >= 2 and len(shape) <= 4


def _in_pairs(flat: str, run: _Run, spread: bool) -> bool:
    """*09 12 34 56 78*, *09.1234.5678*: groups behind a first of two digits, the same mark between all of them. A longer row of pairs is a row of
    figures, strokes make days and months, and what is counted says so behind its number; in a table blanks part columns.
    """
    if run.shape[0] != _PAIR or min(run.shape) < _PAIR:
        return False
    between = {gap.strip(" ()") for gap in _BETWEEN.findall(flat, run.start, run.end)}
    row = _PAIR_BEFORE.search(flat, max(0, run.start - 6), run.start) or _PAIR_AFTER.match(flat, run.end)
    day = run.shape[2:3] == (4,) and run.digits[4:6] in ("19", "20")
    return len(between) == 1 and between != {"/"} and not (spread and between == {""}) and not row and not day and not _MONEY.match(flat, run.end)


def _beside_words(flat: str) -> Iterator[Finding]:
    for found in _ID_WORD.finditer(flat):
        number = found["number"]
        if (
            sum(c.isdecimal() for c in number) in _ID_LENGTHS
            and (" " in number or not _THOUSANDS.fullmatch(number))
            and not _MONEY.match(flat, found.end("number"))
        ):
            yield Finding("identity-number", *found.span("number"), masked(number))
    for found in _PASSPORT.finditer(flat):
        yield Finding("passport-number", *found.span("number"), masked(found["number"]))
    for found in _ACCOUNT.finditer(flat):
        number, around = found["number"], flat[max(0, found.start() - 60) : found.end() + 60]
        counted = _THOUSANDS.fullmatch(number) or _MONEY.match(flat, found.end("number"))
        if sum(c.isdecimal() for c in number) >= 7 and not counted and not _TREASURY.search(around):
            yield Finding("bank-account", *found.span("number"), masked(number))
