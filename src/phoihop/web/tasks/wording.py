"""How tasks are said: the tag of a state, whether it is late, why it was assigned or requested, what an event did."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from phoihop.domain.forces.models import RelationKind
from phoihop.domain.tasks.models import Mode, SupportState, Task, TaskSource, TaskState
from phoihop.domain.tasks.rules import is_overdue
from phoihop.kernel.catalogue import EVENTS

from ..templatetags.face import tag

STATE_KINDS = {
    TaskState.ASKED: "warn", TaskState.OPEN: "info", TaskState.ANSWERED: "warn", TaskState.CLOSED: "ok", TaskState.DECLINED: "", TaskState.WITHDRAWN: "",
}  # fmt: skip
STATE_ICONS = {
    TaskState.ASKED: "hourglass", TaskState.OPEN: "progress", TaskState.ANSWERED: "message-check", TaskState.CLOSED: "circle-check",
    TaskState.DECLINED: "circle-x", TaskState.WITHDRAWN: "arrow-back-up",
}  # fmt: skip
SUPPORT_KINDS = {SupportState.ASKED: "warn", SupportState.ACCEPTED: "ok", SupportState.DECLINED: ""}
EVENT_ICONS = {
    "task.given": "checklist", "task.requested": "checklist", "task.accepted": "check", "task.declined": "x", "task.support_accepted": "check",
    "task.support_declined": "x", "task.answered": "message-check", "task.returned": "arrow-back-up", "task.closed": "circle-check",
    "task.withdrawn": "arrow-back-up", "task.extended": "calendar-plus", "task.proposed": "checklist", "task.extension_asked": "hourglass",
    "task.extension_granted": "calendar-plus", "task.extension_refused": "x", "duty.opened": "checklist", "duty.met": "check", "duty.unmet": "x",
    "duty.withdrawn": "arrow-back-up", "task.consented": "check", "task.consent_refused": "x", "task.consent_entered": "file-check",
}  # fmt: skip
_EVENT_KINDS = {
    "task.closed": "ok",
    "task.answered": "info",
    "task.accepted": "info",
    "task.declined": "warn",
    "task.returned": "warn",
    "task.extended": "warn",
    "task.extension_asked": "warn",
    "task.extension_granted": "info",
    "task.extension_refused": "warn",
}

WHY = {
    RelationKind.DIRECTS: lazy("%(giver)s chỉ đạo %(lead)s, nên đây là giao nhiệm vụ: mở ngay, không cần nhận lời."),
    RelationKind.GUIDES: lazy("%(giver)s hướng dẫn nghiệp vụ %(lead)s, nên đây là giao nhiệm vụ: mở ngay, không cần nhận lời."),
}
_OWN = lazy("Việc của chính đơn vị: mở ngay.")
_UPWARDS = lazy("%(lead)s là cấp trên của %(giver)s, nên đây là đề xuất: %(lead)s tiếp nhận, hoặc trả lời vì sao không.")
_BOUND = lazy("%(lead)s đã ký văn bản, hoặc thuộc đơn vị đã ký: việc mở ngay, không cần nhận lời.")
_EQUALS = lazy("%(giver)s và %(lead)s không chỉ đạo nhau, nên đây là đề nghị: %(lead)s nhận, hoặc từ chối kèm lý do.")


def state_tag(task: Task) -> SafeString:
    """What an agreement lays down waits for nobody once it is answered (see ``tasks.queries.queue.waiting_for``): the tag does not say that it does."""
    one = TaskState(task.state)
    if one is TaskState.ANSWERED and task.source == TaskSource.AGREEMENT:
        return tag(_("đã trả lời"), "ok", STATE_ICONS[one])
    return tag(one.label, STATE_KINDS[one], STATE_ICONS[one])


def support_tag(state: str) -> SafeString:
    one = SupportState(state)
    return tag(one.label, SUPPORT_KINDS[one])


def consent_tag(agrees: bool | None) -> SafeString:
    if agrees is None:
        return tag(_("chờ trả lời"), "warn", "hourglass")
    return tag(_("đồng ý"), "ok", "circle-check") if agrees else tag(_("không đồng ý"), "danger", "circle-x")


def why(giver: Any, lead: Any, kind: RelationKind | None, mode: str, source: str = "") -> str:
    """The relation from which follows whether it is assigned, proposed or requested, in a sentence."""
    if source == TaskSource.AGREEMENT and mode == Mode.ASSIGNED:
        return str(_BOUND) % {"lead": lead.short}
    if giver.pk == lead.pk:
        return str(_OWN)
    said = WHY.get(kind, _EQUALS) if kind and mode == Mode.ASSIGNED else _UPWARDS if mode == Mode.PROPOSED else _EQUALS
    return str(said) % {"giver": giver.short, "lead": lead.short}


def event_line(step: Any) -> dict[str, Any]:
    """A step of a task for ui/timeline.html."""
    text = step.text.text if step.text is not None else ""
    if step.text is not None and step.text.erased_at is not None:
        text = _("(nội dung đã xóa)")
    if step.by_itself and not text:
        text = _("Máy chủ tự ghi theo văn bản các bên đã ký.")
    return {
        "at": step.at, "icon": EVENT_ICONS.get(step.what, "point"), "kind": _EVENT_KINDS.get(step.what, ""), "unit": step.unit,
        "says": EVENTS[step.what].says, "text": text, "before": step.before, "due": step.due,
    }  # fmt: skip


def place_of(task: Task) -> str:
    """The place that tells a task from others of the same wording: of what a text lays down for every commune, and where its lead stands elsewhere."""
    return str(task.area) if task.source == TaskSource.AGREEMENT or task.area_id != task.lead.area_id else ""


def overdue(task: Task, now: datetime) -> bool:
    return is_overdue(task, now)
