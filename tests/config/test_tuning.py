"""SQLite knows its tables after a look at them; PostgreSQL needs none."""

import pytest
from django.db import connection

from phoihop.config.tuning import know_tables
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
