"""The frame around every page: rail, badges, menus, search, codes, looks; few queries, whatever is shown."""

from __future__ import annotations

import json
from datetime import date, timedelta
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from phoihop.domain import models as m
from phoihop.domain.activities.actions.planning import plan
from phoihop.domain.tasks.actions import give
from phoihop.domain.tasks.rules import TaskDraft
from phoihop.domain.territory.queries.maps import map_of
from phoihop.kernel import memo
from phoihop.search import keeping
from phoihop.web import finding, shell, svg_map
from phoihop.web.shell import Badge, Entry, open_to
from phoihop.web.svg_map import Shade, province_map
from tests import world
from tests.web.costs import queries
from tests.web.flat import flat

pytestmark = pytest.mark.django_db


@pytest.fixture
def registries(monkeypatch):
    """What a test registers is gone after it."""
    for module, name in ((shell, "RAIL"), (shell, "RECORD"), (shell, "COUNTS"), (finding, "MATTER_PAGES")):
        monkeypatch.setattr(module, name, dict(getattr(module, name)))


@pytest.fixture
def matter(w):
    return plan(by=w.lan, draft=world.a_draft(w), at=world.NOON).matter


def test_there_is_never_a_dead_link_in_the_rail(w, as_post):
    page = flat(as_post(w.lan).get("/huong-dan/").content.decode())
    rail = page.split('<nav class="rail"')[1].split("</nav>")[0]
    paths = [part.split('"')[0] for part in rail.split('<li><a href="')[1:]]
    assert [as_post(w.lan).get(path).status_code for path in paths] == [200] * len(paths)


def test_a_place_whose_page_does_not_exist_is_not_shown(w):
    entries = [Entry("/huong-dan/", "có", icon="books"), Entry("/chua-co/", "chưa", icon="books")]
    assert [e.label for e in open_to(entries, w.lan)] == ["có"]


def test_a_place_is_shown_to_those_who_may_open_it(w):
    entry = Entry("/huong-dan/", "x", icon="books", permission="user.manage")
    assert [len(open_to([entry], post)) for post in (w.quan, w.lan, None)] == [1, 0, 0]


def test_the_page_one_is_on_is_marked_and_the_scope_goes_along(w, as_post):
    page = flat(as_post(w.lan).get("/huong-dan/?dv=29002&ngay=1/6/2026").content.decode())
    assert '<a href="/huong-dan/?dv=29002&amp;ngay=2026-06-01" aria-current="page"' in page


def test_a_badge_counts_what_waits_and_says_when_something_is_late(w, as_post, registries):
    @shell.badges("/huong-dan/")
    def count(post, now):
        return {"/huong-dan/": Badge(3, over=1)} if post == w.lan else {}

    page = as_post(w.lan).get("/huong-dan/").content.decode()
    assert '<span class="badge hot">3<span class="vh">mục chờ, có mục quá hạn</span></span>' in flat(page)
    assert "<title>(1) Hướng dẫn & mẫu · Phối Hợp</title>" in flat(page)
    assert "mark-overdue.svg" in page
    assert 'class="badge' not in as_post(w.mai).get("/huong-dan/").content.decode()


def test_a_place_has_one_badge_and_a_second_is_a_mistake(registries):
    with pytest.raises(ValueError, match="/ke-hoach/ has a badge already"):
        shell.badges("/huong-dan/", "/ke-hoach/")(lambda post, now: {})


def test_what_may_be_recorded_stands_behind_n(w, as_post, registries):
    shell.record(Entry("/huong-dan/giao-dien/", "Ghi thử", icon="plus", permission="patrol.plan"))
    assert "Ghi thử" in as_post(w.lan).get("/huong-dan/").content.decode()
    assert "Ghi thử" not in as_post(w.thu).get("/huong-dan/").content.decode()
    assert "record-menu" not in as_post(w.van).get("/huong-dan/").content.decode()


def test_the_frame_costs_few_queries_and_a_part_fewer(w, as_post):
    browser = as_post(w.lan)
    browser.get("/huong-dan/")
    with CaptureQueriesContext(connection) as whole:
        browser.get("/huong-dan/")
    with CaptureQueriesContext(connection) as part:
        browser.get("/tim/", {"q": ""}, headers={"HX-Request": "true"})
    assert len(whole) <= 6, [q["sql"][:80] for q in whole.captured_queries]
    assert len(part) <= 4, [q["sql"][:80] for q in part.captured_queries]


def test_a_demo_node_says_so_on_every_page(w, as_post):
    """In sight at its head, on a phone beside who acts, and with the whole sentence at its end."""

    def said():
        shown = as_post(w.lan).get("/huong-dan/").content.decode()
        return shown.count("demo-mark"), shown.count('<p class="demo">')

    real = said()
    m.Node.objects.update(demo=True)
    memo.forget_all()
    assert (real, said()) == ((0, 0), (2, 1))


