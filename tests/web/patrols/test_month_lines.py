"""The month: what is counted in its lines is counted alike beside them and below, and what is to be mended is told apart."""

from __future__ import annotations

from datetime import timedelta

import pytest

from phoihop.domain.activities.actions.holding import report
from phoihop.domain.activities.actions.planning import plan
from phoihop.domain.activities.rules import PartyDraft
from phoihop.domain.matters.actions.parts import answer
from phoihop.kernel.period import ONE_DAY, Period
from phoihop.web.patrols.month.findings import findings
from phoihop.web.patrols.month.gathering import Month
from phoihop.web.patrols.month.lines import OTHERS_ICON, routes_by_days
from tests.web.patrols.steps import HOUR, again, now, planned
from tests.world import a_draft, a_result

pytestmark = pytest.mark.django_db


def counts_of_others(w, post, day):
    """How many patrols of other units each day's cell of the month shows, where it shows any."""
    month = Month(post, w.song, Period(day, day + ONE_DAY), now().date())
    return [len(cell.patrols) for group in routes_by_days(month).groups if group.icon == OTHERS_ICON for line in group.lines for cell in line.cells]


def test_what_others_did_not_hold_is_not_counted_among_their_patrols(w):
    start = now() - HOUR
    parties = [PartyDraft(w.militia_song, people=3), PartyDraft(w.police_song, people=2), PartyDraft(w.front_song, people=1)]
    a = plan(by=w.binh, draft=a_draft(w, start=start, end=start + 2 * HOUR, parties=parties), at=start - 2 * HOUR)
    answer(by=w.lan, part=a.matter.parts.get(unit=w.police_song), state="declined", reason="Không đủ người", at=start - HOUR)
    assert counts_of_others(w, w.lan, a.day) == [1]
    report(by=w.binh, result=a_result(w, again(a), held=False, started_at=None, ended_at=None, parties=[], why="Mưa to"), at=now())
    assert counts_of_others(w, w.lan, a.day) == []


def test_the_sum_of_a_province_is_written_with_its_thousands(w, as_post, monkeypatch):
    monkeypatch.setattr("phoihop.web.patrols.month.views.lines.areas_by_days", lambda month: ([], [], [1610]))
    assert "1.610 cuộc" in as_post(w.mai).get("/tuan-tra/thang/?dv=86").content.decode()


def test_two_patrols_on_no_route_whose_team_is_down_twice_are_named_by_their_codes(w):
    one, other = (planned(w, starts=timedelta(days=1)) for _n in range(2))
    month = Month(w.lan, w.song, Period(one.day, one.day + ONE_DAY), now().date())
    told = next(found for found in findings(month)[0] if found.grave)
    assert f"{one.matter.code} và {other.matter.code} trùng tổ 1" in told.text
