"""Documents of the kinds the forces write, for the tests of papers and for the bench. Invented throughout."""

from __future__ import annotations

from datetime import date
from random import Random

from phoihop.papers.cells import Column, Figure, HeaderCell, Row, Table
from phoihop.papers.document import (
    Appendix,
    Blank,
    Capacity,
    Circulation,
    Document,
    Heading,
    Issued,
    Issuer,
    Item,
    Paragraph,
    Provenance,
    Run,
    Signature,
)
from phoihop.papers.numbering import Level

PROVENANCE = Provenance(48213, "3f9a1c2e4b07d5aa", date(2026, 1, 31), date(2025, 7, 1))

_COLUMNS = (
    Column("Xã, phường", 3.2),
    Column("Cuộc", 1, "right"),
    Column("Trên biển", 1, "right"),
    Column("Lượt tổ", 1, "right"),
    Column("Lượt người", 1.2, "right"),
    Column("Vụ việc mới", 1, "right"),
    Column("Đã trả lời", 1, "right"),
    Column("Đúng hạn", 1.1, "right"),
)
_HEADER = (
    (HeaderCell("Xã, phường", rows=2), HeaderCell("Tuần tra chung", columns=4), HeaderCell("Vụ việc mới", rows=2), HeaderCell("Tin xác minh", columns=2)),
    tuple(HeaderCell(title) for title in ("Cuộc", "Trên biển", "Lượt tổ", "Lượt người", "Đã trả lời", "Đúng hạn")),
)
_LONG = (
    "Các lực lượng đã thường xuyên trao đổi thông tin, thống nhất nhận định tình hình, phối hợp tuần tra, kiểm soát trên tuyến biển, "
    "tuyến sông và địa bàn dân cư; giữ vững chế độ giao ban, rút kinh nghiệm sau mỗi vụ việc và bổ sung phương án phối hợp sát với thực tế."
)


