from datetime import date

from phoihop.domain.forces.rules.command import Command, Commander, Directed, merged
from phoihop.kernel.period import FOREVER, Period

START, DAY, LATER = date(2004, 1, 1), date(2025, 7, 1), date(2026, 1, 1)
ALWAYS, BEFORE, AFTER = Period(START, FOREVER), Period(START, DAY), Period(DAY, FOREVER)
MINISTRY, REGION, PROVINCE, GOVERNMENT, COMMUNE = range(1, 6)


def command(above, **lives):
    return Command({unit: lives.get(f"u{unit}", ALWAYS) for unit in range(1, 6)}, {u: [Directed(*d) for d in ds] for u, ds in above.items()})


def test_a_chain_is_climbed_in_the_time_in_which_it_held():
    found = command({REGION: [(MINISTRY, ALWAYS)], PROVINCE: [(REGION, BEFORE)], COMMUNE: [(PROVINCE, AFTER)]})
    assert found.of(COMMUNE) == [Commander(COMMUNE, 0, ALWAYS), Commander(PROVINCE, 1, AFTER)]
    assert found.of(PROVINCE) == [Commander(PROVINCE, 0, ALWAYS), Commander(MINISTRY, 2, BEFORE), Commander(REGION, 1, BEFORE)]


def test_two_commanders_that_meet_above_count_once_at_the_least_depth():
    found = command({PROVINCE: [(MINISTRY, ALWAYS)], GOVERNMENT: [(PROVINCE, ALWAYS)], COMMUNE: [(GOVERNMENT, ALWAYS), (PROVINCE, AFTER)]})
    assert found.of(COMMUNE) == [
        Commander(COMMUNE, 0, ALWAYS), Commander(MINISTRY, 3, BEFORE), Commander(MINISTRY, 2, AFTER),
        Commander(PROVINCE, 2, BEFORE), Commander(PROVINCE, 1, AFTER), Commander(GOVERNMENT, 1, ALWAYS),
    ]  # fmt: skip


def test_nobody_directs_a_unit_before_it_is_or_after_it_ended():
    found = command({COMMUNE: [(PROVINCE, ALWAYS)]}, u5=BEFORE)
    assert found.of(COMMUNE)[1] == Commander(PROVINCE, 1, BEFORE)


def test_stretches_apart_stay_apart():
    apart = [Commander(1, 2, BEFORE), Commander(1, 1, Period(LATER, FOREVER))]
    assert merged(apart) == apart
    assert merged([Commander(1, 2, BEFORE), Commander(1, 1, AFTER)]) == [Commander(1, 2, BEFORE), Commander(1, 1, AFTER)]
    assert merged([Commander(1, 2, ALWAYS), Commander(1, 1, AFTER)]) == [Commander(1, 2, BEFORE), Commander(1, 1, AFTER)]
    assert merged([Commander(1, 1, BEFORE), Commander(1, 1, AFTER)]) == [Commander(1, 1, ALWAYS)]


def test_a_circle_ends():
    assert len(command({PROVINCE: [(COMMUNE, ALWAYS)], COMMUNE: [(PROVINCE, ALWAYS)]}).of(COMMUNE)) == 2
