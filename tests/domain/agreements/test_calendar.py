"""The calendar of holidays and events: what ships, what units add, which of them have a plan."""

from datetime import date

import pytest

from phoihop.domain import models as m
from phoihop.domain.agreements.actions.calendar import cancel_event, enter_events, lay_events, move_event, name_event
from phoihop.domain.agreements.queries.calendar import calendar_up_to_date, event_of, events_between, planned, unnamed
from phoihop.domain.agreements.rules.calendar import PublicEventDraft, fits_event, series_of, shipped
from phoihop.kernel.period import ONE_DAY
from phoihop.kernel.verdict import Refused
from tests.domain.agreements.planned import an_event_plan
from tests.world import NOON, at, songdat

YEAR = (date(2026, 1, 1), date(2027, 1, 1))
TODAY = date(2026, 6, 1)


def a_festival(w, **change):
    plain = {"area": w.song, "kind": "lehoi", "name": "Lễ hội đua ghe năm 2026", "first_on": date(2026, 6, 10), "last_on": date(2026, 6, 11)}
    return PublicEventDraft(**plain | change)


def code_of(act, **kwargs):
    with pytest.raises(Refused) as refused:
        act(at=NOON, **kwargs)
    return refused.value.verdict.code, refused.value.verdict.field


def test_every_shipped_event_says_where_its_days_come_from_and_a_lunar_one_its_day_of_the_moon():
    rows = shipped()
    assert [code for code, s in rows.items() if not (s.source and s.first_on < s.until and code == f"{s.series}-{code[-4:]}")] == []
    assert {y: sum(code.endswith(f"-{y}") for code in rows) for y in (2025, 2026, 2027)} == {2025: 14, 2026: 16, 2027: 13}
    assert [code for code, s in rows.items() if "âm lịch" in s.source and not s.lunar] == []


def test_a_moon_festival_of_the_shipped_list_falls_on_a_full_or_a_new_moon():
    """The middle of the eighth and of the first month, and the first day of Tết: whole lunations lie between them, 29 or 30 days each."""
    rows = shipped()
    days = sorted(
        [rows[f"tet-{y}"].first_on + ONE_DAY for y in (2025, 2026, 2027)]
        + [rows[f"{name}-{y}"].first_on - 14 * ONE_DAY for name in ("ram-gieng", "trung-thu") for y in (2025, 2026, 2027)]
    )
    lunation = 29.530588
    assert [d for d in days if abs(((d - days[0]).days / lunation) - round((d - days[0]).days / lunation)) * lunation > 1.2] == []


@pytest.mark.django_db
def test_laying_twice_changes_nothing_and_a_moved_day_is_taken_over():
    w = songdat()
    assert calendar_up_to_date() is False
    assert (lay_events(by=w.node, at=NOON), calendar_up_to_date(), lay_events(by=w.node, at=NOON)) == (43, True, 0)
    m.PublicEvent.objects.filter(code="tet-2027").update(first_on=date(2027, 2, 1))
    assert (calendar_up_to_date(), lay_events(by=w.node, at=NOON)) == (False, 1)
    assert code_of(lay_events, by=w.mai) == ("not-your-role", None)


@pytest.mark.django_db
def test_a_unit_adds_events_of_its_area_moves_them_and_takes_them_out():
    w = songdat()
    event = enter_events(by=w.lan, drafts=[a_festival(w)], at=NOON)[0]
    assert (event.unit, event.until, event.name.text) == (w.police_song, date(2026, 6, 12), "Lễ hội đua ghe năm 2026")
    assert code_of(enter_events, by=w.lan, drafts=[a_festival(w), a_festival(w, area=w.dat)]) == ("event-there", "drafts.0.name")
    assert code_of(enter_events, by=w.lan, drafts=[a_festival(w, name="Hội chợ"), a_festival(w, area=w.dat)]) == ("area-of-others", "drafts.1.area")
    assert code_of(move_event, by=w.binh, event=event, first_on=TODAY, last_on=TODAY)[0] == "not-your-role"
    assert code_of(cancel_event, by=w.mai, event=event)[0] == "not-own-event"
    move_event(by=w.lan, event=event, first_on=date(2026, 6, 12), last_on=date(2026, 6, 12), at=NOON)
    assert [list(events_between(where, *YEAR, TODAY)) for where in (w.song, w.province, w.dat, None)] == [[event], [event], [], [event]]
    cancel_event(by=w.lan, event=event, at=NOON)
    assert list(events_between(None, *YEAR, TODAY)) == []
    assert enter_events(by=w.lan, drafts=[a_festival(w)], at=NOON)[0].cancelled_at is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "own", "code"),
    [
        ({}, True, ""), ({"name": " "}, True, "text-missing"), ({"name": "x" * 201}, True, "text-too-long"), ({"kind": "bieutinh"}, True, "no-such-kind"),
        ({}, False, "area-of-others"), ({"last_on": date(2026, 6, 9)}, True, "ends-before-start"), ({"last_on": date(2026, 9, 1)}, True, "event-too-long"),
        ({"first_on": date(2030, 1, 1), "last_on": date(2030, 1, 1)}, True, "day-too-far"),
    ],
)  # fmt: skip
def test_an_event_has_a_name_a_kind_of_the_list_an_own_area_and_days_in_order(change, own, code):
    assert fits_event(a_festival(songdat(), **change), own, False, TODAY).code == code


@pytest.mark.django_db
def test_the_same_event_is_known_again_next_year():
    w = songdat()
    former = enter_events(by=w.lan, drafts=[a_festival(w, name="Lễ hội đua ghe 2025", first_on=date(2025, 6, 20), last_on=date(2025, 6, 21))], at=NOON)[0]
    event = enter_events(by=w.lan, drafts=[a_festival(w)], at=NOON)[0]
    assert series_of(a_festival(w)) == "29001:le-hoi-dua-ghe"
    found = planned(w.lan, w.song, *YEAR, TODAY)
    assert [(p.event, p.former, p.plans) for p in found] == [(event, former, [])]


@pytest.mark.django_db
def test_a_plan_is_named_for_an_event_by_its_lead_and_shows_to_whom_it_shows_anyway():
    w = songdat()
    event = enter_events(by=w.lan, drafts=[a_festival(w)], at=NOON)[0]
    plan = an_event_plan(w, valid_from=date(2026, 6, 10))
    assert list(unnamed(w.lan, *YEAR, TODAY)) == [plan]
    assert code_of(name_event, by=w.mai, agreement=plan, event=event)[0] == "not-lead"
    name_event(by=w.lan, agreement=plan, event=event, at=at(1, 13))
    assert (event_of(plan), list(unnamed(w.lan, *YEAR, TODAY))) == (event, [])
    assert [planned(who, w.song, *YEAR, TODAY)[0].plans for who in (w.lan, w.tu)] == [[plan], []]
