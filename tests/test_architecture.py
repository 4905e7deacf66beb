"""The house rules, as tests: who may import whom, who may write, and that nothing is declared in vain."""

from __future__ import annotations

import ast
import functools
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.utils.functional import Promise

from phoihop.domain.activities.models import Route
from phoihop.domain.forces.models import Unit
from phoihop.domain.matters.models import Body, Matter
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
MANAGERS = {"objects", "_default_manager", "_base_manager"}
CLOCKS = {"datetime.now", "date.today", "timezone.now", "time.time"}
SHORTCUTS = {"get_object_or_404", "get_list_or_404"}
UNASKED = {
    "api/names.py _every: model._default_manager": "public records by number; and texts, which have no key to their matter: the act finds the event that wrote it",
}
"""Where a page or the API may fetch such a record by itself, and why."""
OURS = [m for m in apps.get_models(include_auto_created=True) if m.__module__.startswith("phoihop.")]


@functools.cache
def sources() -> tuple[tuple[str, ast.Module], ...]:
    """Read once for all tests of this page, which look and change nothing."""
    paths = [path for path in sorted(SOURCE.rglob("*.py")) if "migrations" not in path.parts]
    return tuple((str(path.relative_to(SOURCE)), ast.parse(path.read_text(encoding="utf-8"))) for path in paths)


@pytest.fixture(scope="module", autouse=True)
def _sources_are_forgotten() -> Iterator[None]:
    """They take a hundred megabytes or two."""
    yield
    sources.cache_clear()


def is_action_room(name: str) -> bool:
    parts = Path(name).parts
    return parts[0] == "domain" and len(parts) > 2 and parts[2] in ("actions", "actions.py")


def test_imports_keep_to_the_map() -> None:
    """In a process of its own: the linter sets logging up anew and silences every logger there is."""
    done = subprocess.run([sys.executable, "-c", "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"], cwd=ROOT)
    assert done.returncode == 0


def test_rules_know_nothing_but_what_they_are_given() -> None:
    """No setting, no clock, no record of the database: a rule is the same on every node and at every hour."""
    asked = []
    for name, tree in sources():
        parts = Path(name).parts
        if parts[0] != "domain" or len(parts) < 3 or Path(parts[2]).stem != "rules":
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and any(
                f"{node.module}.{one.name}".startswith(("django.conf.", "django.utils.timezone")) for one in node.names
            ):
                asked.append(f"{name}:{node.lineno} {ast.unparse(node)}")
            if isinstance(node, ast.Attribute) and (node.attr in MANAGERS or ast.unparse(node) in CLOCKS):
                asked.append(f"{name}:{node.lineno} {ast.unparse(node)}")
    assert asked == []


def test_only_actions_write() -> None:
    """Calls of a manager's or a record's writing method outside an actions room, and what writes many rows; sets and dicts are told apart by ``objects``."""
    strays = []
    for name, tree in sources():
        if is_action_room(name) or name in PLUMBING:
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module == "phoihop.kernel.rows":
                strays.append(f"{name}:{node.lineno} {ast.unparse(node)}")
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
                told = ast.unparse(node.func.value)
                through_manager = ".objects" in told or "_default_manager" in told
                unambiguous = node.func.attr in WRITES - {"update", "add", "set", "remove", "clear", "create", "save", "delete"}
                if through_manager or unambiguous:
                    strays.append(f"{name}:{node.lineno} {told}.{node.func.attr}")
    assert strays == []


def _hanging_on_matters() -> set[str]:
    """The models whose records are not for everybody: matters, whatever refers to one, however far off; texts; and routes, which tell where patrols will be.

    Figures are public.
    """
    found: set[type[models.Model]] = {Matter, Body, Route}
    open_to_some = [model for model in OURS if not model.__module__.startswith("phoihop.domain.figures.")]
    while more := {model for model in open_to_some if model not in found and any(field.related_model in found for field in model._meta.concrete_fields)}:
        found |= more
    return {model.__name__ for model in found}


def _with_place(node: ast.AST, place: str = "") -> Iterator[tuple[str, ast.AST]]:
    for child in ast.iter_child_nodes(node):
        inner = child.name if isinstance(child, ast.FunctionDef | ast.ClassDef) else place
        yield inner, child
        yield from _with_place(child, inner)


def fetched_unasked(name: str, tree: ast.Module) -> set[str]:
    """Managers of such models, or of one that is not named; and the shortcuts that look such a record up by its key."""
    kept, ours = _hanging_on_matters(), {model.__name__ for model in OURS}
    real = {alias.asname: alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names if alias.asname}

    def model_of(node: ast.AST) -> str:
        last = ast.unparse(node).rpartition(".")[2]
        return real.get(last, last)

    found = set()
    for place, node in _with_place(tree):
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS and (model_of(node.value) in kept or model_of(node.value) not in ours):
            found.add(f"{name} {place}: {ast.unparse(node)}")
        if isinstance(node, ast.Call) and ast.unparse(node.func) in SHORTCUTS and node.args and model_of(node.args[0]) in kept:
            found.add(f"{name} {place}: {ast.unparse(node.func)}({ast.unparse(node.args[0])})")
    return found


def test_to_fetch_is_to_authorise() -> None:
    """Pages and the API get records from queries that ask who looks. An entry that is no longer needed fails too."""
    found = {stray for name, tree in sources() if Path(name).parts[0] in ("web", "api") and name not in PLUMBING for stray in fetched_unasked(name, tree)}
    assert sorted(found) == sorted(UNASKED)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("def one(pk):\n    return Activity.objects.get(pk=pk)", {"x.py one: Activity.objects"}),
        ("from y import Activity as A\nA._base_manager.all()", {"x.py : A._base_manager"}),
        ("def one(model):\n    return lambda: model._default_manager.all()", {"x.py one: model._default_manager"}),
        ("class View:\n    def one(self, pk):\n        return get_object_or_404(m.Task, pk=pk)", {"x.py one: get_object_or_404(m.Task)"}),
        ("get_object_or_404(seen_by(post), pk=pk)\nArea.objects.all()\na.legs.all()", set()),
    ],
    ids=["a manager", "under another name", "of any model", "by a shortcut", "asked, public, or of a record at hand"],
)
def test_what_is_fetched_without_asking_is_found(source: str, found: set[str]) -> None:
    assert fetched_unasked("x.py", ast.parse(source)) == found


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
    assert connected == [f"{app}/apps.py: from django.db.models.signals import post_migrate" for app in ("domain", "search")]


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


def test_what_is_typed_in_secret_is_named_where_its_form_is_sent_to() -> None:
    """What somebody types while the sign-in runs out is kept and shown again (web/kept.py): a password or a PIN must not be."""
    typed: set[tuple[str, str]] = set()
    named: set[tuple[str, str]] = set()
    bare = set()
    for name, tree in sources():
        folder = str(Path(name).parent)
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and ast.unparse(node.value.func) == "SecretField":
                typed |= {(folder, ast.unparse(target)) for target in node.targets}
            elif isinstance(node, ast.Call) and ast.unparse(node.func) == "sensitive_post_parameters":
                named |= {(folder, str(argument.value)) for argument in node.args if isinstance(argument, ast.Constant)}
            elif isinstance(node, ast.Call) and ast.unparse(node.func) == "forms.PasswordInput" and name != "web/people/fields.py":
                bare.add(f"{name}:{node.lineno}")
    assert (typed - named, bare) == (set(), set())
    assert {("web/agreements", "pin"), ("web/people", "password")} <= typed


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
