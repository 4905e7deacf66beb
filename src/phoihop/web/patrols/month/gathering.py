"""What the month of a scope is made of, read once for the board, the findings and the side. Four questions, however much there is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import F, Q

from phoihop.domain.activities.models import Route
from phoihop.domain.activities.queries.places import of_unit, within
from phoihop.domain.activities.queries.roster import Planned, areas_walked, of_days, planned
from phoihop.domain.activities.queries.routes import routes_of
from phoihop.domain.activities.rules import Slot, State, clashes
from phoihop.domain.activities.rules.cadence import missed
from phoihop.domain.activities.rules.shifts import Shift
from phoihop.domain.figures.models import Holiday
from phoihop.domain.people.models import Post
from phoihop.domain.people.rules import may
from phoihop.domain.territory.models import Area
from phoihop.domain.territory.queries import areas_below
from phoihop.kernel.period import ONE_DAY, Period, month_start

from ...memory import known, known_large
from ..seeing import grace, now_and_today
from .pencilled import Sketch

WITHOUT_RESULT = (State.PLANNED, State.READY, State.LATE, State.UNDER_WAY, State.MISSING)
"""While its plan may still be changed (``rules.may_change``)."""


@dataclass
class Month:
    """The patrols of a month that a post sees in an area, its routes there, and what is pencilled in.

    The month before is read along: it says what is usual, where a cadence stands, and what a commune had.
    """

    post: Post
    area: Area
    days: Period
    today: date
    sketches: Sequence[Sketch] = field(default_factory=list)

    @cached_property
    def plans(self) -> bool:
        """Whether the reader plans: gaps are shown to nobody else (ground rule 5)."""
        return may(self.post, "patrol.plan")

    @cached_property
    def communes(self) -> list[Area]:
        on = self.days.first if self.area.valid_from <= self.days.first else self.today
        return known_large(("communes in", self.area.pk, on), lambda: list(areas_below(self.area, on)))

    @cached_property
    def _routes(self) -> tuple[list[Route], dict[int, set[int]]]:
        """The routes that the post knows and that touch the area, and which areas each touches."""
        touching: dict[int, set[int]] = {}
        routes: dict[int, Route] = {}
        for route in routes_of(self.post, self.days, self.today).annotate(beside=F("areas__area")):
            routes[route.pk] = route
            touching.setdefault(route.pk, {route.area_id}).update({route.beside} - {None})
        here = {area.pk for area in self.communes}
        return [route for pk, route in routes.items() if touching[pk] & here], touching

    @property
    def routes(self) -> list[Route]:
        return self._routes[0]

    @cached_property
    def _read(self) -> list[Planned]:
        """In the area or on its routes, and whatever the own unit is down for elsewhere, from the month before on."""
        now, today = now_and_today()
        since = month_start(self.days.first.year, self.days.first.month - 1)
        here = within(self.area, since) | Q(route__in=[route.pk for route in self.routes], exact=True) | of_unit(self.post.unit_id)
        return planned(of_days(self.post, Period(since, self.days.until), now, grace(), today).filter(here))

    def _here(self, rows: Iterable[Planned]) -> list[Planned]:
        communes, routes = {area.pk for area in self.communes}, {route.pk for route in self.routes}
        return [row for row in rows if row.area in communes or row.route in routes]

    @cached_property
    def there(self) -> list[Planned]:
        """What is in the records of the month, in the area or on its routes."""
        return [row for row in self._here(self._read) if row.day in self.days]

    @cached_property
    def before(self) -> list[Planned]:
        """The same of the month before."""
        return [row for row in self._here(self._read) if row.day < self.days.first and row.stands]

    @cached_property
    def rows(self) -> list[Planned]:
        """The records of the month and what is pencilled in."""
        return [*self.there, *(sketch.planned(self.post.unit_id) for sketch in self.sketches)]

    @cached_property
    def by_key(self) -> dict[int, Planned]:
        return {row.pk: row for row in [*self._read, *self.rows]}

    @cached_property
    def usual(self) -> dict[tuple[int, Shift], int]:
        """By route and shift, the latest patrol that the own unit leads there: what a key repeats."""
        latest: dict[tuple[int, Shift], int] = {}
        for row in self._read if self.plans else ():
            if row.route and row.shift and row.lead == self.post.unit_id and row.state is not State.CANCELLED:
                latest[row.route, row.shift] = row.pk
        return latest

    @cached_property
    def holidays(self) -> dict[date, str]:
        return known(("days off", self.days), self._holidays)

    def _holidays(self) -> dict[date, str]:
        return dict(Holiday.objects.filter(day__gte=self.days.first, day__lt=self.days.until, works=False).values_list("day", "name"))

    def walked(self, route: Route) -> set[date]:
        return {row.day for row in [*self.before, *self.rows] if row.route == route.pk and row.stands}

    @cached_property
    def missed(self) -> dict[int, list[Period]]:
        """By own route with a cadence, the runs of days on which it is not kept since it was drawn. Of others' routes not every patrol is seen."""
        own = [route for route in self.routes if route.owner_id == self.post.unit_id] if self.plans else []
        return {route.pk: missed([*self.walked(route), route.valid_from - ONE_DAY], self._since(route), route.every_days) for route in own if route.every_days}

    def _since(self, route: Route) -> Period:
        """The days of the month on which a route was there."""
        return self.days.meet(Period(route.valid_from, self.days.until))

    @cached_property
    def slots(self) -> list[Slot]:
        """Which team is down when, from yesterday on: of patrols that the own unit leads or takes part in, and of what is pencilled in."""
        mine = (row for row in self._read if row.stands and any(seat.unit == self.post.unit_id for seat in row.seats))
        known_ones = (row for row in mine if row.day >= self.today - ONE_DAY and row.start and row.end)
        slots = [Slot(seat.unit, seat.team, row.start, row.end, row.pk) for row in known_ones for seat in row.seats if row.start and row.end]
        return [*slots, *(slot for sketch in self.sketches for slot in sketch.slots())]

    @cached_property
    def busy(self) -> dict[tuple[int, int], list[Slot]]:
        """The slots by unit and team."""
        found: dict[tuple[int, int], list[Slot]] = {}
        for slot in self.slots:
            found.setdefault((slot.unit, slot.team), []).append(slot)
        return found

    @cached_property
    def taken(self) -> set[tuple[int | None, date, Shift | None]]:
        """Where something stands: route, day and shift."""
        return {(row.route, row.day, row.shift) for row in self.rows if row.stands}

    @cached_property
    def clashes(self) -> list[tuple[Slot, Slot]]:
        """The same team twice, where the month has one of the two."""
        if not self.plans:
            return []
        shown = {row.pk for row in self.rows}
        return [pair for pair in clashes(self.slots) if shown & {pair[0].activity, pair[1].activity}]

    @cached_property
    def coverage(self) -> dict[int, int]:
        """By commune of the area, how many patrols touch it in the month. Of what is not shown exactly, only the commune where it is counted."""
        touching = {(row.pk, row.area) for row in self.rows if row.stands}
        standing = [row for row in self.rows if row.stands and row.exact]
        touching |= {(row.pk, area) for row in standing for area in self._routes[1].get(row.route or 0, ())}
        touching |= areas_walked(row for row in standing if row.pk > 0)
        touching |= {(sketch.key, leg.area.pk) for sketch in self.sketches for leg in sketch.draft.legs}
        return {area.pk: sum(1 for _pk, touched in touching if touched == area.pk) for area in self.communes}
