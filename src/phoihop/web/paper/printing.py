"""A document as a page to print, as .docx, as PDF or as plain text: ``?dang=``. PDF is set in the process that answers, never before it forks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

from phoihop.papers.composing import compose
from phoihop.papers.document import Document
from phoihop.papers.docx import to_docx
from phoihop.papers.flow import Flow, Grid, Line, Pair, Slot
from phoihop.papers.pdf import to_pdf
from phoihop.papers.plain import to_text

from ..base import page
from ..saved import saved
from ..scope import changed

FORM = "dang"
_MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "txt": "text/plain; charset=utf-8",
}


def printed(request: HttpRequest, document: Document, name: str, *, handed_out: Callable[[bytes], None] | None = None, **context: Any) -> HttpResponse:
    """``name``: what a file of it is called, without its ending. ``handed_out``: is told the bytes of a PDF before they go."""
    form = request.GET.get(FORM, "")
    if form in _MEDIA:
        answer = _file(document, form, name)
        if form == "pdf" and handed_out is not None:
            handed_out(answer.content)
        return answer
    flow = compose(document)
    forms = [(ending, changed(request, **{FORM: ending})) for ending in ("docx", "pdf")]
    return page(request, "paper/print.html", sections=drawn(flow), flow=flow, forms=forms, across=document.landscape, **context)


def _file(document: Document, form: str, name: str) -> HttpResponse:
    content = to_docx(document) if form == "docx" else to_pdf(document) if form == "pdf" else to_text(document).encode()
    return saved(content, _MEDIA[form], f"{name}.{form}")


@dataclass(frozen=True, slots=True)
class Shown:
    """A printed part for the template: ``kind`` line, grid or pair; widths as shares of a hundred."""

    kind: str
    line: Line | None = None
    grid: Grid | None = None
    widths: tuple[float, ...] = ()
    left: tuple[Line, ...] = ()
    right: tuple[Line, ...] = ()

    @property
    def header(self) -> tuple[tuple[Slot, ...], ...]:
        return self.grid.header if self.grid else ()

    @property
    def rows(self) -> tuple[tuple[Slot, ...], ...]:
        return self.grid.rows if self.grid else ()


def drawn(flow: Flow) -> list[list[Shown]]:
    """The sections of a flow for the template: the same lines, tables and pairs that the other printers read."""
    return [[_shown(item) for item in section.items] for section in flow.sections]


def _shown(item: Line | Grid | Pair) -> Shown:
    match item:
        case Line():
            return Shown("line", line=item)
        case Grid():
            return Shown("grid", grid=item, widths=_shares(item.widths))
        case Pair():
            return Shown("pair", left=item.left, right=item.right, widths=_shares(item.widths))


def _shares(widths: tuple[float, ...]) -> tuple[float, ...]:
    whole = sum(widths)
    return tuple(round(100 * width / whole, 2) for width in widths)
