"""What parties are asked to confirm, read from the record: for the page of a party, and for the page behind a one-time link."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from phoihop.kernel.secret import Secret
from phoihop.kernel.text import digest

from ...forces.models import Unit
from ...forces.queries.voices import voices_at_hand
from ...people.models import Post
from ...people.rules import allowed
from ..models import Activity, Claim, ConfirmLink, Outcome, Strength, StrengthMeans
from ..rules import Present, Statement
from .parties import Roll


def said(a: Activity, recorder: Unit, strengths: Iterable[Strength], means: Mapping[int, Sequence[StrengthMeans]], outcomes: Iterable[Outcome]) -> Statement:
    """The statement of a result. Its digest is what ``Activity.digest`` keeps and what a confirmation names."""
    there = sorted((s for s in strengths if s.people), key=lambda s: (s.unit_id != recorder.pk, s.unit_id))
    return Statement(
        code=a.matter.code,
        recorder=recorder,
        claim=a.claim,
        start=a.started_at,
        end=a.ended_at,
        area=a.matter.area,
        kind=a.route_kind,
        armed=a.armed,
        units=tuple(Present(s.unit, s.teams or 0, s.people or 0, tuple((one.kind, one.count) for one in means.get(s.pk, ()))) for s in there),
        outcomes=tuple((o.kind, o.count) for o in outcomes),
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """What a unit is asked to confirm: the statement, and how the lead counted that very unit."""

    activity: Activity
    statement: Statement
    mine: Strength


def statement_for(viewer: Post, activity: Activity, on: date) -> Asked | None:
    """What the viewer's unit is asked to confirm of a patrol; None if it is no party to it, or there is no result yet."""
    return statements_for(viewer, [activity], on).get(activity.pk)


def statements_for(viewer: Post, activities: Collection[Activity], on: date) -> dict[int, Asked]:
    """The same for many patrols, by their keys, in the same few queries: what a list that is confirmed at once shows."""
    if not allowed(viewer, "patrol.confirm", on):
        return {}
    return _asked([a.pk for a in activities], voices_at_hand(viewer.unit_id))


def statement_among(viewer: Post, activity: Activity, roll: Roll, outcomes: Iterable[Outcome], on: date) -> Asked | None:
    """The same of what was read already: of a patrol with its matter, area and recorder."""
    if not allowed(viewer, "patrol.confirm", on) or activity.cancelled_at is not None or activity.claim == Claim.NONE:
        return None
    return _asked_of(activity, voices_at_hand(viewer.unit_id), roll.strengths, roll.means_of, outcomes)


def link_of(secret: Secret) -> ConfirmLink | None:
    """The link behind the secret that a party was given; whether it is still good is the action's to say."""
    rows = ConfirmLink.objects.select_related("unit__force", "activity")
    return rows.filter(digest=digest(secret.reveal().encode())).first()


def statement_by_link(link: ConfirmLink, now: datetime) -> Asked | None:
    """What the holder of a link is asked to confirm; None once the link is used or its time is over."""
    if link.used_at is not None or now >= link.expires_at:
        return None
    return _asked([link.activity_id], [link.unit_id]).get(link.activity_id)


def _asked(keys: Collection[int], speakers: Sequence[int]) -> dict[int, Asked]:
    rows = Activity.objects.filter(pk__in=keys, cancelled_at=None).exclude(claim=Claim.NONE)
    found: dict[int, Asked] = {}
    for a in rows.select_related("matter").prefetch_related("matter__area", "recorder", "strengths__unit", "strengths__means", "outcomes"):
        strengths = sorted(a.strengths.all(), key=lambda s: s.pk)
        means = {s.pk: sorted(s.means.all(), key=lambda one: one.pk) for s in strengths}
        if (asked := _asked_of(a, speakers, strengths, means, sorted(a.outcomes.all(), key=lambda o: o.pk))) is not None:
            found[a.pk] = asked
    return found


def own_strength(viewer: Post, activity: Activity, roll: Roll, on: date) -> Strength | None:
    """How the lead counted the unit of which the viewer may say whether that is right; None where it has nothing to say."""
    return _own(activity, voices_at_hand(viewer.unit_id), roll.strengths) if allowed(viewer, "patrol.confirm", on) else None


def _own(a: Activity, speakers: Sequence[int], strengths: Sequence[Strength]) -> Strength | None:
    return next((s for u in speakers for s in strengths if s.unit_id == u and u != a.recorder_id), None)


def _asked_of(
    a: Activity, speakers: Sequence[int], strengths: Sequence[Strength], means: Mapping[int, Sequence[StrengthMeans]], outcomes: Iterable[Outcome]
) -> Asked | None:
    mine = _own(a, speakers, strengths)
    if a.recorder is None or mine is None:
        return None
    return Asked(a, said(a, a.recorder, strengths, means, outcomes), mine)
