"""How a document looks: the table of Decree 30/2020/NĐ-CP, Annex I, part I, sections I, II and V, as data both printers read.

Lengths are millimetres, sizes and spaces points. The .docx gets one real style for each entry, named so that an officer finds it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

StyleAlign = Literal["justify", "left", "center", "right"]

FONT = "Times New Roman"


@dataclass(frozen=True)
class Page:
    """A4 with the margins of section I.3 (top and bottom 20 to 25, left 30 to 35, right 15 to 20)."""

    width: float = 210
    height: float = 297
    top: float = 20
    bottom: float = 20
    left: float = 30
    right: float = 15

    @property
    def room(self) -> float:
        """Width of the text."""
        return self.width - self.left - self.right


UPRIGHT = Page()
# A wide table may lie across (section I.2); the binding edge stays on the left.
ACROSS = Page(width=297, height=210)

# The two columns of the heading: the country's name at 13 points bold takes 96 mm, a date in Thành phố Hồ Chí Minh 99.
HEAD_RIGHT = 99.0
# Space for a signature and a seal between position and name.
SIGN_SPACE = 72.0


@dataclass(frozen=True)
class Style:
    """``first`` and ``left`` indent the first line and all lines; ``line`` is in single lines (the decree allows 1 to 1.5)."""

    name: str
    size: float = 14
    bold: bool = False
    italic: bool = False
    align: StyleAlign = "center"
    first: float = 0
    left: float = 0
    before: float = 0
    after: float = 0
    line: float = 1.0
    keep: bool = False
    outline: int = 0


# The body: 14 points, both margins, first line in by 1 cm, 6 points between paragraphs.
_BODY: dict[str, Any] = {"align": "justify", "first": 10.0, "before": 6.0, "line": 1.08}


def _body(name: str, **more: Any) -> Style:
    return Style(name, **{**_BODY, **more})


STYLES: dict[str, Style] = {
    "superior": Style("Cơ quan chủ quản", 13),
    "issuer": Style("Cơ quan ban hành", 13, bold=True),
    "nation": Style("Quốc hiệu", 13, bold=True),
    "motto": Style("Tiêu ngữ", 14, bold=True),
    "number": Style("Số, ký hiệu", 13, before=6),
    "subject": Style("Trích yếu công văn", 13, before=6),
    "place": Style("Địa danh, ngày", 13, italic=True, before=6),
    "circulation": Style("Phạm vi lưu hành", 13, bold=True, before=8),
    "kind": Style("Tên loại", 14, bold=True, before=18, keep=True),
    "abstract": Style("Trích yếu", 14, bold=True, keep=True),
    "addressee": Style("Kính gửi", 14, before=14, after=6),
    "addressee-many": Style("Kính gửi, nhiều nơi", 14, align="left", left=38, before=14),
    "addressee-item": Style("Kính gửi, danh sách", 14, align="left", left=56.5),
    "basis": _body("Căn cứ", italic=True),
    "label": Style("Phần, chương, mục", 14, bold=True, before=12, keep=True),
    "title-part": Style("Tiêu đề phần", 14, bold=True, keep=True, outline=1),
    "title-chapter": Style("Tiêu đề chương", 14, bold=True, keep=True, outline=2),
    "title-section": Style("Tiêu đề mục", 14, bold=True, keep=True, outline=3),
    "title-subsection": Style("Tiêu đề tiểu mục", 14, bold=True, keep=True, outline=4),
    "article": _body("Điều", bold=True, keep=True, outline=5),
    "group": _body("Mục La Mã", bold=True, keep=True, outline=1),
    "clause": _body("Tiêu đề khoản", bold=True, keep=True, outline=2),
    "text": _body("Nội dung"),
    "text-left": _body("Nội dung, trái", align="left", first=0.0),
    "text-center": _body("Nội dung, giữa", align="center", first=0.0),
    "text-right": _body("Nội dung, phải", align="right", first=0.0),
    "blank": Style("Dòng chấm", 14, align="left", before=6),
    "table-title": Style("Tên bảng", 13, bold=True, before=10, keep=True),
    "table-unit": Style("Đơn vị tính", 12, italic=True, align="right", before=4, after=3, keep=True),
    "table-note": Style("Ghi chú bảng", 12, italic=True, align="left", before=3),
    "cell-13": Style("Ô bảng 13", 13, align="left", before=1.5, after=1.5),
    "cell-12": Style("Ô bảng 12", 12, align="left", before=1.5, after=1.5),
    "cell-11": Style("Ô bảng 11", 11, align="left", before=1.5, after=1.5),
    "signing-body": Style("Cơ quan ký", 14, bold=True, keep=True),
    "authority": Style("Quyền hạn, chức vụ", 14, bold=True, keep=True),
    "signature": Style("Chỗ ký", 14, before=SIGN_SPACE, keep=True),
    "signatory": Style("Họ tên người ký", 14, bold=True),
    "recipients": Style("Nơi nhận", 12, bold=True, italic=True, align="left", keep=True),
    "recipient": Style("Nơi nhận, danh sách", 11, align="left"),
    "appendix": Style("Phụ lục", 14, bold=True, keep=True, outline=1),
    "appendix-title": Style("Tiêu đề phụ lục", 14, bold=True, keep=True),
    "appendix-with": Style("Kèm theo", 14, italic=True, keep=True),
    "page-number": Style("Số trang", 14),
    "banner": Style("Dữ liệu minh họa", 10, bold=True),
    "provenance": Style("Nguồn số liệu", 9),
    "rule": Style("Đường kẻ", 2),
    "gap": Style("Khoảng cách", 8, keep=True),
}
