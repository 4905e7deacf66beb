"""The texts of a PDF, page by page, and what in it runs or hides."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from .pieces import PROPERTIES, Piece, today
from .refusals import refuse

_PAGE = _("trang {n}")

# pypdf would write pieces of a damaged file, secret or private ones too, into the log.
logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)


def of_pdf(content: bytes, most_pages: int, pulse: Callable[[], None]) -> Iterator[Piece]:
    """The text of each page, of notes on it and of form fields. A scan gives none: see ``files.has_text``."""
    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        refuse("file-locked")
    if len(reader.pages) > most_pages:
        refuse("file-too-long", f"{len(reader.pages)} > {most_pages}")
    names = _dictionary(reader.root_object.get("/Names"))
    if "/JavaScript" in names or _runs(reader.root_object):
        refuse("file-macro")
    if "/EmbeddedFiles" in names:
        refuse("file-embedded", "PDF")
    for n, page in enumerate(reader.pages, 1):
        pulse()
        notes = [_dictionary(note) for note in _dictionary(page).get("/Annots") or ()]
        _check_notes(page, notes)
        said = [str(note.get("/Contents", "")) for note in notes]
        yield Piece("\n".join(today([page.extract_text(), *said])), _PAGE, n, spread=True)
    fields = [str(value) for value in (reader.get_form_text_fields() or {}).values() if value]
    about = [str(value) for key, value in (reader.metadata or {}).items() if key in ("/Title", "/Subject", "/Keywords")]
    yield Piece("\n".join(fields + about), PROPERTIES)
    yield Piece("\n".join(_headings(reader.root_object, pulse)), _("mục lục của tệp"))


def _dictionary(thing: Any) -> Any:
    """What a reference in a PDF points to, if that is a dictionary; else an empty one."""
    thing = thing.get_object() if thing is not None else None
    return thing if isinstance(thing, DictionaryObject) else {}


def _headings(root: Any, pulse: Callable[[], None]) -> Iterator[str]:
    """The headings that a reader lists beside the pages; a list that runs in circles ends where it comes back."""
    waiting, seen = [_dictionary(root.get("/Outlines"))], set()
    while waiting:
        pulse()
        entry = waiting.pop()
        if id(entry) in seen:
            continue
        seen.add(id(entry))
        yield str(entry.get("/Title", ""))
        waiting += [there for key in ("/Next", "/First") if (there := _dictionary(entry.get(key)))]


def _runs(thing: Any) -> bool:
    """Whether a document, a page or a note does something by itself: runs a script, starts a program."""
    actions = [_dictionary(thing.get(key)) for key in ("/OpenAction", "/A")] + [_dictionary(a) for a in _dictionary(thing.get("/AA")).values()]
    return any(action.get("/S") in ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData") for action in actions)


def _check_notes(page: Any, notes: Sequence[Any]) -> None:
    if _runs(page) or any(_runs(note) or note.get("/Subtype") in ("/RichMedia", "/Movie", "/Screen") for note in notes):
        refuse("file-macro")
    if any(note.get("/Subtype") == "/FileAttachment" for note in notes):
        refuse("file-embedded", "PDF")
