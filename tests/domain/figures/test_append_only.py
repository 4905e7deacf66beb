"""The ledger is never changed: the database itself refuses, whoever asks."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from phoihop.domain import models as m
from phoihop.domain.figures.actions.entering import sourced
from phoihop.domain.figures.rules import Total
from phoihop.kernel import guards
from tests.domain.figures.posting import patrol
from tests.world import NOON, songdat

pytestmark = pytest.mark.django_db
LEDGER = [m.Fact, m.Share, m.FactArea, m.SourcedTotal]


@pytest.fixture
def ledger():
    w = songdat()
    patrol(w, w.song, date(2026, 6, 1), "CA", "DQ", touches=(w.dat,))
    sourced(by=w.node, total=Total("TR.01", w.song, date(2025, 7, 1), date(2025, 8, 1), 5, "=", "Sổ tuần tra"), at=NOON)
    return w


@pytest.mark.parametrize("model", LEDGER)
def test_a_row_cannot_be_removed(ledger, model):
    before = model.objects.count()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {model._meta.db_table}")
    assert (before > 0, model.objects.count()) == (True, before)


@pytest.mark.parametrize("model", LEDGER)
def test_a_row_cannot_be_changed(ledger, model):
    before = sorted(model.objects.values_list("pk", flat=True))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {model._meta.db_table} SET id = id + 1000")
    assert sorted(model.objects.values_list("pk", flat=True)) == before


@pytest.mark.parametrize("model", LEDGER)
def test_neither_can_be_done_through_the_records(ledger, model):
    row = model.objects.first()
    with pytest.raises(DatabaseError), transaction.atomic():
        row.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.filter(pk=row.pk)._raw_delete("default")


def test_a_fact_is_taken_back_once(ledger):
    fact = m.Fact.objects.get(measure__code="TR.01")
    opposite = {"seq": fact.seq, "measure": fact.measure, "area": fact.area, "day": fact.day, "value": -1, "reverses": fact}
    m.Fact.objects.create(**opposite)
    with pytest.raises(DatabaseError), transaction.atomic():
        m.Fact.objects.create(**opposite)


def test_every_table_of_the_ledger_is_guarded(ledger):
    assert {model._meta.db_table for model in LEDGER} <= guards.APPEND_ONLY
    assert [t for t in guards.missing() if t in {model._meta.db_table for model in LEDGER}] == []
