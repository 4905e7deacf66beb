"""A document as a .docx that an officer can go on editing: real styles, real tables, nothing floating."""

from __future__ import annotations

import io
import zipfile
from copy import deepcopy
from datetime import datetime, time
from functools import cache
from typing import Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.ns import qn
from docx.shared import Mm

from .composing import compose
from .document import Document
from .flow import Flow, Grid, Line, Pair, Section
from .look import FONT, STYLES
from .word_xml import FIGURE_STYLE, el, grid_xml, line_xml, pair_xml, paragraph, run, style_id, style_xml

LANGUAGE = "vi-VN"
# What the library's own template brings along and a document of ours has no use for.
_UNWANTED = ("thumbnail", "customXml", "stylesWithEffects", "numbering", "webSettings", "theme", "fontTable", "extended-properties")
# The earliest time a zip archive can carry: files are the same bytes whenever they are made.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def to_docx(document: Document) -> bytes:
    """The document as the bytes of a .docx; the same document always gives the same bytes."""
    flow = compose(document)
    paper = docx.Document(io.BytesIO(_blank()))
    _name(paper, flow)
    for number, section in enumerate(flow.sections):
        place = paper.sections[0] if number == 0 else _next_section(paper)
        _set_page(place, section, flow)
        last = paper.element.body.sectPr
        for element in _elements(section):
            last.addprevious(element)
    return _saved(paper)


def _elements(section: Section) -> list[Any]:
    """The section's paragraphs and tables. Two tables that touch would grow together in Word: a thin line keeps them apart."""
    made: list[Any] = []
    for item in section.items:
        new = _item(item, section.page.room)
        if made and made[-1].tag == new[0].tag == qn("w:tbl"):
            made.append(paragraph("rule"))
        made += new
    if made and made[-1].tag == qn("w:tbl"):
        made.append(paragraph("rule"))
    return made


def _item(item: Line | Grid | Pair, room: float) -> list[Any]:
    match item:
        case Line():
            return line_xml(item, room)
        case Grid():
            return [grid_xml(item)]
        case Pair():
            return [pair_xml(item)]


def _next_section(paper: Any) -> Any:
    place = paper.add_section(WD_SECTION.NEW_PAGE)
    numbering = el("pgNumType", {"start": 1})
    place._sectPr.find(qn("w:pgMar")).addnext(numbering)
    return place


def _set_page(place: Any, section: Section, flow: Flow) -> None:
    page = section.page
    place.orientation = WD_ORIENT.LANDSCAPE if page.width > page.height else WD_ORIENT.PORTRAIT
    place.page_width, place.page_height = Mm(page.width), Mm(page.height)
    place.top_margin, place.bottom_margin = Mm(page.top), Mm(page.bottom)
    place.left_margin, place.right_margin = Mm(page.left), Mm(page.right)
    place.header_distance, place.footer_distance = Mm(8), Mm(8)
    place.different_first_page_header_footer = True
    banner = [paragraph("banner", run(flow.banner))] if flow.banner else []
    number = paragraph("page-number", el("fldSimple", {"instr": "PAGE"}, run("2")))
    source = [paragraph("provenance", run(flow.provenance))] if flow.provenance else []
    _fill(place.first_page_header, banner)
    _fill(place.header, [number, *banner])
    _fill(place.first_page_footer, source)
    _fill(place.footer, source)


def _fill(furniture: Any, paragraphs: list[Any]) -> None:
    furniture.is_linked_to_previous = False
    root = furniture._element
    for old in list(root):
        root.remove(old)
    for new in paragraphs or [paragraph("rule")]:
        root.append(deepcopy(new))


def _name(paper: Any, flow: Flow) -> None:
    """Core properties: the document's title and its issuing body, never a machine or a user."""
    told = paper.core_properties
    at = datetime.combine(flow.stamp, time())
    told.title, told.author, told.last_modified_by = flow.title[:255], flow.author[:255], ""
    told.created = told.modified = at
    told.comments, told.language, told.revision = "", LANGUAGE, 1


@cache
def _blank() -> bytes:
    """An empty .docx with our styles and nothing of the library's template but its frame."""
    paper = docx.Document()
    for rels in (paper.part.package.rels, paper.part.rels):
        for key in [key for key, rel in rels.items() if rel.reltype.rsplit("/", 1)[-1] in _UNWANTED]:
            del rels[key]
    _set_styles(paper.styles.element)
    _set_settings(paper.settings.element)
    return _saved(paper)


def _set_styles(root: Any) -> None:
    for child in list(root):
        root.remove(child)
    fonts = el("rFonts", {"ascii": FONT, "hAnsi": FONT, "eastAsia": FONT, "cs": FONT})
    language = el("lang", {"val": LANGUAGE, "eastAsia": LANGUAGE, "bidi": "ar-SA"})
    face = el("rPr", None, fonts, el("sz", {"val": 28}), el("szCs", {"val": 28}), language)
    plain = el("pPr", None, el("spacing", {"before": 0, "after": 0, "line": 240, "lineRule": "auto"}))
    root.append(el("docDefaults", None, el("rPrDefault", None, face), el("pPrDefault", None, plain)))
    root.append(el("style", {"type": "paragraph", "default": 1, "styleId": "Normal"}, el("name", {"val": "Normal"}), el("qFormat")))
    root.append(el("style", {"type": "character", "default": 1, "styleId": "DefaultParagraphFont"}, el("name", {"val": "Default Paragraph Font"})))
    root.append(el("style", {"type": "table", "default": 1, "styleId": "TableNormal"}, el("name", {"val": "Normal Table"})))
    root.append(el("style", {"type": "character", "customStyle": 1, "styleId": style_id("figure")}, el("name", {"val": FIGURE_STYLE})))
    for key, style in STYLES.items():
        root.append(style_xml(key, style))


def _set_settings(root: Any) -> None:
    for child in list(root):
        root.remove(child)
    mode = {"name": "compatibilityMode", "uri": "http://schemas.microsoft.com/office/word", "val": 15}
    root.extend([el("defaultTabStop", {"val": 567}), el("compat", None, el("compatSetting", mode)), el("themeFontLang", {"val": LANGUAGE})])


def _saved(paper: Any) -> bytes:
    """The file with every date in the archive the same."""
    raw, out = io.BytesIO(), io.BytesIO()
    paper.save(raw)
    with zipfile.ZipFile(raw) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in made.namelist():
            kept.writestr(zipfile.ZipInfo(name, _NO_TIME), made.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
