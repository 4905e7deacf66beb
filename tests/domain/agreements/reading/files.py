"""Real files made of the corpus: .docx as Word lays them out (head in two columns, duties in a table), .pdf as it is printed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

import docx
import typst

from phoihop.kernel.upload import Upload

from .labels import papers

DOCX = "quy-che.docx"


def text_of(name: str) -> str:
    """The text of a paper of the corpus."""
    return next(p.text for half in ("dev", "heldout") for p in papers(half) if p.name == name)


def a_docx(text: str, name: str = DOCX, footer: str = "") -> Upload:
    """The head (up to the number and the day) in a table of two columns, rows in a table, everything else in paragraphs."""
    made = docx.Document()
    lines = text.split("\n")
    head = next((n for n, line in enumerate(lines) if ", ngày " in line), -1) + 1
    if head:
        _in_two_columns(made, lines[:head])
    rows: list[Sequence[str]] = []
    for line in [*lines[head:], ""]:
        if "\t" in line:
            rows.append(line.split("\t"))
            continue
        _table(made, rows)
        rows = []
        if line:
            made.add_paragraph(line)
    if footer:
        made.sections[0].footer.paragraphs[0].text = footer
    return Upload(name, _saved(made))


def _in_two_columns(made: docx.document.Document, lines: Sequence[str]) -> None:
    right = [line for line in lines if ("VIỆT NAM" in line and "ĐẢNG BỘ" not in line and "MẶT TRẬN" not in line) or "Độc lập" in line or ", ngày " in line]
    cells = made.add_table(rows=1, cols=2).rows[0].cells
    cells[0].text = "\n".join(line for line in lines if line not in right)
    cells[1].text = "\n".join(right)


def _table(made: docx.document.Document, rows: Sequence[Sequence[str]]) -> None:
    if not rows:
        return
    table = made.add_table(rows=0, cols=max(map(len, rows)))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=False):
            cell.text = text


def _saved(made: docx.document.Document) -> bytes:
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def with_macro(upload: Upload) -> Upload:
    """The same file with a macro in it."""
    kept = io.BytesIO(upload.content)
    with zipfile.ZipFile(kept, "a") as packed:
        packed.writestr("word/vbaProject.bin", b"macro")
    return Upload(upload.name, kept.getvalue())


def a_pdf(text: str, name: str = "quy-che.pdf", ruled: bool = True) -> Upload:
    """Printed on A4 with page numbers; lines break at the margin, rows stand in a table, with lines around its cells or without."""
    body, rows = "", [""]
    for line in [*text.split("\n"), ""]:
        if "\t" in line:
            rows.append(line)
            continue
        body += _printed_table([row.split("\t") for row in rows if row], ruled) + _escaped(line) + "\n\n"
        rows = [""]
    page = '#set page(paper: "a4", margin: 2.5cm, numbering: "1")\n#set text(font: "Tinos", size: 13pt, lang: "vi")\n'
    return Upload(name, typst.compile((page + body).encode(), format="pdf"))


def _printed_table(rows: Sequence[Sequence[str]], ruled: bool) -> str:
    if not rows:
        return ""
    wide = max(map(len, rows))
    cells = ", ".join(f"[{_escaped(cell)}]" for row in rows for cell in [*row, *[""] * (wide - len(row))])
    return f"#table(columns: (1fr,) * {wide}, stroke: {'0.5pt' if ruled else 'none'}, {cells})\n\n"


def _escaped(text: str) -> str:
    return "".join(f"\\{c}" if c in "\\#*_`$<>@=~+-/[]" else c for c in text)
