"""A file before the gates: what it is by its content, whether it can be read whole, and what its texts say."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256

from django.utils.translation import gettext_lazy as _

from ..upload import Upload
from ..verdict import YES, Refused, Verdict
from . import media
from .archive import Bounds, Package
from .documents import of_docx, of_text
from .judging import Reading, sift
from .media import media_of
from .pages import of_pdf
from .pictures import check_picture, without_traces
from .pieces import Piece, about
from .refusals import refuse, verdict
from .sheets import of_csv, of_xlsx

MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is accepted and looked at. ``upload`` bytes of a file, ``text`` characters typed into one field."""

    upload: int = 20 * MEGABYTE
    text: int = 20_000
    unpacked: int = 400 * MEGABYTE
    entries: int = 4_000
    pages: int = 300
    pixels: int = 60_000_000
    seconds: float = 30.0


def check(upload: Upload, sure: frozenset[str], reading: Reading, limits: Limits) -> Verdict:
    """Yes, or why a file may not enter. ``sure`` may hold the answer to the one question that a file raises: whether its names may stay."""
    names: list[str] = []
    readings = {False: replace(reading, spread=False), True: replace(reading, spread=True)}
    try:
        for piece in _readable(upload, limits):
            found = sift(piece.text, sure, readings[piece.spread])
            if found.refused:
                first = found.refused[0]
                return verdict(first.code, first.shown, place=piece.where(first.start))
            names += found.names
    except Refused as refused:
        return refused.verdict
    answer = f"tep {sha256(upload.content).hexdigest()[:16]}"
    if not names or answer in sure:
        return YES
    shown = list(dict.fromkeys(names))
    return verdict("names-in-file", ", ".join(shown[:5]) + (f" … ({len(shown)})" if len(shown) > 5 else ""), answer=answer)


def is_spreadsheet(upload: Upload) -> bool:
    return media_of(upload) in media.SHEETS


def has_text(upload: Upload) -> bool:
    """Whether the gates could read in it: False for pictures, and for scans, which somebody has to look through."""
    return any(any(c.isalpha() for c in text) for text in texts_in(upload))


def texts_in(upload: Upload) -> list[str]:
    """The texts of a file that has passed the gates, in order; none of a picture, a scan or a file that cannot be read."""
    if media_of(upload) in media.PICTURES:
        return []
    try:
        return [piece.text for piece in _pieces(upload.content, media_of(upload), _Clock(Limits()), 0)]
    except Exception:  # whatever a parser says of a broken file: there is nothing to read
        return []


def as_title(name: str) -> str:
    """The name of a file as the title that it is: blanks between its words, without its ending."""
    return _SEPARATORS.sub(" ", _ENDING.sub("", name))


class _Clock:
    """The bounds of one look into one file: bytes that it unpacks to, and seconds."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._end = time.monotonic() + limits.seconds
        self.bounds = Bounds(limits.unpacked, self.pulse)

    def pulse(self) -> None:
        if time.monotonic() > self._end:
            refuse("file-too-long", f"{self.limits.seconds:.0f} s")


def _readable(upload: Upload, limits: Limits) -> Iterator[Piece]:
    """The texts of a file that may be opened: its name first. Raises Refused."""
    if not upload.size:
        refuse("file-empty")
    if upload.size > limits.upload:
        refuse("file-too-big", f"{limits.upload // MEGABYTE} MB")
    yield Piece(as_title(upload.name), _("tên tệp"))
    kind = media_of(upload)
    if promised := media.disguise(upload.name, kind):
        refuse("file-disguised", promised)
    if kind in media.PICTURES:
        check_picture(upload, limits.pixels)
        return
    try:
        yield from _pieces(upload.content, kind, _Clock(limits), 0)
    except Refused:
        raise
    except Exception:  # a file made to do harm can make a parser raise anything; all of it means: unreadable
        refuse("file-unreadable")


def _pieces(content: bytes, kind: str, clock: _Clock, depth: int) -> Iterator[Piece]:
    limits = clock.limits
    if kind == media.PDF:
        return of_pdf(content, limits.pages, clock.pulse)
    if kind == media.CSV:
        return of_csv(content)
    if kind == media.TEXT:
        return of_text(content)
    if kind not in (media.DOCX, media.XLSX):
        refuse(_REFUSED_KINDS.get(kind, "file-kind"), media.NAMES.get(kind, kind))
    return _packed(content, kind, clock, depth)


def _packed(content: bytes, kind: str, clock: _Clock, depth: int) -> Iterator[Piece]:
    """An office file, and the office files in it (the data of a chart); anything else inside is refused, for nobody would look into it."""
    package = Package(content, clock.limits.entries, clock.bounds)
    package.check_links()
    yield from of_docx(package) if kind == media.DOCX else of_xlsx(package)
    yield about(package)
    for name in package.embedded:
        inner = package.read(name)
        inner_kind = media_of(Upload(name, inner))
        if depth >= 2 or inner_kind not in (media.DOCX, media.XLSX):
            refuse("file-embedded", name.rpartition("/")[2])
        yield from _packed(inner, inner_kind, clock, depth + 1)


_SEPARATORS = re.compile(r"[_\-.+]+")
_ENDING = re.compile(r"\.[A-Za-z]\w{1,4}$")
_REFUSED_KINDS = {
    media.PROGRAM: "file-program",
    media.MARKUP: "file-program",
    media.TIFF: "file-picture",
    media.HEIC: "file-picture",
    media.LOCKED_OFFICE: "file-locked",
    media.BROKEN_ARCHIVE: "file-unreadable",
}

__all__ = ["Limits", "check", "has_text", "is_spreadsheet", "media_of", "texts_in", "without_traces"]
