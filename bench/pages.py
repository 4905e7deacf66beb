"""How long the heavy pages of a province's year take, beside bare Django views of the same queries and cells, and Django's own admin list.

    python -m bench.pages [FOLDER]

FOLDER: the data of a demo node (``make demo`` makes ``var/demo``). Prints ``name | value | floor | ratio | budget | ok``; here a ratio is
our time by the floor's. The floor of a page is a bare view behind the same middleware: it asks the very queries that the page asked, through
the same ORM, and lays the very texts that it shows into one plain template (``bench/floors.py``). Memory and first load are taken from a node that is started for it.
"""

from __future__ import annotations

import os
import re
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from http.client import HTTPConnection
from pathlib import Path
from time import process_time
from typing import Any

ROUNDS = 7
WHO = "demo.tham-muu-ca"
MOST_QUERIES, MOST_TIMES, MOST_OF_ADMIN = 12, 3.0, 0.5
MOST_MEGABYTES, MOST_FIRST_KILOBYTES = 250, 100
INSIDE, ADMIN = "--inside", "--admin"


def main() -> None:
    folder = next((a for a in sys.argv[1:] if not a.startswith("--")), "var/demo")
    if INSIDE in sys.argv or ADMIN in sys.argv:
        sys.exit(0 if (_measure() if INSIDE in sys.argv else _admin()) else 1)
    if not Path(folder, "phoihop.sqlite3").exists():
        sys.exit(f"there is no demo in {folder}: run make demo first, or name its folder")
    plain = {k: v for k, v in os.environ.items() if k != "PHOIHOP_DATABASE"} | {"PHOIHOP_DATA": folder, "PYTHONPATH": f"src{os.pathsep}."}
    codes = [
        subprocess.run([sys.executable, "-m", "bench.pages", flag, folder], env=plain | {"DJANGO_SETTINGS_MODULE": settings}).returncode
        for flag, settings in ((INSIDE, "phoihop.config.settings"), (ADMIN, "bench.admin_settings"))
    ]
    sys.exit(max([*codes, 0 if _node(plain) else 1]))


def _measure() -> bool:
    import django

    django.setup()
    from django.conf import settings
    from django.test import Client

    settings.ALLOWED_HOSTS, settings.ROOT_URLCONF = ["testserver"], "bench.floors"
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session_of(WHO)
    fine = [said for name, address in _pages() for said in _page(client, name, address)]
    return all(fine)


def _pages() -> list[tuple[str, str]]:
    from django.utils import timezone

    from phoihop.kernel.period import local_day

    today = local_day(timezone.now())
    month = f"{today.year}-T{today.month}"
    return [
        ("board", "/"),
        ("patrols, 100 rows", f"/tuan-tra/?ky={month}&dv=86"),
        ("patrol month", f"/tuan-tra/thang/?ky={month}&dv=86"),
        ("report", f"/bao-cao/THONGKE/{month}/?dv=86"),
    ]


def _page(client: Any, name: str, address: str) -> Iterator[bool]:
    from bench import floors

    first = client.get(address, follow=True)
    if first.status_code != 200:
        print(f"{name} | {address} answered {first.status_code} | – | – | 200 | short", flush=True)
        yield False
        return
    path = first.request["PATH_INFO"] + (f"?{first.request['QUERY_STRING']}" if first.request["QUERY_STRING"] else "")
    with floors.Heard() as heard:
        shown = client.get(path).content.decode()
    floors.asked, floors.cells = heard.asked, cells_of(shown)
    ours, floor = [], []
    for _ in range(ROUNDS):
        ours.append(timed(lambda: client.get(path)))
        floor.append(timed(lambda: client.get(floors.ADDRESS)))
    mine, least = statistics.median(ours), statistics.median(floor)
    yield line(f"{name}, ms of processor", mine, least, mine / least, f"≤ {MOST_TIMES} ×", mine <= MOST_TIMES * least)
    yield line(f"{name}, queries", heard.count, None, None, f"≤ {MOST_QUERIES}", heard.count <= MOST_QUERIES)


class _Texts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.found.append(data.strip())


def cells_of(page: str) -> list[str]:
    """Every text that a page shows."""
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
    """Django's admin list of the same table, a hundred rows and as many columns, against our list in the same process."""
    import django

    django.setup()
    import bench.admin_urls  # noqa: F401  registers the table before a page asks which there are
    from django.conf import settings
    from django.contrib import admin
    from django.test import Client, RequestFactory

    from phoihop.domain.activities.models import Activity

    columns = ("matter", "route", "route_kind", "day", "planned_start", "planned_end", "armed", "claim", "confirmed", "disputed")
    shown = type("Shown", (admin.ModelAdmin,), {"list_display": columns, "list_per_page": 100, "list_select_related": ("matter", "route")})
    model_admin = shown(Activity, admin.site)
    request = RequestFactory().get("/admin/")
    request.user = type("Anybody", (), {"is_active": True, "is_staff": True, "pk": 1, "has_perm": lambda *_: True, "has_module_perms": lambda *_: True})()
    request._messages = []  # type: ignore[attr-defined]
    theirs = [timed(lambda: model_admin.changelist_view(request).render()) for _ in range(ROUNDS)]
    settings.ALLOWED_HOSTS, settings.ROOT_URLCONF = ["testserver"], "phoihop.config.urls"
    from django.urls import clear_url_caches, set_urlconf

    clear_url_caches()
    set_urlconf(None)
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session_of(WHO)
    address = dict(_pages())["patrols, 100 rows"]
    client.get(address)
    ours = [timed(lambda: client.get(address)) for _ in range(ROUNDS)]
    mine, peer = statistics.median(ours), statistics.median(theirs)
    return line("patrols beside Django's admin list, ms", mine, peer, mine / peer, f"≤ {MOST_OF_ADMIN} ×", mine <= MOST_OF_ADMIN * peer)


def _node(environment: dict[str, str]) -> bool:
    """Memory of the idle node, shared pages counted once, and what a first visit to the sign-in page loads, without fonts."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    node = subprocess.Popen([sys.executable, "-m", "phoihop", "up"], env=environment | {"PHOIHOP_PORT": str(port)}, stdout=subprocess.DEVNULL)
    try:
        page = _when_up(port)
        time.sleep(5)
        megabytes = sum(_proportional(pid) for pid in _tree(node.pid)) / 1024
        parts = sorted(set(re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js|svg))"', page.decode())))
        kilobytes = sum(len(_get(port, path, packed=True)) for path in ("/dang-nhap/", *parts)) / 1024
    finally:
        node.terminate()
        node.wait()
    return all(
        [
            line("idle node, MB", megabytes, None, None, f"≤ {MOST_MEGABYTES}", megabytes <= MOST_MEGABYTES),
            line("first load, KB compressed, without fonts", kilobytes, None, None, f"≤ {MOST_FIRST_KILOBYTES}", kilobytes <= MOST_FIRST_KILOBYTES),
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
    """Milliseconds of processor time, for a shared machine makes the others' work count in the clock's."""
    began = process_time()
    act()
    return 1000 * (process_time() - began)


def line(name: str, value: float, floor: float | None, ratio: float | None, budget: str, fine: bool) -> bool:
    shown = [f"{x:.2f}" if x is not None else "–" for x in (value, floor, ratio)]
    print(" | ".join([name, *shown, budget, "ok" if fine else "short"]), flush=True)
    return fine


if __name__ == "__main__":
    main()
