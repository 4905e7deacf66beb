from datetime import date, timedelta

import pytest

from phoihop.domain import models as m
from phoihop.domain.activities.actions.planning import cancel, change, plan_many
from phoihop.domain.activities.queries.again import every_week, month_again, same_weekday
from phoihop.domain.activities.rules import LegDraft, PartyDraft, fits_plan
from phoihop.domain.matters.actions.parts import answer
from tests.domain.activities.steps import again, planned
from tests.world import NOON, a_draft, at, songdat


@pytest.mark.parametrize(
    ("day", "year", "month", "found"),
    [
        (date(2026, 6, 1), 2026, 7, date(2026, 7, 6)),
        (date(2026, 6, 9), 2026, 7, date(2026, 7, 14)),
        (date(2026, 6, 30), 2026, 7, None),
        (date(2026, 6, 29), 2026, 7, None),
        (date(2026, 6, 29), 2026, 8, date(2026, 8, 31)),
        (date(2026, 12, 31), 2027, 1, None),
        (date(2026, 12, 24), 2027, 1, date(2027, 1, 28)),
        (date(2026, 1, 29), 2026, 2, None),
    ],
)
def test_the_nth_weekday_of_a_month_is_the_nth_of_the_next_unless_it_lacks_a_fifth(day, year, month, found):
    assert same_weekday(day, year, month) == found
    assert found is None or found.weekday() == day.weekday()


@pytest.mark.django_db
def test_last_month_is_planned_again_on_the_same_weekdays():
    w = songdat()
    days = (1, 9, 29, 30)
    plan_many(by=w.lan, drafts=[a_draft(w, start=at(d, 20), end=at(d, 22), title=f"Ca {d}") for d in days], at=NOON)
    cancel(by=w.lan, activity=planned(w, start=at(5, 20), end=at(5, 22)), why="Bão", at=at(1, 13))
    planned(w, start=at(6, 20), end=at(6, 22), planned=False)
    drafts = month_again(w.lan, 2026, 7)
    assert [(d.start, d.end, d.title) for d in drafts] == [(at(6, 20, month=7), at(6, 22, month=7), "Ca 1"), (at(14, 20, month=7), at(14, 22, month=7), "Ca 9")]
    assert [fits_plan(d, w.police_song.pk, NOON).code for d in drafts] == ["", ""]
    assert month_again(w.binh, 2026, 7) == []


@pytest.mark.django_db
def test_a_patrol_late_at_night_belongs_to_the_month_in_which_it_begins():
    w = songdat()
    planned(w, start=at(31, 23, month=5), end=at(1, 2))
    planned(w, start=at(1, 0, 30), end=at(1, 2))
    assert [d.start for d in month_again(w.lan, 2026, 7)] == [at(6, 0, 30, month=7)]


@pytest.mark.django_db
def test_every_week_until_a_day_keeps_the_hours():
    w = songdat()
    a = planned(w, start=at(1, 23), end=at(2, 1))
    drafts = every_week(w.lan, a, date(2026, 6, 29))
    assert [(d.start, d.end) for d in drafts] == [(at(n, 23), at(n + 1, 1)) for n in (8, 15, 22)]
    assert every_week(w.binh, a, date(2026, 6, 29)) == []


@pytest.mark.django_db
def test_a_year_of_weeks_reads_the_patrol_once(django_assert_num_queries):
    w = songdat()
    a = m.Activity.objects.select_related("matter").get(pk=planned(w).pk)
    for until, weeks in ((date(2026, 6, 9), 1), (date(2027, 6, 1), 52)):
        with django_assert_num_queries(9):
            assert len(every_week(w.lan, a, until)) == weeks


@pytest.mark.django_db
def test_parties_legs_and_followers_come_along_and_who_was_taken_off_does_not():
    w = songdat()
    parties = [PartyDraft(w.police_song, 3), PartyDraft(w.militia_song, 4, 2, 3, "cochair"), PartyDraft(w.station, 5)]
    legs = [LegDraft(w.song, at(1, 20), at(1, 21)), LegDraft(w.dat, at(1, 21), at(1, 22))]
    fields = {"legs": legs, "armed": True, "route_kind": "river", "title": "Sông Tiền"}
    a = planned(w, parties=parties, followers=[w.front_song], **fields)
    change(by=w.lan, activity=a, draft=a_draft(w, parties=parties[:2], followers=[w.front_song], **fields), version=1, at=at(1, 13))
    answer(by=w.binh, part=a.matter.parts.get(unit=w.militia_song), state="declined", reason="Trùng ca", at=at(1, 13))
    (draft,) = every_week(w.lan, again(a), date(2026, 6, 9))
    week = timedelta(days=7)
    assert [(p.unit, p.people, p.teams, p.team, p.role) for p in draft.parties] == [(w.police_song, 3, 1, 1, "support"), (w.militia_song, 4, 2, 3, "cochair")]
    assert [(leg.area, leg.first, leg.until) for leg in draft.legs] == [(leg.area, leg.first + week, leg.until + week) for leg in legs]
    assert (draft.followers, draft.armed, draft.route_kind, draft.title, draft.area) == ([w.front_song], True, "river", "Sông Tiền", w.song)


@pytest.mark.django_db
def test_a_patrol_without_legs_of_its_own_gets_none():
    w = songdat()
    (draft,) = every_week(w.lan, planned(w), date(2026, 6, 9))
    assert draft.legs == []


@pytest.mark.django_db
def test_who_was_offered_the_lead_is_asked_as_a_party_again():
    w = songdat()
    a = planned(w, parties=[PartyDraft(w.police_song, 3), PartyDraft(w.militia_song, 4, role="lead")])
    (draft,) = every_week(w.lan, a, date(2026, 6, 9))
    assert [p.role for p in draft.parties] == ["support", "support"]
