"""The board: what it says first, what waits, what opens, who sees which hours, and what it costs."""

from __future__ import annotations

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from phoihop.domain import models as m
from phoihop.domain.activities.actions.holding import report
from phoihop.domain.activities.actions.planning import plan
from phoihop.domain.activities.actions.under_way import start
from phoihop.domain.activities.queries.owed import Holder, Owed
from phoihop.domain.activities.rules import Counted, Result
from phoihop.domain.activities.rules.situation import duty_day, duty_hours
from phoihop.domain.agreements.rules.needs import Needs
from phoihop.domain.tasks.actions import give
from phoihop.domain.tasks.rules import TaskDraft
from phoihop.kernel.period import ONE_DAY
from phoihop.web.today import queue, views
from tests.domain.agreements.agreed import a_regulation, for_signing
from tests.web.costs import queries
from tests.web.flat import flat
from tests.world import NOON, a_draft

pytestmark = pytest.mark.django_db


def planned(w, hours=2.0, long=2.0, by=None, **change):
    """A patrol of the police of Sông with its militia, some hours from now."""
    begin = timezone.now() + timedelta(hours=hours)
    return plan(by=by or w.lan, draft=a_draft(w, start=begin, end=begin + timedelta(hours=long), **change), at=begin - timedelta(days=2))


def reported(w, hours=-6.0):
    a = planned(w, hours)
    parties = [Counted(w.police_song, 3), Counted(w.militia_song, 4)]
    result = Result(activity=a, version=a.version, held=True, started_at=a.planned_start, ended_at=a.planned_end, parties=parties)
    return report(by=w.lan, result=result, at=timezone.now())


def board(client, query=""):
    return client.get(f"/{query}").context["board"]


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))


def duty_of(a):
    """The address of the board on whose duty a patrol falls: tests run at any hour."""
    return f"?ngay={duty_day(a.planned_start).isoformat()}"


def test_the_sentence_comes_first_and_its_numbers_open(w, as_post):
    a = planned(w)
    client = as_post(w.lan)
    body = client.get(f"/{duty_of(a)}").content.decode()
    assert body.index('id="situation"') < body.index('id="hang-doi"')
    link = re.search(r'<a class="" href="([^"#]+)#bang">1 cuộc tuần tra chung</a>', body)
    table = client.get(link[1].replace("&amp;", "&"))
    assert [p["code"] for p in table.context["board"].table] == [a.matter.code]


@pytest.mark.parametrize("hours", [6, 21], ids=["at noon", "before the morning"])
def test_what_the_own_unit_does_not_see_is_not_told_to_be_nothing(w, as_post, hours):
    """The Front of Sông sees no patrol of the police there, and reads how many they are and whom to ask; also at the end of a duty, on the next day."""
    duty = duty_day(timezone.now())
    begin = duty_hours(duty)[0] + timedelta(hours=hours)
    plan(by=w.lan, draft=a_draft(w, start=begin, end=begin + timedelta(hours=2)), at=begin - timedelta(days=2))
    day = f"?ngay={duty.isoformat()}"
    body = as_post(w.thu).get(f"/{day}").content.decode()
    assert f'mà đơn vị bạn không xem được, do <a href="/luc-luong/{w.police_song.key}/">Công an xã Sông</a> chủ trì.' in body
    assert [words for words in ("Chưa có cuộc", "cuộc tuần tra chung nào") if words in body] == []
    assert "không xem được" not in as_post(w.lan).get(f"/{day}").content.decode()


def test_each_part_of_the_sentence_opens_just_its_patrols(w, as_post):
    out, late = planned(w, -1), planned(w, -1)
    start(by=w.lan, activity=out, started_at=out.planned_start, at=timezone.now())
    client = as_post(w.lan)
    rows = {slug: [p["code"] for p in board(client, f"{duty_of(out)}&tt={slug}").table] for slug in ("tat-ca", "dang-di", "cham", "thieu-ket-qua")}
    assert rows == {"tat-ca": [out.matter.code, late.matter.code], "dang-di": [out.matter.code], "cham": [late.matter.code], "thieu-ket-qua": []}


