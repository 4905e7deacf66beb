"""What falls due is opened as tasks: of the right units, once, in steps, and never of a text that does not hold."""

import json
from dataclasses import replace
from datetime import date

import pytest

from phoihop.domain import models as m
from phoihop.domain.agreements.actions.drafting import change_text
from phoihop.domain.agreements.actions.opening import open_due, open_occasions, withdraw_duties
from phoihop.domain.agreements.queries.drafted import draft_of
from phoihop.domain.agreements.queries.quality import lacks_of
from phoihop.domain.agreements.queries.versions import current, digest_now
from phoihop.domain.agreements.rules import recurring
from phoihop.domain.agreements.rules.drafts import PartyDraft
from phoihop.domain.matters.actions.texts import keep
from phoihop.domain.matters.queries.proof import verify
from phoihop.domain.tasks.queries.history import history_of
from phoihop.domain.tasks.queries.queue import waiting_for
from phoihop.kernel.action import action
from phoihop.kernel.verdict import Refused
from tests.domain.agreements.duties import JUNE, agreed, meeting, open_all
from tests.world import at, songdat, unit

pytestmark = pytest.mark.django_db
NOON = at(1, 12)


def told():
    event = m.Event.objects.order_by("seq").last()
    return event.what, json.loads(event.body)


def opened(agreement):
    rows = m.Occasion.objects.filter(duty__clause__version__agreement=agreement).order_by("first", "area__code")
    return [(o.area.code, o.first, o.task.lead.key, o.task.due_at.date()) for o in rows]


def test_a_monthly_duty_opens_a_year_of_tasks_each_with_its_lead_support_and_deadline():
    w = songdat()
    agreed(w, meeting(w, due_workdays=3))
    assert open_all(w, NOON) == 1
    tasks = m.Task.objects.order_by("due_at")
    assert len(tasks) == 13
    first = tasks[0]
    assert (first.lead, first.giver, first.mode, first.state, first.source, first.area) == (w.police_song, w.police_song, "assigned", "open", "duty", w.song)
    assert (first.not_before, first.due_at) == (JUNE, at(17, 17))
    assert [(s.unit, s.state) for s in first.supports.all()] == [(w.militia_song, "accepted")]
    assert first.what.text == f"Giao ban, tháng 6 năm 2026 (Điều 2, {first.matter.code})"


def test_what_a_clause_says_of_lateness_goes_with_every_task_and_raises_it_to_the_unit_above_that_signed():
    w = songdat()
    duty = meeting(w, lead={"force": w.forces["DQ"]}, support={"force": w.forces["CA"]}, due_workdays=3, grace_workdays=2)
    agreed(w, duty, parties=[PartyDraft(w.police_song, "lead"), PartyDraft(w.army, "support")])
    open_all(w, NOON)
    task = m.Task.objects.order_by("due_at")[0]
    assert (task.giver, task.lead, task.due_at, task.grace_workdays, task.raised_on) == (w.army, w.militia_song, at(17, 17), 2, date(2026, 6, 19))
    assert [task in waiting_for(w.dung, date(2026, 6, day)) for day in (18, 19)] == [False, True]


def test_opening_again_opens_nothing_until_a_month_has_gone_by():
    w = songdat()
    agreed(w, meeting(w))
    open_all(w, NOON)
    assert (open_due(by=w.node, at=at(2, 12)), open_due(by=w.node, at=at(16, 12)), m.Task.objects.count()) == (0, 1, 14)
    assert open_due(by=w.node, at=at(16, 12)) == 0


def test_one_event_names_how_many_were_opened_and_the_journal_stays_proven():
    w = songdat()
    agreed(w, meeting(w, "quarter"))
    open_all(w, NOON)
    codes = list(m.Task.objects.order_by("pk").values_list("code", flat=True))
    what, facts = told()
    texts = [facts.pop(f"what{n}")["text"] for n in (1, 2, 3, 4)]
    assert (what, facts) == ("duty.opened", {"count": 4, "first": codes[0], "last": codes[-1], "version": 1, "withdrawn": 0})
    assert texts == list(m.Task.objects.order_by("pk").values_list("what", flat=True))
    assert list(verify()) == []


