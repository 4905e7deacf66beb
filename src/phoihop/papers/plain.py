""" "Chép tin": a document as plain text, to be read out over a telephone or pasted into a message."""

from __future__ import annotations

from itertools import groupby

from .composing import compose
from .document import Document
from .flow import Grid, Line, Printed, Slot

_BETWEEN_CELLS = " | "
# Names and titles that print cuts into lines; in plain text they are whole again.
_CUT_BY_PRINT = {"superior", "issuer", "abstract", "appendix-title"}


def to_text(document: Document) -> str:
    """All that the printed document says, one paragraph or table row to a line; ends with a line break."""
    flow = compose(document)
    said = [text for section in flow.sections for _, text in _whole([pair for item in section.items for pair in _said(item)])]
    return "".join(f"{text}\n" for text in [flow.banner, *said, flow.provenance] if text.strip())


def _said(item: Printed) -> list[tuple[str, str]]:
    """Each paragraph or row with its style."""
    match item:
        case Line():
            return [(item.style, item.text)]
        case Grid():
            return [(item.style, _row(slots)) for slots in (*item.header, *item.rows)]
    return [(line.style, line.text) for line in (*item.left, *item.right)]


def _whole(said: list[tuple[str, str]]) -> list[tuple[str, str]]:
    out: list[tuple[str, str]] = []
    for style, run in groupby(said, key=lambda pair: pair[0]):
        texts = [text for _, text in run]
        out += [(style, " ".join(texts))] if style in _CUT_BY_PRINT else [(style, text) for text in texts]
    return out


def _row(slots: tuple[Slot, ...]) -> str:
    return _BETWEEN_CELLS.join(" ".join(slot.text.split()) for slot in slots)