def test_an_empty_node_offers_the_two_real_first_actions(w, as_post):
    body = flat(as_post(w.lan).get("/").content.decode())
    assert re.findall(r'class="btn(?: primary)?" href="(/tuan-tra/[^"]+)"', body) == ["/tuan-tra/thang/", "/tuan-tra/nhap/"]
    assert "Lập lịch tháng" not in as_post(w.thu).get("/").content.decode()


def test_what_waits_stands_in_one_queue_by_deadline_with_one_action_each(w, as_post):
    a = planned(w, 30)
    task = give(by=w.lan, draft=TaskDraft(a.matter, "Sửa đèn cảnh báo", w.militia_song, timezone.now() + timedelta(hours=1)), at=timezone.now())
    done = reported(w)
    rows = board(as_post(w.binh)).rows
    assert [(r.code, str(r.do.label), r.do.post) for r in rows] == [
        (task.code, "Nhận", True), (a.matter.code, "Nhận lời", True), (done.matter.code, "Xác nhận", True),
    ]  # fmt: skip


def test_an_overdue_row_says_by_how_much_and_when_it_was(w, as_post, monkeypatch):
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)
    task = give(by=w.lan, draft=TaskDraft(None, "Sửa đèn cảnh báo", w.militia_song, timezone.now() + timedelta(hours=1)), at=timezone.now())
    m.Task.objects.filter(pk=task.pk).update(due_at=now - timedelta(minutes=42, seconds=10))
    body = as_post(w.binh).get("/").content.decode()
    assert re.search(r'<time class="due over" datetime="[^"]+" title="\d\d:\d\d, \d\d/\d\d/\d{4}" data-due>.*?quá hạn 42 phút', body)


def test_accepting_from_the_queue_answers_the_request_and_comes_back(w, as_post):
    a = planned(w)
    part = a.matter.parts.get()
    client = as_post(w.binh)
    assert client.post(f"/hom-nay/nhan-loi/{part.pk}/", {"ve": "/?dv=29001"}).url == "/?dv=29001"
    assert m.Participation.objects.get(pk=part.pk).state == "accepted"
    assert client.post(f"/hom-nay/nhan-loi/{part.pk}/").status_code == 404
    assert as_post(w.hai).post(f"/hom-nay/nhan-loi/{part.pk}/").status_code == 404


def test_confirming_from_the_queue_names_the_digest_that_was_shown(w, as_post):
    a = reported(w)
    client = as_post(w.binh)
    (row,) = board(client).rows
    stale = client.post(row.do.url, {"digest": "0" * 64})
    assert (stale.status_code, m.Confirmation.objects.count()) == (409, 0)
    assert client.post(row.do.url, {"digest": row.do.digest, "ve": "https://elsewhere.example/"}).url == "/"
    assert m.Activity.objects.get(pk=a.pk).confirmed == 1


def test_nobody_acts_by_a_link_alone(w, as_post):
    part = planned(w).matter.parts.get()
    assert as_post(w.binh).get(f"/hom-nay/nhan-loi/{part.pk}/").status_code == 405


def test_the_front_sees_its_own_unit_and_no_hours_of_others(w, as_post):
    """Of a patrol of others it learns that there is one and who leads it, and nothing else."""
    a = planned(w)
    page = as_post(w.thu).get(f"/{duty_of(a)}&dv=86")
    assert (page.context["board"].patrols, a.matter.code in page.content.decode(), text(page).count("Công an xã Sông")) == ([], False, 1)


def test_who_directs_reads_how_many_stand_how_but_no_hours_until_it_is_over(w, as_post):
    a = planned(w, 1)
    page = as_post(w.mai).get(f"/{duty_of(a)}")
    drawn = str(page.context["board"].ribbon.bars)
    assert "1 chưa tới giờ" in drawn
    assert a.matter.code not in drawn
    assert page.context["board"].without_hours
    assert a.matter.code in str(board(as_post(w.lan), duty_of(a)).ribbon.bars)


