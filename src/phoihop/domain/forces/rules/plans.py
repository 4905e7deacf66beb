"""Units of a province as plain data, before they are records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from phoihop.kernel.period import Period


@dataclass(frozen=True, slots=True)
class Ground:
    """An area that may have units: what stands above it and when, and what it became."""

    id: int
    code: str
    level: str
    kind: str
    name: str
    life: Period
    above: tuple[tuple[int, Period], ...] = ()
    heirs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Station:
    """A border-guard station: its name, the id of the commune where it sits, and those it covers."""

    name: str
    seat: int
    covers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class UnitPlan:
    """A unit to be made. ``sign`` names its sort; ``covers``: ids of the communes it covers beyond its area."""

    sign: str
    key: str
    force: str
    kind: str
    area: int
    name: str
    short: str
    life: Period
    heir: str = ""
    covers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class RelationPlan:
    upper: str
    lower: str
    kind: str
    period: Period
    basis: str


@dataclass(frozen=True, slots=True)
class HeirPlan:
    """That a unit took over from another on a day."""

    old: str
    new: str
    day: date


@dataclass(frozen=True, slots=True)
class HeadPlan:
    """How a unit heads its documents, all fields of a letterhead."""

    unit: str
    first: date
    fields: Mapping[str, str]


@dataclass(slots=True)
class Plan:
    units: list[UnitPlan] = field(default_factory=list)
    relations: list[RelationPlan] = field(default_factory=list)
    heirs: list[HeirPlan] = field(default_factory=list)
    heads: list[HeadPlan] = field(default_factory=list)


def key_of(force: str, kind: str, place: str, first: date) -> str:
    """The key of a unit, the same on every node: ``CA.xa.29125.20250701``."""
    return f"{force}.{kind}.{place}.{first:%Y%m%d}"
