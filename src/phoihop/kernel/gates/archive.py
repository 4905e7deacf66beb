"""Office files are packed XML. Opening one safely: bounded in size and time, and with nothing inside that runs or hides."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from xml.parsers import expat

from .refusals import refuse

_RUNS = re.compile(
    r"vbaproject|vbadata|/activex/|/macrosheets/|/dialogsheets/|/intlmacrosheets/|\.(?:exe|dll|js|vbs|ps1|bat|cmd|hta|jar|lnk|scr)$", re.IGNORECASE
)
_RUNS_BY_TYPE = re.compile(rb"macroEnabled|vbaProject", re.IGNORECASE)
_REMOTE = re.compile(
    rb'Type="[^"]*/(?:attachedTemplate|frame|subDocument|oleObject|externalLinkPath)"[^>]*Target="(?:https?|file://[^/"])|Target="(?:https?)[^"]*"[^>]*Type="[^"]*/attachedTemplate"'
)
_EMBEDDED = re.compile(r"/embeddings/|afchunk|oleobject|/package/|\.(?:zip|rar|7z|bin|html?|mht|rtf|pdf|doc|xls|docm|xlsm|eml|msg)$", re.IGNORECASE)
_HARMLESS_BIN = re.compile(r"/printersettings/[^/]+\.bin$", re.IGNORECASE)
_CHUNK = 1 << 18


class _LocalNames(dict[str, str]):
    """The name of an element without its namespace, worked out once."""

    def __missing__(self, tag: str) -> str:
        self[tag] = tag.rpartition(" ")[2]
        return self[tag]


class Bounds:
    """How much a file may still unpack to. Raises Refused where it is used up; ``pulse`` looks at the time."""

    def __init__(self, most: int, pulse: Callable[[], None]) -> None:
        self._left = most
        self.pulse = pulse

    def use(self, count: int) -> None:
        self._left -= count
        if self._left < 0:
            refuse("file-bomb")
        self.pulse()


class Package:
    """An opened .docx or .xlsx whose entries were looked at by name. ``embedded`` are the office files inside it, to be judged themselves."""

    def __init__(self, content: bytes, most_entries: int, bounds: Bounds) -> None:
        self._zip = zipfile.ZipFile(io.BytesIO(content))
        self._bounds = bounds
        self.names = self._zip.namelist()
        if len(self.names) > most_entries:
            refuse("file-bomb")
        if any(info.flag_bits & 1 for info in self._zip.infolist()):
            refuse("file-locked")
        if any(_RUNS.search(f"/{name}") for name in self.names) or _RUNS_BY_TYPE.search(self.read("[Content_Types].xml")):
            refuse("file-macro")
        self.embedded = [n for n in self.names if _EMBEDDED.search(n) and not _HARMLESS_BIN.search(f"/{n}")]

    def read(self, name: str) -> bytes:
        """An entry, unpacked within bounds; empty if there is none."""
        return b"".join(self._chunks(name)) if name in self.names else b""

    def _chunks(self, name: str) -> Iterator[bytes]:
        with self._zip.open(name) as entry:
            while chunk := entry.read(_CHUNK):
                self._bounds.use(len(chunk))
                yield chunk

    def check_links(self) -> None:
        """Refuse a document that fetches a template or a part from elsewhere when it is opened: that is how macros arrive."""
        for name in self.names:
            if name.endswith(".rels") and _REMOTE.search(self.read(name)):
                refuse("file-macro")

    def parse(self, name: str, start: Callable[[str, dict[str, str]], None], text: Callable[[str], None], end: Callable[[str], None]) -> None:
        """Stream an XML part through three handlers; names come without their namespace. A document type is refused: it may hold entities."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        local = _LocalNames()
        parser.StartElementHandler = lambda tag, attributes: start(local[tag], attributes)
        parser.CharacterDataHandler = text
        parser.EndElementHandler = lambda tag: end(local[tag])
        parser.StartDoctypeDeclHandler = lambda *_: refuse("file-unreadable")
        for chunk in self._chunks(name):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
