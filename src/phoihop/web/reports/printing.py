"""The report as a file and as a preview: .docx, PDF/A and workbook from one structure; the preview is the same document, its figures links."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from phoihop.papers import wording
from phoihop.papers.cells import Cell as PaperCell
from phoihop.papers.cells import Table, legend
from phoihop.papers.cells import shown as shown_cell
from phoihop.papers.document import Blank, Block, Document, Heading, Inline, Item, Paragraph, Run, runs
from phoihop.papers.docx import to_docx
from phoihop.papers.numbering import Counter, Level
from phoihop.papers.pdf import to_pdf
from phoihop.papers.sheet import to_xlsx
from phoihop.reports.books import workbook
from phoihop.reports.cells import Printed
from phoihop.reports.legal import document
from phoihop.reports.report import Report, printable

from ..base import Acting, acting, page
from ..saved import saved
from ..shell import node
from .choosing import chooser
from .drawing import area_of
from .reading import Read, clock, read, when_of
from .showing import title_of

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"


def _is_demo() -> bool:
    here = node()
    return bool(here and here.demo)


def _document(request: Acting, found: Report) -> Document:
    return document(found, request.post.unit, request.scope.today, demo=_is_demo())


def _file(kind: str, name: str, made: Callable[[Acting, Report], bytes]) -> Any:
    @acting("report.print", time="none")
    def download(request: Acting, calendar: str, code: str) -> HttpResponse:
        of = read(request, calendar, code)
        if of is None:
            return chooser(request, 404, _("Lịch báo cáo này không có kỳ đó. Hãy chọn kỳ trong danh sách."))
        found = printable(request.post, of.question, **clock())
        called = f"{name}-{of.question.calendar}-{of.question.code}-{of.question.area.code}".lower()
        ending = {DOCX: "docx", PDF: "pdf", XLSX: "xlsx"}[kind]
        return saved(made(request, found), kind, f"{called}.{ending}")

    return download


docx = _file(DOCX, "bao-cao", lambda request, found: to_docx(_document(request, found)))
pdf = _file(PDF, "bao-cao", lambda request, found: to_pdf(_document(request, found)))
xlsx = _file(XLSX, "so-lieu", lambda request, found: to_xlsx(workbook(found, request.scope.today, demo=_is_demo())))


@dataclass(frozen=True, slots=True)
class Piece:
    """One block of the preview: ``kind`` is head, clause, text, item, blank or table."""

    kind: str
    html: SafeString


@acting("report.print", time="none")
def preview(request: Acting, calendar: str, code: str) -> HttpResponse:
    """The document on a sheet of A4; htmx fetches the sheet alone, beside the table."""
    of = read(request, calendar, code)
    if of is None:
        return chooser(request, 404, _("Lịch báo cáo này không có kỳ đó. Hãy chọn kỳ trong danh sách."))
    request.when = when_of(of)
    found = printable(request.post, of.question, **clock())
    paper = _document(request, found)
    links = {line.key: area_of(line) for line in found.lines}
    return page(
        request,
        "reports/paper.html",
        part="sheet",
        of=of,
        title=title_of(of),
        paper=paper,
        banner=wording.banner(paper),
        superior=paper.issuers[0].superior.upper(),
        issuer=paper.issuers[0].name.upper(),
        number=wording.number_and_symbol(paper.number, paper.symbol),
        place=wording.place_and_day(paper.issued) if paper.issued else "",
        addressees=wording.addressee_lines(paper.addressees),
        recipients=wording.recipient_lines(paper),
        signed=[line for signature in paper.signatures for line in wording.authority_lines(signature)],
        provenance=wording.provenance_line(paper.provenance) if paper.provenance else "",
        body=_pieces(of, paper.body, links),
        appendices=[(wording.appendix_label(n, len(paper.appendices)), a.title, _pieces(of, a.body, links)) for n, a in enumerate(paper.appendices, 1)],
        links={name: of.url(rest) for name, rest in (("docx", "bao-cao.docx"), ("pdf", "bao-cao.pdf"), ("xlsx", "so-lieu.xlsx"))},
    )


def _pieces(of: Read, blocks: tuple[Block, ...], links: dict[str, str]) -> list[Piece]:
    counter = Counter()
    return [_piece(of, block, counter, links) for block in blocks]


def _piece(of: Read, block: Block, counter: Counter, links: dict[str, str]) -> Piece:
    match block:
        case Heading():
            title = block.title.upper() if block.level is Level.GROUP else block.title
            return Piece("head" if block.level is Level.GROUP else "clause", mark_safe(f"{escape(counter.next(block.level))} {escape(title)}"))
        case Item():
            return Piece("item", mark_safe(f"{escape(counter.next(block.level))} {_runs(of, runs(block.text), links)}"))
        case Paragraph():
            return Piece("text", _runs(of, runs(block.text), links))
        case Blank():
            return Piece("blank", escape(_("Phần này do người soạn viết trong tệp .docx.")))
        case Table():
            return Piece("table", _table(of, block, links))


def _runs(of: Read, parts: tuple[Run, ...], links: dict[str, str]) -> SafeString:
    return mark_safe("".join(_inline(of, part.text, links) for part in parts))


def _inline(of: Read, text: Inline, links: dict[str, str]) -> str:
    return _figure(of, text, links) if isinstance(text, Printed) else escape(str(text))


def _figure(of: Read, shown: Printed, links: dict[str, str]) -> str:
    """A figure of the document, as a link where it has records."""
    area = links.get(shown.line, "" if shown.line else of.question.area.code)
    if shown.value is None or not shown.measure or not area:
        return escape(shown.text())
    return f'<a href="{escape(of.records(shown.measure, area))}">{escape(shown.text())}</a>'


def _table(of: Read, table: Table, links: dict[str, str]) -> SafeString:
    heads = "".join(f'<th scope="col">{escape(c.title)}</th>' for c in table.columns)
    rows = "".join(f'<tr class="of-{row.kind}">{"".join(_cell(of, n, cell, links) for n, cell in enumerate(row.cells))}</tr>' for row in table.rows)
    told = "".join(f"<p>{escape(note)}</p>" for note in legend(table))
    return mark_safe(f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>{told}")


def _cell(of: Read, n: int, cell: PaperCell, links: dict[str, str]) -> str:
    if n == 0:
        return f'<th scope="row">{escape(shown_cell(cell))}</th>'
    return f"<td>{_figure(of, cell, links) if isinstance(cell, Printed) else escape(shown_cell(cell))}</td>"
