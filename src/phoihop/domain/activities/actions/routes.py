"""Routes with their check-points, and campaigns that group patrols."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from phoihop.kernel.action import action, locked
from phoihop.kernel.heirs import passes
from phoihop.kernel.period import local_day
from phoihop.kernel.text import fold, nfc

from ...figures.actions import ledger
from ...figures.rules import Posting
from ...forces.models import Unit
from ...matters.actions.journal import write
from ...matters.actions.opening import Opening, open_matters
from ...matters.actions.texts import keep
from ...matters.models import MatterKind, Purpose
from ...people.models import Post
from ...territory.models import Area
from .. import rules
from ..models import Activity, Campaign, Checkpoint, Route, RouteArea


@dataclass(frozen=True, slots=True)
class PointDraft:
    name: str
    area: Area


@dataclass(frozen=True, slots=True)
class RouteDraft:
    """A route as its owner draws it: where it begins, which other communes it touches, check-points in order."""

    code: str
    name: str
    kind: str
    area: Area
    areas: Sequence[Area] = ()
    points: Sequence[PointDraft] = ()
    every_days: int | None = None


@action
def draw_route(*, by: Post, draft: RouteDraft, at: datetime) -> Route:
    """Draw a route of one's own unit."""
    today = local_day(at)
    rules.may_draw(by, today).enforce()
    rules.fits_route(draft.code, draft.name, draft.kind, draft.area, draft.every_days, today, _taken(by.unit, draft.code, today)).enforce()
    route = Route.objects.create(
        code=draft.code, name=nfc(draft.name).strip(), folded=fold(draft.name), kind=draft.kind, owner=by.unit, area=draft.area,
        every_days=draft.every_days, valid_from=today,
    )  # fmt: skip
    _lay(route, draft)
    write(by=by, what="route.drawn", at=at, route=route.pk, kind=draft.kind, area=draft.area.code, points=len(draft.points))
    return route


@action
def change_route(*, by: Post, route: Route, draft: RouteDraft, at: datetime) -> Route:
    """Change name, kind, communes and check-points of a route of one's own unit. Patrols already tapped keep their points."""
    route, today = locked(route), local_day(at)
    rules.may_change_route(by, route, today).enforce()
    taken = draft.code != route.code and _taken(by.unit, draft.code, today)
    rules.fits_route(draft.code, draft.name, draft.kind, draft.area, draft.every_days, today, taken).enforce()
    route.code, route.name, route.folded, route.kind = draft.code, nfc(draft.name).strip(), fold(draft.name), draft.kind
    route.area, route.every_days = draft.area, draft.every_days
    route.save()
    route.areas.all().delete()
    route.checkpoints.exclude(pk__in=Activity.objects.filter(taps__isnull=False).values("taps__checkpoint")).delete()
    _lay(route, draft)
    write(by=by, what="route.changed", at=at, route=route.pk, kind=draft.kind, area=draft.area.code, points=len(draft.points))
    return route


@action
def end_route(*, by: Post, route: Route, at: datetime) -> Route:
    """The route is no longer used from tomorrow on; patrols on it stay."""
    route, today = locked(route), local_day(at)
    rules.may_change_route(by, route, today).enforce()
    route.valid_until = rules.next_day(today)
    route.save(update_fields=["valid_until"])
    write(by=by, what="route.ended", at=at, route=route.pk)
    return route


@action
def open_campaign(*, by: Post, name: str, area: Area, first: date, until: date, at: datetime) -> Campaign:
    """Open a *đợt cao điểm*: it groups patrols of its days and counts once as a campaign, adding no patrol."""
    rules.may_open_campaign(by, name, first, until, local_day(at)).enforce()
    title = keep(name, Purpose.TITLE, at)
    matter = open_matters(kind=MatterKind.CAMPAIGN, openings=[Opening(by.unit, area, title=title)], at=at)[0]
    campaign = Campaign.objects.create(matter=matter, first=first, until=until)
    event = write(by=by, what="campaign.opened", at=at, matter=matter, first=first, until=until, area=area.code, texts={"name": title})
    ledger.post([(event, Posting("TR.07", area, first, 1, matter=matter))])
    return campaign


@action
def join_campaign(*, by: Post, campaign: Campaign, activities: Sequence[Activity], at: datetime) -> int:
    """Put one's own patrols of the campaign's days into it. Returns how many."""
    rules.at_most(len(activities)).enforce()
    rows = list(Activity.objects.select_for_update().filter(pk__in=[a.pk for a in activities]).select_related("matter"))
    for n, a in enumerate(rows):
        rules.may_join(by, campaign, a, local_day(at)).at(f"activities.{n}").enforce()
    Activity.objects.filter(pk__in=[a.pk for a in rows]).update(campaign=campaign)
    write(by=by, what="campaign.joined", at=at, matter=campaign.matter, patrols=[a.matter.code for a in rows])
    return len(rows)


@passes("Route.owner")
def hand_over_routes(*, by: Post, old: Unit, new: Unit, day: date, at: datetime) -> int:
    """A unit ended: the routes it drew and still uses are its heir's."""
    count = 0
    for route in Route.objects.filter(owner=old, valid_until=None):
        taken = Route.objects.filter(owner=new, code=route.code, valid_from=route.valid_from).exists()
        route.owner, route.code = new, f"{route.code[:10]}+" if taken else route.code
        route.save(update_fields=["owner", "code"])
        count += 1
    return count


def _taken(unit: Unit, code: str, today: date) -> bool:
    return Route.objects.filter(owner=unit, code=code, valid_until=None).exists() or Route.objects.filter(owner=unit, code=code, valid_from=today).exists()


def _lay(route: Route, draft: RouteDraft) -> None:
    others = {a.pk: a for a in draft.areas if a.pk != draft.area.pk}
    RouteArea.objects.bulk_create([RouteArea(route=route, area=a) for a in others.values()])
    first = route.checkpoints.count() + 1
    Checkpoint.objects.bulk_create([Checkpoint(route=route, n=n, name=nfc(p.name).strip(), area=p.area) for n, p in enumerate(draft.points, first)])
