"""What a patrol adds to the figures, and in which lines. Which decree it counts for follows from who took part."""

from datetime import date, datetime

import pytest

from phoihop.domain import models as m
from phoihop.domain.activities.actions.confirming import confirm
from phoihop.domain.activities.actions.holding import report
from phoihop.domain.activities.actions.planning import cancel, plan
from phoihop.domain.activities.actions.routes import draw_route, join_campaign, open_campaign
from phoihop.domain.activities.rules import Counted, LegDraft, PartyDraft, RouteDraft
from phoihop.domain.matters.queries.proof import verify
from phoihop.kernel.period import HOME, local_day
from tests.domain.activities.steps import THREE, events, held, planned, reported, standing, total
from tests.world import NOON, a_draft, a_result, a_word, area, at, person, songdat, unit

pytestmark = pytest.mark.django_db


def lines_of(w):
    """In which lines the joint facts that stand were counted, by the unit that brought them in."""
    shares = m.Share.objects.filter(fact__measure__code="TR.01", fact__reverses=None, fact__reversed_by=None).order_by("pk")
    by_bit = {1 << line.pk: code for code, line in w.lines.items()}
    return [(s.unit.force.code, {code for bit, code in by_bit.items() if s.lines & bit}) for s in shares.select_related("unit__force")]


def test_a_patrol_is_planned_held_confirmed_and_counted_once():
    w = songdat()
    held(w)
    assert standing() == [
        ("TR.09.KH", "road", None, 1), ("TR.01", "road", None, 1), ("TR.04", "road", None, 192), ("TR.09.TH", "road", None, 1),
        ("TR.02", None, "CA", 1), ("TR.03", None, "CA", 3), ("TR.02", None, "DQ", 1), ("TR.03", None, "DQ", 4),
    ]  # fmt: skip
    assert lines_of(w) == [("CA", {"CA", "BCA"}), ("DQ", {"DQ", "BQP", "ND03", "ND02"})]
    assert events() == ["patrol.planned", "patrol.reported", "patrol.confirmed"]
    assert list(verify()) == []


def joint(w, *names):
    """A patrol of the named units, led by the first, confirmed by all others; the posts are made for it."""
    units = [getattr(w, name) for name in names]
    posts = [person(f"trực {n}", u, "duty") for n, u in enumerate(units)]
    draft = a_draft(w, route_kind="sea", parties=[PartyDraft(u, 4) for u in units])
    a = plan(by=posts[0], draft=draft, at=NOON)
    a = report(by=posts[0], result=a_result(w, a, parties=[Counted(u, 4) for u in units]), at=at(1, 23))
    for post in posts[1:]:
        a = confirm(by=post, word=a_word(a), at=at(2, 7))
    return a


@pytest.mark.parametrize(
    ("names", "lines"),
    [
        (("station", "militia_song"), ("BP", "DQ", "BQP", "ND02")),
        (("army", "police"), ("QS", "CA", "BQP", "BCA", "ND03")),
        (("police", "fire"), ("CA", "PC", "BCA")),
        (("station", "police_song"), ("BP", "CA", "BQP", "BCA", "ND03")),
        (("militia_song", "police_song"), ("DQ", "CA", "BQP", "BCA", "ND03", "ND02")),
        (("militia_song", "militia_dat"), ("DQ", "BQP")),
        (("militia_song", "front_song"), ("DQ", "MT", "BQP", "ND02")),
        (("police_song", "front_song"), ("CA", "MT", "BCA")),
        (("army", "station"), ("QS", "BP", "BQP")),
    ],
    ids="+".join,
)
def test_the_lines_of_an_act_follow_from_who_took_part(names, lines):
    w = songdat()
    w.fire = unit(w.forces["PC"], "tinh", w.province, "Phòng PCCC và CNCH")
    w.militia_dat = unit(w.forces["DQ"], "xa", w.dat, "Ban CHQS phường Đất", w.army)
    joint(w, *names)
    found = lines_of(w)
    assert set().union(*(brought for _, brought in found)) == set(lines)
    assert sum(len(brought) for _, brought in found) == len(lines)


