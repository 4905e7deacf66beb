import re
from datetime import timedelta
from urllib.parse import quote

import pyotp
import pytest
from django.test import Client
from django.utils import timezone

from phoihop.domain import models as m
from phoihop.domain.people.actions.posts import appoint, deputise
from phoihop.kernel.period import local_day
from phoihop.web.models import SignIn
from tests.web.people.test_door import sign_in, why

pytestmark = pytest.mark.django_db
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/118.0.0.0 Safari/537.36"


def test_a_stranger_is_sent_to_the_door_and_back(w):
    assert Client().get("/toi/mat-khau/")["Location"] == "/dang-nhap/?next=/toi/mat-khau/"


def test_ones_own_page_shows_posts_and_sign_ins_and_keeps_the_looks(w, words):
    browser = Client()
    sign_in(browser, words, **{"user-agent": CHROME})
    page = browser.get("/toi/")
    assert [p.pk for p in page.context["posts"]] == [w.lan.pk]
    assert [(b["agent"], b["here"]) for b in page.context["browsers"]] == [("Chrome 118, Windows", True)]
    assert browser.post("/toi/", {"language": "en", "theme": "dark", "shortcuts": "on"})["Location"] == "/toi/"
    user = m.User.objects.get(pk=w.lan.user_id)
    assert (user.language, user.theme, user.shortcuts) == ("en", "dark", True)
    assert browser.get("/toi/")["Content-Language"] == "en"


def test_another_sign_in_is_ended_from_the_list_and_its_key_is_never_shown(w, words):
    here, there = Client(), Client()
    sign_in(here, words)
    sign_in(there, words, **{"user-agent": CHROME})
    page = here.get("/toi/")
    other = next(b for b in page.context["browsers"] if not b["here"])
    assert other["agent"] == "Chrome 118, Windows"
    assert all(row.session_key not in page.content.decode() for row in SignIn.objects.all())
    here.post("/toi/phien/", {"which": other["mark"]})
    assert there.get("/toi/").status_code == 302
    assert here.get("/toi/").status_code == 200


def test_nobody_ends_the_sign_in_of_another(w, words):
    lan, mai = Client(), Client()
    sign_in(lan, words)
    sign_in(mai, words, "mai")
    mark = lan.get("/toi/").context["browsers"][0]["mark"]
    mai.post("/toi/phien/", {"which": mark})
    mai.post("/toi/phien/", {"which": "all"})
    assert lan.get("/toi/").status_code == 200


def test_all_other_sign_ins_are_ended_at_once(w, words):
    browsers = [Client() for _ in range(3)]
    for browser in browsers:
        sign_in(browser, words)
    browsers[0].post("/toi/phien/", {"which": "all"})
    assert [b.get("/toi/").status_code for b in browsers] == [200, 302, 302]


def test_a_new_password_ends_the_other_sign_ins_and_keeps_this_one(w, words):
    here, there = Client(), Client()
    sign_in(here, words)
    sign_in(there, words)
    wrong = {"old": "sai", "new": "một câu khác hẳn", "again": "một câu khác hẳn"}
    assert why(here.post("/toi/mat-khau/", wrong)) == [("old", "password-old-wrong")]
    assert here.post("/toi/mat-khau/", {**wrong, "old": words})["Location"] == "/toi/"
    assert (here.get("/toi/").status_code, there.get("/toi/").status_code) == (200, 302)


def test_a_password_sent_after_the_sign_in_ran_out_is_not_kept(w, words):
    browser = Client()
    sign_in(browser, words)
    SignIn.objects.all().delete()
    secret = {"old": words, "new": "một câu khác hẳn", "again": "một câu khác hẳn"}
    assert browser.post("/toi/mat-khau/", secret)["Location"] == "/dang-nhap/?next=/toi/mat-khau/"
    assert "khác hẳn" not in str(dict(browser.session))


