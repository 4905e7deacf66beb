import io
import re
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from phoihop.domain import models as m
from phoihop.domain.people.actions.signing_in import sign_in as sign_in_action
from phoihop.domain.people.queries.accounts import knock
from phoihop.domain.people.rules import MAY, PERMISSION_NAMES
from phoihop.kernel.period import local_day
from phoihop.kernel.secret import Secret
from tests.web.people.test_door import sign_in, why

pytestmark = pytest.mark.django_db
LIST = "/quan-tri/tai-khoan/"
ROSTER = "/quan-tri/nhap-danh-sach/"


@pytest.mark.parametrize("path", ["/quan-tri/", LIST, f"{LIST}lan/", "/quan-tri/vai/"])
def test_the_desk_is_for_administrator_and_auditor(w, as_post, path):
    assert [as_post(p).get(path).status_code for p in (w.quan, w.van, w.mai, w.lan)] == [200, 200, 403, 403]
    assert Client().get(path)["Location"] == f"/dang-nhap/?next={path}"


@pytest.mark.parametrize("path", [f"{LIST}mo/", f"{LIST}lan/giao/", f"{LIST}lan/dong/", ROSTER, f"{ROSTER}mau.xlsx"])
def test_changing_is_for_the_administrator_alone(w, as_post, path):
    assert [as_post(p).get(path).status_code for p in (w.quan, w.van, w.mai)] == [200, 403, 403]


def test_the_auditor_sees_no_button_to_change_anything(w, as_post):
    page = as_post(w.van).get(f"{LIST}lan/").content.decode()
    assert [word in page for word in ("Cấp mã đặt lại", "Đóng tài khoản", "Giao chức trách", "Bàn giao, kết thúc")] == [False] * 4


def test_accounts_are_listed_by_given_name_and_searched_without_diacritics(w, as_post):
    browser = as_post(w.quan)
    names = [u.username for u in browser.get(LIST).context["listing"].rows]
    assert (len(names), names[:2]) == (10, ["bình", "dũng"])
    assert [u.username for u in browser.get(f"{LIST}?q=phuong+dat").context["listing"].rows] == ["phượng"]
    part = browser.get(f"{LIST}?q=phuong", headers={"hx-request": "true", "hx-target": "found"}).content.decode()
    assert ("<html" in part, "phượng" in part) == (False, True)


def test_accounts_of_another_node_do_not_exist_here(w, as_post):
    m.Unit.objects.filter(pk=w.strangers.pk).update(home="CA79")
    assert as_post(w.quan).get(f"{LIST}tư/").status_code == 404


def test_the_list_costs_the_same_for_one_account_and_for_many(w, as_post, django_assert_num_queries):
    browser = as_post(w.quan)
    browser.get(LIST)
    with CaptureQueriesContext(connection) as few:
        browser.get(f"{LIST}?q=binh")
    with django_assert_num_queries(len(few)):
        browser.get(LIST)
    assert len(few) <= 12


def test_an_account_is_opened_and_its_code_is_shown_once(w, as_post):
    browser = as_post(w.quan)
    page = browser.post(f"{LIST}mo/", {"full_name": "Nguyễn Văn An", "username": ""})
    slip = page.context["slips"][0]
    assert (slip["username"], slip["full_name"]) == ("an.nv", "Nguyễn Văn An")
    new = {"new": "một câu dễ nhớ", "again": "một câu dễ nhớ"}
    assert Client().post("/dang-nhap/dat-lai/", {"username": "an.nv", "code": slip["code"], **new})["Location"] == "/dang-nhap/"
    assert slip["code"] not in browser.get(f"{LIST}an.nv/").content.decode()


@pytest.mark.parametrize(
    ("sent", "found"),
    [
        ({"full_name": "Lan", "username": "lan"}, ("username", "username-taken")),
        ({"full_name": "Lan", "username": "Lan Anh"}, ("username", "username-shape")),
        ({"full_name": "=cmd|' /C calc'!A0", "username": "an.nv"}, ("full_name", "name-shape")),
        ({"full_name": "<script>alert(1)</script>", "username": "an.nv"}, ("full_name", "name-shape")),
    ],
)
def test_a_name_that_does_not_do_is_refused_at_its_field_and_kept_there(w, as_post, sent, found):
    page = as_post(w.quan).post(f"{LIST}mo/", sent)
    assert (page.status_code, why(page)) == (422, [found])
    assert "<script>alert" not in page.content.decode()


