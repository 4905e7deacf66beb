"""Whether a line's patrol is there already: imported before, or recorded by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.db.models.functions import Coalesce

from phoihop.kernel.period import ONE_DAY, local_day

from ...models import Activity, ImportRow, ImportRun, RowState
from .sense import Sense


@dataclass(frozen=True, slots=True)
class There:
    """A patrol of the records, as far as it can be the same as a line's."""

    activity: int
    code: str
    area: int
    route: int | None
    start: datetime
    end: datetime

    def could_be(self, s: Sense) -> bool:
        """Same place or same route, at overlapping times."""
        r = s.reading
        assert r.start and r.end
        same_place = (s.area is not None and s.area.pk == self.area) or (s.route is not None and s.route.pk == self.route)
        return same_place and r.start < self.end and self.start < r.end


@dataclass(slots=True)
class Twins:
    """``imported``: content to the patrol that an earlier import made of it. ``lines``: content to the line of this run that has it."""

    imported: Mapping[str, int] = field(default_factory=dict)
    lines: dict[str, tuple[int, int]] = field(default_factory=dict)
    by_day: Mapping[date, Sequence[There]] = field(default_factory=dict)

    def recorded(self, s: Sense) -> There | None:
        """The patrol by hand that a line may repeat."""
        assert s.reading.start
        day = local_day(s.reading.start)
        return next((t for near in (day, day - ONE_DAY, day + ONE_DAY) for t in self.by_day.get(near, ()) if t.could_be(s)), None)


def twins_of(run: ImportRun, senses: Iterable[Sense]) -> Twins:
    """What may be the same as these lines of a run: three queries, however many lines."""
    complete = [s for s in senses if s.content]
    contents = {s.content for s in complete}
    imported = dict(
        ImportRow.objects.filter(run__lead=run.lead_id, content__in=contents, state=RowState.DONE, activity__cancelled_at=None)
        .exclude(run=run)
        .values_list("content", "activity")
    )
    lines: dict[str, tuple[int, int]] = {}
    rows = ImportRow.objects.filter(run=run, content__in=contents).exclude(state__in=(RowState.SKIPPED, RowState.SAME, RowState.WITHDRAWN))
    for content, sheet, n in rows.order_by("-sheet", "-n").values_list("content", "sheet", "n"):
        lines[content] = (sheet, n)
    return Twins(imported, lines, _recorded(run, {local_day(s.reading.start) for s in complete if s.reading.start}))


def _recorded(run: ImportRun, days: set[date]) -> dict[date, list[There]]:
    """Patrols of the unit around these days that did not come from this run."""
    around = {day + timedelta(days=shift) for day in days for shift in (-1, 0, 1)}
    rows = list(
        Activity.objects.filter(Q(claim="held") | Q(claim=""), day__in=around, matter__lead=run.lead_id, cancelled_at=None)
        .annotate(first=Coalesce("started_at", "planned_start"), last=Coalesce("ended_at", "planned_end"))
        .values_list("day", "pk", "matter__code", "matter__area", "route", "first", "last")
    )
    # Two plain questions: as one, SQLite walks through all rows of the run for each patrol.
    ours = set(ImportRow.objects.filter(activity__in=[pk for _day, pk, *_ in rows], run=run).values_list("activity", flat=True))
    found: dict[date, list[There]] = {}
    for day, pk, *there in rows:
        if pk not in ours:
            found.setdefault(day, []).append(There(pk, *there))
    return found
