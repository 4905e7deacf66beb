"""What a PDF was before anybody signed it: its first revision, to the byte, where later ones add nothing but signatures (ISO 32000-2, 7.5.6)."""

from __future__ import annotations

import re
from collections.abc import Collection
from hashlib import sha256
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils.generic import DictionaryObject
from pyhanko.pdf_utils.reader import PdfFileReader

_LINE_ENDS = (b"", b"\n", b"\r\n", b"\r")
_ROOT_GAINS = frozenset({"/AcroForm", "/Extensions", "/DSS", "/Version"})
"""What signing writes into the root: the form that holds signatures, what later proves them, which extension of the format they need."""


def beginnings(content: bytes, reader: PdfFileReader) -> frozenset[str]:
    """The SHA-256 of the first revision, with each line end that it may have had; none where there is no later one, or one that changed what
    the first shows.

    The first revision ends where it names its own table of objects, so that read alone it is the same as within the file.
    """
    later = range(1, reader.xrefs.total_revisions)
    if not later or not all(_only_signs(reader, revision) for revision in later):
        return frozenset()
    table = reader.xrefs.get_startxref_for_revision(0)
    end = re.compile(rb"startxref\s+%d\s+%%%%EOF" % table).search(content, table)
    return frozenset(sha256(content[: end.end()] + line_end).hexdigest() for line_end in _LINE_ENDS) if end else frozenset()


def _only_signs(reader: PdfFileReader, revision: int) -> bool:
    """Whether every object of the first revision that this one wrote again says the same, but for what signing has to write."""
    old, new = reader.get_historical_resolver(0), reader.get_historical_resolver(revision)
    first = reader.xrefs.explicit_refs_in_revision(0)
    same_frame = _bytes(old.trailer_view.raw_get("/Root")) == _bytes(new.trailer_view.raw_get("/Root")) and "/Encrypt" not in new.trailer_view
    if not same_frame or first & reader.xrefs.refs_freed_in_revision(revision):
        return False
    info = old.trailer_view.raw_get("/Info").reference if "/Info" in old.trailer_view else None
    again = (first & reader.xrefs.explicit_refs_in_revision(revision)) - {info}
    return all(_says_the_same(old.get_object(ref), new.get_object(ref)) for ref in again)


def _says_the_same(was: Any, now: Any) -> bool:
    """What the objects of the first revision are is known from that revision: it is compared with a file of our own, whole."""
    kind = _at(was, "/Type")
    if kind == "/Metadata":  # about the file, never shown on a page
        return True
    if kind == "/Catalog":
        return _equal_but(was, now, _ROOT_GAINS) and _holds_signatures_only(_at(now, "/AcroForm"))
    if kind == "/Page":
        return _equal_but(was, now, {"/Annots"}) and _gains_signatures(_at(was, "/Annots"), _at(now, "/Annots"))
    return _bytes(was) == _bytes(now)


def _equal_but(was: Any, now: Any, gains: Collection[str]) -> bool:
    keys = (set(was) | set(now)) - set(gains)
    return all(key in was and key in now and _bytes(was.raw_get(key)) == _bytes(now.raw_get(key)) for key in keys)


def _holds_signatures_only(form: Any) -> bool:
    fields = _at(form, "/Fields") or ()
    return _at(form, "/XFA") is None and all(_at(fields[n], "/FT") == "/Sig" for n in range(len(fields)))


def _gains_signatures(was: Any, now: Any) -> bool:
    """Annotations that were there stay, and all that came are fields for signatures."""
    before, after = _listed(was), _listed(now)
    return before.keys() <= after.keys() and all(_is_signature(field) for written, field in after.items() if written not in before)


def _is_signature(field: Any) -> bool:
    return _at(field, "/Subtype") == "/Widget" and (_at(field, "/FT") or _at(_at(field, "/Parent"), "/FT")) == "/Sig"


def _listed(annotations: Any) -> dict[bytes, Any]:
    return {_bytes(annotations.raw_get(n)): annotations[n] for n in range(len(annotations or ()))}


def _at(dictionary: Any, key: str) -> Any:
    """What stands under a key, resolved; None where there is no such dictionary or key."""
    return dictionary[key] if isinstance(dictionary, DictionaryObject) and key in dictionary else None


def _bytes(value: Any) -> bytes:
    """A value as it is written, references unresolved."""
    out = BytesIO()
    value.write_to_stream(out)
    return out.getvalue()
