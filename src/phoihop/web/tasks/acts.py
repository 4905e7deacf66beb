"""What may be done with a task: each act with its form, its button, to whom it is offered and what carries it out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from phoihop.domain.people.models import Post
from phoihop.domain.people.rules import may
from phoihop.domain.tasks import actions
from phoihop.domain.tasks.models import Consent, ConsentSide, ExtensionState, SupportState, Task, TaskExtension, TaskState
from phoihop.domain.tasks.rules import WAITS_ON_LEAD

from ..forms import DateField, Form, MomentField, TextField
from ..uploads import files_field
from .giving import NO_NAMES

ONE_LINE = _("Một dòng là đủ. Không ghi họ tên, giấy tờ, số điện thoại của người dân.")
NO_REASON = _("Cần nêu lý do, một dòng là đủ.")


class Plain(Form):
    """Nothing to fill in: the button says it all."""


class Reason(Form):
    reason = TextField(label=_("Lý do"), help_text=ONE_LINE, error_messages={"required": NO_REASON})


class Answering(Form):
    answer = TextField(label=_("Đã làm gì, kết quả ra sao"), help_text=NO_NAMES, error_messages={"required": _("Hãy ghi kết quả, một dòng là đủ.")})
    uploads = files_field(
        _("Bằng chứng"),
        help_text=_("Ảnh vật, không ảnh người; ảnh được xóa vị trí và tên máy chụp. Tệp được xét theo nội dung, không theo tên."),
    )


class OnPaper(Form):
    """Which of the consents a document gave, its number and its day."""

    side = forms.ChoiceField(label=_("Bên đồng ý"), choices=ConsentSide.choices)
    number = forms.CharField(label=_("Số văn bản đồng ý"), max_length=60)
    signed_on = DateField(label=_("Ngày văn bản"))


class Extending(Form):
    due_at = MomentField(label=_("Hạn mới"))
    reason = TextField(label=_("Lý do"), help_text=ONE_LINE, error_messages={"required": NO_REASON})


@dataclass(frozen=True, slots=True)
class Act:
    """What may be done: its form, the button, what is said afterwards; ``run`` is given the post's own words, ``open_to`` says when it is offered."""

    form: type[Form]
    title: Any
    button: Any
    said: Any
    run: Callable[..., Any]
    open_to: Callable[[Task, Post], bool]
    permission: str
    style: str = ""


def _answers(accepts: bool) -> Callable[..., Any]:
    def run(*, by: Post, task: Task, **kwargs: Any) -> Any:
        return actions.answer_request(by=by, task=task, accepts=accepts, **kwargs)

    return run


def _supports(accepts: bool) -> Callable[..., Any]:
    def run(*, by: Post, task: Task, **kwargs: Any) -> Any:
        return actions.answer_support(by=by, support=get_object_or_404(task.supports, unit=by.unit_id), accepts=accepts, **kwargs)

    return run


def _consents(agrees: bool) -> Callable[..., Any]:
    def run(*, by: Post, task: Task, **kwargs: Any) -> Any:
        consent = next((c for c in asked_consents(task) if c.unit_id == by.unit_id), None)
        if consent is None:
            raise Http404
        return actions.answer_consent(by=by, consent=consent, agrees=agrees, **kwargs)

    return run


def _enter_paper(*, by: Post, task: Task, side: str, **kwargs: Any) -> Any:
    consent = next((c for c in asked_consents(task) if c.side == side), None)
    if consent is None:
        raise Http404
    return actions.enter_paper_consent(by=by, consent=consent, **kwargs)


def asked_consents(task: Task) -> list[Consent]:
    """The consents that a task takes; none where it asks for no militia."""
    asked = getattr(task, "mobilisation", None)
    return list(asked.consents.all()) if asked is not None else []


def _to_consent(task: Task, post: Post) -> bool:
    return task.state == TaskState.ASKED and any(c.unit_id == post.unit_id and c.agrees is None for c in asked_consents(task))


def _to_enter_paper(task: Task, post: Post) -> bool:
    return is_lead(task, post) and task.state == TaskState.ASKED and any(c.agrees is None for c in asked_consents(task))


def _to_accept(task: Task, post: Post) -> bool:
    return is_lead(task, post) and task.state == TaskState.ASKED and all(c.agrees for c in asked_consents(task))


def _extends(grants: bool) -> Callable[..., Any]:
    def run(*, by: Post, task: Task, **kwargs: Any) -> Any:
        asked = get_object_or_404(task.extensions, state=ExtensionState.ASKED)
        return actions.answer_extension(by=by, extension=asked, grants=grants, **kwargs)

    return run


def waiting_extension(task: Task) -> TaskExtension | None:
    """More time that was asked for and nobody answered."""
    return next((e for e in task.extensions.all() if e.state == ExtensionState.ASKED), None)


