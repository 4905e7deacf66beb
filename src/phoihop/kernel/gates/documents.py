"""The texts of .docx and .txt files."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from ..letters import decoded
from .archive import Package
from .pieces import Piece, joined, paragraphs, typed_parts

_PARTS = {"header": _("đầu trang"), "footer": _("chân trang"), "footnotes": _("chú thích"), "endnotes": _("chú thích cuối"), "comments": _("nhận xét")}


def of_docx(package: Package) -> Iterator[Piece]:
    """Each part of a document as one text of paragraphs."""
    for name in typed_parts(package):
        stem = re.sub(r"\d*\.xml$", "", name.rpartition("/")[2])
        yield joined(paragraphs(package, name), _PARTS.get(stem, _("đoạn {n}")))


def of_text(content: bytes) -> Iterator[Piece]:
    yield joined(decoded(content).replace("\r\n", "\n").split("\n"), _("dòng {n}"))
