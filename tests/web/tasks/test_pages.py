from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from phoihop.domain import models as m
from phoihop.domain.activities.actions.planning import plan
from phoihop.domain.tasks.actions import answer, answer_request, close, give
from phoihop.domain.tasks.rules import TaskDraft
from phoihop.kernel.period import local_day
from phoihop.search import keeping
from phoihop.web import moments
from tests.domain.matters.files import A_PDF
from tests.stories.steps import words
from tests.world import a_draft

pytestmark = pytest.mark.django_db


def soon(**span):
    return (timezone.now() + timedelta(**span or {"days": 2})).replace(second=0, microsecond=0)


def patrol(w):
    start = timezone.now() + timedelta(hours=3)
    return plan(by=w.lan, draft=a_draft(w, start=start, end=start + timedelta(hours=2)), at=timezone.now())


def given(w, matter=None, by=None, **change):
    plain = {"matter": matter, "what": "Sửa đèn cảnh báo ở bến", "lead": w.militia_song, "due_at": soon()}
    return give(by=by or w.lan, draft=TaskDraft(**plain | change), at=timezone.now())


def written(moment):
    return {"due_at_0": moment.astimezone(moments.HOME).strftime("%d/%m/%Y"), "due_at_1": moment.astimezone(moments.HOME).strftime("%H:%M")}


def filled(w, **change):
    return {"what": "Sửa đèn cảnh báo", "lead": w.militia_song.name, "supports": "", "source": "directive", "matter": "", **written(soon()), **change}


def state(task):
    return m.Task.objects.get(pk=task.pk).state


# the list


def test_the_list_holds_what_the_unit_gave_leads_or_helps_with_and_each_filter_stands_in_the_address(w, as_post):
    mine = given(w)
    helping = given(w, supports=[w.station], lead=w.police_dat)
    keeping.rebuild()
    lists = {
        "?": 2,
        "?vai=da-giao": 2,
        "?vai=chu-tri": 0,
        "?nguon=van-ban": 0,
        "?han=tuan": 2,
        "?han=qua": 0,
        f"?q={mine.code}": 1,
        "?q=đèn": 2,
        "?vai=tat-ca&q=den canh bao": 2,
        "?q=đèn biển": 0,
        "?tt=cho-nhan": 2,
        "?dv=29002": 1,
    }
    client = as_post(w.lan)
    assert {query: client.get(f"/nhiem-vu/{query}").context["listing"].total for query in lists} == lists
    assert [r["task"] for r in as_post(w.binh).get("/nhiem-vu/?vai=chu-tri").context["rows"]] == [mine]
    assert [r["task"] for r in as_post(w.hai).get("/nhiem-vu/?vai=phoi-hop").context["rows"]] == [helping]


def test_what_the_unit_has_to_do_stands_before_what_others_have_and_what_is_done_stands_last_the_latest_first(w, as_post):
    old, older, asked, helping, late = (given(w, due_at=soon(days=days)) for days in (2, 1, 9, 3, 5))
    for task in (old, older):
        answer(by=w.binh, task=answer_request(by=w.binh, task=task, accepts=True, at=timezone.now()), answer="Đã làm", at=timezone.now())
        close(by=w.lan, task=task, at=timezone.now())
    m.Task.objects.filter(pk=helping.pk).update(lead=w.station, giver=w.militia_song)
    m.Task.objects.filter(pk=late.pk).update(due_at=timezone.now() - timedelta(days=1))
    listed = {order: as_post(w.binh).get("/nhiem-vu/" + order) for order in ("", "?xep=han", "?xep=-han", "?vai=cho")}
    assert {order: [r["task"] for r in page.context["rows"]] for order, page in listed.items()} == {
        "": [late, asked, helping, old, older],
        "?xep=han": [late, asked, helping, older, old],
        "?xep=-han": [asked, late, helping, old, older],
        "?vai=cho": [late, asked],
    }
    heads = {order: re.findall(r'rowgroup" colspan="6">([^<]*)<', page.content.decode()) for order, page in listed.items()}
    assert (heads[""], heads["?vai=cho"]) == (["Chờ đơn vị tôi", "Chờ đơn vị khác", "Đã xong, đã thôi"], [])


