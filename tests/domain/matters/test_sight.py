import itertools
from datetime import date

import pytest

from phoihop.domain import models as m
from phoihop.domain.matters.queries.sight import coarsely, seen_by, sight_of, sighted, with_sight
from phoihop.domain.matters.rules import Sight, sight
from phoihop.kernel.spoken import Spoken, uid_of
from tests.world import NOON, songdat, unit

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


def matter(w, n, lead, **fields):
    code = str(Spoken("VV", 2026, "PH86", n))
    return m.Matter.objects.create(uid=uid_of(code), code=code, kind="VV", home="PH86", lead=lead, area=w.song, opened_at=NOON, **fields)


def part(of, of_unit, state):
    return m.Participation.objects.create(matter=of, unit=of_unit, role="support", state=state, asked_at=NOON, answered_at=NOON)


def every_combination(w, viewer):
    """One matter for each combination of relations between the viewer's unit and it."""
    below = unit(w.forces["QS"], "ptkv", w.dat, "Ban Chỉ huy PTKV Đất", viewer)
    guided = unit(w.forces["MT"], "tinh", w.province, "Ủy ban MTTQ tỉnh")
    m.Relation.objects.create(upper=viewer, lower=guided, kind="guides", valid_from=date(2025, 7, 1))
    combinations = itertools.product((True, False), (None, *m.PartState.values), (True, False), (True, False), (True, False))
    made = {}
    for n, (leads, state, directs, guides, granted) in enumerate(combinations, 1):
        one = matter(w, n, viewer if leads else w.strangers)
        if state:
            part(one, viewer, state)
        if directs:
            part(one, below, "accepted" if n % 2 else "asked")
        if guides:
            part(one, guided, "accepted" if n % 2 else "asked")
        if granted:
            m.Grant.objects.create(matter=one, unit=viewer, basis="QC 01", until=None if n % 2 else date(2026, 6, 2))
        made[one.pk] = sight(leads=leads, part=state, directs=directs, guides=guides, granted=granted)
    return made


def test_the_query_says_what_the_rule_says_for_every_combination_of_relations():
    w = songdat()
    expected = every_combination(w, w.army)
    assert len(expected) == 112
    assert dict(with_sight(w.dung, TODAY).values_list("pk", "sight")) == {pk: int(seen) for pk, seen in expected.items()}


def test_what_is_listed_is_what_is_seen_from_the_title_up():
    w = songdat()
    expected = every_combination(w, w.army)
    assert set(seen_by(w.dung, TODAY).values_list("pk", flat=True)) == {pk for pk, seen in expected.items() if seen >= Sight.TITLE}


def test_a_list_tells_apart_who_takes_part_who_declined_and_who_sees_it_besides():
    w = songdat()
    expected = {pk: seen for pk, seen in every_combination(w, w.army).items() if seen >= Sight.TITLE}
    coarse = {pk: seen if seen in (Sight.TITLE, Sight.WHOLE) else Sight.GRANTED for pk, seen in expected.items()}
    assert dict(coarsely(seen_by(w.dung, TODAY), w.dung, TODAY).values_list("pk", "sight")) == {pk: int(seen) for pk, seen in coarse.items()}


def test_records_that_hang_on_a_matter_are_seen_as_the_matter_is():
    w = songdat()
    expected = every_combination(w, w.army)
    for pk in expected:
        m.Note.objects.create(matter_id=pk, unit=w.army, at=NOON, body=m.Body.objects.create(digest="0" * 64, purpose="note", erased_at=NOON))
    found = sighted(m.Note.objects.all(), w.dung, TODAY, "matter").values_list("matter", "sight")
    assert dict(found) == {pk: int(seen) for pk, seen in expected.items()}


@pytest.mark.parametrize("state", ["declined", "unable", "withdrawn", "informed"])
def test_who_does_not_take_part_opens_the_matter_to_no_superior(state):
    w = songdat()
    one = matter(w, 1, w.strangers)
    part(one, w.station, state)
    assert sight_of(w.dung, one, TODAY) is Sight.NOTHING


def test_a_superior_sees_what_units_below_it_lead_at_any_depth():
    w = songdat()
    assert sight_of(w.dung, matter(w, 1, w.station), TODAY) is Sight.SHARED


