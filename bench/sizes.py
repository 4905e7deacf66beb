"""Pages of a nation beside bare views of the same queries and cells, and beside themselves with a tenth of the data.

Filling a nation takes minutes, and a machine that is shared is slower in one minute than in the next. So a tenth is filled, kept aside, filled
on, and only then are both asked in turn, each time in a process of its own, as a node's: the least of all rounds stands. On SQLite, then
on a PostgreSQL that is started for it. ``bench.duties`` and ``bench.register`` say what is filled and which pages are asked.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol
from urllib.parse import urlsplit

TURNS, ROUNDS = 3, 6
FIRST_PART, ALL = 3, 34
"""Provinces with data in the tenth, and in all."""
MOST_TIMES, MOST_GROWTH, MOST_QUERIES = 3.0, 1.25, 12
_SIZES = ("tenth", "all")
_POSTGRES, _FILL, _ASK, _MORE = "--postgres", "--fill", "--ask", "--more"


class Page(NamedTuple):
    """A page as somebody sees it; ``who``: the name of an account."""

    name: str
    who: str
    address: str


class Filled(Protocol):
    """What a bench fills a node with."""

    def found(self, which: Sequence[int]) -> None:
        """Fill these provinces, numbered in the order of their codes."""

    def pages(self) -> Sequence[Page]:
        """The pages to be asked."""

    def told(self) -> str:
        """How much there is now, as a line to print."""


def run(module: str, filled: Callable[[], Filled], more: Callable[[Any], bool] | None = None) -> int:
    """Measure on both databases. ``more`` measures what needs all of the data and changes it, last. The worse answer: 0 if every figure is in budget."""
    if _FILL in sys.argv:
        return _fill(filled)
    if _ASK in sys.argv:
        return _ask()
    if _MORE in sys.argv and more is not None:
        _ready()
        return 0 if more(filled()) else 1
    if _POSTGRES in sys.argv:
        return _both_sizes(module, more is not None)
    plain = {k: v for k, v in os.environ.items() if not k.startswith("PHOIHOP_")}
    own = [sys.executable, "tools/with_postgres.py", sys.executable, "-m", module, _POSTGRES]
    return max(_both_sizes(module, more is not None, plain), subprocess.run(own, env=plain).returncode)


def _both_sizes(module: str, more: bool, environment: Mapping[str, str] = os.environ) -> int:
    with tempfile.TemporaryDirectory(prefix="phoihop-bench-") as folder:
        common = {**environment, "DJANGO_SETTINGS_MODULE": "phoihop.config.settings", "PYTHONPATH": f"src{os.pathsep}."}
        sizes = {size: common | _place(folder, size, environment.get("PHOIHOP_DATABASE", "")) for size in _SIZES}
        command = [sys.executable, "-m", module]
        subprocess.run([*command, _FILL, str(Path(folder, "tenth"))], env=sizes["all"], check=True)
        pages = Path(folder, "all", "pages.json")
        readings: dict[str, list[list[list[float]]]] = {size: [] for size in _SIZES}
        for _ in range(TURNS):
            for size, settings in sizes.items():
                said = subprocess.run([*command, _ASK, str(pages)], env=settings, check=True, stdout=subprocess.PIPE, text=True)
                readings[size].append(json.loads(said.stdout.splitlines()[-1]))
        vendor = "postgresql" if "PHOIHOP_DATABASE" in environment else "sqlite"
        fine = _told([Page(*one).name for one in json.loads(pages.read_text())], readings, vendor)
        if more:
            fine &= subprocess.run([*command, _MORE], env=sizes["all"]).returncode == 0
    return 0 if fine else 1


def _place(folder: str, size: str, url: str) -> dict[str, str]:
    """Where a size lives: a folder, and on PostgreSQL a database beside the one that was given."""
    place = {"PHOIHOP_DATA": str(Path(folder, size))}
    if url and size == "tenth":
        place["PHOIHOP_DATABASE"] = _tenth(url)
    return place


def _tenth(url: str) -> str:
    return urlsplit(url)._replace(path="/tenth").geturl()


def _looked_at(url: str) -> None:
    """What PostgreSQL does by itself within minutes, but never to a copy in which nothing is written."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as server:
        server.execute("VACUUM (ANALYZE)")