def test_what_is_late_is_found_by_its_filter_and_said_in_red(w, as_post, monkeypatch):
    task, now = given(w), timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)
    m.Task.objects.filter(pk=task.pk).update(due_at=now - timedelta(minutes=42))
    page = as_post(w.binh).get("/nhiem-vu/?han=qua")
    assert [r["task"] for r in page.context["rows"]] == [task]
    assert "quá hạn 42 phút" in page.content.decode()


def test_a_stranger_and_an_administrator_see_no_tasks(w, as_post):
    given(w)
    assert as_post(w.tu).get("/nhiem-vu/?vai=tat-ca").context["listing"].total == 0
    m.User.objects.filter(pk=w.quan.user_id).update(totp_secret="sealed")
    w.quan.user.refresh_from_db()
    assert as_post(w.quan).get("/nhiem-vu/").status_code == 403


@pytest.mark.parametrize("n", [1, 40])
def test_the_list_costs_at_most_twelve_queries(w, as_post, n):
    for _ in range(n):
        given(w, supports=[w.station])
    client = as_post(w.lan)
    client.get("/nhiem-vu/")
    with CaptureQueriesContext(connection) as caught:
        client.get("/nhiem-vu/")
    assert len(caught) <= 12


# giving


def test_a_task_to_an_equal_is_requested_and_the_page_says_which_and_why(w, as_post):
    client = as_post(w.lan)
    said = client.get("/nhiem-vu/moi/cach-giao/", {"lead": w.militia_song.name}).content.decode()
    assert "Đây là đề nghị." in said
    page = client.post("/nhiem-vu/moi/", filled(w), follow=True)
    task = m.Task.objects.get()
    assert (task.mode, task.state, task.lead, task.what.text, task.source) == ("requested", "asked", w.militia_song, "Sửa đèn cảnh báo", "directive")
    assert page.redirect_chain == [(f"/nhiem-vu/{task.code}/", 302)]
    assert "không chỉ đạo nhau" in page.content.decode()


def test_down_a_chain_it_is_assigned(w, as_post):
    client = as_post(w.mai)
    assert "Đây là giao nhiệm vụ." in client.get("/nhiem-vu/moi/cach-giao/", {"lead": w.police_song.name}).content.decode()
    client.post("/nhiem-vu/moi/", filled(w, lead=w.police_song.name, supports=f"{w.police_dat.name}\n"))
    task = m.Task.objects.get()
    assert (task.mode, task.state, [s.unit for s in task.supports.all()]) == ("assigned", "open", [w.police_dat])


def test_a_task_from_a_patrol_names_its_source(w, as_post):
    a = patrol(w)
    client = as_post(w.lan)
    form = client.get(f"/nhiem-vu/moi/?viec={a.matter.code}").context["form"]
    assert (form["matter"].value(), form["source"].value()) == (a.matter.code, "patrol")
    client.post("/nhiem-vu/moi/", filled(w, matter=a.matter.code, source="patrol"))
    task = m.Task.objects.get()
    assert (task.matter, task.source) == (a.matter, "patrol")
    assert f'href="/tuan-tra/{a.matter.code}/"' in client.get(f"/nhiem-vu/{task.code}/").content.decode()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"what": " "}, "what"),
        ({"lead": ""}, "lead"),
        ({"lead": "Đơn vị không có"}, "lead"),
        ({"supports": "Đơn vị không có"}, "supports"),
        ({"supports": "Ban CHQS xã Sông"}, "supports"),
        ({"due_at_0": "30/2/2026"}, "due_at"),
        ({"due_at_0": "1/1/2026"}, "due_at"),
        ({"matter": "TT-26-PH86-9-9"}, "matter"),
        ({"what": "Gặp ông A, CCCD 001099012345"}, "what"),
    ],
)
def test_a_refusal_stands_at_its_field_and_keeps_what_was_typed(w, as_post, change, field):
    page = as_post(w.lan).post("/nhiem-vu/moi/", filled(w, **change))
    assert page.status_code == 422
    form = page.context["form"]
    assert list(form.errors) == [field]
    assert {name: form.data[name] for name in change} == change
    assert m.Task.objects.count() == 0