def test_a_guiding_unit_sees_figures_of_what_the_guided_one_leads():
    w = songdat()
    m.Relation.objects.create(upper=w.police, lower=w.front_song, kind="guides", valid_from=date(2025, 7, 1))
    assert sight_of(w.mai, matter(w, 1, w.front_song), TODAY) is Sight.FIGURES


@pytest.mark.parametrize("kind", ["coordinates", "joint"])
def test_a_coordinating_unit_sees_nothing(kind):
    w = songdat()
    m.Relation.objects.create(upper=w.police, lower=w.front_song, kind=kind, valid_from=date(2025, 7, 1))
    assert sight_of(w.mai, matter(w, 1, w.front_song), TODAY) is Sight.NOTHING


@pytest.mark.parametrize(
    ("fields", "seen"),
    [
        ({"until": date(2026, 6, 2)}, Sight.GRANTED),
        ({"until": date(2026, 6, 1)}, Sight.NOTHING),
        ({"ended_at": NOON}, Sight.NOTHING),
    ],
)
def test_a_grant_lasts_until_its_day_and_until_it_is_ended(fields, seen):
    w = songdat()
    one = matter(w, 1, w.strangers)
    m.Grant.objects.create(matter=one, unit=w.army, basis="QC 01", **fields)
    assert sight_of(w.dung, one, TODAY) is seen


def test_directing_and_guiding_count_on_the_day_asked_for():
    w = songdat()
    led, guided = matter(w, 1, w.station), matter(w, 2, w.front_song)
    m.UnitClosure.objects.filter(ancestor=w.army, unit=w.station).update(valid_until=date(2026, 6, 1))
    m.Relation.objects.create(upper=w.army, lower=w.front_song, kind="guides", valid_from=date(2026, 1, 1), valid_until=date(2026, 6, 1))
    days = (date(2026, 5, 31), date(2026, 6, 1))
    assert [sight_of(w.dung, led, day) for day in days] == [Sight.SHARED, Sight.NOTHING]
    assert [sight_of(w.dung, guided, day) for day in days] == [Sight.FIGURES, Sight.NOTHING]


def test_a_post_of_another_time_and_a_post_that_sees_no_matters_see_nothing():
    w = songdat()
    one = matter(w, 1, w.police)
    w.mai.valid_until = TODAY
    assert [sight_of(post, one, TODAY) for post in (w.mai, w.van, w.quan)] == [Sight.NOTHING] * 3
    assert [seen_by(post, TODAY).count() for post in (w.mai, w.van, w.quan)] == [0, 0, 0]
    assert sight_of(w.mai, one, date(2026, 5, 31)) is Sight.WHOLE


def ended(old, new, day):
    m.UnitSuccession.objects.create(old=old, new=new, day=day, basis="QĐ 12")
    m.UnitClosure.objects.filter(unit=old).update(valid_until=day)
    m.Unit.objects.filter(pk=old.pk).update(valid_until=day)


def test_what_a_dissolved_unit_led_opens_to_its_heir_and_to_who_directed_it_to_its_end():
    w = songdat()
    led, taken = matter(w, 1, w.police_song), matter(w, 2, w.militia_song)
    part(taken, w.police_song, "accepted")
    ended(w.police_song, w.police_dat, TODAY)
    seen = {(name, one.code[-1]): sight_of(getattr(w, name), one, date(2026, 7, 1)) for name in ("phuong", "mai", "tu") for one in (led, taken)}
    assert set(seen.values()) == {Sight.WHOLE, Sight.SHARED, Sight.NOTHING}
    assert {name: {seen[key] for key in seen if key[0] == name} for name in ("phuong", "mai", "tu")} == {
        "phuong": {Sight.WHOLE}, "mai": {Sight.SHARED}, "tu": {Sight.NOTHING},
    }  # fmt: skip


def test_who_directed_a_unit_only_before_its_end_does_not_see_it():
    w = songdat()
    led = matter(w, 1, w.station)
    m.UnitClosure.objects.filter(ancestor=w.army, unit=w.station).update(valid_until=date(2026, 5, 1))
    m.UnitClosure.objects.filter(unit=w.station, ancestor=w.station).update(valid_until=TODAY)
    m.Unit.objects.filter(pk=w.station.pk).update(valid_until=TODAY)
    assert sight_of(w.dung, led, date(2026, 7, 1)) is Sight.NOTHING
