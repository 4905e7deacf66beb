"""A unit that does not see a matter asks its lead; the lead answers by asking it, by letting it see, or declines and says why."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from phoihop.kernel.action import action, locked
from phoihop.kernel.period import local_day

from ...forces.models import Unit
from ...people.models import Post
from .. import rules
from ..models import JoinRequest, Matter, Purpose, RequestState
from ..queries.sight import sight_of
from .journal import write
from .texts import keep


@action
def request_to_join(*, by: Post, matter: Matter, wish: str, at: datetime, why: str = "") -> JoinRequest:
    """Ask the lead to let one's own unit take part (``part``) or see (``see``)."""
    on = local_day(at)
    waiting = JoinRequest.objects.filter(matter=matter, unit=by.unit_id, state=RequestState.OPEN).exists()
    rules.may_request(by, matter, sight_of(by, matter, on), waiting, wish, on).enforce()
    made = JoinRequest.objects.create(matter=matter, unit=by.unit, wish=wish, at=at, why=keep(why, Purpose.REASON, at))
    write(by=by, what="matter.join_requested", at=at, matter=matter, unit=by.unit.key, wish=wish, request=made.pk, texts={"why": made.why})
    return made


@action
def decline_request(*, by: Post, request: JoinRequest, reason: str, at: datetime) -> JoinRequest:
    """The lead does not grant what was asked, and says why."""
    request = locked(request)
    rules.may_decline_request(by, request, reason, local_day(at)).enforce()
    request.state, request.answered_at, request.reason = RequestState.DECLINED, at, keep(reason, Purpose.REASON, at)
    request.save(update_fields=["state", "answered_at", "reason"])
    write(
        by=by, what="matter.request_declined", at=at, matter=request.matter,
        unit=request.unit.key, request=request.pk, texts={"reason": request.reason},
    )  # fmt: skip
    return request


def meet(matter: Matter, unit: Unit, wishes: Collection[str], at: datetime) -> int | None:
    """Mark what the unit asked for as met by what the lead just did; the request's number, if there was one."""
    waiting = JoinRequest.objects.filter(matter=matter, unit=unit, wish__in=wishes, state=RequestState.OPEN).first()
    if waiting is None:
        return None
    waiting.state, waiting.answered_at = RequestState.MET, at
    waiting.save(update_fields=["state", "answered_at"])
    return waiting.pk
