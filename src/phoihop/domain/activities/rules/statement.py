"""What parties are asked to confirm: the statement that people read and the digest that they answer for, from one source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as now_

from phoihop.kernel.figures_text import day, reader
from phoihop.kernel.period import HOME, local_day
from phoihop.kernel.text import canonical, digest

from ...forces.models import MeansKind, Unit
from ...territory.models import Area
from ..models import Claim, OutcomeKind, RouteKind


@dataclass(frozen=True, slots=True)
class Present:
    """A unit as the lead counted it: teams, people, means by kind."""

    unit: Unit
    teams: int
    people: int
    means: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """Which patrol it was, who says so, that it was held or not, when, where, who was there how strong, and what came of it."""

    code: str
    recorder: Unit
    claim: str
    start: datetime | None
    end: datetime | None
    area: Area
    kind: str
    armed: bool
    units: tuple[Present, ...] = ()
    outcomes: tuple[tuple[str, int], ...] = ()

    @property
    def digest(self) -> str:
        """What a confirmation names. It covers codes and numbers, never the spelling of a name: a renamed unit does not ask again."""
        said: dict[str, Any] = {
            "code": self.code,
            "by": self.recorder.key,
            "claim": str(self.claim),
            "from": _moment(self.start),
            "to": _moment(self.end),
            "area": self.area.code,
            "kind": str(self.kind),
            "armed": int(self.armed),
            "units": [[p.unit.key, p.teams, p.people, _pairs(p.means)] for p in sorted(self.units, key=lambda p: p.unit.key)],
            "outcomes": _pairs(self.outcomes),
        }
        return digest(canonical(said))

    def sentences(self) -> Iterator[str]:
        """The statement in the reader's language, line by line: all that the digest covers and nothing else."""
        yield now_("%(unit)s ghi: cuộc tuần tra %(code)s %(claim)s.") % {
            "unit": self.recorder.name,
            "code": self.code,
            "claim": str(Claim(self.claim).label),
        }
        where = {"kind": str(RouteKind(self.kind).label), "area": str(self.area)}
        yield (now_("%(kind)s, %(area)s, có vũ trang.") if self.armed else now_("%(kind)s, %(area)s.")) % where
        if self.start and self.end:
            yield now_("Từ %(start)s đến %(end)s.") % {"start": _clock(self.start), "end": _clock(self.end)}
        for p in self.units:
            there = {"unit": p.unit.name, "teams": p.teams, "people": p.people, "means": _counts(p.means, MeansKind)}
            yield (now_("%(unit)s: %(teams)d tổ, %(people)d người, %(means)s.") if p.means else now_("%(unit)s: %(teams)d tổ, %(people)d người.")) % there
        if self.outcomes:
            yield now_("Kết quả: %(outcomes)s.") % {"outcomes": _counts(self.outcomes, OutcomeKind)}


def _counts(pairs: tuple[tuple[str, int], ...], kinds: Any) -> str:
    return ", ".join(f"{count} {kinds(kind).label}" for kind, count in pairs)


def _pairs(counts: tuple[tuple[str, int], ...]) -> list[list[Any]]:
    return [[str(kind), count] for kind, count in sorted(counts)]


def _moment(at: datetime | None) -> str:
    """One spelling for one moment, whatever zone it was given in."""
    return at.astimezone(UTC).isoformat() if at else ""


def _clock(at: datetime) -> str:
    return f"{at.astimezone(HOME):%H:%M}, {day(local_day(at), reader())}"
