"""How often: *hằng tuần* … *mỗi nhiệm kỳ*, *hai lần một năm*, *03 tháng một lần*, *sáu tháng, một năm*, and *khi có yêu cầu*.

A yearly budget or a monthly allowance is no duty. What says how often and fits no cadence (*hằng ngày*, *10 ngày một lần*) is handed on as not held.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...models import Cadence
from .proposal import Mark

_SPANS = {"tuần": Cadence.WEEK, "tháng": Cadence.MONTH, "quý": Cadence.QUARTER, "năm": Cadence.YEAR, "nhiệm kỳ": Cadence.TERM}
# So many times a span, and every so many spans, that are a cadence by themselves; any other number is not held.
_TIMES_A_SPAN = {("năm", 2): Cadence.HALF, ("năm", 4): Cadence.QUARTER, ("năm", 12): Cadence.MONTH, ("quý", 3): Cadence.MONTH, ("tháng", 4): Cadence.WEEK}
_EVERY_SPANS = {("tháng", 3): Cadence.QUARTER, ("tháng", 6): Cadence.HALF, ("tháng", 12): Cadence.YEAR, ("quý", 2): Cadence.HALF}
_NUMBERS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "mười": 10, "mười hai": 12}

_NUM = r"\d{1,2}|một|hai|ba|bốn|năm|sáu|mười hai|mười"
_OCCASION = r"lần|đợt|kỳ|cuộc"
_COUNTED = rf"{_OCCASION}|buổi|lượt|đêm|lớp|chuyến|ca"
_HALF = r"(?:0?6|sáu) tháng(?: đầu năm)?"
_NOT_A_DATE = r"(?!\s*(?:\d|[IVX]+\b|tra\b|lễ\b|học\b|tài chính|tới\b|qua\b|nay\b|thứ\b|tuổi\b|sau\b))"
_SPAN = rf"(?:tuần|tháng|quý|năm|nhiệm kỳ)\b{_NOT_A_DATE}"

_EACH = re.compile(
    rf"\b(?:hằng|hàng|mỗi|định kỳ(?: hằng| hàng| mỗi)?)\s+({_HALF}|tuần|tháng|quý|năm|nhiệm kỳ)\b(?!\s+(?:đến|kể từ|một lần trở))", re.IGNORECASE
)
_ALSO = re.compile(
    rf"\s*(?:\([^)]*\))?\s*(?:,|;|và|,? hoặc|, và)\s+(?:định kỳ |hằng |hàng |mỗi |một |01 |1 )?({_HALF}|tuần|tháng|quý|năm)\b{_NOT_A_DATE}(?=\s*(?:[,.;()]|$|và|hoặc|do\b|trước|một lần|giữa|gửi))",
    re.IGNORECASE,
)
_HALF_YEARLY = re.compile(
    rf"(?:sơ kết|báo cáo(?: sơ kết)?|giao ban|;|,)\s+({_HALF})\b(?! (?:tuổi|kể từ|trở|trong 1))(?=\s*(?:[,.;]|$|và|đầu|trước|một lần|/lần))|\b({_HALF})(?=\s*(?:một lần|/ ?lần|01 lần|1 lần))",
    re.IGNORECASE,
)
_YEARLY = re.compile(
    r"tổng kết (?:một |01 )?(năm)\b(?! \d)|(?:lần|lớp|đợt|buổi|cuộc)(?:/| trong | một )(năm|tháng|quý|tuần|nhiệm kỳ)\b(?! \d| [IV])|trong (nhiệm kỳ)\b[^.;]*?\blần\b|; (năm) trước ngày",
    re.IGNORECASE,
)
_A_SPAN = re.compile(rf"\b({_NUM})\s+({_COUNTED})(?:\s*/\s*|\s+(?:(?:trong|trên|mỗi|hằng|hàng)\s+)?(?:(?:một|01|1)\s+)?)({_SPAN})", re.IGNORECASE)
_SPAN_FIRST = re.compile(rf"\b(?:mỗi|một|01|1|hằng|hàng|trong)\s+({_SPAN})[^.;,\d]{{0,40}}?\b({_NUM})\s+({_COUNTED})\b(?!\s*(?:/|một|trong))", re.IGNORECASE)
_EVERY = re.compile(rf"(?:(?<!\w)({_NUM})\s+)?\b(nhiệm kỳ|tuần|tháng|quý|năm|ngày|giờ|phút)\s*(?:/\s*|\s(?:một|01|1)\s+)lần\b", re.IGNORECASE)
_EVERY_BEFORE = re.compile(
    rf"(?<!\w)({_NUM})\s+(tuần|tháng|quý|năm)\s+(?:tổ chức\s+|tiến hành\s+)?(?:sơ kết|tổng kết|rà soát|đánh giá|giao ban|kiểm tra|luyện tập|diễn tập)\b",
    re.IGNORECASE,
)
_ONE = rf"(?:{_HALF}|(?:(?:một|01|1|cả|cuối|từng)\s+)?{_SPAN})"
_LIST = rf"{_ONE}(?:\s*\([^)]*\))?(?:\s*(?:,\s*và|,|;|và|hoặc|/)\s*{_ONE}(?:\s*\([^)]*\))?)*"
_NAMED = re.compile(rf"\b(?:sơ kết|tổng kết|giao ban|báo cáo|hội ý|họp|theo(?: định kỳ| từng)?)(?:\s+(?:kết quả|định kỳ|sơ kết))?:?\s+({_LIST})(?=\s*(?:[,.;:)(]|$|và|của|giữa|do\b|vào|gửi|trước|với|tại|đánh giá|việc))", re.IGNORECASE)  # fmt: skip
_AHEAD = re.compile(
    rf"\b({_LIST})\s*,?\s+(?:tổ chức\s+|tiến hành\s+|hai bên\s+|các bên\s+)*(?:sơ kết|tổng kết|giao ban|đánh giá|rút kinh nghiệm|kiểm điểm)\b", re.IGNORECASE
)
_EACH_ONE = re.compile(rf"({_HALF})|({_SPAN})", re.IGNORECASE)
_NO_DUTY = re.compile(
    r"(?:phụ cấp|dự toán[^,;.]{0,40}|kinh phí|ngân sách|vốn|mức|lương|tiến độ|thường xuyên|nguồn|hoạt động|chi|trợ cấp|được phê duyệt|được giao|cây trồng|đóng góp|đào tạo|công bố|duyệt|và|gồm|dự phòng ngân sách"
    r"|là|đầu tư công trung hạn và|dài hạn,? 5 năm,|kế hoạch|công việc)\s*$", re.IGNORECASE
)  # fmt: skip
_MAKES_PLAN = re.compile(r"(?:xây dựng|lập|ban hành)[^,.;]*kế hoạch[^,.;]*$", re.IGNORECASE)
_DEMAND = re.compile(
    r"\b(?:(?<!từ )(?<!sau )khi (?:có (?:yêu cầu|đề nghị|lệnh|tình huống|vụ việc|vụ, việc|bão|cháy|tin|người|dấu hiệu|thay đổi|biến động|sự cố|thiên tai|phát sinh)|xảy ra|phát sinh|phát hiện|cần thiết|cần huy động|được (?:yêu cầu|đề nghị))"
    r"|đột xuất(?! tìm kiếm)|theo (?:yêu cầu|đề nghị)(?! (?:nhiệm vụ|công tác))|nếu có vướng mắc|kể từ (?:ngày|khi) (?:nhận được|có) (?:yêu cầu|đề nghị)(?! thẩm)|kể từ khi (?:nhận|có) lệnh)\b", re.IGNORECASE
)  # fmt: skip
# *phương án … khi có thiên tai xảy ra*, *kế hoạch kiểm tra định kỳ hoặc đột xuất*: what the plan is for, not when it is made.
_OF_A_PLAN = re.compile(r"(?:kế hoạch|phương án)[^.;]{0,90}[^,.;\s]\s*$", re.IGNORECASE)
_DAILY = re.compile(r"\b(?:hằng|hàng|mỗi) (?:ngày|đêm|giờ)\b", re.IGNORECASE)


def cadences(sentence: str) -> list[Mark]:
    """Every cadence that a sentence lays down, each once, in the order of the sentence."""
    counted = list(_counted(sentence))
    fixed = [m for m in _regular(sentence) if not any(c.start < m.until and m.start < c.until for c in counted)]
    found = {m.value: m for m in sorted([*counted, *fixed, *_on_demand(sentence)], key=lambda m: -m.start)}
    return sorted(found.values(), key=lambda m: m.start)


def not_held(sentence: str) -> list[Mark]:
    """What says how often and has no cadence here, each with its words; rule *unread-times* where only the number of times is lost."""
    found = [Mark(m[0], m.start(), m.end(), "unread-cadence", sure=False) for m in _DAILY.finditer(sentence) if not _is_no_duty(sentence, m.start())]
    for m in (*_EVERY.finditer(sentence), *_EVERY_BEFORE.finditer(sentence)):
        if _every(m) is None:
            found.append(Mark(m[0], m.start(), m.end(), "unread-cadence", sure=False))
    found += [Mark(words, start, end, "unread-times", sure=False) for words, start, end, _span, exact in _times(sentence) if not exact]
    return sorted({(m.start, m.until): m for m in found}.values(), key=lambda m: m.start)


def cadences_of_cell(cell: str) -> list[Mark]:
    """Of a cell of a table, where the bare words are enough: *Quý*, *Hằng tháng, 6 tháng, năm*."""
    found = {m.value: m for m in cadences(cell)}
    if m := re.match(rf"\s*(?:hằng |hàng |mỗi |định kỳ )?({_LIST})\s*[.;]?\s*$", cell, re.IGNORECASE):
        found = {mark.value: mark for mark in _listed(m[1], m.start(1))} | found
    return sorted(found.values(), key=lambda m: m.start)


def _regular(sentence: str) -> Iterator[Mark]:
    for m in _EACH.finditer(sentence):
        if _is_no_duty(sentence, m.start()):
            continue
        yield Mark(_value(m[1]), m.start(), m.end(), "how-often")
        at = m.end()
        while also := _ALSO.match(sentence, at):
            yield Mark(_value(also[1]), also.start(1), also.end(), "how-often")
            at = also.end()
    for pattern in (_HALF_YEARLY, _YEARLY):
        for m in pattern.finditer(sentence):
            word = next(g for g in m.groups() if g)
            yield Mark(_value(word), m.start(), m.end(), "how-often")
    for pattern in (_NAMED, _AHEAD):
        for m in pattern.finditer(sentence):
            yield from _listed(m[1], m.start(1))


def _listed(text: str, at: int) -> Iterator[Mark]:
    """*6 tháng (trước ngày 10/6), một năm*: each span of a list; what stands in brackets is none."""
    plain = re.sub(r"\([^)]*\)", lambda m: " " * len(m[0]), text)
    for m in _EACH_ONE.finditer(plain):
        yield Mark(_value(m[0]), at + m.start(), at + m.end(), "how-often")


def _counted(sentence: str) -> Iterator[Mark]:
    """Cadences that a number makes: *hai lần một năm* is every half year, to be looked at; *03 tháng một lần* every quarter."""
    for _words, start, end, span, exact in _times(sentence):
        value = exact or _SPANS[span]
        yield Mark(str(value), start, end, "times-a-span" if exact and value != _SPANS[span] else "how-often", sure=not exact or value == _SPANS[span])
    for m in (*_EVERY.finditer(sentence), *_EVERY_BEFORE.finditer(sentence)):
        if (every := _every(m)) is not None:
            yield Mark(str(every), m.start(), m.end(), "how-often")


def _times(sentence: str) -> Iterator[tuple[str, int, int, str, Cadence | None]]:
    """*Hai lần một năm*, *mỗi tuần không dưới 02 đêm*: the words, their place, the span, and the cadence if the number makes exactly one."""
    for pattern, n, counted, span in ((_A_SPAN, 1, 2, 3), (_SPAN_FIRST, 2, 3, 1)):
        for m in pattern.finditer(sentence):
            times, of = _number(m[n]), m[span].lower()
            exact = _SPANS[of] if times == 1 else _TIMES_A_SPAN.get((of, times)) if re.fullmatch(_OCCASION, m[counted], re.IGNORECASE) else None
            yield m[0], m.start(), m.end(), of, exact


def _every(m: re.Match[str]) -> Cadence | None:
    count, span = _number(m[1]) if m[1] else 1, m[2].lower()
    return _SPANS.get(span) if count == 1 else _EVERY_SPANS.get((span, count))


def _number(word: str) -> int:
    return int(word) if word.isdecimal() else _NUMBERS[word.lower()]


def _is_no_duty(sentence: str, at: int) -> bool:
    before = sentence[:at].rstrip()
    return (bool(_NO_DUTY.search(before)) and not _MAKES_PLAN.search(before) and not re.search(r"kế hoạch$", before)) or (
        before.endswith("kế hoạch") and not re.search(r"(?:xây dựng|lập|ban hành) kế hoạch$", before)
    )


def _on_demand(sentence: str) -> Iterator[Mark]:
    for m in _DEMAND.finditer(sentence):
        if m[0].lower().startswith(("khi có", "khi xảy", "đột xuất")) and _OF_A_PLAN.search(sentence[: m.start()]):
            continue
        yield Mark(Cadence.DEMAND, m.start(), m.end(), "when-asked")


def _value(word: str) -> str:
    if re.fullmatch(_HALF, word, re.IGNORECASE):
        return str(Cadence.HALF)
    return str(next(cadence for span, cadence in _SPANS.items() if word.lower().endswith(span)))
