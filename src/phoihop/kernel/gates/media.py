"""What a file is, told by its content. Its name proves nothing."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import Counter

from ..letters import decoded
from ..upload import Upload

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF, PNG, JPEG, WEBP = "application/pdf", "image/png", "image/jpeg", "image/webp"
CSV, TEXT = "text/csv", "text/plain"
PICTURES = frozenset({PNG, JPEG, WEBP})
SHEETS = frozenset({XLSX, CSV})
SCANS = PICTURES | {PDF}
READ = SCANS | SHEETS | {DOCX, TEXT}
_PROMISED = {".pdf": {PDF}, ".docx": {DOCX}, ".xlsx": {XLSX}} | dict.fromkeys((".png", ".jpg", ".jpeg", ".webp"), PICTURES)

# Told apart only to say what is wrong with them.
PROGRAM, MARKUP, OLD_OFFICE, LOCKED_OFFICE = "application/x-executable", "text/html", "application/x-ole-storage", "application/encrypted"
HEIC, TIFF, ARCHIVE, UNKNOWN = "image/heic", "image/tiff", "application/zip", "application/octet-stream"
BROKEN_ARCHIVE = "application/x-broken-zip"
NAMES = {
    PROGRAM: ".exe, .sh", MARKUP: ".html, .svg", OLD_OFFICE: ".doc, .xls", HEIC: ".heic", TIFF: ".tif", ARCHIVE: ".zip", UNKNOWN: "?",
}  # fmt: skip

_PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"dex\n",
    b"L\x00\x00\x00\x01\x14\x02\x00",
)
_SCRIPT = re.compile(r"\s*(?:@echo off|<\?php|powershell|\$ErrorActionPreference|Sub \w+\(\)|WScript\.)", re.IGNORECASE)
_MARKUP = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype|html|svg|script|body|head|iframe|xml|hta)\b", re.IGNORECASE | re.DOTALL)
_TIFF = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CONTROLS = frozenset(range(32)) - {9, 10, 12, 13, 27}
_SAMPLE = 64 * 1024


def media_of(upload: Upload) -> str:
    """The media type of a file by its content; ``application/octet-stream`` for what the gates do not know."""
    head = upload.content[:_SAMPLE]
    for mark, media in ((b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG), (b"PK\x03\x04", ""), (b"PK\x05\x06", ARCHIVE), (_OLE, "")):
        if head.startswith(mark):
            return media or (_of_archive(upload.content) if head.startswith(b"PK") else _of_ole(upload.content))
    if head.startswith(_PROGRAMS):
        return PROGRAM
    if head.startswith(_TIFF):
        return TIFF
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head[4:8] == b"ftyp":
        return HEIC if head[8:12] in (b"heic", b"heix", b"hevc", b"mif1", b"msf1") else UNKNOWN
    if b"%PDF-" in head[:1024]:
        return PDF
    return _of_text(head)


def disguise(name: str, kind: str) -> str:
    """The ending of a name that promises another kind than the content is; empty if it keeps its word or promises nothing."""
    ending = f".{name.rpartition('.')[2].strip().lower()}"
    return ending if kind in READ and kind not in _PROMISED.get(ending, READ) else ""


def _of_archive(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = set(packed.namelist())
    except Exception:  # a damaged archive can make zipfile raise anything
        return BROKEN_ARCHIVE
    if "word/document.xml" in names:
        return DOCX
    return XLSX if "xl/workbook.xml" in names else ARCHIVE


def _of_ole(content: bytes) -> str:
    return LOCKED_OFFICE if "EncryptedPackage".encode("utf-16-le") in content else OLD_OFFICE


def _of_text(head: bytes) -> str:
    wide = head[:2] in (b"\xff\xfe", b"\xfe\xff") or head[:400].count(0) > len(head[:400]) // 4
    if not head or (not wide and _CONTROLS & set(head)):
        return UNKNOWN
    text = decoded(head[: len(head) & ~1] if wide else head)
    if wide and any(ord(c) in _CONTROLS for c in text[:2000]):
        return UNKNOWN
    if _MARKUP.match(text):
        return MARKUP
    if _SCRIPT.match(text):
        return PROGRAM
    return CSV if delimiter_of(text) else TEXT


def delimiter_of(text: str) -> str:
    """What splits most lines into the same number of cells; empty if the text is no table."""
    lines = [line for line in text.splitlines()[:50] if line.strip()]
    for delimiter in "\t;,|":
        try:
            widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter))
        except csv.Error:
            continue
        width, count = widths.most_common(1)[0] if widths else (1, 0)
        if width > 1 and count >= max(2, len(lines) // 2):
            return delimiter
    return ""
