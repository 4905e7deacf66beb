import json

import pytest

from phoihop.domain import models as m
from phoihop.domain.territory.actions.mapping import draw_schematic, import_boundaries
from phoihop.domain.territory.queries import map_of
from phoihop.domain.territory.rules.boundaries import Boundaries, Feature
from phoihop.kernel.verdict import Refused
from tests.domain.territory.small import events
from tests.world import NOON, songdat

pytestmark = pytest.mark.django_db

DAY = NOON.date()
LEFT = [(10600000, 1000000), (10610000, 1000000), (10610000, 1010000), (10600000, 1010000)]
RIGHT = [(10610000, 1000000), (10620000, 1000000), (10620000, 1010000), (10610000, 1010000)]


def placed():
    w = songdat()
    m.Area.objects.filter(pk=w.song.pk).update(lat=10.05, lon=106.05, hectares=9000)
    m.Area.objects.filter(pk=w.dat.pk).update(lat=10.05, lon=106.12, hectares=9000)
    return w


def test_boundaries_are_kept_and_what_did_not_fit_is_told():
    w = placed()
    features = (Feature("29001", "Xã Sông", "86", [LEFT]), Feature("", "phường Đất", "Tỉnh Sông Đất", [RIGHT]), Feature("99999", "Xã Lạ", "86", [LEFT]))
    told = import_boundaries(by=w.quan, boundaries=Boundaries(features), day=DAY, at=NOON)
    assert (told.matched, told.by_name, told.unmatched, told.misplaced, told.missing) == (2, 1, ["99999 Xã Lạ"], [], [])
    drawn = map_of(w.province, DAY)
    assert (drawn.source, drawn.missing, drawn.rings) == ("imported", (), {w.song.pk: [LEFT], w.dat.pk: [RIGHT]})
    assert json.loads(events("area.bounded")[0].body)["unmatched"] == 1


def test_importing_again_replaces_the_outlines_of_that_day():
    w = placed()
    for ring in (LEFT, RIGHT):
        import_boundaries(by=w.quan, boundaries=Boundaries((Feature("29001", "", "86", [ring]),)), day=DAY, at=NOON)
    assert list(m.AreaShape.objects.values_list("area__code", "rings")) == [("29001", "10610000,1000000 10620000,1000000 10620000,1010000 10610000,1010000")]


def test_communes_without_an_outline_are_named():
    w = placed()
    told = import_boundaries(by=w.quan, boundaries=Boundaries((Feature("29001", "", "86", [LEFT]),)), day=DAY, at=NOON)
    assert (told.missing, map_of(w.province, DAY).missing) == (["29002"], (w.dat.pk,))


def test_a_file_of_provinces_misses_no_commune():
    w = placed()
    told = import_boundaries(by=w.quan, boundaries=Boundaries((Feature("86", "", "86", [LEFT]),)), day=DAY, at=NOON)
    assert (told.matched, told.missing) == (1, [])


def test_a_file_of_elsewhere_is_refused():
    w = placed()
    with pytest.raises(Refused) as refused:
        import_boundaries(by=w.quan, boundaries=Boundaries((Feature("1", "Xã Lạ", "", [LEFT]),)), day=DAY, at=NOON)
    assert refused.value.verdict.code == "nothing-matched"


def test_a_sketch_is_drawn_from_the_list_and_hidden_by_boundaries():
    w = placed()
    assert draw_schematic(by=w.quan, province=w.province, day=DAY, at=NOON) == 2
    sketch = map_of(w.province, DAY)
    assert (sketch.source, sorted(sketch.outlines()), sketch.missing) == ("schematic", sorted([w.song.pk, w.dat.pk]), ())
    assert sketch.around([w.song.pk, w.dat.pk]).count("M") == 1
    import_boundaries(by=w.quan, boundaries=Boundaries((Feature("29001", "", "86", [LEFT]),)), day=DAY, at=NOON)
    assert map_of(w.province, DAY).source == "imported"


def test_a_province_without_outlines_has_an_empty_map():
    w = placed()
    assert (map_of(w.province, DAY).source, map_of(w.province, DAY).outlines(), map_of(w.province, DAY).missing) == ("", {}, (w.song.pk, w.dat.pk))


def test_what_cannot_be_drawn_is_refused():
    w = songdat()
    codes = []
    for area, by in ((w.province, w.quan), (w.song, w.quan), (w.province, w.lan)):
        with pytest.raises(Refused) as refused:
            draw_schematic(by=by, province=area, day=DAY, at=NOON)
        codes.append(refused.value.verdict.code)
    assert codes == ["nothing-to-draw", "not-a-province", "not-your-role"]


def test_a_point_is_found_on_the_map():
    w = placed()
    import_boundaries(by=w.quan, boundaries=Boundaries((Feature("29001", "", "86", [LEFT]), Feature("29002", "", "86", [RIGHT]))), day=DAY, at=NOON)
    drawn = map_of(w.province, DAY)
    assert (drawn.at(10.1, 106.0), drawn.outlines()[w.song.pk].path[:4], drawn.width) == ((8, 8), "M8 5", 1000)