def test_a_partner_gives_no_tasks(w, as_post):
    assert as_post(w.thu).get("/nhiem-vu/moi/").status_code == 403


# one task


def test_a_code_leads_to_its_task_and_a_stranger_reads_who_leads(w, as_post):
    task = given(w)
    assert as_post(w.binh).get(f"/m/{task.code}/").url == f"/nhiem-vu/{task.code}/"
    page = as_post(w.thu).get(f"/nhiem-vu/{task.code}/")
    assert page.status_code == 403
    assert (page.context["lead"], page.context["asked"]) == (w.militia_song, w.police_song)
    said = words(page)
    assert f"Chủ trì: {w.militia_song.name}" in said
    assert f"Lời đề nghị tham gia gửi tới: {w.police_song.name}" in said
    assert as_post(w.lan).get("/nhiem-vu/NV-26-PH86-99-9/").status_code == 404


def offered(page):
    return [name for name, _act, _form in page.context["offered"]]


def test_each_side_is_offered_what_is_its_to_do(w, as_post):
    task = given(w, supports=[w.station])
    url = f"/nhiem-vu/{task.code}/"
    assert [offered(as_post(post).get(url)) for post in (w.binh, w.lan, w.hai)] == [["nhan", "tu-choi"], ["gia-han", "rut"], ["phoi-hop", "khong-phoi-hop"]]
    answer_request(by=w.binh, task=task, accepts=True, at=timezone.now())
    assert offered(as_post(w.binh).get(url)) == ["tra-loi", "xin-gia-han"]
    answer(by=w.binh, task=task, answer="Đã sửa", at=timezone.now())
    assert [offered(as_post(post).get(url)) for post in (w.binh, w.lan)] == [[], ["xong", "tra-lai", "rut"]]


def test_accepting_answering_with_evidence_returning_and_closing(w, as_post):
    task = given(w)
    url = f"/nhiem-vu/{task.code}/"
    lead, giver = as_post(w.binh), as_post(w.lan)
    assert lead.post(f"{url}nhan/", {"ve": "/"}).url == "/"
    assert state(task) == "open"
    upload = SimpleUploadedFile(A_PDF.name, A_PDF.content)
    assert lead.post(f"{url}tra-loi/", {"answer": "Đã thay bóng", "uploads": upload}).url == url
    assert state(task) == "answered"
    page = giver.get(url)
    file = page.context["evidence"][0]
    assert giver.get(f"{url}tep/{file.pk}/").headers["Content-Disposition"].startswith("attachment")
    assert as_post(w.tu).get(f"{url}tep/{file.pk}/").status_code == 403
    giver.post(f"{url}tra-lai/", {"reason": "Chưa thử ban đêm"})
    assert state(task) == "open"
    lead.post(f"{url}tra-loi/", {"answer": "Đã thử lúc 21 giờ"})
    giver.post(f"{url}xong/")
    assert state(task) == "closed"
    story = [line["text"] for line in giver.get(url).context["events"]]
    assert story == ["", "", "Đã thay bóng", "Chưa thử ban đêm", "Đã thử lúc 21 giờ", ""]


