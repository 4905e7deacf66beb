import json
from datetime import date

import pytest

from phoihop.domain import models as m
from phoihop.domain.matters.actions.notes import attach
from phoihop.domain.matters.actions.parts import close as close_matter
from phoihop.domain.matters.queries.proof import verify
from phoihop.domain.tasks.actions import (
    answer,
    answer_extension,
    answer_request,
    answer_support,
    ask_extension,
    close,
    extend,
    give,
    give_many,
    hand_over_tasks,
    send_back,
    withdraw,
)
from phoihop.domain.tasks.queries.history import history_of
from phoihop.domain.tasks.queries.queue import Place, evidence_of, of_matter, overdue, own, seen_by, waiting_for, with_place
from phoihop.domain.tasks.rules import TaskDraft, is_overdue
from phoihop.kernel.period import local_day
from phoihop.kernel.tuning import know
from phoihop.kernel.verdict import Refused
from tests.domain.matters.files import A_PDF
from tests.domain.matters.opened import another, opened
from tests.world import NOON, at

pytestmark = pytest.mark.django_db
TODAY = local_day(NOON)


def given(w, matter, by=None, **change):
    plain = {"matter": matter, "what": "Sửa đèn cảnh báo", "lead": w.militia_song, "due_at": at(3, 17)}
    return give(by=by or w.lan, draft=TaskDraft(**plain | change), at=NOON)


def told():
    event = m.Event.objects.order_by("seq").last()
    return event.what, json.loads(event.body)


def test_between_equals_a_task_is_requested_and_waits_for_their_word():
    w, matter = opened()
    task = given(w, matter, supports=[w.station], source="patrol")
    assert (task.mode, task.state, task.what.text, task.code[:2]) == ("requested", "asked", "Sửa đèn cảnh báo", "NV")
    assert told() == (
        "task.requested",
        {
            "task": task.code,
            "lead": w.militia_song.key,
            "supports": [w.station.key],
            "due": "2026-06-03T10:00:00+00:00",
            "source": "patrol",
            "what": {"text": task.what.pk, "sha256": task.what.digest},
        },
    )


@pytest.mark.parametrize("kind", ["directs", "guides"])
def test_along_a_chain_a_task_is_assigned_and_open_at_once(kind):
    w, _ = opened()
    if kind == "guides":
        m.Relation.objects.create(upper=w.police, lower=w.militia_song, kind="guides", valid_from=date(2025, 7, 1))
    lead = w.militia_song if kind == "guides" else w.police_song
    task = given(w, another(w, lead=w.police), by=w.mai, lead=lead)
    assert (task.mode, task.state, told()[0]) == ("assigned", "open", "task.given")


@pytest.mark.parametrize("kind", ["coordinates", "joint"])
def test_coordination_assigns_nothing(kind):
    w, matter = opened()
    m.Relation.objects.create(upper=w.police_song, lower=w.militia_song, kind=kind, valid_from=date(2025, 7, 1))
    assert given(w, matter).mode == "requested"


def test_a_chain_that_ended_assigns_nothing():
    w, _ = opened()
    m.Relation.objects.create(upper=w.police, lower=w.front_song, kind="guides", valid_from=date(2025, 7, 1), valid_until=TODAY)
    assert given(w, another(w, lead=w.police), by=w.mai, lead=w.front_song).mode == "requested"


def test_upwards_a_task_is_proposed_and_the_superior_takes_it_up_or_says_why_not():
    w, matter = opened()
    task = given(w, matter, lead=w.police)
    assert (task.mode, task.state, told()[0]) == ("proposed", "asked", "task.proposed")
    assert code_of(lambda: answer_request(by=w.mai, task=task, accepts=False, at=NOON)) == "reason-missing"
    task = answer_request(by=w.mai, task=task, accepts=True, at=NOON)
    assert (task.state, answer(by=w.mai, task=task, answer="Đã bố trí hai bộ đàm", at=at(2, 9)).state) == ("open", "answered")


def code_of(act) -> str:
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value.verdict.code


def test_one_directive_gives_several_tasks_at_once_or_none():
    w, matter = opened()
    drafts = [TaskDraft(matter, "Rà soát bến đò", lead, at(9, 17), source="directive") for lead in (w.militia_song, w.station)]
    assert [(t.lead, t.source) for t in give_many(by=w.lan, drafts=drafts, at=NOON)] == [(w.militia_song, "directive"), (w.station, "directive")]
    late = TaskDraft(matter, "Rà soát bến đò", w.station, at(1, 8), source="directive")
    with pytest.raises(Refused) as refusal:
        give_many(by=w.lan, drafts=[drafts[0], late], at=NOON)
    assert (refusal.value.verdict.code, refusal.value.verdict.field, m.Task.objects.count()) == ("due-passed", "drafts.1.due_at", 2)
    assert code_of(lambda: give_many(by=w.lan, drafts=[], at=NOON)) == "too-many"


