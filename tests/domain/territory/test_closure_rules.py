from datetime import date

from phoihop.domain.territory.rules.closure import Above, Ancestry, Standing
from phoihop.kernel.period import FOREVER, Period

START, DAY = date(2020, 1, 1), date(2025, 7, 1)
ALWAYS, BEFORE, AFTER = Period(START, FOREVER), Period(START, DAY), Period(DAY, FOREVER)
NATION, PROVINCE, OTHER, COMMUNE, CLUSTER = range(1, 6)


def ancestry(parents):
    trees = {NATION: "civil", PROVINCE: "civil", OTHER: "civil", COMMUNE: "civil", CLUSTER: "cluster"}
    return Ancestry(trees, dict.fromkeys(trees, ALWAYS), {area: [Standing(*s) for s in standing] for area, standing in parents.items()})


def test_ancestors_carry_the_time_in_which_the_whole_way_held():
    found = ancestry({PROVINCE: [(NATION, ALWAYS)], OTHER: [(NATION, AFTER)], COMMUNE: [(PROVINCE, BEFORE), (OTHER, AFTER)]}).of(COMMUNE)
    assert found == [
        Above(COMMUNE, 0, ALWAYS),
        Above(PROVINCE, 1, BEFORE), Above(NATION, 2, BEFORE),
        Above(OTHER, 1, AFTER), Above(NATION, 2, AFTER),
    ]  # fmt: skip


def test_a_commune_stands_under_its_province_once_though_its_cluster_does_too():
    found = ancestry({PROVINCE: [(NATION, ALWAYS)], CLUSTER: [(PROVINCE, ALWAYS)], COMMUNE: [(PROVINCE, ALWAYS), (CLUSTER, AFTER)]})
    assert found.of(COMMUNE) == [Above(COMMUNE, 0, ALWAYS), Above(PROVINCE, 1, ALWAYS), Above(NATION, 2, ALWAYS), Above(CLUSTER, 1, AFTER)]
    assert found.of(CLUSTER) == [Above(CLUSTER, 0, ALWAYS), Above(PROVINCE, 1, ALWAYS), Above(NATION, 2, ALWAYS)]


def test_ways_that_never_held_together_lead_nowhere():
    assert ancestry({PROVINCE: [(NATION, AFTER)], COMMUNE: [(PROVINCE, BEFORE)]}).of(COMMUNE) == [Above(COMMUNE, 0, ALWAYS), Above(PROVINCE, 1, BEFORE)]


def test_a_circle_ends():
    assert ancestry({PROVINCE: [(COMMUNE, ALWAYS)], COMMUNE: [(PROVINCE, ALWAYS)]}).of(COMMUNE) == [Above(COMMUNE, 0, ALWAYS), Above(PROVINCE, 1, ALWAYS)]
