"""Routes with their check-points, and campaigns that group patrols."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from phoihop.kernel.action import action, locked
from phoihop.kernel.heirs import passes
from phoihop.kernel.period import local_day
from phoihop.kernel.rows import insert
from phoihop.kernel.text import fold, nfc

from ...figures.actions import ledger
from ...figures.rules import Posting
from ...forces.models import Unit
from ...matters.actions.journal import write
from ...matters.actions.opening import Opening, open_matters
from ...matters.actions.texts import keep
from ...matters.models import MatterKind, Purpose
from ...matters.queries.sight import sight_of
from ...people.models import Post
from ...territory.models import Area
from .. import rules
from ..models import Activity, Campaign, Checkpoint, Route, RouteArea
from ..rules import RouteDraft


@action
def draw_route(*, by: Post, draft: RouteDraft, at: datetime) -> Route:
    """Draw a route of one's own unit."""
    today = local_day(at)
    rules.may_draw(by, today).enforce()
    rules.fits_route(draft, today, _taken(by.unit, draft.code, today)).enforce()
    route = Route(owner=by.unit, valid_from=today)
    _lay(route, draft)
    write(by=by, what="route.drawn", at=at, route=route.pk, kind=draft.kind, area=draft.area.code, points=len(draft.points))
    return route


@action
def change_route(*, by: Post, route: Route, draft: RouteDraft, at: datetime) -> Route:
    """Change name, kind, communes and check-points of a route of one's own unit. Patrols already tapped keep their points."""
    route, today = locked(route), local_day(at)
    rules.may_change_route(by, route, today).enforce()
    rules.fits_route(draft, today, draft.code.strip() != route.code and _taken(by.unit, draft.code, today)).enforce()
    _lay(route, draft)
    _drop_untapped(route)
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
    rules.may_open_campaign(by, name, area, first, until, local_day(at)).enforce()
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
    on = local_day(at)
    seen = sight_of(by, campaign.matter, on)
    rows = Activity.objects.select_for_update(of=("self",)).select_related("matter").in_bulk([a.pk for a in activities])
    for n, a in enumerate(activities):
        rules.of_row(rules.may_join(by, campaign, seen, rows[a.pk], on), "activities", n, len(activities)).enforce()
    Activity.objects.filter(pk__in=list(rows)).update(campaign=campaign)
    write(by=by, what="campaign.joined", at=at, matter=campaign.matter, patrols=[rows[a.pk].matter.code for a in activities])
    return len(rows)


@passes("Route.owner")
def hand_over_routes(*, by: Post, old: Unit, new: Unit, day: date, at: datetime) -> int:
    """A unit ended: the routes it drew and still uses are its heir's, under another code where the heir has that one already."""
    count = 0
    for route in Route.objects.filter(owner=old, valid_until=None).order_by("pk"):
        route.owner, route.code = new, _free_code(new, route.code)
        route.save(update_fields=["owner", "code"])
        count += 1
    return count


def _taken(unit: Unit, code: str, today: date) -> bool:
    """Whether a route of the unit bears the code now, or began with it today."""
    routes = Route.objects.filter(owner=unit, code=code.strip())
    return routes.filter(valid_until=None).exists() or routes.filter(valid_from=today).exists()


def _free_code(unit: Unit, code: str) -> str:
    taken = set(Route.objects.filter(owner=unit).values_list("code", flat=True))
    n, free = 1, code
    while free in taken:
        n += 1
        free = f"{code[:9]}.{n}"
    return free


def _lay(route: Route, draft: RouteDraft) -> None:
    """Make the route what the draft says. A point that stays keeps its taps; one that was tapped and is gone stays, without a place in the order."""
    route.code, route.name, route.folded, route.kind = draft.code.strip(), nfc(draft.name).strip(), fold(draft.name), draft.kind
    route.area, route.every_days = draft.area, draft.every_days
    former = {} if route.pk is None else _cleared(route)
    route.save()
    insert([RouteArea(route=route, area=a) for a in {a.pk: a for a in draft.areas if a.pk != draft.area.pk}.values()])
    added = []
    for n, drawn in enumerate(draft.points, 1):
        name = nfc(drawn.name).strip()
        if stays := former.pop((name, drawn.area.pk), None):
            stays.n = n
            stays.save()
        else:
            added.append(Checkpoint(route=route, name=name, area=drawn.area, n=n))
    insert(added)


def _cleared(route: Route) -> dict[tuple[str, int], Checkpoint]:
    """Take its communes and the order of its points from a route that is drawn anew; the points by name and commune."""
    route.areas.all().delete()
    former = {(p.name, p.area_id): p for p in route.checkpoints.order_by("-pk")}
    route.checkpoints.update(n=None)
    return former


def _drop_untapped(route: Route) -> None:
    tapped = Activity.objects.filter(taps__checkpoint__route=route).values("taps__checkpoint")
    route.checkpoints.filter(n=None).exclude(pk__in=tapped).delete()
