"""The pages of reports: choose, read, open, look at what is not in order; as they are sent, without a browser."""

from __future__ import annotations

import html
import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from phoihop.domain.figures.actions.entering import sourced
from phoihop.domain.figures.rules import Total
from phoihop.domain.people.models import Role, User
from phoihop.kernel import memo
from tests.domain.activities.steps import held
from tests.domain.figures.maps import mekong
from tests.domain.figures.posting import patrol
from tests.reports.province import province
from tests.world import NOON, area

pytestmark = pytest.mark.django_db
AUGUST = "/bao-cao/THONGKE/2026-T8/"
SOURCE = "TTXVN, hội nghị giao ban 20/3/2024"
_TAG = re.compile(r"<[^>]+>")


def text_of(response: Any) -> str:
    return " ".join(html.unescape(_TAG.sub(" ", response.content.decode())).split())


def rows_of(response: Any) -> dict[str, list[str]]:
    """The lines of the table by name: what stands in each cell."""
    page = response.content.decode()
    body = page[page.index('id="figures"') :].split("<tbody>")[1].split("</tbody>")[0]
    found = {}
    for row in body.split("</tr>")[:-1]:
        name, *cells = [" ".join(html.unescape(_TAG.sub(" ", cell)).split()) for cell in re.split(r"</t[hd]>", row)[:-1]]
        found[name] = cells
    return found


def links_of(response: Any, start: str) -> list[str]:
    return [html.unescape(url) for url in re.findall(r'href="([^"]+)"', response.content.decode()) if html.unescape(url).startswith(start)]


def test_one_chooses_a_calendar_a_year_and_a_period(as_post):
    w = province()
    client = as_post(w.mai)
    page = client.get("/bao-cao/")
    assert page.status_code == 200
    assert "NĐ 09/2019 (báo cáo hành chính)" in text_of(page)
    assert "/bao-cao/ND09/2026-T10/" in links_of(page, "/bao-cao/ND09/")
    other = client.get("/bao-cao/?lich=NHIEMKY&nam=2027")
    assert links_of(other, "/bao-cao/NHIEMKY/") == ["/bao-cao/NHIEMKY/2025-2030/"]
    assert "văn bản không nêu ngày chốt, hệ thống tạm lấy" in text_of(other)


def test_a_period_that_has_not_begun_is_no_link(as_post):
    w = province()
    page = as_post(w.mai).get("/bao-cao/?lich=THONGKE&nam=2030")
    assert links_of(page, "/bao-cao/THONGKE/") == []
    assert "chưa bắt đầu" in text_of(page)


def test_the_table_by_commune_with_its_sum_and_what_lies_in_none(as_post):
    w = province()
    page = as_post(w.mai).get(AUGUST + "?dv=86")
    rows = rows_of(page)
    assert {name: cells[0] for name, cells in rows.items()} == {
        "Xã Sông": "4", "Phường Đất": "2", "Đặc khu Lặng": "–", "Cấp tỉnh, ngoài xã": "1", "Tỉnh Sông Đất": "7",
    }  # fmt: skip
    assert rows["Tỉnh Sông Đất"] == ["7", "1", "3", "0", "1.290", "0", "4,25", "0", "80,0%"]
    assert "2/3 xã, phường có số liệu" in text_of(page)
    assert "Tuần tra chung, cùng kỳ năm trước 2: +5 (+250,0%)" in text_of(page)


def test_every_figure_opens_its_records(as_post):
    w = province()
    client = as_post(w.mai)
    page = client.get(AUGUST + "?dv=86")
    doors = links_of(page, "/so-lieu/TR.01/")
    assert "/so-lieu/TR.01/?lich=THONGKE&ky=2026-T8&dv=29001" in doors
    for url in (url for url in links_of(page, "/so-lieu/TR") if "dv=" in url):
        assert client.get(url).status_code == 200, url


def test_a_unit_that_only_says_the_name_again_is_left_out_of_the_head(as_post):
    w = province()
    heads = {h["name"]: h["unit"] for h in as_post(w.mai).get(AUGUST).context["heads"]}
    assert (heads["Tuần tra"], heads["Lượt người"], heads["Giờ"]) == ("cuộc", "", "")


def test_the_year_before_stands_beside_in_every_column_when_asked(as_post):
    w = province()
    page = as_post(w.mai).get(AUGUST + "?dv=86&xem=cung-ky")
    assert rows_of(page)["Xã Sông"][:3] == ["4", "2", "+2 (+100,0%)"]
    assert rows_of(page)["Phường Đất"][:3] == ["2", "–", "–"]


def test_a_figure_says_how_it_comes_about(as_post):
    w = province()
    said = text_of(as_post(w.mai).get("/so-lieu/TR.01/?lich=THONGKE&ky=2026-T8&dv=29001"))
    assert "= 3 CA + 2 BP + 4 DQ − 5 đếm hai lần" in said


