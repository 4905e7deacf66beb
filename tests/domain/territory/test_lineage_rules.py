from datetime import date

import pytest

from phoihop.domain.territory.rules.lineage import Piece, composed, recorded, split_groups
from tests.domain.territory.small import lineage

START, DAY, LATER = date(2004, 1, 1), date(2025, 7, 1), date(2026, 4, 30)
FIRST, UNTIL = date(2024, 1, 1), date(2026, 1, 1)
OLD, NEW = (START, DAY), (DAY, None)


def test_a_merge_is_exact_and_each_part_counts_in_its_own_time():
    line = lineage({1: OLD, 2: OLD, 3: NEW}, (1, 3, DAY), (2, 3, DAY))
    found = composed(line, [3], DAY, FIRST, UNTIL)
    assert found.group == {3}
    assert found.pieces == (Piece(1, FIRST, DAY), Piece(2, FIRST, DAY), Piece(3, DAY, UNTIL))
    assert found.exact


def test_a_split_without_shares_ties_its_heirs_into_the_smallest_exact_group():
    line = lineage({1: OLD, 2: OLD, 3: NEW, 4: NEW, 5: NEW}, (1, 3, DAY), (1, 4, DAY), (2, 5, DAY))
    assert composed(line, [3], DAY, FIRST, UNTIL).group == {3, 4}
    assert composed(line, [3], DAY, FIRST, UNTIL).pieces == (Piece(1, FIRST, DAY), Piece(3, DAY, UNTIL), Piece(4, DAY, UNTIL))
    assert composed(line, [5], DAY, FIRST, UNTIL).group == {5}


def test_a_declared_share_makes_a_marked_estimate_and_no_group():
    line = lineage({1: OLD, 2: OLD, 3: NEW, 4: NEW}, (1, 3, DAY, 250_000), (1, 4, DAY, 750_000), (2, 3, DAY))
    found = composed(line, [3], DAY, FIRST, UNTIL)
    assert (found.group, found.exact) == ({3}, False)
    assert found.pieces == (Piece(1, FIRST, DAY, 250_000), Piece(2, FIRST, DAY), Piece(3, DAY, UNTIL))


def test_the_exact_group_can_be_asked_for_in_spite_of_shares():
    line = lineage({1: OLD, 3: NEW, 4: NEW}, (1, 3, DAY, 250_000), (1, 4, DAY, 750_000))
    found = composed(line, [3], DAY, FIRST, UNTIL, shares=False)
    assert (found.group, found.exact) == ({3, 4}, True)


def test_shares_multiply_along_a_chain():
    line = lineage(
        {1: (START, date(2020, 1, 1)), 2: (date(2020, 1, 1), DAY), 3: (date(2020, 1, 1), DAY), 4: NEW, 5: NEW},
        (1, 2, date(2020, 1, 1), 500_000), (1, 3, date(2020, 1, 1), 500_000), (2, 4, DAY, 200_000), (2, 5, DAY, 800_000), (3, 5, DAY),
    )  # fmt: skip
    found = composed(line, [4], DAY, date(2019, 1, 1), UNTIL)
    assert found.pieces == (
        Piece(1, date(2019, 1, 1), date(2020, 1, 1), 100_000), Piece(2, date(2020, 1, 1), DAY, 200_000), Piece(4, DAY, UNTIL),
    )  # fmt: skip


def test_all_parts_of_a_split_together_are_exact_again():
    line = lineage({1: OLD, 3: NEW, 4: NEW}, (1, 3, DAY), (1, 4, DAY))
    assert composed(line, [3, 4], DAY, FIRST, UNTIL).pieces == (Piece(1, FIRST, DAY), Piece(3, DAY, UNTIL), Piece(4, DAY, UNTIL))


def test_a_split_before_the_period_ties_nothing():
    line = lineage({1: OLD, 3: NEW, 4: NEW}, (1, 3, DAY), (1, 4, DAY))
    assert composed(line, [3], DAY, DAY, UNTIL).group == {3}


def test_a_unit_that_takes_in_another_and_goes_on_keeps_both_pasts():
    line = lineage({1: OLD, 2: (START, None)}, (1, 2, DAY))
    assert composed(line, [2], UNTIL, FIRST, UNTIL).pieces == (Piece(1, FIRST, DAY), Piece(2, FIRST, UNTIL))


def test_figures_after_a_merge_belong_to_all_that_merged():
    line = lineage({1: OLD, 2: OLD, 3: NEW}, (1, 3, DAY), (2, 3, DAY))
    found = composed(line, [1], date(2025, 6, 30), FIRST, UNTIL)
    assert (found.group, found.pieces) == ({1, 2}, (Piece(1, FIRST, DAY), Piece(2, FIRST, DAY), Piece(3, DAY, UNTIL)))


def test_figures_after_a_split_of_one_unit_alone_still_are_its_own():
    line = lineage({1: OLD, 3: NEW, 4: NEW}, (1, 3, DAY), (1, 4, DAY))
    assert composed(line, [1], date(2025, 6, 30), FIRST, UNTIL).group == {1}


def test_several_changes_are_walked_through():
    line = lineage({1: OLD, 2: OLD, 3: (DAY, LATER), 4: (LATER, None)}, (1, 3, DAY), (2, 3, DAY), (3, 4, LATER))
    found = composed(line, [4], LATER, FIRST, date(2027, 1, 1))
    assert [piece.area for piece in found.pieces] == [1, 2, 3, 4]
    assert (line.on(1, LATER), line.on(4, START)) == ({4}, {1, 2})


def test_as_recorded_a_unit_keeps_its_own_under_another_name_and_nothing_that_merged():
    line = lineage({1: OLD, 2: OLD, 3: (DAY, LATER), 4: (LATER, None)}, (1, 3, DAY), (2, 3, DAY), (3, 4, LATER))
    renamed = [step._replace(kind="rename") if step.new == 4 else step for steps in line.heirs.values() for step in steps]
    line = type(line).of(line.lives, renamed)
    assert [piece.area for piece in recorded(line, 4, FIRST, date(2027, 1, 1)).pieces] == [3, 4]
    assert [piece.area for piece in recorded(line, 1, FIRST, UNTIL).pieces] == [1]


def test_a_unit_without_heir_became_nothing():
    assert lineage({1: OLD}).on(1, DAY) == set()


@pytest.mark.parametrize(
    ("steps", "groups"),
    [
        ([(1, 4, DAY), (2, 4, DAY), (3, 5, DAY)], [{4}, {5}]),
        ([(1, 4, DAY), (1, 5, DAY), (2, 5, DAY), (2, 6, DAY)], [{4, 5, 6}]),
        ([(1, 4, LATER), (1, 5, LATER)], []),
    ],
)
def test_heirs_tied_by_divided_units_form_a_group(steps, groups):
    line = lineage({1: OLD, 2: OLD, 3: OLD, 4: NEW, 5: NEW, 6: NEW}, *steps)
    assert sorted(map(sorted, split_groups(line, DAY))) == sorted(map(sorted, groups))
