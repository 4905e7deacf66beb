"""The list and the month of patrols: who sees what, filters in the address, the same few queries for one and for many."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from phoihop.domain import models as m
from phoihop.kernel.period import local_day
from phoihop.web import shell
from tests.web.patrols.steps import HOUR, accepted, again, now, on_route, planned, queries, reported

pytestmark = pytest.mark.django_db
LIST, MONTH = "/tuan-tra/", "/tuan-tra/thang/"


def codes(browser, **asked):
    today = local_day(now())
    days = {"tu": f"{today - timedelta(days=3):%d/%m/%Y}", "den": f"{today + timedelta(days=3):%d/%m/%Y}"}
    return [row.code for row in browser.get(LIST, days | asked).context["rows"]]


def test_the_latest_patrols_come_first_with_the_step_that_waits(w, as_post):
    over, to_come = planned(w), planned(w, starts=20 * HOUR)
    answer = as_post(w.lan).get(LIST, {"tu": f"{now() - 2 * 24 * HOUR:%d/%m/%Y}", "den": f"{now() + 2 * 24 * HOUR:%d/%m/%Y}"})
    rows = answer.context["rows"]
    assert [row.code for row in rows] == [to_come.matter.code, over.matter.code]
    assert [row.do for row in rows] == ["", f"/tuan-tra/{over.matter.code}/ket-qua/"]
    assert 'href="/tuan-tra/cho-xac-nhan/"' in answer.content.decode()


def test_a_patrol_that_nobody_started_has_its_result_written_from_the_list(w, as_post):
    late = planned(w, starts=-HOUR)
    day = f"{late.planned_start:%d/%m/%Y}"
    rows = as_post(w.lan).get(LIST, {"tu": day, "den": day}).context["rows"]
    assert [row.do for row in rows] == [f"/tuan-tra/{late.matter.code}/ket-qua/"]


def test_whoever_reads_english_finds_views_and_shifts_of_the_month_in_english(w, as_post):
    m.User.objects.filter(pk=w.lan.user_id).update(language="en")
    said = as_post(w.lan).get(MONTH).content.decode()
    assert [words in said for words in ("Routes × days", "Forces × days", "Whole day", "Night shift", "Day shift")] == [True] * 5
    assert [words in said for words in ("Lực lượng × ngày", "Cả ngày", "Ca đêm")] == [False] * 3


def test_filters_of_the_address_narrow_the_list(w, as_post):
    route = on_route(w)
    first = planned(w, route=route, route_kind="river", title="Chốt cầu phao")
    second = reported(w, accepted(w, planned(w, starts=-9 * HOUR)))
    browser = as_post(w.lan)
    assert codes(browser, tt="thieu-ket-qua") == [first.matter.code]
    assert codes(browser, tt="cho-xac-nhan") == [second.matter.code]
    assert codes(browser, tuyen=str(route.pk)) == [first.matter.code]
    assert codes(browser, q="cầu phao") == [first.matter.code]
    assert codes(browser, q=second.matter.code) == [second.matter.code]
    assert sorted(codes(browser, cua="toi")) == sorted([first.matter.code, second.matter.code])


def test_a_stranger_sees_none_and_a_superior_no_hour_before_it_is_over(w, as_post):
    planned(w, starts=20 * HOUR)
    assert codes(as_post(w.thu)) == []
    answer = as_post(w.dung).get(LIST, {"tu": f"{now():%d/%m/%Y}", "den": f"{now() + 2 * 24 * HOUR:%d/%m/%Y}"})
    assert [(row.hours, row.people, row.name) for row in answer.context["rows"]] == [("–", None, "Tuần tra chung")]


def test_a_day_that_does_not_exist_is_said_and_the_list_still_comes(w, as_post):
    answer = as_post(w.lan).get(LIST, {"tu": "30/2/2026"})
    assert answer.status_code == 200
    assert "Không có ngày “30/2/2026”." in answer.content.decode()


def test_the_list_asks_the_database_as_often_for_one_as_for_eight(w, as_post):
    browser = as_post(w.lan)
    asked = {"tu": f"{now() - 3 * 24 * HOUR:%d/%m/%Y}", "den": f"{now():%d/%m/%Y}"}

    reported(w, accepted(w, planned(w)))
    one = queries(browser, LIST, asked)
    for n in range(1, 8):
        reported(w, accepted(w, planned(w, starts=-(4 * n + 5) * HOUR)))
    assert queries(browser, LIST, asked) == one <= 11  # and one more a second for the journal's stamps


def test_a_list_is_counted_once_for_its_pages_until_something_is_written_or_half_a_minute_has_passed(w, as_post):
    planned(w)
    lan, binh = as_post(w.lan), as_post(w.binh)
    days = {"tu": f"{now() - 3 * 24 * HOUR:%d/%m/%Y}", "den": f"{now() + 3 * 24 * HOUR:%d/%m/%Y}"}

    def counted(browser, **asked):
        """How often the rows were counted, and how many were found."""
        with CaptureQueriesContext(connection) as caught:
            rows = browser.get(LIST, days | asked).context["rows"]
        return sum("STRING_AGG" in query["sql"] or "GROUP_CONCAT" in query["sql"] for query in caught), len(rows)

    with patch.object(shell, "COUNTED_FOR", 10**9):
        assert [counted(lan), counted(lan), counted(lan, trang="2"), counted(binh), counted(binh, ll="BP")] == [(1, 1), (0, 1), (0, 1), (1, 1), (1, 1)]
        planned(w, starts=-9 * HOUR)
        assert [counted(lan), counted(lan)] == [(1, 2), (0, 2)]
    with patch.object(shell, "COUNTED_FOR", 10**8):
        assert counted(lan) == (1, 2)


def test_the_first_page_after_a_change_asks_as_often_for_one_as_for_eight(w, as_post):
    days = {"tu": f"{now() - 3 * 24 * HOUR:%d/%m/%Y}", "den": f"{now():%d/%m/%Y}"}
    planned(w)
    browser, asked = as_post(w.lan), []
    browser.get(LIST, days)
    for n in range(8):
        reported(w, accepted(w, planned(w, starts=-(4 * n + 5) * HOUR)))
        with CaptureQueriesContext(connection) as caught:
            browser.get(LIST, days)
        asked.append(sum('MAX("phoihop_event"."seq")' not in query["sql"] for query in caught))  # but for the journal's stamps, once a second
    assert (asked[0], max(asked) <= 12) == (asked[-1], True)


def test_htmx_gets_what_was_found_alone(w, as_post):
    answer = as_post(w.lan).get(LIST, headers={"HX-Request": "true", "HX-Target": "found"})
    assert answer.content.decode().lstrip().startswith("<section")


def test_the_month_of_a_commune_shows_its_routes_and_that_of_the_province_its_communes(w, as_post):
    planned(w, route=on_route(w), route_kind="river")
    month = f"{local_day(now()):%Y}-T{local_day(now()).month}"
    assert "Ven sông Sông – Đất" in as_post(w.lan).get(MONTH).content.decode()
    overview = as_post(w.mai).get(MONTH, {"ky": month}).content.decode()
    assert "Phường Đất" in overview


def test_a_patrol_pencilled_in_is_sent_and_the_parties_are_asked(w, as_post):
    a = planned(w, starts=-26 * HOUR, route=on_route(w), route_kind="river")
    day = local_day(now()) + timedelta(days=2)
    term = {"ky": f"{day.year}-T{day.month}"}
    url = f"{MONTH}?ky={day.year}-T{day.month}"
    assert as_post(w.lan).get(MONTH, term).status_code == 200
    answer = as_post(w.lan).post(url, {"nhap": f"{a.pk}@{day.isoformat()}", "do": "gui"})
    assert answer.status_code == 302
    made = m.Activity.objects.exclude(pk=a.pk).get()
    assert (local_day(made.planned_start), made.route, made.matter.parts.count()) == (day, a.route, 2)


def test_a_party_pencils_nothing_in_for_another(w, as_post):
    a = again(planned(w, route=on_route(w), route_kind="river"))
    day = local_day(now()) + timedelta(days=2)
    as_post(w.binh).post(f"{MONTH}?ky={day.year}-T{day.month}", {"nhap": f"{a.pk}@{day.isoformat()}", "do": "gui"})
    assert m.Activity.objects.count() == 1
    assert as_post(w.thu).post(MONTH, {"nhap": f"{a.pk}@{day.isoformat()}", "do": "gui"}).status_code == 403
