"""State secrets: marks and number series, never words.

Refused as a *mark*: a level alone on its line, in brackets, after "Độ mật:", in stamp-like capitals at the head of a line or beside a
document's number, and the stamps of envelopes and copies ("Chỉ người có tên mới được bóc bì", "Tài liệu thu hồi"). Read in Unicode
and in the two old encodings whose letters still come out of old files (TCVN3 "TèI MËT", VNI "TOÁI MAÄT").

Refused as a *number series* (NĐ 30/2020, annex I: secret documents are numbered apart). There is no one national spelling, so these,
each of which means nothing else where it stands:
* a level's letters in brackets after a symbol: ``05/BC-CAT(M)``, ``12/KH-BCH (TM)``, ``(TuM)``, ``(Mật)``;
* a level as the last part of a symbol: ``05/BC-CAT-M``, ``05/KH-BCH/M``, ``…/TMa``, ``…/TuM``; ``12-KH/TM`` with a slash, in the
  Party's way of writing, where an issuing body would stand and no body is called TM. ``15/HD-TM`` with a hyphen passes: Tham mưu;
* a level on the number itself: ``Số: 05M/BC-…``, ``12-TuM/KH``; ``Số: A-05/KH``, B and C: the signs that stand for the levels on envelopes.

Words pass: Luật Bảo vệ bí mật nhà nước, danh mục bí mật nhà nước độ Tối mật, mật độ dân cư, bí mật đời tư, mật khẩu, mật ong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .plain import Text
from .refusals import Finding

# The syllables with their marks, without any, and as TCVN3 and VNI bytes read today.
_MAT = r"m(?:ậ|â|ë|aä)t"
_MAT_ANY = r"m(?:ậ|â|a|ë|aä)t"
_HIGH = rf"(?:tuy(?:ệ|ê|e|ö|eä)t|t(?:ố|ô|o|è|oá)i)\s{{1,3}}{_MAT_ANY}"
_LEVEL = rf"(?:{_HIGH}|{_MAT})"

_HINT = re.compile(r"ma{1,2}t|met|m[\W_]{1,3}a[\W_]{1,3}t|boc bi|tai lieu thu hoi")
_SPELT = re.compile(r"m(?:ậ|â|a|ë|aä)t|m[\W_]{1,3}[ậâa][\W_]{1,3}t|bóc bì|boc bi|tài liệu thu hồi|tai lieu thu hoi")
_LONGEST_STAMP = 60
# Two syllables that mean nothing else, so that no capital is needed; one alone, in small letters, is honey.
_HIGH_ALONE = re.compile(r"(?:t(?:ố|ô|o|è|oá)i|tuy(?:ệ|ê|e|ö|eä)t)m(?:ậ|â|a|ë|aä)t")
_NEARBY = 160
_ALONE = {
    *("mật", "mât", "mët", "maät"),
    *("tàiliệuthuhồi", "tailieuthuhoi", "chỉngườicótênmớiđượcbócbì", "chinguoicotenmoiduocbocbi"),
}
_URGENCY = re.compile(r"hỏa\s?tốc|hoả\s?tốc|thượng\s?khẩn|khẩn|hoa toc|thuong khan|khan")
_NOT_LETTERS = re.compile(r"[\W\d_]+")
_BRACKETED = re.compile(rf"[(\[{{<«]\s*(?:độ\s+)?({_LEVEL})\s*[)\]}}>»]")
_BRACKETED_PLAIN = re.compile(r"[(\[]MAT[)\]]")
_DECLARED = re.compile(rf"(?:độ|do|mức|muc)\s+(?:mật|mat)(?:\s+của[^:.;\n]{{0,40}})?\s*(?:[:=\-]|là\s)\s*[\"“'(\[]?\s*({_HIGH}|{_MAT_ANY}|[abc])(?![\w/])")
_REGISTERED = re.compile(
    rf"(?:văn bản|tài liệu|công văn|báo cáo|kế hoạch|công điện|điện|quyết định|tờ trình|chỉ thị|thông báo)\s+"
    rf"(?:độ\s+)?({_LEVEL})\s*,?\s*(?:số|ký hiệu)\s*:?\s*\d"
)
_LEVEL_AFTER_SYMBOL = re.compile(rf"\d\s*[/-]\s*[a-zđ][\w/-]*[\s,;(–-]{{1,3}}độ\s+({_LEVEL})")
_STAMP = re.compile(
    r"(?<!\w)(?:TUY[ỆE]T\s{1,3}M[ẬA]T|T[ỐO]I\s{1,3}M[ẬA]T|(?<!BÍ )(?<!BẢO )(?<!CƠ )(?<!TÚI )(?<!GIẢI )(?<!ỐNG )(?<!SỎI )(?<!ĐƯỜNG )(?<!ĐỘ )MẬT)(?!\w)"
    r"(?!\s+(?:ĐỘ|KHẨU|MÃ|ONG|THIẾT|THÁM|VỤ|DANH|NGỮ|ƯỚC|NGHỊ|BÁO|THƯ|GẤU|MÍA|ĐÀM|NHÀ)\b)"
)
_SYMBOL = re.compile(r"\d+\s*[/-]\s*[A-ZĐ]{2}|[Ss]ố\s*:?\s*\d|SỐ\s*:?\s*\d")
_TALKS_OF_LEVELS = re.compile(
    r"bí mật nhà nước|danh mục|độ\s*[\"“']?$|bi mat nha nuoc|danh muc|dấu\s*[\"“']?$|mật[\"”']?\s*[,/]\s*[\"“']?$|[\"“']$|và\s*[\"“']?$|hoặc\s*[\"“']?$"
)

_SYMBOL_HINT = re.compile(r"/\s*[a-z]")
_SERIES = (
    re.compile(r"\d+\s*[/-]\s*[a-z][a-z0-9/-]*\s*\(\s*(?:m|tm|tum|tma|mat|toi mat|tuyet mat)\s*\)"),
    re.compile(r"\d+\s*/\s*[a-z]{2,4}(?:-[a-z0-9]+)*[-/](?:m|tum|tma)(?![\w-])"),
    re.compile(r"\d+\s*-\s*[a-z]{2,3}\s*/\s*(?:tm|tma|tum|m)(?![\w-])"),
    re.compile(r"\bso\s*:?\s*\d+\s*-?\s*(?:m|tm|tum|tma)\s*/\s*[a-z]{2}[\w-]*"),
    re.compile(r"\bso\s*:?\s*[abc]-\d+\s*/\s*[a-z]{2}[\w-]*"),
)


def secrets(t: Text) -> Iterator[Finding]:
    """Marks and number series of secret documents. Nothing is offered instead: such a text does not belong here."""
    if _HINT.search(t.flat) and _SPELT.search(t.low):
        yield from _alone(t)
        for pattern in (_BRACKETED, _DECLARED, _REGISTERED, _LEVEL_AFTER_SYMBOL):
            for found in pattern.finditer(t.low):
                yield _mark(t, *found.span(1))
        for found in _BRACKETED_PLAIN.finditer(t.text):
            yield _mark(t, *found.span())
        yield from _stamped(t)
    if _SYMBOL_HINT.search(t.flat):
        for pattern in _SERIES:
            for found in pattern.finditer(t.flat):
                yield Finding("secret-series", *found.span(), t.shown(*found.span())[:4] + "…", mend=None)


def _mark(t: Text, start: int, end: int) -> Finding:
    return Finding("secret-mark", start, end, t.shown(start, end)[:40], mend=None)


def _alone(t: Text) -> Iterator[Finding]:
    """A line that says nothing but a level (a number, stars, blanks between its letters or an urgency mark do not hide it)."""
    start = 0
    for line in t.low.split("\n"):
        end = start + len(line)
        if 3 <= len(line) <= _LONGEST_STAMP:
            letters = _NOT_LETTERS.sub("", _URGENCY.sub("", line))
            capital = t.text[start:end] != line
            if _HIGH_ALONE.fullmatch(letters) or (letters in _ALONE and capital) or t.text[start:end].strip(" \t*_-=.:()[]") == "MAT":
                yield _mark(t, start, end)
        start = end + 1


def _stamped(t: Text) -> Iterator[Finding]:
    """A level in capitals, where a stamp would stand: at the head of a line, beside a number, alone in capitals in its sentence, or (of two
    syllables) at the end of a heading, where the stamp in the next column comes to stand when a page is read line by line.
    """
    for found in _STAMP.finditer(t.text):
        start, end = found.span()
        first, last = t.line(start)
        first, last = max(first, start - _NEARBY), min(last, end + _NEARBY)
        before, after = t.text[first:start], t.text[end:last]
        if _TALKS_OF_LEVELS.search(t.low[first:start]):
            continue
        heads = start - first < _NEARBY and not before.strip(' \t*-_.(["“') and after.lstrip()[:1] in tuple(":-–—|/.,;")
        beside = _SYMBOL.search(before[-40:]) or _SYMBOL.search(after[:40])
        apart = " " in found[0] and (not after.strip(' \t*-_.)]"”') or (before + after) != (before + after).upper())
        if heads or beside or apart:
            yield _mark(t, start, end)
