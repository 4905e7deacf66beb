"""A page of patrols is the same page, whether all of them were looked at or only what comes under its headings."""

from collections import Counter
from datetime import date, timedelta

import pytest

from phoihop.domain import models as m
from phoihop.domain.activities.actions.planning import cancel, change, plan
from phoihop.domain.activities.actions.routes import draw_route
from phoihop.domain.activities.queries import listed as listing
from phoihop.domain.activities.queries.listed import listed, renewed, tally
from phoihop.domain.activities.queries.roster import seen_of_days
from phoihop.domain.activities.rules import Grace, PartyDraft, RouteDraft, State
from phoihop.domain.matters.actions.parts import answer
from phoihop.kernel.joined_keys import keys_of
from phoihop.kernel.period import Period, local_day
from tests.domain.activities.steps import THREE, accepted, planned, reported
from tests.laid import laid_upon
from tests.world import NOON, a_draft, at, songdat

pytestmark = pytest.mark.django_db
JUNE = Period(date(2026, 6, 1), date(2026, 7, 1))
DAY, CODE, PLACE, LEAD = "day", "pk", "matter__area__folded", "matter__lead__short"


def counted(viewer, by=DAY, state=None, now=NOON):
    return tally(viewer, seen_of_days(viewer, JUNE, now, Grace(), local_day(now)), by, state, local_day(now))


def page(viewer, by=DAY, down=True, start=0, length=100, now=NOON, state=None):
    return listed(counted(viewer, by, state, now), down, start, length)


@laid_upon
def several(w):
    """Nine patrols on four days, led in two communes; the two forces of Sông see their own exactly, the province's police none before it is over."""
    hours = ((1, 20), (1, 18), (3, 5), (2, 22), (1, 21), (3, 4), (2, 9))
    ours = [planned(w, start=at(day, hour), end=at(day, hour + 1)) for day, hour in hours]
    parties = [PartyDraft(w.police_dat, people=3), PartyDraft(w.militia_song, people=4)]
    theirs = [
        plan(by=w.phuong, draft=a_draft(w, area=w.dat, start=at(day, hour), end=at(day, hour + 1), parties=parties), at=NOON) for day, hour in ((1, 19), (3, 6))
    ]
    return ours + theirs


@pytest.mark.parametrize("down", [True, False], ids=["down", "up"])
@pytest.mark.parametrize("by", [DAY, CODE, PLACE, LEAD])
@pytest.mark.parametrize("length", [1, 2, 4, 9, 20])
def test_pages_joined_are_the_whole_in_its_order(by, down, length):
    w = songdat()
    several(w)
    key = {DAY: lambda a: a.day, CODE: lambda a: a.pk, PLACE: lambda a: a.matter.area.folded, LEAD: lambda a: a.matter.lead.short}[by]
    rows = m.Activity.objects.select_related("matter__area", "matter__lead")
    whole = [a.matter.code for a in sorted(rows, key=lambda a: (key(a), a.planned_start, a.pk), reverse=down)]
    pages = [page(w.binh, by, down, start, length) for start in range(0, 9, length)]
    assert [row.code for part in pages for row in part] == whole


def test_within_a_day_the_order_tells_no_hour_that_the_row_does_not_show():
    w = songdat()
    made = several(w)
    by_number = sorted(made, key=lambda a: (a.day, a.pk))
    assert [(row.code, row.start) for row in page(w.mai, down=False)] == [(a.matter.code, None) for a in by_number]
    by_hour = sorted(made, key=lambda a: a.planned_start)
    assert [row.code for row in page(w.mai, down=False, now=at(9, 12))] == [a.matter.code for a in by_hour]


def test_what_is_over_stands_by_its_hour_behind_what_is_not():
    w = songdat()
    made = several(w)
    first = [(row.code, row.start) for row in page(w.mai, down=False, now=at(1, 21, 30)) if row.day == date(2026, 6, 1)]
    assert first == [(made[0].matter.code, None), (made[4].matter.code, None), (made[1].matter.code, at(1, 18)), (made[7].matter.code, at(1, 19))]


def test_states_are_counted_over_all_and_headings_over_those_that_are_listed():
    w = songdat()
    made = several(w)
    cancel(by=w.lan, activity=made[0], why="Bão", at=NOON)
    cancel(by=w.lan, activity=made[2], why="Bão", at=NOON)
    every, off = counted(w.binh), counted(w.binh, state=State.CANCELLED)
    assert every.states == off.states == {State.CANCELLED: 2, State.PLANNED: 7}
    assert (every.headings, every.total) == ([(date(2026, 6, 1), 4), (date(2026, 6, 2), 2), (date(2026, 6, 3), 3)], 9)
    assert (off.headings, off.total) == ([(date(2026, 6, 1), 1), (date(2026, 6, 3), 1)], 2)
    assert [row.code for row in page(w.binh, state=State.CANCELLED)] == [made[2].matter.code, made[0].matter.code]
    assert page(w.binh, state=State.HELD) == []
    assert page(w.binh, start=9) == []


@pytest.mark.parametrize("by", [DAY, CODE, PLACE, LEAD])
def test_each_viewer_is_told_as_many_of_each_state_as_that_viewer_finds_one_by_one(by):
    w = songdat()
    made, now = several(w), at(2, 12)
    cancel(by=w.lan, activity=made[0], why="Bão", at=NOON)
    reported(w, *THREE, a=planned(w, *THREE, start=at(1, 5), end=at(1, 6)))
    for viewer in (w.lan, w.binh, w.mai, w.hai, w.tu, w.van):
        found = Counter(State(a.state) for a in seen_of_days(viewer, JUNE, now, Grace(), local_day(now)))
        told = counted(viewer, by, now=now)
        assert (told.states, told.total) == (found, found.total())
        for state in State:
            rows = page(viewer, by, now=now, state=state)
            assert ({row.state for row in rows} <= {state}, len(rows)) == (True, found[state])


