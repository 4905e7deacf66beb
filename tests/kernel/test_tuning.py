"""SQLite knows its tables after a look at them; PostgreSQL needs one only within the transaction that filled them."""

import pytest
from django.db import connection

from phoihop.domain import models as m
from phoihop.kernel.tuning import know, know_tables, roomy
from tests.world import songdat

pytestmark = pytest.mark.django_db


def test_after_a_look_sqlite_has_statistics_of_a_table_that_has_rows():
    songdat()
    know_tables()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT COUNT(*) FROM sqlite_stat1 WHERE tbl = 'phoihop_post'")
            assert cursor.fetchone()[0] > 0
        else:
            cursor.execute("SELECT COUNT(*) FROM pg_stats WHERE tablename = 'phoihop_post'")
            assert cursor.fetchone()[0] == 0


def test_what_was_just_filled_is_known_within_the_transaction_on_both():
    songdat()
    know(m.Unit)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT DISTINCT tbl FROM sqlite_stat1 WHERE tbl = 'phoihop_unit'")
        else:
            cursor.execute("SELECT relname FROM pg_class WHERE relname = 'phoihop_unit' AND reltuples > 0")
        assert cursor.fetchall() == [("phoihop_unit",)]


def test_room_is_given_for_a_while():
    def kept():
        with connection.cursor() as cursor:
            return cursor.execute("PRAGMA cache_size").fetchone()[0] if connection.vendor == "sqlite" else -65_536

    usual = kept()
    with roomy():
        assert kept() == -65_536
    assert kept() == usual