def test_it_goes_on_where_a_step_ended(monkeypatch):
    w = songdat()
    agreed(w, meeting(w), meeting(w, "week", act="inform"))
    monkeypatch.setattr("phoihop.domain.agreements.actions.opening.AT_ONCE", 20)
    assert open_all(w, NOON) == 4
    assert (m.Task.objects.count(), m.Occasion.objects.values("duty", "area", "first").distinct().count()) == (65 + 1, 66)
    assert recurring.AT_ONCE == 200


def test_a_force_has_the_duty_wherever_the_agreement_holds_and_nowhere_else():
    w = songdat()
    made = agreed(
        w, meeting(w, "year"), areas=[w.province], parties=[PartyDraft(w.police_song, "lead"), PartyDraft(w.police, "cochair"), PartyDraft(w.army, "support")]
    )
    open_all(w, NOON)
    assert [row[:3] for row in opened(made)] == [("29001", date(2026, 12, 15), w.police_song.key), ("29002", date(2026, 12, 15), w.police_dat.key)]


@pytest.mark.parametrize(("level", "lead"), [("commune", "militia_song"), ("province", "army")])
def test_the_military_is_the_command_of_its_level_at_the_commune_that_of_the_militia(level, lead):
    w = songdat()
    parties = [PartyDraft(w.police_song, "lead"), PartyDraft(w.army, "support")]
    duty = meeting(w, "year", level=level, lead={"force": w.forces["QS"]}, support={"force": w.forces["CA"]})
    made = agreed(w, duty, areas=[w.province], parties=parties)
    open_all(w, NOON)
    assert [(task.lead, task.giver) for task in m.Task.objects.all()] == [(getattr(w, lead), w.army)]
    told = [(lack.code, lack.clause) for lack in lacks_of(w.lan, made, NOON.date()) if lack.about in ("parties", "lead")]
    assert told == ([("no-unit-there", 1)] if level == "commune" else [])


def test_the_militia_of_a_commune_whose_command_is_registered_as_military_is_that_command_unless_it_has_its_own():
    w = songdat()
    command = unit(w.forces["QS"], "xa", w.dat, "Ban CHQS phường Đất", w.army)
    duty = meeting(w, "year", lead={"force": w.forces["DQ"]}, support={"force": w.forces["CA"]})
    agreed(w, duty, areas=[w.province], parties=[PartyDraft(w.police_song, "lead"), PartyDraft(w.army, "support")])
    open_all(w, NOON)
    assert [task.lead for task in m.Task.objects.order_by("area__code")] == [w.militia_song, command]


@pytest.mark.parametrize(
    ("signing", "giver", "mode", "state"),
    [
        (("police_song", "militia_song"), "militia_song", "assigned", "open"),
        (("police_song", "army"), "army", "assigned", "open"),
        (("police_song", "station"), "police_song", "requested", "asked"),
    ],
)
def test_who_signed_or_stands_below_who_signed_has_accepted_and_the_others_are_asked(signing, giver, mode, state):
    w = songdat()
    first, second = (getattr(w, name) for name in signing)
    duty = meeting(w, "year", lead={"force": w.forces["DQ"]}, support={"force": w.forces["CA"]})
    agreed(w, duty, parties=[PartyDraft(first, "lead"), PartyDraft(second, "support")])
    open_all(w, NOON)
    task = m.Task.objects.get()
    assert (task.lead, task.giver, task.mode, task.state) == (w.militia_song, getattr(w, giver), mode, state)


def test_who_is_to_sign_the_next_text_is_asked_until_it_has_signed():
    w = songdat()
    duty = meeting(w, "year", lead={"force": w.forces["DQ"]}, support={"unit": w.front_song})
    made = agreed(w, duty, parties=[PartyDraft(w.police_song, "lead"), PartyDraft(w.militia_song, "support")])
    now = draft_of(current(made))
    changed = replace(now, parties=[*now.parties, PartyDraft(w.front_song, "support")])
    change_text(by=w.lan, agreement=made, draft=changed, seen=digest_now(current(made)), at=NOON)
    open_all(w, NOON)
    task = m.Task.objects.get()
    assert (task.lead, task.giver, task.state) == (w.militia_song, w.militia_song, "open")
    assert [(s.unit, s.state) for s in task.supports.all()] == [(w.front_song, "asked")]