def test_an_occasion_is_counted_in_a_line_once_however_many_of_its_forces_took_part():
    w = songdat()
    joint(w, "police_song", "militia_song", "station", "army")
    assert lines_of(w) == [("CA", {"CA", "BCA"}), ("DQ", {"DQ", "BQP", "ND03", "ND02"}), ("BP", {"BP"}), ("QS", {"QS"})]
    assert (total("TR.01"), total("TR.03")) == (1, 16)


DECREES = {"ND03": date(2019, 9, 5), "ND02": date(2020, 7, 1)}


@pytest.mark.parametrize(
    ("year", "month", "lines"),
    [
        (2018, 6, ("CA", "DQ", "BCA", "BQP")),
        (2019, 9, ("CA", "DQ", "BCA", "BQP")),
        (2019, 10, ("CA", "DQ", "BCA", "BQP", "ND03")),
        (2020, 6, ("CA", "DQ", "BCA", "BQP", "ND03")),
        (2020, 7, ("CA", "DQ", "BCA", "BQP", "ND03", "ND02")),
    ],
)
def test_a_decree_counts_from_its_first_day_on(year, month, lines):
    w = songdat()
    early = date(2010, 1, 1)
    for code, day in DECREES.items():
        m.LineNeed.objects.filter(line=w.lines[code]).update(valid_from=day)
    m.LineMember.objects.update(valid_from=early)
    old = area("28999", "Cũ", "commune", "xa", start=early)
    police, militia = unit(w.forces["CA"], "xa", old, "Công an xã Cũ", start=early), unit(w.forces["DQ"], "xa", old, "Ban CHQS xã Cũ", start=early)
    lead, other = person("già", police, "staff", early), person("cũ", militia, "duty", early)
    first, until = datetime(year, month, 1, 20, tzinfo=HOME), datetime(year, month, 1, 22, tzinfo=HOME)
    a = plan(by=lead, draft=a_draft(w, start=first, end=until, area=old, planned=False, parties=[PartyDraft(police, 3), PartyDraft(militia, 4)]), at=NOON)
    result = a_result(w, a, started_at=first, ended_at=until, parties=[Counted(police, 3), Counted(militia, 4)])
    confirm(by=other, word=a_word(report(by=lead, result=result, at=NOON)), at=NOON)
    assert set().union(*(brought for _, brought in lines_of(w))) == set(lines)


def test_one_line_before_a_reform_is_another_after_it():
    w = songdat()
    m.LineMember.objects.filter(line=w.lines["BQP"], force=w.forces["BP"]).update(valid_from=date(2026, 7, 1))
    joint(w, "station", "police_song")
    assert set().union(*(brought for _, brought in lines_of(w))) == {"BP", "CA", "BCA"}


def test_exercises_post_nothing():
    w = songdat()
    a = confirm(by=w.binh, word=a_word(reported(w, a=planned(w, exercise=True))), at=at(2, 7))
    cancel(by=w.lan, activity=a, why="Xong diễn tập", at=at(3, 8))
    assert (m.Fact.objects.count(), m.Share.objects.count()) == (0, 0)


def test_outcomes_and_means_are_counted_with_the_act():
    w = songdat()
    parties = [Counted(w.police_song, 3, 1, {"oto": 1}), Counted(w.militia_song, 4, 1, {"xuong": 2})]
    held(w, parties=parties, outcomes={"nhac-nho": 2, "vp.cat": 1})
    assert set(standing()) >= {
        ("TR.KQ", "kq.nhac-nho", None, 2), ("TR.KQ", "kq.vp.cat", None, 1), ("TR.06", "pt.oto", "CA", 1), ("TR.06", "pt.xuong", "DQ", 2),
    }  # fmt: skip


