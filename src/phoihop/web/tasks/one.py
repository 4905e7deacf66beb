"""/nhiem-vu/<mã>/: one task: who does what until when, what became of it, and everything that may be done with it now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from phoihop.domain.agreements.queries.occasions import of_task
from phoihop.domain.agreements.queries.versions import names_of
from phoihop.domain.forces.queries.relations import relation_between
from phoihop.domain.matters.queries.seen import title_of
from phoihop.domain.people.models import Post
from phoihop.domain.people.rules import may
from phoihop.domain.tasks import actions
from phoihop.domain.tasks.models import Consent, ConsentSide, ExtensionState, SupportState, Task, TaskExtension, TaskSource, TaskState
from phoihop.domain.tasks.queries.history import history_of
from phoihop.domain.tasks.queries.queue import behind, evidence_of, seen_by
from phoihop.domain.tasks.rules import WAITS_ON_LEAD
from phoihop.kernel import spoken
from phoihop.kernel.period import local_day
from phoihop.kernel.upload import Upload
from phoihop.kernel.verdict import Verdict

from ..back import own_address
from ..base import Acting, acting, attempt, go, no_access, page
from ..duties.wording import period
from ..finding import address_of
from ..forms import DateField, Form, MomentField, TextField
from ..saved import saved
from ..toasts import toast
from . import wording
from .giving import NO_NAMES

ONE_LINE = _("Một dòng là đủ. Không ghi họ tên, giấy tờ, số điện thoại của người dân.")


NO_REASON = _("Cần nêu lý do, một dòng là đủ.")


class Plain(Form):
    """Nothing to fill in: the button says it all."""


class Reason(Form):
    reason = TextField(label=_("Lý do"), help_text=ONE_LINE, error_messages={"required": NO_REASON})


class Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files, each judged by its content within the action."""

    widget = Files

    def clean(self, data: Any, initial: Any = None) -> list[Upload]:
        sent = data if isinstance(data, list | tuple) else [data] if data else []
        return [Upload(one.name, one.read()) for one in sent]