def test_a_password_given_by_another_is_changed_before_anything_else(w, words):
    m.User.objects.update(must_change=True)
    browser = Client()
    sign_in(browser, words)
    response = browser.get("/toi/lam-thay/", follow=True)
    assert response.redirect_chain[-1][0] == "/toi/mat-khau/?next=%2Ftoi%2Flam-thay%2F"
    done = browser.post("/toi/mat-khau/", {"old": words, "new": "một câu khác hẳn", "again": "một câu khác hẳn", "next": "/toi/lam-thay/"})
    assert done["Location"] == "/toi/lam-thay/"
    assert browser.get("/toi/lam-thay/").status_code == 200


def test_an_authenticator_is_set_up_by_scanning_and_confirming(w, words):
    browser = Client()
    sign_in(browser, words)
    page = browser.get("/toi/ma-xac-thuc/")
    secret = page.context["spelled"].replace(" ", "")
    assert page.context["picture"].startswith("data:image/svg+xml")
    assert secret not in str(dict(browser.session))
    assert browser.get("/toi/ma-xac-thuc/").context["spelled"].replace(" ", "") == secret
    assert why(browser.post("/toi/ma-xac-thuc/", {"code": "000000"})) == [("code", "first-code-wrong")]
    done = browser.post("/toi/ma-xac-thuc/", {"code": pyotp.TOTP(secret).now()})
    assert [bool(re.fullmatch("[0-9A-F]{6}-[0-9A-F]{6}", code)) for code in done.context["codes"]] == [True] * 10
    assert m.User.objects.get(pk=w.lan.user_id).totp_secret != ""
    assert browser.get("/toi/").context["spare"] == 10
    assert why(browser.post("/toi/ma-du-phong/", {"password": "sai"})) == [("password", "password-old-wrong")]
    assert len(browser.post("/toi/ma-du-phong/", {"password": words}).context["codes"]) == 10
    assert browser.post("/toi/ma-xac-thuc/tat/", {"password": words})["Location"] == "/toi/"
    assert m.User.objects.get(pk=w.lan.user_id).totp_secret == ""


def test_an_administrator_without_an_authenticator_is_led_to_it(w, words):
    browser = Client()
    sign_in(browser, words, "quân")
    response = browser.get("/quan-tri/", follow=True)
    assert response.redirect_chain[-1][0] == "/chuc-trach/?next=/quan-tri/"
    assert "/toi/ma-xac-thuc/" in response.content.decode()
    assert browser.get("/toi/ma-xac-thuc/").status_code == 200


def test_among_several_posts_one_is_chosen_and_never_guessed(w, words):
    now = timezone.now()
    second = appoint(by=w.quan, user=w.lan.user, unit=w.police_dat, role="staff", title="Tham mưu", first=local_day(now), at=now)
    browser = Client()
    sign_in(browser, words)
    assert browser.get("/toi/lam-thay/")["Location"] == "/chuc-trach/?next=/toi/lam-thay/"
    assert [c["post"].pk for c in browser.get("/chuc-trach/").context["choices"]] == [w.lan.pk, second.pk]
    assert browser.post("/chuc-trach/", {"post": w.mai.pk, "next": "/toi/lam-thay/"}).status_code == 200
    assert browser.post("/chuc-trach/", {"post": second.pk, "next": "/toi/lam-thay/"})["Location"] == "/toi/lam-thay/"
    assert browser.get("/toi/lam-thay/").context["request"].post == second
    assert browser.post("/chuc-trach/", {"post": w.lan.pk, "next": "https://example.org/"})["Location"] == "/"
    assert browser.get("/toi/lam-thay/").context["request"].post == w.lan


def test_choosing_a_post_on_the_page_where_one_chooses_leads_back_to_where_one_was(w, words):
    browser, now = Client(), timezone.now()
    appoint(by=w.quan, user=w.lan.user, unit=w.police_dat, role="staff", title="Tham mưu", first=local_day(now), at=now)
    sign_in(browser, words)
    nested = f"/chuc-trach/?next={quote('/chuc-trach/?next=' + quote('/tuan-tra/?dv=29001', safe=''), safe='')}"
    assert browser.get(nested).context["next"] == "/tuan-tra/?dv=29001"
    assert browser.post(nested, {"post": w.lan.pk, "next": nested})["Location"] == "/tuan-tra/?dv=29001"
    assert browser.get("/chon-dia-ban/?ve=/chon-dia-ban/%3Fve%3D/tuan-tra/").context["back"] == "/tuan-tra/"