ACTS = {
    "cancelled": lambda w, made: [cancel(by=w.lan, activity=made[1], why="Bão", at=NOON)],
    "answered": lambda w, made: [accepted(w, made[0]), declined(w, made[3])],
    "reported": lambda w, made: [reported(w, a=made[0])],
    "planned on a day of the list": lambda w, _made: [planned(w, start=at(2, 14), end=at(2, 15))],
    "moved to a day of the list": lambda w, made: [moved(w, made[4], 3)],
    "planned on a new day between": lambda w, _made: [planned(w, start=at(9, 20), end=at(9, 21)), planned(w, start=at(4, 20), end=at(4, 21))],
    "moved out of it, the only one of its day": lambda w, made: [moved(w, moved(w, made[3], 3), 40), moved(w, made[6], 40)],
    "cancelled and planned": lambda w, made: [cancel(by=w.lan, activity=made[2], why="Bão", at=NOON), planned(w, start=at(3, 14), end=at(3, 15))],
    "nothing": lambda _w, _made: [],
}


def declined(w, a):
    return answer(by=w.binh, part=a.matter.parts.get(unit=w.militia_song), state="declined", reason="Trùng ca", at=NOON).matter.activity


def moved(w, a, day):
    a.refresh_from_db()
    start = at(1, 20) + timedelta(days=day - 1)
    return change(by=w.lan, activity=a, draft=a_draft(w, start=start, end=start + timedelta(hours=1)), version=a.version, at=NOON)


def rows_of(viewer, now=NOON):
    return seen_of_days(viewer, JUNE, now, Grace(), local_day(now))


def whole(told):
    return {heading: {group.state: sorted(keys_of(group.keys)) for group in groups} for heading, groups in told.groups.items()}


@pytest.mark.parametrize("act", ACTS)
def test_what_happened_to_single_patrols_is_counted_of_these_alone_and_comes_to_the_same(act):
    w = songdat()
    made = several(w)
    viewers, states = (w.lan, w.binh, w.mai, w.hai, w.tu, w.van), (None, State.CANCELLED)
    before = {(viewer, state): counted(viewer, state=state) for viewer in viewers for state in states}
    matters = {a.matter_id for a in ACTS[act](w, made)}
    for (viewer, state), old in before.items():
        new, anew = renewed(old, matters, rows_of(viewer), DAY), counted(viewer, state=state)
        assert (whole(new), list(new.groups), new.states, new.headings) == (whole(anew), list(anew.groups), anew.states, anew.headings)
        assert listed(new, True, 0, 100) == listed(anew, True, 0, 100)


def test_the_place_of_a_new_name_is_for_the_database_to_say():
    w = songdat()
    planned(w)
    before = {by: counted(w.phuong, by) for by in (PLACE, LEAD)}
    parties = [PartyDraft(w.police_dat, people=3), PartyDraft(w.militia_song, people=4)]
    theirs = plan(by=w.phuong, draft=a_draft(w, area=w.dat, start=at(2, 20), end=at(2, 21), parties=parties), at=NOON)
    assert [renewed(before[by], {theirs.matter_id}, rows_of(w.phuong), by) for by in (PLACE, LEAD)] == [None, None]


def test_what_is_looked_at_in_several_goes_is_the_same_page(monkeypatch):
    w = songdat()
    several(w)
    whole = page(w.binh)
    monkeypatch.setattr(listing, "_AT_ONCE", 2)
    assert page(w.binh) == whole


def test_a_row_tells_hours_way_and_strength_only_where_they_may_be_seen():
    w = songdat()
    way = draw_route(by=w.lan, draft=RouteDraft("B1", "Bãi nghêu", "sea", w.song), at=NOON)
    a = planned(w, *THREE, route=way, route_kind="sea")
    (full,), (bare,) = page(w.binh), page(w.mai)
    assert (full.start, full.end, full.route, full.route_kind, full.people, full.forces) == (at(1, 20), at(1, 22), "Bãi nghêu", "sea", 12, ("BP", "DQ"))
    assert (bare.start, bare.end, bare.route, bare.route_kind, bare.people, bare.forces) == (None, None, "", "", None, ("BP", "DQ"))
    assert (bare.code, bare.day, bare.area, bare.lead, bare.lead_force) == (a.matter.code, date(2026, 6, 1), "Sông", w.police_song.pk, "CA")
    assert page(w.tu) == page(w.van) == []
    reported(w, *THREE, a=a)
    (over,) = page(w.mai, now=at(2, 7))
    assert (over.start, over.route, over.people, over.state, over.claim, over.confirmed) == (at(1, 20, 5), "Bãi nghêu", 12, State.WAITING, "held", 0)


def test_who_declined_sees_the_title_alone_and_stands_in_no_crew():
    w = songdat()
    a = planned(w, *THREE, title="Chốt cầu phao")
    answer(by=w.hai, part=a.matter.parts.get(unit=w.station), state="declined", reason="Trùng ca", at=NOON)
    (theirs,), (ours,) = page(w.hai, now=at(2, 7)), page(w.lan)
    assert (theirs.title, theirs.start, theirs.forces, theirs.people) == ("Chốt cầu phao", None, (), None)
    assert (ours.title, ours.forces, ours.people) == ("Chốt cầu phao", ("DQ",), 7)
