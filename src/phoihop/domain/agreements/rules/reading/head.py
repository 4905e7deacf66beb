"""The first page: kind, number and symbol, who issues it, when, on what, about what, between whom (NĐ 30/2020, Annex I; the Party's own style)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from ...models import AgreementKind, NumberStyle
from . import basis
from . import letterhead as letterhead_
from .basis import BASIS
from .bodies import Body, runs
from .ending import persons
from .plain import UPPER, Line
from .proposal import HeadRead, Mark

_KINDS = (
    (r"QUY CHẾ(?: PHỐI HỢP)?", AgreementKind.REGULATION),
    (r"(?:CHƯƠNG TRÌNH|KẾ HOẠCH|NGHỊ QUYẾT) LIÊN TỊCH|CHƯƠNG TRÌNH PHỐI HỢP|KẾ HOẠCH LIÊN NGÀNH", AgreementKind.JOINT_PROGRAMME),
    (r"CHƯƠNG TRÌNH HÀNH ĐỘNG", AgreementKind.ACTION),
    (r"PHƯƠNG ÁN", AgreementKind.CONTINGENCY),
    (r"ĐỀ ÁN", AgreementKind.SCHEME),
    (r"NGHỊ QUYẾT", AgreementKind.RESOLUTION),
    (r"CHỈ THỊ|HƯỚNG DẪN|CÔNG VĂN|QUYẾT ĐỊNH", AgreementKind.DIRECTIVE),
    (r"KẾ HOẠCH(?: PHỐI HỢP)?", AgreementKind.THEMATIC),
)
_EVENT = re.compile(r"lễ hội|lễ kỷ niệm|sự kiện|bầu cử|đại hội|giải (?:đấu|chạy|thể thao)|kỳ thi|hội nghị cấp", re.IGNORECASE)
_OF_A_YEAR = re.compile(r"\bnăm (20\d\d)\b")
_STATE = re.compile(r"Số\s*:?\s*(\d{1,4})\s*/\s*((?:\d{4}/)?[A-ZĐ][A-Za-zĐđ]*(?:[-/&.][A-ZĐ0-9][A-Za-zĐđ0-9]*)*)")
_PARTY = re.compile(r"Số\s*:?\s*(\d{1,4})\s*-\s*([A-ZĐ][A-Za-zĐđ]*(?:[/-][A-ZĐ][A-Za-zĐđ0-9]*)+)")
_PLACE = re.compile(r",\s*ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})")
_NO_NUMBER = re.compile(r"^Số\s*:")
_NO_DAY = re.compile(r",\s*ngày\b.*\btháng\b", re.IGNORECASE)
_MOTTO = re.compile(r"CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA|Độc lập\s*-\s*Tự do|ĐẢNG CỘNG SẢN VIỆT NAM|^[*\-_ .]+$", re.IGNORECASE)
_OF_NOBODY = re.compile(r"(?:các|hai|ba|bốn|mỗi) (?:bên|lực lượng|đơn vị|cơ quan|ngành)|lực lượng (?:Công an|Quân đội)", re.IGNORECASE)
_UNITED = re.compile(r"\bthống nhất\b|\bphối hợp với\b|\bxây dựng\b")
_IN_FORCE = re.compile(r"có hiệu lực(?: thi hành)? (?:kể )?từ ngày (?:(ký)|(\d{1,2})[/ ](?:tháng )?(\d{1,2})[/ ](?:năm )?(\d{4}))", re.IGNORECASE)
_STAGE = re.compile(r"giai đoạn (20\d\d)\s*-\s*(20\d\d)", re.IGNORECASE)


def read_head(lines: Sequence[Line], first: int, text: str, tail: Sequence[Line] = ()) -> HeadRead:
    """``first``: the line at which the numbered text begins; ``tail``: the lines of signatures and recipients."""
    above = list(lines[:first])
    title = next((n for n, line in enumerate(above) if _kind_of(line.text)), None)
    letterhead = above[: title if title is not None else len(above)]
    subject = _subject(above, title)
    number, symbol, style = _number(letterhead)
    issued = _issued(letterhead)
    issuers = list(letterhead_.issuers(_offices(letterhead), symbol.value if symbol else "", text))
    parties = list(_parties(above, title, subject, issuers, letterhead_.agencies(tail, text)))
    kind = _kind(above[title], subject) if title is not None else None
    begins, ends = _validity(text, issued, kind, subject)
    named = list(basis.bases(above))
    signers = letterhead_.signers(tail, text, issuers)
    unnamed = sum(1 for line in tail for _place in persons(line))
    return HeadRead(kind, number, symbol, style, issued, subject, begins, ends, issuers, named, parties, signers, list(basis.replaced(text)), unnamed)


def _kind_of(line: str) -> str:
    clean = line.strip(" .")
    return next((kind for words, kind in _KINDS if re.fullmatch(words, clean) or re.match(rf"(?:{words})\b(?=\s+[{UPPER}]{{2}})", clean)), "")


def _kind(line: Line, subject: Mark | None) -> Mark:
    kind, rule = _kind_of(line.text), "title"
    about = subject.value if subject else line.text
    if kind == AgreementKind.THEMATIC and _EVENT.search(about):
        kind, rule = AgreementKind.EVENT, "title-event"
    elif kind == AgreementKind.THEMATIC and _OF_A_YEAR.search(about) and not re.match(r"thực hiện", about, re.IGNORECASE):
        kind, rule = AgreementKind.ANNUAL, "title-year"
    return Mark(str(kind), line.start, line.until, rule, sure=rule == "title" and kind != AgreementKind.THEMATIC)


def _subject(above: Sequence[Line], title: int | None) -> Mark | None:
    if title is None:
        return None
    found: list[Line] = []
    for line in above[title + 1 :]:
        if (BASIS.match(line.text) and not re.match(r"thực hiện [^,]*Kết luận", line.text)) or _MOTTO.search(line.text) or _ends_subject(found, line):
            break
        found.append(line)
    if not found:
        return None
    value = " ".join(line.text for line in found)
    return Mark(value.strip(" -_."), found[0].start, found[-1].until, "below-title")


def _ends_subject(found: Sequence[Line], line: Line) -> bool:
    """The subject is short and has no full stop; what follows it names who agrees, and ends with a colon."""
    return line.text.endswith((":", ";")) or bool(
        found and (len(found) > 3 or found[-1].text.endswith((".", ":")) or (line.text.endswith(".") and len(line.text) > 80))
    )


def _number(letterhead: Sequence[Line]) -> tuple[Mark | None, Mark | None, Mark | None]:
    for line in letterhead:
        for pattern, style in ((_STATE, NumberStyle.STATE), (_PARTY, NumberStyle.PARTY)):
            if m := pattern.search(line.text):
                marks = [Mark(value, line.start + m.start(n), line.start + m.end(n), "number-line") for n, value in ((1, str(int(m[1]))), (2, m[2]))]
                return marks[0], marks[1], Mark(str(style), line.start + m.start(), line.start + m.end(), "number-line")
    return None, None, None


def _issued(letterhead: Sequence[Line]) -> Mark | None:
    for line in letterhead:
        if m := _PLACE.search(line.text):
            try:
                day = date(int(m[3]), int(m[2]), int(m[1]))
            except ValueError:
                return None
            return Mark(day.isoformat(), line.start + m.start(1) - 5, line.start + m.end(), "place-line")
    return None


def _offices(letterhead: Sequence[Line]) -> list[Line]:
    """The lines that are neither motto nor number nor place."""
    others = (_MOTTO, _PLACE, _STATE, _PARTY, _NO_NUMBER, _NO_DAY)
    return [line for line in letterhead if not any(pattern.search(line.text) for pattern in others)]


def _parties(above: Sequence[Line], title: int | None, subject: Mark | None, issuers: Sequence[Mark], signing: Sequence[Mark]) -> Iterator[Mark]:
    """Whom the text binds: *giữa … và …*; else who unites in the preamble; else who issues it; of one issuer, whoever else signs."""
    if subject and (m := re.search(r"\bgiữa\s+", subject.value)):
        names = _joined_by_with(subject.value, m.end())
        if len(names) > 1 and not all(_OF_NOBODY.match(b.text) for b in names):
            yield from (Mark(b.text, subject.start + b.start, subject.start + b.until, "between") for b in names)
            return
    for line in above[(title or 0) + 1 :]:
        agreed = _UNITED.search(line.text)
        if agreed and line.text.endswith(":"):
            names = _uniting(line.text, agreed.start())
            if len(names) > 1 and not all(_OF_NOBODY.match(b.text) for b in names):
                yield from (Mark(b.text, line.start + b.start, line.start + b.until, "united") for b in names)
                return
    if len(issuers) < 2 <= len(signing):
        yield from (replace(m, sure=False) for m in signing)
        return
    yield from (Mark(m.value, m.start, m.until, "from-issuers", sure=len(issuers) > 1) for m in issuers)


def _uniting(line: str, at: int) -> list[Body]:
    """Who agrees in the sentence that leads over to the text; where it begins with its basis (*Thực hiện …, A và B xây dựng …*), those right before the verb."""
    if not BASIS.match(line):
        return [b for run in runs(line) for b in run]
    last = next((run for run in reversed(runs(line)) if run[-1].until <= at and not line[run[-1].until : at].strip(" ,")), [])
    return last[max((n for n, body in enumerate(last) if n and ";" in line[last[n - 1].until : body.start]), default=0) :]


def _joined_by_with(subject: str, at: int) -> list[Body]:
    """*giữa Công an xã với Ban Chỉ huy Quân sự xã và Trạm Kiểm lâm*: lists that are joined by *với*."""
    found: list[Body] = []
    for run in runs(subject):
        if run[0].start == at or (found and re.fullmatch(r"\s*,?\s*(?:cùng )?với\s+(?:lực lượng )?", subject[found[-1].until : run[0].start])):
            found += run
    return found


def _validity(text: str, issued: Mark | None, kind: Mark | None, subject: Mark | None) -> tuple[Mark | None, Mark | None]:
    begins = ends = None
    if m := _IN_FORCE.search(text):
        if m[1] and issued:
            begins = Mark(issued.value, m.start(), m.end(), "in-force-signed")
        elif m[2]:
            try:
                begins = Mark(date(int(m[4]), int(m[3]), int(m[2])).isoformat(), m.start(), m.end(), "in-force-day")
            except ValueError:
                begins = None
    if subject and (m := _STAGE.search(subject.value)):
        ends = Mark(f"{int(m[2]) + 1}-01-01", subject.start + m.start(), subject.start + m.end(), "stage-years", sure=False)
    elif subject and kind and kind.value == AgreementKind.ANNUAL and (m := _OF_A_YEAR.search(subject.value)):
        place = (subject.start + m.start(), subject.start + m.end())
        begins = begins or Mark(f"{m[1]}-01-01", *place, "plan-year", sure=False)
        ends = Mark(f"{int(m[1]) + 1}-01-01", *place, "plan-year", sure=False)
    return begins, ends
