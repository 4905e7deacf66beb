"""The day as bars: what stands where, without a database and without a clock."""

import re
from datetime import timedelta

import pytest

from phoihop.domain.activities.queries.situation import OnDuty
from phoihop.domain.activities.rules import State
from phoihop.web.today.ribbon import LANE, WORDED, ribbon
from tests.world import at

FIRST = at(1, 6)


def patrol(n, state, start=None, end=None):
    hours = {"start": FIRST + timedelta(hours=start), "end": FIRST + timedelta(hours=end)} if start is not None else {}
    return OnDuty(n, f"TT-{n}", "Tuần tra", 1, "29001", "xã Sông", "Công an xã", "CA", state, True, True, **hours)


def drawn(*found, now=10.0):
    made = ribbon(found, FIRST, FIRST + timedelta(hours=now), {}, False, "?dv=%s")
    assert made is not None
    return str(made.bars)


def heights(drawing, css):
    return [float(y) for y in re.findall(rf'<rect class="{css}" x="[^"]*" y="([^"]*)"', drawing)]


@pytest.mark.parametrize(("state", "css", "apart"), [(State.MISSING, "missing", WORDED), (State.LATE, "late", WORDED), (State.HELD, "done", LANE)])
def test_lanes_lie_as_far_apart_as_the_words_beside_their_bars_are_high(state, css, apart):
    upper, lower = heights(drawn(patrol(1, state, 1, 4), patrol(2, state, 1.2, 4)), css)
    assert lower - upper == apart


@pytest.mark.parametrize(("now", "anchor", "before"), [(10.0, "start", False), (15.3, "start", False), (15.5, "end", True), (23.0, "end", True)])
def test_words_without_hours_stand_behind_this_moment_and_late_in_the_night_before_it(now, anchor, before):
    x, found = re.findall(r'<text class="hidden" x="([^"]*)%" y="[^"]*" text-anchor="(\w+)"', drawn(patrol(1, State.LATE), now=now))[0]
    assert (found, float(x) < now / 24 * 100) == (anchor, before)


@pytest.mark.parametrize(("now", "covered"), [(0.0, ["06"]), (6.0, ["12"]), (7.0, []), (15.5, ["22"]), (30.0, [])])
def test_an_hour_is_not_written_under_the_hour_of_this_moment(now, covered):
    written = re.findall(r'<text class="axis[^>]*>(\d\d)<', drawn(patrol(1, State.HELD, 1, 2), now=now))
    wanted = [f"{(6 + 2 * n) % 24:02d}" for n in range(13)]
    for hour in covered:
        wanted.remove(hour)
    assert written == wanted


@pytest.mark.parametrize(
    ("start", "end", "now", "anchor"),
    [(4, 6, 12.0, "start"), (4, 6, 7.0, "end"), (4, 6, 5.0, "start"), (1, 3, 4.0, "start"), (20, 22, 23.9, "end")],
)
def test_words_beside_a_bar_run_neither_over_the_line_of_this_moment_nor_over_the_end_of_the_day(start, end, now, anchor):
    drawing = drawn(patrol(1, State.MISSING, start, end), now=now)
    assert re.findall(r'<text class="missing"[^>]*text-anchor="(\w+)"', drawing) == [anchor]


def test_words_before_a_bar_have_a_lane_where_no_other_bar_lies_under_them():
    upper, lower = heights(drawn(patrol(1, State.MISSING, 2, 5), patrol(2, State.MISSING, 5.5, 9), now=10.0), "missing")
    assert lower - upper == WORDED