def test_the_lead_asks_for_more_time_and_the_giver_grants_it():
    w, matter = opened()
    task = answer_request(by=w.binh, task=given(w, matter), accepts=True, at=NOON)
    asked = ask_extension(by=w.binh, task=task, due_at=at(5, 17), reason="Chờ vật tư", at=at(2, 8))
    assert (asked.state, m.Task.objects.get(pk=task.pk).due_at, list(waiting_for(w.lan, TODAY))) == ("asked", at(3, 17), [task])
    assert code_of(lambda: ask_extension(by=w.binh, task=task, due_at=at(6, 17), reason="Chờ thêm", at=at(2, 9))) == "extension-waits"
    granted = answer_extension(by=w.lan, extension=asked, grants=True, at=at(2, 10))
    assert (granted.state, m.Task.objects.get(pk=task.pk).due_at, list(waiting_for(w.lan, TODAY))) == ("granted", at(5, 17), [])
    assert told() == (
        "task.extension_granted",
        {"task": task.code, "before": "2026-06-03T10:00:00+00:00", "due": "2026-06-05T10:00:00+00:00"},
    )
    assert [s.what for s in history_of(w.binh, task, TODAY)][-2:] == ["task.extension_asked", "task.extension_granted"]


def test_more_time_is_refused_with_a_reason_and_the_deadline_stays():
    w, matter = opened()
    task = answer_request(by=w.binh, task=given(w, matter), accepts=True, at=NOON)
    asked = ask_extension(by=w.binh, task=task, due_at=at(5, 17), reason="Chờ vật tư", at=at(2, 8))
    assert code_of(lambda: answer_extension(by=w.lan, extension=asked, grants=False, at=at(2, 9))) == "reason-missing"
    assert code_of(lambda: answer_extension(by=w.hai, extension=asked, grants=True, at=at(2, 9))) == "not-giver"
    refused = answer_extension(by=w.lan, extension=asked, grants=False, reason="Vật tư đã có ở kho huyện cũ", at=at(2, 9))
    assert (refused.state, refused.answer.text, m.Task.objects.get(pk=task.pk).due_at) == ("refused", "Vật tư đã có ở kho huyện cũ", at(3, 17))
    assert ask_extension(by=w.binh, task=task, due_at=at(4, 17), reason="Xe hỏng", at=at(2, 10)).state == "asked"


def test_putting_the_deadline_off_answers_whoever_asked_for_it():
    w, matter = opened()
    task = answer_request(by=w.binh, task=given(w, matter), accepts=True, at=NOON)
    asked = ask_extension(by=w.binh, task=task, due_at=at(5, 17), reason="Chờ vật tư", at=at(2, 8))
    extend(by=w.lan, task=task, due_at=at(6, 17), reason="Cho thêm thời gian", at=at(2, 9))
    asked.refresh_from_db()
    assert (asked.state, asked.answered_at) == ("granted", at(2, 9))


def test_what_is_to_be_done_only_later_does_not_wait_yet():
    w, matter = opened()
    task = given(w, matter)
    m.Task.objects.filter(pk=task.pk).update(not_before=date(2026, 6, 3))
    assert [list(waiting_for(w.binh, date(2026, 6, day))) for day in (2, 3)] == [[], [task]]


def test_own_tasks_are_those_that_my_unit_gave_leads_or_helps_with():
    w, matter = opened()
    task = given(w, matter, supports=[w.station])
    assert [list(own(post, TODAY)) for post in (w.lan, w.binh, w.hai, w.mai)] == [[task], [task], [task], []]


def test_a_units_own_task_is_assigned_and_closed_without_asking_itself():
    w, matter = opened()
    task = given(w, matter, lead=w.police_song)
    task = close(by=w.lan, task=task, at=at(2, 8))
    assert (task.mode, task.state, task.answered_at, task.closed_at) == ("assigned", "closed", at(2, 8), at(2, 8))


def test_help_is_told_along_a_chain_and_asked_between_equals():
    w, _ = opened()
    task = given(w, another(w, lead=w.army), by=w.dung, lead=w.militia_song, supports=[w.station, w.police_song])
    assert set(task.supports.values_list("unit", "state")) == {(w.station.pk, "accepted"), (w.police_song.pk, "asked")}
    asked = answer_support(by=w.lan, support=task.supports.get(state="asked"), accepts=False, reason="Không đủ quân số", at=at(2, 8))
    assert (asked.state, asked.reason.text, told()[0]) == ("declined", "Không đủ quân số", "task.support_declined")


