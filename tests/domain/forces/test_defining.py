import json
from datetime import date

import pytest

from phoihop.domain import models as m
from phoihop.domain.figures.queries.ledger import lines_on
from phoihop.domain.forces.actions.defining import define_forces
from phoihop.domain.forces.queries import faces
from phoihop.kernel.verdict import Refused
from tests.world import NOON, area, person, unit

pytestmark = pytest.mark.django_db

TODAY = NOON.date()


def node():
    nation = area("VN", "Việt Nam", "nation", "nuoc")
    force = m.Force.objects.create(code="CA", order=9)
    return m.Post.objects.create(unit=unit(force, "bo", nation, "Bộ Công an"), role="node", title="Máy chủ", valid_from=date(2025, 7, 1))


def codes(bits):
    return {line.code for line in m.Line.objects.all() if bits >> line.pk & 1}


def test_forces_come_with_faces_lines_and_decrees_in_one_event():
    define_forces(by=node(), at=NOON)
    assert (m.Force.objects.count(), m.Force.objects.get(code="CA").order) == (10, 3)
    assert m.Line.objects.get(code="ND03").pk == 41
    (event,) = m.Event.objects.filter(what="force.defined")
    assert json.loads(event.body)["lines"]["BQP"] == 20


def test_defining_again_changes_nothing():
    by = node()
    define_forces(by=by, at=NOON)
    before = [list(model.objects.order_by("pk").values()) for model in (m.Force, m.ForceFace, m.Line, m.LineMember, m.LineNeed)]
    assert define_forces(by=by, at=NOON) == {"faces": 0, "members": 0, "needs": 0}
    assert [list(model.objects.order_by("pk").values()) for model in (m.Force, m.ForceFace, m.Line, m.LineMember, m.LineNeed)] == before


@pytest.mark.parametrize(
    ("forces", "day", "decrees"),
    [
        (["CA", "BP"], TODAY, {"ND03"}),
        (["CA", "BP"], date(2018, 1, 1), {"ND77"}),
        (["BP", "DQ"], TODAY, {"ND02"}),
        (["CA", "DQ"], TODAY, {"ND03", "ND02"}),
        (["AN", "DQ"], TODAY, {"ND02"}),
        (["AN", "QS"], TODAY, set()),
        (["PC", "QS"], TODAY, {"ND03"}),
        (["DQ"], TODAY, set()),
        (["DQ", "MT"], date(2016, 1, 1), {"ND133"}),
    ],
)
def test_the_decree_that_an_act_counts_for_follows_from_who_took_part(forces, day, decrees):
    define_forces(by=node(), at=NOON)
    assert {code for code in codes(lines_on(day).of(forces)) if code.startswith("ND")} == decrees


def test_border_guard_and_militia_are_one_line_with_the_military():
    define_forces(by=node(), at=NOON)
    assert [codes(lines_on(TODAY).of([force])) for force in ("QS", "BP", "DQ", "AN")] == [{"QS", "BQP"}, {"BP", "BQP"}, {"DQ", "BQP"}, {"AN"}]


def test_the_face_of_a_force_is_that_of_the_day(django_assert_num_queries):
    define_forces(by=node(), at=NOON)
    assert [faces(day)["AN"].monogram for day in (date(2024, 6, 30), date(2024, 7, 1))] == ["AN", "TBV"]
    assert list(faces(TODAY)) == ["CU", "UB", "QS", "CA", "BP", "DQ", "PC", "AN", "MT", "LD"]
    with django_assert_num_queries(0):
        assert faces(TODAY)["LD"].monogram == "LĐ"


def test_only_who_manages_lines_defines_forces():
    by = node()
    with pytest.raises(Refused) as refused:
        define_forces(by=person("lan", by.unit, "staff"), at=NOON)
    assert refused.value.verdict.code == "not-your-role"
