"""Where and when a page looks: the address says it, and what cannot be followed is said in a sentence."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from phoihop.domain import models as m
from phoihop.kernel.period import local_day
from phoihop.web.scope import changed, read_scope
from phoihop.web.terms import Term, term_of
from phoihop.web.when import When
from tests import world

pytestmark = pytest.mark.django_db
SAPNHAP = date(2025, 7, 1)


def scope(rf, post, query=""):
    return read_scope(rf.get(f"/tuan-tra/{query}"), post)


def today():
    return local_day(timezone.now())


def test_a_silent_address_means_the_own_area_and_today(rf, w):
    found = scope(rf, w.lan)
    assert (found.area, found.day, found.term, found.asked, found.carry) == (w.song, today(), term_of(today()), {}, "")


def test_what_the_address_says_goes_on_to_the_next_page(rf, w):
    found = scope(rf, w.lan, "?dv=29002&ngay=2026-06-01&xep=ma&trang=4")
    assert (found.area, found.day, found.term) == (w.dat, date(2026, 6, 1), Term(2026, "T", 6))
    assert found.carry == "?dv=29002&ngay=2026-06-01"


def test_a_day_is_read_as_people_write_it_and_carried_as_machines_do(rf, w):
    assert scope(rf, w.lan, "?ngay=1/6/2026").carry == "?ngay=2026-06-01"


@pytest.mark.parametrize("query", ["?ngay=2026-02-30", "?ngay=hôm qua"])
def test_a_day_that_does_not_exist_shows_today_and_says_so(rf, w, query):
    found = scope(rf, w.lan, query)
    assert (found.day, found.asked) == (today(), {})
    assert found.problems[0].reason.startswith("Không có ngày “")


def test_a_term_that_does_not_exist_shows_the_present_one_and_says_so(rf, w):
    found = scope(rf, w.lan, "?ky=2026-T13")
    assert found.term == term_of(today())
    assert found.problems[0].reason == f"Không có kỳ “2026-T13”. Đang xem {term_of(today()).label}."


def test_a_code_that_nobody_bore_shows_the_own_area_and_says_so(rf, w):
    found = scope(rf, w.lan, "?dv=99999")
    assert found.area == w.song
    assert found.problems[0].reason == "Không có địa bàn mã “99999”. Đang xem địa bàn của đơn vị mình."


def test_an_area_that_is_no_more_offers_what_it_became(rf, w):
    old = world.area("28999", "Sông Cũ", "commune", "xa", w.province, start=date(2004, 1, 1), until=SAPNHAP)
    m.Succession.objects.create(old=old, new=w.song, day=SAPNHAP, kind="merge")
    found = scope(rf, w.lan, "?dv=28999&ngay=2026-06-01")
    assert found.area == w.song
    assert found.problems[0].reason == "Ngày Thứ Hai 01/06/2026 không còn Xã Sông Cũ. Nay thuộc:"
    assert found.problems[0].instead == (("Xã Sông", "?dv=29001&ngay=2026-06-01"),)


def test_an_area_that_was_not_yet_offers_what_there_was(rf, w):
    old = world.area("28999", "Sông Cũ", "commune", "xa", w.province, start=date(2004, 1, 1), until=SAPNHAP)
    m.Succession.objects.create(old=old, new=w.song, day=SAPNHAP, kind="merge")
    found = scope(rf, w.lan, "?dv=29001&ngay=2024-06-01")
    assert found.problems[0].reason == "Ngày Thứ Bảy 01/06/2024 chưa có Xã Sông. Lúc đó là:"
    assert found.problems[0].instead == (("Xã Sông Cũ", "?dv=28999&ngay=2024-06-01"),)


def test_a_code_used_twice_names_the_area_of_the_day(rf, w):
    world.area("29001", "Tên Cũ", "commune", "xa", w.province, start=date(2004, 1, 1), until=SAPNHAP)
    assert scope(rf, w.lan, "?dv=29001&ngay=2020-01-01").area.name == "Tên Cũ"
    assert scope(rf, w.lan, "?dv=29001").area == w.song


def test_an_area_says_how_many_communes_it_has_on_the_day(rf, w):
    assert scope(rf, w.mai).area_label() == "Tỉnh Sông Đất · 2 xã, phường"
    assert scope(rf, w.lan).area_label() == "Xã Sông"
    assert scope(rf, w.lan).province() == w.province


def test_the_time_picker_is_links_back_forth_and_to_today(rf, w):
    request = rf.get("/?dv=29001&ngay=2026-06-01&trang=3")
    when = When.of_day(request, read_scope(request, w.lan))
    assert (when.label, when.short) == ("Thứ Hai 01/06/2026", "T2 01/06" if today().year == 2026 else "T2 01/06/2026")
    assert (when.before, when.after) == ("?dv=29001&ngay=2026-05-31", "?dv=29001&ngay=2026-06-02")
    assert (when.choices[0].label, when.choices[0].url) == ("Hôm nay", "?dv=29001")
    assert when.choices[1].url == f"?dv=29001&ngay={today() - timedelta(days=1)}"


def test_a_page_of_terms_offers_months_quarters_halves_and_the_year(rf, w):
    request = rf.get("/bao-cao/?ky=2025-T3")
    when = When.of_term(request, read_scope(request, w.lan))
    assert (when.label, when.before, when.after) == ("Tháng 3/2025", "?ky=2025-T2", "?ky=2025-T4")
    assert [c.label for c in when.choices[-4:]] == ["6 tháng cuối năm 2025", "6 tháng đầu năm 2025", "Năm 2025", "Năm 2024"]
    assert [c.label for c in when.choices if c.here] == ["Tháng 3/2025"]


def test_an_address_changes_only_what_is_asked(rf):
    assert changed(rf.get("/x/?a=1&b=2&trang=5"), b=None, c=3) == "?a=1&c=3"
    assert changed(rf.get("/x/?a=1"), a=None) == "/x/"


def test_any_area_can_be_chosen_by_part_of_its_name(w, as_post):
    browser = as_post(w.lan)
    page = browser.get("/chon-dia-ban/", {"ve": "/tuan-tra/?dv=29002&trang=2&xep=ma", "tim": "SONG"}).content.decode()
    assert 'href="/tuan-tra/?xep=ma&amp;dv=29001"' in page
    assert "29002" not in page.split('id="areas"')[1].split("</div>")[0]
    part = browser.get("/chon-dia-ban/", {"ve": "https://example.org/", "tim": ""}, headers={"HX-Request": "true", "HX-Target": "areas"}).content.decode()
    assert 'href="/?dv=86"' in part
    assert "example.org" not in part
