from datetime import date

import pytest

from phoihop.domain import models as m
from phoihop.domain.activities.actions.planning import cancel, plan
from phoihop.domain.activities.actions.routes import draw_route, end_route
from phoihop.domain.activities.queries.places import touched, within
from phoihop.domain.activities.queries.roster import Seat, count_by_area_and_day, nights_by_force, of_days, planned
from phoihop.domain.activities.queries.routes import routes_named, routes_of
from phoihop.domain.activities.rules import Grace, LegDraft, PartyDraft, RouteDraft, State
from phoihop.domain.activities.rules.shifts import Shift
from phoihop.domain.matters.actions.parts import answer
from phoihop.kernel.period import Period, local_day
from tests.domain.activities.steps import THREE
from tests.domain.activities.steps import planned as plan_one
from tests.world import NOON, a_draft, at, songdat

pytestmark = pytest.mark.django_db
TODAY, GRACE = local_day(NOON), Grace()
JUNE = Period(date(2026, 6, 1), date(2026, 7, 1))


def route(w, by=None, code="B1", **change):
    return draw_route(by=by or w.lan, draft=RouteDraft(**{"code": code, "name": "Bãi nghêu", "kind": "sea", "area": w.song} | change), at=NOON)


def known(viewer, days=JUNE):
    """The routes that a post knows, which a list names as they are."""
    found = list(routes_of(viewer, days, TODAY))
    assert routes_named(viewer, days, TODAY) == [(way.pk, way.code, way.name) for way in found]
    return found


def seen(viewer, now=NOON):
    return planned(of_days(viewer, JUNE, now, GRACE, TODAY))


def test_a_roster_tells_who_takes_part_everything_and_who_directs_them_day_and_commune():
    w = songdat()
    way = route(w)
    a = plan_one(w, *THREE, route=way)
    (full,), (bare,) = seen(w.hai), seen(w.mai)
    assert (full.code, full.route, full.start, full.shift, full.lead) == (a.matter.code, way.pk, at(1, 20), Shift.NIGHT, w.police_song.pk)
    assert full.seats == tuple(
        Seat(getattr(w, name).pk, getattr(w, name).short, force, 1, 1, n) for name, force, n in zip(THREE, ("CA", "DQ", "BP"), (3, 4, 5), strict=True)
    )
    assert (bare.code, bare.day, bare.area, bare.exact) == (a.matter.code, date(2026, 6, 1), w.song.pk, False)
    assert (bare.route, bare.start, bare.end, bare.shift, bare.waiting, bare.seats) == (None, None, None, None, 0, ())


def test_who_declined_has_no_seat():
    w = songdat()
    a = plan_one(w, *THREE)
    answer(by=w.hai, part=a.matter.parts.get(unit=w.station), state="declined", reason="Trùng ca", at=NOON)
    (row,) = seen(w.lan)
    assert [s.force for s in row.seats] == ["CA", "DQ"]
    assert [(s.force, s.gone) for s in row.seated] == [("CA", False), ("DQ", False), ("BP", True)]


def test_only_patrols_of_the_days_in_the_order_of_their_start():
    w = songdat()
    for start, end in ((at(30, 23), at(1, 1, month=7)), (at(1, 0, month=7), at(1, 2, month=7)), (at(2, 8), at(2, 9)), (at(1, 0), at(1, 1))):
        plan(by=w.lan, draft=a_draft(w, start=start, end=end), at=at(1, 0))
    assert [row.start for row in seen(w.lan)] == [at(1, 0), at(2, 8), at(30, 23)]


def test_what_is_cancelled_does_not_stand():
    w = songdat()
    a, _other = plan_one(w), plan_one(w)
    cancel(by=w.lan, activity=a, why="Bão", at=NOON)
    assert [(row.state, row.stands) for row in seen(w.lan)] == [(State.CANCELLED, False), (State.PLANNED, True)]
    assert count_by_area_and_day(of_days(w.mai, JUNE, NOON, GRACE, TODAY)) == {(w.song.pk, date(2026, 6, 1)): 1}


def test_the_load_of_nights_is_counted_in_turns_of_teams():
    w = songdat()
    day = {"start": at(2, 8), "end": at(2, 10)}
    plan(by=w.lan, draft=a_draft(w, parties=[PartyDraft(w.police_song, 3, teams=2), PartyDraft(w.militia_song, 4)]), at=NOON)
    plan(by=w.lan, draft=a_draft(w, **day), at=NOON)
    assert nights_by_force(seen(w.lan)) == {"CA": (2, 6), "DQ": (1, 8)}


def test_an_area_holds_the_patrols_of_its_communes_as_they_were_on_the_day():
    w = songdat()
    a, b = plan_one(w), plan(by=w.phuong, draft=a_draft(w, area=w.dat, parties=[PartyDraft(w.police_dat, 3), PartyDraft(w.militia_song, 3)]), at=NOON)
    for area, expected in ((w.song, [a]), (w.dat, [b]), (w.province, [a, b]), (w.elsewhere, [])):
        assert list(m.Activity.objects.filter(within(area, TODAY)).order_by("pk")) == expected


def test_before_an_area_began_it_holds_what_lay_in_what_it_was_made_of():
    w = songdat()
    a = plan_one(w)
    m.Area.objects.filter(pk=w.dat.pk).update(valid_from=date(2026, 6, 10))
    m.Area.objects.filter(pk=w.song.pk).update(valid_until=date(2026, 6, 10))
    m.Succession.objects.create(old=w.song, new=m.Area.objects.get(pk=w.dat.pk), day=date(2026, 6, 10), kind="merge")
    heir = m.Area.objects.get(pk=w.dat.pk)
    assert list(m.Activity.objects.filter(within(heir, date(2026, 6, 1)))) == [a]
    assert list(m.Activity.objects.filter(within(heir, date(2026, 6, 11)))) == []


def test_a_patrol_touches_the_communes_of_its_legs_and_of_its_route():
    w = songdat()
    legs = [LegDraft(w.song, at(1, 20), at(1, 21)), LegDraft(w.dat, at(1, 21), at(1, 22))]
    a = plan_one(w, legs=legs)
    b = plan_one(w, route=route(w, areas=[w.dat]))
    assert set(touched(m.Activity.objects.all())) == {(a.pk, w.song.pk), (a.pk, w.dat.pk), (b.pk, w.song.pk), (b.pk, w.dat.pk)}


def test_a_route_is_known_to_its_unit_to_who_directs_it_and_to_who_walks_it():
    w = songdat()
    way = route(w)

    def knows(viewer):
        return known(viewer) == [way]

    assert [knows(v) for v in (w.lan, w.mai, w.binh, w.dung, w.tu, w.phuong)] == [True, True, False, False, False, False]
    a = plan_one(w, route=way)
    assert knows(w.binh)
    answer(by=w.binh, part=a.matter.parts.get(unit=w.militia_song), state="declined", reason="Trùng ca", at=NOON)
    assert not knows(w.binh)
    assert known(w.van) == []


def test_a_route_that_ended_is_still_one_of_the_days_before():
    w = songdat()
    way = route(w)
    end_route(by=w.lan, route=way, at=NOON)
    other = route(w, code="A1")
    assert known(w.lan) == [other, way]
    assert known(w.lan, Period(date(2026, 6, 2), date(2026, 7, 1))) == [other]
    assert known(w.lan, Period(date(2026, 5, 1), date(2026, 6, 1))) == []
