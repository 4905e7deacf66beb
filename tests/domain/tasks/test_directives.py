"""A document that came in: registered once, with what it asks for; finished when nothing of it is open; late tasks are raised to who gave them."""

from datetime import date

import pytest

from phoihop.domain import models as m
from phoihop.domain.matters.queries.proof import verify
from phoihop.domain.tasks.actions import answer_extension, ask_extension, close, finish_directive, give, register_directive, withdraw
from phoihop.domain.tasks.queries.directives import directives_seen, with_progress
from phoihop.domain.tasks.queries.queue import waiting_for
from phoihop.domain.tasks.rules import DirectiveDraft, TaskDraft, fits_directive, raised_on
from phoihop.kernel.period import local_day
from phoihop.kernel.verdict import Refused
from phoihop.kernel.workdays import WorkingDays
from tests.world import NOON, at, songdat

pytestmark = pytest.mark.django_db
TODAY = local_day(NOON)


def a_directive(**change):
    plain = {
        "number": "09/CT-UBND", "issuer": "UBND tỉnh Sông Đất", "issued_on": date(2026, 5, 28), "received_on": TODAY, "subject": "Phòng, chống đuối nước mùa hè",
    }  # fmt: skip
    return DirectiveDraft(**plain | change)


def registered(w, **change):
    return register_directive(by=w.lan, draft=a_directive(**change), at=NOON)


def test_what_it_asks_for_becomes_tasks_of_its_matter_in_one_act():
    w = songdat()
    tasks = [TaskDraft(None, "Cắm biển cảnh báo", w.militia_song, at(10, 17), grace_workdays=2), TaskDraft(None, "Tuần tra bến sông", w.police_song, at(5, 17))]
    directive = registered(w, text="Các xã ven sông cắm biển cảnh báo.", tasks=tasks)
    assert (directive.matter.code[:2], directive.matter.title.text, directive.text.text) == (
        "VB", "Phòng, chống đuối nước mùa hè", "Các xã ven sông cắm biển cảnh báo.",
    )  # fmt: skip
    made = list(m.Task.objects.order_by("pk"))
    assert [(t.matter, t.source, t.lead, t.mode) for t in made] == [
        (directive.matter, "directive", w.militia_song, "requested"), (directive.matter, "directive", w.police_song, "assigned"),
    ]  # fmt: skip
    assert list(verify()) == []


def test_one_refused_task_leaves_no_document_and_is_named_where_it_stands():
    w = songdat()
    good, late = TaskDraft(None, "Cắm biển", w.militia_song, at(10, 17)), TaskDraft(None, "Báo cáo", w.police_song, at(1, 8))
    for tasks, field in (([good, late], "tasks.1.due_at"), ([late], "tasks.0.due_at")):
        with pytest.raises(Refused) as refused:
            registered(w, tasks=tasks)
        assert (refused.value.verdict.code, refused.value.verdict.field) == ("due-passed", field)
    assert (m.IncomingDirective.objects.count(), m.Matter.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({}, ""), ({"number": " "}, "text-missing"), ({"issuer": ""}, "text-missing"), ({"subject": ""}, "text-missing"), ({"number": "9" * 61}, "text-too-long"),
        ({"issued_on": date(2026, 6, 2)}, "day-ahead"), ({"received_on": date(2026, 6, 2)}, "day-ahead"),
        ({"received_on": date(2026, 5, 27)}, "received-before-issued"), ({"due_on": date(2026, 5, 30)}, "due-before-received"), ({"due_on": TODAY}, ""),
    ],
)  # fmt: skip
def test_a_document_has_a_number_an_issuer_a_subject_and_days_in_order(change, code):
    assert fits_directive(a_directive(**change), False, TODAY).code == code


def test_the_same_document_is_registered_once_by_a_unit_however_it_is_typed_and_by_each_unit_for_itself():
    w = songdat()
    registered(w)
    with pytest.raises(Refused) as refused:
        registered(w, number="09/ct-ubnd", issuer="ubnd TỈNH Sông Đất")
    assert refused.value.verdict.code == "directive-there"
    registered(w, issued_on=date(2025, 5, 28))
    register_directive(by=w.binh, draft=a_directive(), at=NOON)
    assert m.IncomingDirective.objects.count() == 3


def test_a_secret_mark_in_it_is_refused_and_a_stranger_sees_nothing():
    w = songdat()
    with pytest.raises(Refused):
        registered(w, text="MẬT\nKế hoạch số 12")
    registered(w)
    assert [directives_seen(who, TODAY).count() for who in (w.lan, w.tu)] == [1, 0]


def test_it_is_finished_by_who_registered_it_when_nothing_of_it_is_open():
    w = songdat()
    own = TaskDraft(None, "Tuần tra bến sông", w.police_song, at(5, 17))
    directive = registered(w, tasks=[own, TaskDraft(None, "Cắm biển", w.militia_song, at(5, 17))])
    for by, code in ((w.binh, "not-lead"), (w.lan, "tasks-open")):
        with pytest.raises(Refused) as refused:
            finish_directive(by=by, directive=directive, at=NOON)
        assert refused.value.verdict.code == code
    close(by=w.lan, task=m.Task.objects.get(lead=w.police_song), at=NOON)
    withdraw(by=w.lan, task=m.Task.objects.get(lead=w.militia_song), reason="Đã có biển", at=NOON)
    found = with_progress(directives_seen(w.lan, TODAY), at(9, 9)).get()
    assert (found.tasks, found.done, found.late) == (1, 1, 0)
    finish_directive(by=w.lan, directive=directive, at=NOON)
    assert m.Matter.objects.get(pk=directive.matter_id).closed_at == NOON


@pytest.mark.parametrize(
    ("grace", "day"),
    [(None, None), (1, date(2026, 6, 8)), (2, date(2026, 6, 9)), (5, date(2026, 6, 12))],
)
def test_a_task_due_on_a_friday_is_raised_so_many_working_days_later(grace, day):
    assert raised_on(at(5, 17), grace, WorkingDays()) == day


def test_unanswered_past_its_grace_it_waits_for_who_gave_it_and_an_extension_moves_that_day():
    w = songdat()
    task = give(by=w.mai, draft=TaskDraft(None, "Báo cáo kết quả", w.police_song, at(5, 17), grace_workdays=2), at=NOON)
    assert task.raised_on == date(2026, 6, 9)
    assert [task in waiting_for(w.mai, date(2026, 6, day)) for day in (8, 9)] == [False, True]
    asked = ask_extension(by=w.lan, task=task, due_at=at(10, 17), reason="Chờ số liệu", at=at(4, 9))
    answer_extension(by=w.mai, extension=asked, grants=True, at=at(4, 10))
    task.refresh_from_db()
    assert (task.raised_on, list(waiting_for(w.mai, date(2026, 6, 9)))) == (date(2026, 6, 12), [])


@pytest.mark.parametrize("grace", [0, 31])
def test_a_grace_of_no_days_or_of_too_many_is_refused(grace):
    w = songdat()
    with pytest.raises(Refused) as refused:
        give(by=w.mai, draft=TaskDraft(None, "Báo cáo", w.police_song, at(5, 17), grace_workdays=grace), at=NOON)
    assert refused.value.verdict.code == "grace-days"