def test_help_is_accepted():
    w, matter = opened()
    task = given(w, matter, supports=[w.station])
    asked = answer_support(by=w.hai, support=task.supports.get(), accepts=True, at=at(2, 8))
    assert (asked.state, asked.answered_at, asked.reason, told()[0]) == ("accepted", at(2, 8), None, "task.support_accepted")


def test_a_request_is_accepted_answered_returned_answered_again_and_closed():
    w, matter = opened()
    task = answer_request(by=w.binh, task=given(w, matter), accepts=True, at=at(1, 13))
    assert task.state == "open"
    task = answer(by=w.binh, task=task, answer="Đã thay bóng", at=at(1, 14))
    assert (task.state, task.answered_at, task.answer.text) == ("answered", at(1, 14), "Đã thay bóng")
    task = send_back(by=w.lan, task=task, reason="Còn một đèn chưa sáng", at=at(1, 15))
    assert (task.state, task.answered_at, task.due_at) == ("open", None, at(3, 17))
    task = answer(by=w.binh, task=task, answer="Đã thay cả hai", at=at(1, 16))
    task = close(by=w.lan, task=task, at=at(1, 17))
    assert (task.state, task.closed_at, task.answer.text) == ("closed", at(1, 17), "Đã thay cả hai")
    assert [e.what for e in m.Event.objects.order_by("seq")] == [
        "task.requested", "task.accepted", "task.answered", "task.returned", "task.answered", "task.closed",
    ]  # fmt: skip
    assert list(verify()) == []


def test_a_request_is_declined_with_a_reason():
    w, matter = opened()
    task = answer_request(by=w.binh, task=given(w, matter), accepts=False, reason="Không thuộc thẩm quyền", at=at(1, 13))
    assert (task.state, task.closed_at, task.answer.text, told()[0]) == ("declined", at(1, 13), "Không thuộc thẩm quyền", "task.declined")


def test_a_task_is_withdrawn_with_a_reason():
    w, matter = opened()
    task = withdraw(by=w.lan, task=given(w, matter), reason="Đã có đơn vị khác làm", at=at(1, 13))
    assert (task.state, task.closed_at, told()[0]) == ("withdrawn", at(1, 13), "task.withdrawn")


def test_evidence_is_a_file_of_the_matter_or_a_new_one_from_a_lead_that_is_no_party():
    w, matter = opened()
    task = answer_request(by=w.binh, task=given(w, matter), accepts=True, at=at(1, 13))
    mine = attach(by=w.lan, matter=matter, upload=A_PDF, at=at(1, 13))
    task = answer(by=w.binh, task=task, answer="Đã sửa", evidence=[mine, mine], uploads=[A_PDF], at=at(1, 14))
    files = list(evidence_of(w.binh, task, TODAY))
    assert [(f.unit, f.matter) for f in files] == [(w.police_song, matter), (w.militia_song, matter)]
    assert list(evidence_of(w.hai, task, TODAY)) == []
    assert told()[1]["evidence"] == [f.pk for f in files]
    assert list(verify()) == []


def test_evidence_from_elsewhere_is_refused_and_nothing_is_half_done():
    w, matter = opened()
    task = answer_request(by=w.binh, task=given(w, matter), accepts=True, at=at(1, 13))
    elsewhere = attach(by=w.lan, matter=another(w), upload=A_PDF, at=at(1, 13))
    before = m.Body.objects.count()
    with pytest.raises(Refused) as refused:
        answer(by=w.binh, task=task, answer="Đã sửa", evidence=[elsewhere], uploads=[A_PDF], at=at(1, 14))
    task.refresh_from_db()
    assert (refused.value.verdict.field, task.state, m.Body.objects.count(), m.TaskEvidence.objects.count()) == ("evidence", "open", before, 0)


def test_who_does_not_take_part_gives_no_task():
    w, matter = opened()
    for by, code in ((w.mai, "not-party"), (w.tu, "not-party"), (w.thu, "not-your-role")):
        with pytest.raises(Refused) as refused:
            given(w, matter, by=by)
        assert refused.value.verdict.code == code
    assert (m.Task.objects.count(), m.Event.objects.count()) == (0, 0)


def test_a_task_is_given_on_a_closed_matter():
    w, matter = opened()
    close_matter(by=w.lan, matter=matter, at=NOON)
    assert given(w, matter).state == "asked"


