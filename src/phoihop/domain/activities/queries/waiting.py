"""The one queue: everything that waits for a unit's word, in the order of its deadline. One query, however much waits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from phoihop.kernel.kept_queries import KeptQueries

from ...agreements.queries import needs
from ...agreements.queries.needs import Part
from ...agreements.rules.needs import Needs, due_of
from ...forces.queries.voices import voices_at_hand
from ...matters.models import PartRole
from ...matters.queries.requests import requests_to
from ...people.models import Post
from ...people.rules import allowed, holds
from ...tasks.models import ExtensionState, SupportState, TaskExtension, TaskState, TaskSupport
from ...tasks.queries.queue import waiting_for
from ..models import Activity, Claim, RouteKind
from ..rules import Grace
from ..rules.waiting import WITHIN, Waits
from .patrols import asked_of, awaiting_my_word

MOST = needs.MOST
EARLIER: frozenset[Waits | Needs] = frozenset((*Needs, *(kind for kind in Waits if kind.name.startswith("TASK_"))))
"""What waits in tasks and agreements: topics before this one, whose records its acts leave as they are."""
_KINDS: dict[str, Waits | Needs] = {str(kind): kind for kind in (*Waits, *Needs)}
_NAMES = ("waits", "key", "code", "said", "route", "kind", "place", "unit", "force", "since", "mark")
_FOR_COUNTING = ("waits", "since")


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits. ``key``: of the record to act on; ``unit``, ``force``: who waits for it.

    ``mark``: the digest that a confirmation names, the mode of a task, or ``needs.REMINDED`` where the lead of a text has reminded.
    """

    waits: Waits | Needs
    key: int
    code: str
    title: str
    place: str
    unit: str
    force: str
    due: datetime
    mark: str

    def over(self, now: datetime) -> bool:
        return self.due < now


class Deadline(NamedTuple):
    """That something waits, and until when."""

    waits: Waits | Needs
    due: datetime

    def over(self, now: datetime) -> bool:
        return self.due < now


def waiting(viewer: Post, now: datetime, grace: Grace, on: date) -> list[Waiting]:
    """What waits for the viewer's unit, the most pressing first; at most ``MOST``."""
    return sorted((_read(grace, *row) for row in _rows(viewer, now, grace, on, _NAMES)), key=lambda w: (w.due, w.code))


def deadlines(viewer: Post, now: datetime, grace: Grace, on: date, *, here_only: bool = False) -> list[Deadline]:
    """Of the same things only that they wait, and until when: for counting them on every page. ``here_only``: without those of earlier topics (``EARLIER``)."""
    rows = _rows(viewer, now, grace, on, _FOR_COUNTING, here_only=here_only)
    return [Deadline(_KINDS[waits], _due(grace, _KINDS[waits], since)) for waits, since in rows]


_kept = KeptQueries()
_UNIT, _LATE = -7_202_511, datetime(1826, 11, 22, tzinfo=UTC)
"""Marks (``kernel.kept_queries``) for the viewer's unit and for the hour since which a result is missing; those for units it succeeded go down from the first."""


def _rows(viewer: Post, now: datetime, grace: Grace, on: date, told: tuple[str, ...], *, here_only: bool = False) -> Iterable[Any]:
    """What is asked depends on the role, the day and the norms laid down; of whom, and by which hour, is put into the query as it is kept."""
    voices = voices_at_hand(viewer.unit_id)
    marks = tuple(_UNIT - n for n in range(1, len(voices) + 1))
    anybody = Post(unit_id=_UNIT, role=viewer.role, valid_from=viewer.valid_from, valid_until=viewer.valid_until)
    values: dict[int | datetime, int | datetime] = {_UNIT: viewer.unit_id, _LATE: now - grace.missing}
    values |= zip(marks, voices, strict=True)
    key = (told, here_only, viewer.role, holds(viewer, on), on, len(voices), needs.laid_down(on))
    return _kept.rows(key, lambda: _together(_parts(anybody, _LATE, on, marks, here_only), told), values)


def _together(parts: Iterable[Part], told: tuple[str, ...]) -> QuerySet[Any] | None:
    rows = [needs.columns_of(part, told) for part in parts]
    if not rows:
        return None
    return rows[0].union(*rows[1:], all=True).order_by(*(f"w_{name}" for name in ("since", "code") if name in told))[:MOST]


def _parts(viewer: Post, late: datetime, on: date, voices: Sequence[int], here_only: bool) -> Iterator[Part]:
    """A query for each kind of record; none for what the viewer's role may not do."""
    yield from _here(viewer, late, on, voices)
    if not here_only:
        yield from _earlier(viewer, on)