def test_looks_are_kept_with_the_account(w, as_post):
    browser = as_post(w.lan)
    assert browser.post("/giao-dien/", {"nen": "dark", "ve": "/huong-dan/?dv=1"})["Location"] == "/huong-dan/?dv=1"
    browser.post("/giao-dien/", {"tieng": "en"})
    browser.post("/giao-dien/", {"nen": "purple", "tieng": "fr"})
    w.lan.user.refresh_from_db()
    assert (w.lan.user.theme, w.lan.user.language) == ("dark", "en")
    page = browser.get("/huong-dan/")
    assert '<html lang="en" data-theme="dark">' in page.content.decode()
    assert page["Content-Language"] == "en"


def test_looks_are_kept_in_the_browser_while_nobody_is_signed_in(w):
    browser = Client()
    browser.post("/giao-dien/", {"nen": "dark"})
    browser.post("/giao-dien/", {"tieng": "en"})
    assert '<html lang="en" data-theme="dark">' in browser.get("/huong-dan/").content.decode()


def test_the_browsers_own_language_changes_nothing():
    assert '<html lang="vi"' in Client().get("/huong-dan/", headers={"Accept-Language": "en-GB"}).content.decode()


@pytest.mark.parametrize(("theme", "media"), [("auto", "screen and (prefers-color-scheme: dark)"), ("dark", "screen"), ("light", "not all")])
def test_the_dark_sheet_counts_when_it_should_and_never_on_paper(w, as_post, theme, media):
    m.User.objects.filter(pk=w.lan.user_id).update(theme=theme)
    assert f'vendor/dark.css" media="{media}"' in as_post(w.lan).get("/huong-dan/").content.decode()


def test_nothing_is_written_inline_that_the_policy_forbids(w, as_post):
    answer = as_post(w.lan).get("/huong-dan/giao-dien/")
    page = answer.content.decode()
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert " style=" not in page
    assert "<style" not in page
    assert [s[:40] for s in page.split("<script")[1:] if " src=" not in s.split(">")[0] and 'type="application/json"' not in s.split(">")[0]] == []
    assert " onclick=" not in page


def test_a_code_however_typed_leads_to_its_page(w, as_post, matter, registries):
    finding.matter_page("TT", "/huong-dan/giao-dien/?%s")
    for typed in (matter.code, matter.code.lower(), matter.code.replace("-", " ")):
        assert as_post(w.lan).get(f"/m/{typed}/")["Location"] == f"/huong-dan/giao-dien/?{matter.code}"


def test_a_digit_heard_wrongly_is_said_to_be_so(w, as_post, matter):
    wrong = matter.code[:-1] + str((int(matter.code[-1]) + 1) % 10)
    answer = as_post(w.lan).get(f"/m/{wrong}/", follow=True)
    assert answer.redirect_chain == [(f"/tim/?q={wrong}", 302)]
    assert "chữ số cuối không khớp" in answer.content.decode()
    assert "chữ số cuối không khớp" not in as_post(w.lan).get("/tim/", {"q": "TT-26-PH86"}).content.decode()
    assert as_post(w.lan).get("/m/khong-co/").status_code == 404


def test_who_does_not_see_a_matter_reads_who_leads_and_can_ask(w, as_post, matter):
    browser = as_post(w.tu)
    answer = browser.get(f"/m/{matter.code}/")
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "Việc này chưa chia sẻ với đơn vị của bạn" in page
    assert "Công an xã Sông" in page
    assert f'action="/m/{matter.code}/tham-gia/"' in page
    browser.post(f"/m/{matter.code}/tham-gia/")
    assert "Đã gửi đề nghị tham gia tới Công an xã Sông." in browser.get("/huong-dan/").content.decode()
    assert m.JoinRequest.objects.get(matter=matter).unit == w.strangers


def test_asking_twice_is_refused_with_the_reason(w, as_post, matter):
    browser = as_post(w.tu)
    browser.post(f"/m/{matter.code}/tham-gia/")
    again = browser.post(f"/m/{matter.code}/tham-gia/")
    assert again.status_code == 409
    assert "Đơn vị của bạn đã xin; đơn vị chủ trì chưa trả lời." in again.content.decode()


def test_search_finds_pages_and_codes_with_and_without_diacritics(w, as_post, matter):
    browser = as_post(w.lan)
    assert "Hướng dẫn &amp; mẫu" in browser.get("/tim/", {"q": "huong dan"}).content.decode()
    assert matter.code in browser.get("/tim/", {"q": matter.code}).content.decode()
    nothing = browser.get("/tim/", {"q": "không có gì cả"}).content.decode()
    assert "Hệ thống không tìm theo tên người." in nothing


