import pytest

from phoihop.domain import models as m
from phoihop.domain.activities.queries.own import companions, crews, led_by, links_made, taken_part_in, without_result
from phoihop.domain.matters.actions.parts import answer
from phoihop.kernel.period import local_day
from tests.domain.activities.steps import THREE, accepted, held, planned
from tests.world import NOON, at, songdat

pytestmark = pytest.mark.django_db
TODAY = local_day(NOON)


def test_a_unit_leads_its_own_and_takes_part_in_what_it_is_down_for():
    w = songdat()
    a = planned(w, *THREE)
    assert [list(led_by(post, TODAY)) for post in (w.lan, w.binh, w.thu)] == [[a], [], []]
    assert [list(taken_part_in(post, TODAY)) for post in (w.lan, w.binh, w.thu)] == [[a], [a], []]


def test_who_may_see_no_matter_has_none():
    w = songdat()
    planned(w, *THREE)
    m.Post.objects.filter(pk=w.lan.pk).update(role="auditor")
    auditor = m.Post.objects.get(pk=w.lan.pk)
    assert [list(led_by(auditor, TODAY)), list(taken_part_in(auditor, TODAY)), list(links_made(auditor, TODAY))] == [[], [], []]


def test_a_result_is_missing_from_the_planned_end_on_until_somebody_says_what_came_of_it():
    w = songdat()
    a = accepted(w, planned(w, *THREE))
    assert [list(without_result(w.lan, now, TODAY)) for now in (NOON, at(3, 8))] == [[], [a]]
    assert list(without_result(w.binh, at(3, 8), TODAY)) == []
    held(w, "police_song", "militia_song", a=a)
    assert list(without_result(w.lan, at(3, 8), TODAY)) == []


def test_a_crew_is_who_did_not_decline_and_another_units_patrol_tells_none():
    w = songdat()
    a = planned(w, *THREE)
    answer(by=w.hai, part=a.matter.parts.get(unit=w.station), state="declined", reason="Trùng ca", at=NOON)
    assert {pk: [s.unit.force.code for s in crew] for pk, crew in crews(w.lan, [a]).items()} == {a.pk: ["CA", "DQ"]}
    assert crews(w.binh, [a]) == {}


def test_companions_are_who_went_along_before():
    w = songdat()
    planned(w, *THREE)
    assert [{unit.force.code for unit in companions(post, TODAY)} for post in (w.lan, w.binh)] == [{"DQ", "BP"}, set()]