def test_a_stranger_sees_no_task_and_each_side_sees_its_own():
    w, matter = opened()
    task = given(w, matter, supports=[w.station])
    private = given(w, matter, lead=w.police_song)
    seen = {name: set(seen_by(getattr(w, name), TODAY)) for name in ("lan", "binh", "hai", "mai", "dung", "thu", "tu", "phuong", "van", "quan")}
    assert seen == {
        "lan": {task, private},
        "binh": {task},
        "hai": {task},
        "mai": {task, private},
        "dung": set(),
        "thu": set(),
        "tu": set(),
        "phuong": set(),
        "van": set(),
        "quan": set(),
    }


def test_the_queue_holds_what_waits_for_my_unit_by_deadline():
    w, matter = opened()
    late, soon = given(w, matter, due_at=at(9, 17)), given(w, matter, due_at=at(2, 17))
    help_wanted = given(w, matter, lead=w.station, supports=[w.militia_song], due_at=at(5, 17))
    answered = answer(by=w.binh, task=answer_request(by=w.binh, task=given(w, matter), accepts=True, at=NOON), answer="Xong", at=at(1, 14))
    assert list(waiting_for(w.binh, TODAY)) == [soon, help_wanted, late]
    assert list(waiting_for(w.lan, TODAY)) == [answered]
    assert list(waiting_for(w.hai, TODAY)) == [help_wanted]
    answer_support(by=w.binh, support=help_wanted.supports.get(), accepts=True, at=at(1, 15))
    close(by=w.lan, task=answered, at=at(1, 15))
    assert (list(waiting_for(w.binh, TODAY)), list(waiting_for(w.lan, TODAY)), list(waiting_for(w.van, TODAY))) == ([soon, late], [], [])


def test_in_the_queue_of_a_unit_stands_what_waits_for_it_what_waits_for_others_what_has_not_begun_and_what_is_done():
    w, matter = opened()
    mine, later, done, answered, by_duty = (given(w, matter, due_at=at(day, 17)) for day in (9, 7, 2, 3, 2))
    theirs = given(w, matter, lead=w.station, supports=[w.militia_song])
    answer_support(by=w.binh, support=theirs.supports.get(), accepts=True, at=at(1, 13))
    m.Task.objects.filter(pk=later.pk).update(not_before=at(6, 8).date())
    for task in (answered, by_duty):
        answer(by=w.binh, task=answer_request(by=w.binh, task=task, accepts=True, at=NOON), answer="Xong", at=at(1, 14))
    m.Task.objects.filter(pk=by_duty.pk).update(source="duty")
    withdraw(by=w.lan, task=done, reason="Nhầm", at=at(1, 13))

    def stand(post):
        places = dict(with_place(m.Task.objects.all(), post, TODAY).values_list("pk", "place"))
        return [Place(places[task.pk]) for task in (mine, theirs, later, done, answered, by_duty)]

    assert stand(w.binh) == [Place.MINE, Place.OTHERS, Place.LATER, Place.DONE, Place.OTHERS, Place.DONE]
    assert stand(w.lan) == [Place.OTHERS, Place.OTHERS, Place.LATER, Place.DONE, Place.MINE, Place.DONE]


def test_tasks_of_a_matter_come_open_ones_first():
    w, matter = opened()
    ended = withdraw(by=w.lan, task=given(w, matter, due_at=at(2, 17)), reason="Nhầm", at=at(1, 13))
    late, soon = given(w, matter, due_at=at(9, 17)), given(w, matter, due_at=at(5, 17))
    assert list(of_matter(w.lan, matter, TODAY)) == [soon, late, ended]


@pytest.mark.parametrize("now", [at(3, 16, 59), at(3, 17), at(3, 17, 1), at(9, 8)])
def test_overdue_is_asked_of_the_clock_and_never_stored(now):
    w, matter = opened()
    done = answer(by=w.binh, task=answer_request(by=w.binh, task=given(w, matter), accepts=True, at=NOON), answer="Xong", at=at(1, 14))
    tasks = [given(w, matter), given(w, matter, due_at=at(5, 17)), given(w, matter, lead=w.police_song), done]
    assert set(overdue(m.Task.objects.all(), now)) == {task for task in tasks if is_overdue(task, now)}
    assert {state for state, _ in m.TaskState.choices} == {"asked", "open", "answered", "closed", "declined", "withdrawn"}


