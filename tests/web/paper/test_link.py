from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from phoihop.domain import models as m
from phoihop.domain.activities.actions.confirming import make_link
from phoihop.domain.activities.actions.planning import cancel
from phoihop.kernel.period import local_day
from phoihop.web.paper import link as page_of_link
from tests.domain.activities.steps import reported

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_brake(monkeypatch):
    monkeypatch.setattr(page_of_link, "_brake", page_of_link.Brake())


@pytest.fixture
def asked(w):
    """A reported patrol and the address of the link that its militia was given now."""
    a = reported(w)
    _link, secret = make_link(by=w.lan, activity=a, unit=w.militia_song, at=timezone.now())
    return a, f"/xn/{secret.reveal()}/"


def answer(a: m.Activity, **change: str) -> dict[str, str]:
    return {"agrees": "co", "people": "", "note": "", "digest": a.digest} | change


def test_who_holds_the_link_reads_the_statement_and_nothing_else(w, asked):
    a, address = asked
    page = Client().get(address)
    said = page.content.decode()
    assert page.status_code == 200
    assert page.context["sentences"][0] == f"Công an xã Sông ghi: cuộc tuần tra {a.matter.code} đã tổ chức."
    assert ('href="/tuan-tra/' in said, 'class="rail"' in said, "http://" in said.replace("http://www.w3.org", "")) == (False, False, False)


def test_the_page_leaks_its_address_to_nobody(w, asked):
    _a, address = asked
    for path in (address, "/xn/khong-co-lien-ket-nay/"):
        page = Client().get(path)
        assert {name: page[name] for name in ("Referrer-Policy", "Cache-Control", "X-Robots-Tag")} == {
            "Referrer-Policy": "same-origin", "Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow",
        }  # fmt: skip


def test_a_refused_answer_writes_no_address_into_the_log(w, asked, caplog):
    _a, address = asked
    assert Client().post(address, {}).status_code == 422
    assert address not in caplog.text


def test_a_party_confirms_once(w, asked):
    a, address = asked
    browser = Client(enforce_csrf_checks=True)
    token = browser.get(address).context["csrf_token"]
    done = browser.post(address, answer(a, people="5") | {"csrfmiddlewaretoken": str(token)})
    assert (done.status_code, done.context["agreed"]) == (200, True)
    said = m.Confirmation.objects.get()
    assert (said.way, said.agrees, said.unit, said.by) == ("link", True, w.militia_song, None)
    assert m.Strength.objects.get(activity=a, unit=w.militia_song).own_people == 5
    again = browser.get(address)
    assert (again.status_code, "đã dùng" in again.content.decode()) == (410, True)


def test_a_party_that_does_not_agree_says_why_and_keeps_what_it_typed(w, asked):
    a, address = asked
    refused = Client().post(address, answer(a, agrees="khong", people="2"))
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["note"])
    assert refused.context["form"]["people"].value() == "2"
    secret = Client().post(address, answer(a, agrees="khong", note="TỐI MẬT"))
    assert (secret.status_code, list(secret.context["form"].errors)) == (422, ["note"])
    done = Client().post(address, answer(a, agrees="khong", note="Đêm đó đơn vị không đi"))
    assert (done.context["agreed"], str(m.Confirmation.objects.get().note)) == (False, "Đêm đó đơn vị không đi")


def test_an_answer_to_what_was_changed_meanwhile_is_asked_anew(w, asked):
    a, address = asked
    page = Client().post(address, answer(a, digest="0" * 64))
    assert (page.status_code, page.context["form"]["digest"].value()) == (422, a.digest)
    assert m.Confirmation.objects.count() == 0


def test_an_ended_link_a_cancelled_patrol_and_no_link_say_so(w, asked):
    a, address = asked
    m.ConfirmLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert Client().get(address).status_code == 410
    m.ConfirmLink.objects.update(expires_at=timezone.now() + timedelta(days=1))
    cancel(by=w.lan, activity=a, why="Ghi nhầm", at=timezone.now())
    assert (Client().get(address).status_code, Client().post(address, answer(a)).status_code) == (410, 410)
    assert Client().get("/xn/abc/").status_code == 404


def test_who_guesses_is_slowed_down_and_nobody_is_shut_out_who_holds_a_link(w, asked):
    _a, address = asked
    proxy = Client(REMOTE_ADDR="10.0.0.9")
    assert [proxy.get(f"/xn/thu-{n}/").status_code for n in range(11)] == [404] * 10 + [429]
    assert Client(REMOTE_ADDR="10.0.0.8").get("/xn/thu-12/").status_code == 404
    assert proxy.get(address).status_code == 200


def test_the_brake_forgets_after_a_while_and_remembers_only_so_many():
    brake, now = page_of_link.Brake(), timezone.now()
    for _n in range(10):
        brake.miss("a", now)
    assert (brake.holds("a", now), brake.holds("a", now + timedelta(minutes=11)), brake.holds("b", now)) == (True, False, False)
    for n in range(page_of_link.REMEMBERED):
        brake.miss(f"other-{n}", now)
    assert brake.holds("a", now) is False


def test_what_was_said_by_link_is_told_as_the_partys_word_not_the_nodes(w, asked, as_post):
    """The node wrote it down; in the story and in the duty book of that day it is the militia that spoke."""
    a, address = asked
    assert Client().post(address, answer(a, agrees="khong", note="Tổ không tham gia")).status_code == 200
    said = as_post(w.lan).get(f"/tuan-tra/{a.matter.code}/").context["story"][0]
    assert (said.unit, said.says, said.more) == (w.militia_song, "không xác nhận", "bằng liên kết dùng một lần")
    above = as_post(w.mai).get(f"/tuan-tra/{a.matter.code}/").context["story"]
    assert (above[0].unit, above[0].more) == (w.militia_song, "")
    assert [line.more for line in above if line.says == "ghi kết quả"] == [""]  # whether it was held is said where the facts are told
    grid = next(one for one in as_post(w.lan).get(f"/truc/so/?ngay={local_day(timezone.now())}").context["sections"][0] if one.kind == "grid")
    assert [[slot.text for slot in row][2:] for row in grid.rows][-1] == ["Không xác nhận", w.militia_song.short]
