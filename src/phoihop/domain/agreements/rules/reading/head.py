"""The first page: kind, number and symbol, who issues it, when, on what, about what, between whom (NĐ 30/2020, Annex I; the Party's own style)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from ...models import AgreementKind, NumberStyle
from .bodies import runs
from .plain import Line
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
_MOTTO = re.compile(r"CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA|Độc lập\s*-\s*Tự do|ĐẢNG CỘNG SẢN VIỆT NAM|^[*\-_ .]+$", re.IGNORECASE)
_BASIS = re.compile(r"^(?:Căn cứ|Thực hiện|Theo|Xét)\b")
_INSTRUMENT = re.compile(
    r"\b(\d{1,4}/(?:19|20)\d\d/[A-ZĐ0-9]+(?:-[A-ZĐ]+)*|\d{1,4}-[A-ZĐ][A-Za-zĐđ]*/[A-ZĐ]+|\d{1,4}/[A-ZĐ][A-Za-zĐđ]*(?:-[A-ZĐ][A-Za-zĐđ]*)+)"
)
_PLACE_OF_ISSUER = re.compile(r"^(?:XÃ|PHƯỜNG|TỈNH|THÀNH PHỐ|ĐẶC KHU) ")
_AGENCY = re.compile(
    r"^(?:CÔNG AN|BỘ|BAN|BCH|CHQS|ỦY BAN|UỶ BAN|UBND|ĐỒN|ĐOÀN|HỘI|LIÊN ĐOÀN|CÔNG ĐOÀN|ĐẢNG|SỞ|MẶT TRẬN|TỈNH|PHÒNG|CỤC|TRẠM|HẠT|VĂN PHÒNG|TRUNG TÂM|TRƯỜNG|VIỆN)\b"
)
_UNITED = re.compile(r"\bthống nhất\b|\bphối hợp với\b|\bxây dựng\b")
_ON_BEHALF = re.compile(r"^(?:TM|T/M|KT|TL|TUQ|Q)\s*[.:]?\s*(?=[A-ZĐÀ-Ỹ]{2})")
_OFFICE = re.compile(
    r"(?:PHÓ )?(?:GIÁM ĐỐC|CHỈ HUY TRƯỞNG|CHÍNH ỦY|CHÍNH TRỊ VIÊN|CHỦ TỊCH|BÍ THƯ|TRƯỞNG CÔNG AN(?: [A-ZĐÀ-Ỹ ]+)?|ĐỒN TRƯỞNG|TRƯỞNG BAN|TƯ LỆNH|TRƯỞNG PHÒNG|CHÁNH VĂN PHÒNG|THỦ TRƯỞNG)"
)
_IN_FORCE = re.compile(r"có hiệu lực(?: thi hành)? (?:kể )?từ ngày (?:(ký)|(\d{1,2})[/ ](?:tháng )?(\d{1,2})[/ ](?:năm )?(\d{4}))", re.IGNORECASE)
_STAGE = re.compile(r"giai đoạn (20\d\d)\s*-\s*(20\d\d)", re.IGNORECASE)


def read_head(lines: Sequence[Line], first: int, text: str) -> HeadRead:
    """``first``: the line at which the numbered text begins."""
    above = list(lines[:first])
    title = next((n for n, line in enumerate(above) if _kind_of(line.text)), None)
    letterhead = above[: title if title is not None else len(above)]
    subject = _subject(above, title)
    number, symbol, style = _number(letterhead)
    issued = _issued(letterhead)
    issuers = list(_issuers(letterhead, text))
    parties = list(_parties(above, title, subject, issuers))
    kind = _kind(above[title], subject) if title is not None else None
    bases = [
        Mark(m[1], line.start + m.start(1), line.start + m.end(1), "basis-line")
        for line in above
        if _BASIS.match(line.text)
        for m in _INSTRUMENT.finditer(line.text)
    ]
    begins, ends = _validity(text, issued, kind, subject)
    return HeadRead(kind, number, symbol, style, issued, subject, begins, ends, issuers, bases, parties)


def signers(tail: Sequence[Line], text: str) -> list[Mark]:
    """Who signed, by office: the titles below the names of the agencies, each with its agency. The names of persons are not read."""
    found: list[Mark] = []
    agency = ""
    for line in tail:
        clean = _ON_BEHALF.sub("", line.text).strip(" ,.")
        if m := _OFFICE.fullmatch(clean):
            title = m[0].capitalize() if not agency else f"{m[0].capitalize()} {agency}"
            found.append(Mark(title, line.start, line.until, "signature-line"))
            agency = ""
        elif clean.isupper() and not clean.startswith("NƠI"):
            agency = _spelled(clean, text)
    return found


def _kind_of(line: str) -> str:
    clean = line.strip(" .")
    return next((kind for words, kind in _KINDS if re.fullmatch(words, clean) or re.match(rf"(?:{words})\b(?=\s+[A-ZĐÀ-Ỹ]{{2}})", clean)), "")


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
        if (_BASIS.match(line.text) and not re.match(r"thực hiện [^,]*Kết luận", line.text)) or _MOTTO.search(line.text) or _ends_subject(found, line):
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


def _issuers(letterhead: Sequence[Line], text: str) -> Iterator[Mark]:
    """The agencies at the head of the page; of one above the other, the lower. Their names are shown as the text spells them."""
    offices = [
        line for line in letterhead if not (_MOTTO.search(line.text) or _PLACE.search(line.text) or _STATE.search(line.text) or _PARTY.search(line.text))
    ]
    rows: list[tuple[str, int, int]] = []
    for line in offices:
        if rows and (_PLACE_OF_ISSUER.match(line.text) or (" - " in rows[-1][0] and not _AGENCY.match(line.text))):
            rows[-1] = (f"{rows[-1][0]} {line.text}", rows[-1][1], line.until)
        else:
            rows.append((line.text, line.start, line.until))
    joint = [row for row in rows if " - " in row[0]]
    for name, start, until in joint or rows[-1:]:
        at = start
        for part in re.split(r"\s+-\s+", name):
            yield Mark(_spelled(part.strip(), text), at, min(at + len(part), until), "letterhead")
            at += len(part) + 3


def _spelled(capitals: str, text: str) -> str:
    """A name in capitals as the text writes it elsewhere; else with a capital at its head only."""
    for m in re.finditer(re.escape(capitals), text, re.IGNORECASE):
        if not m[0].isupper():
            return m[0]
    shorter = [b.text for run in runs(text) for b in run if capitals.lower().startswith(b.text.lower()) and not b.text.isupper()]
    longest = max(shorter, key=len, default="")
    rest = capitals[len(longest) :].strip()
    if longest:
        return f"{longest} {rest.title()}".strip()
    return capitals.capitalize()


def _parties(above: Sequence[Line], title: int | None, subject: Mark | None, issuers: Sequence[Mark]) -> Iterator[Mark]:
    """Whom the text binds: *giữa … và …*; else who unites in the preamble; else who issues it."""
    if subject and (m := re.search(r"\bgiữa\s+", subject.value)):
        run = next((r for r in runs(subject.value) if r[0].start == m.end()), [])
        if len(run) > 1:
            yield from (Mark(b.text, subject.start + b.start, subject.start + b.until, "between") for b in run)
            return
    for line in above[(title or 0) + 1 :]:
        agreed = _UNITED.search(line.text)
        if agreed and not _BASIS.match(line.text) and line.text.endswith(":"):
            names = [b for r in runs(line.text) for b in r]
            if len(names) > 1:
                yield from (Mark(b.text, line.start + b.start, line.start + b.until, "united") for b in names)
                return
    yield from (Mark(m.value, m.start, m.until, "from-issuers", sure=len(issuers) > 1) for m in issuers)


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
