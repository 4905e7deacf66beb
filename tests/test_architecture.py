"""The house rules, as tests: who may import whom, who may write, and that nothing is declared in vain."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.utils.functional import Promise
from importlinter.cli import lint_imports

from phoihop.domain.forces.models import Unit
from phoihop.domain.people.rules import MAY, PERMISSIONS
from phoihop.domain.territory.models import Area
from phoihop.kernel import heirs
from phoihop.kernel.action import ACTIONS
from phoihop.kernel.catalogue import EVENTS

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "phoihop"
WRITES = {
    "save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "add", "set", "remove", "clear",
    "acreate", "aupdate", "adelete", "asave",
}  # fmt: skip
# Engines and surfaces write their own plumbing, and nothing else: the line of jobs, sign-ins of browsers, forms and requests sent twice.
PLUMBING = {"jobs/line.py", "web/sessions.py", "web/once.py", "api/once.py"}
OURS = [m for m in apps.get_models(include_auto_created=True) if m.__module__.startswith("phoihop.")]


def sources() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(SOURCE.rglob("*.py")):
        if "migrations" not in path.parts:
            yield str(path.relative_to(SOURCE)), ast.parse(path.read_text(encoding="utf-8"))


def is_action_room(name: str) -> bool:
    parts = Path(name).parts
    return parts[0] == "domain" and len(parts) > 2 and parts[2] in ("actions", "actions.py")


def test_imports_keep_to_the_map(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert lint_imports(no_cache=True) == 0


def test_only_actions_write() -> None:
    """Calls of a manager's or a record's writing method outside an actions room; sets and dicts are told apart by ``objects``."""
    strays = []
    for name, tree in sources():
        if is_action_room(name) or name in PLUMBING:
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
                told = ast.unparse(node.func.value)
                through_manager = ".objects" in told or "_default_manager" in told
                unambiguous = node.func.attr in WRITES - {"update", "add", "set", "remove", "clear", "create", "save", "delete"}
                if through_manager or unambiguous:
                    strays.append(f"{name}:{node.lineno} {told}.{node.func.attr}")
    assert strays == []


def test_models_keep_to_fields_and_constraints() -> None:
    allowed = {"__str__", "__repr__", "get_session_store_class"}
    overrides = []
    for name, tree in sources():
        if Path(name).name != "models.py" and Path(name).parent.name != "models":
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                for item in node.body:
                    is_property = isinstance(item, ast.FunctionDef) and any(ast.unparse(d) == "property" for d in item.decorator_list)
                    if isinstance(item, ast.FunctionDef) and item.name not in allowed and not is_property:
                        overrides.append(f"{name}:{item.lineno} {node.name}.{item.name}")
    assert overrides == []


def test_no_signal_is_connected_but_the_end_of_a_migration() -> None:
    connected = [
        f"{name}: {ast.unparse(node)}"
        for name, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module in ("django.db.models.signals", "django.dispatch", "django.core.signals")
    ]
    assert connected == ["domain/apps.py: from django.db.models.signals import post_migrate"]


def test_every_permission_is_asked_for_somewhere_and_every_one_asked_for_exists() -> None:
    asked = set()
    for name, tree in sources():
        if name == "domain/people/rules/may.py":
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in PERMISSIONS:
                asked.add(node.value)
    assert sorted(PERMISSIONS - asked) == []
    assert {p for permissions in MAY.values() for p in permissions} == set(PERMISSIONS)


def test_every_event_declared_is_written_and_every_one_written_is_declared() -> None:
    written = set()
    for name, tree in sources():
        if not is_action_room(name):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in EVENTS:
                written.add(node.value)
    assert sorted(set(EVENTS) - written) == []


def test_every_reference_to_a_unit_or_an_area_says_what_a_succession_does_to_it() -> None:
    references = {
        f"{model.__name__}.{field.name}"
        for model in OURS
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.related_model in (Unit, Area)
    }
    named = set(heirs.STAYS) | set(heirs.HEIRS)
    assert sorted(references - named) == []
    assert sorted(named - references) == []


def test_every_field_says_in_words_what_it_is_for() -> None:
    silent = [
        f"{model.__name__}.{field.name}"
        for model in OURS
        for field in model._meta.concrete_fields
        if field.name not in ("id", "password") and not isinstance(field.verbose_name, Promise) and not issubclass(model, _abstract_sessions())
    ]
    assert silent == []


def test_every_action_says_what_it_does() -> None:
    ours = [(name, action) for name, action in sorted(ACTIONS.items()) if action.__module__.startswith("phoihop.")]
    assert [name for name, action in ours if not (action.__doc__ or "").strip()] == []


def test_files_stay_small() -> None:
    long = [f"{name}: {n}" for name, _ in sources() if (n := len((SOURCE / name).read_text(encoding="utf-8").splitlines())) > 500]
    assert long == []


def test_there_is_no_drawer_for_helpers() -> None:
    drawers = {"helpers", "utils", "util", "common", "misc", "tools", "services", "managers", "signals"}
    assert [name for name, _ in sources() if Path(name).stem in drawers or set(Path(name).parts) & drawers] == []


def _abstract_sessions() -> type:
    from phoihop.web.models import SignIn

    return SignIn