def test_search_finds_an_area_by_part_of_its_name(w, as_post):
    page = as_post(w.lan).get("/tim/", {"q": "phuong dat"}, headers={"HX-Request": "true"}).content.decode()
    assert '<span class="title">Phường Đất</span><span class="code">29002</span>' in flat(page)


@pytest.mark.parametrize(
    "text", ["giao ban", "cảnh báo ở bến", "phuong dat", "Công an xã Sông", "bãi nghêu cửa sông ven biển huyện nọ", "05/QC-CAT", "x", "NV-PH8", "nghị định"]
)
def test_search_asks_no_more_than_twelve_queries_the_same_for_one_record_and_for_many(w, as_post, text):
    lan = as_post(w.lan)

    def give_one(n):
        what = f"{text}: giao ban, cảnh báo ở bến"
        give(by=w.lan, draft=TaskDraft(matter=None, what=what, lead=w.militia_song, due_at=timezone.now() + timedelta(days=n)), at=timezone.now())
        keeping.catch_up()

    give_one(1)
    few = queries(lan, f"/tim/?q={quote(text)}")
    for n in range(2, 9):
        give_one(n)
    assert (queries(lan, f"/tim/?q={quote(text)}"), few <= 12) == (few, True), few


@pytest.mark.parametrize(
    ("text", "finds"),
    [
        ("29009", "Công an xã Sông"), ("xã Suối", "Công an xã Sông"), ("suoi", 'href="/dia-ban/29009/?ngay=2025-06-30"'), ("29008", "Xã Khe"), ("Công an xã Suối", "Công an xã Sông"), ("CA xã Khe", "Công an xã Sông"),
        ("suoi song dat", "Công an xã Sông"), ("Công an Suối, Sông Đất", "Công an xã Sông"), ("29001", "Xã Sông"),
    ],
)  # fmt: skip
def test_a_code_and_a_former_name_of_a_place_ask_no_more_than_twelve_queries(w, as_post, text, finds):
    once, ended = date(2004, 1, 1), w.song.valid_from
    khe = world.area("29008", "Khe", "commune", "xa", w.province, date(1990, 1, 1), once)
    suoi = world.area("29009", "Suối", "commune", "xa", w.province, once, ended)
    for old, new, day in ((khe, suoi, once), (suoi, w.song, ended)):
        m.Succession.objects.create(old=old, new=new, day=day, kind="merge")
    lan = as_post(w.lan)
    count = queries(lan, f"/tim/?q={quote(text)}")
    assert (finds in lan.get("/tim/", {"q": text}).content.decode(), count <= 12) == (True, True), count


def test_search_shows_a_stranger_the_kind_and_not_the_title(w, as_post, matter):
    page = as_post(w.tu).get("/tim/", {"q": matter.code}, headers={"HX-Request": "true"}).content.decode()
    assert '<span class="title">Tuần tra</span>' in flat(page)


def test_the_phone_can_keep_the_frame(w, as_post, client):
    worker = client.get("/sw.js").content.decode()
    kept = json.loads(worker.split("const SHELL = ")[1].split(";\n")[0])
    assert {"/static/vendor/base.css", "/static/js/main.js", "/static/js/outbox.js"} <= set(kept)
    assert client.get("/manifest.webmanifest").json()["start_url"] == "/"
    assert as_post(w.lan).get("/hang-doi/")["X-Phoihop-Keep"] == str(w.lan.pk)


def test_queued_work_asks_who_is_signed_in(w, as_post, client):
    assert client.get("/phien/").json()["signed_in"] is False
    said = as_post(w.lan).get("/phien/").json()
    assert (said["signed_in"], said["post"]) == (True, w.lan.pk)


SQUARES = {
    "song": "10600000,1000000 10610000,1000000 10610000,1010000 10600000,1010000",
    "dat": "10610000,1000000 10620000,1000000 10620000,1010000 10610000,1010000",
}


@pytest.fixture
def drawn(w):
    for name, rings in SQUARES.items():
        m.AreaShape.objects.create(area=getattr(w, name), source="schematic", as_of=date(2025, 7, 1), rings=rings)
    return w


def test_outlines_are_one_file_for_ever_and_pages_only_shade_them(drawn, client):
    view = province_map(drawn.province, date(2026, 6, 1), {drawn.song.pk: Shade("s3", "Sông: 7", "/x/", "Sông")}, title="Độ phủ")
    answer = client.get(view.file)
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.content.decode().count("<path id=") == 3
    assert [(c.code, c.shade.css) for c in view.cells] == [("29002", ""), ("29001", "s3")]
    assert [label.text for label in view.labels] == ["Sông"]
    assert client.get("/ban-do/86/2025-07-01/old.svg")["Location"] == view.file
    assert client.get("/ban-do/86/ngay/old.svg").status_code == 404
    assert client.get("/ban-do/99/2025-07-01/old.svg").status_code == 404


