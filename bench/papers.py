"""How long a report of 124 communes takes as .docx and as PDF, beside the bare table in the same tools.

    python -m bench.papers

One line for each measure: ``name value floor ratio``, milliseconds. The floor of a .docx is the same table by python-docx as its
guide writes it; of a PDF, the same table as bare Typst. Each run is of other figures, so that nothing is remembered from the last.
"""

from __future__ import annotations

import io
import json
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import docx
import typst
from tests.papers.samples import a_report, commune_table

from phoihop.papers.cells import Table, shown
from phoihop.papers.document import Document
from phoihop.papers.docx import to_docx
from phoihop.papers.pdf import FONTS, to_pdf
from phoihop.papers.sheet import Sheet, Workbook, to_xlsx

RUNS = 7
COMMUNES, PAGES_OF_TEXT = 124, 3
BUDGET_MS = 1000
_BARE_TYPST = """#set text(font: "Tinos")
#let rows = json(bytes(sys.inputs.rows))
#table(columns: 8, ..rows.flatten())"""
_COLD = """import time
start = time.perf_counter()
from bench.papers import report
from phoihop.papers.docx import to_docx
from phoihop.papers.pdf import to_pdf
to_docx(report(0)), to_pdf(report(0))
print((time.perf_counter() - start) * 1000)"""


def report(run: int) -> Document:
    """The measured document; the figures of each run differ."""
    document = a_report(COMMUNES, PAGES_OF_TEXT, appendices=False)
    body = tuple(commune_table(COMMUNES, seed=run) if isinstance(block, Table) and len(block.columns) == 8 else block for block in document.body)
    return replace(document, body=body)


def texts(run: int) -> list[list[str]]:
    """The cells of the same table, the rows that open a group left out."""
    return [[shown(cell) for cell in row.cells] for row in commune_table(COMMUNES, seed=run).rows if row.kind != "group"]


def bare_docx(run: int) -> bytes:
    paper, rows, out = docx.Document(), texts(run), io.BytesIO()
    table = paper.add_table(len(rows), 8)
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    paper.save(out)
    return out.getvalue()


def bare_pdf(compiler: typst.Compiler, run: int) -> object:
    return compiler.compile(format="pdf", sys_inputs={"rows": json.dumps(texts(run))})


def measured(make: Callable[[int], object]) -> float:
    """Milliseconds, the median of warm runs."""
    make(1000)
    times = []
    for run in range(RUNS):
        start = perf_counter()
        make(run)
        times.append((perf_counter() - start) * 1000)
    return statistics.median(times)


def cold() -> float:
    """Milliseconds of a new process from its first import to the last byte of both files, the interpreter's own start left out."""
    done = subprocess.run([sys.executable, "-c", _COLD], capture_output=True, text=True, check=True)
    return float(done.stdout)


def resident() -> int:
    """Resident memory of this process in MB."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() // 2**20


def line(name: str, value: float, floor: float) -> str:
    return f"{name} {value:.0f} {floor:.0f} {value / floor:.2f}"


def grown() -> tuple[int, int]:
    """Resident memory after a dozen reports as PDF, and after the first."""
    to_pdf(report(0))
    first = resident()
    for run in range(12):
        to_pdf(report(run))
    return resident(), first


def pdf_floor() -> float:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder) / "bare.typ"
        bare.write_text(_BARE_TYPST, encoding="utf-8")
        compiler = typst.Compiler(bare, font_paths=fonts)
        return measured(lambda run: bare_pdf(compiler, run))


def main() -> None:
    after, first = grown()
    word, word_floor = measured(lambda run: to_docx(report(run))), measured(bare_docx)
    pdf, floor = measured(lambda run: to_pdf(report(run))), pdf_floor()
    xlsx = measured(lambda run: to_xlsx(Workbook((Sheet("Theo xã", commune_table(COMMUNES, seed=run)),))))
    print(line("papers.docx_ms", word, word_floor))
    print(line("papers.pdf_ms", pdf, floor))
    print(line("papers.docx_and_pdf_ms", word + pdf, word_floor + floor))
    print(line("papers.docx_and_pdf_of_budget_ms", word + pdf, BUDGET_MS))
    print(line("papers.docx_and_pdf_cold_of_budget_ms", cold(), BUDGET_MS))
    print(line("papers.xlsx_ms", xlsx, word_floor))
    print(line("papers.resident_mb_after_a_dozen_of_first", after, first))


if __name__ == "__main__":
    main()
