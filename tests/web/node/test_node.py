"""How the node is: its journal proven from a page, long work with its progress, and who may see and stop it."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from phoihop.domain import models as m
from phoihop.domain.activities.actions.planning import plan
from phoihop.jobs import line, proving
from phoihop.jobs.models import Job
from phoihop.web.node.work import shown
from tests.web.browser import check_both
from tests.world import NOON, a_draft

STATE = "/quan-tri/may-chu/"


@pytest.fixture
def proven(w):
    """Who administers and who audits have the second proof that their roles need."""
    for post in (w.quan, w.van):
        m.User.objects.filter(pk=post.user_id).update(totp_secret="sealed")
        post.user.refresh_from_db()
    return w


def said(client, path):
    answer = client.get(path)
    return answer.status_code, answer.content.decode()


def finish(job):
    line.run(job, timezone.now, lambda: True)
    job.refresh_from_db()


def test_the_state_of_the_node_is_for_those_who_look_after_it(proven, as_post):
    assert said(as_post(proven.lan), STATE)[0] == 403
    code, page = said(as_post(proven.van), STATE)
    assert (code, "Kiểm tra nhật ký ngay" in page, "chưa kiểm tra" in page) == (200, False, True)
    assert "Kiểm tra nhật ký ngay" in said(as_post(proven.quan), STATE)[1]


def test_it_says_what_the_journal_holds_and_what_waits(proven, as_post):
    plan(by=proven.lan, draft=a_draft(proven), at=NOON)
    page = said(as_post(proven.quan), STATE)[1]
    events = m.Event.objects.count()
    assert f"<dd>{events}</dd>" in page
    assert f"chậm {events} sự kiện; số liệu vẫn đúng" in page


def test_the_journal_is_proven_by_the_worker_and_the_page_tells_the_result(proven, as_post):
    plan(by=proven.lan, draft=a_draft(proven), at=NOON)
    client = as_post(proven.quan)
    address = client.post(f"{STATE}kiem-tra-nhat-ky/").headers["Location"]
    job = Job.objects.get(kind=proving.KIND)
    assert (address, job.post_id) == (f"/viec/{job.pk}/", proven.quan.pk)
    assert client.post(f"{STATE}kiem-tra-nhat-ky/").headers["Location"] == address
    finish(job)
    assert (job.state, job.step) == ("done", "0")
    assert "không có sai lệch" in said(client, address)[1]
    assert "không có sai lệch" in said(client, STATE)[1]


def test_faults_are_told_with_the_first_of_them(proven, monkeypatch):
    from phoihop.domain.matters.queries.proof import Fault

    monkeypatch.setattr(proving, "verify", lambda: iter([Fault("event 3", "changed"), Fault("event 4", "missing")]))
    job = line.ask(proving.KIND)
    finish(job)
    assert shown(job, timezone.now())["steps"][0]["about"] == "2 sai lệch: event 3: changed; event 4: missing"


def test_only_who_may_operate_the_node_starts_a_proof(proven, as_post):
    assert as_post(proven.van).post(f"{STATE}kiem-tra-nhat-ky/").status_code == 403
    assert as_post(proven.quan).get(f"{STATE}kiem-tra-nhat-ky/").status_code == 405
    assert Job.objects.count() == 0


def test_work_is_seen_by_who_asked_and_by_who_looks_after_the_node(proven, as_post):
    job = line.ask("demo", post_id=proven.lan.pk, total=10)
    assert [said(as_post(post), f"/viec/{job.pk}/")[0] for post in (proven.lan, proven.van, proven.binh)] == [200, 200, 403]
    assert said(as_post(proven.lan), f"/viec/{uuid4()}/")[0] == 404


def test_running_work_is_polled_and_finished_work_is_not(proven, as_post):
    client, job = as_post(proven.quan), line.ask("demo", post_id=proven.quan.pk, total=10)
    assert 'hx-trigger="every 2s"' in said(client, f"/viec/{job.pk}/")[1]
    Job.objects.filter(pk=job.pk).update(state="failed", problem="đĩa đầy", ended_at=timezone.now())
    page = said(client, f"/viec/{job.pk}/")[1]
    assert ('hx-trigger="every 2s"' in page, "đĩa đầy" in page) == (False, True)


@pytest.mark.parametrize(("done", "left"), [(1, ""), (5, "còn khoảng 1 phút"), (10, "")])
def test_what_is_left_is_guessed_only_when_enough_is_done(db, done, left):
    now = timezone.now()
    job = Job(kind="demo", state="done" if done == 10 else "running", total=10, done=done, began_at=now - timedelta(minutes=1), asked_at=now)
    assert shown(job, now)["left"] == left


def test_work_is_stopped_by_who_asked_and_by_nobody_else(proven, as_post):
    job = line.ask("demo", post_id=proven.lan.pk, total=10)
    assert as_post(proven.van).post(f"/viec/{job.pk}/dung/").status_code == 403
    assert as_post(proven.lan).post(f"/viec/{job.pk}/dung/").status_code == 302
    assert Job.objects.get().state == "stopped"


def test_the_page_asks_little(proven, as_post, django_assert_max_num_queries):
    client = as_post(proven.quan)
    client.get(STATE)
    with django_assert_max_num_queries(12):
        client.get(STATE)


@pytest.mark.browser
@pytest.mark.slow
def test_the_pages_pass_in_a_browser(visit, proven):
    job = line.ask("demo", post_id=proven.quan.pk, total=10)
    Job.objects.filter(pk=job.pk).update(state="failed", problem="đĩa đầy", ended_at=timezone.now(), done=4)
    for path in (STATE, f"/viec/{job.pk}/"):
        check_both(visit(proven.quan, path))


def test_the_auditor_reads_every_event_in_order_and_never_what_it_says(proven, as_post):
    a = plan(by=proven.lan, draft=a_draft(proven, title="Chốt cầu phao"), at=NOON)
    status, page = said(as_post(proven.van), "/quan-tri/nhat-ky/")
    assert status == 200
    assert (a.matter.code in page, proven.police_song.short in page, "Chốt cầu phao" in page) == (True, True, False)
    numbers = [row.split("</th>")[0] for row in page.split('<th scope="row" class="n">')[1:]]
    assert numbers == [str(n) for n in range(m.Event.objects.count(), 0, -1)]


def test_one_kind_of_event_is_kept_in_the_address(proven, as_post):
    plan(by=proven.lan, draft=a_draft(proven), at=NOON)
    page = said(as_post(proven.van), "/quan-tri/nhat-ky/?viec=patrol.planned")[1]
    assert page.count('<th scope="row" class="n">') == m.Event.objects.filter(what="patrol.planned").count()


def test_the_journal_is_not_the_administrators_nor_an_officers(proven, as_post):
    assert [said(as_post(post), "/quan-tri/nhat-ky/")[0] for post in (proven.quan, proven.lan)] == [403, 403]
