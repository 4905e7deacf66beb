"""A unit ends. Its heir goes on the patrols that have no result, and speaks for the unit of that day where there is one."""

from datetime import date

import pytest

from phoihop.domain import models as m
from phoihop.domain.activities import rules
from phoihop.domain.activities.actions.confirming import confirm
from phoihop.domain.activities.actions.holding import report
from phoihop.domain.activities.queries.patrols import awaiting_my_word
from phoihop.domain.activities.queries.statements import statement_for
from phoihop.domain.activities.rules import Counted
from phoihop.domain.forces.queries.voices import voices
from phoihop.domain.matters.queries.proof import verify
from phoihop.kernel.heirs import pass_on
from tests.domain.activities.steps import THREE, again, held, planned, refused, reported, standing, total
from tests.world import a_result, a_word, at, songdat, unit

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 3)


def succeed(w, old, new):
    """As the action on units does it: the succession is laid down, and everybody passes on what is open."""
    m.UnitSuccession.objects.create(old=old, new=new, day=DAY, basis="Quyết định 01")
    pass_on(by=w.node, old=old, new=new, day=DAY, at=at(3, 0))


def heir(w, force="CA", name="Công an xã Sông Mới", code="don"):
    return unit(w.forces[force], code, w.song, name, start=date(2026, 1, 1))


def post_of(w, of, role="staff"):
    user = m.User.objects.create(username=f"{of.pk}.{role}", full_name="Người mới", password="!")
    return m.Post.objects.create(user=user, unit=of, role=role, title=role, valid_from=date(2026, 1, 1))


def test_a_unit_speaks_for_those_it_succeeded_nearest_first():
    w = songdat()
    for old, new, day in ((w.police_song, w.police_dat, 1), (w.police_dat, w.police, 2), (w.station, w.police, 3)):
        m.UnitSuccession.objects.create(old=old, new=new, day=date(2026, 6, day), basis="Quyết định 01")
    assert voices(w.police.pk) == [w.police.pk, w.station.pk, w.police_dat.pk, w.police_song.pk]
    assert voices(w.army.pk) == [w.army.pk]


def test_the_heir_of_a_lead_records_what_was_only_planned():
    w = songdat()
    a = planned(w)
    new = heir(w)
    succeed(w, w.police_song, new)
    a = again(a)
    assert (a.matter.lead, set(a.strengths.values_list("unit", flat=True))) == (new, {new.pk, w.militia_song.pk})
    lan = post_of(w, new)
    a = report(by=lan, result=a_result(w, a, parties=[Counted(new, 3), Counted(w.militia_song, 4)]), at=at(3, 8))
    confirm(by=w.binh, word=a_word(a), at=at(3, 9))
    assert (a.recorder, standing()[-4:]) == (new, [("TR.02", None, "CA", 1), ("TR.03", None, "CA", 3), ("TR.02", None, "DQ", 1), ("TR.03", None, "DQ", 4)])
    assert list(verify()) == []


def test_what_a_lead_recorded_stays_its_own_and_later_confirmations_join_it():
    w = songdat()
    a = held(w, *THREE)
    succeed(w, w.police_song, heir(w))
    confirm(by=w.hai, word=a_word(again(a)), at=at(3, 8))
    assert (m.Fact.objects.exclude(reverses=None).count(), total("TR.01"), total("TR.03")) == (0, 1, 12)
    assert set(m.Share.objects.values_list("unit", flat=True)) == {w.police_song.pk, w.militia_song.pk, w.station.pk}


def test_the_heir_corrects_what_its_predecessor_recorded_in_its_name():
    w = songdat()
    a = held(w, *THREE)
    new = heir(w)
    succeed(w, w.police_song, new)
    lan = post_of(w, new)
    parties = [Counted(w.police_song, 3), Counted(w.militia_song, 4), Counted(w.station, 9)]
    a = report(by=lan, result=a_result(w, again(a), parties=parties), at=at(3, 8))
    assert (a.recorder, a.matter.lead, a.confirmed) == (w.police_song, new, 0)
    assert refused(lambda: confirm(by=lan, word=a_word(a), at=at(3, 9))) == ("lead-confirms", None)
    confirm(by=w.binh, word=a_word(a), at=at(3, 9))
    assert ({f for c, _, f, _ in standing() if c == "TR.03"}, total("TR.03")) == ({"CA", "DQ"}, 7)


def test_the_heir_of_a_party_confirms_for_the_unit_of_that_day():
    w = songdat()
    a = reported(w)
    new = heir(w, "DQ", "Ban CHQS xã Sông Mới")
    succeed(w, w.militia_song, new)
    binh = post_of(w, new, "duty")
    assert list(awaiting_my_word(binh, DAY)) == [a]
    assert statement_for(binh, again(a), DAY).mine.unit == w.militia_song
    a = confirm(by=binh, word=a_word(a), at=at(3, 8))
    assert (a.confirmations.get().unit, a.confirmations.get().by, rules.state(a, at(3, 9))) == (w.militia_song, binh, "held")
    assert [(f, v) for c, _, f, v in standing() if c == "TR.03"] == [("CA", 3), ("DQ", 4)]


def test_closed_patrols_keep_the_units_of_their_day():
    w = songdat()
    a = held(w)
    assert a.matter.closed_at is not None
    succeed(w, w.police_song, heir(w))
    assert (again(a).matter.lead, set(a.strengths.values_list("unit", flat=True))) == (w.police_song, {w.police_song.pk, w.militia_song.pk})


def test_an_heir_that_was_a_party_itself_is_not_named_twice():
    w = songdat()
    a = planned(w, *THREE)
    succeed(w, w.station, w.militia_song)
    assert sorted(a.strengths.values_list("unit", flat=True)) == sorted([w.police_song.pk, w.militia_song.pk])


def test_a_party_that_inherited_the_record_still_speaks_as_itself():
    w = songdat()
    a = reported(w)
    succeed(w, w.police_song, w.militia_song)
    a = confirm(by=w.binh, word=a_word(again(a)), at=at(3, 8))
    assert a.confirmations.get().unit == w.militia_song
