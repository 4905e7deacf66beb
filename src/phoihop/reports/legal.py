"""A report as a legal document under Decree 30/2020/NĐ-CP: plain data from which the .docx, the PDF and the preview are made.

Always in Vietnamese. Sentences hold figures and what they count, never a judgement; what only a person can write is left as
dotted lines. It is a draft until somebody numbers and signs it: the system freezes nothing yet (docs/decisions/reports.md).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from phoihop.domain.forces.models import Unit
from phoihop.domain.forces.queries.units import letterhead_of
from phoihop.kernel.figures_text import day
from phoihop.papers.cells import Column as PaperColumn
from phoihop.papers.cells import Row, RowKind, Table
from phoihop.papers.document import (
    Appendix,
    Blank,
    Block,
    Document,
    Heading,
    Inline,
    Issued,
    Issuer,
    Item,
    Paragraph,
    Provenance,
)  # fmt: skip
from phoihop.papers.numbering import Level

from .asking import Question
from .cells import STATED, Cell, Printed
from .checking import outliers
from .lines import GROUP, TOTAL, Line, words
from .report import Report
from .signers import signature_for

MADE_UNDER = {
    "ND09": "Thực hiện chế độ báo cáo định kỳ theo Nghị định số 09/2019/NĐ-CP ngày 24 tháng 01 năm 2019 của Chính phủ",
    "QP168": "Thực hiện chế độ báo cáo theo Nghị định số 168/2018/NĐ-CP của Chính phủ về công tác quốc phòng ở bộ, ngành, địa phương",
    "ATANTT_KDC": "Thực hiện Thông tư số 124/2021/TT-BCA của Bộ trưởng Bộ Công an",
    "ATANTT_DV": "Thực hiện Thông tư số 124/2021/TT-BCA của Bộ trưởng Bộ Công an",
    "PCTT": "Thực hiện chế độ thống kê, đánh giá thiệt hại do thiên tai",
    "THONGKE": "Thực hiện chế độ báo cáo thống kê",
    "NHIEMKY": "Thực hiện chế độ sơ kết, tổng kết theo nhiệm kỳ",
}
_BLANK_LINES = 3
_TABLE_TITLE = "Số liệu theo xã, phường, đặc khu"
STATED_NOTE = f"{STATED}: số theo văn bản, không phải tổng các bản ghi; nguồn ghi ở mục số tổng hợp theo văn bản"
ESTIMATED_NOTE = "≈: ước tính theo tỷ lệ chia địa bàn đã công bố"


def document(report: Report, unit: Unit, today: date, *, demo: bool) -> Document:
    """The document as the unit would issue it. A unit without a letterhead of its own has only its name."""
    head = letterhead_of(unit, today)
    issuer = head.issuer if head else unit.name
    area, question = words(report.total.areas[0]), report.question
    return Document(
        kind="Báo cáo",
        abstract=f"Kết quả phối hợp giữa các lực lượng {_named(question)} trên địa bàn {_inside(area)}",
        body=tuple(_body(report, issuer, _inside(area))),
        issuers=(Issuer(issuer, head.superior if head else ""),),
        symbol=f"BC-{head.symbol}" if head else "BC",
        issued=Issued(head.place if head else unit.area.name, today.year),
        addressees=tuple(part.strip() for part in head.reports_to.split(";") if part.strip()) if head else (),
        signatures=(signature_for(head),),
        archive=head.archive if head else "VT",
        appendices=(Appendix(_TABLE_TITLE, (by_commune(report),), landscape=True),),
        provenance=provenance(report, today),
        demo=demo,
        draft=True,
    )


def provenance(report: Report, today: date) -> Provenance:
    """Up to which event, which day and by which boundaries the figures are told."""
    seq, digest = report.head
    return Provenance(report.question.as_of or seq, digest, min(report.question.days.last, today), report.question.on)


def by_commune(report: Report, *, before: bool = False) -> Table:
    """The lines as a table, of the period or (``before``) of the same one a year earlier: of document and workbook alike."""
    heads = (PaperColumn("Địa bàn", 3.2), *(PaperColumn(f"{c.name} ({c.unit})", 1.2, "right") for c in report.columns))
    rows = tuple(Row((line.name, *((c.shown_then if before else c.shown) for c in line.cells)), _row_kind(line)) for line in report.lines)
    return Table(heads, rows, notes=notes(report), size=11)


def notes(report: Report) -> tuple[str, ...]:
    """What the marks mean that stand in the table; that of a dash is added by the printing."""
    estimated = any(not c.figure.exact or not c.then.exact for line in report.lines for c in line.cells)
    return (STATED_NOTE,) * report.has_stated + (ESTIMATED_NOTE,) * estimated


def period_words(question: Question) -> str:
    """ "từ ngày 15/09/2026 đến ngày 14/10/2026"."""
    return f"từ ngày {day(question.days.first)} đến ngày {day(question.days.last)}"


def _named(question: Question) -> str:
    label = question.label()
    return label[:1].lower() + label[1:]


def _inside(name: str) -> str:
    """A name with its word small, as in the middle of a sentence."""
    return name[:1].lower() + name[1:] if " " in name else name


def _row_kind(line: Line) -> RowKind:
    return "total" if line.kind == TOTAL else "group" if line.kind == GROUP else "plain"


def _body(report: Report, issuer: str, area: str) -> Iterable[Block]:
    question = report.question
    yield Paragraph(
        f"{MADE_UNDER[question.calendar]}, {issuer} báo cáo kết quả phối hợp giữa các lực lượng trên địa bàn {area} {_named(question)}"
        f" (số liệu {period_words(question)}) như sau:"
    )
    yield Heading(Level.GROUP, "Kết quả phối hợp")
    yield from _joint(report)
    yield from _against_plan(report)
    yield from _covered(report)
    yield from _mended(report)
    yield from _others(report)
    yield from _stated(report)
    yield Paragraph("Số liệu chi tiết theo xã, phường, đặc khu tại Phụ lục kèm theo.")
    yield Heading(Level.GROUP, "Hạn chế, nguyên nhân")
    yield from _to_explain(report)
    yield Blank(_BLANK_LINES)
    yield Heading(Level.GROUP, "Phương hướng, kiến nghị")
    yield Blank(_BLANK_LINES)


def _amount(c: Cell, unit: str = "") -> tuple[Inline, ...]:
    """A figure with what it counts; per cents carry their sign already."""
    return (c.shown, "" if c.column.percent else f" {unit or c.column.unit}")


def _joint(report: Report) -> Iterable[Block]:
    joint = report.of("TR.01")
    if joint is None:
        return
    said: list[Inline] = ["Các lực lượng tổ chức ", *_amount(joint), " tuần tra chung"]
    for code, before in (("TR.01.VT", ", trong đó vũ trang "), ("TR.05", ", tuyến biển, biên giới ")):
        if c := report.of(code):
            said += [before, *_amount(c)]
    used = [c for code in ("TR.02", "TR.03", "TR.06", "TR.04", "TR.07") if (c := report.of(code))]
    for n, c in enumerate(used):
        said += ["; huy động " if not n else ", ", *_amount(c, "đợt cao điểm" if c.column.code == "TR.07" else "")]
    yield Heading(Level.CLAUSE, "Tuần tra chung")
    yield Paragraph((*said, "."))
    yield Paragraph(_beside_last_year(joint))
    if report.unsettled is not None:
        yield _awaited(report, joint)


def _beside_last_year(c: Cell) -> tuple[Inline, ...]:
    """So many a year before, and by how much it differs; no word on whether that is good."""
    if c.then.told.value is None:
        return ("Cùng kỳ năm trước: chưa có số liệu.",)
    said: list[Inline] = ["Cùng kỳ năm trước: ", c.shown_then, f" {c.column.unit}"]
    if c.change is not None:
        size = Printed(abs(int(c.change)), 0, False, "", c.column.code)
        percent = c.change_percent
        share: list[Inline] = [" (", Printed(abs(percent.value or 0), 1, True, "", c.column.code), ")"] if percent and c.change else []
        said += ["; không đổi"] if not c.change else ["; tăng " if c.change > 0 else "; giảm ", size, f" {c.column.unit}", *share]
    return (*said, ".")


def _awaited(report: Report, joint: Cell) -> Paragraph:
    left = report.open_patrols
    counts = [Printed(n, 0, False, "", "") for n in (joint.figure.count, left.waiting, left.missing, left.disputed)]
    held, waiting, missing, disputed = counts
    said: tuple[Inline, ...] = ("Đã xác nhận ", held, " cuộc; chờ xác nhận ", waiting, " cuộc, thiếu kết quả ", missing, " cuộc, chưa thống nhất ", disputed)
    return Paragraph((*said, " cuộc (các cuộc này không tính vào số trên)."))


def _against_plan(report: Report) -> Iterable[Block]:
    if c := report.of("TR.09"):
        yield Heading(Level.CLAUSE, "Thực hiện so với kế hoạch")
        parts = [Printed(None if v is None else int(v), 0, False, "", code) for v, code in ((c.figure.part, "TR.09.TH"), (c.figure.whole, "TR.09.KH"))]
        yield Paragraph(("Thực hiện ", parts[0], " trên ", parts[1], " cuộc theo kế hoạch, đạt ", c.shown, "."))


def _covered(report: Report) -> Iterable[Block]:
    areas, share = report.of("TR.08.DD"), report.of("TR.08")
    if areas or share:
        yield Heading(Level.CLAUSE, "Địa bàn được tuần tra")
        said: list[Inline] = ["Có ", *_amount(areas, "xã, phường, đặc khu"), " được tuần tra ít nhất một lần trong kỳ"] if areas else []
        said += [("; đạt " if said else "Đạt "), share.shown, " số địa bàn theo kế hoạch"] if share else []
        yield Paragraph((*said, "."))


def _mended(report: Report) -> Iterable[Block]:
    if c := report.of("TR.10"):
        yield Heading(Level.CLAUSE, "Tồn tại, kiến nghị phát hiện qua tuần tra")
        yield Paragraph(("Đã xử lý ", *_amount(c), "."))


_TOLD = {"TR.01", "TR.01.VT", "TR.02", "TR.03", "TR.04", "TR.05", "TR.06", "TR.07", "TR.08", "TR.08.DD", "TR.09", "TR.10"}


def _others(report: Report) -> Iterable[Block]:
    """Further measures that somebody asked for, each in a line."""
    rest = [c for c in report.cells if c.column.code not in _TOLD]
    if rest:
        yield Heading(Level.CLAUSE, "Chỉ tiêu khác")
        for c in rest:
            yield Item(Level.DASH, (f"{c.column.name}: ", *_amount(c), "."))


def _stated(report: Report) -> Iterable[Block]:
    if not report.sources:
        return
    yield Heading(Level.CLAUSE, "Số tổng hợp theo văn bản (không cộng vào các số trên)")
    for s in report.sources:
        where = f", {_inside(words(s.area))}, từ ngày {day(s.first)} đến ngày {day(s.last)}. Nguồn: {s.source.rstrip(' .')}."
        yield Item(Level.DASH, (f"{s.column.name}: ", s.shown, f" {s.column.unit}{where}"))


def _to_explain(report: Report) -> Iterable[Block]:
    """Each figure far from last year's, with room for the explanation that it needs."""
    for finding in outliers(report):
        c, line = finding.cell, finding.lines[0]
        assert c is not None
        said = (f"{line.name}: {c.column.name.lower()} ", c.shown, f" {c.column.unit}, cùng kỳ năm trước ", c.shown_then, f" {c.column.unit}. Giải trình: ……")
        yield Item(Level.DASH, said)
