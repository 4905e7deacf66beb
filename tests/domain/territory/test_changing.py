from datetime import date

import pytest

from phoihop.domain import models as m
from phoihop.domain.territory.actions.changing import merge, move, rename, split
from phoihop.domain.territory.actions.grouping import draw_groups
from phoihop.domain.territory.queries import area_at, became, parent_of, pieces
from phoihop.domain.territory.rules import TWO_TIERS
from phoihop.domain.territory.rules.judging import AreaDraft, GroupDraft
from phoihop.domain.territory.rules.lineage import Piece
from phoihop.kernel.period import FOREVER
from phoihop.kernel.verdict import Refused
from tests.domain.territory.small import events, world_before
from tests.world import NOON, area, songdat

pytestmark = pytest.mark.django_db

DAY = date(2026, 4, 30)
EVE = date(2026, 4, 29)
CITY = AreaDraft("86", "thanh-pho", "Sông Đất")


def refusal(act, **arguments):
    with pytest.raises(Refused) as refused:
        act(at=NOON, day=arguments.pop("day", DAY), basis="NQ 30/2026/QH16", **arguments)
    return refused.value.verdict.code


def closure(of):
    return list(of.above.order_by("valid_from", "depth").values_list("ancestor__kind", "depth", "valid_from", "valid_until"))


def test_a_renamed_province_is_a_new_area_with_its_communes_from_that_day():
    w = songdat()
    city = rename(by=w.quan, area=w.province, draft=CITY, day=DAY, basis="NQ 30/2026/QH16", at=NOON)
    w.province.refresh_from_db()
    assert (w.province.valid_until, city.valid_from, str(w.province), str(city)) == (DAY, DAY, "Tỉnh Sông Đất", "Thành phố Sông Đất")
    assert (parent_of(w.song, EVE), parent_of(w.song, DAY)) == (w.province, city)
    assert closure(w.song) == [
        ("xa", 0, TWO_TIERS, FOREVER), ("tinh", 1, TWO_TIERS, DAY), ("nuoc", 2, TWO_TIERS, DAY), ("thanh-pho", 1, DAY, FOREVER), ("nuoc", 2, DAY, FOREVER),
    ]  # fmt: skip
    assert list(city.made_of.values_list("old", "kind", "basis")) == [(w.province.pk, "rename", "NQ 30/2026/QH16")]
    assert [event.what for event in events("area.renamed")] == ["area.renamed"]


def test_what_was_recorded_before_a_rename_stays_one_series():
    w = songdat()
    city = rename(by=w.quan, area=w.province, draft=CITY, day=DAY, basis="NQ", at=NOON)
    found = pieces(city, date(2026, 1, 1), date(2027, 1, 1))
    assert found.pieces == (Piece(w.province.pk, date(2026, 1, 1), DAY), Piece(city.pk, DAY, date(2027, 1, 1)))


def test_a_commune_keeps_its_cluster_when_it_becomes_a_ward():
    w = songdat()
    (group,) = draw_groups(by=w.quan, province=w.province, tree="cluster", groups=[GroupDraft("86.C1", "Ven sông", [w.song, w.dat])], day=TWO_TIERS, at=NOON)
    ward = rename(by=w.quan, area=w.song, draft=AreaDraft("29001", "phuong", "Sông"), day=DAY, basis="NQ", at=NOON)
    assert list(group.children.order_by("pk").values_list("area", "valid_until")) == [(w.song.pk, DAY), (w.dat.pk, None), (ward.pk, None)]
    assert (ward.lat, ward.level, ward.tree) == (w.song.lat, "commune", "civil")


def test_a_cluster_goes_on_under_its_renamed_province():
    w = songdat()
    (group,) = draw_groups(by=w.quan, province=w.province, tree="cluster", groups=[GroupDraft("86.C1", "Ven sông", [w.song])], day=TWO_TIERS, at=NOON)
    city = rename(by=w.quan, area=w.province, draft=CITY, day=DAY, basis="NQ", at=NOON)
    assert list(group.parents.order_by("valid_from").values_list("parent", "valid_until")) == [(w.province.pk, DAY), (city.pk, None)]


def test_a_moved_commune_stands_under_another_province_from_that_day():
    w = songdat()
    hamlet = area("H1", "Ấp Một", "hamlet", "ap", w.song)
    new = move(by=w.quan, area=w.song, to=w.elsewhere, day=DAY, basis="NQ", at=NOON)
    assert (new.code, parent_of(new, DAY), parent_of(w.song, EVE), parent_of(hamlet, DAY)) == ("29001", w.elsewhere, w.province, new)
    assert list(new.made_of.values_list("kind", flat=True)) == ["move"]
    assert list(hamlet.above.filter(valid_from=DAY).order_by("depth").values_list("ancestor__name", flat=True)) == ["Sông", "Nơi Khác", "Việt Nam"]