def _to_extend(task: Task, post: Post) -> bool:
    return is_giver(task, post) and task.state in WAITS_ON_LEAD and waiting_extension(task) is not None


def _may_ask_more(task: Task, post: Post) -> bool:
    there = is_lead(task, post) and not is_giver(task, post) and task.state == TaskState.OPEN and task.due_at >= timezone.now()
    return there and waiting_extension(task) is None


def is_lead(task: Task, post: Post) -> bool:
    return task.lead_id == post.unit_id


def is_giver(task: Task, post: Post) -> bool:
    return task.giver_id == post.unit_id


def _asked_to_help(task: Task, post: Post) -> bool:
    return task.closed_at is None and any(s.unit_id == post.unit_id and s.state == SupportState.ASKED for s in task.supports.all())


def _to_close(task: Task, post: Post) -> bool:
    return is_giver(task, post) and (task.state == TaskState.ANSWERED or (is_lead(task, post) and task.state == TaskState.OPEN))


ACTS: dict[str, Act] = {
    "nhan": Act(
        Plain, _("Nhận nhiệm vụ"), _("Nhận"), _("Đã nhận nhiệm vụ."), _answers(True), _to_accept, "task.answer", "primary"
    ),
    "dong-y": Act(Plain, _("Đồng ý điều động dân quân"), _("Đồng ý"), _("Đã đồng ý điều động."), _consents(True), _to_consent, "task.answer", "primary"),
    "khong-dong-y": Act(
        Reason, _("Không đồng ý điều động"), _("Không đồng ý"), _("Đã trả lời không đồng ý, kèm lý do."), _consents(False), _to_consent, "task.answer", "danger"
    ),
    "van-ban-dong-y": Act(
        OnPaper, _("Ghi văn bản đồng ý điều động"), _("Ghi"), _("Đã ghi văn bản đồng ý."), _enter_paper, _to_enter_paper, "task.answer"
    ),
    "tu-choi": Act(
        Reason, _("Từ chối"), _("Từ chối"), _("Đã từ chối, kèm lý do."), _answers(False), lambda t, p: is_lead(t, p) and t.state == TaskState.ASKED, "task.answer", "danger"
    ),
    "phoi-hop": Act(Plain, _("Nhận phối hợp"), _("Nhận phối hợp"), _("Đã nhận phối hợp."), _supports(True), _asked_to_help, "task.answer", "primary"),
    "khong-phoi-hop": Act(Reason, _("Từ chối phối hợp"), _("Từ chối"), _("Đã từ chối phối hợp, kèm lý do."), _supports(False), _asked_to_help, "task.answer", "danger"),
    "tra-loi": Act(
        Answering, _("Trả lời"), _("Gửi trả lời"), _("Đã trả lời."), actions.answer, lambda t, p: is_lead(t, p) and t.state == TaskState.OPEN, "task.answer", "primary"
    ),
    "xong": Act(Plain, _("Kết thúc nhiệm vụ"), _("Kết thúc"), _("Đã kết thúc nhiệm vụ."), actions.close, _to_close, "task.close", "primary"),
    "tra-lai": Act(
        Reason, _("Trả lại để làm tiếp"), _("Trả lại"), _("Đã trả lại, kèm lý do."), actions.send_back,
        lambda t, p: is_giver(t, p) and t.state == TaskState.ANSWERED, "task.close",
    ),
    "gia-han": Act(
        Extending, _("Gia hạn"), _("Gia hạn"), _("Đã gia hạn."), actions.extend, lambda t, p: is_giver(t, p) and t.state in WAITS_ON_LEAD and t.due_at >= timezone.now(),
        "task.give",
    ),
    "xin-gia-han": Act(Extending, _("Xin gia hạn"), _("Gửi lời xin"), _("Đã xin gia hạn, chờ đơn vị giao trả lời."), actions.ask_extension, _may_ask_more, "task.answer"),
    "cho-gia-han": Act(Plain, _("Đồng ý gia hạn"), _("Đồng ý"), _("Đã gia hạn."), _extends(True), _to_extend, "task.give", "primary"),
    "khong-gia-han": Act(Reason, _("Không gia hạn"), _("Không gia hạn"), _("Đã trả lời, kèm lý do."), _extends(False), _to_extend, "task.give"),
    "rut": Act(Reason, _("Rút nhiệm vụ"), _("Rút"), _("Đã rút nhiệm vụ."), actions.withdraw, lambda t, p: is_giver(t, p) and t.closed_at is None, "task.give", "danger"),
}  # fmt: skip


def open_acts(task: Task, post: Post) -> dict[str, Act]:
    """What a post may do with a task now, by the word of its address, in the order of the buttons."""
    return {name: act for name, act in ACTS.items() if act.open_to(task, post) and may(post, act.permission)}
