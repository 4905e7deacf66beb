import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from phoihop.domain import models as m
from phoihop.domain.activities.actions.confirming import confirm
from phoihop.domain.activities.queries import waiting as waiting_queries
from phoihop.domain.activities.queries.waiting import waiting
from phoihop.domain.activities.rules import Grace
from phoihop.domain.activities.rules.waiting import SETTLED_WITHIN, WORD_WITHIN, Waits
from phoihop.domain.matters.actions.parts import ask
from phoihop.domain.matters.actions.requests import request_to_join
from phoihop.domain.tasks.actions import answer, give
from phoihop.domain.tasks.rules import TaskDraft
from phoihop.kernel.kept_queries import KeptQueries
from phoihop.kernel.period import local_day
from tests.domain.activities.steps import planned, reported
from tests.world import NOON, a_word, at, songdat

pytestmark = pytest.mark.django_db
GRACE = Grace()


def seen(post, now):
    return [(w.waits, w.code, w.due) for w in waiting(post, now, GRACE, local_day(now))]


def test_who_is_asked_to_take_part_reads_it_until_it_has_answered_or_the_start():
    w = songdat()
    a = planned(w)
    assert seen(w.binh, at(1, 13)) == [(Waits.ASKED, a.matter.code, at(1, 20))]
    assert seen(w.lan, at(1, 13)) == []
    assert seen(w.tu, at(1, 13)) == []


def test_an_offer_of_the_lead_is_told_apart():
    w = songdat()
    a = planned(w)
    ask(by=w.lan, matter=a.matter, unit=w.station, role="lead", at=NOON, answer_by=at(1, 15))
    assert seen(w.hai, at(1, 13)) == [(Waits.OFFERED_LEAD, a.matter.code, at(1, 15))]


def test_the_lead_owes_a_result_once_its_grace_has_run_out():
    w = songdat()
    a = planned(w)
    m.Participation.objects.update(state="accepted", answered_at=NOON)
    assert seen(w.lan, at(1, 23)) == []
    assert seen(w.lan, at(1, 23, 1)) == [(Waits.RESULT, a.matter.code, at(1, 23))]


def test_a_party_owes_its_word_on_a_result_and_the_lead_the_settling_of_a_dispute():
    w = songdat()
    a = reported(w)
    result_at = m.Activity.objects.get(pk=a.pk).result_at
    assert seen(w.binh, at(2, 8)) == [(Waits.CONFIRM, a.matter.code, result_at + WORD_WITHIN)]
    confirm(by=w.binh, word=a_word(m.Activity.objects.get(pk=a.pk), agrees=False, note="Không có mặt"), at=at(2, 9))
    assert seen(w.binh, at(2, 10)) == []
    assert seen(w.lan, at(2, 10)) == [(Waits.DISPUTE, a.matter.code, result_at + SETTLED_WITHIN)]


def test_tasks_wait_for_whoever_must_take_do_or_close_them_and_requests_to_join_for_the_lead():
    w = songdat()
    a = planned(w)
    m.Participation.objects.update(state="accepted", answered_at=NOON)
    task = give(by=w.lan, draft=TaskDraft(a.matter, "Sửa đèn", w.militia_song, at(3, 17), supports=[w.station]), at=NOON)
    assert seen(w.binh, at(1, 13)) == [(Waits.TASK_ASKED, task.code, at(3, 17))]
    assert seen(w.hai, at(1, 13)) == [(Waits.TASK_HELP, task.code, at(3, 17))]
    m.Task.objects.update(state="open")
    assert seen(w.binh, at(1, 13)) == [(Waits.TASK_OPEN, task.code, at(3, 17))]
    answer(by=w.binh, task=task, answer="Đã sửa", at=at(1, 14))
    request_to_join(by=w.thu, matter=a.matter, wish="see", at=at(1, 15))
    assert seen(w.lan, at(1, 16)) == [(Waits.TASK_ANSWERED, task.code, at(1, 14) + WORD_WITHIN), (Waits.JOIN, a.matter.code, at(1, 15) + WORD_WITHIN)]


def test_everything_stands_in_one_order_with_names_places_and_who_waits():
    w = songdat()
    a = planned(w)
    give(by=w.lan, draft=TaskDraft(a.matter, "Sửa đèn", w.militia_song, at(1, 18)), at=NOON)
    first, second = waiting(w.binh, at(1, 13), GRACE, local_day(NOON))
    assert (first.title, first.place, first.unit, first.force, first.mark) == ("Sửa đèn", "Sông", "Công an xã Sông", "CA", "requested")
    assert (second.title, second.place, second.unit, second.force, second.mark) == ("Tuyến đường bộ", "Sông", "Công an xã Sông", "CA", "")
    assert [one.over(at(1, 19)) for one in (first, second)] == [True, False]


def test_a_role_that_sees_no_matters_has_no_queue():
    w = songdat()
    planned(w)
    assert waiting(w.quan, at(2, 12), GRACE, local_day(at(2, 12))) == []


def test_one_thing_and_a_hundred_cost_the_same():
    w = songdat()
    planned(w)

    def queries():
        with CaptureQueriesContext(connection) as caught:
            n = len(waiting(w.binh, at(1, 13), GRACE, local_day(NOON)))
        return n, len(caught)

    queries()  # learns what stays at hand
    before = queries()
    for _ in range(20):
        planned(w)
    assert (before[0], queries()[0]) == (1, 21)
    assert before[1] == queries()[1]


def test_what_is_kept_of_the_queue_answers_each_unit_and_each_hour_for_itself(monkeypatch):
    w = songdat()
    reported(w)
    asked = planned(w)
    hours = [at(1, 13), at(1, 23, 1), at(2, 8)]
    kept = [(who, seen(who, hour)) for _ in range(2) for who in (w.lan, w.binh, w.hai, w.tu) for hour in hours]
    monkeypatch.setattr(waiting_queries, "_kept", KeptQueries())
    assert [(who, seen(who, hour)) for _ in range(2) for who in (w.lan, w.binh, w.hai, w.tu) for hour in hours] == kept
    assert (Waits.ASKED, asked.matter.code, at(1, 20)) in seen(w.binh, at(1, 13))


def test_an_heir_gives_the_word_of_whom_it_succeeded(monkeypatch):
    w = songdat()
    a = reported(w)
    waits = seen(w.binh, at(2, 8))
    assert [(kind, code) for kind, code, _ in waits] == [(Waits.CONFIRM, a.matter.code)]
    assert seen(w.hai, at(2, 8)) == []
    monkeypatch.setattr(waiting_queries, "voices_at_hand", lambda unit: (unit, w.binh.unit_id))
    assert seen(w.hai, at(2, 8)) == waits