def test_declining_putting_off_withdrawing_and_helping(w, as_post):
    first, second, third = given(w), given(w), given(w, supports=[w.station])
    as_post(w.binh).post(f"/nhiem-vu/{first.code}/tu-choi/", {"reason": "Không có thợ điện"})
    late = soon(days=9)
    giver = as_post(w.lan)
    giver.post(f"/nhiem-vu/{second.code}/gia-han/", {"reason": "Chờ vật tư", **written(late)})
    assert (state(first), m.Task.objects.get(pk=second.pk).due_at) == ("declined", late)
    assert [step.due for step in giver.get(f"/nhiem-vu/{second.code}/").context["put_off"]] == [late]
    giver.post(f"/nhiem-vu/{second.code}/rut/", {"reason": "Bên khác đã làm"})
    as_post(w.hai).post(f"/nhiem-vu/{third.code}/phoi-hop/")
    assert (state(second), third.supports.get().state) == ("withdrawn", "accepted")
    again = giver.get(f"/nhiem-vu/moi/?tu-nhiem-vu={first.code}").context["form"]
    assert again["what"].value() == "Sửa đèn cảnh báo ở bến"


@pytest.mark.parametrize(
    ("act", "post", "typed", "field"),
    [
        ("tu-choi", "binh", {"reason": " "}, "reason"),
        ("rut", "lan", {"reason": ""}, "reason"),
        ("gia-han", "lan", {"reason": "Chờ vật tư", "due_at_0": "31/2/2027", "due_at_1": "17:00"}, "due_at"),
        ("gia-han", "lan", {"reason": "Chờ vật tư", "due_at_0": "1/1/2026", "due_at_1": "17:00"}, "due_at"),
        ("tu-choi", "binh", {"reason": "Hỏi ông A, CCCD 001099012345"}, "reason"),
    ],
)
def test_a_refused_act_shows_the_page_with_the_reason_at_the_field_and_what_was_typed(w, as_post, act, post, typed, field):
    task = given(w)
    page = as_post(getattr(w, post)).post(f"/nhiem-vu/{task.code}/{act}/", typed)
    assert page.status_code == 422
    form = next(f for name, _act, f in page.context["offered"] if name == act)
    assert list(form.errors) == [field]
    assert {name: form.data[name] for name in typed} == typed
    assert state(task) == "asked"


def test_a_file_that_is_not_what_it_says_is_refused_and_nothing_is_answered(w, as_post):
    task = given(w, lead=w.police_song)
    page = as_post(w.lan).post(f"/nhiem-vu/{task.code}/tra-loi/", {"answer": "Đã sửa", "uploads": SimpleUploadedFile("anh.jpg", b"MZ\x90\x00" + b"\0" * 200)})
    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["uploads"]
    assert (state(task), m.Attachment.objects.count()) == ("open", 0)


def test_two_of_one_unit_answer_at_once_and_the_second_keeps_its_words(w, as_post):
    task = given(w)
    answer_request(by=w.binh, task=task, accepts=True, at=timezone.now())
    answer(by=w.binh, task=task, answer="Đã sửa xong", at=timezone.now())
    page = as_post(w.binh).post(f"/nhiem-vu/{task.code}/tra-loi/", {"answer": "Mai mới sửa được"})
    assert page.status_code == 422
    said = page.content.decode()
    assert "Mai mới sửa được" in said
    assert "Đã sửa xong" in said
    assert m.Task.objects.get(pk=task.pk).answer.text == "Đã sửa xong"


def test_a_role_that_may_not_is_offered_nothing_and_refused(w, as_post):
    task = given(w, lead=w.front_song)
    assert offered(as_post(w.thu).get(f"/nhiem-vu/{task.code}/")) == ["nhan", "tu-choi"]
    assert as_post(w.lan).post(f"/nhiem-vu/{task.code}/nhan/").status_code == 422
    assert as_post(w.lan).post(f"/nhiem-vu/{task.code}/khong-co/").status_code == 404
    assert state(task) == "asked"


