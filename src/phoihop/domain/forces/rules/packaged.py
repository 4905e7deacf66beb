"""The data that ships with the topic: forces, lines, and from which units, relations and heads a province is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from phoihop.kernel import packaged
from phoihop.kernel.period import FOREVER, Period


def rows(name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of a packaged table, each by the names in its heading."""
    return packaged.rows("phoihop.domain.forces", name)


def period_of(row: Mapping[str, str]) -> Period:
    """From ``valid_from`` until before ``valid_until``, which may be empty."""
    return Period(date.fromisoformat(row["valid_from"]), date.fromisoformat(row["valid_until"]) if row["valid_until"] else FOREVER)


def end_of(period: Period) -> date | None:
    """The end as a column keeps it: none for what goes on."""
    return None if period.until == FOREVER else period.until


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of unit: which areas have one, when, what it is called, and who takes over when it ends."""

    sign: str
    force: str
    kind: str
    level: str
    period: Period
    heir: str
    only: frozenset[str]
    name: str
    short: str


@dataclass(frozen=True, slots=True)
class Tie:
    """A relation between two sorts of unit; ``how`` says which unit of the one with which of the other."""

    upper: str
    lower: str
    kind: str
    how: str
    period: Period
    basis: str


@dataclass(frozen=True, slots=True)
class Region:
    """A military region and the codes of its provinces."""

    code: str
    name: str
    short: str
    provinces: frozenset[str]


@cache
def sorts() -> tuple[Sort, ...]:
    return tuple(
        Sort(r["sign"], r["force"], r["kind"], r["level"], period_of(r), r["heir"], frozenset(r["only"].split()), r["name"], r["short"]) for r in rows("units")
    )


@cache
def ties() -> tuple[Tie, ...]:
    return tuple(Tie(r["upper"], r["lower"], r["kind"], r["how"], period_of(r), r["basis"]) for r in rows("relations"))


@cache
def regions() -> tuple[Region, ...]:
    return tuple(Region(r["region"], r["name"], r["short"], frozenset(r["provinces"].split())) for r in rows("regions"))


@cache
def border_communes() -> frozenset[str]:
    """Codes of the communes on the outline of the country."""
    return frozenset(r["code"] for r in rows("border_communes"))


def region_of(province: str) -> Region | None:
    """The military region of a province; Hanoi has none."""
    return next((region for region in regions() if province in region.provinces), None)
