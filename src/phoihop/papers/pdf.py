"""A document as PDF/A-2b, set in type by Typst from ``document.typ``: no system fonts, no network, the same bytes each time."""

from __future__ import annotations

import json
from dataclasses import asdict, is_dataclass
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Final, cast

import typst

from .composing import compose
from .document import Document
from .look import STYLES

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
STANDARD: Final = "a-2b"

# What every face of the typeface has. The standard forbids letters without a shape; they are printed as an empty box.
_PRINTS = (
    (0x20, 0x7E),
    (0xA0, 0x377),
    (0x3A3, 0x52F),
    (0x1E00, 0x1EFF),
    (0x2010, 0x2027),
    (0x2030, 0x205E),
    (0x2074, 0x208E),
    (0x20A0, 0x20BE),
    (0x2100, 0x214F),
    (0x2190, 0x2195),
)
_ALSO = frozenset("−√∞≈≠≡≤≥■□\n")
_NO_SHAPE = "□"
_UNUSED_UNTIL_FORGOTTEN = 10

_one_at_a_time = Lock()


def to_pdf(document: Document) -> bytes:
    """The document as the bytes of a PDF/A-2b; the same document always gives the same bytes.

    Raises RuntimeError when the fonts have not been gathered.
    """
    flow = compose(document)
    told = json.dumps(flow, default=_plain, ensure_ascii=False)
    stamp = datetime.combine(flow.stamp, time(), UTC)
    with _one_at_a_time:
        inputs = {"flow": _printable(told), "styles": _styles()}
        printed = cast(bytes, _compiler().compile(format="pdf", pdf_standards=STANDARD, sys_inputs=inputs, timestamp=stamp))
        _forget()
    return printed


def _plain(part: Any) -> Any:
    """A part of the flow for the template: its fields, and what it is. Which rows are kept together is Word's concern."""
    return {"is": type(part).__name__, **vars(part)} if is_dataclass(part) else str(part)


@cache
def _styles() -> str:
    return json.dumps({key: asdict(style) for key, style in STYLES.items()})


@cache
def _compiler() -> typst.Compiler:
    """One compiler for the life of the process: it remembers the fonts and the template."""
    if not list(FONTS.glob("*.ttf")):
        raise RuntimeError(f"no fonts in {FONTS.name}/: run `make setup`")
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
    return typst.Compiler(HERE / "document.typ", root=HERE, font_paths=fonts)


def _forget() -> None:
    """Frees what was remembered of the last document: 20 MB of a province's report, kept until unused for ten compilations."""
    for _ in range(_UNUSED_UNTIL_FORGOTTEN + 1):
        _nothing().compile(format="svg")


@cache
def _nothing() -> typst.Compiler:
    return typst.Compiler(HERE / "nothing.typ", root=HERE, font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False))


def _printable(text: str) -> str:
    return "".join(char if _has_shape(char) else _NO_SHAPE for char in text)


@cache
def _has_shape(char: str) -> bool:
    return char in _ALSO or any(first <= ord(char) <= last for first, last in _PRINTS)
