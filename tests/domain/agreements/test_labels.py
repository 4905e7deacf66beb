"""What a clause is called where it stands alone."""

from __future__ import annotations

import pytest

from phoihop.domain.agreements.rules.labels import whole_labels


@pytest.mark.parametrize(
    ("clauses", "whole"),
    [
        ([(0, "Chương I"), (1, "Điều 5"), (2, "khoản 2"), (3, "điểm a")], ["Chương I", "Điều 5", "khoản 2 Điều 5", "điểm a khoản 2 Điều 5"]),
        ([(1, "Điều 5"), (2, "khoản 1"), (1, "Điều 6"), (3, "điểm b")], ["Điều 5", "khoản 1 Điều 5", "Điều 6", "điểm b Điều 6"]),
        ([(0, "mục II"), (1, "mục 1"), (2, "điểm a")], ["mục II", "mục 1 mục II", "điểm a mục 1 mục II"]),
        ([(1, "Điều 5"), (2, "2."), (3, "a)"), (2, "Khoản 3 Điều 5")], ["Điều 5", "2, Điều 5", "a), 2, Điều 5", "Khoản 3 Điều 5"]),
        ([(2, "khoản 1"), (1, "Điều 1")], ["khoản 1", "Điều 1"]),
    ],
    ids=["regulation", "next article", "plan", "bare numbers", "nothing above"],
)
def test_a_clause_is_called_by_all_that_it_stands_in_up_to_its_article(clauses, whole):
    assert whole_labels(clauses) == whole
