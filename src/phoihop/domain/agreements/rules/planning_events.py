"""Many plans for events at once: what is taken over from a former plan, moved to other days and another place, and who would stand twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.text import fold
from phoihop.kernel.verdict import Verdict, no_unless

from ...forces.models import Unit
from ...matters.models import PartRole
from ...territory.models import Area
from ..models import Agreement, EventResult, PublicEvent
from .carrying_out import ResultDraft
from .drafts import AgreementDraft, PartyDraft
from .following import FollowingDraft, following
from .plans import Arrangement, CheckDraft, EventPostDraft

AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class EventPlanDraft:
    """A plan for one event in one place: its text, and the posts and preparations that it lays down."""

    event: PublicEvent
    draft: AgreementDraft
    arrangement: Arrangement | None = None

    @property
    def laid(self) -> Arrangement:
        return self.arrangement or Arrangement()


@dataclass(frozen=True, slots=True)
class ToldDraft:
    """How the event of one of several plans went."""

    agreement: Agreement
    result: ResultDraft


@dataclass(frozen=True, slots=True)
class ShiftDraft:
    """How many person-shifts the own unit put in at one of several events."""

    result: EventResult
    people: int


@dataclass(frozen=True, slots=True)
class Stand:
    """Who stands where when, in which plan (``plan``: any key that tells plans apart, ``name``: what it is called)."""

    plan: object
    name: str
    place: str
    unit: Unit
    since: datetime
    until: datetime
    people: int


@dataclass(frozen=True, slots=True)
class Clash:
    """A unit stands in two plans at the same time; ``same_place``: even at the same post."""

    one: Stand
    other: Stand

    @property
    def same_place(self) -> bool:
        return fold(self.one.place) == fold(self.other.place)


def fits_many(count: int) -> Verdict:
    return no_unless(0 < count <= AT_ONCE, "too-many", _("Mỗi lần từ 1 đến 200 kế hoạch."))


def clashes(stands: Iterable[Stand]) -> list[Clash]:
    """Every two stands of one unit in different plans whose times overlap, in order of time. A clash is shown; whether it is one, people decide."""
    of_unit: dict[int, list[Stand]] = defaultdict(list)
    for stand in stands:
        of_unit[stand.unit.pk].append(stand)
    found = []
    for own in of_unit.values():
        going: list[Stand] = []
        for stand in sorted(own, key=lambda s: s.since):
            going = [s for s in going if s.until > stand.since]
            found += [Clash(s, stand) for s in going if s.plan != stand.plan]
            going.append(stand)
    return sorted(found, key=lambda c: (c.other.since, c.one.since))


def title_for(event: str, year: int, area: Area) -> str:
    """What a plan is called that follows no former one."""
    named = event if str(year) in event else f"{event} năm {year}"
    where = str(area)
    return f"Kế hoạch bảo đảm an ninh, an toàn {named}, {where[:1].lower()}{where[1:]}"


def shifted(a: Arrangement, days: int) -> Arrangement:
    """Posts and preparations on days so many later, at the same hours; strengths stay as a proposal."""
    by = timedelta(days=days)
    return replace(
        a,
        posts=[replace(p, since=p.since + by, until=p.until + by) for p in a.posts],
        checks=[replace(c, due_at=c.due_at + by) for c in a.checks],
    )


def settled(a: Arrangement, units: Mapping[int, Unit | None]) -> Arrangement:
    """The same with the units of another place; what nobody there would do is left out. ``units``: by the id of a unit, who does it there."""

    def there(unit: Unit) -> Unit | None:
        return units.get(unit.pk, unit)

    posts: list[EventPostDraft] = [replace(p, unit=unit) for p in a.posts if (unit := there(p.unit)) is not None]
    checks: list[CheckDraft] = [replace(c, unit=unit) for c in a.checks if (unit := there(c.unit)) is not None]
    return replace(a, posts=posts, checks=checks, phases=())


def parties_there(parties: Sequence[PartyDraft], lead: Unit, units: Mapping[int, Unit | None]) -> list[PartyDraft]:
    """The drafting unit leads; the others are those of the place, each once."""
    found = {lead.pk: PartyDraft(lead, PartRole.LEAD)}
    for p in parties:
        unit = units.get(p.unit.pk, p.unit)
        if unit is not None and unit.pk not in found:
            found[unit.pk] = replace(p, unit=unit, role=PartRole.SUPPORT if p.role == PartRole.LEAD else p.role)
    return list(found.values())


def text_again(former: AgreementDraft, title: str, days: tuple[date, date], lead: Unit, years: int) -> AgreementDraft:
    """The text of a former plan for an event on other days; of last year's, the years within the text go along."""
    first, until = days
    if years == 1:
        return following(former, FollowingDraft(title, first, until), lead)
    return replace(former, title=title, valid_from=first, valid_until=until, original=None)