def test_who_only_guides_binds_as_well_and_a_support_that_nobody_bound_is_asked():
    w = songdat()
    m.Relation.objects.create(upper=w.police, lower=w.militia_song, kind="guides", valid_from=date(2025, 7, 1))
    duty = meeting(w, "year", lead={"force": w.forces["DQ"]}, support={"unit": w.front_song})
    agreed(w, duty, parties=[PartyDraft(w.police_song, "lead"), PartyDraft(w.police, "support")])
    open_all(w, NOON)
    task = m.Task.objects.get()
    assert (task.giver, task.mode, [(s.unit, s.state) for s in task.supports.all()]) == (w.police, "assigned", [(w.front_song, "asked")])


def test_a_named_lead_does_it_once_in_its_own_area():
    w = songdat()
    roles = [PartyDraft(w.police_song, "lead"), PartyDraft(w.police, "cochair")]
    made = agreed(w, meeting(w, "year", level="province", lead={"unit": w.police}, support={"unit": w.army}), areas=[w.province], parties=roles)
    open_all(w, NOON)
    assert [row[0] for row in opened(made)] == ["86"]


def test_a_force_with_no_unit_there_opens_nothing_and_is_not_asked_again_every_day():
    w = songdat()
    agreed(w, meeting(w, "month", lead={"force": w.forces["PC"]}))
    assert (open_all(w, NOON), open_due(by=w.node, at=at(2, 12)), m.Task.objects.count()) == (1, 0, 0)


@pytest.mark.parametrize(
    ("field", "value"),
    [("valid_until", date(2026, 6, 1)), ("valid_from", date(2026, 6, 2)), ("ended_on", date(2026, 6, 1)), ("agreed_on", date(2026, 6, 2))],
)
def test_nothing_is_opened_of_a_text_that_does_not_hold(field, value):
    w = songdat()
    made = agreed(w, meeting(w))
    m.Agreement.objects.filter(pk=made.pk).update(**{field: value})
    assert (open_due(by=w.node, at=NOON), m.Task.objects.count()) == (0, 0)


def test_nothing_is_opened_of_a_text_that_another_in_force_replaces():
    w = songdat()
    old, new = agreed(w, meeting(w)), agreed(w, meeting(w, "year"))
    m.Basis.objects.create(agreement=new, kind="replaces", earlier=old)
    open_all(w, NOON)
    assert opened(old) == []
    assert len(opened(new)) == 1


@pytest.mark.parametrize(("over", "says"), [("replaced", "Văn bản đã được thay thế bằng văn bản khác."), ("lapsed", "Văn bản đã hết hiệu lực.")])
def test_what_is_still_asked_of_a_text_that_is_over_is_withdrawn_but_for_what_was_due_before(over, says):
    w = songdat()
    made = agreed(w, meeting(w))
    open_all(w, NOON)
    if over == "lapsed":
        m.Agreement.objects.filter(pk=made.pk).update(valid_until=date(2026, 7, 15))
    else:
        m.Basis.objects.create(agreement=agreed(w, began=date(2026, 7, 15)), kind="replaces", earlier=made)
    open_all(w, at(14, 8, month=7))
    assert (m.Task.objects.filter(state="withdrawn").count(), open_all(w, at(15, 8, month=7))) == (0, 1)
    states = m.Occasion.objects.filter(duty__clause__version__agreement=made).order_by("first").values_list("first__month", "task__state", "task__answer__text")
    assert list(states)[:3] == [(5, "open", None), (6, "open", None), (7, "withdrawn", says)]
    assert [row for row in states if row[1] == "open"] == [(5, "open", None), (6, "open", None)]
    assert told()[0] == "duty.withdrawn"


def test_periods_end_with_the_text():
    w = songdat()
    made = agreed(w, meeting(w))
    m.Agreement.objects.filter(pk=made.pk).update(valid_until=date(2026, 7, 15))
    assert (open_all(w, NOON), [row[1] for row in opened(made)]) == (1, [date(2026, 5, 15), date(2026, 6, 15)])
    assert open_due(by=w.node, at=at(2, 12)) == 0


