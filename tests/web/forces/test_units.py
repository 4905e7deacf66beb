"""The pages of units: who is where, what a relation allows, how each is reached; every deed with its refusals."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.utils import timezone

from phoihop.domain import models as m
from phoihop.domain.forces.actions.keeping import publish_contact
from phoihop.domain.forces.actions.succession import succeed
from phoihop.kernel.duty_number import DutyNumber
from phoihop.kernel.period import local_day
from phoihop.web.forces.handing import passing
from tests.domain.agreements.agreed import circulated
from tests.web.browser import check, check_both
from tests.web.flat import flat
from tests.world import NOON, START, area

TODAY = date(2026, 6, 1)


@pytest.fixture
def admin(w, as_post):
    """Quân administers the node, with the second proof that the role needs."""
    m.User.objects.filter(pk=w.quan.user_id).update(totp_secret="sealed")
    w.quan.user.refresh_from_db()
    return as_post(w.quan)


@pytest.fixture
def number(w):
    return publish_contact(by=w.lan, unit=w.police_song, label="Trực chỉ huy", number=DutyNumber("0275 3822 345"), day=date(2025, 7, 1), at=NOON)


def look_like(w, **names):
    """Forces with a face: what they are called."""
    for code, name in names.items():
        colours = {"colour": "#a03348", "colour_dark": "#e0798d"}
        m.ForceFace.objects.create(force=w.forces[code], valid_from=date(2000, 1, 1), name=name, name_en=name, monogram=code, **colours)


def said(client, path, **query):
    answer = client.get(path, query)
    return answer.status_code, answer.content.decode()


def test_the_units_of_the_scope_are_listed_with_their_duty_numbers(w, as_post, number):
    code, page = said(as_post(w.mai), "/luc-luong/")
    assert code == 200
    assert page.count('<th scope="row">') == m.Unit.objects.exclude(pk=w.strangers.pk).count()
    assert 'href="tel:02753822345"' in page


@pytest.mark.parametrize(("query", "names"), [
    ({"ll": "BP"}, ["Ban Chỉ huy BĐBP tỉnh Sông Đất", "Đồn Biên phòng Cửa Sông"]),
    ({"ll": "CA", "cap": "xa"}, ["Công an phường Đất", "Công an xã Sông"]),
    ({"cap": "to"}, []),
    ({"tim": "cua song"}, ["Đồn Biên phòng Cửa Sông"]),
])  # fmt: skip
def test_they_are_filtered_by_force_level_and_name(w, as_post, query, names):
    look_like(w, BP="Biên phòng", CA="Công an")
    page = said(as_post(w.mai), "/luc-luong/", **query)[1]
    assert page.count('<th scope="row">') == len(names)
    assert [name for name in names if name not in page] == []


def test_a_unit_tells_its_commanders_its_number_and_what_a_relation_allows(w, as_post, number):
    page = said(as_post(w.binh), f"/luc-luong/{w.police_song.key}/")[1]
    assert "Công an tỉnh Sông Đất" in page
    assert "0275 3822 345" in page
    assert page.count("chỉ đề nghị; bên kia nhận hoặc từ chối kèm lý do") == 2


def test_who_directs_is_told_that_it_may_assign(w, as_post):
    page = said(as_post(w.mai), f"/luc-luong/{w.police_song.key}/")[1]
    between = page.partition("Đơn vị của bạn với đơn vị này")[2].partition("</dl>")[0]
    assert [said in between for said in ("được giao việc, xem việc và số liệu", "chỉ đề nghị")] == [True, True]


def test_a_unit_that_is_not_there_is_not_found(w, as_post):
    assert said(as_post(w.lan), "/luc-luong/CA.xa.00000.20250701/")[0] == 404
    assert said(as_post(w.lan), f"/luc-luong/{w.police_song.key}/bat-ky/")[0] == 404


def test_one_may_do_what_is_offered_and_nothing_else_is(w, as_post):
    own = said(as_post(w.lan), f"/luc-luong/{w.police_song.key}/")[1]
    other = said(as_post(w.lan), f"/luc-luong/{w.militia_song.key}/")[1]
    assert [f"/{path}/" in own for path in ("dau-moi", "phuong-tien", "the-thuc", "quan-he", "sap-xep")] == [True, True, True, False, False]
    assert f"/luc-luong/{w.militia_song.key}/phuong-tien/" not in other


@pytest.mark.parametrize("path", ["dau-moi", "phuong-tien", "the-thuc", "quan-he", "phu-trach", "sap-xep"])
def test_a_deed_that_is_not_ones_own_is_refused_with_its_reason(w, as_post, path):
    code, page = said(as_post(w.binh), f"/luc-luong/{w.police_song.key}/{path}/")
    assert (code, "Vai của bạn không được làm việc này." in page) == (403, True)


def test_a_duty_number_is_published_and_then_stands_on_the_page(w, as_post):
    client, path = as_post(w.lan), f"/luc-luong/{w.police_song.key}/dau-moi/"
    answer = client.post(path, {"label": "Trực ban", "number": "0275.3822.345", "day": "1/6/2026"})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/luc-luong/{w.police_song.key}/")
    assert m.Contact.objects.get(unit=w.police_song).digits == "02753822345"


@pytest.mark.parametrize(("data", "words"), [
    ({"label": "Trực ban", "number": "gọi cho tôi", "day": "1/6/2026"}, "Số trực chỉ gồm 3 đến 11 chữ số"),
    ({"label": "", "number": "113", "day": "1/6/2026"}, "Hãy điền “"),
    ({"label": "Trực ban", "number": "113", "day": "30/2/2026"}, "Không có ngày này"),
    ({"label": "Trực ban", "number": "113", "day": "1/6/2020"}, "không hoạt động vào ngày đó"),
])  # fmt: skip
def test_a_number_that_cannot_be_is_refused_at_its_field(w, as_post, data, words):
    answer = as_post(w.lan).post(f"/luc-luong/{w.police_song.key}/dau-moi/", data)
    assert (answer.status_code, words in answer.content.decode(), m.Contact.objects.count()) == (422, True, 0)


@pytest.mark.parametrize(("passed", "shown"), [("1", "thông suốt"), ("0", "không liên lạc được")])
def test_a_number_is_tried_and_the_try_is_shown(w, as_post, number, passed, shown):
    client = as_post(w.binh)
    client.post(f"/luc-luong/{w.police_song.key}/dau-moi/{number.pk}/thu/", {"passed": passed})
    assert m.ContactTest.objects.get().passed is (passed == "1")
    assert shown in said(client, f"/luc-luong/{w.police_song.key}/")[1]


def test_a_number_is_no_longer_used_from_a_day(w, as_post, number):
    path = f"/luc-luong/{w.police_song.key}/dau-moi/{number.pk}/thoi/"
    assert as_post(w.binh).get(path).status_code == 403
    as_post(w.lan).get(path)
    admin = m.Post.objects.create(user=w.lan.user, unit=w.police_song, role="staff", title="x", valid_from=date(2025, 7, 1))
    assert as_post(admin).post(path, {"day": "2/6/2026"}).status_code == 302
    assert m.Contact.objects.get().valid_until == date(2026, 6, 2)


def test_means_are_counted_and_weapons_are_not_asked_for(w, as_post):
    client, path = as_post(w.lan), f"/luc-luong/{w.police_song.key}/phuong-tien/"
    client.post(path, {"xuong": "2", "xemay": "0", "day": "1/6/2026"})
    assert dict(m.Means.objects.values_list("kind", "count")) == {"xuong": 2, "xemay": 0}
    assert client.post(path, {"xuong": "10001", "day": "1/6/2026"}).status_code == 422
    assert "Chưa ghi phương tiện nào" in client.post(path, {"day": "1/6/2026"}).content.decode()


def test_the_letterhead_is_kept_and_shown(w, as_post):
    client = as_post(w.lan)
    head = {
        "superior": "Công an tỉnh",
        "issuer": "Công an xã Sông",
        "symbol": "CAX",
        "place": "Sông",
        "signer": "Trưởng Công an xã",
        "archive": "VT",
        "day": "1/7/2025",
    }
    assert client.post(f"/luc-luong/{w.police_song.key}/the-thuc/", head).status_code == 302
    assert "Số: …/BC-CAX" in said(client, f"/luc-luong/{w.police_song.key}/")[1]
    refused = client.post(f"/luc-luong/{w.police_song.key}/the-thuc/", {**head, "symbol": "X" * 40})
    assert "Dài quá mức mẫu văn bản cho phép." in refused.content.decode()


def test_the_administrator_relates_units_and_ends_a_relation(w, admin):
    key = w.police_song.key
    relation = {"other": w.front_song.key, "kind": "coordinates", "side": "tren", "basis": "QC 01", "day": "1/6/2026"}
    assert admin.post(f"/luc-luong/{key}/quan-he/", relation).status_code == 302
    made = m.Relation.objects.get(kind="coordinates")
    assert (made.upper, made.lower) == (w.police_song, w.front_song)
    assert "Hai đơn vị đã có quan hệ này." in admin.post(f"/luc-luong/{key}/quan-he/", relation).content.decode()
    assert admin.post(f"/luc-luong/{key}/quan-he/{made.pk}/thoi/", {"day": "1/6/2026"}).status_code == 422
    assert admin.post(f"/luc-luong/{key}/quan-he/{made.pk}/thoi/", {"day": "2/6/2026"}).status_code == 302
    assert m.Relation.objects.get(pk=made.pk).valid_until == date(2026, 6, 2)
    assert admin.get(f"/luc-luong/{w.police_dat.key}/quan-he/{made.pk}/thoi/").status_code == 404


def test_a_relation_downwards_is_laid_from_below_and_a_circle_is_refused(w, admin):
    path = f"/luc-luong/{w.police.key}/quan-he/"
    circle = {"other": w.police_song.key, "kind": "directs", "side": "duoi", "day": "1/6/2026"}
    assert "quan hệ sẽ thành vòng" in admin.post(path, circle).content.decode()
    assert admin.post(path, {**circle, "other": w.army.key, "kind": "guides"}).status_code == 302
    assert m.Relation.objects.get(kind="guides").upper == w.army


def test_the_administrator_says_what_a_unit_covers(w, admin):
    path = f"/luc-luong/{w.station.key}/phu-trach/"
    assert admin.post(path, {"areas": ["29002"], "day": "1/6/2026"}).status_code == 302
    assert list(m.UnitArea.objects.values_list("unit", "area__code")) == [(w.station.pk, "29002")]
    assert admin.post(path, {"areas": ["99999"], "day": "1/6/2026"}).status_code == 422
    assert 'value="29002"' in said(admin, path)[1]


def test_a_unit_is_founded_below_another(w, admin):
    data = {"force": "CA", "kind": "to", "area": "29001", "name": "Tổ bảo vệ ấp Một", "under": w.police_song.key, "day": "1/6/2026"}
    answer = admin.post("/luc-luong/lap/", data)
    made = m.Unit.objects.get(name="Tổ bảo vệ ấp Một")
    assert answer.headers["Location"] == f"/luc-luong/{made.key}/"
    assert made.relations_up.get().upper == w.police_song
    again = admin.post("/luc-luong/lap/", data).content.decode()
    assert "Đã có đơn vị này." in again
    assert "Không có địa bàn này vào ngày đó." in admin.post("/luc-luong/lap/", {**data, "area": "1"}).content.decode()


def test_a_unit_is_founded_in_words_and_where_its_place_was_on_its_day(w, admin):
    """The forces are called by name, the area by name or code; a name of before is what it became, a name of several is asked back."""
    look_like(w, CA="Công an", DQ="Dân quân tự vệ")
    page = said(admin, "/luc-luong/lap/")[1]
    assert re.findall(r'<option value="(CA|DQ)"[^>]*>([^<]+)</option>', page) == [("CA", "Công an"), ("DQ", "Dân quân tự vệ")]
    gone = area("29152", "Cồn", "commune", "xa", w.province, start=date(2004, 1, 1), until=START)
    m.Succession.objects.create(old=gone, new=w.song, day=START, kind="merge")
    area("29003", "Đất", "commune", "xa", w.province)
    area("70001", "Cồn", "commune", "xa", w.elsewhere)
    area("70002", "Xa", "commune", "xa", w.elsewhere)
    data = {"force": "CA", "kind": "to", "area": "cồn", "name": "Tổ Một", "day": "1/6/2026"}
    assert admin.post("/luc-luong/lap/", data).status_code == 302
    made = m.Unit.objects.get(name="Tổ Một")
    assert (made.area, list(made.relations_up.all())) == (w.song, [])  # who directs it may be left open
    asked = [admin.post("/luc-luong/lap/", {**data, "area": typed, "name": "Tổ Hai"}).content.decode() for typed in ("29152", "đất", "xa")]
    assert [re.findall(r'name="area" value="(\d+)"[^>]*>(\w[^<]+)<', page) for page in asked] == [
        [("29001", "Xã Sông")], [("29002", "Phường Đất, Tỉnh Sông Đất"), ("29003", "Xã Đất, Tỉnh Sông Đất")], [("70002", "Xã Xa, Tỉnh Nơi Khác")],
    ]  # fmt: skip
    assert "29152 là mã của Xã Cồn đến trước ngày 01/07/2025; sau đó là Xã Sông." in asked[0]


def test_only_who_manages_units_founds_one(w, as_post):
    assert said(as_post(w.lan), "/luc-luong/lap/")[0] == 403


def test_a_succession_shows_what_passes_and_then_hands_it_over(w, admin, number):
    path = f"/luc-luong/{w.police_song.key}/sap-xep/"
    page = said(admin, path)[1]
    assert "Sẽ chuyển sang đơn vị tiếp nhận" in page
    assert "<dt>Đầu mối trực</dt><dd><b>1</b></dd>" in flat(page)
    day = local_day(timezone.now())
    assert admin.post(path, {"new": w.police_dat.key, "basis": "", "day": f"{day:%d/%m/%Y}"}).status_code == 422
    assert admin.post(path, {"new": w.police_dat.key, "basis": "QĐ 12", "day": f"{day:%d/%m/%Y}"}).status_code == 302
    assert m.Unit.objects.get(pk=w.police_song.pk).valid_until == day
    ended = said(admin, f"/luc-luong/{w.police_song.key}/")[1]
    assert ("Bàn giao cho" in ended, re.findall(r'href="/luc-luong/[^"]+/(dau-moi|the-thuc|quan-he|phu-trach|sap-xep)/"', ended)) == (True, [])
    status, why = said(admin, path)
    assert (status, "không hoạt động vào ngày đó" in why) == (403, True)


def test_the_preview_counts_what_the_action_hands_over(w, number):
    circulated(w)
    before = {str(words): n for words, n in passing(w.quan, w.police_song, TODAY)}
    posts = before["chức trách đang giữ, sắp giữ"]
    succeed(by=w.quan, old=w.police_song, new=w.police_dat, day=TODAY, basis="QĐ 12", at=NOON)
    assert m.Post.objects.filter(unit=w.police_dat, valid_from=TODAY).count() == posts == 1
    assert m.Contact.objects.filter(unit=w.police_dat).count() == before["đầu mối trực"] == 1
    assert m.AgreementParty.objects.filter(unit=w.police_dat).count() == before["văn bản phối hợp đang là một bên"] == 1
    assert dict.fromkeys(n for _words, n in passing(w.quan, m.Unit.objects.get(pk=w.police_song.pk), TODAY)) == {0: None}


@pytest.mark.parametrize("path", ["/luc-luong/", "/luc-luong/?tim=song", "unit"])
def test_a_page_asks_little(w, as_post, number, django_assert_max_num_queries, path):
    client, path = as_post(w.mai), f"/luc-luong/{w.police_song.key}/" if path == "unit" else path
    client.get(path)
    with django_assert_max_num_queries(12):
        assert client.get(path).status_code == 200


def test_units_are_found_by_the_search(w, as_post):
    assert f"/luc-luong/{w.station.key}/" in said(as_post(w.lan), "/tim/", q="cửa sông")[1]


@pytest.mark.browser
@pytest.mark.slow
def test_the_pages_pass_in_a_browser(visit, w, number):
    m.User.objects.filter(pk=w.quan.user_id).update(totp_secret="sealed")
    w.quan.user.refresh_from_db()
    key = w.police_song.key
    for path in ("/luc-luong/", f"/luc-luong/{key}/"):
        check(visit(w.lan, path))
        check_both(visit(w.quan, path))
    for deed in ("dau-moi", "phuong-tien", "the-thuc"):
        check(visit(w.lan, f"/luc-luong/{key}/{deed}/", theme="dark", width=390, height=844), phone=True)
    for deed in ("quan-he", "phu-trach", "sap-xep"):
        check(visit(w.quan, f"/luc-luong/{key}/{deed}/"))
    check(visit(w.quan, "/luc-luong/lap/"))
