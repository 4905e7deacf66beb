"""The pieces of WordprocessingML a document is made of: paragraphs, rules, tables, all as an officer's Word would write them."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from .flow import Grid, Line, Pair, Piece, Slot
from .look import STYLES, Style

# The character style every figure wears: it changes nothing on paper, and lets figures be found in an edited file.
FIGURE_STYLE = "Số liệu"
_SINGLE = 240
_HAIR = {"val": "single", "sz": 4, "space": 0, "color": "000000"}


def twips(mm: float) -> int:
    """Word's unit of length: a twentieth of a point."""
    return round(mm / 25.4 * 1440)


def el(tag: str, attributes: dict[str, Any] | None = None, *children: Any) -> Any:
    """An element of the main namespace; attribute names without prefix are of that namespace too."""
    element = OxmlElement(f"w:{tag}")
    for name, value in (attributes or {}).items():
        element.set(qn(f"w:{name}"), str(value))
    element.extend(children)
    return element


def style_id(key: str) -> str:
    return "PH" + "".join(part.capitalize() for part in key.split("-"))


def style_xml(key: str, style: Style) -> Any:
    """A paragraph style for one entry of the table of looks."""
    return el(
        "style",
        {"type": "paragraph", "customStyle": 1, "styleId": style_id(key)},
        el("name", {"val": style.name}),
        el("basedOn", {"val": "Normal"}),
        el("qFormat"),
        el("pPr", None, *_paragraph_look(style)),
        el("rPr", None, *_face(style.bold, style.italic), el("sz", {"val": round(style.size * 2)}), el("szCs", {"val": round(style.size * 2)})),
    )


def _paragraph_look(style: Style) -> list[Any]:
    look = [el("keepNext")] if style.keep else []
    look.append(el("spacing", {"before": round(style.before * 20), "after": round(style.after * 20), "line": round(style.line * _SINGLE), "lineRule": "auto"}))
    if style.first or style.left:
        look.append(el("ind", {"left": twips(style.left), "firstLine": twips(style.first)}))
    look.append(el("jc", {"val": "both" if style.align == "justify" else style.align}))
    if style.outline:
        look.append(el("outlineLvl", {"val": style.outline - 1}))
    return look


def _face(bold: bool, italic: bool) -> list[Any]:
    return [el("b")] * bold + [el("i")] * italic


def run(text: str, *, bold: bool = False, italic: bool = False, figure: bool = False) -> Any:
    """A run; line breaks of the text become breaks."""
    look = ([el("rStyle", {"val": style_id("figure")})] if figure else []) + _face(bold, italic)
    content: list[Any] = [el("rPr", None, *look)] if look else []
    for number, part in enumerate(text.split("\n")):
        if number:
            content.append(el("br"))
        written = el("t")
        written.text = part
        written.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        content.append(written)
    return el("r", None, *content)


def _piece(piece: Piece) -> Any:
    return run(piece.text, bold=piece.bold, italic=piece.italic, figure=piece.figure)


def paragraph(key: str, *content: Any, look: list[Any] | None = None) -> Any:
    return el("p", None, el("pPr", None, el("pStyle", {"val": style_id(key)}), *(look or [])), *content)


def line_xml(line: Line, room: float) -> list[Any]:
    """A line of the flow: its paragraph, and below it the rule, centred in ``room`` millimetres."""
    look: list[Any] = [el("keepNext")] if line.keep else []
    if line.boxed:
        look += _box(line, room)
    made = [paragraph(line.style, *(_piece(piece) for piece in line.pieces), look=look)]
    return [*made, rule(line.rule, room)] if line.rule else made


def rule(length: float, room: float) -> Any:
    """A rule as an empty paragraph with a border, indented on both sides; no drawing, so that it can be edited and copied."""
    side = twips(max(room - length, 0) / 2)
    look = [
        el("pBdr", None, el("top", _HAIR | {"sz": 6})),
        el("spacing", {"before": 40, "after": 0, "line": 60, "lineRule": "exact"}),
        el("ind", {"left": side, "right": side}),
    ]
    return paragraph("rule", look=look)


