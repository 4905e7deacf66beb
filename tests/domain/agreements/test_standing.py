"""Where an agreement stands on a day: one rule, one expression, and proof that they are the same."""

from datetime import date, timedelta
from itertools import product

import pytest

from phoihop.domain import models as m
from phoihop.domain.agreements.queries.standing import in_force, replaced_by, standing_of, with_standing
from phoihop.domain.agreements.rules.standing import Standing, standing
from tests.domain.agreements.agreed import a_regulation
from tests.world import songdat

D = date(2026, 6, 10)
EARLY, LATE = D - timedelta(days=5), D + timedelta(days=5)

ROWS = {
    "a draft": ({}, Standing.NOT_YET),
    "agreed, to begin later": ({"agreed_on": EARLY, "valid_from": LATE}, Standing.NOT_YET),
    "agreed later": ({"agreed_on": LATE}, Standing.NOT_YET),
    "agreed today": ({"agreed_on": D}, Standing.IN_FORCE),
    "begins today": ({"agreed_on": EARLY, "valid_from": D}, Standing.IN_FORCE),
    "in force": ({"agreed_on": EARLY, "valid_from": EARLY, "valid_until": LATE}, Standing.IN_FORCE),
    "over today": ({"agreed_on": EARLY, "valid_until": D}, Standing.LAPSED),
    "over": ({"agreed_on": EARLY, "valid_until": EARLY}, Standing.LAPSED),
    "replaced today": ({"agreed_on": EARLY, "replaced_on": D}, Standing.REPLACED),
    "replaced, and over": ({"agreed_on": EARLY, "valid_until": EARLY, "replaced_on": EARLY}, Standing.REPLACED),
    "to be replaced": ({"agreed_on": EARLY, "replaced_on": LATE}, Standing.IN_FORCE),
    "ended today": ({"agreed_on": EARLY, "ended_on": D}, Standing.ENDED),
    "to be ended": ({"agreed_on": EARLY, "ended_on": LATE}, Standing.IN_FORCE),
    "a draft given up": ({"ended_on": EARLY}, Standing.ENDED),
}  # fmt: skip


@pytest.mark.parametrize("name", ROWS)
def test_where_an_agreement_stands_follows_from_its_dates(name):
    given, expected = ROWS[name]
    assert standing(D, **{"agreed_on": None, "valid_from": None, "valid_until": None} | given) == expected


@pytest.mark.django_db
def test_the_expression_of_lists_is_the_rule():
    """Every combination of days before, on and after the one asked about, and none."""
    w = songdat()
    a = a_regulation(w)
    later = a_regulation(w, title="Quy chế mới")
    m.Basis.objects.create(agreement=later, kind="replaces", earlier=a)
    days = (None, EARLY, D, LATE)
    differ = []
    for agreed, first, until, ended, replaced in product(days, days, days, (None, EARLY, D, LATE), days):
        if first and until and until <= first:
            continue
        m.Agreement.objects.filter(pk=a.pk).update(agreed_on=agreed, valid_from=first, valid_until=until, ended_on=ended)
        m.Agreement.objects.filter(pk=later.pk).update(agreed_on=replaced, valid_from=None)
        said = standing(D, agreed_on=agreed, valid_from=first, valid_until=until, ended_on=ended, replaced_on=replaced)
        if standing_of(a, D) != said:
            differ.append((agreed, first, until, ended, replaced))
    assert differ == []


@pytest.mark.django_db
def test_what_replaces_a_text_is_told_and_only_once_it_has_begun():
    w = songdat()
    a, later = a_regulation(w), a_regulation(w, title="Quy chế mới")
    m.Basis.objects.create(agreement=later, kind="replaces", earlier=a)
    m.Agreement.objects.update(agreed_on=EARLY, valid_from=EARLY)
    m.Agreement.objects.filter(pk=later.pk).update(valid_from=D)
    assert [replaced_by(a, day) for day in (EARLY, D)] == [None, later]
    assert [list(in_force(day)) for day in (EARLY, D)] == [[a], [later]]


@pytest.mark.django_db
def test_rows_that_hang_on_an_agreement_are_asked_by_their_way_to_it():
    w = songdat()
    a = a_regulation(w)
    m.Agreement.objects.update(agreed_on=EARLY, valid_from=EARLY)
    rows = with_standing(m.AgreementParty.objects.filter(agreement=a), D, "agreement__")
    assert set(rows.values_list("standing", flat=True)) == {Standing.IN_FORCE}
