"""English sentences: compiled when the file of translations is newer than what was made of it."""

from __future__ import annotations

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

PO = Path(__file__).resolve().parent.parent / "locale/en/LC_MESSAGES/django.po"
MO = PO.with_suffix(".mo")


def compile_sentences() -> bool:
    """Write django.mo if django.po is newer; whether it was written."""
    if not PO.exists() or (MO.exists() and MO.stat().st_mtime_ns >= PO.stat().st_mtime_ns):
        return False
    with PO.open("rb") as source, MO.open("wb") as made:
        write_mo(made, read_po(source, locale="en"))
    return True