def test_a_late_start_and_a_missing_result_are_written_on_the_bar(w, as_post):
    late, missing = planned(w, -1), planned(w, -5)
    drawn = "".join(str(board(as_post(w.lan), duty_of(a)).ribbon.bars) for a in (late, missing))
    assert re.search(r'<text class="late"[^>]*>chậm xuất phát</text>', drawn)
    assert re.search(r'<text class="missing"[^>]*>thiếu kết quả</text>', drawn)


def test_who_holds_what_is_late_is_told_to_whoever_sees_it(w, as_post):
    a = planned(w, -1)
    query = duty_of(a)
    assert [p["code"] for p in board(as_post(w.mai), query).held_up] == [a.matter.code]
    assert board(as_post(w.lan), query).held_up == []


def test_the_now_line_stands_only_on_the_day_that_runs(w, as_post):
    a = planned(w, 0.2)
    client = as_post(w.lan)
    assert "now-line" in str(board(client).ribbon.bars) or duty_day(a.planned_start) != duty_day(timezone.now())
    other = planned(w, 72)
    assert "now-line" not in str(board(client, duty_of(other)).ribbon.bars)


def test_scope_and_day_come_from_the_address(w, as_post):
    a = planned(w)
    client = as_post(w.lan)
    day = duty_day(a.planned_start)
    seen = {q: len(board(client, f"?dv={q}&ngay={day}").patrols) for q in ("86", "29001", "29002")}
    assert seen == {"86": 1, "29001": 1, "29002": 0}
    assert board(client, f"?ngay={day + ONE_DAY * 3}").patrols == []


def test_five_numbers_each_with_the_list_behind_it(w, as_post):
    a = reported(w)
    shown = board(as_post(w.lan))
    beats = shown.beats
    assert len(beats) == 5
    assert str(beats[0].label) == f"Cuộc ngày {shown.day.day}/{shown.day.month}"  # the sentence counts from 06:00 to 06:00
    assert all(beat.url.startswith("/tuan-tra/?") for beat in beats)
    waiting = as_post(w.lan).get(beats[2].url)
    assert (beats[2].n, [r.code for r in waiting.context["rows"]]) == (1, [a.matter.code])


def test_a_day_of_which_nothing_is_known_is_a_dash_and_no_zero(w, as_post):
    planned(w, 24 * 4)
    page = as_post(w.lan).get("/")
    assert [beat.n for beat in page.context["board"].beats[:4]] == [None] * 4
    assert page.content.decode().count('<b class="">–</b>') >= 4


def test_the_administrator_is_led_to_the_desk(w, as_post):
    m.User.objects.filter(pk=w.quan.user_id).update(totp_secret="sealed")
    w.quan.user.refresh_from_db()
    page = as_post(w.quan).get("/")
    assert 'href="/quan-tri/"' in page.content.decode()
    assert 'id="situation"' not in page.content.decode()


def test_a_leader_reads_the_sentence_first_also_on_a_phone(w, as_post):
    planned(w)
    assert ['class="board-page leader"' in as_post(post).get("/?dv=86").content.decode() for post in (w.mai, w.lan)] == [True, False]


def test_the_phones_first_button_goes_straight_to_the_one_result_that_is_due(w, as_post):
    assert board(as_post(w.lan), "?dv=29001").record == "/tuan-tra/?cua=toi"
    a = planned(w, -1)
    query = duty_of(a)
    assert board(as_post(w.lan), query).record == f"/tuan-tra/{a.matter.code}/ket-qua/"
    planned(w, -1)
    assert board(as_post(w.lan), query).record == "#toi-nay"
    assert not board(as_post(w.thu), query).records


def test_the_board_is_kept_on_the_phone_for_its_post(w, as_post):
    assert as_post(w.lan).get("/").headers["X-Phoihop-Keep"] == str(w.lan.pk)