def _here(viewer: Post, late: datetime, on: date, voices: Sequence[int]) -> Iterator[Part]:
    if allowed(viewer, "matter.answer", on):
        yield _asked(viewer, on)
    if allowed(viewer, "patrol.confirm", on):
        yield _of_patrols(awaiting_my_word(viewer, on, voices), Waits.CONFIRM, F("result_at"))
    if allowed(viewer, "patrol.result", on):
        mine = Activity.objects.filter(matter__lead=viewer.unit_id, cancelled_at=None)
        yield _of_patrols(mine.filter(claim=Claim.NONE, planned_end__lt=late), Waits.RESULT, F("planned_end"))
        yield _of_patrols(mine.filter(~Q(claim=Claim.NONE), disputed__gt=0), Waits.DISPUTE, F("result_at"))
    if allowed(viewer, "matter.view", on):
        yield _requests(viewer, on)


def _earlier(viewer: Post, on: date) -> Iterator[Part]:
    if allowed(viewer, "matter.view", on):
        yield _tasks(viewer, on)
    yield from ((rows, {"route": Value(""), "kind": Value(""), **places}) for rows, places in needs.parts(viewer, on))


def _asked(viewer: Post, on: date) -> Part:
    offered = When(role=PartRole.LEAD, then=Value(Waits.OFFERED_LEAD.value))
    bound = Q(matter__agreement__parties__unit=viewer.unit_id)  # what it owes as a party says more
    return _row(
        asked_of(viewer, on).exclude(bound), Case(offered, default=Value(Waits.ASKED.value), output_field=CharField()), F("matter__code"), F("matter__title__text"),
        F("matter__activity__route__name"), F("matter__activity__route_kind"), F("matter__area__name"), F("matter__lead__short"), F("matter__lead__force__code"),
        Coalesce("answer_by", "matter__activity__planned_start"), Value(""),
    )  # fmt: skip


def _of_patrols(rows: QuerySet[Activity], waits: Waits, since: Any) -> Part:
    return _row(
        rows, Value(waits.value), F("matter__code"), F("matter__title__text"), F("route__name"), F("route_kind"), F("matter__area__name"),
        F("matter__lead__short"), F("matter__lead__force__code"), since, F("digest"),
    )  # fmt: skip


def _tasks(viewer: Post, on: date) -> Part:
    """Each task once, under what presses most: what the unit is asked itself, then what it gave, then what it is asked to help with."""
    mine, theirs = Q(lead=viewer.unit_id), Q(giver=viewer.unit_id)
    answered = theirs & Q(state=TaskState.ANSWERED)
    helps = TaskSupport.objects.filter(task=OuterRef("pk"), unit=viewer.unit_id, state=SupportState.ASKED)
    extension = TaskExtension.objects.filter(task=OuterRef("pk"), state=ExtensionState.ASKED)
    kinds = Case(
        When(mine & Q(state=TaskState.ASKED), then=Value(Waits.TASK_ASKED.value)),
        When(mine & Q(state=TaskState.OPEN), then=Value(Waits.TASK_OPEN.value)),
        When(answered, then=Value(Waits.TASK_ANSWERED.value)),
        When(theirs & Q(Exists(extension)), then=Value(Waits.TASK_EXTENSION.value)),
        When(Q(Exists(helps)), then=Value(Waits.TASK_HELP.value)),
        When(theirs & Q(raised_on__lte=on), then=Value(Waits.TASK_LATE.value)),
        default=Value(Waits.TASK_CONSENT.value),
        output_field=CharField(),
    )
    since = Case(When(answered, then=F("answered_at")), default=F("due_at"))
    other = Case(When(theirs, then=F("lead__short")), default=F("giver__short"))
    force = Case(When(theirs, then=F("lead__force__code")), default=F("giver__force__code"))
    return _row(waiting_for(viewer, on), kinds, F("code"), F("what__text"), Value(""), Value(""), F("area__name"), other, force, since, F("mode"))


def _requests(viewer: Post, on: date) -> Part:
    return _row(
        requests_to(viewer, on), Value(Waits.JOIN.value), F("matter__code"), F("matter__title__text"), Value(""), Value(""), F("matter__area__name"),
        F("unit__short"), F("unit__force__code"), F("at"), F("wish"),
    )  # fmt: skip


def _row(rows: QuerySet[Any], waits: Any, code: Any, said: Any, route: Any, kind: Any, place: Any, unit: Any, force: Any, since: Any, mark: Any) -> Part:
    return rows, dict(zip(_NAMES, (waits, F("pk"), code, said, route, kind, place, unit, force, since, mark), strict=True))


def _read(
    grace: Grace, waits: str, key: int, code: str, said: str, route: str, kind: str, place: str, unit: str, force: str, since: datetime, mark: str
) -> Waiting:
    what = _KINDS[waits]
    title = said or route or (str(RouteKind(kind).label) if kind else "")
    return Waiting(what, key, code, title, place, unit, force, _due(grace, what, since), mark)


def _due(grace: Grace, what: Waits | Needs, since: datetime) -> datetime:
    if isinstance(what, Needs):
        return due_of(what, since)
    return since + (grace.missing if what is Waits.RESULT else WITHIN.get(what, timedelta()))