def test_the_drill_alone_is_sent_to_htmx(as_post):
    w = province()
    url = "/so-lieu/TR.01/?lich=THONGKE&ky=2026-T8&dv=29001"
    part = as_post(w.mai).get(url, headers={"HX-Request": "true", "HX-Target": "drill"})
    assert part.content.decode().lstrip().startswith('<div class="drill">')
    assert "4 cuộc tạo nên con số này" in text_of(part)
    assert "Mở danh sách 4" in text_of(part)


def test_records_of_others_are_counted_and_not_shown(as_post):
    w = province()
    held(w)
    url = "/so-lieu/TR.01/?lich=THONGKE&ky=2026-T6&dv=29001"
    led, stranger = (as_post(who).get(url) for who in (w.lan, w.phuong))
    code = links_of(led, "/tuan-tra/TT") or links_of(led, "/m/TT")
    assert len(code) == 1
    assert (links_of(stranger, "/tuan-tra/TT"), links_of(stranger, "/m/TT")) == ([], [])
    assert "0 bản ghi bạn mở được + 1 do Công an xã Sông chủ trì" in text_of(stranger)


def hau_giang(land) -> Total:
    return Total("TR.01.VT", land.old["93"], date(2023, 1, 1), date(2024, 1, 1), 20_629, "=", SOURCE)


def test_hau_giang_2023_is_found_under_hau_giang_then_and_under_can_tho_today(as_post):
    w = province()
    land = mekong(w)
    sourced(by=w.node, total=hau_giang(land), at=NOON)
    client = as_post(w.mai)
    for query in ("dv=93&ngay=2023-12-31", "dv=93&ngay=2023-12-31&theo=ghi", "dv=92"):
        page = client.get(f"/bao-cao/THONGKE/2023/?{query}")
        said = text_of(page)
        assert "20.629 cuộc · Trong đó tuần tra vũ trang" in said
        assert f"Tỉnh Hậu Giang, 01/01/2023 – 31/12/2023 Nguồn: {SOURCE}" in said.replace("Hậu Giang ,", "Hậu Giang,")
        total = list(rows_of(page).values())[-1]
        assert (total[0], total[1]) == ("–", "†20.629")
    told = text_of(client.get("/so-lieu/TR.01.VT/?lich=THONGKE&ky=2023&dv=92"))
    assert f"Theo văn bản: 20.629 , Tỉnh Hậu Giang, 01/01/2023 – 31/12/2023 . Nguồn: {SOURCE}" in told


def test_an_area_that_is_no_more_is_asked_about_a_period_without_its_day(as_post):
    w = province()
    land = mekong(w)
    sourced(by=w.node, total=hau_giang(land), at=NOON)
    page = as_post(w.mai).get("/bao-cao/THONGKE/2023/?dv=93")
    scope = page.wsgi_request.scope
    assert (scope.area, scope.day, scope.problems) == (land.old["93"], date(2023, 12, 31), [])
    assert list(rows_of(page).values())[-1][1] == "†20.629"
    assert links_of(page, "/bao-cao/THONGKE/2022/") == ["/bao-cao/THONGKE/2022/?ngay=2023-12-31&dv=93"] * 2
    told = as_post(w.mai).get("/so-lieu/TR.01.VT/?lich=THONGKE&ky=2023&dv=93")
    assert told.wsgi_request.scope.area == land.old["93"]


def test_an_area_that_is_no_more_leads_to_what_it_became_and_one_that_was_not_yet_to_what_it_was(as_post):
    w = province()
    mekong(w)
    client = as_post(w.mai)
    gone = client.get("/bao-cao/THONGKE/2023/?dv=93&ngay=2023-12-31")
    assert links_of(gone, "/bao-cao/THONGKE/2023/?dv=92") == ["/bao-cao/THONGKE/2023/?dv=92"]
    not_yet = client.get("/bao-cao/THONGKE/2023/?dv=92&theo=ghi")
    assert {url.split("dv=")[1][:2] for url in links_of(not_yet, "/bao-cao/THONGKE/2023/") if "ngay=2023-12-31" in url} == {"92", "93", "94"}


def test_as_recorded_and_on_todays_areas_are_one_click_apart(as_post):
    w = province()
    land = mekong(w)
    for name, count in (("Một", 2), ("Ba", 5)):
        for day in range(count):
            patrol(w, land.before[name], date(2024, 5, 1 + day), "CA", "DQ")
    client = as_post(w.mai)
    now = client.get("/bao-cao/THONGKE/2024/?dv=92")
    assert {name: cells[0] for name, cells in rows_of(now).items()} == {
        "Xã Mai": "2", "Xã Lan": "≈4", "Xã Cúc": "≈1", "Xã Trúc + Xã Đào": "–", "Thành phố Cần Thơ": "7",
    }  # fmt: skip
    then = client.get("/bao-cao/THONGKE/2024/?dv=93&ngay=2024-12-31&theo=ghi")
    assert rows_of(then)["Xã Ba"][0] == "5"