def test_the_badge_counts_only_what_waits_for_the_own_unit(w, as_post):
    given(w)
    counted = {post: as_post(getattr(w, post)).get("/nhiem-vu/").context["shell"].badges.get("/nhiem-vu/") for post in ("lan", "binh", "hai")}
    assert {name: badge and (badge.n, badge.over) for name, badge in counted.items()} == {"lan": None, "binh": (1, 0), "hai": None}


def test_a_task_is_found_by_its_words_by_who_sees_it(w, as_post):
    task = given(w)
    given(w, lead=w.police_dat)
    keeping.rebuild()
    found = {post.pk: as_post(post).get("/tim/?q=den canh bao").context["found"] for post in (w.binh, w.thu, w.lan)}
    assert [(one.code, one.about) for one in found[w.binh.pk]] == [(task.code, f"{w.militia_song.short} · chờ nhận · hạn {local_day(task.due_at):%d/%m/%Y}")]
    assert (found[w.thu.pk], sorted(one.about.split(" · ")[0] for one in found[w.lan.pk])) == ([], [w.militia_song.short, w.police_dat.short])


def test_tasks_of_one_wording_are_told_apart_by_the_place_in_list_and_search(w, as_post):
    for lead in (w.police_song, w.police_dat):
        given(w, by=w.mai, lead=lead, what="Giao ban tháng 6")
    m.Task.objects.update(source="duty")
    keeping.rebuild()
    mai = as_post(w.mai)
    assert {r["place"] for r in mai.get("/nhiem-vu/?vai=da-giao").context["rows"]} == {str(w.song), str(w.dat)}
    assert {one.about.split(" · ")[1] for one in mai.get("/tim/?q=giao ban").context["found"]} == {str(w.song), str(w.dat)}


def test_a_code_finds_its_task_and_of_one_that_is_not_shown_who_leads_it(w, as_post):
    task = given(w)
    found = {post.pk: as_post(post).get(f"/tim/?q={task.code.lower()}").context["found"] for post in (w.binh, w.thu)}
    assert {pk: [(str(one.title), one.url, one.forces) for one in rows] for pk, rows in found.items()} == {
        w.binh.pk: [("Sửa đèn cảnh báo ở bến", f"/nhiem-vu/{task.code}/", ("DQ",))],
        w.thu.pk: [("Nhiệm vụ", f"/nhiem-vu/{task.code}/", ("DQ",))],
    }


def test_a_patrol_shows_the_tasks_that_came_of_it_and_a_way_to_give_one(w, as_post):
    a = patrol(w)
    task = given(w, a.matter, source="patrol")
    body = as_post(w.lan).get(f"/tuan-tra/{a.matter.code}/").content.decode()
    assert f'href="/nhiem-vu/{task.code}/"' in body
    assert f'href="/nhiem-vu/moi/?viec={a.matter.code}"' in body


# more time, proposals, several at once, who has and who gave what is late


def test_the_lead_asks_for_more_time_and_the_giver_answers_on_the_page(w, as_post):
    task = answer_request(by=w.binh, task=given(w), accepts=True, at=timezone.now())
    url = f"/nhiem-vu/{task.code}/"
    later = soon(days=9)
    assert as_post(w.binh).post(f"{url}xin-gia-han/", {**written(later), "reason": "Chờ vật tư"}).status_code == 302
    assert offered(as_post(w.lan).get(url))[:2] == ["gia-han", "cho-gia-han"]
    assert "xin gia hạn tới" in as_post(w.lan).get(url).content.decode()
    as_post(w.lan).post(f"{url}cho-gia-han/", {})
    assert m.Task.objects.get(pk=task.pk).due_at == later
    as_post(w.binh).post(f"{url}xin-gia-han/", {**written(soon(days=20)), "reason": "Chờ thêm"})
    as_post(w.lan).post(f"{url}khong-gia-han/", {"reason": "Đã gia hạn một lần"})
    assert [e.state for e in task.extensions.order_by("pk")] == ["granted", "refused"]


