"""Carrying a plan out, each act at its address: a preparation ticked off, the result, own people, a practice, the *bốn tại chỗ*."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from phoihop.domain.agreements.actions import carrying_out
from phoihop.domain.agreements.actions.pledging import pledge
from phoihop.domain.agreements.models import Agreement, NeedKind
from phoihop.domain.agreements.queries.plan_records import checks_seen, results_seen
from phoihop.domain.agreements.queries.planning_events import as_planned, own_people
from phoihop.domain.agreements.queries.plans import arrangement_of
from phoihop.domain.agreements.queries.versions import shown_to
from phoihop.domain.agreements.rules.carrying_out import PracticeDraft, ResultDraft
from phoihop.domain.agreements.rules.pledging import PLEDGED
from phoihop.domain.people.models import Post
from phoihop.kernel.period import local_day

from ..agreements.seeing import address, agreement_page
from ..back import own_address
from ..base import Acting, acting, attempt, go, no_access, page
from ..forms import DateField, Form, TextField
from ..register.wording import title_of
from ..toasts import toast
from ..uploads import file_field, uploads_of
from .wording import last_day

ONE_LINE = _("Một dòng là đủ. Không ghi họ tên, giấy tờ, số điện thoại của người dân.")
_NUMBER = {"inputmode": "numeric"}


class ActForm(Form):
    """A form about one plan, filled in by one post."""

    def __init__(self, *args: Any, post: Post, a: Agreement, **kwargs: Any) -> None:
        self.post, self.a, self.today = post, a, local_day(timezone.now())
        super().__init__(*args, **({} if args else {"initial": self.known()}) | kwargs)

    def known(self) -> dict[str, Any]:
        """With what the empty form begins: a suggestion."""
        return {}

    def arguments(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class Plain(ActForm):
    """Nothing to fill in: the button says it all."""


class Resulting(ActForm):
    held_on = DateField(label=_("Ngày diễn ra"))
    safe = forms.ChoiceField(label=_("Diễn ra an toàn"), choices=[("co", _("an toàn")), ("khong", _("có vụ việc mất an toàn"))], widget=forms.RadioSelect)
    posts = forms.IntegerField(label=_("Số chốt đã bố trí"), min_value=0, widget=forms.NumberInput(attrs=_NUMBER))
    teams = forms.IntegerField(label=_("Số tổ đã bố trí"), min_value=0, widget=forms.NumberInput(attrs=_NUMBER))
    note = TextField(label=_("Rút kinh nghiệm"), required=False, help_text=ONE_LINE)

    def known(self) -> dict[str, Any]:
        """As it was planned: the usual answer."""
        plan = as_planned(self.post, self.a, self.today)
        return {"held_on": last_day(plan), "posts": plan.fixed_posts, "teams": plan.mobile_teams} if plan else {}

    def arguments(self) -> dict[str, Any]:
        got = self.cleaned_data
        return {"agreement": self.a, "result": ResultDraft(got["held_on"], got["safe"] == "co", got["posts"], got["teams"], got["note"])}


class Counting(ActForm):
    people = forms.IntegerField(label=_("Số lượt cán bộ, chiến sĩ của đơn vị"), widget=forms.NumberInput(attrs=_NUMBER))

    def known(self) -> dict[str, Any]:
        """As many as the posts of the own unit were to hold."""
        return {"people": own_people(self.post, self.a)}

    def arguments(self) -> dict[str, Any]:
        result = get_object_or_404(results_seen(self.post, self.today), agreement=self.a)
        return {"result": result, "people": self.cleaned_data["people"]}


class Practising(ActForm):
    stands_for = {"proofs": "proof"}
    held_on = DateField(label=_("Ngày luyện tập"))
    people = forms.IntegerField(label=_("Số lượt người dự"), widget=forms.NumberInput(attrs=_NUMBER))
    goals = forms.IntegerField(label=_("Số mục tiêu đề ra"), widget=forms.NumberInput(attrs=_NUMBER))
    met = forms.IntegerField(label=_("Số mục tiêu đạt"), min_value=0, widget=forms.NumberInput(attrs=_NUMBER))
    note = TextField(label=_("Rút kinh nghiệm"), required=False, help_text=ONE_LINE)
    proof = file_field(_("Minh chứng"), required=False, help_text=_("Biên bản, ảnh hiện trường; không kèm danh sách họ tên."))

    def known(self) -> dict[str, Any]:
        return {"held_on": self.today}

    def arguments(self) -> dict[str, Any]:
        said = {name: value for name, value in self.cleaned_data.items() if name != "proof"}
        return {"agreement": self.a, "practice": PracticeDraft(**said), "proofs": uploads_of(self.cleaned_data["proof"])}


class Pledging(ActForm):
    kind = forms.ChoiceField(label=_("Cần gì"))
    amount = forms.IntegerField(label=_("Số đơn vị bảo đảm được"), widget=forms.NumberInput(attrs=_NUMBER))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        needed = {need.kind for need in arrangement_of(self.post, shown_to(self.post, self.a), self.today).needs}
        self.declared("kind").choices = [(kind.value, kind.label) for kind in NeedKind if kind in PLEDGED and kind in needed]

    def arguments(self) -> dict[str, Any]:
        return {"agreement": self.a} | self.cleaned_data


@dataclass(frozen=True, slots=True)
class Act:
    """An act with a page of its own: form, title, button, what is said afterwards; ``run`` is the action."""

    form: type[ActForm]
    title: Any
    button: Any
    said: Any
    run: Callable[..., Any]
    hint: Any = ""
    style: str = "primary"


ACTS: dict[str, Act] = {
    "ket-qua": Act(
        Resulting, _("Ghi kết quả bảo vệ sự kiện"), _("Ghi kết quả"), _("Đã ghi kết quả. Các bên ghi tiếp số lượt người của mình."), carrying_out.tell_result,
        _("Chủ trì ghi một lần. Sau đó mỗi bên tự ghi số lượt người của đơn vị mình."),
    ),
    "luot-nguoi": Act(
        Counting, _("Ghi số lượt người của đơn vị"), _("Ghi"), _("Đã ghi số lượt người."), carrying_out.tell_shift,
        _("Chỉ ghi cho đơn vị của bạn; số của các bên được cộng lại."),
    ),
    "bao-dam": Act(
        Pledging, _("Ghi số đơn vị bảo đảm được"), _("Ghi"), _("Đã ghi số đơn vị bảo đảm được."), pledge,
        _("Người và vật tư tính đến hôm nay; ghi lại bất cứ lúc nào, số mới thay số cũ. Phương tiện lấy từ sổ phương tiện."),
    ),
    "luyen-tap": Act(Practising, _("Ghi lần luyện tập"), _("Ghi"), _("Đã ghi lần luyện tập."), carrying_out.practise),
}  # fmt: skip


@acting("matter.view", time="none")
@agreement_page
def act(request: Acting, a: Agreement, act: str) -> HttpResponse:
    if act not in ACTS:
        raise Http404
    return done(request, a, ACTS[act])


def done(request: Acting, a: Agreement, one: Act, **about: Any) -> HttpResponse:
    """One act on a page of its own, and back to the plan."""
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = one.form(*sent, post=request.post, a=a)
    if request.method == "POST" and attempt(form, one.run, by=request.post, at=timezone.now(), **about):
        toast(request, one.said)
        return go(request, own_address(request, request.POST.get("ve"), address(a)))
    return page(request, "register/act.html", form=form, act=one, agreement=a, title=title_of(a), back=address(a))


@require_POST
@acting("task.answer", time="none")
@agreement_page
def tick(request: Acting, a: Agreement, pk: int) -> HttpResponse:
    """A button on the page of the plan and in today's queue."""
    check = get_object_or_404(checks_seen(request.post, local_day(timezone.now())), pk=pk, version__agreement=a)
    return _at_once(request, a, now_("Đã báo chuẩn bị xong."), carrying_out.tick, check=check)


@require_POST
@acting("task.answer", time="none")
@agreement_page
def state(request: Acting, a: Agreement, spot: str) -> HttpResponse:
    """The own commune's word on one of the *bốn tại chỗ*, as of today."""
    ready, today = request.POST.get("ready") == "co", local_day(timezone.now())
    said = {"agreement": a, "area": request.post.unit.area, "spot": spot, "ready": ready, "day": today}
    return _at_once(request, a, now_("Đã ghi câu trả lời của xã."), carrying_out.state_spot, **said)


def _at_once(request: Acting, a: Agreement, said: str, run: Callable[..., Any], **about: Any) -> HttpResponse:
    """What needs no form; refused, the reason has a page."""
    form = Plain(request.POST, post=request.post, a=a)
    if attempt(form, run, by=request.post, at=timezone.now(), **about):
        toast(request, said)
        return go(request, own_address(request, request.POST.get("ve"), address(a)))
    assert form.verdict is not None
    return no_access(request, form.verdict)
