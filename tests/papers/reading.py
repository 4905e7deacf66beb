"""Reads what was printed back: the text of a .docx and of a PDF, and the numbers in a text."""

from __future__ import annotations

import io
import re
from collections import Counter
from typing import Any

import docx
import pypdf
from docx.oxml.ns import qn

from phoihop.papers.document import Document
from phoihop.papers.docx import to_docx
from phoihop.papers.pdf import to_pdf
from phoihop.papers.word_xml import FIGURE_STYLE

_NUMBER = re.compile(r"\d[\d.,]*\d|\d")


def word(document: Document) -> Any:
    return docx.Document(io.BytesIO(to_docx(document)))


def pages(document: Document) -> list[str]:
    return [page.extract_text() for page in reader(document).pages]


def reader(document: Document) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(to_pdf(document)))


def word_texts(document: Document) -> list[str]:
    """Every paragraph of the body, those in tables too, in the order of reading."""
    return ["".join(node.text or "\n" for node in p.iter(qn("w:t"), qn("w:br"))) for p in word(document).element.body.iter(qn("w:p"))]


def word_figures(document: Document) -> list[str]:
    """The runs that wear the style of figures."""
    opened = word(document)
    style = next(s.style_id for s in opened.styles if s.name == FIGURE_STYLE)
    runs = opened.element.body.iter(qn("w:r"))
    return ["".join(t.text for t in run.iter(qn("w:t"))) for run in runs if any(mark.get(qn("w:val")) == style for mark in run.iter(qn("w:rStyle")))]


def squeezed(text: str) -> str:
    """The text without any space, for print breaks lines where it likes."""
    return "".join(text.replace("\u200b", "").split())


def numbers(text: str) -> Counter[str]:
    return Counter(_NUMBER.findall(text))
