"""A report as a workbook: the same figures typed as numbers, last year beside, what documents state, and the questions asked."""

from __future__ import annotations

from datetime import date

from django.utils import translation

from phoihop.domain.figures.models import Method
from phoihop.kernel.figures_text import day
from phoihop.papers.cells import Cell as PaperCell
from phoihop.papers.cells import Column as PaperColumn
from phoihop.papers.cells import Row, Table
from phoihop.papers.sheet import Sheet, Workbook

from .legal import by_commune, period_words, provenance
from .lines import words
from .report import Report


def workbook(report: Report, today: date, *, demo: bool) -> Workbook:
    """Sheets: figures by commune, the same a year earlier, the whole area with documents' totals, where it all comes from. In Vietnamese."""
    with translation.override("vi"):
        return _workbook(report, today, demo)


def _workbook(report: Report, today: date, demo: bool) -> Workbook:
    question = report.question
    area = words(report.total.areas[0])
    title = f"Kết quả phối hợp · {question.label()} · {area}"
    earlier = f"Cùng kỳ năm trước · {area}"
    sheets = (
        Sheet("Số liệu", by_commune(report), (title, f"Số liệu {period_words(question)}")),
        Sheet("Cùng kỳ năm trước", by_commune(report, before=True), (earlier, _span(report))),
        Sheet("Toàn địa bàn", _whole(report), (title,)),
        *([Sheet("Theo văn bản", _stated(report), ("Số tổng hợp theo văn bản, không cộng vào số liệu",))] if report.sources else []),
        Sheet("Nguồn", _asked(report), ("Câu hỏi đã đặt cho sổ số liệu",)),
    )
    return Workbook(sheets, title, provenance(report, today), demo)


def _span(report: Report) -> str:
    days = report.question.days_before
    return f"Số liệu từ ngày {day(days.first)} đến ngày {day(days.last)}"


def _whole(report: Report) -> Table:
    heads = (
        PaperColumn("Chỉ tiêu", 3), PaperColumn("Đơn vị tính"), PaperColumn("Trong kỳ", 1, "right"), PaperColumn("Cùng kỳ năm trước", 1, "right"),
    )  # fmt: skip
    return Table(heads, tuple(Row((c.column.name, c.column.unit, c.shown, c.shown_then)) for c in report.cells))


def _stated(report: Report) -> Table:
    heads = tuple(PaperColumn(t) for t in ("Chỉ tiêu", "Địa bàn", "Từ ngày", "Đến ngày", "Số", "Nguồn"))
    return Table(heads, tuple(Row((s.column.name, words(s.area), s.first, s.last, s.shown, s.source)) for s in report.sources))


def _asked(report: Report) -> Table:
    """Everything that is needed to ask again."""
    q = report.question
    seq, digest = report.head
    rows: list[tuple[PaperCell, PaperCell]] = [
        ("Lịch báo cáo", f"{q.calendar} · {q.called.name}"),
        ("Kỳ", f"{q.code} · {q.label()}"),
        ("Từ ngày", q.days.first),
        ("Đến ngày", q.days.last),
        ("Địa bàn", f"{q.area.code} · {words(q.area)}"),
        ("Địa giới", f"quy về địa bàn ngày {day(q.on)}" if q.on else "đúng như lúc ghi"),
        ("Nhật ký đến số", str(q.as_of or seq)),
        ("Mã nhật ký", digest),
    ]
    for c in (*report.columns, *(cell.column for cell in report.whole)):
        how = f"{c.code} · {Method(c.method).label} · {c.unit}"
        rows.append((c.name, f"{how} · {', '.join(c.items)}" if c.items else how))
    return Table((PaperColumn("Mục", 1), PaperColumn("Giá trị", 3)), tuple(Row(row) for row in rows))
