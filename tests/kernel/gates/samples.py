"""Files for the gates, made anew for each test: good ones, and ones made to do harm."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import docx
import typst
import xlsxwriter
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.actions import JavaScript
from pypdf.annotations import Link
from pypdf.generic import NameObject

from phoihop.kernel.upload import Upload

PHONE = "0912 345 678"
GPS = 0x8825


def a_docx(*paragraphs: str, table: Iterable[Iterable[str]] = (), header: str = "", comment: str = "", subject: str = "") -> Upload:
    made = docx.Document()
    made.core_properties.subject = subject
    for text in paragraphs:
        made.add_paragraph(text)
    rows = [list(row) for row in table]
    if rows:
        grid = made.add_table(len(rows), len(rows[0]))
        for r, row in enumerate(rows):
            for c, text in enumerate(row):
                grid.cell(r, c).text = text
    if header:
        made.sections[0].header.paragraphs[0].text = header
    if comment:
        made.add_comment(made.paragraphs[0].runs, text=comment, author="")
    return Upload("van-ban.docx", _saved(made.save))


def an_xlsx(*rows: Iterable[Any], comment: str = "", sheet: str = "Sổ tuần tra", box: str = "", footer: str = "") -> Upload:
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, {"in_memory": True})
    page = book.add_worksheet(sheet)
    for r, row in enumerate(rows):
        page.write_row(r, 0, list(row))
    if comment:
        page.write_comment("A1", comment)
    if box:
        page.insert_textbox("D4", box)
    if footer:
        page.set_footer(footer)
    book.close()
    return Upload("so-tuan-tra.xlsx", kept.getvalue())


@cache
def a_pdf(*pages: str, name: str = "bao-cao.pdf") -> Upload:
    return Upload(name, bytes(typst.compile("\n#pagebreak()\n".join(pages).encode())))


def a_scan() -> Upload:
    """A page that is a picture and nothing else."""
    return Upload("ban-chup.pdf", _saved(lambda kept: Image.new("RGB", (200, 280), "white").save(kept, "PDF")))


def a_locked_pdf(password: str = "1", owner: str | None = None) -> Upload:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(a_pdf("Patrol log").content)))
    writer.encrypt(password, owner)
    return Upload("khoa.pdf", _saved(writer.write))


def a_pdf_with(**what: Any) -> Upload:
    """With a ``script`` that runs when it is opened, a link that ``launches`` a program, an ``attachment`` inside, a ``title``, a ``heading`` beside its pages."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(a_pdf("Patrol log").content)))
    if "script" in what:
        writer.add_open_action(JavaScript(what["script"]))
    if "attachment" in what:
        writer.add_attachment("so.xlsx", what["attachment"])
    if "launches" in what:
        writer.add_annotation(0, Link(rect=(0, 0, 9, 9), url="x"))
        writer.pages[0]["/Annots"][0].get_object()["/A"][NameObject("/S")] = NameObject("/Launch")
    if "heading" in what:
        above = writer.add_outline_item(title="Phần I", page_number=0)
        writer.add_outline_item(title=what["heading"], page_number=0, parent=above)
    if "title" in what:
        writer.add_metadata({"/Title": what["title"]})
    return Upload("kem.pdf", _saved(writer.write))


def a_photo(kind: str = "JPEG", size: tuple[int, int] = (640, 480), mode: str = "RGB") -> Upload:
    """Taken with a telephone that writes place, camera and time into it, lying on its side."""
    picture = Image.new(mode, size, "green" if mode == "RGB" else (0, 128, 0, 100))
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0112], exif[0x0132] = "Camera maker", "Camera model", 6, "2026:06:12 19:30:45"
    exif.get_ifd(GPS)[2] = (10.0, 14.0, 35.0)
    return Upload(f"IMG_20260612.{kind.lower()}", _saved(lambda kept: picture.save(kept, kind, exif=exif)))


def repacked(upload: Upload, name: str = "", put: Mapping[str, bytes] = {}, drop: Iterable[str] = ()) -> Upload:
    """An office file with some entries put in, replaced or dropped."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(upload.content)) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            if entry not in put and entry not in drop:
                new.writestr(entry, old.read(entry))
        for entry, content in put.items():
            new.writestr(entry, content)
    return Upload(name or upload.name, kept.getvalue())


def entry(upload: Upload, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(upload.content)) as packed:
        return packed.read(name)


def _saved(save: Any) -> bytes:
    kept = io.BytesIO()
    save(kept)
    return kept.getvalue()
