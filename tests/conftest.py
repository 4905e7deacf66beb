"""What every test shares. The guards of append-only tables come down only while a test database is emptied."""

from __future__ import annotations

import gc
import os
from collections.abc import Generator, Iterator

import pytest
from django.db import connection
from django.test import TransactionTestCase, override_settings
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis

from phoihop.kernel import guards, memo, pin_key
from phoihop.kernel.stack import roomy

# The same examples in every run, and none refused for having been slow on a slow machine.
hypothesis.register_profile("same", derandomize=True, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis.load_profile("same")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory) -> None:
    """SQLite in a file, as a node has it. In memory the threads of the live server would share one connection with the test, and one
    thread's statements would fall into another's transaction. No test pulls the plug, so nothing waits for the disk."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
        connection.settings_dict["OPTIONS"]["timeout"] = 120
        connection.settings_dict["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"


@pytest.fixture(autouse=True, scope="session")
def _flush_under_guard() -> Iterator[None]:
    """A flush deletes rows that the database refuses to delete; post_migrate puts the guards up again."""
    original = TransactionTestCase._fixture_teardown

    def teardown(self: TransactionTestCase) -> None:
        guards.take_down()
        original(self)
        guards.put_up()

    TransactionTestCase._fixture_teardown = teardown  # type: ignore[method-assign]
    yield
    TransactionTestCase._fixture_teardown = original  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a process keeps at hand belongs to the database of the test before. Other processes write nothing in between: how often
    a page asks must not hang on whether a second has passed."""
    memo.forget_all()
    monkeypatch.setattr(memo, "FRESH_FOR", 3600.0)


@pytest.fixture(autouse=True, scope="session")
def _plain_static_files() -> Iterator[None]:
    """Static files under their plain names: names with a digest need a gathered front end, which few tests look at."""
    storages = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    with override_settings(STORAGES=storages, WHITENOISE_AUTOREFRESH=True, WHITENOISE_MAX_AGE=3600):
        yield


@pytest.fixture(autouse=True, scope="session")
def _quick_passwords() -> Iterator[None]:
    """The node's own hash is slow on purpose; ``test_passwords_are_kept_as_argon2id`` looks at it."""
    with override_settings(PASSWORD_HASHERS=[f"django.contrib.auth.hashers.{name}PasswordHasher" for name in ("MD5", "Argon2")]):
        yield


@pytest.fixture(autouse=True, scope="session")
def _quick_pins() -> Iterator[None]:
    """So is what a PIN opens, a fifth of a second each time; ``tests/kernel/test_pin_key.py`` looks at it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pin_key, "PASSES", 1)
        patch.setattr(pin_key, "MEMORY", 64)
        yield


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A second database can only change what asks a database: rules and pages in a browser were judged on SQLite, minutes before."""
    if connection.vendor != "postgresql":
        return
    again = [item for item in items if _asks_database(item) and item.get_closest_marker("browser") is None]
    kept = set(again)
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = again


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Nothing that is collected is garbage: looking for it is a tenth of the time."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> object:
    """All tests with room for their calls (``kernel/stack.py``), as a page of the node has it: who would go through them now does so within."""
    others = [one for one in session.config.hook.pytest_runtestloop.get_hookimpls() if not one.wrapper and one.function is not pytest_runtestloop]
    return roomy(others[-1].function, *(session for _ in others[-1].argnames))


def pytest_collection_finish() -> None:
    """Thousands of collected tests and all modules stay to the end: looking through them for garbage again and again
    is one second in fifteen. What a test leaves lying is looked through seldom: most of it goes by itself before."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 20, 20)


def _asks_database(item: pytest.Item) -> bool:
    return item.get_closest_marker("django_db") is not None or bool({"db", "transactional_db"} & set(getattr(item, "fixturenames", ())))


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """In CI nothing is skipped: what a test needs is installed there, or the run fails."""
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    if report.skipped and os.environ.get("CI"):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI: {report.longrepr}"