def test_a_new_version_opens_its_own_and_takes_back_what_the_former_had_opened_beyond_its_day():
    w = songdat()
    made = agreed(w, meeting(w))
    open_all(w, NOON)
    version = m.Version.objects.create(
        agreement=made, number=2, made_at=NOON, valid_from=date(2026, 8, 15), digest="1" * 64, signing_at=NOON, agreed_on=date(2026, 7, 1)
    )
    clause = m.Clause.objects.create(version=version, order=1, label="Điều 2", content="trattu")
    duty = m.Duty.objects.create(clause=clause, order=1, act="brief", level="commune", cadence="quarter")
    m.DutyRole.objects.create(duty=duty, role="lead", force=w.forces["CA"])
    m.Agreement.objects.filter(pk=made.pk).update(agreed_on=date(2026, 7, 1))
    open_all(w, at(20, 8, month=8))
    states = m.Occasion.objects.filter(duty__cadence="month").order_by("first").values_list("first__month", "task__state")
    assert [(month, state) for month, state in states][:4] == [(5, "open"), (6, "open"), (7, "open"), (8, "withdrawn")]
    assert m.Occasion.objects.filter(duty=duty).count() == 4
    assert m.Task.objects.filter(state="withdrawn").first().answer.text.startswith("Bản mới")


@action
def ended(*, by, agreement, at):
    """What the action that ends an agreement does with its duties."""
    reason = keep("Đã có quy chế mới của tỉnh", "reason", at)
    return withdraw_duties(by=by, agreement=agreement, reason=reason, at=at)


def test_what_nobody_answered_of_an_ended_text_is_withdrawn_with_the_reason():
    w = songdat()
    made = agreed(w, meeting(w))
    open_all(w, NOON)
    done = m.Task.objects.order_by("due_at")[0]
    m.Task.objects.filter(pk=done.pk).update(state="closed", closed_at=NOON, answered_at=NOON)
    assert ended(by=w.lan, agreement=made, at=NOON) == 12
    states = set(m.Task.objects.values_list("state", "answer__text", "closed_at"))
    assert states == {("closed", None, NOON), ("withdrawn", "Đã có quy chế mới của tỉnh", NOON)}
    assert (told()[0], told()[1]["count"]) == ("duty.withdrawn", 12)


def test_only_the_node_opens():
    w = songdat()
    made = agreed(w, meeting(w))
    with pytest.raises(Refused) as refusal:
        open_occasions(by=w.mai, agreement=made, at=NOON)
    assert refusal.value.verdict.code == "not-your-role"


def test_the_queue_shows_what_has_begun_and_nothing_of_later_periods():
    w = songdat()
    agreed(w, meeting(w))
    open_all(w, NOON)
    assert [t.not_before for t in waiting_for(w.lan, date(2026, 6, 1))] == [JUNE]
    assert [t.not_before for t in waiting_for(w.lan, date(2026, 6, 20))] == [JUNE, date(2026, 6, 15)]


def test_a_task_opened_among_many_knows_who_opened_it_and_what_withdrew_it():
    w = songdat()
    a = agreed(w, meeting(w), meeting(w, act="patrol"))
    open_all(w, NOON)
    task = m.Task.objects.order_by("-due_at", "-pk")[0]
    assert [(s.what, s.at, s.by_itself) for s in history_of(w.lan, task, NOON.date())] == [("duty.opened", NOON, True)]
    assert history_of(w.tu, task, NOON.date()) == []
    ended(by=w.lan, agreement=a, at=at(2, 9))
    assert [s.what for s in history_of(w.lan, m.Task.objects.get(pk=task.pk), NOON.date())] == ["duty.opened", "duty.withdrawn"]


def test_of_two_batches_of_one_moment_a_task_knows_its_own(monkeypatch):
    w = songdat()
    monkeypatch.setattr("phoihop.domain.agreements.actions.opening.AT_ONCE", 5)
    agreed(w, meeting(w))
    assert open_all(w, NOON) > 1
    assert {len(history_of(w.lan, task, NOON.date())) for task in m.Task.objects.all()} == {1}