def _box(line: Line, room: float) -> list[Any]:
    side = twips(max(room - 52, 0) / 2)
    sides = [el(name, _HAIR | {"sz": 6, "space": 2}) for name in ("top", "left", "bottom", "right")]
    return [el("pBdr", None, *sides), el("ind", {"left": side, "right": side})]


def pair_xml(pair: Pair) -> Any:
    """Two columns without frame, never split over two pages."""
    cells = [_frameless(lines, width) for lines, width in zip((pair.left, pair.right), pair.widths, strict=True)]
    row = el("tr", None, el("trPr", None, el("cantSplit")), *cells)
    return el("tbl", None, _table_look(sum(pair.widths), framed=False), _columns(pair.widths), row)


def _frameless(lines: tuple[Line, ...], width: float) -> Any:
    inside = [element for line in lines for element in line_xml(line, width)] or [paragraph("rule")]
    return el("tc", None, _cell_look(width, across="top"), *inside)


def _table_look(width: float, *, framed: bool) -> Any:
    look = [el("tblW", {"w": twips(width), "type": "dxa"}), el("jc", {"val": "left"})]
    if framed:
        look.append(el("tblBorders", None, *(el(side, _HAIR) for side in ("top", "left", "bottom", "right", "insideH", "insideV"))))
    look.append(el("tblLayout", {"type": "fixed"}))
    margin = 60 if framed else 0
    look.append(el("tblCellMar", None, *(el(side, {"w": margin, "type": "dxa"}) for side in ("left", "right"))))
    return el("tblPr", None, *look)


def _columns(widths: tuple[float, ...]) -> Any:
    return el("tblGrid", None, *(el("gridCol", {"w": twips(width)}) for width in widths))


def _cell_look(width: float, columns: int = 1, merge: str = "", across: str = "center") -> Any:
    look = [el("tcW", {"w": twips(width), "type": "dxa"})]
    if columns > 1:
        look.append(el("gridSpan", {"val": columns}))
    if merge:
        look.append(el("vMerge", {"val": merge} if merge == "restart" else None))
    look.append(el("vAlign", {"val": across}))
    return el("tcPr", None, *look)


def grid_xml(grid: Grid) -> Any:
    """A table with real header rows, repeated on each page."""
    rows = [_row(slots, grid, heading=True) for slots in _with_merged(grid)]
    rows += [_row([(slot, "") for slot in slots], grid, keep=number in grid.keeps) for number, slots in enumerate(grid.rows)]
    return el("tbl", None, _table_look(sum(grid.widths), framed=True), _columns(grid.widths), *rows)


def _with_merged(grid: Grid) -> list[list[tuple[Slot, str]]]:
    """Header rows in which a cell that reaches further down is repeated, empty and merged, as Word wants it."""
    rows: list[dict[int, tuple[Slot, str]]] = [{} for _ in grid.header]
    for r, slots in enumerate(grid.header):
        column = 0
        for slot in slots:
            while any(c <= column < c + held.columns for c, (held, _) in rows[r].items()):
                column += 1
            for below in range(slot.rows):
                rows[r + below][column] = (slot, "" if slot.rows == 1 else "continue" if below else "restart")
    return [[row[column] for column in sorted(row)] for row in rows]


def _row(slots: list[tuple[Slot, str]], grid: Grid, *, heading: bool = False, keep: bool = False) -> Any:
    look = [el("cantSplit")] + ([el("tblHeader")] if heading else [])
    cells, column = [], 0
    for slot, merge in slots:
        width = sum(grid.widths[column : column + slot.columns])
        cells.append(_cell(slot, merge, width, grid.style, keep=heading or keep))
        column += slot.columns
    return el("tr", None, el("trPr", None, *look), *cells)


def _cell(slot: Slot, merge: str, width: float, style: str, *, keep: bool) -> Any:
    look = [el("keepNext")] if keep else []
    if slot.align != STYLES[style].align:
        look.append(el("jc", {"val": slot.align}))
    content = [] if merge == "continue" else [run(slot.text, bold=slot.bold, figure=slot.figure)]
    return el("tc", None, _cell_look(width, slot.columns, merge), paragraph(style, *content, look=look))
