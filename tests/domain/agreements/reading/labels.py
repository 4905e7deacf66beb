"""The labelled corpus: texts with, behind ``‖``, what an honest reader finds in each line. Labels were written before the rules that are measured by them.

``L[..]`` leads (or does it, where nobody else leads), ``C[..]`` lead in turn or together, ``S[..]`` support, ``A[..]`` advise, ``I[..]`` are told;
bodies apart by semicolons, as they are written. ``each=month,demand`` how often; ``day=15`` or ``15/12`` the day of the month or year; ``on=2026-12-15`` one day;
``workdays=3``, ``minutes=30`` the time allowed; ``onward=1`` how many levels information may be passed on; ``act=plan|review`` what is done (either;
``*``: not judged); ``about=toipham|none`` the content area of an article (either). ``unread=cadence``,
``times`` or ``day``: says how often, how many times or by when in a way that no field holds. ``-``: nothing is laid down here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

CORPUS = Path(__file__).parent / "corpus"
HALVES = ("dev", "heldout")
ROLES = {"L": "lead", "C": "cochair", "S": "support", "A": "advise", "I": "inform"}
_ROLE = re.compile(r"([LCSAI])\[([^\]]*)\]")
_FACT = re.compile(r"(each|day|on|workdays|minutes|onward|act|about|unread)=(\S+)")
_SEPARATOR = " ‖ "


@dataclass(frozen=True, slots=True)
class Labelled:
    """A line with its labels: by kind of label the values that are right. ``source`` names law and article, or the file."""

    text: str
    labels: dict[str, frozenset[str]]
    source: str
    either: dict[str, frozenset[str]] = field(default_factory=dict)
    nothing: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """A document of the corpus: its whole text without labels, what its head says, and its labelled lines."""

    name: str
    text: str
    head: dict[str, str]
    lines: list[Labelled]


def papers(half: str) -> list[Paper]:
    """The regulations and plans of a half."""
    return [_paper(path) for path in sorted((CORPUS / half).glob("*.txt")) if path.stem != "luat"]


def sentences_of_law(half: str) -> list[Labelled]:
    """Sentences of laws, each by itself."""
    rows = [line.split(_SEPARATOR) for line in _lines(CORPUS / half / "luat.txt")]
    return [_labelled(text, labels, source) for source, text, labels in rows]


def _paper(path: Path) -> Paper:
    head: dict[str, str] = {}
    texts: list[str] = []
    lines: list[Labelled] = []
    for line in _lines(path):
        if line.startswith("@ "):
            key, _, value = line[2:].partition(" =")
            head[key] = value.strip()
            continue
        text, _, labels = line.partition(_SEPARATOR)
        text = re.sub(r"\s*\|\s?", "\t", text)
        texts.append(text)
        if labels:
            lines.append(_labelled(text, labels, path.stem))
    return Paper(path.stem, "\n".join(texts), head, lines)


def _lines(path: Path) -> Iterator[str]:
    return (line for line in path.read_text("utf-8").splitlines() if line.strip() and not line.startswith("#"))


def _labelled(text: str, labels: str, source: str) -> Labelled:
    found = {ROLES[role]: frozenset(name.strip() for name in names.split(";")) for role, names in _ROLE.findall(labels)}
    facts = dict(_FACT.findall(labels))
    either = {key: frozenset(facts.pop(key).split("|")) for key in ("act", "about") if key in facts}
    return Labelled(text, found | {key: frozenset(value.split(",")) for key, value in facts.items()}, source, either, labels.strip() == "-")