def commune_table(communes: int = 124, seed: int = 7) -> Table:
    """Eight columns under a header of two rows, groups, missing figures, and a row of sums."""
    random = Random(seed)
    rows: list[Row] = []
    for n in range(communes):
        if n % 31 == 0:
            rows.append(Row((f"Khu vực {'ABCDEFGHIJ'[n // 31]}",), "group"))
        patrols = random.randrange(20, 400)
        name = "Phường Nguyễn Đình Chiểu" if n % 7 == 0 else "Xã Thạnh Hải"
        counts = (Figure(patrols), None if n % 9 == 4 else Figure(patrols // 3), Figure(patrols * 4), Figure(patrols * 11 + 1000))
        answered = (Figure(random.randrange(9)), Figure(random.randrange(40)), Figure(random.randrange(700, 1000), 1, percent=True))
        rows.append(Row((name, *counts, *answered)))
    sums = (Figure(20629), Figure(4120), Figure(82516), Figure(226919), Figure(63), Figure(412), Figure(978, 1, percent=True))
    rows.append(Row(("Toàn tỉnh", *sums), "total"))
    return Table(_COLUMNS, tuple(rows), _HEADER, title="Kết quả theo xã, phường, đặc khu", unit="Đơn vị tính: cuộc, lượt, vụ, tin", size=12)


def small_table() -> Table:
    columns = (Column("Khu vực", 2), Column("Tuần tra (cuộc)", 1, "center"), Column("Vụ việc mới", 1, "center"))
    rows = (
        Row(("Ba Tri", Figure(388), Figure(21))),
        Row(("Mỏ Cày", None, Figure(13))),
        Row(("Toàn tỉnh", Figure(1746), Figure(63)), "total"),
    )
    return Table(columns, rows)


def a_report(communes: int = 12, pages_of_text: int = 0, *, demo: bool = True, appendices: bool = True) -> Document:
    """A monthly report going up, with everything a document can carry."""
    text = [part for _ in range(pages_of_text * 3) for part in (Heading(Level.CLAUSE, "Trao đổi thông tin"), Item(Level.POINT, _LONG), Item(Level.DASH, _LONG))]
    body = (
        Paragraph("Công an tỉnh báo cáo kết quả phối hợp tháng 01 năm 2026 như sau:"),
        Heading(Level.GROUP, "Kết quả phối hợp"),
        Heading(Level.CLAUSE, "Tuần tra chung"),
        Paragraph(
            (
                *("Các lực lượng tổ chức ", Run(Figure(1746), bold=True), " cuộc tuần tra chung, tăng ", Figure(31, 1, percent=True)),
                *(" so với tháng trước; ", Figure(978, 1, percent=True), " số cuộc có đủ kết quả; tuyến sông ", Figure(None), " cuộc."),
            )
        ),
        small_table(),
        *text,
        Heading(Level.GROUP, "Kết quả theo xã"),
        commune_table(communes),
        Heading(Level.GROUP, "Hạn chế, nguyên nhân"),
        Blank(2),
        Heading(Level.GROUP, "Phương hướng"),
        Paragraph("Tiếp tục phối hợp tuần tra chung tuyến biển."),
    )
    return Document(
        kind="Báo cáo",
        abstract="Kết quả phối hợp giữa các lực lượng trong bảo đảm an ninh, trật tự tháng 01 năm 2026",
        body=body,
        issuers=(Issuer("Công an tỉnh Vĩnh Long", "Bộ Công an"),),
        number=5,
        symbol="BC-CAT",
        issued=Issued.on("Vĩnh Long", date(2026, 2, 5)),
        addressees=("Bộ Công an", "Ủy ban nhân dân tỉnh Vĩnh Long"),
        bases=("Căn cứ Nghị định số 03/2019/NĐ-CP ngày 05 tháng 9 năm 2019 của Chính phủ.", "Căn cứ Quy chế phối hợp số 12/QC-CA-QS;"),
        signatures=(Signature("Phó Giám đốc", "Nguyễn Văn A", ((Capacity.FOR_HEAD, "Giám đốc"),), rank="Đại tá"),),
        recipients=("Bộ CHQS tỉnh", "Ban Chỉ huy Bộ đội Biên phòng;"),
        archive="VT, PV01",
        circulation=Circulation.INTERNAL,
        appendices=(Appendix("Danh mục mô hình", (small_table(),)), Appendix("Biểu chi tiết", (commune_table(40),), landscape=True)) if appendices else (),
        provenance=PROVENANCE,
        demo=demo,
    )


def a_letter() -> Document:
    """An official letter: no type, its abstract under the number, one addressee, its number and day still to come."""
    return Document(
        abstract="cử lực lượng tuần tra chung tuyến biển",
        body=(Paragraph("Bộ Chỉ huy Quân sự tỉnh đề nghị Công an tỉnh cử lực lượng tham gia tuần tra chung."),),
        issuers=(Issuer("Bộ Chỉ huy Quân sự tỉnh Vĩnh Long", "Quân khu 9"),),
        symbol="BCH-TM",
        issued=Issued("Vĩnh Long", 2026, 10),
        addressees=("Công an tỉnh Vĩnh Long",),
        signatures=(Signature("Chỉ huy trưởng", "Trần Văn B", rank="Đại tá"),),
        archive="VT, TM",
    )


def a_joint_plan() -> Document:
    """A plan of three bodies, in chapters and articles; each signs, the leading one first."""
    return Document(
        kind="Kế hoạch",
        abstract="Phối hợp tuần tra chung năm 2026",
        body=(
            Heading(Level.PART, "Những quy định chung"),
            Heading(Level.CHAPTER, "Mục đích, yêu cầu"),
            Heading(Level.SECTION, "Mục đích"),
            Heading(Level.SUBSECTION, "Trên biển"),
            Heading(Level.ARTICLE, "Phạm vi"),
            *(Item(Level.CLAUSE, "Tuyến biển."), Item(Level.CLAUSE, "Tuyến sông:")),
            *(Item(Level.POINT, f"Đoạn {name};") for name in ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy")),
            Heading(Level.CHAPTER, "Tổ chức thực hiện"),
            Item(Level.ARTICLE, "Các bên tổ chức thực hiện kế hoạch này."),
            Item(Level.CLAUSE, "Công an tỉnh chủ trì."),
            Item(Level.DASH, "Báo cáo hằng tháng."),
        ),
        issuers=(Issuer("Công an tỉnh"), Issuer("Bộ Chỉ huy Quân sự tỉnh"), Issuer("Ban Chỉ huy Bộ đội Biên phòng tỉnh")),
        number=12,
        symbol="KHLT-CAT-BCH-BP",
        issued=Issued.on("Vĩnh Long", date(2026, 11, 21)),
        signatures=(
            Signature("Giám đốc", "Nguyễn Văn A", body="Công an tỉnh"),
            Signature("Chỉ huy trưởng", "Trần Văn B", body="Bộ Chỉ huy Quân sự tỉnh"),
            Signature("Phó Chỉ huy trưởng", "Lê Văn C", ((Capacity.FOR_HEAD, "Chỉ huy trưởng"),), body="Ban Chỉ huy Bộ đội Biên phòng tỉnh"),
        ),
        recipients=("Ủy ban nhân dân tỉnh",),
        archive="VT",
    )


def an_item() -> Document:
    """Something to read out over the telephone: no heading, no signature."""
    return Document(
        abstract="Tuần tra chung TT-26-QS86-18371-7",
        body=(
            Paragraph("Chủ trì: Công an xã Thạnh Hải; phối hợp: dân quân xã."),
            Paragraph(("Bắt đầu 19:00 ngày 21/11/2026; ", Figure(7), " người, ", Figure(None), " phương tiện.")),
        ),
        demo=True,
    )