def test_a_poll_brings_nothing_while_nothing_happened_and_the_sentence_when_something_did(w, as_post, monkeypatch):
    planned(w)
    client, now = as_post(w.lan), timezone.now()
    monkeypatch.setattr(views, "timezone", SimpleNamespace(now=lambda: now))
    tag = client.get("/hom-nay/moi/").headers["ETag"]
    assert client.get("/hom-nay/moi/", headers={"if-none-match": tag}).status_code == 304
    planned(w, 3)
    changed = client.get("/hom-nay/moi/", headers={"if-none-match": tag})
    assert changed.status_code == 200
    assert 'id="situation" hx-swap-oob="innerHTML"' in changed.content.decode()


def test_the_clock_alone_brings_the_board_anew_every_five_minutes(w, as_post, monkeypatch):
    planned(w)
    client, now = as_post(w.lan), timezone.now().replace(minute=1)
    monkeypatch.setattr(views, "timezone", SimpleNamespace(now=lambda: now))
    tag = client.get("/hom-nay/moi/").headers["ETag"]
    statuses = []
    for minutes in (3, 4):
        monkeypatch.setattr(views, "timezone", SimpleNamespace(now=lambda later=now + timedelta(minutes=minutes): later))
        statuses.append(client.get("/hom-nay/moi/", headers={"if-none-match": tag}).status_code)
    assert statuses == [304, 200]


def test_what_others_have_not_done_in_time_is_told_to_who_gave_it_and_to_who_has_it(w, as_post):
    now = timezone.now()
    tasks = [give(by=w.lan, draft=TaskDraft(None, f"Sửa đèn {n}", w.militia_song, now + timedelta(days=n)), at=now) for n in (1, 2)]
    for_signing(w, a_regulation(w, now), now)
    assert board(as_post(w.lan)).owed == []
    m.Task.objects.filter(pk=tasks[0].pk).update(due_at=now - timedelta(days=2))
    m.Version.objects.update(signing_by=now - timedelta(days=1))
    owed = board(as_post(w.lan)).owed
    assert [(one.code, [h.unit for h in one.holders], one.others, one.kind) for one in owed] == [
        (tasks[0].code, [w.militia_song.short], 0, "chưa làm xong"),
        (m.Agreement.objects.get().matter.code, sorted((w.militia_song.short, w.station.short)), 0, "chưa ký"),
    ]
    assert board(as_post(w.lan)).owed_words == "3"
    assert [one.code for one in board(as_post(w.binh)).waiting if one.over(now)] == [tasks[0].code]
    assert board(as_post(w.binh)).owed == []
    assert "Quá hạn ở đơn vị khác" in as_post(w.lan).get("/").content.decode()


def test_what_many_units_are_late_with_is_one_row_that_names_the_first_of_them():
    due = NOON
    holders = tuple(Holder(f"CA xã {n}", "CA") for n in range(8))
    (row,) = queue.late([Owed(Needs.ADOPT, "QC-26-A-1-1", "", holders, due)])
    assert (row.title, row.url, row.holders, row.others, row.kind) == ("QC-26-A-1-1", "/ke-hoach/QC-26-A-1-1/", holders[:2], 6, "chưa ban hành")
    (all_named,) = queue.late([Owed(Needs.SIGN, "QC-26-A-1-1", "Quy chế", holders[:3], due)])
    assert (all_named.holders, all_named.others) == (holders[:3], 0)


def test_nobody_signed_in_is_led_to_the_door(client, w):
    assert client.get("/").url == "/dang-nhap/?next=/"


def test_a_board_of_one_and_of_a_hundred_rows_costs_the_same_twelve_queries_at_most(w, as_post):
    a = planned(w)
    give(by=w.lan, draft=TaskDraft(a.matter, "Sửa đèn", w.militia_song, timezone.now() + timedelta(days=1)), at=timezone.now())
    client = as_post(w.binh)
    one = queries(client, "/?tt=tat-ca")
    for n in range(99):
        planned(w, 2 + n / 100)
        give(by=w.lan, draft=TaskDraft(a.matter, "Sửa đèn", w.militia_song, timezone.now() + timedelta(days=1)), at=timezone.now())
    assert len(board(client).waiting) == 200
    assert queries(client, "/?tt=tat-ca") == one
    assert one <= 12
