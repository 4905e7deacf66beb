"""A unit ends, another takes over: what it held goes on in other hands by one act, what it did stays its own."""

import json
from datetime import date

import pytest

from phoihop.domain import models as m
from phoihop.domain.forces.actions.keeping import publish_contact
from phoihop.domain.forces.actions.relating import cover, relate
from phoihop.domain.forces.actions.succession import succeed
from phoihop.domain.forces.queries import chain_above, contacts_of, heirs_of, known_numbers, relation_between, units_below, units_of
from phoihop.domain.matters.actions.parts import grant
from phoihop.domain.matters.queries.proof import verify
from phoihop.domain.tasks.actions import give
from phoihop.domain.tasks.rules import TaskDraft
from phoihop.kernel.duty_number import DutyNumber
from phoihop.kernel.verdict import Refused
from tests.domain.matters.opened import opened
from tests.world import NOON, at, songdat

pytestmark = pytest.mark.django_db

DAY = date(2026, 6, 2)


def hand_over(w, old, heir, **change):
    return succeed(**({"by": w.quan, "old": old, "new": heir, "day": DAY, "basis": "QĐ 2786/QĐ-BQP", "at": at(2, 0)} | change))


def test_lead_task_post_and_grant_are_handed_over_by_one_action():
    w, matter = opened()
    give(by=w.lan, draft=TaskDraft(matter=matter, what="Kiểm tra bến đò", lead=w.police_song, due_at=at(9, 8)), at=NOON)
    given = grant(by=w.lan, matter=matter, unit=w.front_song, basis="QC 01", at=NOON)
    hand_over(w, w.police_song, w.police_dat)
    hand_over(w, w.front_song, w.militia_song)
    for record in (matter, given, w.police_song):
        record.refresh_from_db()
    task = m.Task.objects.get()
    assert (matter.lead, task.lead, given.unit) == (w.police_dat, w.police_dat, w.militia_song)
    assert [post.unit for post in m.Post.objects.filter(user=w.lan.user, valid_until=None)] == [w.police_dat]
    assert (w.police_song.valid_until, heirs_of(w.police_song, DAY)) == (DAY, [w.police_dat])
    assert list(verify()) == []


def test_the_event_says_how_much_each_topic_handed_over():
    w, _matter = opened()
    hand_over(w, w.police_song, w.police_dat)
    (event,) = m.Event.objects.filter(what="unit.succeeded")
    told = json.loads(event.body)
    assert (told["old"], told["new"], told["day"], sum(told["passed"].values()) > 0) == (w.police_song.key, w.police_dat.key, "2026-06-02", True)


def test_those_below_follow_the_heir_and_those_above_do_not():
    w = songdat()
    relate(by=w.quan, upper=w.police, lower=w.border, kind="guides", day=date(2026, 1, 1), at=NOON)
    hand_over(w, w.border, w.army)
    assert [relation_between(w.army, w.station, day) for day in (date(2026, 6, 1), DAY)] == ["directs", "directs"]
    assert [u.name for u in chain_above(w.station, DAY)] == [w.army.name]
    assert [u.name for u in chain_above(w.station, date(2026, 6, 1))] == [w.border.name, w.army.name]
    assert (relation_between(w.police, w.border, DAY), relation_between(w.police, w.army, DAY)) == (None, None)
    assert list(units_below(w.border, DAY)) == []


def test_coverage_and_contacts_go_on_with_the_heir():
    w = songdat()
    cover(by=w.quan, unit=w.station, areas=[w.dat], day=date(2026, 1, 1), at=NOON)
    publish_contact(by=w.quan, unit=w.station, label="Trực chỉ huy", number=DutyNumber("0270 3822 345"), day=date(2026, 1, 1), at=NOON)
    hand_over(w, w.station, w.border)
    assert [w.station in units_of(w.dat, day) for day in (date(2026, 6, 1), DAY)] == [True, False]
    assert w.border in units_of(w.dat, DAY)
    assert [(c.unit, c.digits) for c in contacts_of([w.station, w.border], DAY)] == [(w.border, "02703822345")]
    assert known_numbers() == {"02703822345"}


def test_a_relation_that_the_heir_has_already_is_not_doubled():
    w = songdat()
    relate(by=w.quan, upper=w.army, lower=w.station, kind="directs", day=date(2026, 1, 1), at=NOON)
    hand_over(w, w.border, w.army)
    assert m.Relation.objects.filter(upper=w.army, lower=w.station, valid_until=None).count() == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda w: {"new": w.police_song}, "same-unit"),
        (lambda w: {"day": date(2025, 7, 1)}, "before-start"),
        (lambda w: {"basis": " "}, "basis-missing"),
        (lambda w: {"by": w.mai}, "not-your-role"),
    ],
)
def test_a_succession_that_cannot_be_is_refused(change, code):
    w = songdat()
    with pytest.raises(Refused) as refused:
        hand_over(w, w.police_song, w.police_dat, **change(w))
    assert refused.value.verdict.code == code
    assert (m.UnitSuccession.objects.count(), m.Unit.objects.exclude(valid_until=None).count()) == (0, 0)


def test_a_unit_ends_once_and_an_ended_one_takes_over_from_nobody():
    w = songdat()
    hand_over(w, w.police_song, w.police_dat)
    codes = []
    for old, new in ((w.police_song, w.police), (w.front_song, w.police_song)):
        with pytest.raises(Refused) as refused:
            hand_over(w, old, new)
        codes.append(refused.value.verdict.code)
    assert codes == ["unit-ended", "unit-not-then"]
