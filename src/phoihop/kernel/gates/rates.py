"""The public corpus: lines of *expected code, text[, how it is read]* (tabs between; "ok" passes), and the rates of a release over it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from .judging import Reading, judge

PASSES = "ok"


class Line(NamedTuple):
    place: str
    expected: str
    text: str
    reading: Reading

    @property
    def code(self) -> str:
        """What the gates say of it."""
        return judge(self.text, reading=self.reading).code or PASSES


def lines(file: Path) -> Iterator[Line]:
    r"""The lines of a file of the corpus. ``\n`` and ``\xNN`` in a text stand for those characters."""
    for n, row in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        expected, text, *how = row.split("\t")
        text = text.replace("\\n", "\n").replace("\\x00", "\x00").replace("\\x07", "\x07")
        yield Line(f"{file.name}:{n}", expected, text, Reading(title="title" in how, spread="table" in how))


def summary(folder: Path) -> str:
    """How often the gates err on the corpus: ordinary texts held back, texts to refuse let through, names not asked about."""
    ordinary, refused, asked = ([line.code for line in lines(folder / f"{kind}.tsv")] for kind in ("ordinary", "refused", "asked"))
    return "; ".join(
        (
            f"corpus: {len(ordinary)} ordinary, {_rate(sum(c != PASSES for c in ordinary), len(ordinary), 'refused')}",
            f"{len(refused)} to refuse, {_rate(sum(c in (PASSES, 'person-name') for c in refused), len(refused), 'passed')}",
            f"{len(asked)} to ask, {_rate(sum(c == PASSES for c in asked), len(asked), 'passed')}",
        )
    )


def _rate(count: int, of: int, what: str) -> str:
    return f"{count} {what} ({100 * count / of:.1f} %)"
