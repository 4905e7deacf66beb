import pytest

from phoihop.domain.territory.rules.dividing import Member, called_after, divided, how_many


def communes(count, wide=4):
    return [Member(n, str(n), 10 + n // wide / 10, 106 + n % wide / 10, town=n % 5 == 0) for n in range(count)]


@pytest.mark.parametrize(("members", "parts"), [(1, 1), (38, 1), (45, 1), (50, 2), (56, 2), (64, 2), (102, 3), (124, 4), (168, 5), (126, 4)])
def test_defence_regions_hold_twenty_to_fifty_communes(members, parts):
    assert how_many(members) == parts


@pytest.mark.parametrize("parts", [1, 2, 3, 4, 5])
def test_every_commune_is_in_one_group_and_groups_are_about_equal(parts):
    groups = divided(communes(124), parts)
    assert sorted(m.id for group in groups for m in group) == list(range(124))
    assert max(map(len, groups)) - min(map(len, groups)) <= 2
    assert len(groups) == parts


def test_groups_are_compact():
    north, south = divided(communes(40), 2)
    assert min(m.lat for m in north) >= max(m.lat for m in south)


def test_a_group_is_called_after_the_ward_nearest_to_its_middle():
    assert called_after(communes(12)).id == 5
    assert called_after([m._replace(town=False) for m in communes(12)]).id in (5, 6)
