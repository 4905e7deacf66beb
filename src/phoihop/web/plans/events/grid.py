"""Tables that are typed or pasted: lines of cells, each with what is wrong at its cell. ``r3.ten``: the cell *ten* of line 3."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ...written import read_number

LONGEST = 300


@dataclass(slots=True)
class Line:
    """A line as typed; ``wrong``: by column, why. ``lists``: by column, the datalist that offers values."""

    n: int
    cells: dict[str, str]
    wrong: dict[str, str] = field(default_factory=dict)

    def filled(self, preset: frozenset[str] = frozenset()) -> bool:
        """Something was typed beyond what a fresh line begins with."""
        return any(value for name, value in self.cells.items() if name not in preset)


@dataclass(frozen=True, slots=True)
class Table:
    """Its columns with their labels, in order; ``mark`` begins the names of its cells."""

    mark: str
    columns: Mapping[str, Any]
    lists: Mapping[str, str] = field(default_factory=dict)

    def read(self, sent: Mapping[str, str], count: int) -> list[Line]:
        return [Line(n, {name: sent.get(f"{self.mark}{n}.{name}", "").strip()[:LONGEST] for name in self.columns}) for n in range(count)]

    def sent(self, data: Mapping[str, str], most: int, first: int = 0) -> int:
        """How many lines were sent; ``first`` where none were."""
        said = read_number(data.get(f"{self.mark}-rows"), 4)
        return first if said is None else min(said, most)

    def shown(self, lines: list[Line]) -> list[list[dict[str, Any]]]:
        return [
            [
                {
                    "name": f"{self.mark}{line.n}.{name}", "label": label, "n": line.n + 1, "value": line.cells[name],
                    "why": line.wrong.get(name, ""), "list": self.lists.get(name, ""),
                }
                for name, label in self.columns.items()
            ]
            for line in lines
        ]  # fmt: skip