@pytest.mark.parametrize(("page", "answer"), [("/quan-tri/", 403), ("/tuan-tra/nhap-nhanh/", 403), ("/ke-hoach/KH-26-PH86-9-9/", 404)])
def test_a_page_that_the_new_post_does_not_see_is_left_for_the_board_with_a_word_why(w, words, page, answer):
    now = timezone.now()
    partner = appoint(by=w.quan, user=w.lan.user, unit=w.front_song, role="partner", title="Cán bộ Mặt trận", first=local_day(now), at=now)
    browser = Client()
    sign_in(browser, words)
    browser.post("/chuc-trach/", {"post": partner.pk, "next": page})
    led = browser.get(page)
    assert (led.status_code, led["Location"]) == (302, "/")
    assert "Chức trách Cán bộ Mặt trận (Ủy ban MTTQ xã Sông) không xem được trang bạn vừa mở; đây là trang Hôm nay." in browser.get("/").content.decode()
    assert browser.get(page).status_code == answer


def test_who_holds_no_post_is_told_so(w, words):
    m.Post.objects.filter(pk=w.lan.pk).update(valid_until=w.lan.valid_from)
    browser = Client()
    sign_in(browser, words)
    assert "không giữ chức trách nào" in browser.get("/chuc-trach/").content.decode()


def test_a_deputy_is_named_and_ended_and_acts_for_whom_is_shown(w, as_post):
    browser, today = as_post(w.mai), local_day(timezone.now())
    page = browser.get("/toi/lam-thay/")
    assert {u.username for u in page.context["form"].fields["user"].queryset} == {"lan", "phượng", "quân", "vân"}
    sent = {"user": w.lan.user_id, "first": today.isoformat(), "until": (today + timedelta(days=6)).isoformat()}
    assert why(browser.post("/toi/lam-thay/", {**sent, "until": (today + timedelta(days=100)).isoformat()})) == [("until", "deputy-too-long")]
    assert browser.post("/toi/lam-thay/", sent)["Location"] == "/toi/lam-thay/"
    deputy = m.Post.objects.get(deputy_for=w.mai)
    assert deputy.valid_until == today + timedelta(days=7)
    assert "Làm thay Mai" in as_post(w.lan).get("/chuc-trach/").content.decode()
    assert as_post(w.binh).post(f"/toi/lam-thay/{deputy.pk}/thoi/").status_code == 403
    browser.post(f"/toi/lam-thay/{deputy.pk}/thoi/")
    assert m.Post.objects.get(pk=deputy.pk).valid_until == today


def test_only_the_principal_ends_a_deputising(w, as_post):
    now = timezone.now()
    today = local_day(now)
    deputy = deputise(by=w.mai, post=w.mai, user=w.lan.user, first=today, until=today + timedelta(days=7), at=now)
    assert as_post(w.dung).post(f"/toi/lam-thay/{deputy.pk}/thoi/").status_code == 404


def test_a_duty_officer_may_not_name_deputies(w, as_post):
    response = as_post(w.binh).get("/toi/lam-thay/")
    assert response.status_code == 403
    assert "Vai của bạn" in response.content.decode()


def test_a_sign_in_lives_on_with_every_click(w, words, settings):
    browser = Client()
    sign_in(browser, words)
    SignIn.objects.update(expire_date=timezone.now() + timedelta(minutes=10))
    session = browser.session
    session["seen"] = session["seen"] - settings.SESSION_COOKIE_AGE // 5
    session.save()
    SignIn.objects.update(expire_date=timezone.now() + timedelta(minutes=10))
    browser.get("/toi/")
    assert SignIn.objects.get().expire_date > timezone.now() + timedelta(minutes=60)
