"""Which act met what fell due: shown by its lead, answered by it, never by the clock."""

import json

import pytest

from phoihop.domain import models as m
from phoihop.domain.activities.actions.planning import plan
from phoihop.domain.activities.rules import PartyDraft
from phoihop.domain.agreements.actions.meeting import link_act, unlink_act
from phoihop.domain.agreements.queries.compliance import compliance, silent
from phoihop.domain.agreements.queries.occasions import candidates, due_within, of_task
from phoihop.domain.agreements.rules.drafts import PartyDraft as Signatory
from phoihop.domain.agreements.rules.duties import Met
from phoihop.domain.matters.actions.opening import Asked, Opening, open_matters
from phoihop.domain.tasks.actions import answer
from phoihop.domain.tasks.queries.queue import late_of
from phoihop.kernel.period import Period, local_day
from phoihop.kernel.verdict import Refused
from tests.domain.agreements.duties import JUNE, agreed, meeting, open_all
from tests.laid import laid_upon
from tests.world import a_draft, at, songdat

pytestmark = pytest.mark.django_db
NOON = at(1, 12)
TODAY = local_day(NOON)
MONTH = Period(JUNE, JUNE.replace(month=6))


@laid_upon
def falling(w, **more):
    agreed(w, meeting(w, **more))
    open_all(w, NOON)
    return m.Occasion.objects.select_related("task", "duty").order_by("first")[0]


def a_briefing(w, lead=None, asked=()):
    return open_matters(kind="GB", openings=[Opening(lead or w.police_song, w.song, [Asked(u) for u in asked])], at=NOON)[0]


def test_the_act_that_a_lead_shows_answers_its_own_duty_and_closes_it():
    w = songdat()
    o = falling(w)
    held = a_briefing(w)
    link_act(by=w.lan, occasion=o, matter=held, at=NOON)
    o.task.refresh_from_db()
    assert (o.task.state, o.task.answered_at, o.task.closed_at) == ("closed", NOON, NOON)
    event = m.Event.objects.order_by("seq").last()
    assert (event.what, json.loads(event.body)) == ("duty.met", {"task": o.task.code, "act": held.code, "day": "2026-05-15"})


def test_where_a_superior_signed_for_it_the_act_answers_and_the_superior_may_close():
    w = songdat()
    parties = [Signatory(w.police_song, "lead"), Signatory(w.army, "support")]
    agreed(w, meeting(w, lead={"force": w.forces["DQ"]}, support={"force": w.forces["CA"]}), parties=parties)
    open_all(w, NOON)
    o = m.Occasion.objects.select_related("task").order_by("first")[0]
    link_act(by=w.binh, occasion=o, matter=a_briefing(w, w.militia_song), at=NOON)
    o.task.refresh_from_db()
    assert (o.task.giver, o.task.state, o.task.closed_at) == (w.army, "answered", None)


def test_a_second_act_is_shown_beside_the_first_and_the_wrong_one_is_taken_away():
    w = songdat()
    o = falling(w)
    first, second = (link_act(by=w.lan, occasion=o, matter=a_briefing(w), at=NOON) for _ in range(2))
    unlink_act(by=w.lan, act=first, at=NOON)
    assert m.Task.objects.get(pk=o.task_id).state == "closed"
    unlink_act(by=w.lan, act=second, at=NOON)
    task = m.Task.objects.get(pk=o.task_id)
    assert (task.state, task.answered_at, task.closed_at, o.acts.count()) == ("open", None, None, 0)


@pytest.mark.parametrize(("who", "of", "code"), [("binh", "police_song", "not-lead"), ("lan", "militia_song", "act-not-seen")])
def test_nobody_shows_for_others_nor_what_it_does_not_see(who, of, code):
    w = songdat()
    o = falling(w)
    with pytest.raises(Refused) as refusal:
        link_act(by=getattr(w, who), occasion=o, matter=a_briefing(w, getattr(w, of)), at=NOON)
    assert refusal.value.verdict.code == code


def test_patrols_led_or_taken_part_in_there_and_then_are_offered_for_a_patrol():
    w = songdat()
    o = falling(w, act="patrol")
    mine = plan(by=w.lan, draft=a_draft(w), at=NOON).matter
    others = plan(by=w.phuong, draft=a_draft(w, area=w.dat, parties=[PartyDraft(w.police_dat, people=3), PartyDraft(w.militia_song, people=2)]), at=NOON).matter
    joined = open_matters(kind="TT", openings=[Opening(w.militia_song, w.song, [Asked(w.police_song)])], at=NOON)[0]
    assert list(candidates(w.lan, o, TODAY)) == [mine]
    m.Participation.objects.filter(matter=joined, unit=w.police_song).update(state="accepted", answered_at=NOON)
    assert list(candidates(w.lan, o, TODAY)) == [joined, mine]
    assert others not in candidates(w.lan, o, TODAY)
    link_act(by=w.lan, occasion=o, matter=mine, at=NOON)
    assert list(candidates(w.lan, o, TODAY)) == [joined]


