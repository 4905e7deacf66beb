"""/quan-tri/may-chu/: how the node is: its journal and the proof of it, balances, long work, room on the disk, what is erased when."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from phoihop.domain.figures.queries.balances import behind
from phoihop.domain.matters.models import JournalHead
from phoihop.domain.matters.queries.journal import head
from phoihop.domain.matters.queries.retention import due_files, due_texts
from phoihop.domain.people.rules import may
from phoihop.jobs import line, proving
from phoihop.jobs.models import Job

from .. import desk
from ..base import Acting, acting, page
from ..limits.kept import retention
from .work import address_of, shown

STATE = "/quan-tri/may-chu/"
MOST_JOBS = 12
LOW = 5
"""Per cent of the disk left below which it is said in red."""

desk.drawer(STATE, _("Tình trạng máy chủ"), _("Nhật ký và kết quả kiểm tra, việc chạy nền, chỗ trống trên đĩa, nội dung sắp xóa."), icon="server")


@dataclass(frozen=True, slots=True)
class Room:
    """Bytes of the disk that holds the node's folder, and of the database if it is a file there."""

    free: int
    whole: int
    database: int | None

    @property
    def percent(self) -> int:
        return 100 * self.free // self.whole if self.whole else 0

    @property
    def low(self) -> bool:
        return self.percent < LOW


@acting("structure.view", time="none")
def state(request: Acting) -> HttpResponse:
    now = timezone.now()
    seq, digest = head()
    jobs = list(Job.objects.order_by("-asked_at")[:MOST_JOBS])
    proof = next((job for job in jobs if job.kind == proving.KIND), None)
    return page(
        request,
        "node/state.html",
        part="jobs",
        seq=seq,
        digest=digest,
        signed=JournalHead.objects.order_by("-day").first(),
        proof=shown(proof, now) if proof else None,
        behind=behind(),
        jobs=[shown(job, now) for job in jobs],
        running=any(not job.ended for job in jobs),
        room=_room(),
        engine={"sqlite": "SQLite", "postgresql": "PostgreSQL"}.get(connection.vendor, connection.vendor),
        retention=retention(),
        due={"texts": due_texts(now).count(), "files": due_files(now).count()},
        manages=may(request.post, "node.manage"),
    )


@require_POST
@acting("node.manage", time="none")
def prove(request: Acting) -> HttpResponse:
    """Have the worker prove the journal; its page tells how far it is. One proof at a time."""
    waiting = Job.objects.filter(kind=proving.KIND, state__in=("waiting", "running")).first()
    return redirect(address_of(waiting or line.ask(proving.KIND, post_id=request.post.pk)))


def _room() -> Room:
    usage = shutil.disk_usage(settings.DATA)
    file: Any = settings.DATABASES["default"].get("NAME") if connection.vendor == "sqlite" else None
    size = settings.DATA.joinpath(file).stat().st_size if file and settings.DATA.joinpath(file).exists() else None
    return Room(usage.free, usage.total, size)
