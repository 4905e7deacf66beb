"""Reading what a plan lays down beside its clauses. Posts show to who takes part only, until they are over and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, reduce
from operator import or_

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery, Sum

from ...forces.models import Means
from ...matters.models import PartRole
from ...matters.queries.notes import withheld
from ...matters.queries.sight import sight_of
from ...matters.rules import Facet, Sight, opens
from ...people.models import Post
from ...territory.models import Area
from ..models import (
    Agreement,
    Approval,
    EventPost,
    EventPostKind,
    EventResult,
    EventShift,
    Need,
    OnSpot,
    Phase,
    PlanCheck,
    Pledge,
    Practice,
    Signature,
    SpotState,
    TaskTeam,
    Version,
)
from .bound import areas_at


class Arranged:
    """What a version lays down, row by row; rows of a kind are fetched when they are asked for first. ``sight``: how much of it the viewer sees."""

    def __init__(self, version: Version, sight: Sight) -> None:
        self._version, self._shown, self._whole = version, opens(sight, Facet.NOTES), sight is Sight.WHOLE

    @cached_property
    def posts(self) -> list[EventPost]:
        return list(self._version.posts.select_related("place", "unit__force").order_by("order")) if self._whole else []

    @cached_property
    def hidden(self) -> int:
        """How many posts the viewer may not see."""
        return self._version.posts.count() if self._shown and not self._whole else 0

    @cached_property
    def checks(self) -> list[PlanCheck]:
        return list(self._version.checks.select_related("what", "unit__force").order_by("order")) if self._shown else []

    @cached_property
    def phases(self) -> list[Phase]:
        rows = self._version.phases.select_related("name").prefetch_related("steps__what", "steps__roles__unit__force", "steps__roles__force")
        return list(rows.order_by("order")) if self._shown else []

    @cached_property
    def needs(self) -> list[Need]:
        return list(self._version.needs.order_by("spot", "kind")) if self._shown else []

    def __bool__(self) -> bool:
        return bool(self.posts or self.checks or self.phases or self.needs or self.hidden)


@dataclass(frozen=True, slots=True)
class Strength:
    """The totals that everybody who sees the plan may see."""

    posts: int
    teams: int
    people: int


@dataclass(frozen=True, slots=True)
class Compared:
    """A need beside what the parties have; ``has`` is None where nothing is registered or said: missing is not nought."""

    need: Need
    has: int | None

    @property
    def short(self) -> int | None:
        return None if self.has is None else max(0, self.need.amount - self.has)


@dataclass(frozen=True, slots=True)
class SpotLine:
    """One commune's word on each of the *bốn tại chỗ*; None where it has said nothing."""

    area: Area
    said: tuple[bool | None, ...]


@withheld
def _texts_with_posts() -> Q:
    """The files that show a plan with its posts: scans and signed files of its text and its approval, the document that it was read from."""
    posted = EventPost.objects.values("version__agreement")
    of_text = (Signature.objects.filter(version__agreement__in=posted), Approval.objects.filter(version__agreement__in=posted))
    read_from = Q(pk__in=Agreement.objects.filter(pk__in=posted, original__isnull=False).values("original"))
    return reduce(or_, (Q(pk__in=rows.filter(scan__isnull=False).values("scan")) for rows in of_text), read_from)


def has_posts(agreement: str = "pk") -> Exists:
    """Whether an agreement lays down posts in any version. ``agreement`` leads from the rows asked to it."""
    return Exists(EventPost.objects.filter(version__agreement=OuterRef(agreement)))


def arrangement_in(version: Version) -> Arranged:
    """The rows of a version as they stand, for who writes and signs them."""
    return Arranged(version, Sight.WHOLE)


def arrangement_of(viewer: Post, version: Version, on: date) -> Arranged:
    """As far as the viewer sees it: posts to lead and parties only (ground rule 5), the rest to whoever sees the text."""
    return Arranged(version, sight_of(viewer, version.agreement.matter, on))


