import json
from dataclasses import replace

import pytest

from phoihop.domain import models as m
from phoihop.domain.territory.actions.correcting import correct, correct_heirs
from phoihop.domain.territory.actions.importing import import_file, lay
from phoihop.domain.territory.queries import area_at
from phoihop.domain.territory.rules import BEFORE_ALL, TWO_TIERS, Lists
from phoihop.domain.territory.rules.judging import Correction
from phoihop.kernel.period import FOREVER
from phoihop.kernel.upload import Upload
from phoihop.kernel.verdict import Refused
from tests.domain.territory.small import LAST_DAY, became, events, nation, new, old, olds, successions, world_before
from tests.world import NOON, songdat

pytestmark = pytest.mark.django_db


def counts():
    return [model.objects.count() for model in (m.Area, m.AreaParent, m.AreaClosure, m.Succession)]


def test_areas_come_with_dated_parents_closure_and_successions():
    w = world_before()
    commune = w.old_29003
    assert (commune.start_known, commune.valid_from, commune.valid_until, commune.folded) == (False, BEFORE_ALL, TWO_TIERS, "suoi")
    assert list(commune.parents.values_list("parent__code", "valid_from", "valid_until")) == [("850", BEFORE_ALL, TWO_TIERS)]
    above = commune.above.order_by("depth").values_list("ancestor__code", "depth", "valid_from", "valid_until")
    assert list(above) == [
        ("29003", 0, BEFORE_ALL, TWO_TIERS),
        ("850", 1, BEFORE_ALL, TWO_TIERS),
        ("86", 2, BEFORE_ALL, TWO_TIERS),
        ("VN", 3, BEFORE_ALL, TWO_TIERS),
    ]
    assert list(m.Succession.objects.filter(old=commune).values_list("new__code", "day", "kind", "share")) == [("29001", TWO_TIERS, "merge", None)]
    assert m.Succession.objects.get(old=w.old_850).kind == "abolish"


def test_a_closure_that_goes_on_has_no_last_day():
    w = world_before()
    assert set(w.song.above.values_list("valid_until", flat=True)) == {FOREVER}


def test_an_import_leaves_one_event_with_counts_and_digest():
    world_before()
    first, second = events("area.imported")
    told = json.loads(first.body)
    assert (told["begun"], told["source"], len(told["digest"])) == (6, "small", 64)
    assert json.loads(second.body)["added"] == 7


def test_a_second_import_changes_nothing():
    w = world_before()
    before = counts()
    again = lay(Lists((nation(), *olds()), tuple(successions()), "small", False), by=w.quan, at=NOON)
    assert (counts(), again.begun, again.changed, again.ended, again.added, again.dropped) == (before, 0, 0, 0, 0, 0)


def test_the_packaged_lists_undo_no_correction():
    w = world_before()
    correct(by=w.quan, area=w.old_29003, correction=Correction(name="Suối Lớn"), at=NOON)
    lay(Lists((nation(), *olds()), tuple(successions()), "small", False), by=w.quan, at=NOON)
    assert area_at("29003", LAST_DAY).name == "Suối Lớn"


def test_the_packaged_lists_bring_back_no_successor_that_was_corrected():
    w = world_before()
    correct_heirs(by=w.quan, old=w.old_29004, heirs=[w.dat], basis="Bảng chuyển đổi", at=NOON)
    done = lay(Lists((nation(), *olds()), tuple(successions()), "small", False), by=w.quan, at=NOON)
    assert (done.added, list(w.old_29004.became.values_list("new__code", flat=True))) == (0, ["29002"])


def test_an_official_list_changes_what_differs_and_keeps_centres_that_it_does_not_know():
    w = world_before()
    rows = [old("commune", "29003", "thi-tran", "Suối Mới", "850", lat=None, lon=None)]
    done = lay(Lists(tuple(rows), (), "file", True), by=w.quan, at=NOON)
    area = area_at("29003", LAST_DAY)
    assert (done.changed, area.name, area.folded, area.kind, area.lat) == (1, "Suối Mới", "suoi moi", "thi-tran", 10.02)


def test_an_official_list_that_says_the_same_changes_nothing():
    w = world_before()
    m.Area.objects.filter(pk=w.old_29003.pk).update(basis="NQ 1")
    done = lay(Lists((old("commune", "29003", "xa", "Suối", "850", lat=None, lon=None),), (), "file", True), by=w.quan, at=NOON)
    assert (done.changed, done.ended, area_at("29003", LAST_DAY).basis) == (0, 0, "NQ 1")


