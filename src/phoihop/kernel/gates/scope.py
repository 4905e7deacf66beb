"""Matters that have no place here whatever they say: named operations, and plans of kinds that the system does not keep.

Ground-rules 2 and 3 and rows 33, 45, 83, 86 of the mechanisms: combat coordination is recorded as a relation and a contact point, never a plan;
*chuyên án* and *kế hoạch nghiệp vụ* are refused; assembly, protest and lists of persons are not built. Three lists, each with its reach:

* ``ANYWHERE``: names of an operation or of covert work. They are never ordinary, in no field.
* ``PLANS``: a plan of this kind, where the text *is its title*: it begins with it, a line in capitals does, or the argument is called title or name.
  In the middle of a sentence they are ordinary words ("phối hợp thực hiện các đề án, phương án và kế hoạch nghiệp vụ").
* ``SUBJECTS``: what a plan or an act may not be about, in a title only.

A title that quotes a law ("Nghị định … về …", "Luật …") passes: the law's own titles are facts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .plain import Text
from .refusals import Finding

ANYWHERE = (
    r"chuyên án\s+(?:mang\s+)?(?:(?:có\s+)?bí số|số|ký hiệu|tên)?\s*[“\"']?[a-zđ]{0,3}[-.]?\d",
    r"(?:xác lập|lập|phá|triệt phá|đấu tranh|kết thúc|đình chỉ|khám phá|đánh án|ban)\s+(?:thành công\s+|nhanh\s+)?(?:\d+\s+)?chuyên án",
    r"chuyen an\s+(?:mang\s+)?(?:bi so|so|ky hieu)?\s*[a-z]{0,3}[-.]?\d",
    r"(?:xac lap|pha|triet pha|dau tranh|ket thuc)\s+(?:thanh cong\s+)?(?:\d+\s+)?chuyen an",
    r"mang bí số|mang bi so",
    r"cơ sở bí mật|co so bi mat|cộng tác viên bí mật|cong tac vien bi mat|đặc tình|hồ sơ sưu tra|đối tượng sưu tra|đối tượng hiềm nghi|hộp thư bí mật",
    r"quyết tâm chiến đấu\s+(?:của|số)|ý định tác chiến|bản đồ quyết tâm",
)
_PLAN_WORD = r"(?:kế hoạch|phương án|đề án|quyết tâm|văn kiện|ý định|mệnh lệnh|ke hoach|phuong an|de an|van kien|y dinh|menh lenh)"
PLANS = (
    rf"{_PLAN_WORD}\s+(?:công tác\s+|biện pháp\s+)?(?:nghiệp vụ|trinh sát|nghiep vu|trinh sat)(?!\s+(?:văn thư|sư phạm|y tế|kế toán|van thu))",
    rf"{_PLAN_WORD}\s+(?:hiệp đồng\s+|hiep dong\s+)?(?:tác chiến|chiến đấu|tac chien|chien dau)",
    rf"{_PLAN_WORD}\s+chuyển\s+(?:các\s+)?(?:trạng thái|địa phương)",
    rf"{_PLAN_WORD}\s+(?:động viên (?:quân đội|quốc phòng|thời chiến|công nghiệp))",
    r"(?:văn kiện|ý định|van kien|y dinh)\s+(?:diễn tập|dien tap)",
    r"quyết tâm (?:chiến đấu|tác chiến|phòng thủ)|quyet tam (?:chien dau|tac chien|phong thu)",
    r"chuyên án|chuyen an",
)
SUBJECTS = (
    r"biểu tình|bieu tinh|bạo loạn|tụ tập đông người|tu tap dong nguoi|đình công|lãn công|khiếu kiện đông người|tập trung đông người trái",
    r"cưỡng chế thu hồi đất|cưỡng chế giải phóng mặt bằng|bảo vệ cưỡng chế|cuong che thu hoi dat",
    r"bảo vệ (?:chính trị )?nội bộ|bao ve (?:chinh tri )?noi bo",
    (
        r"(?:rà soát|quản lý|lập danh sách|danh sách|gọi hỏi|theo dõi|giám sát|ra soat|quan ly|danh sach|theo doi)\s+(?:các\s+|số\s+)?"
        r"(?:(?:đối tượng|doi tuong)(?!\s*(?:\d|chính sách|bảo trợ|bồi dưỡng|thụ hưởng|tham gia|huấn luyện|hưởng|tiêm|áp dụng|dự|người có công|nộp|được))"
        r"|người nghiện|người sử dụng trái phép|người mãn hạn|người chấp hành xong|nguoi nghien|nguoi man han)"
    ),
    r"kiểm tra (?:cư trú|tạm trú|lưu trú|nhân hộ khẩu|hành chính nhân khẩu)|kiem tra (?:cu tru|tam tru|luu tru)",
    r"theo dõi (?:mạng xã hội|không gian mạng|facebook|zalo)|nắm tình hình (?:tôn giáo|dân tộc|mạng xã hội)",
    r"vây bắt|mật phục|đánh bắt đối tượng|bắt khám xét",
)

_HINT = re.compile(
    "chuyen an|nghiep vu|trinh sat|tac chien|chien dau|mang bi so|bi mat|dac tinh|suu tra|hiem nghi|quyet tam|trang thai|chuyen|dong vien|dien tap|bieu tinh"
    "|bao loan|dong nguoi|dinh cong|lan cong|cuong che|noi bo|doi tuong|nguoi nghien|nguoi su dung|nguoi man|nguoi chap hanh|kiem tra|theo doi|nam tinh"
    "|vay bat|mat phuc|kham xet"
)
_ANYWHERE = re.compile("|".join(ANYWHERE))
_PLANS, _SUBJECTS = re.compile("|".join(PLANS)), re.compile("|".join(SUBJECTS))
_HEAD = r"(?:^|\n)[\s\"“'*•+\-–\d.,)/]*(?:(?:số|so)\s*:?\s*[\w/\-.]+\s*)?(?:v/v\s+|về việc\s+|ban hành\s+|xây dựng\s+|thực hiện\s+|triển khai\s+)?"
_TITLE_PLAN = re.compile(rf"{_HEAD}(?:(?:dự thảo|du thao)\s+)?(?:\S+\s+)?({'|'.join(PLANS)})")
_TITLE_SUBJECT = re.compile(rf"{_HEAD}{_PLAN_WORD}[^.;\n]{{0,60}}?({'|'.join(SUBJECTS)})")
_QUOTES_A_LAW = re.compile(
    r"luật|nghị định|thông tư|pháp lệnh|nghị quyết|chỉ thị|quyết định số|hướng dẫn số|điều \d|tọa đàm|tập huấn|tuyên truyền|phổ biến"
    r"|luat |nghi dinh|thong tu|phap lenh|nghi quyet"
)


def out_of_scope(t: Text, title: bool) -> Iterator[Finding]:
    """Named operations anywhere; plans and subjects out of scope where the text is a title."""
    if not _HINT.search(t.flat):
        return
    for found in _ANYWHERE.finditer(t.low):
        yield _finding(t, *found.span())
    for pattern in (_PLANS, _SUBJECTS) if title else (_TITLE_PLAN, _TITLE_SUBJECT):
        for found in pattern.finditer(t.low):
            start, end = found.span(found.lastindex or 0)
            heads = title or not t.text[: found.start()].strip() or t.text[start : start + 5].isupper() or t.text[found.start() : start].isupper()
            if heads and not _QUOTES_A_LAW.search(t.low, max(0, start - 160), start):
                yield _finding(t, start, end)


def _finding(t: Text, start: int, end: int) -> Finding:
    return Finding("out-of-scope", start, end, t.shown(start, end)[:40].rstrip("0123456789-. "), mend=None)
