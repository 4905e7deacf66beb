"""What parties are asked to confirm, read from the record: for the page of a party, and for the page behind a one-time link."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from phoihop.kernel.secret import Secret
from phoihop.kernel.text import digest

from ...forces.models import Unit
from ...people.models import Post
from ...people.rules import allowed
from ..models import Activity, Claim, ConfirmLink, Outcome, Strength, StrengthMeans
from ..rules import Present, Statement
from .voices import voices


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
    if not allowed(viewer, "patrol.confirm", on):
        return None
    return _asked(activity.pk, voices(viewer.unit_id))


def link_of(secret: Secret) -> ConfirmLink | None:
    """The link behind the secret that a party was given; whether it is still good is the action's to say."""
    rows = ConfirmLink.objects.select_related("unit__force", "activity")
    return rows.filter(digest=digest(secret.reveal().encode())).first()


def statement_by_link(link: ConfirmLink, now: datetime) -> Asked | None:
    """What the holder of a link is asked to confirm; None once the link is used or its time is over."""
    return _asked(link.activity_id, [link.unit_id]) if link.used_at is None and now < link.expires_at else None


def _asked(activity_id: int, speakers: Collection[int]) -> Asked | None:
    a = Activity.objects.select_related("matter__area", "recorder").filter(pk=activity_id, cancelled_at=None).exclude(claim=Claim.NONE).first()
    if a is None or a.recorder is None:
        return None
    strengths = list(a.strengths.select_related("unit").prefetch_related("means").order_by("pk"))
    mine = next((s for u in speakers for s in strengths if s.unit_id == u and u != a.recorder_id), None)
    if mine is None:
        return None
    means = {s.pk: sorted(s.means.all(), key=lambda one: one.pk) for s in strengths}
    return Asked(a, said(a, a.recorder, strengths, means, a.outcomes.order_by("pk")), mine)