def test_merged_communes_are_one_with_everything_below_them():
    w = songdat()
    m.Area.objects.filter(pk=w.song.pk).update(lat=10.0, lon=106.0, hectares=1000)
    m.Area.objects.filter(pk=w.dat.pk).update(lat=10.4, lon=106.4, hectares=3000)
    hamlets = [area("H1", "Một", "hamlet", "ap", w.song), area("H2", "Hai", "hamlet", "ap", w.dat)]
    one = merge(by=w.quan, areas=[w.song, w.dat], draft=AreaDraft("29001", "xa", "Sông Đất"), day=DAY, basis="NQ", at=NOON)
    assert (one.hectares, round(one.lat, 6), round(one.lon, 6), one.code) == (4000, 10.3, 106.3, "29001")
    assert [parent_of(h, DAY) for h in hamlets] == [one, one]
    assert (became(w.dat, NOON.date()).areas, became(w.dat, EVE).areas) == ([one], [w.dat])
    assert area_at("29002", DAY) is None


def test_a_divided_commune_says_what_goes_where():
    w = songdat()
    hamlets = [area("H1", "Một", "hamlet", "ap", w.song), area("H2", "Hai", "hamlet", "ap", w.song)]
    parts = [AreaDraft("29001", "xa", "Sông", share=600_000, children=hamlets[:1]), AreaDraft("29005", "xa", "Suối", share=400_000, children=hamlets[1:])]
    one, two = split(by=w.quan, area=w.song, parts=parts, day=DAY, basis="NQ", at=NOON)
    assert [parent_of(h, DAY) for h in hamlets] == [one, two]
    assert list(w.song.became.order_by("new__code").values_list("new__code", "share")) == [("29001", 600_000), ("29005", 400_000)]
    found = pieces(two, date(2026, 1, 1), date(2027, 1, 1), DAY)
    assert found.pieces == (Piece(w.song.pk, date(2026, 1, 1), DAY, 400_000), Piece(two.pk, DAY, date(2027, 1, 1)))


def test_changes_one_after_another_are_walked_through():
    w = world_before()
    ward = rename(by=w.quan, area=w.song, draft=AreaDraft("29001", "phuong", "Sông"), day=DAY, basis="NQ", at=NOON)
    chain = became(w.old_29003, NOON.date())
    assert (chain.areas, [step.kind for step in chain.steps], chain.whole) == ([ward], ["merge", "rename"], True)
    assert became(w.old_29004, NOON.date()).whole is False


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"draft": AreaDraft("86", "tinh", "Sông Đất")}, "nothing-changed"),
        ({"draft": AreaDraft("", "thanh-pho", "Sông Đất")}, "code-missing"),
        ({"draft": AreaDraft("86", "thanh-pho", " ")}, "name-missing"),
        ({"draft": AreaDraft("86", "lang", "Sông Đất")}, "no-such-kind"),
        ({"draft": AreaDraft("86", "thanh-pho", "Sông Đất", lat=10.0)}, "not-in-vietnam"),
        ({"draft": AreaDraft("79", "thanh-pho", "Sông Đất")}, "code-taken"),
        ({"day": TWO_TIERS}, "before-start"),
    ],
)
def test_a_rename_that_does_not_hold_together_is_refused(change, code):
    w = songdat()
    assert refusal(rename, **({"by": w.quan, "area": w.province, "draft": CITY} | change)) == code
    assert m.Area.objects.filter(code="86").count() == 1


def test_an_ended_unit_does_not_change_again():
    w = songdat()
    rename(by=w.quan, area=w.province, draft=CITY, day=DAY, basis="NQ", at=NOON)
    assert refusal(rename, by=w.quan, area=w.province, draft=AreaDraft("86", "tinh", "Khác"), day=date(2026, 5, 1)) == "area-ended"


def test_moves_merges_and_splits_that_do_not_hold_together_are_refused():
    w = songdat()
    hamlet = area("H1", "Một", "hamlet", "ap", w.song)
    two = [AreaDraft("29001", "xa", "A"), AreaDraft("29005", "xa", "B")]
    shared = [AreaDraft("29001", "xa", "A", share=1, children=[hamlet]), AreaDraft("29005", "xa", "B", share=2)]
    assert [
        refusal(move, by=w.quan, area=w.song, to=w.province),
        refusal(move, by=w.quan, area=w.province, to=w.song),
        refusal(merge, by=w.quan, areas=[w.song, w.song], draft=two[0]),
        refusal(merge, by=w.quan, areas=[w.song, w.province], draft=two[0]),
        refusal(merge, by=w.quan, areas=[w.song, w.dat], draft=AreaDraft("86", "xa", "A")),
        refusal(split, by=w.quan, area=w.song, parts=two[:1]),
        refusal(split, by=w.quan, area=w.song, parts=two),
        refusal(split, by=w.quan, area=w.dat, parts=[two[0], two[0]]),
        refusal(split, by=w.quan, area=w.song, parts=shared),
        refusal(split, by=w.lan, area=w.song, parts=two),
    ] == [
        "nothing-changed", "not-above", "one-area", "mixed-levels", "code-taken", "one-part", "child-lost", "area-twice", "shares", "not-your-role",
    ]  # fmt: skip