def test_nothing_is_late_before_its_time_where_the_database_has_looked_at_the_tables():
    w, matter = opened()
    leads = (w.militia_song, w.station, w.police_song, w.police_dat, w.police, w.army, w.border)
    tasks = [given(w, matter, lead=lead, due_at=at(day, 17)) for lead in leads for day in (3, 4)]
    know(m.Task)
    found = [list(overdue(m.Task.objects.filter(lead=lead), NOON)) + list(overdue(m.Task.objects.filter(lead=lead), at(3, 18))) for lead in leads]
    assert found == [[task] for task in tasks[::2]]


def test_open_tasks_pass_to_the_heir_and_ended_ones_stay():
    w, matter = opened()
    led, helped = given(w, matter), given(w, matter, lead=w.station, supports=[w.militia_song])
    ended = withdraw(by=w.lan, task=given(w, matter), reason="Nhầm", at=at(1, 13))
    own = given(w, matter, lead=w.army, supports=[w.militia_song])
    assert hand_over_tasks(by=w.node, old=w.militia_song, new=w.army, day=local_day(at(2, 0)), at=at(2, 0)) == 2
    for task in (led, helped, ended, own):
        task.refresh_from_db()
    assert [task.lead for task in (led, helped, ended, own)] == [w.army, w.station, w.militia_song, w.army]
    assert [list(task.supports.values_list("unit", flat=True)) for task in (helped, own)] == [[w.army.pk], []]
    assert hand_over_tasks(by=w.node, old=w.police_song, new=w.police, day=local_day(at(2, 0)), at=at(2, 0)) == 3
    assert set(m.Task.objects.filter(closed_at=None).values_list("giver", flat=True)) == {w.police.pk}


def test_an_heir_that_helps_already_is_not_named_twice():
    w, matter = opened()
    task = given(w, matter, lead=w.station, supports=[w.militia_song, w.army])
    hand_over_tasks(by=w.node, old=w.militia_song, new=w.army, day=local_day(at(2, 0)), at=at(2, 0))
    assert list(task.supports.values_list("unit", flat=True)) == [w.army.pk]


def test_a_task_on_no_matter_is_one_of_its_own_under_its_code_and_ends_with_it():
    w, _ = opened()
    task = given(w, None, source="directive")
    assert (task.matter.code, task.matter.kind, task.matter.lead, task.matter.area) == (task.code, "NV", w.police_song, w.song)
    assert list(verify()) == []
    answer_request(by=w.binh, task=task, accepts=True, at=NOON)
    assert m.Matter.objects.get(pk=task.matter_id).closed_at is None
    answer(by=w.binh, task=task, answer="Đã sửa", at=NOON)
    close(by=w.lan, task=task, at=at(2, 9))
    assert m.Matter.objects.get(pk=task.matter_id).closed_at == at(2, 9)


def test_a_task_of_its_own_that_is_declined_or_withdrawn_ends_its_matter_too():
    w, matter = opened()
    declined, withdrawn, on_matter = given(w, None), given(w, None), given(w, matter)
    answer_request(by=w.binh, task=declined, accepts=False, reason="Không đủ người", at=at(1, 13))
    withdraw(by=w.lan, task=withdrawn, reason="Đã xong", at=at(1, 14))
    withdraw(by=w.lan, task=on_matter, reason="Đã xong", at=at(1, 14))
    ends = [m.Matter.objects.get(pk=t.matter_id).closed_at for t in (declined, withdrawn, on_matter)]
    assert ends == [at(1, 13), at(1, 14), None]


def test_a_deadline_is_put_off_by_the_giver_and_the_old_one_stays_in_its_history():
    w, matter = opened()
    task = given(w, matter)
    extend(by=w.lan, task=task, due_at=at(5, 17), reason="Chờ vật tư", at=at(2, 9))
    assert m.Task.objects.get(pk=task.pk).due_at == at(5, 17)
    steps = history_of(w.binh, task, TODAY)
    assert [(s.what, s.unit, s.text and s.text.text, s.before, s.due) for s in steps] == [
        ("task.requested", w.police_song, None, None, at(3, 17)),
        ("task.extended", w.police_song, "Chờ vật tư", at(3, 17), at(5, 17)),
    ]
    assert history_of(w.thu, task, TODAY) == []


def test_a_refused_extension_changes_nothing():
    w, matter = opened()
    task = given(w, matter)
    with pytest.raises(Refused) as no:
        extend(by=w.lan, task=task, due_at=at(5, 17), reason="Chờ vật tư", at=at(4, 9))
    assert no.value.verdict.code == "overdue-stays"
    assert m.Task.objects.get(pk=task.pk).due_at == at(3, 17)
