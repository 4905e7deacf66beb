import io
import re
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from phoihop.domain import models as m
from phoihop.domain.activities.actions.confirming import confirm
from phoihop.domain.matters.actions.notes import note
from phoihop.kernel.period import local_day
from phoihop.papers.composing import HEAD_RIGHT
from phoihop.papers.look import UPRIGHT
from phoihop.web.paper import book, duty
from phoihop.web.paper.copying import text_of
from tests.domain.activities.steps import THREE, planned, reported
from tests.web.patrols.steps import on_route
from tests.world import NOON, a_word, at

pytestmark = pytest.mark.django_db
JUNE = "?ky=2026-T6"


def address(a: m.Activity, rest: str) -> str:
    return f"/tuan-tra/{a.matter.code}/{rest}/"


def words(page) -> str:
    return page.content.decode()


def cells(page) -> list[list[str]]:
    """The rows of the first table of a printed page."""
    grid = next(item for item in page.context["sections"][0] if item.kind == "grid")
    return [[slot.text for slot in slots] for slots in grid.rows]


def test_the_sheet_is_for_who_sees_the_patrol_exactly(w, as_post):
    a = planned(w, *THREE)
    assert [as_post(p).get(address(a, "phieu")).status_code for p in (w.lan, w.binh, w.mai, w.tu, w.thu)] == [200, 200, 200, 403, 403]
    assert Client().get(address(a, "phieu"))["Location"].startswith("/dang-nhap/")
    assert as_post(w.lan).get("/tuan-tra/TT-26-PH86-999-9/phieu/").status_code == 404


def test_the_sheet_says_who_goes_and_leaves_blank_what_is_not_known_yet(w, as_post):
    a = planned(w)
    page = as_post(w.lan).get(address(a, "phieu"))
    assert cells(page) == [
        ["Công an xã Sông", "chủ trì", "1", "3", "", ""],
        ["Ban CHQS xã Sông", "chờ trả lời", "1", "4", "", ""],
    ]
    assert "20:00–22:00 ngày 01/06/2026" in words(page)


def test_the_sheet_of_a_reported_patrol_carries_its_numbers_and_words(w, as_post):
    a = reported(w)
    confirm(by=w.binh, word=a_word(a), at=at(2, 7))
    assert [row[-2:] for row in cells(as_post(w.lan).get(address(a, "phieu")))] == [["3", "ghi kết quả"], ["4", "đã xác nhận"]]


def test_a_sheet_is_a_word_file_and_a_pdf_too(w, as_post):
    a, browser = planned(w), as_post(w.lan)
    docx = browser.get(f"{address(a, 'phieu')}?dang=docx")
    assert zipfile.ZipFile(io.BytesIO(docx.content)).testzip() is None
    assert docx["Content-Disposition"] == f"attachment; filename*=utf-8''Phi%E1%BA%BFu%20tu%E1%BA%A7n%20tra%20{a.matter.code}.docx"
    pdf = browser.get(f"{address(a, 'phieu')}?dang=pdf")
    assert (pdf.content[:5], pdf["Content-Type"]) == (b"%PDF-", "application/pdf")


def test_a_sheet_with_check_points_and_two_who_sign_is_one_leaf(w, as_post):
    a = planned(w, route=on_route(w), route_kind="river")
    pdf = as_post(w.lan).get(f"{address(a, 'phieu')}?dang=pdf").content
    assert len(PdfReader(io.BytesIO(pdf)).pages) == 1


def test_the_patrol_book_holds_the_units_patrols_of_the_term(w, as_post):
    a, b = reported(w), planned(w, "police_song", "station")
    confirm(by=w.binh, word=a_word(a), at=at(2, 7))
    rows = cells(as_post(w.lan).get(f"/tuan-tra/so/{JUNE}"))
    assert [row[2] for row in rows if len(row) > 1] == [a.matter.code, b.matter.code]
    assert (rows[1][5:7], rows[1][8]) == (["Công an xã Sông 3; Ban CHQS xã Sông 4", "7"], "Đã tổ chức")
    assert [row[2] for row in cells(as_post(w.hai).get(f"/tuan-tra/so/{JUNE}")) if len(row) > 1] == [b.matter.code]
    assert cells(as_post(w.lan).get("/tuan-tra/so/?ky=2026-T5")) == [["Chưa có số liệu"]]