class Answering(Form):
    answer = TextField(label=_("Đã làm gì, kết quả ra sao"), help_text=NO_NAMES, error_messages={"required": _("Hãy ghi kết quả, một dòng là đủ.")})
    uploads = FilesField(
        label=_("Bằng chứng"),
        required=False,
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
        consent = next((c for c in _asked_consents(task) if c.unit_id == by.unit_id), None)
        if consent is None:
            raise Http404
        return actions.answer_consent(by=by, consent=consent, agrees=agrees, **kwargs)

    return run


def _enter_paper(*, by: Post, task: Task, side: str, **kwargs: Any) -> Any:
    consent = next((c for c in _asked_consents(task) if c.side == side), None)
    if consent is None:
        raise Http404
    return actions.enter_paper_consent(by=by, consent=consent, **kwargs)


def _asked_consents(task: Task) -> list[Consent]:
    """The consents that a task takes; none where it asks for no militia."""
    asked = getattr(task, "mobilisation", None)
    return list(asked.consents.all()) if asked is not None else []


def _to_consent(task: Task, post: Post) -> bool:
    return task.state == TaskState.ASKED and any(c.unit_id == post.unit_id and c.agrees is None for c in _asked_consents(task))


def _to_enter_paper(task: Task, post: Post) -> bool:
    return _lead(task, post) and task.state == TaskState.ASKED and any(c.agrees is None for c in _asked_consents(task))


def _to_accept(task: Task, post: Post) -> bool:
    return _lead(task, post) and task.state == TaskState.ASKED and all(c.agrees for c in _asked_consents(task))


def _extends(grants: bool) -> Callable[..., Any]:
    def run(*, by: Post, task: Task, **kwargs: Any) -> Any:
        asked = get_object_or_404(task.extensions, state=ExtensionState.ASKED)
        return actions.answer_extension(by=by, extension=asked, grants=grants, **kwargs)

    return run


def _waiting_extension(task: Task) -> TaskExtension | None:
    """More time that was asked for and nobody answered."""
    return next((e for e in task.extensions.all() if e.state == ExtensionState.ASKED), None)


def _to_extend(task: Task, post: Post) -> bool:
    return _giver(task, post) and task.state in WAITS_ON_LEAD and _waiting_extension(task) is not None


def _may_ask_more(task: Task, post: Post) -> bool:
    there = _lead(task, post) and not _giver(task, post) and task.state == TaskState.OPEN and task.due_at >= timezone.now()
    return there and _waiting_extension(task) is None


def _lead(task: Task, post: Post) -> bool:
    return task.lead_id == post.unit_id


def _giver(task: Task, post: Post) -> bool:
    return task.giver_id == post.unit_id


def _asked_to_help(task: Task, post: Post) -> bool:
    return task.closed_at is None and any(s.unit_id == post.unit_id and s.state == SupportState.ASKED for s in task.supports.all())


def _to_close(task: Task, post: Post) -> bool:
    return _giver(task, post) and (task.state == TaskState.ANSWERED or (_lead(task, post) and task.state == TaskState.OPEN))


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
        Reason, _("Từ chối"), _("Từ chối"), _("Đã từ chối, kèm lý do."), _answers(False), lambda t, p: _lead(t, p) and t.state == TaskState.ASKED, "task.answer", "danger"
    ),
    "phoi-hop": Act(Plain, _("Nhận phối hợp"), _("Nhận phối hợp"), _("Đã nhận phối hợp."), _supports(True), _asked_to_help, "task.answer", "primary"),
    "khong-phoi-hop": Act(Reason, _("Từ chối phối hợp"), _("Từ chối"), _("Đã từ chối phối hợp, kèm lý do."), _supports(False), _asked_to_help, "task.answer", "danger"),
    "tra-loi": Act(
        Answering, _("Trả lời"), _("Gửi trả lời"), _("Đã trả lời."), actions.answer, lambda t, p: _lead(t, p) and t.state == TaskState.OPEN, "task.answer", "primary"
    ),
    "xong": Act(Plain, _("Kết thúc nhiệm vụ"), _("Kết thúc"), _("Đã kết thúc nhiệm vụ."), actions.close, _to_close, "task.close", "primary"),
    "tra-lai": Act(
        Reason, _("Trả lại để làm tiếp"), _("Trả lại"), _("Đã trả lại, kèm lý do."), actions.send_back,
        lambda t, p: _giver(t, p) and t.state == TaskState.ANSWERED, "task.close",
    ),
    "gia-han": Act(
        Extending, _("Gia hạn"), _("Gia hạn"), _("Đã gia hạn."), actions.extend, lambda t, p: _giver(t, p) and t.state in WAITS_ON_LEAD and t.due_at >= timezone.now(),
        "task.give",
    ),
    "xin-gia-han": Act(Extending, _("Xin gia hạn"), _("Gửi lời xin"), _("Đã xin gia hạn, chờ đơn vị giao trả lời."), actions.ask_extension, _may_ask_more, "task.answer"),
    "cho-gia-han": Act(Plain, _("Đồng ý gia hạn"), _("Đồng ý"), _("Đã gia hạn."), _extends(True), _to_extend, "task.give", "primary"),
    "khong-gia-han": Act(Reason, _("Không gia hạn"), _("Không gia hạn"), _("Đã trả lời, kèm lý do."), _extends(False), _to_extend, "task.give"),
    "rut": Act(Reason, _("Rút nhiệm vụ"), _("Rút"), _("Đã rút nhiệm vụ."), actions.withdraw, lambda t, p: _giver(t, p) and t.closed_at is None, "task.give", "danger"),
}  # fmt: skip


@acting("matter.view", time="none")
def task(request: Acting, code: str) -> HttpResponse:
    found = _task(request, code)
    return found if isinstance(found, HttpResponse) else _page(request, found)


@acting("matter.view", time="none")
def do(request: Acting, code: str, act: str) -> HttpResponse:
    """One act. Refused, the page comes back as it is now, with what was typed and the reason at its field."""
    if act not in ACTS:
        raise Http404
    found = _task(request, code)
    if isinstance(found, HttpResponse):
        return found
    if request.method != "POST":
        return go(request, f"/nhiem-vu/{found.code}/")
    one = ACTS[act]
    form = one.form(request.POST, request.FILES)
    if attempt(form, one.run, by=request.post, task=found, at=timezone.now()):
        toast(request, one.said)
        return go(request, own_address(request, request.POST.get("ve"), f"/nhiem-vu/{found.code}/"))
    return _page(request, _again(request, found), (act, form))


@acting("matter.view", time="none")
def file(request: Acting, code: str, pk: int) -> HttpResponse:
    """A file of evidence."""
    found = _task(request, code)
    if isinstance(found, HttpResponse):
        return found
    kept = get_object_or_404(evidence_of(request.post, found, local_day(timezone.now())).defer(None), pk=pk)
    if kept.content is None:
        raise Http404
    return saved(bytes(kept.content), kept.media, kept.name.text)


