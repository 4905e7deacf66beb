"""What pyHanko finds in a signed PDF, told as ``pades.Examined``. Loaded when the first file is looked at."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from asn1crypto import pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pypdf import PdfReader

from .pades import Examined, SignedBy
from .pdf_before import beginnings

# What a file made to do harm makes a parser say would go into the log, with pieces of the file.
for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).setLevel(logging.CRITICAL + 1)

# Of a subject only what says who signed in which office: certificates of persons hold identity numbers, too.
_SAYS_WHO = ("common_name", "title", "organizational_unit_name", "organization_name")
_HARMLESS = (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING)


def examined(content: bytes, at: datetime, trusted: Path | None) -> Examined:
    """Look at a file; one that cannot be read shows nothing. ``trusted``: the folder of roots."""
    try:
        reader = PdfFileReader(BytesIO(content), strict=False)
        # Time stamps of documents are signatures, too, but nobody's who agrees.
        embedded = [s for s in reader.embedded_signatures if s.sig_object_type == "/Sig"]
        roots = _roots(trusted)
        checked = [_check(s, roots, at) for s in embedded]
        return Examined(tuple(found for found, _ in checked), bool(checked) and checked[-1][1], _words(content), _before(content, reader))
    except Exception:  # whatever a parser says of a broken file: there was nothing to rely on
        return Examined()


def _check(embedded: Any, roots: Sequence[x509.Certificate] | None, at: datetime) -> tuple[SignedBy, bool]:
    status = validate_pdf_signature(embedded, ValidationContext(trust_roots=roots or [], moment=at, allow_fetching=False))
    covers = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    later_harmless = status.coverage == SignatureCoverageLevel.ENTIRE_REVISION and bool(status.docmdp_ok) and status.modification_level in _HARMLESS
    intact = bool(status.intact and status.valid) and (covers or later_harmless)
    found = SignedBy(_who(status.signing_cert), status.signer_reported_dt, intact, None if roots is None else status.trusted)
    return found, covers


def _before(content: bytes, reader: PdfFileReader) -> frozenset[str]:
    """A file that others wrote may be built in a way that cannot be followed: then nothing is known of what it was before."""
    try:
        return beginnings(content, reader)
    except Exception:  # whatever a parser says
        return frozenset()


def _who(certificate: x509.Certificate) -> str:
    said = certificate.subject.native
    values = [said.get(key) for key in _SAYS_WHO]
    return ", ".join(dict.fromkeys(", ".join(v) if isinstance(v, list) else v for v in values if v))


def _roots(folder: Path | None) -> list[x509.Certificate] | None:
    """The trusted roots; None where no folder was set."""
    if folder is None:
        return None
    found = []
    for path in sorted(p for p in folder.iterdir() if p.suffix in (".pem", ".crt", ".cer")):
        content = path.read_bytes()
        blocks = [der for _kind, _headers, der in pem.unarmor(content, multiple=True)] if pem.detect(content) else [content]
        found += [x509.Certificate.load(der) for der in blocks]
    return found


def _words(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
