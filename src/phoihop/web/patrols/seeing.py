"""What a patrol page begins with: the clock, the patrol of a spoken code as its reader may see it, or who leads it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import wraps
from typing import TYPE_CHECKING, Any, TypedDict

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils import timezone

from phoihop.domain.activities.models import Activity
from phoihop.domain.activities.queries.detail import Detail, Record, detail, record_of
from phoihop.domain.activities.queries.patrols import patrols
from phoihop.domain.activities.rules import Grace, State
from phoihop.domain.matters.models import Matter, MatterKind
from phoihop.domain.matters.queries.requests import matter_named
from phoihop.domain.matters.rules import Sight
from phoihop.kernel import spoken
from phoihop.kernel.period import local_day
from phoihop.kernel.verdict import Verdict

from ..base import Acting, no_access

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

LIST = "/tuan-tra/"

if TYPE_CHECKING:

    class _Seen(TypedDict):
        state: State
        sight: Sight
        exact: bool

    SeenPatrol = WithAnnotations[Activity, _Seen]
else:
    SeenPatrol = Activity
"""A patrol as ``patrols`` found it for its reader: with its state, how much of it that reader sees, and whether exactly."""


def grace() -> Grace:
    """After how many minutes a patrol is late, and a result missing, on this node."""
    return Grace(timedelta(minutes=settings.LATE_MINUTES), timedelta(minutes=settings.RESULT_MINUTES))


def now_and_today() -> tuple[datetime, date]:
    now = timezone.now()
    return now, local_day(now)


def address(code: str, rest: str = "") -> str:
    return f"{LIST}{code}/{rest}"


def of_patrol(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Under ``@acting``: the view gets the patrol instead of its code, with ``state``, ``sight`` and ``exact``; a stranger reads who leads it."""

    @wraps(view)
    def inner(request: Acting, code: str, **kwargs: Any) -> HttpResponse:
        found = patrol(request, code)
        if found is None:
            return no_access(request, Verdict("not-shared"), _matter(request, code))
        return view(request, found, **kwargs)

    return inner


def patrol(request: Acting, code: str) -> SeenPatrol | None:
    """The patrol with this spoken code, however it was typed, if the post sees at least its title."""
    now, today = now_and_today()
    rows = patrols(request.post, now, grace(), today).filter(matter__code=str(spoken.parse(code) or ""))
    found: Any = rows.select_related(
        "matter__lead__force", "matter__area", "matter__title", "route", "campaign__matter__title", "recorder", "note", "why"
    ).first()
    if found is not None:
        found.state, found.sight = State(found.state), Sight(found.sight)
    return found


def record(request: Acting, a: SeenPatrol) -> Record:
    """What was planned and what came of it, as far as the reader sees it."""
    return record_of(request.post, a, timezone.now(), grace(), Sight(a.sight))


def everything(request: Acting, a: SeenPatrol) -> Detail:
    """The record with all that hangs on it."""
    now, today = now_and_today()
    return detail(request.post, a, now, grace(), today, Sight(a.sight))


def _matter(request: Acting, code: str) -> Matter:
    _now, today = now_and_today()
    matter = matter_named(request.post, code, today)
    if matter is None or matter.kind != MatterKind.PATROL:
        raise Http404
    return matter