def strength_of(version: Version) -> Strength:
    posts = version.posts.aggregate(
        fixed=Count("pk", filter=Q(kind=EventPostKind.FIXED)), teams=Count("pk", filter=Q(kind=EventPostKind.TEAM)), people=Sum("people")
    )
    return Strength(posts["fixed"], posts["teams"], posts["people"] or 0)


def compared(viewer: Post, version: Version, on: date) -> list[Compared]:
    """Needs beside what the parties have: means as registered, people and stores as each party said it can bring; each unit's last count by the day."""
    needs = arrangement_of(viewer, version, on).needs
    units = version.agreement.parties.exclude(role=PartRole.INFORM).values("unit")
    last = Means.objects.filter(unit=OuterRef("unit"), kind=OuterRef("kind"), as_of__lte=on).order_by("-as_of").values("pk")[:1]
    rows = Means.objects.filter(unit__in=units, pk=Subquery(last)).values_list("kind").annotate(total=Sum("count"))
    has = dict(rows.order_by()) | pledged(version.agreement, on)
    return [Compared(need, has.get(need.kind)) for need in needs]


def pledged(agreement: Agreement, on: date) -> dict[str, int]:
    """By kind, how much the parties together said last that they can bring. The plan was fetched for its viewer."""
    units = agreement.parties.exclude(role=PartRole.INFORM).values("unit")
    newest = Pledge.objects.filter(agreement=agreement, unit=OuterRef("unit"), kind=OuterRef("kind"), as_of__lte=on).order_by("-as_of").values("pk")[:1]
    rows = Pledge.objects.filter(agreement=agreement, unit__in=units, pk=Subquery(newest)).values_list("kind").annotate(total=Sum("amount"))
    return dict(rows.order_by())


def own_pledges(viewer: Post, agreement: Agreement, on: date) -> dict[str, int]:
    """By kind, what the viewer's own unit said last."""
    rows = Pledge.objects.filter(agreement=agreement, unit=viewer.unit_id, as_of__lte=on).order_by("as_of")
    return dict(rows.values_list("kind", "amount"))


def spots_of(viewer: Post, agreement: Agreement, on: date) -> list[SpotLine]:
    """For each commune where the plan holds, what it said last of each of the *bốn tại chỗ*."""
    if not opens(sight_of(viewer, agreement.matter, on), Facet.NOTES):
        return []
    rows = SpotState.objects.filter(agreement=agreement, as_of__lte=on).order_by("as_of").values_list("area", "spot", "ready")
    said = {(area, spot): ready for area, spot, ready in rows}
    return [SpotLine(area, tuple(said.get((area.pk, spot)) for spot in OnSpot.values)) for area in areas_at(agreement, "commune", on)]


def practices_of(viewer: Post, agreement: Agreement, on: date) -> QuerySet[Practice]:
    """The newest first."""
    if not opens(sight_of(viewer, agreement.matter, on), Facet.NOTES):
        return Practice.objects.none()
    return Practice.objects.filter(agreement=agreement).select_related("note", "proof__name").order_by("-held_on")


def last_practised(agreements: Sequence[Agreement]) -> dict[int, date]:
    """The day of the last practice of each plan that was practised at all."""
    rows = Practice.objects.filter(agreement__in=agreements).values_list("agreement").annotate(last=Max("held_on"))
    return dict(rows.order_by())


def result_of(viewer: Post, agreement: Agreement, on: date) -> EventResult | None:
    if not opens(sight_of(viewer, agreement.matter, on), Facet.NOTES):
        return None
    return EventResult.objects.filter(agreement=agreement).select_related("note").first()


def shifts_of(result: EventResult) -> QuerySet[EventShift]:
    """What each party said of itself. The result was fetched for its viewer."""
    return result.shifts.select_related("unit__force").order_by("pk")


def teams_of(viewer: Post, agreement: Agreement, on: date) -> QuerySet[TaskTeam]:
    """Inter-agency teams that stand on the agreement, with their members."""
    if not opens(sight_of(viewer, agreement.matter, on), Facet.NOTES):
        return TaskTeam.objects.none()
    rows = TaskTeam.objects.filter(agreement=agreement).select_related("name", "mandate")
    return rows.prefetch_related("members__unit__force", "members__reason").order_by("valid_until", "pk")
