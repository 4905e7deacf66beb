"""``phoihop up``: bring the node up: database, static files, web and worker, in two processes that share their memory."""

from __future__ import annotations

import argparse
import gc
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.utils import timezone
from django.utils.translation import gettext as _
from gunicorn.app.base import BaseApplication

from phoihop.domain.agreements.actions.calendar import lay_events
from phoihop.domain.agreements.actions.instruments import lay_instruments
from phoihop.domain.agreements.queries.calendar import calendar_up_to_date
from phoihop.domain.agreements.queries.instruments import up_to_date
from phoihop.domain.people.models import Post, Role
from phoihop.kernel.tuning import know_tables

from .migrated import migrated
from .sentences import compile_sentences
from .supervising import supervise


def add_to(commands: Any) -> None:
    for name, run, about in (
        ("up", up, _("chạy máy chủ web và bộ phận nền (chuẩn bị cơ sở dữ liệu trước)")),
        ("worker", work, _("chỉ chạy bộ phận nền")),
        ("web", serve, _("chỉ chạy máy chủ web")),
        ("prepare", prepare, _("đưa cơ sở dữ liệu, tệp tĩnh, bản dịch theo phiên bản này")),
    ):
        commands.add_parser(name, help=about).set_defaults(run=run, asks=False)


def prepare(_options: argparse.Namespace | None = None) -> int:
    if not migrated():
        call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    compile_sentences()
    know_tables()
    lay_what_ships()
    return 0


def lay_what_ships() -> None:
    """A new version may know legal instruments and holidays that the former did not; a node that is not founded yet gets them when it is."""
    by = Post.objects.filter(role=Role.NODE).first()
    if by is not None and not up_to_date():
        lay_instruments(by=by, at=timezone.now())
    if by is not None and not calendar_up_to_date():
        lay_events(by=by, at=timezone.now())


def up(_options: argparse.Namespace) -> int:
    """Bring the node up to date, and start it."""
    prepare()
    return stand()


def stand() -> int:
    """Web and worker under a small parent that starts again whichever dies, and stops both when told to. The node is prepared."""
    _warm()
    print(f"Phối Hợp: http://{settings.BIND}:{settings.PORT}/", flush=True)
    return supervise({"web": lambda: serve(None), "worker": lambda: work(None)})


def work(_options: argparse.Namespace | None) -> int:
    from .worker import Worker

    Worker().run()
    return 0


def serve(_options: argparse.Namespace | None) -> int:
    _Server().run()
    return 0


class _Server(BaseApplication):
    def load_config(self) -> None:
        options = {
            "bind": f"{settings.BIND}:{settings.PORT}",
            "workers": settings.WEB_PROCESSES,
            "threads": settings.WEB_THREADS,
            "worker_class": "gthread",
            "preload_app": True,
            "timeout": 60,
            "graceful_timeout": 10,
            "keepalive": 5,
            "limit_request_line": 8190,
            "loglevel": "warning",
            "control_socket_disable": True,
        }
        for name, value in options.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Any:
        from .wsgi import application

        return application


def _warm() -> None:
    """Load what both processes need before they part, so that they share it."""
    from . import worker, wsgi

    del worker, wsgi
    connections.close_all()
    gc.collect()
    gc.freeze()
