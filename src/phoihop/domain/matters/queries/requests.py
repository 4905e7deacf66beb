"""What a unit learns of a matter that it does not see: who leads, which kind it is, and that it may ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from phoihop.kernel.spoken import parse
from phoihop.kernel.verdict import Verdict

from ...forces.models import Unit
from ...people.models import Post
from ...people.rules import allowed
from ..models import JoinRequest, Matter, RequestState, Wish
from ..rules import Sight, may_request
from .sight import sight_of


@dataclass(frozen=True, slots=True)
class Lead:
    """Who leads a matter of which one may know nothing else. ``may``: for each wish, whether it may be asked now."""

    matter: Matter
    kind: str
    unit: Unit
    may: dict[str, Verdict]
    asked: JoinRequest | None


def matter_named(viewer: Post, code: str, on: date) -> Matter | None:
    """The matter with this spoken code, however it was typed: what kind it is and who leads it, nothing else is read.

    None if there is none here, or the post may see no matters.
    """
    spoken = parse(code)
    if spoken is None or not allowed(viewer, "matter.view", on):
        return None
    return Matter.objects.only("code", "kind", "lead", "closed_at").select_related("lead__force").filter(code=str(spoken)).first()


def who_leads(viewer: Post, code: str, on: date) -> Lead | None:
    """The lead of the matter with this code, and what the viewer's unit may ask of it; None as in :func:`matter_named`."""
    matter = matter_named(viewer, code, on)
    if matter is None:
        return None
    asked = matter.requests.filter(unit=viewer.unit_id).select_related("reason").order_by("-pk").first()
    waiting = asked is not None and asked.state == RequestState.OPEN
    return Lead(matter, matter.kind, matter.lead, _wishes(viewer, matter, sight_of(viewer, matter, on), waiting, on), asked)


def wishes(viewer: Post, matter: Matter, on: date, seen: Sight | None = None) -> dict[str, Verdict]:
    """For each wish, whether the viewer's unit may put it to the lead now. ``seen``: what ``sight_of`` says, where it was just asked."""
    waiting = JoinRequest.objects.filter(matter=matter.pk, unit=viewer.unit_id, state=RequestState.OPEN).exists()
    return _wishes(viewer, matter, sight_of(viewer, matter, on) if seen is None else seen, waiting, on)


def _wishes(viewer: Post, matter: Matter, seen: Sight, waiting: bool, on: date) -> dict[str, Verdict]:
    return {wish: may_request(viewer, matter, seen, waiting, wish, on) for wish in Wish.values}


def requests_to(viewer: Post, on: date) -> QuerySet[JoinRequest]:
    """What other units ask of the matters that my unit leads, oldest first."""
    if not allowed(viewer, "matter.view", on):
        return JoinRequest.objects.none()
    rows = JoinRequest.objects.filter(matter__lead=viewer.unit_id, state=RequestState.OPEN)
    return rows.select_related("matter__title", "matter__area", "unit__force", "why").order_by("at", "pk")
