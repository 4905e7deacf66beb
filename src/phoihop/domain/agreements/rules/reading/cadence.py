"""How often: *hằng tuần* … *mỗi nhiệm kỳ*, and *khi có yêu cầu*. A yearly budget or a monthly allowance is no duty."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...models import Cadence
from .proposal import Mark

_WORDS = {"tuần": Cadence.WEEK, "tháng": Cadence.MONTH, "quý": Cadence.QUARTER, "6 tháng": Cadence.HALF, "năm": Cadence.YEAR, "nhiệm kỳ": Cadence.TERM}
_HALF = r"(?:0?6|sáu) tháng"
_EACH = re.compile(
    rf"\b(?:hằng|hàng|mỗi|định kỳ(?: hằng| hàng| mỗi)?)\s+({_HALF}|tuần|tháng|quý|năm|nhiệm kỳ)\b(?!\s+(?:đến|kể từ|một lần trở))", re.IGNORECASE
)
_ALSO = re.compile(
    rf"\s*(?:,|;|và|,? hoặc)\s+(?:định kỳ |hằng |hàng |mỗi )?({_HALF}|tuần|tháng|quý|năm)\b(?=\s*(?:[,.;)]|$|và|hoặc|do\b|trước|một lần|\())", re.IGNORECASE
)
_HALF_YEARLY = re.compile(
    rf"(?:sơ kết|báo cáo(?: sơ kết)?|giao ban|;|,)\s+({_HALF})\b(?! (?:tuổi|kể từ|trở|trong 1))(?=\s*(?:[,.;]|$|và|đầu|trước|một lần|/lần))|\b({_HALF})(?=\s*(?:một lần|/ ?lần|01 lần|1 lần))",
    re.IGNORECASE,
)
_YEARLY = re.compile(
    r"tổng kết (năm)\b(?! \d)|(?:lần|lớp|đợt|buổi|cuộc)(?:/| trong | một )(năm|tháng|quý|tuần|nhiệm kỳ)\b(?! \d| [IV])|trong (nhiệm kỳ)\b[^.;]*?\blần\b|; (năm) trước ngày",
    re.IGNORECASE,
)
_NO_DUTY = re.compile(
    r"(?:phụ cấp|dự toán[^,;.]{0,40}|kinh phí|ngân sách|vốn|mức|lương|tiến độ|thường xuyên|nguồn|hoạt động|chi|trợ cấp|được phê duyệt|được giao|cây trồng|đóng góp|đào tạo|công bố|duyệt|và|gồm|dự phòng ngân sách"
    r"|là|đầu tư công trung hạn và|dài hạn,? 5 năm,|kế hoạch)\s*$", re.IGNORECASE
)  # fmt: skip
_MAKES_PLAN = re.compile(r"(?:xây dựng|lập|ban hành)[^,.;]*kế hoạch[^,.;]*$", re.IGNORECASE)
_DEMAND = re.compile(
    r"\b(?:khi (?:có (?:yêu cầu|đề nghị|lệnh|tình huống|vụ việc|vụ, việc|bão|cháy|tin|người|dấu hiệu|thay đổi|biến động|sự cố|thiên tai|phát sinh)|xảy ra|phát sinh|phát hiện|cần thiết|cần huy động|được (?:yêu cầu|đề nghị))"
    r"|đột xuất(?! tìm kiếm)|theo (?:yêu cầu|đề nghị)(?! (?:nhiệm vụ|công tác))|nếu có vướng mắc|kể từ (?:ngày|khi) (?:nhận được|có) (?:yêu cầu|đề nghị)(?! thẩm))\b", re.IGNORECASE
)  # fmt: skip


def cadences(sentence: str) -> list[Mark]:
    """Every cadence that a sentence lays down, each once, in the order of the sentence."""
    found = {m.value: m for m in reversed([*_regular(sentence), *_on_demand(sentence)])}
    return sorted(found.values(), key=lambda m: m.start)


def cadence_of_cell(cell: str) -> Mark | None:
    """Of a cell of a table, where the bare word is enough: *Quý*, *6 tháng*."""
    if found := cadences(cell):
        return found[0]
    m = re.match(rf"(?:hằng |hàng |mỗi )?({_HALF}|tuần|tháng|quý|năm|nhiệm kỳ)\b(?!\s*\d)(?![ ]*[IVX])", cell.strip(), re.IGNORECASE)
    return Mark(_value(m[1]), m.start(), m.end(), "how-often") if m else None


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


def _is_no_duty(sentence: str, at: int) -> bool:
    before = sentence[:at].rstrip()
    return (bool(_NO_DUTY.search(before)) and not _MAKES_PLAN.search(before) and not re.search(r"kế hoạch$", before)) or (
        before.endswith("kế hoạch") and not re.search(r"(?:xây dựng|lập|ban hành) kế hoạch$", before)
    )


def _on_demand(sentence: str) -> Iterator[Mark]:
    for m in _DEMAND.finditer(sentence):
        yield Mark(Cadence.DEMAND, m.start(), m.end(), "when-asked")


def _value(word: str) -> str:
    low = word.lower()
    return str(Cadence.HALF if low.endswith("tháng") and low != "tháng" else _WORDS[low])
