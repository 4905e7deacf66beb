"""Many tables in one step of a migration, and that the first migrations are written so."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.migrations import CreateModel
from django.db.migrations.state import ProjectState

from phoihop.kernel.tables import CreateTables

HERD = CreateModel("Herd", [("id", models.BigAutoField(primary_key=True)), ("size", models.IntegerField())])
COW = CreateModel(
    "Cow",
    [("id", models.BigAutoField(primary_key=True)), ("herd", models.ForeignKey("tried.Herd", models.CASCADE))],
    options={"constraints": [models.UniqueConstraint(fields=["herd"], name="one_cow_a_herd")]},
)


def tables():
    with connection.cursor() as cursor:
        return {name for name in connection.introspection.table_names(cursor) if name.startswith("tried_")}


@pytest.mark.django_db(transaction=True)
def test_the_tables_come_with_their_constraints_and_go_again():
    step, before, after = CreateTables([HERD, COW]), ProjectState(), ProjectState()
    step.state_forwards("tried", after)
    with connection.schema_editor() as editor:
        step.database_forwards("tried", editor, before, after)
    assert tables() == {"tried_herd", "tried_cow"}
    with connection.cursor() as cursor:
        assert connection.introspection.get_constraints(cursor, "tried_cow")["one_cow_a_herd"]["unique"] is True
    with connection.schema_editor() as editor:
        step.database_backwards("tried", editor, after, before)
    assert tables() == set()


def test_tables_join_a_state_whose_classes_were_worked_out_already():
    state = ProjectState()
    assert list(state.apps.get_models()) == []
    CreateTables([HERD, COW]).state_forwards("tried", state)
    assert sorted(model.__name__ for model in state.apps.get_models()) == ["Cow", "Herd"]


@pytest.mark.parametrize("app", ["domain", "web", "api", "jobs"])
def test_a_first_migration_makes_all_tables_of_its_app_in_one_step(app):
    step, *more = import_module(f"phoihop.{app}.migrations.0001_first").Migration.operations
    assert more == []
    made = {table.name for table in step.tables}
    assert made == {model.__name__ for model in next(c for c in apps.get_app_configs() if c.name == f"phoihop.{app}").get_models()}
