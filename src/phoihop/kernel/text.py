"""Text as it is compared, searched and proved."""

from __future__ import annotations

import hashlib
import unicodedata
from typing import Any

import rfc8785


def nfc(text: str) -> str:
    """One spelling for one text: Vietnamese keyboards send both composed and decomposed letters."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """For search and comparison: lower case, no diacritics, đ as d, single spaces.

    SQLite's own folding leaves đ alone, so both the stored and the asked text go through here.
    """
    flat = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return " ".join("".join(c for c in flat if not unicodedata.combining(c)).split())


def canonical(value: Any) -> bytes:
    """The one byte form of a value of strings, integers, lists and maps (RFC 8785); what is hashed and signed."""
    return rfc8785.dumps(value)


def digest(*parts: bytes) -> str:
    """SHA-256, hexadecimal, over the parts in order."""
    return hashlib.sha256(b"".join(parts)).hexdigest()