def _fill(filled: Callable[[], Filled]) -> int:
    """Fill a tenth, put a copy of it aside, fill the rest."""
    _ready()
    from bench import ledger_world
    from django.core.management import call_command

    from phoihop.kernel.tuning import know_tables

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    ledger_world.ground()
    world = filled()
    world.found(range(FIRST_PART))
    know_tables()
    _put_aside(Path(sys.argv[-1]))
    world.found(range(FIRST_PART, ALL))
    know_tables()
    if url := os.environ.get("PHOIHOP_DATABASE"):
        for one in (url, _tenth(url)):
            _looked_at(one)
    folder = Path(os.environ["PHOIHOP_DATA"])
    folder.joinpath("pages.json").write_text(json.dumps(world.pages()))
    print(f"# {_vendor()}: {world.told()}", flush=True)
    return 0


def _put_aside(folder: Path) -> None:
    """The node as it is now, at another place."""
    from django.db import connection

    connection.close()
    shutil.copytree(os.environ["PHOIHOP_DATA"], folder)
    if url := os.environ.get("PHOIHOP_DATABASE"):
        import psycopg

        with psycopg.connect(urlsplit(url)._replace(path="/template1").geturl(), autocommit=True) as server:
            server.execute(f'CREATE DATABASE "tenth" TEMPLATE "{urlsplit(url).path.lstrip("/")}"')


def _ask() -> int:
    """Each page some times: its least milliseconds, its floor's, and how many statements it asks."""
    _ready()
    pages = [Page(*one) for one in json.loads(Path(sys.argv[-1]).read_text())]
    print(json.dumps([_asked(page) for page in pages]))
    return 0


def _asked(page: Page) -> tuple[float, float, int]:
    from bench import floors
    from bench.pages import cells_of, session_of, settle, timed
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session_of(page.who)
    answer = client.get(page.address)
    if answer.status_code != 200:
        raise SystemExit(f"{page.name}: {page.address} answered {answer.status_code}")
    with floors.Heard() as heard:
        shown = client.get(page.address).content.decode()
    floors.asked, floors.cells = heard.asked, cells_of(shown)
    settle()
    ours, floor = [], []
    for _ in range(ROUNDS):
        ours.append(timed(lambda: client.get(page.address)))
        floor.append(timed(lambda: client.get(floors.ADDRESS)))
    return min(ours), min(floor), heard.count


def _told(names: Sequence[str], readings: Mapping[str, Sequence[Sequence[Sequence[float]]]], vendor: str) -> bool:
    """One line for each figure: page by floor, all by a tenth, statements. Whether all are in budget."""
    from bench.pages import line

    fine = []
    for n, name in enumerate(names):
        mine, floor, queries = (least([turn[n][k] for turn in readings["all"]]) for k, least in enumerate((min, min, max)))
        tenth = min(turn[n][0] for turn in readings["tenth"])
        said = f"{name} ({vendor})"
        fine += [
            line(f"{said}, ms of processor", mine, floor, mine / floor, f"≤ {MOST_TIMES} ×", mine <= MOST_TIMES * floor),
            line(f"{said}, against a tenth of the data", mine, tenth, mine / tenth, f"≤ {MOST_GROWTH} ×", mine <= MOST_GROWTH * tenth),
            line(f"{said}, queries", queries, None, None, f"≤ {MOST_QUERIES}", queries <= MOST_QUERIES),
        ]
    return all(fine)


def _ready() -> None:
    import django

    django.setup()
    from django.conf import settings

    settings.ROOT_URLCONF, settings.ALLOWED_HOSTS = "bench.floors", ["testserver"]


def _vendor() -> str:
    from django.db import connection

    return connection.vendor
