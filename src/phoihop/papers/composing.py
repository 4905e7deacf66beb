"""From a document to what is printed: numbered, worded and cut where the decree orders it."""

from __future__ import annotations

from . import wording
from .cells import NO_ROWS, Cell, Figure, Table, header_places, header_rows, legend, shown
from .document import Appendix, Blank, Block, Document, Heading, Item, Paragraph, Run, Signature, runs
from .flow import Flow, Grid, Line, Pair, Piece, Printed, Section, Slot, cleaned
from .look import ACROSS, HEAD_RIGHT, STYLES, UPRIGHT, Page
from .numbering import Counter, Level
from .widths import balanced, bold_width, rule_length

_TITLE_STYLES = {
    Level.PART: "title-part",
    Level.CHAPTER: "title-chapter",
    Level.SECTION: "title-section",
    Level.SUBSECTION: "title-subsection",
    Level.ARTICLE: "article",
    Level.GROUP: "group",
    Level.CLAUSE: "clause",
}
# An abstract is set narrower than the page, so that the rule below it has a line to be measured by.
_ABSTRACT_ROOM = 140.0
_GAP = Line("gap", ())
_BLANK_DOTS = "…" * 33


def compose(document: Document) -> Flow:
    """The whole document, ready to print."""
    sections = [_main(document)]
    total = len(document.appendices)
    sections += [_appendix(document, appendix, wording.appendix_label(number, total)) for number, appendix in enumerate(document.appendices, 1)]
    return Flow(
        title=cleaned(" ".join(f"{document.kind} {document.abstract}".split())),
        author=cleaned(", ".join(" ".join(issuer.name.split()) for issuer in document.issuers)),
        stamp=wording.stamp_day(document),
        sections=tuple(sections),
        banner=wording.banner(document),
        provenance=cleaned(wording.provenance_line(document.provenance) if document.provenance else document.foot),
    )


def _main(document: Document) -> Section:
    page = ACROSS if document.landscape else UPRIGHT
    items: list[Printed] = []
    if document.issuers:
        items += _heading(document, page)
    items += _title(document)
    items += _addressees(document.addressees)
    items += [_line("basis", text) for text in wording.basis_lines(document.bases)]
    items += _body(document.body, page, ends=bool(document.signatures))
    foot = _foot(document, page)
    items += [_GAP, *foot] if foot else []
    return Section(page, tuple(items))


def _addressees(names: tuple[str, ...]) -> list[Line]:
    first, *others = wording.addressee_lines(names) or [""]
    if not first:
        return []
    return [_line("addressee-many" if others else "addressee", first), *(_line("addressee-item", text) for text in others)]


def _line(style: str, text: str, rule: float = 0, *, boxed: bool = False) -> Line:
    return Line(style, (Piece(cleaned(text)),), rule, boxed)


def _heading(document: Document, page: Page) -> list[Printed]:
    """Boxes 1 to 5b of the decree's plan: body and number on the left, country, place and day on the right."""
    right = HEAD_RIGHT if document.national else page.room / 2
    room = page.room - right
    top = _bodies(document, room)
    nation = [_line("nation", wording.NATION), _line("motto", wording.MOTTO, bold_width(wording.MOTTO, STYLES["motto"].size))] if document.national else []
    below = []
    if document.number is not None or document.symbol:
        below.append(_line("number", f"Số: {wording.number_and_symbol(document.number, document.symbol)}"))
    if not document.kind and document.abstract:
        below.append(_line("subject", "\n".join(balanced(f"V/v {document.abstract}", STYLES["subject"].size, room))))
    if document.circulation:
        below.append(_line("circulation", document.circulation.value, boxed=True))
    place = [_line("place", wording.place_and_day(document.issued))] if document.issued else []
    widths = (page.room - right, right)
    rows = [Pair(tuple(top), tuple(nation), widths), Pair(tuple(below), tuple(place), widths)]
    return [row for row in rows if row.left or row.right]


def _bodies(document: Document, room: float) -> list[Line]:
    superiors = {issuer.superior for issuer in document.issuers}
    superior = superiors.pop() if len(superiors) == 1 else ""
    above = wording.name_lines(superior, STYLES["superior"].size, room)
    size = STYLES["issuer"].size
    names = [line for name in wording.issuer_names(document.issuers) for line in wording.name_lines(name, size, room)]
    return [_line("superior", text) for text in above] + _ruled("issuer", names, rule_length(names, size, room))


def _title(document: Document) -> list[Line]:
    """Box 5a; an official letter has its abstract under the number, and what has no heading simply begins with it."""
    if document.issuers and not document.kind:
        return []
    return _titled("kind", document.kind.upper(), "abstract", document.abstract, rule=bool(document.kind))


def _titled(first: str, label: str, second: str, title: str, *, rule: bool = False) -> list[Line]:
    size = STYLES[second].size
    cut = balanced(title, size, _ABSTRACT_ROOM)
    lines = [_line(first, label)] if label else []
    return lines + _ruled(second, cut, rule_length(cut, size, _ABSTRACT_ROOM) if rule else 0)


def _ruled(style: str, texts: list[str], rule: float) -> list[Line]:
    """Lines of one style with a rule below the last."""
    return [_line(style, text, rule if number == len(texts) else 0) for number, text in enumerate(texts, 1)]


def _body(blocks: tuple[Block, ...], page: Page, *, ends: bool) -> list[Printed]:
    counter = Counter()
    items = [item for block in blocks for item in _block(block, counter, page)]
    last = items[-1] if items else None
    if ends and isinstance(last, Line) and last.text.strip() and isinstance(blocks[-1], Item | Paragraph):
        items[-1] = _closing(last)
    return items