def test_an_armed_patrol_stands_on_its_own_line():
    w = songdat()
    held(w, a=planned(w, armed=True))
    assert {item for _, item, _, _ in standing() if item} == {"road.armed"}


def test_an_unplanned_patrol_is_held_and_fulfils_no_plan():
    w = songdat()
    held(w, a=planned(w, planned=False))
    assert (total("TR.01"), total("TR.09.KH"), total("TR.09.TH")) == (1, 0, 0)


@pytest.mark.parametrize(("minutes", "hundredths"), [(60, 100), (90, 150), (20, 33), (115, 192), (1, 2), (0.5, 0)])
def test_hours_are_kept_in_hundredths(minutes, hundredths):
    w = songdat()
    a = reported(w, started_at=at(1, 20), ended_at=at(1, 20) + (at(1, 21) - at(1, 20)) * minutes / 60)
    confirm(by=w.binh, word=a_word(a), at=at(2, 7))
    assert total("TR.04") == hundredths


def touched():
    joint_fact = m.Fact.objects.get(measure__code="TR.01", reverses=None, reversed_by=None)
    return set(joint_fact.areas.values_list("area__code", flat=True))


LEGS = {1: (at(1, 20, 5), at(1, 21)), 2: (at(1, 21), at(1, 22))}


def walk(w, **change):
    legs = [LegDraft(w.song, at(1, 20), at(1, 21)), LegDraft(w.dat, at(1, 21), at(1, 22))]
    return planned(w, legs=legs, **change)


def test_other_areas_touched_by_legs_and_route_feed_coverage_only():
    w = songdat()
    far = area("29003", "Xa", "commune", "xa", w.province)
    route = draw_route(by=w.lan, draft=RouteDraft("B1", "Đường đê", "road", w.song, areas=[far]), at=NOON)
    held(w, a=walk(w, route=route))
    assert (touched(), m.FactArea.objects.count(), total("TR.01")) == ({"29002", "29003"}, 2, 1)
    assert set(m.Fact.objects.values_list("area__code", flat=True)) == {"29001"}


def test_only_the_legs_that_were_walked_are_touched():
    w = songdat()
    held(w, a=walk(w), legs={1: LEGS[1]})
    assert touched() == set()


def test_a_correction_of_the_walk_moves_the_coverage():
    w = songdat()
    a = held(w, a=walk(w), legs={1: LEGS[1]})
    reported(w, a=a, legs=LEGS, when=at(2, 8))
    assert (touched(), total("TR.01"), m.Fact.objects.filter(measure__code="TR.01").count()) == ({"29002"}, 1, 3)


def test_a_campaign_groups_and_adds_no_patrol():
    w = songdat()
    campaign = open_campaign(by=w.lan, name="Cao điểm hè", area=w.song, first=local_day(NOON), until=local_day(at(30, 0)), at=NOON)
    a, b = planned(w), planned(w, start=at(2, 20), end=at(2, 22))
    before = standing()
    assert join_campaign(by=w.lan, campaign=campaign, activities=[a, b], at=NOON) == 2
    assert standing() == before
    assert [code for code, _, _, _ in standing()] == ["TR.07", "TR.09.KH", "TR.09.KH"]
    held(w, a=a)
    assert (total("TR.07"), total("TR.01"), list(campaign.activities.order_by("pk"))) == (1, 1, [a, b])


def test_person_shifts_add_up_over_forces_and_patrols():
    w = songdat()
    for _ in range(3):
        a = held(w, *THREE)
        confirm(by=w.hai, word=a_word(a), at=at(2, 8))
    by_force = {code: sum(v for c, _, f, v in standing() if (c, f) == ("TR.03", code)) for code in ("CA", "DQ", "BP")}
    assert (by_force, total("TR.03"), total("TR.01")) == ({"CA": 9, "DQ": 12, "BP": 15}, 36, 3)
