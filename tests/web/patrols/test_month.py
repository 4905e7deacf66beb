"""What the buttons of the month may touch: the own unit's patrols. The board itself is looked at in a browser (test_browser.py)."""

from datetime import date, timedelta

import pytest

from phoihop.domain import models as m
from phoihop.kernel.period import Period
from phoihop.web.patrols.month.gathering import Month
from tests.web.patrols.steps import again, now, on_route, planned

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


def test_a_route_misses_its_cadence_from_the_day_it_was_drawn(w):
    route = on_route(w)
    m.Route.objects.filter(pk=route.pk).update(every_days=3, valid_from=date(2026, 6, 20))
    [run] = Month(w.lan, w.song, Period(date(2026, 6, 1), date(2026, 7, 1)), date(2026, 6, 10)).missed[route.pk]
    assert run == Period(date(2026, 6, 20), date(2026, 7, 1))
