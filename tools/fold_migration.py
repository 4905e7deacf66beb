"""Write the first migration of every app again with each table made whole.

``makemigrations`` creates the tables in the order of their names and adds the references, constraints and indexes afterwards. On SQLite each of
these additions copies its table anew: most of a node's start, and of the start of every test process, went there. Ordered by their references,
nearly all tables can be created with everything that they have. What the models say is the same: ``makemigrations --check`` sees no difference.
"""

import importlib
import os
import sys
from collections.abc import Iterable
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

import django
from django.apps import apps
from django.db.migrations import AddConstraint, AddField, AddIndex, CreateModel, Migration
from django.db.migrations.operations.base import Operation
from django.db.migrations.utils import field_references
from django.db.migrations.writer import MigrationWriter

from phoihop.kernel.tables import CreateTables


def gathered(operations: Iterable[Operation]) -> dict[str, CreateModel]:
    """Each table with all that is added to it, in the order in which they were created. Raises ``TypeError`` for any other operation."""
    tables: dict[str, CreateModel] = {}
    for operation in operations:
        match operation:
            case CreateTables():
                tables |= {table.name_lower: table for table in operation.tables}
            case CreateModel():
                tables[operation.name_lower] = operation
            case AddField():
                tables[operation.model_name_lower].fields.append((operation.name, operation.field))
            case AddConstraint():
                tables[operation.model_name_lower].options.setdefault("constraints", []).append(operation.constraint)
            case AddIndex():
                tables[operation.model_name_lower].options.setdefault("indexes", []).append(operation.index)
            case _:
                raise TypeError(f"a first migration has no {type(operation).__name__}")
    return tables


def ordered(tables: dict[str, CreateModel], label: str) -> list[CreateModel]:
    """The tables so that each stands behind those it refers to. Raises ``CycleError`` where two refer to one another."""
    refers = {
        name: [other for other in tables if other != name and any(field_references((label, name), field, (label, other)) for _, field in table.fields)]
        for name, table in tables.items()
    }
    return [tables[name] for name in TopologicalSorter(refers).static_order()]


def fold(label: str, path: Path) -> None:
    migration: Migration = importlib.import_module(f"phoihop.{path.parts[-3]}.migrations.{path.stem}").Migration(path.stem, label)
    migration.operations = [CreateTables(ordered(gathered(migration.operations), label))]
    path.write_text(MigrationWriter(migration).as_string())


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "phoihop.config.settings")
    django.setup()
    for app in apps.get_app_configs():
        first = Path(app.path) / "migrations" / "0001_first.py"
        if app.name.startswith("phoihop.") and first.exists():
            try:
                fold(app.label, first)
            except CycleError as cycle:
                sys.exit(f"{app.label}: these tables refer to one another: {cycle.args[1]}")