def test_upwards_the_page_says_it_is_a_proposal(w, as_post):
    said = as_post(w.lan).get("/nhiem-vu/moi/cach-giao/", {"lead": w.police.name}).content.decode()
    assert "Đây là đề xuất." in said


def several(w, **change):
    rows = {
        "tasks.0.what": "Rà soát bến đò", "tasks.0.lead": w.militia_song.name, "tasks.0.supports": w.station.name,
        "tasks.1.what": "Kiểm tra kho", "tasks.1.lead": w.police_dat.name,
    }  # fmt: skip
    due = {f"tasks.{n}.{key}": value for n in range(2) for key, value in written(soon()).items()}
    return {"document": "Chỉ thị 09/CT-TTg", "matter": "", **due, **rows, **change}


def test_one_directive_gives_several_tasks_each_with_its_lead(w, as_post):
    assert as_post(w.lan).post("/nhiem-vu/nhieu/", several(w)).status_code == 302
    assert [(t.what.text, t.lead, t.source) for t in m.Task.objects.order_by("pk")] == [
        ("Chỉ thị 09/CT-TTg: Rà soát bến đò", w.militia_song, "directive"),
        ("Chỉ thị 09/CT-TTg: Kiểm tra kho", w.police_dat, "directive"),
    ]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"tasks.1.lead": ""}, "tasks.1.lead"),
        ({"tasks.1.lead": "Đơn vị không có"}, "tasks.1.lead"),
        ({"tasks.0.supports": "Đơn vị không có"}, "tasks.0.supports"),
        ({"tasks.1.due_at_0": "1/1/2020"}, "tasks.1.due_at"),
        ({"tasks.0.what": "", "tasks.1.what": ""}, "tasks.0.what"),
        ({"tasks.0.what": "", "tasks.0.lead": "", "tasks.0.supports": "", "tasks.1.due_at_0": "1/1/2020"}, "tasks.0.due_at"),
        ({"matter": "TT-26-PH86-1"}, "matter"),
    ],
    ids=["no-lead", "unknown-lead", "unknown-support", "late", "empty", "alone-late", "no-matter"],
)
def test_a_row_that_does_not_fit_is_told_at_its_field_and_nothing_is_given(w, as_post, change, field):
    page = as_post(w.lan).post("/nhiem-vu/nhieu/", several(w, **change))
    assert (page.status_code, m.Task.objects.count()) == (422, 0)
    assert field in page.context["form"].errors


def test_the_list_says_what_is_late_to_who_has_it_and_to_who_gave_it(w, as_post):
    task = answer_request(by=w.binh, task=given(w), accepts=True, at=timezone.now())
    m.Task.objects.filter(pk=task.pk).update(due_at=timezone.now() - timedelta(days=1))
    assert "1 việc đơn vị tôi đang giữ" in as_post(w.binh).get("/nhiem-vu/").content.decode()
    assert "1 việc đã giao, đề nghị đơn vị khác" in as_post(w.lan).get("/nhiem-vu/").content.decode()


@pytest.mark.parametrize(
    "query", ["?trang=²", "?trang=-3", "?vai=x", "?tt=x", "?nguon=x", "?han=x", "?xep=x", "?dv=khong-co", "?ngay=30/2/2026", "?q=%00", "?q=%25", "?q=NV-99"]
)
def test_nonsense_in_the_address_is_passed_over(w, as_post, query):
    given(w)
    assert as_post(w.lan).get(f"/nhiem-vu/{query}").status_code == 200


def test_a_nul_in_an_address_is_left_out(w, as_post):
    task = given(w)
    assert as_post(w.lan).get(f"/nhiem-vu/{task.code}%00/").status_code == 200
    assert as_post(w.lan).get("/nhiem-vu/%00khong-co/").status_code == 404
