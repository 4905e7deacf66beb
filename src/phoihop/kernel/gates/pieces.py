"""A text inside a file, with the place where a person finds it; and how the texts of packed XML are read."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from ..letters import from_old_letters, looks_old
from ..verdict import Sentence
from .archive import Package

_BREAKS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_SAMPLE = 2000  # lines
# What the author wrote about a file; who saved it last is an official, and is not looked at.
_ABOUT = frozenset({"title", "subject", "keywords", "description", "category", "contentStatus"})
# Parts that hold no text somebody typed, or only the name of the official who saved the file.
_NEVER_TYPED = re.compile(
    r"(?:^|/)(?:styles|stylesWithEffects|settings|webSettings|fontTable|numbering|theme\d*|app|core|calcChain|metadata)\.xml$|/theme/|^\[Content_Types\]"
)


PROPERTIES = _("ô nhập, thuộc tính của tệp")


class Piece(NamedTuple):
    """A text and its place: a sentence that may have ``{n}`` and ``{part}`` to fill in.

    ``n`` is the line, found by where lines start, if ``starts`` says so. ``spread``: figures of a table may stand side by side in it.
    """

    text: str
    place: Sentence
    n: int = 0
    part: str = ""
    starts: Sequence[int] = ()
    spread: bool = False

    def where(self, offset: int) -> Sentence:
        return format_lazy(self.place, n=bisect_right(self.starts, offset) if self.starts else self.n, part=self.part)


def typed_parts(package: Package) -> Iterator[str]:
    """The XML parts of an office file in which somebody may have typed something."""
    return (name for name in package.names if name.endswith(".xml") and not _NEVER_TYPED.search(name))


class _Paragraphs:
    """The texts of an XML part: what stands in one paragraph, shared string or note; or, in other parts, in one element."""

    _WHOLES, _NOT_SHOWN = frozenset({"p", "si", "comment"}), "instrText"

    def __init__(self) -> None:
        self.done: list[str] = []
        self._open: list[list[str]] = []
        self._loose: list[str] = []
        self._hidden = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in self._WHOLES:
            self._open.append([])
        elif tag in _BREAKS and self._open:
            self._open[-1].append(_BREAKS[tag])
        elif tag == "textpath":  # a watermark
            self.done.append(attributes.get("string", ""))
        self._hidden = tag == self._NOT_SHOWN

    def text(self, value: str) -> None:
        if not self._hidden:
            (self._open[-1] if self._open else self._loose).append(value)

    def end(self, tag: str) -> None:
        self._hidden = False
        if tag in self._WHOLES:
            self.done.append("".join(self._open.pop()))
        elif self._loose and not self._open:
            self.done.append("".join(self._loose))
            self._loose.clear()


def paragraphs(package: Package, name: str) -> list[str]:
    """The texts of an XML part in their order; none if there is no such part."""
    read = _Paragraphs()
    if name in package.names:
        package.parse(name, read.start, read.text, read.end)
    return read.done


def about(package: Package) -> Piece:
    """What the properties of an office file say of it."""
    said: list[str] = []
    here = ""

    def start(tag: str, _attributes: dict[str, str]) -> None:
        nonlocal here
        here = tag

    def text(value: str) -> None:
        if here in _ABOUT:
            said.append(value)

    if (name := "docProps/core.xml") in package.names:
        package.parse(name, start, text, lambda _tag: start("", {}))
    return joined(said, PROPERTIES)


def joined(lines: Sequence[str], place: Sentence) -> Piece:
    """Lines as one text, so that a signature is read below its title."""
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    return Piece("\n".join(today(lines)), place, starts=starts[:-1])


def today(lines: Sequence[str]) -> Sequence[str]:
    """In today's letters, if they were typed in a .VnTime font. Each stays as long as it is."""
    return [from_old_letters(line) for line in lines] if looks_old(" ".join(lines[:_SAMPLE])) else lines
