from datetime import date

import pytest

from phoihop.domain import models as m
from phoihop.domain.activities.actions.planning import cancel, plan
from phoihop.domain.activities.actions.routes import change_route, draw_route, end_route, hand_over_routes, join_campaign, open_campaign
from phoihop.domain.activities.actions.under_way import start, tap
from phoihop.domain.activities.rules import PartyDraft, PointDraft, RouteDraft, fits_route
from phoihop.domain.matters.actions.parts import answer, ask, close
from tests.domain.activities.bare import TODAY, area, said
from tests.domain.activities.steps import again, planned, refused, told
from tests.world import NOON, a_draft, at, songdat


def bare(**change):
    return RouteDraft(**{"code": "B1", "name": "Đường đê", "kind": "road", "area": area()} | change)


@pytest.mark.parametrize(
    ("change", "taken", "expected"),
    [
        ({}, False, ("", None)),
        ({}, True, ("code-taken", "code")),
        ({"code": " "}, False, ("text-missing", "code")),
        ({"code": "x" * 13}, False, ("text-too-long", "code")),
        ({"name": ""}, False, ("text-missing", "name")),
        ({"name": "x" * 121}, False, ("text-too-long", "name")),
        ({"kind": "sky"}, False, ("no-such-kind", "kind")),
        ({"every_days": 0}, False, ("cadence", "every_days")),
        ({"every_days": 367}, False, ("cadence", "every_days")),
        ({"every_days": 7}, False, ("", None)),
        ({"area": area(valid_until=TODAY)}, False, ("area-not-then", "area")),
        ({"areas": [area(2), area(3, valid_until=TODAY)]}, False, ("area-not-then", "areas.1")),
        ({"points": [PointDraft("Cống số 2", area()), PointDraft(" ", area())]}, False, ("text-missing", "points.1.name")),
        ({"points": [PointDraft("Cống số 2", area(valid_until=TODAY))]}, False, ("area-not-then", "points.0.area")),
    ],
)
def test_a_route_has_a_code_a_name_and_places_of_today(change, taken, expected):
    assert said(fits_route(bare(**change), TODAY, taken)) == expected


def drawn(w, *points, **change):
    plain = {"code": "B1", "name": "Đường đê Sông", "kind": "road", "area": w.song, "points": [PointDraft(name, w.song) for name in points]}
    return RouteDraft(**plain | change)


def points(route):
    return list(route.checkpoints.order_by("n", "pk").values_list("n", "name"))


@pytest.mark.django_db
def test_a_route_is_drawn_with_its_points_in_order_and_the_communes_it_touches():
    w = songdat()
    route = draw_route(by=w.lan, draft=drawn(w, "Cống số 2", "Bến phà", areas=[w.dat, w.song], every_days=7), at=NOON)
    assert (route.owner, route.folded, route.valid_from, route.every_days) == (w.police_song, "duong de song", TODAY, 7)
    assert (points(route), list(route.areas.values_list("area", flat=True))) == ([(1, "Cống số 2"), (2, "Bến phà")], [w.dat.pk])
    assert told("route.drawn") == {"route": route.pk, "kind": "road", "area": "29001", "points": 2}


@pytest.mark.django_db
def test_a_code_is_a_units_own_and_free_again_on_another_day():
    w = songdat()
    route = draw_route(by=w.lan, draft=drawn(w), at=NOON)
    assert refused(lambda: draw_route(by=w.lan, draft=drawn(w, code=" B1 "), at=NOON)) == ("code-taken", "code")
    assert draw_route(by=w.mai, draft=drawn(w), at=NOON).owner == w.police
    end_route(by=w.lan, route=route, at=NOON)
    assert refused(lambda: draw_route(by=w.lan, draft=drawn(w), at=NOON)) == ("code-taken", "code")
    assert draw_route(by=w.lan, draft=drawn(w), at=at(2, 8)).code == "B1"


@pytest.mark.django_db
def test_a_changed_route_keeps_the_points_that_stay_and_those_that_were_tapped():
    w = songdat()
    route = draw_route(by=w.lan, draft=drawn(w, "Cống số 2", "Bến phà", "Chợ"), at=NOON)
    first, second, _ = route.checkpoints.order_by("n")
    a = start(by=w.lan, activity=planned(w, route=route), started_at=at(1, 20), at=at(1, 20))
    for point in (first, second):
        tap(by=w.lan, activity=a, checkpoint=point, tapped_at=at(1, 20, 30), at=at(1, 20, 31))
    change_route(by=w.lan, route=route, draft=drawn(w, "Kè đá", "Cống số 2", name="Đường đê mới"), at=at(2, 8))
    assert set(points(route)) == {(1, "Kè đá"), (2, "Cống số 2"), (None, "Bến phà")}
    assert set(m.CheckTap.objects.values_list("checkpoint", flat=True)) == {first.pk, second.pk}
    route.refresh_from_db()
    assert (route.name, route.folded) == ("Đường đê mới", "duong de moi")
    b = start(by=w.lan, activity=planned(w, route=route), started_at=at(2, 8), at=at(2, 8))
    assert refused(lambda: tap(by=w.lan, activity=b, checkpoint=second, tapped_at=at(2, 8), at=at(2, 9))) == ("not-on-route", "checkpoint")
    change_route(by=w.lan, route=route, draft=drawn(w, "Bến phà"), at=at(2, 10))
    assert set(points(route)) == {(1, "Bến phà"), (None, "Cống số 2")}


