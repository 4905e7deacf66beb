"""Changing many rows at once, each to its own values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection, models


def update_each(records: Sequence[models.Model], fields: Sequence[str]) -> None:
    """Write these fields of each record: one UPDATE, run for every row in one go.

    ``bulk_update`` writes a CASE with a branch for every row and field, whose making costs more than the writing.
    """
    if not records:
        return
    options, quote = records[0]._meta, connection.ops.quote_name
    by_name: dict[str, models.Field[Any, Any]] = {f.name: f for f in options.concrete_fields}
    columns = [by_name[name] for name in fields]
    assignments = ", ".join(f"{quote(str(c.column))} = %s" for c in columns)
    key = next(f for f in options.concrete_fields if f.primary_key)
    rows = [[*(c.get_db_prep_save(getattr(r, c.attname), connection) for c in columns), r.pk] for r in records]
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {quote(options.db_table)} SET {assignments} WHERE {quote(str(key.column))} = %s", rows)