def _task(request: Acting, code: str) -> Task | HttpResponse:
    """The task of a code as its reader may see it; else who leads what it belongs to."""
    said = spoken.parse(code)
    if said is None:
        raise Http404
    rows = seen_by(request.post, local_day(timezone.now())).filter(code=str(said))
    found = (
        rows.select_related("answer", "matter__title", "matter__lead__force")
        .prefetch_related(
            "mobilisation__consents__unit__force", "mobilisation__consents__reason", "supports__unit__force", "supports__reason", "extensions__reason"
        )
        .first()
    )
    if found is not None:
        return found
    hidden = behind(request.post, str(said), local_day(timezone.now()))
    if hidden is None:
        raise Http404
    return no_access(request, Verdict("not-shared"), hidden.matter, lead=hidden.lead)


def _again(request: Acting, found: Task) -> Task:
    """As it is now: somebody else of the unit may have acted meanwhile."""
    fresh = _task(request, found.code)
    assert isinstance(fresh, Task)
    return fresh


def _page(request: Acting, found: Task, refused: tuple[str, Form] | None = None) -> HttpResponse:
    now = timezone.now()
    on = local_day(now)
    steps = history_of(request.post, found, on)
    offered = [
        (name, one, _form(name, one, found, refused)) for name, one in ACTS.items() if one.open_to(found, request.post) and may(request.post, one.permission)
    ]
    missed = refused[1] if refused and refused[0] not in {name for name, _one, _form in offered} else None
    kind = relation_between(found.giver, found.lead, local_day(found.given_at))
    return page(
        request,
        "tasks/one.html",
        status=422 if refused else 200,
        task=found,
        form=refused[1] if refused else None,
        missed=missed,
        offered=offered,
        tag=wording.state_tag(found),
        source=TaskSource(found.source).label,
        source_url="" if found.matter.code == found.code else address_of(found.matter),
        of=title_of(request.post, found.matter, on),
        why=wording.why(found.giver, found.lead, kind, found.mode, found.source),
        origin=_origin(request, found),
        extension=_waiting_extension(found),
        supports=[(s, wording.support_tag(s.state)) for s in found.supports.all()],
        put_off=[step for step in steps if step.before is not None],
        events=[wording.event_line(step) for step in steps],
        evidence=evidence_of(request.post, found, on),
        over=wording.overdue(found, now),
        waits=_waits(found),
        missing=_missing(found),
        militia=getattr(found, "mobilisation", None),
        consents=[(c, wording.consent_tag(c.agrees)) for c in _asked_consents(found)],
        again=_giver(found, request.post) and found.state in (TaskState.DECLINED, TaskState.WITHDRAWN) and may(request.post, "task.give"),
        opened=request.GET.get("mo", ""),
    )


def _origin(request: Acting, found: Task) -> dict[str, Any] | None:
    """Of a task that a signed text lays down: its clause, its period, and where the act that meets it is shown."""
    today = local_day(timezone.now())
    occasion = of_task(request.post, found, today) if found.source == TaskSource.AGREEMENT else None
    if occasion is None:
        return None
    clause = occasion.duty.clause
    text = clause.version.agreement.matter
    return {
        "label": names_of([clause])[clause.pk], "url": f"/ke-hoach/{text.code}/#dieu-{clause.order}", "title": title_of(request.post, text, today) or text.code,
        "period": period(occasion.first, occasion.until), "fell_due": f"/ke-hoach/den-han/{found.code}/",
    }  # fmt: skip


def _form(name: str, one: Act, found: Task, refused: tuple[str, Form] | None) -> Form:
    if refused and refused[0] == name:
        return refused[1]
    return one.form(auto_id=f"{name}-%s", initial={"due_at": found.due_at} if one.form is Extending else {})


def _missing(found: Task) -> str:
    """Which consents are not there yet; while one is missing nobody can take the task."""
    sides = [str(ConsentSide(c.side).label) for c in _asked_consents(found) if not c.agrees]
    return str(_("Đang chờ đồng ý điều động: %(sides)s.") % {"sides": ", ".join(sides)}) if sides and found.state == TaskState.ASKED else ""


def _waits(found: Task) -> str:
    """For whom it waits, where the reader has nothing to do."""
    if missing := _missing(found):
        return missing
    if found.state in WAITS_ON_LEAD:
        return str(_("Đang chờ %(unit)s.") % {"unit": found.lead.name})
    if found.state == TaskState.ANSWERED:
        return str(_("Đang chờ %(unit)s xem trả lời.") % {"unit": found.giver.name})
    return str(_("Nhiệm vụ đã kết thúc, không còn việc phải làm."))
