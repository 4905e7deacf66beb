"""What the buttons of the month may touch: the own unit's patrols. The board itself is looked at in a browser (test_browser.py)."""

import re
from datetime import date, timedelta

import pytest

from phoihop.domain import models as m
from phoihop.domain.activities.rules import Counted, PartyDraft
from phoihop.kernel.period import Period, month_start
from phoihop.web.patrols.month.drawing import cells
from phoihop.web.patrols.month.findings import findings
from phoihop.web.patrols.month.gathering import Month
from phoihop.web.patrols.month.lines import routes_by_days
from tests.web.patrols.steps import again, now, on_route, planned, reported

pytestmark = pytest.mark.django_db
MONTH = "/tuan-tra/thang/"
NOBODYS = 99_999_999_999


def mended(w, as_post, order):
    """The status and the reason that the board answers an order with."""
    answer = as_post(w.lan).post(f"{MONTH}?dv={w.song.code}", {"doi": order})
    return answer.status_code, answer.context["problem"]


def test_another_units_patrol_is_moved_as_little_as_one_that_there_is_not(w, as_post):
    a = planned(w, starts=timedelta(days=2))
    m.Matter.objects.filter(pk=a.matter_id).update(lead=w.militia_song)
    day = f"{now() + timedelta(days=3):%Y-%m-%d}"
    refused = (422, "Chỉ đơn vị chủ trì sửa được lịch của cuộc này.")
    assert [mended(w, as_post, f"{pk}:1:{day}") for pk in (a.pk, NOBODYS)] == [refused] * 2
    assert again(a).planned_start == a.planned_start


@pytest.mark.parametrize("order", ["", "x:1:2026-12-01", "²:1:2026-12-01", "1:²:2026-12-01", "1:1:1/12/2026", f"{NOBODYS}0:1:2026-12-01"])
def test_an_order_that_cannot_be_read_is_said(w, as_post, order):
    answer = as_post(w.lan).post(f"{MONTH}hoan-tac/", {"doi": order}, follow=True)
    assert "Không rõ cần sửa cuộc nào. Tải lại trang rồi thử lại." in answer.content.decode()


@pytest.mark.parametrize("of", ["own", "another's", "nobody's"])
def test_only_an_own_patrol_is_pencilled_in_again(w, as_post, of):
    a = planned(w, starts=timedelta(hours=1))
    if of == "another's":
        m.Matter.objects.filter(pk=a.matter_id).update(lead=w.militia_song)
    key = NOBODYS if of == "nobody's" else a.pk
    term = f"{now() + timedelta(days=28):%Y-T}{(now() + timedelta(days=28)).month}"
    marks = as_post(w.lan).get(f"{MONTH}?dv={w.song.code}&ky={term}&lap={key}").context["marks"]
    assert bool(marks) == (of == "own")


def test_what_was_held_is_neither_to_be_mended_nor_rubbed_out(w, as_post):
    """Whichever day it is: of a month that is over nothing is mended, so the day looked from is its first."""
    a = planned(w, route=on_route(w), route_kind="river")
    a.matter.parts.filter(unit=w.station).update(state="declined", answered_at=now())
    first, until = month_start(a.day.year, a.day.month), month_start(a.day.year, a.day.month + 1)
    seen = []
    for _turn in range(2):
        month = Month(w.lan, w.song, Period(first, until), first)
        mending = [fix.label for finding in findings(month)[0] for fix in finding.fixes if fix.label == "Sửa thành phần"]
        strips = "".join(cells(line, w.police_song.pk, False) for line in routes_by_days(month).lines)
        seen.append((mending, strips.count("data-falls")))
        reported(w, a, parties=[Counted(w.police_song, 3), Counted(w.militia_song, 4)])
    assert seen == [(["Sửa thành phần"], 1), ([], 0)]


def test_a_month_that_is_over_is_not_filled_from_the_one_before(w, as_post):
    planned(w, route=on_route(w), route_kind="river")
    terms = [now() - timedelta(days=40), now() + timedelta(days=40)]
    pages = [as_post(w.lan).get(f"{MONTH}?dv={w.song.code}&ky={day:%Y-T}{day.month}").content.decode() for day in terms]
    assert ['value="chep"' in page for page in pages] == [False, True]


def test_a_route_misses_its_cadence_from_the_day_it_was_drawn(w):
    route = on_route(w)
    m.Route.objects.filter(pk=route.pk).update(every_days=3, valid_from=date(2026, 6, 20))
    [run] = Month(w.lan, w.song, Period(date(2026, 6, 1), date(2026, 7, 1)), date(2026, 6, 10)).missed[route.pk]
    assert run == Period(date(2026, 6, 20), date(2026, 7, 1))


def test_who_only_reads_the_month_comes_to_each_patrol_with_tab(w, as_post):
    a = planned(w, parties=[PartyDraft(w.police_song, people=3), PartyDraft(w.front_song, people=1)])
    drawn = []
    for by in (w.lan, w.thu):
        page = as_post(by).get(f"{MONTH}?dv={w.song.code}&ky={a.day.year}-T{a.day.month}").content.decode()
        drawn.append(re.findall(rf'<a href="/tuan-tra/{a.matter.code}/"[^>]*?( tabindex="-1")?(?: aria-label)', page))
    assert drawn == [[' tabindex="-1"'], [""]]