def test_what_must_be_looked_at_before_signing(as_post):
    w = province()
    held(w)
    said = text_of(as_post(w.mai).get("/bao-cao/THONGKE/2026-T6/?dv=86"))
    assert "2/3 xã chưa có số liệu: Phường Đất, Đặc khu Lặng." in said
    assert "Đã xác nhận 1 cuộc, chờ 0." in said
    assert "Tổng các xã và phần cấp tỉnh bằng số chung ở 8/8 chỉ tiêu cộng được." in said


@pytest.mark.parametrize("path", ["/bao-cao/ND09/2026-T13/", "/bao-cao/KHONG/2026/", "/bao-cao/ATANTT_KDC/2026-T3/"])
def test_a_period_that_a_calendar_does_not_have_leads_to_the_choice(as_post, path):
    page = as_post(province().mai).get(path)
    assert page.status_code == 404
    assert "Lịch báo cáo này không có kỳ đó" in text_of(page)


def test_an_unknown_measure_is_not_found(as_post):
    assert as_post(province().mai).get("/so-lieu/XX.99/").status_code == 404


def test_every_period_of_every_calendar_opens_without_a_word_about_its_code(as_post):
    w = province()
    client = as_post(w.mai)
    for calendar, code in (("ND09", "2026-9T"), ("ND09", "2026-6T1"), ("NHIEMKY", "2025-2030"), ("QP168", "2026"), ("PCTT", "2026-6T1")):
        assert client.get(f"/bao-cao/{calendar}/{code}/?dv=86").status_code == 200
        page = client.get(f"/so-lieu/TR.01/?lich={calendar}&ky={code}&dv=86")
        assert page.status_code == 200
        assert "Không có kỳ" not in text_of(page)


@pytest.mark.parametrize(("who", "path", "status"), [
    ("quan", AUGUST, 403), ("van", "/so-lieu/TR.01/", 403), ("binh", AUGUST, 200), ("binh", AUGUST + "bao-cao.pdf", 403), ("thu", AUGUST + "van-ban/", 200),
    ("binh", "/so-lieu/nhap/", 403),
])  # fmt: skip
def test_who_may_read_print_and_enter(as_post, who, path, status):
    viewer = getattr(province(), who)
    if viewer.role in (Role.ADMIN, Role.AUDITOR):  # they sign in with a second proof
        User.objects.filter(pk=viewer.user_id).update(totp_secret="sealed")
        viewer.user.refresh_from_db()
    assert as_post(viewer).get(path).status_code == status


def test_measures_may_be_chosen(as_post):
    w = province()
    page = as_post(w.mai).get(AUGUST + "?dv=86&ct=TR.01&ct=TR.03&ct=VB.11")
    assert rows_of(page)["Tỉnh Sông Đất"] == ["7", "1.290"]
    assert len(links_of(page, "/so-lieu/VB.11/")) == 1


def test_the_page_costs_at_most_twelve_questions_however_many_communes(as_post, monkeypatch):
    monkeypatch.setattr(memo, "FRESH_FOR", 3600)
    w = province()
    client = as_post(w.mai)
    asked = []
    for more in (0, 60):
        for n in range(more):
            patrol(w, area(f"4{n:04}", f"Xã {n}", "commune", "xa", w.province), date(2026, 8, 9), "CA", "DQ")
        memo.forget_all()  # the communes above were made without an event
        client.get(AUGUST + "?dv=86")
        with CaptureQueriesContext(connection) as queries:
            client.get(AUGUST + "?dv=86")
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 12


def test_definitions_say_what_counts_by_which_method_and_law(as_post):
    said = text_of(as_post(province().mai).get("/so-lieu/"))
    assert "TR.01 · Số cuộc tuần tra chung (vũ trang) · phiên bản 1, từ 05/09/2019 · NĐ 03/2019/NĐ-CP; NĐ 02/2020/NĐ-CP" in said
    assert re.search(r"TR\.09 Tỷ lệ thực hiện so kế hoạch tỷ lệ giữa hai số đo ?: Tuần tra theo kế hoạch đã thực hiện / Tuần tra theo kế hoạch %", said), said[
        3000:6000
    ]


def test_a_measure_is_found_by_its_name_and_its_code(as_post):
    client = as_post(province().mai)
    for text in ("luot nguoi", "TR.03"):
        assert "/so-lieu/#TR.03" in links_of(client.get(f"/tim/?q={text}"), "/so-lieu/")


def test_what_is_said_of_the_whole_comes_after_the_table_and_opens(as_post):
    w = province()
    client = as_post(w.mai)
    assert AUGUST + "chung/?dv=86" in client.get(AUGUST + "?dv=86").content.decode().replace("&amp;", "&")
    part = client.get(AUGUST + "chung/?dv=86")
    assert text_of(part).startswith("Địa bàn được tuần tra ít nhất một lần 2 ")
    assert links_of(part, "/so-lieu/TR.08")[0] == "/so-lieu/TR.08.DD/?lich=THONGKE&ky=2026-T8&dv=86"
