"""The one thing that a patrol waits for from its reader: one primary button, or none. Everything else stands behind smaller ones.

What is offered is what the rules allow, asked as the action asks them; ``tools/offers.py`` presses every button over the records of a demo.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from phoihop.domain.activities.models import Strength
from phoihop.domain.activities.rules import State, Word, has_begun, may_cancel, may_change, may_confirm, may_plan, may_start, may_tell
from phoihop.domain.matters.models import Participation, PartRole, PartState, Wish
from phoihop.domain.matters.queries.requests import wishes
from phoihop.domain.matters.rules import Facet, Sight, is_open, may_answer, may_write, opens
from phoihop.domain.people.models import Post
from phoihop.domain.people.rules import may
from phoihop.kernel.period import local_day

from ..seeing import SeenPatrol
from .parties import Row

SOON = timedelta(hours=2)
"""How long before its start a patrol is about to leave; earlier the plan is what one works on."""

_SAID = "…"
"""Stands for a reason that will be written: what is offered is what the rules allow to whoever writes one."""


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


def steps(post: Post, a: SeenPatrol, now: datetime, rows: list[Row], own: Strength | None) -> tuple[Step | None, list[Step]]:
    """The primary step, and the others that the rules allow the post now. ``own``: the strength of which it may say whether it is right."""
    leads, on = a.matter.lead_id == post.unit_id, local_day(now)
    offered = list(_as_lead(post, a, now, rows) if leads else _as_party(post, a, on, rows, own))
    if may_write(post, "file.attach", Sight(a.sight), on):
        offered.append((False, Step("dinh-kem/", _("Đính kèm tệp"), icon="paperclip")))
    if opens(Sight(a.sight), Facet.WRITING):
        offered += [(False, Step("phieu/", _("In phiếu tuần tra"), icon="printer")), (False, Step("chep/", _("Chép tin"), icon="copy"))]
    primary = next((step for wanted, step in offered if wanted), None)
    return primary, [step for _wanted, step in offered if step is not primary]


Offered = Iterable[tuple[bool, Step]]


def _as_lead(post: Post, a: SeenPatrol, now: datetime, rows: list[Row]) -> Offered:
    state, on = State(a.state), local_day(now)
    if state is State.CANCELLED:
        return
    if state is not State.MISSING and may_start(post, a, now, now, on):
        yield now >= a.planned_start - SOON, Step("xuat-phat/", _("Xuất phát"), icon="player-play", posts=True, key="1")
    yield from _telling(post, a, now, state)
    if may_change(post, a, on):
        yield now < a.planned_start - SOON, Step("sua/", _("Sửa kế hoạch"), icon="pencil")
    if any(row.may_link for row in rows):
        yield True, Step("lien-ket/", _("Lấy xác nhận bằng liên kết"), icon="link")
    if may(post, "matter.ask") and is_open(a.matter):
        yield False, Step("de-nghi/", _("Đề nghị thêm đơn vị"), icon="user-plus")
    if may_plan(post, on):
        yield False, Step(f"/tuan-tra/moi/?theo={a.pk}", _("Lên lịch cuộc khác như thế"), icon="copy-plus")
    if may_cancel(post, a, _SAID, on):
        yield False, Step("huy/", _("Hủy cuộc này…"), icon="ban", danger=True)


def _telling(post: Post, a: SeenPatrol, now: datetime, state: State) -> Offered:
    """What came of it: first said, or said again."""
    if not may_tell(post, a, local_day(now)) or not has_begun(a, now):
        return
    if a.claim:
        yield state is State.DISPUTED, Step("ket-qua/", _("Sửa kết quả"), icon="pencil")
        yield False, Step("khong-to-chuc/", _("Ghi lại là không tổ chức…"), icon="circle-off")
    else:
        yield a.started_at is not None or state is State.MISSING, Step("ket-qua/", _("Ghi kết quả"), icon="clipboard-check", key="1", keep=True)
        yield False, Step("khong-to-chuc/", _("Không tổ chức…"), icon="circle-off")


def _as_party(post: Post, a: SeenPatrol, on: date, rows: list[Row], own: Strength | None) -> Offered:
    part = next((row.party.part for row in rows if row.unit.pk == post.unit_id), None)
    if part is not None:
        yield from _answering(post, a, part, on)
    if own is not None:
        yield from _confirming(a, own, rows)
    open_to = wishes(post, a.matter, on, Sight(a.sight)) if a.sight < Sight.WHOLE else {}
    if any(open_to.values()):
        yield part is None, Step("xin/", _("Đề nghị tham gia") if open_to[Wish.PART] else _("Xin xem"), icon="user-plus")


def _answering(post: Post, a: SeenPatrol, part: Participation, on: date) -> Offered:
    """Of a result a party says whether it is right, no longer whether it will come; whether it will lead, it still says."""
    if (a.claim and part.role != PartRole.LEAD) or not may_answer(post, part, on):
        return
    if part.state != PartState.ACCEPTED:
        yield part.state == PartState.ASKED, Step("nhan-loi/", _("Nhận lời"), icon="check", posts=True, key="1")
    if part.state in (PartState.ASKED, PartState.ACCEPTED):
        label = _("Từ chối…") if part.state == PartState.ASKED else _("Rút lời nhận…")
        yield False, Step("tu-choi/", label, icon="user-x")


def _confirming(a: SeenPatrol, own: Strength, rows: list[Row]) -> Offered:
    """A unit that was not there by the result has nothing to agree to, unless it says how many of it were."""
    word = next((row.party.word for row in rows if row.unit.pk == own.unit_id), None)
    if may_confirm(Word(a, a.digest, True), own):
        yield word is None or not word.agrees, Step("xac-nhan/", _("Xác nhận kết quả") if word is None else _("Xem lại xác nhận"), icon="checks")
    elif may_confirm(Word(a, a.digest, True, people=1), own):
        yield False, Step("xac-nhan/", _("Đơn vị tôi có đi…"), icon="checks")
    if word is None and may_confirm(Word(a, a.digest, False, note=_SAID), own):
        yield False, Step("khong-dung/", _("Không đúng…"), icon="scale")


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
