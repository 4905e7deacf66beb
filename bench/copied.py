"""A node's SQLite database brought over to an empty PostgreSQL, row by row, so that both are asked about the same province.

    python -m bench.copied FILE

The settings name the PostgreSQL. Foreign keys and guards rest meanwhile: what is copied was judged when it was written.
"""

from __future__ import annotations

import sys
from typing import Any


def main(file: str) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection, connections

    call_command("migrate", verbosity=0)
    settings = connection.settings_dict | {"ENGINE": "django.db.backends.sqlite3", "NAME": file, "OPTIONS": {}, "ATOMIC_REQUESTS": False}
    connections.databases["source"] = settings
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        models = _models()
        cursor.execute("TRUNCATE " + ", ".join(f'"{model._meta.db_table}"' for model in models))
        for model in models:
            _copy(model, cursor)
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("ANALYZE")


def _models() -> list[Any]:
    from django.apps import apps

    return [m for m in apps.get_models(include_auto_created=True) if m._meta.managed and not m._meta.proxy]


def _copy(model: Any, cursor: Any) -> None:
    """All rows of a table, and the counter of its keys after the last of them."""
    from django.db import connection

    fields = model._meta.concrete_fields
    table, columns = model._meta.db_table, ", ".join(f'"{f.column}"' for f in fields)
    rows = model._base_manager.using("source").order_by().values_list(*(f.attname for f in fields))
    with cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN') as out:
        for row in rows.iterator(chunk_size=5000):
            out.write_row([f.get_db_prep_save(value, connection) for f, value in zip(fields, row, strict=True)])
    key = model._meta.pk
    if key.get_internal_type().endswith("AutoField"):
        cursor.execute(f'SELECT setval(pg_get_serial_sequence(\'"{table}"\', \'{key.column}\'), coalesce(max("{key.column}"), 1)) FROM "{table}"')


if __name__ == "__main__":
    main(sys.argv[1])