def test_a_post_is_given_handed_over_deputised_and_ended(w, as_post):
    browser, today = as_post(w.quan), local_day(timezone.now())
    sent = {"unit": w.police_dat.key, "role": "duty", "title": "Trực ban", "first": today.isoformat(), "until": ""}
    assert browser.post(f"{LIST}thu/giao/", sent)["Location"] == f"{LIST}thu/"
    assert why(browser.post(f"{LIST}thu/giao/", sent)) == [("role", "post-twice")]
    assert why(browser.post(f"{LIST}quân/giao/", sent)) == [("__all__", "yourself")]
    given = m.Post.objects.get(user=w.thu.user, unit=w.police_dat)
    address, day = f"/quan-tri/chuc-trach/{w.lan.pk}/", (today + timedelta(days=3)).isoformat()
    assert browser.get(address).status_code == 200
    week = {"first": today.isoformat(), "until": (today + timedelta(days=6)).isoformat()}
    assert browser.post(address, {"do": "deputise", "user": w.thu.user_id, **week}).status_code == 422
    given.delete()
    m.Post.objects.create(user=w.thu.user, unit=w.police_song, role="duty", title="Trực ban", valid_from=today)
    assert browser.post(address, {"do": "deputise", "user": w.thu.user_id, **week})["Location"] == f"{LIST}lan/"
    assert browser.post(address, {"do": "hand-over", "user": w.phuong.user_id, "day": day})["Location"] == f"{LIST}lan/"
    assert m.Post.objects.get(user=w.phuong.user, unit=w.police_song).valid_from.isoformat() == day
    assert browser.post(f"/quan-tri/chuc-trach/{w.thu.pk}/", {"do": "end", "day": today.isoformat()})["Location"] == f"{LIST}thu/"
    assert why(browser.post(f"/quan-tri/chuc-trach/{w.hai.pk}/", {"do": "end", "day": "2026-02-30"})) == [("day", "invalid")]


def test_a_post_is_handed_over_to_those_of_its_own_unit_before_all_others(w, as_post):
    m.Post.objects.create(user=w.thu.user, unit=w.police_song, role="duty", title="Trực ban", valid_from=local_day(timezone.now()))
    offered = list(as_post(w.quan).get(f"/quan-tri/chuc-trach/{w.lan.pk}/").context["handing"].fields["user"].queryset)
    own = set(m.Post.objects.filter(unit=w.police_song).exclude(user=w.lan.user).values_list("user", flat=True))
    assert ({user.pk for user in offered[: len(own)]}, w.thu.user in offered, w.lan.user in offered) == (own, True, False)


def test_a_lost_password_is_helped_with_a_printed_code_and_a_lock_is_lifted(w, as_post, words):
    browser = as_post(w.quan)
    for _ in range(5):
        sign_in_action(by=w.node, knock=knock("lan", Secret("sai"), timezone.now()), at=timezone.now())
    assert "đang bị khóa" in browser.get(f"{LIST}lan/").content.decode()
    assert browser.post(f"{LIST}lan/mo-khoa/")["Location"] == f"{LIST}lan/"
    assert sign_in(Client(), words)["Location"] == "/toi/"
    page = browser.post(f"{LIST}lan/ma-dat-lai/")
    assert bool(re.fullmatch("[2-9A-Z]{4}(-[2-9A-Z]{4}){2}", page.context["slips"][0]["code"])) is True
    assert as_post(w.mai).post(f"{LIST}lan/ma-dat-lai/").status_code == 403
    own = browser.post(f"{LIST}quân/ma-dat-lai/")
    assert own.status_code == 409
    assert "chính mình" in own.content.decode()


def test_an_account_is_closed_after_asking_once_more(w, as_post):
    browser = as_post(w.quan)
    assert "Cùng kết thúc hôm nay" in browser.get(f"{LIST}thu/dong/").content.decode()
    assert browser.post(f"{LIST}thu/dong/")["Location"] == f"{LIST}thu/"
    assert m.User.objects.get(username="thu").is_active is False
    assert "đã đóng" in browser.get(f"{LIST}thu/").content.decode()


def test_the_table_of_rights_is_the_one_of_the_rules(w, as_post):
    rows = as_post(w.van).get("/quan-tri/vai/").context["rows"]
    assert [code for code, _name, _cells in rows] == list(PERMISSION_NAMES)
    roles = list(m.Role)
    assert {role: {code for code, _n, cells in rows if cells[n]} for n, role in enumerate(roles)} == {role: set(MAY[role]) for role in roles}


