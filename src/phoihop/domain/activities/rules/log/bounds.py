"""What a file is and how far it stretches, before it is opened: two cells at opposite corners would ask for gigabytes."""

from __future__ import annotations

import io
import re
import zipfile

from django.utils.translation import gettext_lazy as _

from phoihop.kernel import gates
from phoihop.kernel.gates import media
from phoihop.kernel.gates.archive import Bounds, Package
from phoihop.kernel.gates.refusals import refuse
from phoihop.kernel.gates.sheets import beside_cells
from phoihop.kernel.upload import Upload
from phoihop.kernel.verdict import Refused, Verdict

MOST_ROWS = 60_000
MOST_COLUMNS = 256
MOST_REPEATS = 500
_MEGABYTE = 1 << 20
_CHUNK = 1 << 20
_OVERLAP = 4096
_FAR_COLUMN = re.compile(rb'<c r="(?:[A-Z]{3}|[J-Z][A-Z]|I[W-Z])\d')
_FAR_ROW = re.compile(rb'r="(?:[A-Z]{1,3})?(?:[1-9]\d{5,}|[6-9]\d{4})"')
_REPEATED_CELL = re.compile(rb'number-columns-repeated="(\d+)"[^>]*(?:value-type|formula)|(?:value-type|formula)[^>]*number-columns-repeated="(\d+)"')
_REPEATED_ROW = re.compile(rb'number-rows-repeated="(\d{3,})"[^>]*>(.{0,2000})', re.DOTALL)
_SHEET = re.compile(r"^(?:xl/worksheets/[^/]+\.xml|content\.xml)$")
_ODS = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
_OLD_MACRO = "_VBA_PROJECT".encode("utf-16-le")
_REFUSED = {media.PROGRAM: "file-program", media.MARKUP: "file-program", media.LOCKED_OFFICE: "file-locked", media.BROKEN_ARCHIVE: "file-unreadable"}


def check_log(upload: Upload) -> None:
    """Raise Refused for a file that is no spreadsheet, too big, locked, or holds macros; its texts are judged cell by cell later.

    More kinds than an attachment may be: the file itself is not kept, so that old .xls and .ods are safe to read.
    """
    try:
        _check(upload)
    except Refused:
        raise
    except Exception:  # a file made to do harm can make a reader of archives raise anything; all of it means: unreadable
        refuse("file-unreadable")


def _check(upload: Upload) -> None:
    if not upload.size:
        refuse("file-empty")
    if upload.size > gates.limits.upload:
        refuse("file-too-big", f"{gates.limits.upload // _MEGABYTE} MB")
    kind = media.media_of(upload)
    if kind == media.XLSX:
        _check_package(upload.content)
    elif kind == media.ARCHIVE and _ODS in upload.content[:200]:
        _check_archive(upload.content)
    elif kind == media.OLD_OFFICE:
        if _OLD_MACRO in upload.content:
            refuse("file-macro")
    elif kind in _REFUSED:
        refuse(_REFUSED[kind], media.NAMES.get(kind, kind))
    elif kind != media.CSV:
        raise Refused(_no_spreadsheet())


def said_beside(content: bytes) -> list[str]:
    """What a workbook says beside its cells; nothing for other kinds, which say it in cells or not at all."""
    if media.media_of(Upload("", content)) != media.XLSX:
        return []
    return list(beside_cells(Package(content, gates.limits.entries, Bounds(gates.limits.unpacked, lambda: None))))


def _check_package(content: bytes) -> None:
    package = Package(content, gates.limits.entries, Bounds(gates.limits.unpacked, lambda: None))
    package.check_links()
    _check_archive(content)


def _check_archive(content: bytes) -> None:
    """Refuse a packed workbook that is too wide, too long, unpacks to far more than it weighs, or runs something."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        members = packed.infolist()
        if sum(m.file_size for m in members) > gates.limits.unpacked:
            refuse("file-bomb")
        if any(m.filename.startswith(("Basic/", "Scripts/")) for m in members):
            refuse("file-macro")
        for member in members:
            if _SHEET.match(member.filename):
                _check_sheet(packed, member)


def _check_sheet(packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    tail, read = b"", 0
    with packed.open(member) as sheet:
        while chunk := sheet.read(_CHUNK):
            read += len(chunk)
            if read > gates.limits.unpacked:
                refuse("file-bomb")
            piece = tail + chunk
            if _FAR_COLUMN.search(piece) or _FAR_ROW.search(piece) or _repeats(piece):
                raise Refused(_too_far())
            tail = piece[-_OVERLAP:]


def _repeats(piece: bytes) -> bool:
    """LibreOffice writes a cell or row once and how often it stands there; harmless while it is empty, as at the end of each sheet."""
    cells = any(int(n) > MOST_COLUMNS for pair in _REPEATED_CELL.findall(piece) for n in pair if n)
    return cells or any(int(n) > MOST_REPEATS and b"value-type" in row.partition(b"</table:table-row>")[0] for n, row in _REPEATED_ROW.findall(piece))


def _no_spreadsheet() -> Verdict:
    return Verdict("no-spreadsheet", _("Tệp này không phải bảng tính. Hãy lưu lại thành .xlsx, .xls, .ods hoặc .csv rồi gửi."), "upload")


def _too_far() -> Verdict:
    return Verdict(
        "sheet-too-big",
        _("Bảng tính trải quá rộng hoặc quá dài (nhiều nhất 256 cột, 60.000 dòng). Hãy xóa các ô thừa ở xa bảng, hoặc tách thành nhiều tệp."),
        "upload",
    )
