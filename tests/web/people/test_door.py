from datetime import timedelta

import pyotp
import pytest
from django.test import Client
from django.utils import timezone

from phoihop.domain import models as m
from phoihop.domain.people.actions.authenticator import new_secret, set_authenticator
from phoihop.domain.people.actions.passwords import issue_reset_code
from phoihop.domain.people.rules import DEMO_PASSWORD
from phoihop.kernel import memo
from phoihop.kernel.secret import Secret
from phoihop.web.models import SignIn

pytestmark = pytest.mark.django_db


def sign_in(browser, words, name="lan", onward="/toi/", **headers):
    return browser.post("/dang-nhap/", {"username": name, "password": words, "next": onward}, headers=headers)


def why(response):
    return [(field, error.code) for field, errors in response.context["form"].errors.as_data().items() for error in errors]


def test_the_door_asks_for_name_and_password_and_lets_in(w, words):
    browser = Client()
    assert browser.get("/dang-nhap/?next=/toi/").status_code == 200
    response = sign_in(browser, words)
    assert (response.status_code, response["Location"]) == (302, "/toi/")
    assert browser.get("/toi/").context["request"].user == w.lan.user


def test_a_new_session_key_is_made_at_the_door(w, words, settings):
    browser = Client()
    session = browser.session
    session["planted"] = "by somebody else"
    session.save()
    planted = session.session_key
    browser.cookies[settings.SESSION_COOKIE_NAME] = planted
    sign_in(browser, words)
    assert browser.cookies[settings.SESSION_COOKIE_NAME].value != planted
    assert SignIn.objects.filter(pk=planted).count() == 0


def test_a_language_chosen_at_the_door_goes_on_inside_and_becomes_the_accounts(w, words):
    browser = Client()
    browser.post("/giao-dien/", {"tieng": "en"})
    sign_in(browser, words)
    assert browser.get("/toi/").headers["Content-Language"] == "en"
    sign_in(again := Client(), words)
    assert again.get("/toi/").headers["Content-Language"] == "en"


def test_who_chose_no_language_at_the_door_keeps_the_accounts(w, words):
    m.User.objects.filter(pk=w.lan.user_id).update(language="en")
    sign_in(browser := Client(), words)
    assert browser.get("/toi/").headers["Content-Language"] == "en"


