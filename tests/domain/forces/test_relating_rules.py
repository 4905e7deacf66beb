"""Who may assign and who may only request: NĐ 168/2018, Art. 12 and 13; TT 29/2020/TT-BQP, Art. 4."""

import pytest

from phoihop.domain.forces.rules import relating


@pytest.mark.parametrize(
    ("kind", "assigns", "matters", "figures", "mutual"),
    [
        ("directs", True, True, True, False),
        ("guides", True, False, True, False),
        ("coordinates", False, False, False, True),
        ("joint", False, False, False, True),
        (None, False, False, False, True),
    ],
)
def test_what_a_relation_allows(kind, assigns, matters, figures, mutual):
    assert (relating.assigns(kind), relating.sees_matters(kind), relating.sees_figures(kind)) == (assigns, matters, figures)
    assert relating.has_contact(kind) is True
    assert kind is None or relating.is_mutual(kind) is mutual


@pytest.mark.parametrize(
    ("kinds", "strongest"),
    [
        (["joint", "coordinates", "guides", "directs"], "directs"),
        (["joint", "guides"], "guides"),
        (["joint", "coordinates"], "coordinates"),
        (["joint"], "joint"),
        ([], None),
    ],
)
def test_the_strongest_of_several_relations_counts(kinds, strongest):
    assert relating.strongest(kinds) == strongest
