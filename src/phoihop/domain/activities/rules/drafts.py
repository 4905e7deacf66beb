"""What is handed in: plans, results, words of confirmation, routes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from ...forces.models import Unit
from ...matters.models import PartRole
from ...territory.models import Area
from ..models import Activity, Route


@dataclass(frozen=True, slots=True)
class PartyDraft:
    """A unit that is to take part: its teams and people as planned; ``team`` is which of its teams."""

    unit: Unit
    people: int = 0
    teams: int = 1
    team: int = 1
    role: str = PartRole.SUPPORT


@dataclass(frozen=True, slots=True)
class LegDraft:
    """A stretch of a patrol: in which area, from when until when."""

    area: Area
    first: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class PatrolDraft:
    """A patrol to be planned. ``parties`` holds the leading unit's own strength, too. Without legs it is one stretch in ``area``."""

    start: datetime
    end: datetime
    area: Area
    route_kind: str
    parties: Sequence[PartyDraft]
    route: Route | None = None
    armed: bool = False
    title: str = ""
    legs: Sequence[LegDraft] = ()
    followers: Sequence[Unit] = ()
    exercise: bool = False
    planned: bool = True


@dataclass(frozen=True, slots=True)
class Counted:
    """How a unit was seen to take part: teams, people, means by kind."""

    unit: Unit
    people: int
    teams: int = 1
    means: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Result:
    """What the lead says came of a patrol. ``version`` is the one it had before its eyes.

    ``legs``: from when to when each leg (by its number) was walked; none given: all of them, as planned.
    """

    activity: Activity
    version: int
    held: bool
    started_at: datetime | None = None
    ended_at: datetime | None = None
    parties: Sequence[Counted] = ()
    outcomes: Mapping[str, int] = field(default_factory=dict)
    note: str = ""
    why: str = ""
    legs: Mapping[int, tuple[datetime, datetime]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Word:
    """What a party says of a result: it agrees with the digest it saw, or it does not, and why; its own numbers if they differ."""

    activity: Activity
    digest: str
    agrees: bool
    people: int | None = None
    teams: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class PointDraft:
    """A check-point: a named place in a commune."""

    name: str
    area: Area


@dataclass(frozen=True, slots=True)
class RouteDraft:
    """A route as its owner draws it: where it begins, which other communes it touches, check-points in order."""

    code: str
    name: str
    kind: str
    area: Area
    areas: Sequence[Area] = ()
    points: Sequence[PointDraft] = ()
    every_days: int | None = None