def test_cookies_are_kept_from_scripts_and_other_sites(w, words, settings):
    browser = Client()
    cookie = sign_in(browser, words).cookies[settings.SESSION_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")


@pytest.mark.parametrize("onward", ["https://example.org/", "//example.org/", "javascript:alert(1)", "\\\\example.org", ""])
def test_the_door_leads_to_own_pages_only(w, words, onward):
    assert sign_in(Client(), words, onward=onward)["Location"] == "/"


@pytest.mark.parametrize("name", ["lan", "không-ai"])
def test_a_wrong_password_and_an_unknown_name_look_the_same_up_to_the_lock(w, words, name):
    browser = Client()
    answers = [sign_in(browser, "sai mật khẩu", name) for _ in range(6)]
    assert [a.status_code for a in answers] == [422] * 6
    assert [why(a)[0][1] for a in answers] == ["sign-in-wrong"] * 4 + ["locked"] * 2
    assert "bị khóa đến" in answers[-1].content.decode()
    assert b"sai m\xe1\xba\xadt" not in answers[0].content


def test_a_password_never_comes_back_into_the_page(w, words):
    assert "bí mật tuyệt đối" not in sign_in(Client(), "bí mật tuyệt đối").content.decode()


def test_a_missing_field_is_a_sentence(w, words):
    assert why(sign_in(Client(), "")) == [("password", "required")]


def test_a_form_without_its_token_gets_a_sentence(w, words):
    response = sign_in(Client(enforce_csrf_checks=True), words)
    assert response.status_code == 403
    assert "Trang đã mở quá lâu" in response.content.decode()


def test_who_is_signed_in_passes_the_door_unasked(w, as_post):
    assert as_post(w.lan).get("/dang-nhap/?next=/toi/")["Location"] == "/toi/"


def test_signing_out_ends_the_session_and_needs_a_post(w, as_post):
    browser = as_post(w.lan)
    assert browser.get("/dang-xuat/").status_code == 405
    assert browser.post("/dang-xuat/")["Location"] == "/dang-nhap/"
    assert SignIn.objects.filter(user=w.lan.user).count() == 0
    assert browser.get("/toi/").status_code == 302


def test_a_closed_account_is_out_at_once(w, as_post):
    browser = as_post(w.lan)
    m.User.objects.filter(pk=w.lan.user_id).update(is_active=False)
    assert browser.get("/toi/")["Location"] == "/dang-nhap/?next=/toi/"


@pytest.fixture
def app(w, words):
    secret, now = new_secret(), timezone.now() - timedelta(minutes=2)
    codes = set_authenticator(by=w.node, user=w.lan.user, secret=Secret(secret), code=Secret(pyotp.TOTP(secret).at(now)), at=now)
    one = pyotp.TOTP(secret)
    one.spare = codes
    return one


def test_with_an_authenticator_the_password_leads_to_the_code_and_the_code_in(w, words, app):
    browser = Client()
    response = sign_in(browser, words, onward="/toi/")
    assert response["Location"] == "/dang-nhap/ma/?next=%2Ftoi%2F"
    assert browser.get("/toi/").status_code == 302
    assert browser.get(response["Location"]).status_code == 200
    assert why(browser.post("/dang-nhap/ma/", {"code": "000000"})) == [("code", "code-wrong")]
    code = app.now()
    assert browser.post("/dang-nhap/ma/", {"code": f"{code[:3]} {code[3:]}", "next": "/toi/"})["Location"] == "/toi/"
    other = Client()
    sign_in(other, words)
    assert why(other.post("/dang-nhap/ma/", {"code": code})) == [("code", "code-wrong")]
    assert other.post("/dang-nhap/ma/", {"code": app.spare[0], "next": "/toi/"})["Location"] == "/toi/"


def test_the_code_is_asked_only_within_five_minutes_of_the_password(w, words, app):
    browser = Client()
    assert browser.get("/dang-nhap/ma/")["Location"] == "/dang-nhap/?next=%2F"
    sign_in(browser, words)
    session = browser.session
    session["half_way"] = session["half_way"] | {"at": (timezone.now() - timedelta(minutes=5, seconds=1)).isoformat()}
    session.save()
    response = browser.post("/dang-nhap/ma/", {"code": app.now()}, follow=True)
    assert "Quá năm phút" in response.content.decode()
    assert browser.get("/toi/").status_code == 302


def test_a_reset_code_sets_a_password_without_mail(w, words):
    code = issue_reset_code(by=w.quan, user=w.lan.user, at=timezone.now())
    browser = Client()
    new = {"new": "một câu khác hẳn", "again": "một câu khác hẳn"}
    assert why(browser.post("/dang-nhap/dat-lai/", {"username": "lan", "code": "AAAA-BBBB-CCCC", **new})) == [("code", "reset-wrong")]
    assert why(browser.post("/dang-nhap/dat-lai/", {"username": "lan", "code": code, "new": "ngắn", "again": "ngắn"})) == [("new", "password-short")]
    response = browser.post("/dang-nhap/dat-lai/", {"username": "lan", "code": code, **new}, follow=True)
    assert "Đã đặt mật khẩu mới" in response.content.decode()
    assert sign_in(browser, "một câu khác hẳn")["Location"] == "/toi/"


def test_demo_accounts_stand_at_the_door_of_a_demo_node_only(w):
    user = m.User.objects.create(username="demo.truc-ban", full_name="Trực ban xã", password="!")
    m.Post.objects.create(user=user, unit=w.police_song, role="duty", title="Trực ban", valid_from=w.lan.valid_from)
    assert DEMO_PASSWORD not in Client().get("/dang-nhap/").content.decode()
    m.Node.objects.update(demo=True)
    memo.forget_all()
    page = Client().get("/dang-nhap/").content.decode()
    assert DEMO_PASSWORD in page
    assert 'value="demo.truc-ban"' in page
    assert 'value="lan"' not in page


def test_what_was_typed_while_the_sign_in_ran_out_waits_behind_the_door(w, words, as_post):
    browser = Client()
    sign_in(browser, words)
    SignIn.objects.all().delete()
    response = browser.post(
        "/toi/lam-thay/", {"user": "1", "first": "2026-06-01", "note": "Nội dung đang gõ dở"}, headers={"referer": "http://testserver/toi/lam-thay/"}
    )
    assert response["Location"] == "/dang-nhap/?next=/toi/lam-thay/"
    back = sign_in(browser, words, onward="/toi/lam-thay/")
    assert "Nội dung đang gõ dở" in browser.get(back["Location"]).content.decode()


def test_the_door_asks_the_database_little(w, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        Client().get("/dang-nhap/")