def test_an_official_table_drops_the_successors_that_it_does_not_name():
    w = world_before()
    done = lay(Lists((), (became("29004", "29002", "merge"),), "file", True), by=w.quan, at=NOON)
    assert (done.dropped, done.mended) == (1, 1)
    assert list(m.Succession.objects.filter(old=w.old_29004).values_list("new__code", "kind")) == [("29002", "merge")]


def test_an_official_file_of_a_reform_ends_the_old_units_and_begins_the_new():
    w = world_before()
    units = "code,name,parent_code,valid_from,valid_until\n29011,Xã Sông Đất Mới,86,30/04/2026,\n"
    import_file(by=w.quan, upload=Upload("moi.csv", units.encode()), day=TWO_TIERS, at=NOON)
    links = "old_code,new_code,day,basis\n29001,29011,30/04/2026,NQ 1\n29002,29011,30/04/2026,NQ 1\n"
    import_file(by=w.quan, upload=Upload("cu-moi.csv", links.encode()), day=TWO_TIERS, at=NOON)
    w.song.refresh_from_db()
    new_area = area_at("29011", NOON.date())
    assert (f"{w.song.valid_until}", area_at("29001", NOON.date())) == ("2026-04-30", None)
    assert list(new_area.made_of.values_list("old__code", "kind", "basis")) == [("29001", "merge", "NQ 1"), ("29002", "merge", "NQ 1")]
    assert set(w.song.above.values_list("valid_until", flat=True)) == {new_area.valid_from}


def test_children_of_a_parent_that_ends_go_on_under_the_next_bearer_of_its_code():
    w = world_before()
    day = NOON.date()
    province = new("province", "86", "tinh", "Sông Đất", "VN", valid_until=day, hectares=None)
    rows = [province, replace(province, kind="thanh-pho", valid_from=day, valid_until=None)]
    lay(Lists(tuple(rows), (), "file", True), by=w.quan, at=NOON)
    held = w.song.parents.order_by("valid_from").values_list("parent__kind", "valid_from", "valid_until")
    assert list(held) == [("tinh", TWO_TIERS, day), ("thanh-pho", day, None)]
    assert list(w.song.above.filter(depth=1).order_by("valid_from").values_list("ancestor__kind", "valid_until")) == [("tinh", day), ("thanh-pho", FOREVER)]


@pytest.mark.parametrize(
    ("rows", "steps", "code"),
    [
        ((), (), "lists-empty"),
        ((nation(), nation()), (), "area-twice"),
        ((old("commune", "", "xa", "A", "86"),), (), "code-missing"),
        ((old("commune", "1", "xa", " ", "86"),), (), "name-missing"),
        ((old("commune", "1", "lang", "A", "86"),), (), "no-such-kind"),
        ((old("village", "1", "xa", "A", "86"),), (), "no-such-level"),
        ((old("commune", "1", "xa", "A", "86", valid_until=BEFORE_ALL),), (), "ends-before"),
        ((old("commune", "1", "xa", "A", "86", lat=51.0),), (), "not-in-vietnam"),
        ((), (became("29001", "29001", "merge"),), "no-such-area"),
        ((nation(), *olds(), new("commune", "29001", "xa", "Sông", "86")), (became("29001", "29001", "merge", share=2_000_000),), "share-size"),
    ],
)
def test_lists_that_do_not_hold_together_are_refused(rows, steps, code):
    w = songdat()
    m.Area.objects.filter(code="29001").update(code="29991")
    with pytest.raises(Refused) as refused:
        lay(Lists(rows, steps, "small", False), by=w.quan, at=NOON)
    assert refused.value.verdict.code == code


def test_only_who_manages_areas_imports():
    w = songdat()
    with pytest.raises(Refused) as refused:
        import_file(by=w.lan, upload=Upload("x.csv", b"code,name\n1,2\n"), day=TWO_TIERS, at=NOON)
    assert refused.value.verdict.code == "not-your-role"
    assert events("area.imported") == []


def test_doubtful_successions_are_marked_as_they_come():
    w = world_before()
    rows = [old("district", "851", "huyen", "Xa", "86"), old("commune", "29008", "xa", "Lạ", "851", lat=12.0)]
    done = lay(Lists(tuple(rows), (became("29008", "29001", "merge"), became("851", None, "abolish")), "small", False), by=w.quan, at=NOON)
    assert (done.doubtful, m.Succession.objects.get(old__code="29008").doubt) == (1, "far")