def test_a_book_longer_than_one_print_says_so_and_offers_its_months_and_days(w, as_post, monkeypatch):
    reported(w), planned(w, "police_song", "station")
    monkeypatch.setattr(book, "MOST", 1)
    monkeypatch.setattr(duty, "MOST", 1)
    year = as_post(w.lan).get("/tuan-tra/so/?ky=2026")
    assert ("chỉ có 1 dòng đầu. In đủ theo từng phần:" in words(year), len(cells(year))) == (True, 2)
    assert "Bản in chưa hết kỳ: chỉ gồm 1 dòng đầu." in words(year)
    assert [part.url for part in year.context["parts"]][::11] == ["?ky=2026-T1", "?ky=2026-T12"]
    month = as_post(w.lan).get(f"/truc/so/{JUNE}")
    assert [part.url for part in month.context["parts"]][::29] == ["?ngay=2026-06-01", "?ngay=2026-06-30"]
    whole = as_post(w.lan).get("/truc/so/?ngay=2026-05-01")
    assert (whole.context["problem"], whole.context["parts"]) == ("", [])


def test_the_books_are_for_who_sees_matters(w, as_post):
    m.User.objects.filter(pk=w.van.user_id).update(totp_secret="sealed")
    w.van.user.refresh_from_db()
    for path in ("/tuan-tra/so/", "/truc/so/"):
        assert [as_post(p).get(path).status_code for p in (w.lan, w.hai, w.thu, w.van)] == [200, 200, 200, 403]


def test_the_duty_book_tells_the_day_hour_by_hour_with_what_was_noted(w, as_post):
    a = planned(w)
    note(by=w.lan, matter=a.matter, text="Mưa to, lùi giờ xuất phát", private=False, at=at(1, 19))
    note(by=w.binh, matter=a.matter, text="Chỉ tổ một đi", private=True, at=at(1, 19, 5))
    page = as_post(w.lan).get("/truc/so/?ngay=2026-06-01")
    told = [(row[0], row[2]) for row in cells(page)]
    assert told == [("12:00", "Lên lịch"), ("19:00", "Ghi diễn biến: Mưa to, lùi giờ xuất phát")]
    assert "Chỉ tổ một đi" in words(as_post(w.binh).get("/truc/so/?ngay=2026-06-01"))
    assert cells(as_post(w.tu).get("/truc/so/?ngay=2026-06-01")) == [["Chưa có số liệu"]]
    assert [len(row) for row in cells(as_post(w.lan).get("/truc/so/?ky=2026-T6"))] == [1, 4, 4]


def test_papers_are_in_vietnamese_whatever_the_reader_reads(w, as_post):
    a = planned(w)
    m.User.objects.filter(pk=w.lan.user_id).update(language="en")
    page = as_post(w.lan).get(address(a, "phieu"))
    assert (cells(page)[0][1], '<html lang="en"' in words(page)) == ("chủ trì", True)


def test_the_demo_marks_every_paper(w, as_post):
    a = planned(w)
    assert "DỮ LIỆU MINH HỌA" not in words(as_post(w.lan).get(address(a, "phieu")))
    m.Node.objects.update(demo=True)
    from phoihop.kernel import memo

    memo.forget_all()
    assert "DỮ LIỆU MINH HỌA" in words(as_post(w.lan).get(address(a, "phieu")))


def test_an_item_is_copied_as_plain_text_with_what_its_reader_may_pass_on(w, as_post):
    a = planned(w)
    page = as_post(w.lan).get(address(a, "chep"))
    said = page.context["text"].splitlines()
    assert said == [
        f"{a.matter.code}: tuần tra chung, Xã Sông, {'thiếu kết quả' if timezone.now() > a.planned_end + timedelta(hours=1) else 'dự kiến'}.",
        "20:00–22:00 ngày 01/06/2026.", "Tuyến đường bộ.", "Công an xã Sông: chủ trì, 3 người.", "Ban CHQS xã Sông: 4 người.",
    ]  # fmt: skip
    assert ('data-copy-from="#tin"' in words(page), "readonly" in words(page)) == (True, True)
    plain = as_post(w.lan).get(f"{address(a, 'chep')}?dang=txt")
    assert (plain["Content-Type"], plain.content.decode().splitlines()) == ("text/plain; charset=utf-8", said)
    assert as_post(w.tu).get(address(a, "chep")).status_code == 403
    assert text_of.__doc__ is not None and local_day(NOON) == date(2026, 6, 1)


def test_the_heads_columns_are_on_screen_as_wide_as_names_are_broken_for():
    sheet = Path(finders.find("css/pages/paper.css")).read_text(encoding="utf-8")
    head = re.search(r"\.two\.narrow-left \{([^}]*)\}", sheet)[1]
    assert " ".join(head.split()) == f"grid-template-columns: {UPRIGHT.room - HEAD_RIGHT:g}fr {HEAD_RIGHT:g}fr; column-gap: 0;"
