"""How far a packed workbook stretches, before it is opened: two cells at opposite corners would ask for gigabytes."""

from __future__ import annotations

import io
import re
import zipfile

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.verdict import Refused, Verdict

MOST_ROWS = 60_000
MOST_COLUMNS = 256
MOST_UNPACKED = 400 * 1024 * 1024
_CHUNK = 1 << 20
_OVERLAP = 64
_FAR_COLUMN = re.compile(rb'<c r="(?:[A-Z]{3}|[J-Z][A-Z]|I[W-Z])\d')
_FAR_ROW = re.compile(rb'r="(?:[A-Z]{1,3})?(?:[1-9]\d{5,}|[6-9]\d{4})"')
_REPEATED_CELL = re.compile(rb'number-(?:columns|rows)-repeated="(\d+)"[^>]*(?:value|formula)')
_SHEET = re.compile(r"^(?:xl/worksheets/[^/]+\.xml|content\.xml)$")


def check_extent(content: bytes) -> None:
    """Refuse a packed workbook that is too wide, too long, or unpacks to far more than it weighs."""
    if content[:2] != b"PK":
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            members = packed.infolist()
            if sum(m.file_size for m in members) > MOST_UNPACKED:
                raise Refused(_too_big())
            for member in members:
                if _SHEET.match(member.filename):
                    _check_sheet(packed, member)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError) as broken:
        raise Refused(
            Verdict("file-broken", _("Tệp bị hỏng hoặc không phải bảng tính. Hãy mở bằng phần mềm bảng tính, lưu lại dạng .xlsx rồi đưa vào."), "upload")
        ) from broken


def _check_sheet(packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    tail, read = b"", 0
    with packed.open(member) as sheet:
        while chunk := sheet.read(_CHUNK):
            read += len(chunk)
            piece = tail + chunk
            far = read > MOST_UNPACKED or _FAR_COLUMN.search(piece) or _FAR_ROW.search(piece)
            if far or any(int(n) > MOST_COLUMNS for n in _REPEATED_CELL.findall(piece)):
                raise Refused(_too_big())
            tail = piece[-_OVERLAP:]


def _too_big() -> Verdict:
    return Verdict(
        "sheet-too-big",
        _("Bảng tính trải quá rộng hoặc quá dài (nhiều nhất 256 cột, 60.000 dòng). Hãy xóa các ô thừa ở xa bảng, hoặc tách thành nhiều tệp."),
        "upload",
    )
