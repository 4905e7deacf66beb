"""Values that a unit enters for a period: its own area, once, taken back and posted anew when entered again."""

from __future__ import annotations

from datetime import date

import pytest

from phoihop.domain import models as m
from phoihop.domain.figures.actions.entering import enter
from phoihop.domain.figures.queries import cell
from phoihop.domain.figures.rules import EnteredValue
from phoihop.domain.figures.rules.calendars import period
from phoihop.kernel.verdict import Refused
from tests.world import NOON, person, songdat

pytestmark = pytest.mark.django_db
MEMBERS = "LL.01.TV"


def q1(w, value: int | None, by: m.Post | None = None, calendar: str = "ND09", code: str = "2026-Q1", **change):
    values = [EnteredValue(**{"measure": MEMBERS, "area": w.song, "value": value} | change)]
    return enter(by=by or w.lan, calendar=calendar, period=code, values=values, at=NOON)


def told(w, code: str, calendar: str = "ND09", area=None):
    return cell(MEMBERS, area or w.song, period(calendar, code)).value


def test_an_entered_value_is_told_for_its_period_and_for_longer_ones():
    w = songdat()
    q1(w, 12)
    assert [told(w, c) for c in ("2026-Q1", "2026-6T1", "2026", "2026-T3", "2026-Q2")] == [12, 12, 12, None, None]
    assert told(w, "2026-Q1", area=w.province) == 12
    assert told(w, "2026", calendar="THONGKE") is None


def test_entering_again_takes_back_and_posts_anew():
    w = songdat()
    q1(w, 12)
    q1(w, 13)
    assert told(w, "2026-Q1") == 13
    assert [f.value for f in m.Fact.objects.order_by("pk")] == [12, -12, 13]
    assert q1(w, 13) == []
    assert m.Fact.objects.count() == 3


def test_none_takes_a_value_back():
    w = songdat()
    q1(w, 12)
    q1(w, None)
    assert told(w, "2026-Q1") is None


def test_zero_entered_is_zero():
    w = songdat()
    q1(w, 0)
    assert told(w, "2026-Q1") == 0


def test_two_units_enter_side_by_side():
    w = songdat()
    q1(w, 12)
    phuong = person("phu", w.police_dat, "staff")
    q1(w, 5, by=phuong, area=w.dat)
    assert [told(w, "2026-Q1", area=a) for a in (w.song, w.dat, w.province)] == [12, 5, 17]


def test_it_counts_in_the_line_of_the_force_that_entered_it():
    w = songdat()
    q1(w, 12)
    assert [cell(MEMBERS, w.song, period("ND09", "2026-Q1"), line=w.lines[c].pk).value for c in ("CA", "BCA", "DQ")] == [12, 12, None]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"measure": "TR.01"}, "not-entered"),
        ({"value": -1}, "amount"),
        ({"value": 10**13}, "amount"),
    ],
)
def test_what_cannot_be_entered(change, code):
    w = songdat()
    with pytest.raises(Refused) as refusal:
        q1(w, **{"value": 12} | change)
    assert (refusal.value.verdict.code, refusal.value.verdict.field) == (code, f"values.0.{'measure' if code == 'not-entered' else 'value'}")


def test_nobody_enters_for_another_area_or_ahead_of_time_or_for_a_period_that_is_none():
    w = songdat()
    refusals = []
    for more in ({"area": w.dat}, {"code": "2027-Q1"}, {"code": "2026-Q5"}):
        with pytest.raises(Refused) as refusal:
            q1(w, 12, **more)
        refusals.append(refusal.value.verdict.code)
    assert refusals == ["not-your-area", "period-ahead", "no-such-period"]


def test_two_periods_that_share_days_are_not_both_entered():
    w = songdat()
    q1(w, 12)
    with pytest.raises(Refused) as refusal:
        q1(w, 4, code="2026-T3")
    assert refusal.value.verdict.code == "overlaps"
    q1(w, 4, code="2026-T4")
    assert told(w, "2026-6T1") == 16


def test_a_value_is_entered_once_and_at_least_one():
    w = songdat()
    twice = [EnteredValue(MEMBERS, w.song, n) for n in (1, 2)]
    for values, code in ((twice, "value-twice"), ([], "too-many")):
        with pytest.raises(Refused) as refusal:
            enter(by=w.lan, calendar="ND09", period="2026-Q1", values=values, at=NOON)
        assert refusal.value.verdict.code == code


def test_a_partner_does_not_enter_figures():
    w = songdat()
    with pytest.raises(Refused) as refusal:
        q1(w, 12, by=w.thu)
    assert refusal.value.verdict.code == "not-your-role"


def test_the_event_says_what_was_entered():
    w = songdat()
    q1(w, 12)
    event = m.Event.objects.latest("seq")
    assert (event.what, event.body) == ("figure.entered", '{"calendar":"ND09","period":"2026-Q1","values":[["LL.01.TV","29001","",12]]}')
    assert m.Fact.objects.get().day == date(2026, 3, 14)
