import itertools

import pytest

from phoihop.domain.matters.models import PartState
from phoihop.domain.matters.rules import OPENS, Facet, Sight, opens, sight

NOTHING, FIGURES, TITLE, GRANTED, SHARED, WHOLE = Sight


@pytest.mark.parametrize(
    ("leads", "part", "directs", "guides", "granted", "seen"),
    [
        (True, None, False, False, False, WHOLE),
        (True, "declined", False, False, False, WHOLE),
        (False, "asked", False, False, False, WHOLE),
        (False, "accepted", False, False, False, WHOLE),
        (False, "accepted", True, True, True, WHOLE),
        (False, "informed", False, False, False, SHARED),
        (False, None, True, False, False, SHARED),
        (False, "declined", True, False, False, SHARED),
        (False, None, True, True, True, SHARED),
        (False, None, False, False, True, GRANTED),
        (False, "declined", False, False, True, GRANTED),
        (False, "withdrawn", False, True, True, GRANTED),
        (False, "declined", False, False, False, TITLE),
        (False, "unable", False, False, False, TITLE),
        (False, "declined", False, True, False, TITLE),
        (False, None, False, True, False, FIGURES),
        (False, "withdrawn", False, True, False, FIGURES),
        (False, "withdrawn", False, False, False, NOTHING),
        (False, None, False, False, False, NOTHING),
    ],
)
def test_a_unit_sees_the_most_that_any_of_its_relations_opens(leads, part, directs, guides, granted, seen):
    assert sight(leads=leads, part=part, directs=directs, guides=guides, granted=granted) is seen


def test_another_relation_never_takes_sight_away():
    states = (None, *PartState.values)
    for leads, part, directs, guides, granted in itertools.product((False, True), states, (False, True), (False, True), (False, True)):
        base = sight(leads=leads, part=part, directs=directs, guides=guides, granted=granted)
        more = [
            sight(leads=True, part=part, directs=directs, guides=guides, granted=granted),
            sight(leads=leads, part=part, directs=True, guides=guides, granted=granted),
            sight(leads=leads, part=part, directs=directs, guides=True, granted=granted),
            sight(leads=leads, part=part, directs=directs, guides=guides, granted=True),
        ]
        assert [base <= seen for seen in more] == [True] * 4


@pytest.mark.parametrize(
    ("facet", "least"),
    [
        (Facet.FIGURES, FIGURES),
        (Facet.TITLE, TITLE),
        (Facet.PARTIES, GRANTED),
        (Facet.EVENTS, GRANTED),
        (Facet.NOTES, GRANTED),
        (Facet.FILES, SHARED),
        (Facet.TASKS, SHARED),
        (Facet.WRITING, WHOLE),
    ],
)
def test_each_facet_opens_from_one_degree_of_sight_on(facet, least):
    assert [seen for seen in Sight if opens(seen, facet)] == [seen for seen in Sight if seen >= least]


def test_the_table_names_every_degree_and_every_facet():
    assert (set(OPENS), OPENS[WHOLE]) == (set(Sight), frozenset(Facet))
