"""How long the heavy pages of a province's year take, beside bare Django views of the same queries and cells, and Django's own admin list.

    python -m bench.pages [FOLDER]

FOLDER: the data of a demo node (``make demo`` makes ``var/demo``). Prints ``name | value | floor | ratio | budget | ok``; here a ratio is
our time by the floor's. The floor of a page is a bare view behind the same middleware: it asks the very queries that the page asked, through
the same ORM, and lays the very texts and links that it shows into one plain template (``bench/floors.py``). On SQLite, then the same rows on
a PostgreSQL that is started for it; both are copies, for what is measured after a change is measured after one that stays. Memory, first load and the board in a slow browser (``bench/browser.py``) are taken from a node that is started for them.
"""

from __future__ import annotations

import gc
import os
import re
import shutil
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from html.parser import HTMLParser
from http.client import HTTPConnection
from pathlib import Path
from time import process_time
from typing import Any

ROUNDS = 9
WHO, ON_DUTY = "demo.tham-muu-ca", "demo.truc-ban"
MOST_QUERIES, MOST_TIMES, MOST_OF_ADMIN = 12, 3.0, 0.5
MOST_MEGABYTES, MOST_FIRST_KILOBYTES, MOST_USABLE_MS = 250, 100, 1000
DATABASE = "phoihop.sqlite3"
INSIDE, ADMIN, POSTGRES = "--inside", "--admin", "--postgres"
_SETTINGS = {INSIDE: "phoihop.config.settings", ADMIN: "bench.admin_settings"}


def main() -> None:
    folder = next((a for a in sys.argv[1:] if not a.startswith("--")), "var/demo")
    if INSIDE in sys.argv or ADMIN in sys.argv:
        sys.exit(0 if (_measure() if INSIDE in sys.argv else _admin()) else 1)
    if POSTGRES in sys.argv:
        sys.exit(_on_postgres(folder))
    if not Path(folder, DATABASE).exists():
        sys.exit(f"there is no demo in {folder}: run make demo first, or name its folder")
    with tempfile.TemporaryDirectory(prefix="phoihop-bench-") as copy:
        _copied(Path(folder), Path(copy))
        plain = {k: v for k, v in os.environ.items() if k != "PHOIHOP_DATABASE"} | {"PHOIHOP_DATA": copy, "PYTHONPATH": f"src{os.pathsep}."}
        fine = [_both(plain) == 0]
        fine.append(subprocess.run([sys.executable, "tools/with_postgres.py", sys.executable, "-m", "bench.pages", POSTGRES, copy], env=plain).returncode == 0)
        fine.append(_node(plain))
    sys.exit(0 if all(fine) else 1)


def _copied(folder: Path, to: Path) -> None:
    """A node's folder, its database as one moment of it, also while the node works."""
    shutil.copytree(folder, to, dirs_exist_ok=True, ignore=shutil.ignore_patterns(f"{DATABASE}*"))
    with closing(sqlite3.connect(folder / DATABASE)) as source, closing(sqlite3.connect(to / DATABASE)) as target:
        source.backup(target)


def _both(environment: dict[str, str]) -> int:
    """The pages, then the list beside the admin's, each in a process of its own."""
    return max(
        subprocess.run([sys.executable, "-m", "bench.pages", flag], env=environment | {"DJANGO_SETTINGS_MODULE": settings}).returncode
        for flag, settings in _SETTINGS.items()
    )


def _on_postgres(folder: str) -> int:
    """Within the environment of ``tools/with_postgres.py``: the same rows in an empty database."""
    environment = os.environ | {"PYTHONPATH": f"src{os.pathsep}.", "DJANGO_SETTINGS_MODULE": "phoihop.config.settings", "PHOIHOP_DATA": folder}
    file = Path(folder, DATABASE).resolve()
    subprocess.run([sys.executable, "-m", "bench.copied", str(file)], env=environment, check=True)
    return _both(environment)


def _client() -> Any:
    """A browser in which somebody of the province's police command is signed in."""
    from django.conf import settings
    from django.test import Client

    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session_of(WHO)
    return client


def _measure() -> bool:
    import django

    django.setup()
    from django.conf import settings

    settings.ROOT_URLCONF = "bench.floors"
    client = _client()
    fine = [said for name, address in _pages() for said in _page(client, name, address)]
    return all(fine)