@pytest.mark.django_db
def test_two_points_of_one_name_stay_two():
    w = songdat()
    route = draw_route(by=w.lan, draft=drawn(w, "Cống", "Cống"), at=NOON)
    change_route(by=w.lan, route=route, draft=drawn(w, "Cống", "Cống", "Cống"), at=at(2, 8))
    assert points(route) == [(1, "Cống"), (2, "Cống"), (3, "Cống")]


@pytest.mark.django_db
def test_only_the_owner_changes_and_ends_a_route_that_is_in_use():
    w = songdat()
    route = draw_route(by=w.lan, draft=drawn(w), at=NOON)
    assert refused(lambda: change_route(by=w.mai, route=route, draft=drawn(w), at=NOON)) == ("not-owner", None)
    assert refused(lambda: draw_route(by=w.binh, draft=drawn(w), at=NOON)) == ("not-your-role", None)
    ended = end_route(by=w.lan, route=route, at=NOON)
    assert ended.valid_until == date(2026, 6, 2)
    assert refused(lambda: end_route(by=w.lan, route=route, at=NOON)) == ("route-ended", None)


@pytest.mark.django_db
def test_an_heir_takes_over_routes_under_codes_of_its_own():
    w = songdat()
    mine = draw_route(by=w.mai, draft=drawn(w), at=NOON)
    for code in ("B1", "B1.2", "B2"):
        draw_route(by=w.lan, draft=drawn(w, code=code), at=NOON)
    ended = end_route(by=w.lan, route=draw_route(by=w.lan, draft=drawn(w, code="B9"), at=NOON), at=NOON)
    assert hand_over_routes(by=w.node, old=w.police_song, new=w.police, day=date(2026, 6, 2), at=at(2, 0)) == 3
    assert sorted(m.Route.objects.filter(owner=w.police).values_list("code", flat=True)) == ["B1", "B1.2", "B1.2.2", "B2"]
    ended.refresh_from_db()
    assert (ended.owner, mine.code) == (w.police_song, "B1")


@pytest.fixture
def campaign(db):
    w = songdat()
    w.campaign = open_campaign(by=w.lan, name="Cao điểm hè", area=w.song, first=TODAY, until=date(2026, 6, 8), at=NOON)
    return w


def test_a_campaign_has_a_matter_a_name_and_days(campaign):
    w = campaign
    assert (w.campaign.matter.code[:2], w.campaign.matter.title.text, w.campaign.matter.lead) == ("CD", "Cao điểm hè", w.police_song)
    assert told("campaign.opened")["until"] == "2026-06-08"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"name": " "}, ("text-missing", "name")),
        ({"until": TODAY}, ("time-order", "until")),
        ({"until": date(2027, 6, 3)}, ("too-long", "until")),
        ({"first": date(2020, 1, 1), "until": date(2020, 2, 1)}, ("area-not-then", "area")),
    ],
)
def test_a_campaign_that_cannot_be_is_not_opened(change, expected, db):
    w = songdat()
    fields = {"name": "Cao điểm hè", "area": w.song, "first": TODAY, "until": date(2026, 6, 8)} | change
    assert refused(lambda: open_campaign(by=w.lan, at=NOON, **fields)) == expected
    assert m.Matter.objects.count() == 0


def test_the_refusal_names_the_patrol_that_does_not_fit(campaign):
    w = campaign
    good, late = planned(w), planned(w, start=at(9, 20), end=at(9, 22))
    gone = cancel(by=w.lan, activity=planned(w), why="Bão", at=NOON)

    def join(*patrols):
        return join_campaign(by=w.lan, campaign=w.campaign, activities=patrols, at=at(1, 13))

    assert refused(lambda: join(late, good)) == ("outside-campaign", "activities.0")
    assert refused(lambda: join(good, gone)) == ("cancelled", "activities.1")
    assert m.Activity.objects.exclude(campaign=None).count() == 0


def test_who_takes_part_in_a_campaign_brings_its_own_patrols(campaign):
    w = campaign
    mine = planned(w)
    theirs = plan_of_police(w)

    def join(by, a):
        return join_campaign(by=by, campaign=w.campaign, activities=[a], at=at(1, 13))

    assert refused(lambda: join(w.mai, theirs)) == ("not-party", "campaign")
    answer(by=w.mai, part=ask(by=w.lan, matter=w.campaign.matter, unit=w.police, role="support", at=NOON), state="accepted", at=NOON)
    assert refused(lambda: join(w.mai, mine)) == ("not-lead", None)
    assert (join(w.mai, theirs), again(theirs).campaign) == (1, w.campaign)
    close(by=w.lan, matter=w.campaign.matter, at=at(1, 14))
    w.campaign.matter.refresh_from_db()
    assert refused(lambda: join(w.lan, mine)) == ("closed", "campaign")


def plan_of_police(w):
    return plan(by=w.mai, draft=a_draft(w, parties=[PartyDraft(w.police, 3), PartyDraft(w.militia_song, 4)]), at=NOON)