def _closing(line: Line) -> Line:
    """The last sentence, closed as the decree's forms close it and kept on one page with what follows."""
    last = line.pieces[-1]
    end = wording.closed(last.text) if not last.figure else last.text
    tail = (Piece(end, last.bold, last.italic, last.figure),) + ((Piece("./."),) if last.figure else ())
    return Line(line.style, line.pieces[:-1] + tail, line.rule, line.boxed, keep=True)


def _block(block: Block, counter: Counter, page: Page) -> list[Printed]:
    match block:
        case Heading():
            return list(_division(block, counter.next(block.level)))
        case Item():
            label = counter.next(block.level)
            face = block.level is Level.ARTICLE
            return [Line("text", (Piece(f"{label} ", bold=face), *_pieces(runs(block.text))))]
        case Paragraph():
            return [Line("text" if block.align == "justify" else f"text-{block.align}", _pieces(runs(block.text)))]
        case Blank():
            return [_line("blank", _BLANK_DOTS) for _ in range(block.lines)]
        case Table():
            return _table(block, page)


def _division(heading: Heading, label: str) -> list[Line]:
    style = _TITLE_STYLES[heading.level]
    if heading.level in (Level.PART, Level.CHAPTER, Level.SECTION, Level.SUBSECTION):
        return [_line("label", label), _line(style, heading.title.upper())]
    title = heading.title.upper() if heading.level is Level.GROUP else heading.title
    return [_line(style, f"{label} {title}")]


def _pieces(parts: tuple[Run, ...]) -> tuple[Piece, ...]:
    return tuple(
        Piece(part.text.text(), part.bold, part.italic, figure=True) if isinstance(part.text, Figure) else Piece(cleaned(part.text), part.bold, part.italic)
        for part in parts
    )


def _table(table: Table, page: Page) -> list[Printed]:
    items: list[Printed] = []
    if table.title:
        items.append(_line("table-title", table.title))
    if table.unit:
        items.append(_line("table-unit", table.unit))
    if not items:
        items.append(_GAP)
    items.append(_grid(table, page.room))
    return items + ([_line("table-note", note) for note in legend(table)] or [_GAP])


def _grid(table: Table, room: float) -> Grid:
    weight = sum(column.width for column in table.columns)
    header: list[list[Slot]] = [[] for _ in header_rows(table)]
    for place in header_places(table):
        header[place.row].append(Slot(cleaned(place.cell.text), "center", bold=True, columns=place.cell.columns, rows=place.cell.rows))
    rows = [_slots(row.cells, table, bold=row.kind != "plain") for row in table.rows]
    if not rows:
        rows = [(Slot(NO_ROWS["vi"], "center", columns=len(table.columns)),)]
    keeps = {n for n, row in enumerate(table.rows) if row.kind == "group" or (n + 1 < len(rows) and table.rows[n + 1].kind == "total")}
    return Grid(
        widths=tuple(round(room * column.width / weight, 2) for column in table.columns),
        header=tuple(tuple(row) for row in header),
        rows=tuple(rows),
        keeps=frozenset(keeps),
        style=f"cell-{table.size}",
    )


def _slots(cells: tuple[Cell, ...], table: Table, *, bold: bool) -> tuple[Slot, ...]:
    if len(cells) < len(table.columns):
        return (Slot(cleaned(shown(cells[0])), "left", bold=bold, columns=len(table.columns)),)
    return tuple(
        Slot(cleaned(shown(cell)), column.align, figure=cell is None or isinstance(cell, Figure), bold=bold)
        for cell, column in zip(cells, table.columns, strict=True)
    )


def _foot(document: Document, page: Page) -> list[Printed]:
    """Boxes 7 and 9b: recipients beside the one signature; of several signatures two in a row, recipients below."""
    half = page.room / 2
    widths = (half, page.room - half)
    listed = wording.recipient_lines(document) if document.recipients or document.archive else []
    recipients = (_line("recipients", "Nơi nhận:"), *(_line("recipient", text) for text in listed)) if listed else ()
    signed = [_signed(signature, half) for signature in document.signatures]
    if len(signed) < 2:
        return [Pair(recipients, signed[0] if signed else (), widths)] if recipients or signed else []
    couples = [Pair(left, right, widths) for left, right in zip(signed[::2], [*signed[1::2], ()], strict=False)]
    if recipients:
        couples.append(Pair(recipients, (), widths))
    foot: list[Printed] = []
    for row in couples:
        foot += [_GAP, row]
    return foot[1:]


def _signed(signature: Signature, room: float) -> tuple[Line, ...]:
    lines = [_line("signing-body", text) for text in wording.name_lines(signature.body, STYLES["signing-body"].size, room - 4)]
    lines += [_line("authority", text) for text in wording.authority_lines(signature)]
    lines.append(_line("signature", signature.other_post.upper()))
    return (*lines, _line("signatory", wording.signatory(signature)))


def _appendix(document: Document, appendix: Appendix, label: str) -> Section:
    page = ACROSS if appendix.landscape else UPRIGHT
    items: list[Printed] = list(_titled("appendix", label, "appendix-title", appendix.title.upper()))
    if document.issuers:
        items.append(_line("appendix-with", wording.sent_with(document), rule=40.0))
    return Section(page, (*items, *_body(appendix.body, page, ends=False)))