def settle() -> None:
    """What start-up made is looked through for cycles no more, as in a node (``config/start.py``)."""
    gc.collect()
    gc.freeze()


def _month() -> tuple[date, date]:
    """This month: its first day, and the first of the next."""
    from django.utils import timezone

    from phoihop.kernel.period import local_day

    today = local_day(timezone.now())
    first = today.replace(day=1)
    return first, date(first.year + first.month // 12, first.month % 12 + 1, 1)


def _pages() -> list[tuple[str, str]]:
    first, _until = _month()
    month = f"{first.year}-T{first.month}"
    return [
        ("board", "/"),
        ("patrols, 100 rows", f"/tuan-tra/?ky={month}&dv=86"),
        ("patrol month", f"/tuan-tra/thang/?ky={month}&dv=86"),
        ("report", f"/bao-cao/THONGKE/{month}/?dv=86"),
    ]


def _page(client: Any, name: str, address: str) -> Iterator[bool]:
    from bench import floors
    from django.db import connection

    first = client.get(address, follow=True)
    if first.status_code != 200:
        print(f"{name} | {address} answered {first.status_code} | – | – | 200 | short", flush=True)
        yield False
        return
    path = first.request["PATH_INFO"] + (f"?{first.request['QUERY_STRING']}" if first.request["QUERY_STRING"] else "")
    with floors.Heard() as heard:
        shown = client.get(path).content.decode()
    floors.asked, floors.cells = heard.asked, cells_of(shown)
    client.get(floors.ADDRESS)
    settle()
    ours, floor = [], []
    for _ in range(ROUNDS):
        ours.append(timed(lambda: client.get(path)))
        floor.append(timed(lambda: client.get(floors.ADDRESS)))
    mine, least = statistics.median(ours), statistics.median(floor)
    name = f"{name} ({connection.vendor})"
    yield line(f"{name}, ms of processor", mine, least, mine / least, f"≤ {MOST_TIMES} ×", mine <= MOST_TIMES * least)
    yield line(f"{name}, queries", heard.count, None, None, f"≤ {MOST_QUERIES}", heard.count <= MOST_QUERIES)


class _Texts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._way = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._way = dict(attrs).get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._way = ""

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.found.append((data.strip(), self._way))


def cells_of(page: str) -> list[tuple[str, str]]:
    """Every text that a page shows, with where it leads if it is a link: a figure that opens nothing would be another cell."""
    parser = _Texts()
    parser.feed(re.sub(r"<(script|style)\b.*?</\1>", "", page, flags=re.S))
    return parser.found


def session_of(username: str) -> str:
    """The key of a session in which the account's first post acts."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from phoihop.domain.people.models import Post
    from phoihop.web.sessions import SessionStore

    post = Post.objects.select_related("user").get(user__username=username)
    session = SessionStore()
    session[SESSION_KEY] = str(post.user_id)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = post.user.get_session_auth_hash()
    session["post"] = post.pk
    session.create()
    return str(session.session_key)


def _admin() -> bool:
    """Django's admin list of the same table: the same hundred patrols with the same cells and filters, behind the same middleware."""
    import django

    django.setup()
    from django.db import connection

    client = _client()
    ours_at = dict(_pages())["patrols, 100 rows"]
    first, until = _month()
    theirs_at = f"/admin/phoihop/activity/?day__gte={first}&day__lt={until}"
    for address, rows in ((ours_at, "<tr><td"), (theirs_at, "field-when")):
        if (found := client.get(address).content.decode().count(rows)) != 100:
            raise SystemExit(f"{address} shows {found} rows")
    settle()
    ours, changed, theirs = [], [], []
    for _ in range(ROUNDS):
        ours.append(timed(lambda: client.get(ours_at)))
        _change(first, until)
        changed.append(timed(lambda: client.get(ours_at)))
        theirs.append(timed(lambda: client.get(theirs_at)))
    peer = statistics.median(theirs)
    taken = {"patrols beside Django's admin list": statistics.median(ours), "patrols, the first page after a change": statistics.median(changed)}
    fine = [
        line(f"{name} ({connection.vendor}), ms of processor", mine, peer, mine / peer, f"≤ {MOST_OF_ADMIN} ×", mine <= MOST_OF_ADMIN * peer)
        for name, mine in taken.items()
    ]
    return all(fine)


def _change(first: date, until: date) -> None:
    """Something happens to a patrol of the list, as on a province's working day between any two pages."""
    from django.db import transaction
    from django.utils import timezone

    from phoihop.domain.activities.models import Activity
    from phoihop.domain.matters.actions.journal import write
    from phoihop.domain.people.models import Post

    patrol = Activity.objects.select_related("matter").filter(day__gte=first, day__lt=until).latest("pk")
    with transaction.atomic():
        write(by=Post.objects.get(user__username=WHO), what="patrol.changed", at=timezone.now(), matter=patrol.matter)


@contextmanager
def _running(environment: dict[str, str]) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """A node that is up, its port and process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    node = subprocess.Popen([sys.executable, "-m", "phoihop", "up"], env=environment | {"PHOIHOP_PORT": str(port)}, stdout=subprocess.DEVNULL)
    try:
        yield port, node
    finally:
        node.terminate()
        node.wait()


def _node(environment: dict[str, str]) -> bool:
    """Memory of the idle node, shared pages counted once; what a first visit to the sign-in page loads, without fonts; the board in a slow browser."""
    with _running(environment) as (port, node):
        page = _when_up(port)
        time.sleep(5)
        megabytes = sum(_proportional(pid) for pid in _tree(node.pid)) / 1024
        parts = sorted(set(re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js|svg))"', page.decode())))
        kilobytes = sum(len(_get(port, path, packed=True)) for path in ("/dang-nhap/", *parts)) / 1024
        slow = environment | {"DJANGO_SETTINGS_MODULE": "phoihop.config.settings"}
        seen = subprocess.run([sys.executable, "-m", "bench.browser", str(port), ON_DUTY], env=slow, stdout=subprocess.PIPE, text=True)
    usable = float(seen.stdout) if seen.returncode == 0 else float("inf")
    return all(
        [
            line("idle node, MB", megabytes, None, None, f"≤ {MOST_MEGABYTES}", megabytes <= MOST_MEGABYTES),
            line("first load, KB compressed, without fonts", kilobytes, None, None, f"≤ {MOST_FIRST_KILOBYTES}", kilobytes <= MOST_FIRST_KILOBYTES),
            line("board usable, processor slowed four times, ms", usable, None, None, f"≤ {MOST_USABLE_MS}", usable <= MOST_USABLE_MS),
        ]
    )


def _when_up(port: int) -> bytes:
    for _ in range(600):
        try:
            return _get(port, "/dang-nhap/")
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the node did not come up in two minutes")


def _get(port: int, path: str, *, packed: bool = False) -> bytes:
    door = HTTPConnection("127.0.0.1", port, timeout=60)
    door.request("GET", path, headers={"Accept-Encoding": "gzip" if packed else "identity"})
    return door.getresponse().read()


def _tree(pid: int) -> Iterator[int]:
    yield pid
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        yield from _tree(int(child))


def _proportional(pid: int) -> int:
    """Kilobytes of a process, pages that it shares divided among the sharers."""
    found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.M)
    return int(found[1]) if found else 0


def timed(act: Callable[[], object]) -> float:
    """Milliseconds of processor time, for a shared machine makes the others' work count in the clock's; what PostgreSQL works for it counts as well."""
    began = process_time() + _server_time()
    act()
    return 1000 * (process_time() + _server_time() - began)


def _server_time() -> float:
    """Seconds that the server's process behind our connection has worked; SQLite works within our own. Parallel workers are not seen."""
    from django.db import connection

    if connection.vendor != "postgresql" or connection.connection is None:
        return 0.0
    return int(Path(f"/proc/{connection.connection.info.backend_pid}/schedstat").read_text().split()[0]) / 1e9


def line(name: str, value: float, floor: float | None, ratio: float | None, budget: str, fine: bool) -> bool:
    shown = [f"{x:.2f}" if x is not None else "–" for x in (value, floor, ratio)]
    print(" | ".join([name, *shown, budget, "ok" if fine else "short"]), flush=True)
    return fine


if __name__ == "__main__":
    main()
