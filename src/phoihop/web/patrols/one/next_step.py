"""The one thing that a patrol waits for from its reader: one primary button, or none. Everything else stands behind smaller ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from phoihop.domain.activities.rules import State
from phoihop.domain.matters.models import PartState
from phoihop.domain.matters.rules import Facet, Sight, opens
from phoihop.domain.people.models import Post
from phoihop.domain.people.rules import may

from ..seeing import SeenPatrol
from .parties import Row

SOON = timedelta(hours=2)
"""How long before its start a patrol is about to leave; earlier the plan is what one works on."""


@dataclass(frozen=True, slots=True)
class Step:
    """A button. ``path``: below the patrol's own, or a whole one. ``posts``: it does at once what it says; else it leads to a form."""

    path: str
    label: str
    icon: str
    posts: bool = False
    key: str = ""
    danger: bool = False
    keep: bool = False


def steps(post: Post, a: SeenPatrol, now: datetime, rows: list[Row]) -> tuple[Step | None, list[Step]]:
    """The primary step, and the others that are open to the post now."""
    mine = next((row for row in rows if row.unit.pk == post.unit_id), None)
    offered = list(_as_lead(post, a, now, rows) if a.matter.lead_id == post.unit_id else _as_party(post, a, mine))
    if opens(Sight(a.sight), Facet.WRITING):
        offered += _of_everybody(post, a)
    primary = next((step for wanted, step in offered if wanted), None)
    return primary, [step for _wanted, step in offered if step is not primary]


Offered = Iterable[tuple[bool, Step]]


def _as_lead(post: Post, a: SeenPatrol, now: datetime, rows: list[Row]) -> Offered:
    state, silent = State(a.state), any(row.silent for row in rows)
    if state is State.CANCELLED:
        return
    if not a.claim:
        leaving = a.started_at is None and state is not State.MISSING and now >= a.planned_start - timedelta(hours=48)
        if leaving and may(post, "patrol.start"):
            yield now >= a.planned_start - SOON, Step("xuat-phat/", _("Xuất phát"), icon="player-play", posts=True, key="1")
        if now >= a.planned_start and may(post, "patrol.result"):
            yield a.started_at is not None or state is State.MISSING, Step("ket-qua/", _("Ghi kết quả"), icon="clipboard-check", key="1", keep=True)
            yield False, Step("khong-to-chuc/", _("Không tổ chức…"), icon="circle-off")
        if may(post, "patrol.plan"):
            yield now < a.planned_start - SOON, Step("sua/", _("Sửa kế hoạch"), icon="pencil")
    elif may(post, "patrol.result"):
        yield state is State.DISPUTED, Step("ket-qua/", _("Sửa kết quả"), icon="pencil")
        if silent:
            yield True, Step("lien-ket/", _("Lấy xác nhận bằng liên kết"), icon="link")
        yield False, Step("khong-to-chuc/", _("Ghi lại là không tổ chức…"), icon="circle-off")
    if may(post, "matter.ask") and a.matter.closed_at is None:
        yield False, Step("de-nghi/", _("Đề nghị thêm đơn vị"), icon="user-plus")
    if may(post, "patrol.plan"):
        yield False, Step(f"/tuan-tra/moi/?theo={a.pk}", _("Lên lịch cuộc khác như thế"), icon="copy-plus")
    if may(post, "patrol.cancel"):
        yield False, Step("huy/", _("Hủy cuộc này…"), icon="ban", danger=True)


def _as_party(post: Post, a: SeenPatrol, mine: Row | None) -> Offered:
    part = mine.party.part if mine else None
    is_open = a.matter.closed_at is None and a.cancelled_at is None
    if part is not None and mine is not None:
        if is_open and may(post, "matter.answer") and part.state in (PartState.ASKED, PartState.ACCEPTED, PartState.DECLINED, PartState.UNABLE):
            if part.state != PartState.ACCEPTED:
                yield part.state == PartState.ASKED, Step("nhan-loi/", _("Nhận lời"), icon="check", posts=True, key="1")
            if part.state in (PartState.ASKED, PartState.ACCEPTED) and not a.claim:
                label = _("Từ chối…") if part.state == PartState.ASKED else _("Rút lời nhận…")
                yield False, Step("tu-choi/", label, icon="user-x")
        if a.claim and a.cancelled_at is None and may(post, "patrol.confirm") and part.state not in (PartState.INFORMED, PartState.WITHDRAWN):
            word = mine.party.word
            yield word is None or not word.agrees, Step("xac-nhan/", _("Xác nhận kết quả") if word is None else _("Xem lại xác nhận"), icon="checks")
            if word is None:
                yield False, Step("khong-dung/", _("Không đúng…"), icon="scale")
    if a.sight < Sight.WHOLE and may(post, "matter.answer"):
        yield part is None, Step("xin/", _("Đề nghị tham gia"), icon="user-plus")


def _of_everybody(post: Post, a: SeenPatrol) -> Offered:
    if may(post, "file.attach"):
        yield False, Step("dinh-kem/", _("Đính kèm tệp"), icon="paperclip")
    yield False, Step("phieu/", _("In phiếu tuần tra"), icon="printer")
    yield False, Step("chep/", _("Chép tin"), icon="copy")


def as_entries(found: Iterable[Step], base: str) -> list[dict[str, Any]]:
    """For templates: each with its whole address."""
    return [
        {
            "url": step.path if step.path.startswith("/") else base + step.path,
            "label": step.label,
            "icon": step.icon,
            "posts": step.posts,
            "key": step.key,
            "danger": step.danger,
            "keep": step.keep,
        }
        for step in found
    ]