def test_a_text_may_answer_too_and_silence_is_what_neither_did():
    w = songdat()
    o = falling(w)
    late = at(20, 8)
    assert [s.pk for s in silent(w.mai, w.province, MONTH, late, local_day(late))] == [o.pk]
    answer(by=w.lan, task=o.task, answer="Đã giao ban ngày 10/6, có biên bản", at=late)
    assert [s.pk for s in silent(w.mai, w.province, MONTH, late, local_day(late))] == []


def test_compliance_by_commune_and_content_counts_each_by_how_far_it_is_met():
    w = songdat()
    o = falling(w)
    year = Period(JUNE, JUNE.replace(year=2027))
    cell = lambda now: compliance(w.mai, w.province, year, now, local_day(now)).cell(w.song.pk, "trattu")  # noqa: E731
    assert (cell(NOON).waiting, cell(NOON).ahead, cell(NOON).worst) == (1, 11, Met.WAITING)
    assert (cell(at(20, 8)).overdue, cell(at(20, 8)).waiting, cell(at(20, 8)).worst) == (1, 1, Met.OVERDUE)
    link_act(by=w.lan, occasion=o, matter=a_briefing(w), at=at(21, 8))
    now = cell(at(21, 9))
    assert (now.done, now.overdue, now.due, now.total) == (1, 0, 1, 12)
    table = compliance(w.mai, w.province, year, NOON, TODAY, by="duty")
    assert ([a.code for a in table.rows], [a.code for a in table.bare], [d.act for d in table.columns]) == (["29001"], ["29002"], ["brief"])
    assert table.cell(w.dat.pk, o.duty_id) is None


def test_a_withdrawn_duty_counts_nowhere_and_figures_are_for_who_may_see_them():
    w = songdat()
    falling(w)
    m.Task.objects.update(state="withdrawn", closed_at=NOON)
    assert compliance(w.mai, w.province, MONTH, NOON, TODAY).cells == {}
    with pytest.raises(Refused) as refusal:
        compliance(w.quan, w.province, MONTH, NOON, TODAY)
    assert refusal.value.verdict.code == "not-your-role"


def test_the_calendar_of_a_unit_holds_what_it_leads_and_helps_with():
    w = songdat()
    o = falling(w)
    june = Period(at(1, 0).date(), at(1, 0, month=7).date())
    assert [[x.pk for x in due_within(post, june)] for post in (w.lan, w.binh, w.hai)] == [[o.pk], [o.pk], []]


def test_who_gave_and_who_has_both_see_what_is_overdue():
    w = songdat()
    parties = [Signatory(w.police_song, "lead"), Signatory(w.army, "support")]
    agreed(w, meeting(w, lead={"force": w.forces["DQ"]}, support={"force": w.forces["CA"]}), parties=parties)
    open_all(w, NOON)
    had, gave = late_of(w.binh, at(20, 8))
    assert (had.count(), gave.count()) == (1, 0)
    had, gave = late_of(w.dung, at(20, 8))
    assert (had.count(), gave.count()) == (0, 1)


def test_a_task_tells_the_duty_behind_it_to_who_sees_it():
    w = songdat()
    o = falling(w)
    assert (of_task(w.lan, o.task, TODAY), of_task(w.tu, o.task, TODAY)) == (o, None)


def test_the_worst_communes_come_first_and_those_with_nothing_by_name():
    w = songdat()
    m.Area.objects.filter(pk=w.dat.pk).update(name="Bình Đại")
    agreed(w, meeting(w), areas=[w.song, w.dat], began=JUNE)
    open_all(w, NOON)
    table = compliance(w.mai, w.province, MONTH, NOON, TODAY)
    assert [a.code for a in table.rows] == ["29002", "29001"]
    m.Task.objects.filter(area=w.song).update(due_at=at(1, 8))
    table = compliance(w.mai, w.province, MONTH, NOON, TODAY)
    assert ([a.code for a in table.rows], table.bare) == (["29001", "29002"], [])


def test_the_four_fields_of_the_militia_are_a_view_of_their_own_and_one_content_may_be_asked_for():
    w = songdat()
    falling(w)
    n = compliance(w.mai, w.province, MONTH, NOON, TODAY).whole.total
    m.Clause.objects.update(content="dq-trattu")
    table, militia = (compliance(w.mai, w.province, MONTH, NOON, TODAY, by=by) for by in ("content", "militia"))
    assert (table.whole.total, table.beside.total, [a.code for a in table.bare], len(table.empty)) == (0, n, ["29002", "29001"], 11)
    assert (militia.whole.total, militia.beside.total, militia.columns, len(militia.empty)) == (n, 0, ["dq-trattu"], 3)
    by_duty = {content: compliance(w.mai, w.province, MONTH, NOON, TODAY, by="duty", content=content).whole.total for content in ("dq-trattu", "trattu", "")}
    assert by_duty == {"dq-trattu": n, "trattu": 0, "": 0}
