import pytest

from phoihop.domain import models as m
from phoihop.domain.activities.actions.confirming import confirm
from phoihop.domain.activities.actions.planning import cancel, plan
from phoihop.domain.activities.queries.parties import parties, slots
from phoihop.domain.activities.queries.patrols import asked_of, awaiting_my_word, patrols, with_silent
from phoihop.domain.activities.rules import Grace, PartyDraft, Slot, clashes, free_team
from phoihop.domain.forces.queries.voices import voices_at_hand
from phoihop.domain.matters.actions.parts import answer, grant
from phoihop.kernel.period import local_day
from tests.domain.activities.steps import THREE, accepted, again, held, planned, reported
from tests.world import NOON, a_draft, a_word, at, songdat

pytestmark = pytest.mark.django_db
TODAY, GRACE = local_day(NOON), Grace()


def shown(viewer, a, now):
    """(force, leads, answer, people as planned, word) of each party that the viewer sees."""
    return [
        (p.unit.force.code, p.leads, p.part and p.part.state, p.strength and p.strength.planned_people, p.word and p.word.agrees)
        for p in parties(viewer, again(a), now, GRACE, TODAY)
    ]


def test_parties_stand_with_their_answers_strengths_and_words_lead_first():
    w = songdat()
    a = planned(w, *THREE, followers=[w.front_song])
    answer(by=w.hai, part=a.matter.parts.get(unit=w.station), state="declined", reason="Trùng ca", at=NOON)
    held(w, "police_song", "militia_song", a=accepted(w, a))
    assert shown(w.lan, a, at(2, 8)) == [
        ("CA", True, None, 3, None),
        ("BP", False, "declined", 5, None),
        ("DQ", False, "accepted", 4, True),
        ("MT", False, "informed", None, None),
    ]


@pytest.mark.parametrize(
    ("poster", "before", "after"),
    [("binh", [3, 4, 5], [3, 4, 5]), ("mai", [None] * 3, [3, 4, 5]), ("thu", [None] * 3, [3, 4, 5]), ("tu", [None] * 3, [3, 4, 5]), ("phuong", [], [])],
)
def test_strengths_are_shown_to_who_takes_part_and_to_others_once_it_is_over(poster, before, after):
    w = songdat()
    a = planned(w, *THREE, followers=[w.front_song])
    grant(by=w.lan, matter=a.matter, unit=w.strangers, basis="QC 01", at=NOON)
    order = {"CA": 0, "DQ": 1, "BP": 2}
    for now, expected in ((at(1, 21), before), (at(1, 23, 1), after)):
        found = sorted((row for row in shown(getattr(w, poster), a, now) if row[0] in order), key=lambda row: order[row[0]])
        assert [people for _, _, _, people, _ in found] == expected


def test_who_declined_sees_its_own_answer_and_nobody_elses():
    w = songdat()
    a = planned(w, *THREE)
    answer(by=w.hai, part=a.matter.parts.get(unit=w.station), state="declined", reason="Trùng ca", at=NOON)
    assert shown(w.hai, a, at(1, 23, 1)) == [("BP", False, "declined", None, None)]


def test_how_many_are_silent_is_counted_from_who_was_there():
    w = songdat()
    a, b, c = reported(w, *THREE), held(w, *THREE), reported(w, a=planned(w, *THREE))
    d, e = planned(w), reported(w, held=False, why="Mưa lớn")
    f = confirm(by=w.hai, word=a_word(held(w, *THREE), agrees=False, note="Không đi"), at=at(2, 8))
    found = dict(with_silent(m.Activity.objects.all()).values_list("pk", "silent"))
    assert found == {a.pk: 2, b.pk: 1, c.pk: 1, d.pk: 0, e.pk: 0, f.pk: 0}


def test_what_waits_for_my_word_is_what_names_my_unit_and_is_not_answered():
    w = songdat()
    there, away = reported(w, *THREE), reported(w, a=planned(w, *THREE))
    planned(w, *THREE)
    cancel(by=w.lan, activity=reported(w, *THREE), why="Nhập nhầm", at=at(2, 7))
    not_held = reported(w, a=planned(w, *THREE), held=False, why="Mưa lớn")
    assert list(awaiting_my_word(w.hai, TODAY)) == [there, not_held]
    assert list(awaiting_my_word(w.binh, TODAY)) == [there, away, not_held]
    confirm(by=w.hai, word=a_word(there), at=at(2, 8))
    assert list(awaiting_my_word(w.hai, TODAY)) == [not_held]
    reported(w, *THREE, a=again(there), ended_at=at(1, 21), when=at(2, 9))
    assert list(awaiting_my_word(w.hai, TODAY)) == [not_held, again(there)]
    assert [list(awaiting_my_word(post, TODAY)) for post in (w.lan, w.mai, w.van, w.tu)] == [[]] * 4


