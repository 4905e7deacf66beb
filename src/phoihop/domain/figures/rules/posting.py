"""What a fact says before it is posted, and in which reporting lines an act counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ...forces.models import Unit
    from ...matters.models import Matter
    from ...territory.models import Area


@dataclass(frozen=True, slots=True)
class Posting:
    """A fact to be posted. Without a unit it is joint: the occasion itself, in which units have shares."""

    measure: str
    area: Area
    day: date
    value: int
    matter: Matter | None = None
    item: str = ""
    unit: Unit | None = None
    lines: int = 0
    key: str = ""
    touches: tuple[Area, ...] = ()


@dataclass(frozen=True, slots=True)
class Decree:
    """A decree's line: its bit, the bits it needs all of, and how many forces at least."""

    bit: int
    needs: int
    least_forces: int


@dataclass(frozen=True, slots=True)
class Lines:
    """The reporting lines of one day: which bits each force brings, and what makes an act one of a decree."""

    of_force: Mapping[str, int]
    decrees: tuple[Decree, ...] = ()

    def of(self, forces: Iterable[str]) -> int:
        """All lines in which an act of these forces counts, decrees included."""
        codes = set(forces)
        bits = 0
        for code in codes:
            bits |= self.of_force.get(code, 0)
        for decree in self.decrees:
            if decree.needs and decree.needs & bits == decree.needs and len(codes) >= decree.least_forces:
                bits |= decree.bit
        return bits