def test_a_map_is_drawn_once_for_all_days_on_which_a_province_has_the_same_communes(drawn, monkeypatch):
    times = []
    monkeypatch.setattr(svg_map, "map_of", lambda province, on: times.append(on) or map_of(province, on))
    first = date(2026, 6, 1)
    files = {province_map(drawn.province, first + timedelta(days=n), {}, title="Độ phủ").file for n in range(40)}
    assert (len(files), times) == (1, [first])
    m.Area.objects.filter(pk=drawn.dat.pk).update(valid_until=first + timedelta(days=20))
    memo.forget_all()
    shown = [len(province_map(drawn.province, first + timedelta(days=n), {}, title="Độ phủ").cells) for n in (0, 19, 20, 39)]
    assert (shown, times[1:]) == ([2, 2, 1, 1], [first, first + timedelta(days=20)])


def test_a_sketch_says_that_it_is_none(drawn, as_post):
    page = as_post(drawn.mai).get("/huong-dan/giao-dien/").content.decode()
    assert "Sơ đồ, không phải bản đồ" in page
    assert page.count('<a href="#c2900') == 2
    assert page.count('tabindex="0" aria-label="Xã Sông"') + page.count('tabindex="0" aria-label="Phường Đất"') == 1


def test_a_map_closes_in_on_a_few_communes(drawn):
    def box(focus):
        view = province_map(drawn.province, date(2026, 6, 1), {}, title="x", focus=focus)
        return [float(n) for n in view.box.split()]

    whole, near = box(()), box([drawn.song.pk])
    assert whole[:2] == [0, 0]
    assert near[2] < whole[2] * 0.7


def test_a_province_without_outlines_has_no_map(w):
    assert province_map(w.province, date(2026, 6, 1), {}, title="x") is None


def test_badges_are_asked_for_each_minute_and_travel_only_when_they_changed(w, as_post, registries):
    waiting = {"n": 3}

    @shell.badges("/huong-dan/")
    def count(post, now):
        return {"/huong-dan/": Badge(waiting["n"], over=waiting["n"] - 3)}

    browser = as_post(w.lan)
    first = browser.get("/dem/", headers={"HX-Request": "true"})
    assert '<span class="slot" id="rail-huong-dan" hx-swap-oob="true"><span class="badge">3' in flat(first.content.decode())
    assert json.loads(first["HX-Trigger"]) == {"tt:overdue": {"n": 0}}
    assert browser.get("/dem/", headers={"HX-Request": "true", "If-None-Match": first["ETag"]}).status_code == 304
    waiting["n"] = 5
    memo.forget_all()
    again = browser.get("/dem/", headers={"HX-Request": "true", "If-None-Match": first["ETag"]})
    assert '<span class="badge hot">5' in again.content.decode()
    assert json.loads(again["HX-Trigger"]) == {"tt:overdue": {"n": 2}}


def test_what_waits_behind_more_is_counted_on_it_and_marks_it_when_one_is_there(w, as_post, registries):
    @shell.badges("/huong-dan/", "/luc-luong/")
    def count(post, now):
        return {"/huong-dan/": Badge(3, over=1), "/luc-luong/": Badge(2)}

    browser = as_post(w.lan)
    page = browser.get("/huong-dan/")
    frame = page.context["shell"]
    assert (frame.rest_waits, frame.rest_here) == (Badge(5, over=1), True)
    more = flat(page.content.decode()).split('<summary class="here">')[1].split("</summary>")[0]
    assert '<span class="slot" id="bottom-rest"><span class="badge hot">5' in more
    assert browser.get("/nhiem-vu/").context["shell"].rest_here is False
    polled = browser.get("/dem/", headers={"HX-Request": "true"}).content.decode()
    assert '<span class="slot" id="bottom-rest" hx-swap-oob="true"><span class="badge hot">5' in flat(polled)


def test_badges_are_counted_anew_when_anything_was_written_or_half_a_minute_has_passed(w, registries):
    waiting = {"n": 3}

    @shell.badges("/huong-dan/")
    def count(post, now):
        return {"/huong-dan/": Badge(waiting["n"])}

    def told(seconds=0):
        return shell.counted(w.lan, world.NOON + timedelta(seconds=seconds))["/huong-dan/"].n

    assert told() == 3
    waiting["n"] = 5
    assert (told(), told(shell.COUNTED_FOR)) == (3, 5)
    waiting["n"] = 7
    plan(by=w.lan, draft=world.a_draft(w), at=world.NOON)
    assert told() == 7