def test_what_is_asked_of_my_unit_comes_by_its_start():
    w = songdat()
    late, soon = planned(w, start=at(5, 20), end=at(5, 22)), planned(w)
    cancel(by=w.lan, activity=planned(w), why="Bão", at=NOON)
    accepted(w, planned(w))
    assert [p.matter.activity for p in asked_of(w.binh, TODAY)] == [soon, late]
    assert [list(asked_of(post, TODAY)) for post in (w.lan, w.hai, w.van)] == [[], [], []]


def test_who_never_answered_is_asked_to_confirm_the_result_and_no_longer_to_come_but_still_whether_it_will_lead():
    w = songdat()
    a = reported(w, *THREE, a=planned(w, *THREE))
    assert [(list(asked_of(post, TODAY)), list(awaiting_my_word(post, TODAY))) for post in (w.binh, w.hai)] == [([], [a])] * 2
    a.matter.parts.filter(unit=w.militia_song).update(role="lead")
    assert [p.matter.activity for p in asked_of(w.binh, TODAY)] == [a]


def rows(found):
    return {(s.unit, s.team, s.start, s.end, s.activity) for s in found}


def test_slots_are_those_of_patrols_that_my_unit_leads_or_takes_part_in():
    w = songdat()
    ours = planned(w)
    hidden = plan(by=w.mai, draft=a_draft(w, parties=[PartyDraft(w.police, 3), PartyDraft(w.militia_song, 4)]), at=NOON)
    time = (at(1, 20), at(1, 22))
    mine, theirs = rows(slots(w.lan, at(1, 0), at(2, 0), TODAY)), rows(slots(w.binh, at(1, 0), at(2, 0), TODAY))
    assert mine == {(w.police_song.pk, 1, *time, ours.pk), (w.militia_song.pk, 1, *time, ours.pk)}
    assert theirs == mine | {(w.police.pk, 1, *time, hidden.pk), (w.militia_song.pk, 1, *time, hidden.pk)}
    assert [slots(post, at(1, 0), at(2, 0), TODAY) for post in (w.hai, w.thu, w.van)] == [[], [], []]


def test_who_declined_who_was_cancelled_and_what_lies_elsewhere_takes_no_slot():
    w = songdat()
    a = planned(w)
    answer(by=w.binh, part=a.matter.parts.get(), state="unable", reason="Thiếu xuồng", at=NOON)
    cancel(by=w.lan, activity=planned(w), why="Bão", at=NOON)
    planned(w, start=at(3, 20), end=at(3, 22))
    assert rows(slots(w.lan, at(1, 22), at(2, 0), TODAY)) == set()
    assert rows(slots(w.lan, at(1, 21, 59), at(2, 0), TODAY)) == {(w.police_song.pk, 1, at(1, 20), at(1, 22), a.pk)}


def test_a_clash_is_shown_with_its_fix():
    w = songdat()
    first, second = planned(w), planned(w, start=at(1, 21), end=at(1, 23))
    found = slots(w.lan, at(1, 0), at(2, 0), TODAY)
    assert {(a.unit, a.activity, b.activity) for a, b in clashes(found)} == {(u.pk, first.pk, second.pk) for u in (w.police_song, w.militia_song)}
    assert free_team(found, w.militia_song.pk, at(1, 21), at(1, 23)) == 2
    mended = [Slot(s.unit, 2 if s.activity == second.pk else s.team, s.start, s.end, s.activity) for s in found]
    assert clashes(mended) == []


def test_the_list_of_patrols_asks_the_same_few_questions_however_long_it_is(django_assert_num_queries):
    w = songdat()
    for count in (1, 5):
        for _ in range(count):
            planned(w)
        voices_at_hand(w.lan.unit_id)  # asked once and kept
        with django_assert_num_queries(1):
            list(patrols(w.lan, NOON, GRACE, TODAY).select_related("matter__area", "matter__lead__force", "matter__title", "route"))
