"""``phoihop demo``: a node with the demo province. The first start loads it, the rest of its year follows behind; later starts only start."""

from __future__ import annotations

import argparse
import gc
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import structlog
from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from phoihop.demo.behind import steps
from phoihop.demo.founding import LOGINS
from phoihop.demo.load import Own, load
from phoihop.demo.scale import Scale
from phoihop.domain.matters.models import Node
from phoihop.domain.people.models import Post
from phoihop.domain.people.rules import DEMO_PASSWORD
from phoihop.jobs import line
from phoihop.jobs.line import Progress
from phoihop.kernel.period import local_day
from phoihop.kernel.tuning import know_tables, roomy
from phoihop.kernel.verdict import Refused

from . import node, start

log = structlog.get_logger(__name__)
KIND = "demo"
BREATH = 0.05  # seconds between two steps in which others find the database free


def add_to(commands: Any) -> None:
    commands.add_parser("demo", help=_("chạy máy chủ với tỉnh minh họa (nạp dữ liệu trước nếu chưa có)")).set_defaults(run=run, asks=False)


def rest_of_the_year(*, held: int, scale: dict[str, Any]) -> Iterator[Progress]:
    """The earlier months of the demo, step by step."""
    for done, total, month in steps(Scale.of_args(scale), held):
        yield Progress(done, total, month)
        time.sleep(BREATH)


def run(_options: argparse.Namespace) -> int:
    if not _port_is_free():
        return _fault(
            _("Cổng %(port)s đang có chương trình khác dùng. Đặt PHOIHOP_PORT thành số khác, ví dụ %(other)s, rồi chạy lại.")
            % {"port": settings.PORT, "other": settings.PORT + 1}
        )
    start.prepare()
    own = Node.objects.filter(own=True).first()
    if own is not None and not own.demo:
        return _fault(_("Thư mục này đã có máy chủ thật, không nạp dữ liệu minh họa vào đó. Đặt PHOIHOP_DATA thành một thư mục khác rồi chạy lại."))
    if own is None and (fault := _load()):
        return fault
    _greet()
    return start.stand()


def _load() -> int:
    """Load the first part and put the rest in the line of work, both or neither; 0 if it went well."""
    print(_("Nạp dữ liệu minh họa: tỉnh Vĩnh Long, một năm tuần tra chung. Một đến vài phút tùy máy, chỉ lần đầu."), flush=True)
    now, began = timezone.now(), time.monotonic()
    try:
        with _seldom_collected(), roomy(), transaction.atomic():
            scale = Scale(local_day(now))
            loaded = load(scale, Own(settings.NODE_TAG, settings.NODE_NAME, node.public_key()), now, _say)
            line.ask(KIND, post_id=Post.objects.get(user__username="demo.quan-tri").pk, held=loaded.held_behind, scale=scale.as_args())
    except KeyboardInterrupt:
        return _fault(_("Đã dừng theo yêu cầu. Chưa có gì được lưu; chạy lại để nạp từ đầu."))
    except (Refused, DatabaseError, OSError) as problem:
        log.exception("demo not loaded")
        return _fault(
            _("Không nạp được dữ liệu minh họa (%(problem)s). Chưa có gì được lưu; chạy lại để nạp từ đầu.")
            % {"problem": f"{type(problem).__name__}: {problem}"}
        )
    know_tables()
    said = {"n": loaded.patrols, "seconds": round(time.monotonic() - began)}
    print(_("Đã nạp %(n)s cuộc trong %(seconds)s giây; các tháng trước nạp tiếp phía sau khi máy chủ chạy.") % said, flush=True)
    return 0


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Loading makes a million records and holds on to few: looking for cycles among them as often as usual takes a quarter of its time."""
    usual = gc.get_threshold()
    gc.set_threshold(200_000, 20, 20)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _greet() -> None:
    print("\n" + _("Đăng nhập thử (dữ liệu minh họa, không có người thật):"))
    for login in LOGINS:
        print(f"  {login.username:<18} {login.full_name}")
    print(_("Mật khẩu chung: %(password)s") % {"password": DEMO_PASSWORD} + "\n", flush=True)


def _port_is_free() -> bool:
    """Whether the web server will find its door free. Asked before a minute of loading."""
    family = socket.AF_INET6 if ":" in settings.BIND else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((settings.BIND, settings.PORT))
        except OSError:
            return False
    return True


def _say(sentence: str) -> None:
    print(f"  {sentence}", flush=True)


def _fault(sentence: str) -> int:
    print(sentence, file=sys.stderr, flush=True)
    return 1
