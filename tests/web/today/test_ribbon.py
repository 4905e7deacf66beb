"""The day as bars: what stands where, without a database and without a clock."""

import re
from collections import Counter
from datetime import timedelta

import pytest

from phoihop.domain.activities.queries.situation import OnDuty
from phoihop.domain.activities.rules import State
from phoihop.domain.activities.rules.situation import Told
from phoihop.web.today.lanes import PAPER, SCREEN, SHEET, TOP, Line, for_a_sheet, laid, patrols_on
from phoihop.web.today.ribbon import ribbon
from tests.world import at

FIRST = at(1, 6)


def patrol(n, state, start=None, end=None, place="xã Sông"):
    hours = {"start": FIRST + timedelta(hours=start), "end": FIRST + timedelta(hours=end)} if start is not None else {}
    return OnDuty(n, f"TT-{n}", "Tuần tra", 1, "29001", place, "Công an xã", "CA", state, True, True, **hours)


def drawn(*found, now=10.0):
    made = ribbon(found, FIRST, FIRST + timedelta(hours=now), {}, False, "?dv=%s")
    assert made is not None
    return str(made.bars)


def heights(drawing, css):
    return [float(y) for y in re.findall(rf'<rect class="{css}" x="[^"]*" y="([^"]*)"', drawing)]


@pytest.mark.parametrize(
    ("state", "css", "apart"), [(State.MISSING, "missing", SCREEN.worded), (State.LATE, "late", SCREEN.worded), (State.HELD, "done", SCREEN.lane)]
)
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
    assert lower - upper == SCREEN.worded


def line(name, **counts):
    """A line without hours; ``counts``: of its patrols by what is told of them."""
    return Line(name, "", hidden=Counter(counts), counts=Counter({Told(told.replace("_", "-")): n for told, n in counts.items()}))


def test_what_is_late_or_lacks_its_result_comes_on_the_sheet_before_what_is_out_and_that_before_the_rest():
    lines = [line("a", recorded=1), line("b", late=1), line("c", under_way=1), line("d", missing=2), line("e", to_come=1)]
    room = TOP + 3 * laid(lines[0], PAPER).height
    kept, left = for_a_sheet(lines, room)
    assert ([one.line.name for one in kept], [one.name for one in left]) == (["b", "c", "d"], ["a", "e"])
    assert for_a_sheet(lines, room - 1)[1] == [lines[0], lines[2], lines[4]]


def test_what_stays_off_the_sheet_is_counted():
    left = [line("a", recorded=3, late=1), line("b", missing=2)]
    assert (patrols_on(left), patrols_on(left, Told.LATE, Told.MISSING), patrols_on([])) == (6, 3, 0)


@pytest.mark.parametrize(("n", "closer", "left"), [(5, False, 0), (16, True, 0), (30, True, 7)])
def test_a_long_ribbon_is_drawn_closer_for_paper_and_says_what_the_sheet_does_not_hold(n, closer, left):
    made = ribbon([patrol(i, State.HELD, 1, 2, f"xã {i:02d}") for i in range(n)], FIRST, FIRST, {}, False, "?dv=%s")
    assert (made.paper is not None, made.paper.left if made.paper else 0) == (closer, left)
    if made.paper:
        assert float(re.findall(r'height="([^"]*)"', str(made.paper.bars))[0]) <= SHEET
