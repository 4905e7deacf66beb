from datetime import date

import pytest

from phoihop.domain import models as m
from phoihop.domain.territory.actions.grouping import draw_groups
from phoihop.domain.territory.queries import above, areas_below, atlas, children, propose_clusters, propose_regions, tree
from phoihop.domain.territory.rules import TWO_TIERS
from phoihop.domain.territory.rules.judging import GroupDraft
from phoihop.kernel.verdict import Refused
from tests.domain.territory.small import events, world_before
from tests.world import NOON, songdat, unit

pytestmark = pytest.mark.django_db

LATER = date(2026, 1, 1)


def draw(w, *groups, tree="cluster", day=TWO_TIERS, by=None):
    return draw_groups(by=by or w.quan, province=w.province, tree=tree, groups=groups, day=day, at=NOON)


def members(group, on):
    return sorted(area.name for area in areas_below(group, on))


def test_a_cluster_holds_communes_and_stands_under_its_province():
    w = songdat()
    (group,) = draw(w, GroupDraft("86.C1", "Ven sông", [w.song, w.dat]))
    assert (str(group), group.level, members(group, LATER)) == ("Cụm Ven sông", "group", ["Sông", "Đất"])
    assert [a.name for a in above(group, LATER)] == ["Sông Đất", "Việt Nam"]
    assert [a.name for a in above(w.song, LATER)] == ["Sông Đất", "Ven sông", "Việt Nam"]
    assert list(children(w.province, LATER, "cluster")) == [group]
    assert [event.what for event in events("area.grouped")] == ["area.grouped"]


def test_membership_changes_with_the_day_and_the_group_goes_on():
    w = songdat()
    (first,) = draw(w, GroupDraft("86.C1", "Ven sông", [w.song]))
    (second,) = draw(w, GroupDraft("86.C1", "Ven sông", [w.dat]), day=LATER)
    assert (first.pk, members(second, date(2025, 12, 31)), members(second, LATER)) == (second.pk, ["Sông"], ["Đất"])


def test_a_group_that_is_not_named_again_ends_and_one_of_another_name_is_another():
    w = songdat()
    one, two = draw(w, GroupDraft("86.C1", "Một", [w.song]), GroupDraft("86.C2", "Hai", [w.dat]))
    (new,) = draw(w, GroupDraft("86.C1", "Một mới", [w.song, w.dat]), day=LATER)
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.valid_until, two.valid_until, new.valid_from, new.pk == one.pk) == (LATER, LATER, LATER, False)
    assert [g.name for g in children(w.province, LATER, "cluster")] == ["Một mới"]
    assert [g.name for g in children(w.province, TWO_TIERS, "cluster")] == ["Một", "Hai"]


def test_drawing_twice_on_a_day_leaves_the_second_drawing():
    w = songdat()
    draw(w, GroupDraft("86.C1", "Một", [w.song]), GroupDraft("86.C2", "Hai", [w.dat]))
    draw(w, GroupDraft("86.C1", "Một chung", [w.song, w.dat]))
    assert list(m.Area.objects.filter(tree="cluster").values_list("name", "valid_until")) == [("Một chung", None)]
    assert m.AreaParent.objects.filter(parent__tree="cluster").count() == 2


def test_a_group_with_units_is_not_taken_back_on_its_first_day():
    w = songdat()
    (group,) = draw(w, GroupDraft("86.P1", "1 – Đất", [w.song]), tree="defence")
    unit(w.forces["QS"], "ptkv", group, "Ban CH PTKV 1")
    with pytest.raises(Refused) as refused:
        draw(w, GroupDraft("86.P2", "2 – Sông", [w.song]), tree="defence")
    assert refused.value.verdict.code == "group-in-use"
    assert list(children(w.province, LATER, "defence")) == [group]


def test_a_commune_hangs_in_several_trees():
    w = songdat()
    draw(w, GroupDraft("86.C1", "Ven sông", [w.song]))
    (region,) = draw(w, GroupDraft("86.P1", "1 – Đất", [w.song, w.dat]), tree="defence")
    assert [(a.tree, a.name) for a in above(w.song, LATER) if a.tree != "civil"] == [("cluster", "Ven sông"), ("defence", "1 – Đất")]
    assert str(region) == "Khu vực phòng thủ 1 – Đất"


def test_the_tree_can_be_asked_with_groups_between():
    w = songdat()
    draw(w, GroupDraft("86.C1", "Ven sông", [w.song]))
    plain, grouped = tree(w.province, LATER), tree(w.province, LATER, "cluster")
    assert [b.area.name for b in plain.children] == ["Sông", "Đất"]
    assert [(b.area.name, [c.area.name for c in b.children]) for b in grouped.children] == [("Ven sông", ["Sông"]), ("Đất", [])]


@pytest.mark.parametrize(
    ("groups", "tree", "code"),
    [
        (lambda w: [GroupDraft("1", "A", [w.song])], "civil", "no-such-tree"),
        (lambda w: [GroupDraft("", "A", [w.song])], "cluster", "code-missing"),
        (lambda w: [GroupDraft("1", " ", [w.song])], "cluster", "name-missing"),
        (lambda w: [GroupDraft("1", "A", [])], "cluster", "group-empty"),
        (lambda w: [GroupDraft("1", "A", [w.song]), GroupDraft("1", "B", [w.dat])], "cluster", "group-twice"),
        (lambda w: [GroupDraft("1", "A", [w.song]), GroupDraft("2", "B", [w.song])], "cluster", "member-twice"),
        (lambda w: [GroupDraft("1", "A", [w.elsewhere])], "cluster", "member-elsewhere"),
    ],
)
def test_groups_that_do_not_hold_together_are_refused(groups, tree, code):
    w = songdat()
    with pytest.raises(Refused) as refused:
        draw(w, *groups(w), tree=tree)
    assert refused.value.verdict.code == code


def test_only_who_manages_areas_draws_groups():
    w = songdat()
    with pytest.raises(Refused) as refused:
        draw(w, GroupDraft("1", "A", [w.song]), by=w.mai)
    assert refused.value.verdict.code == "not-your-role"


def test_former_districts_are_proposed_as_clusters():
    w = world_before()
    (draft,) = propose_clusters(w.province, NOON.date())
    assert (draft.code, draft.name, [a.name for a in draft.members]) == ("86.C850", "Suối", ["Sông", "Đất"])


def test_one_defence_region_is_proposed_for_a_small_province():
    w = world_before()
    m.Area.objects.filter(pk__in=[w.song.pk, w.dat.pk]).update(lat=10.0, lon=106.0)
    (draft,) = propose_regions(w.province, NOON.date())
    assert (draft.code, draft.name, len(draft.members)) == ("86.P1", "1 – Đất", 2)


def test_the_atlas_knows_groups_and_is_drawn_up_anew_when_they_change(django_assert_num_queries):
    w = songdat()
    assert atlas(w.province, LATER).groups == {}
    (group,) = draw(w, GroupDraft("86.C1", "Ven sông", [w.song]))
    assert [str(spot) for spot in atlas(w.province, LATER).groups[group.pk]] == ["Xã Sông"]
    with django_assert_num_queries(0):
        assert atlas(w.province, LATER).by_code["29002"].name == "Đất"