def test_a_token_is_issued_shown_once_and_taken_back(w, as_post):
    browser = as_post(w.mai)
    page = browser.post("/quan-tri/ma-truy-cap/", {"post": w.mai.pk, "label": "Phần mềm trực ban", "days": 30})
    secret = page.context["issued"].secret
    assert secret in page.content.decode()
    assert secret not in browser.get("/quan-tri/ma-truy-cap/").content.decode()
    token = m.ApiToken.objects.get()
    assert as_post(w.dung).post(f"/quan-tri/ma-truy-cap/{token.pk}/thu-hoi/").status_code == 404
    browser.post(f"/quan-tri/ma-truy-cap/{token.pk}/thu-hoi/")
    assert m.ApiToken.objects.get().revoked_at is not None
    assert as_post(w.lan).get("/quan-tri/ma-truy-cap/").context["issues"] is False
    assert as_post(w.lan).post("/quan-tri/ma-truy-cap/", {"post": w.lan.pk, "label": "x", "days": 1}).status_code == 422


def book(*rows):
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


HEADINGS = ["Họ và tên", "Tên đăng nhập", "Đơn vị", "Vai", "Chức trách", "Từ ngày"]


def upload(browser, content, name="danh-sach.xlsx"):
    return browser.post(ROSTER, {"upload": SimpleUploadedFile(name, content)})


def cells(page):
    """What the preview would send back."""
    sent = {"rows": "1", "n": []}
    for row in page.context["rows"]:
        sent["n"].append(str(row["n"]))
        for cell in row["cells"]:
            sent.setdefault(cell["field"], []).append(cell["offer"] or cell["text"])
    return sent


def test_a_list_is_looked_through_mended_and_entered(w, as_post):
    browser, today = as_post(w.quan), local_day(timezone.now())
    content = book(
        ["DANH SÁCH CÁN BỘ"],
        [],
        HEADINGS,
        ["Nguyễn Văn An", "an.nv", "cong an xa song", "Trực ban", "Trực ban", today],
        ["Lê Thị Bé", None, "Công an phường Đất", "tham mưu", "Tham mưu", f"{today:%d/%m/%Y}"],
        ["Lan", "lan", "Công an xã Sông", "Cán bộ tham mưu", "Tham mưu", f"{today:%d.%m.%Y}"],
        ["Trần Văn Cu", "cu.tv", "Công an xã Không Có", "sếp", "", "31/02/2026"],
    )
    page = upload(browser, content)
    assert page.context["counts"] == {"doubtful": 2, "new": 1, "there": 1, "all": 4}
    assert m.User.objects.filter(username="an.nv").count() == 0
    assert [(r["n"], [c["verdict"].code for c in r["cells"] if not c["verdict"]]) for r in page.context["rows"]] == [
        (5, ["username-missing"]),
        (7, ["unit-unknown", "role-unknown", "title-missing", "day-unreadable"]),
        (4, []),
        (6, []),
    ]
    sent = cells(page)
    assert browser.post(ROSTER, {**sent, "do": "enter"}).status_code == 422
    sent["unit"][1], sent["role"][1], sent["title"][1] = "Công an xã Sông", "Trực ban", "Trực ban"
    again = browser.post(ROSTER, sent)
    assert again.context["counts"] == {"doubtful": 0, "new": 3, "there": 1, "all": 4}
    done = browser.post(ROSTER, {**cells(again), "do": "enter"})
    assert {s["username"] for s in done.context["slips"]} == {"an.nv", "be.lt", "cu.tv"}
    assert (done.context["posts"], done.context["left"]) == (3, 0)
    assert upload(browser, book(HEADINGS, ["Nguyễn Văn An", "an.nv", "Công an xã Sông", "Trực ban", "Trực ban", today])).context["counts"]["there"] == 1


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"day khong phai bang tinh", "x.xlsx"), (b"PK\x03\x04 hong", "x.xlsx"), (b"", "x.xlsx"), (book(["a", "b"], ["c", "d"]), "x.xlsx")],
)
def test_a_file_that_is_no_such_list_gets_a_sentence(w, as_post, content, name):
    page = upload(as_post(w.quan), content, name)
    assert page.status_code == 422
    assert len(why(page)) == 1


def test_the_template_is_a_list_that_can_be_read_back(w, as_post):
    browser = as_post(w.quan)
    content = browser.get(f"{ROSTER}mau.xlsx").content
    page = upload(browser, content)
    assert page.context["counts"] == {"doubtful": 0, "new": 1, "there": 0, "all": 1}
