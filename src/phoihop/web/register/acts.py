"""/ke-hoach/<mã>/so/<việc>/: what may be written down of a document beside its text, a page for each; what needs no form is a button."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from phoihop.domain.agreements.actions import basing, cascade, reviewing, spreading, taking_back
from phoihop.domain.agreements.models import Agreement, ChangeProposal
from phoihop.domain.agreements.queries.cascade import own_adoption
from phoihop.domain.agreements.queries.reviews import proposals_of
from phoihop.domain.agreements.queries.spreading import own_delivery
from phoihop.domain.agreements.rules.cascade import is_late
from phoihop.domain.people.models import Post
from phoihop.kernel.period import local_day

from ..agreements.seeing import agreement_page
from ..back import own_address
from ..base import Acting, acting, attempt, go, page
from ..toasts import toast
from . import forms, wording

Run = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Act:
    """What may be done: its form, the title of its page, the button, what is said afterwards; ``run`` is the action."""

    form: type[forms.ActForm]
    title: Any
    button: Any
    said: Any
    run: Run
    hint: Any = ""
    style: str = "primary"


def _for_own(action: Run, found: Callable[[Post, Agreement], Any], name: str) -> Run:
    """An action about what the acting unit was asked or sent."""

    def run(*, by: Post, agreement: Agreement, **kwargs: Any) -> Any:
        mine = found(by, agreement)
        if mine is None:
            raise Http404
        return action(by=by, **{name: mine}, **kwargs)

    return run


ACTS: dict[str, Act] = {
    "so-ky-hieu": Act(forms.Numbering, _("Cấp số, ký hiệu"), _("Cấp số"), _("Đã cấp số."), basing.number_agreement),
    "rut-lai": Act(
        forms.Reason, _("Rút lại văn bản ghi nhầm"), _("Rút lại"), _("Đã rút lại; số trở lại như chưa dùng."), taking_back.take_back,
        _("Dùng khi ghi vào sổ nhầm số, nhầm ngày, nhầm văn bản. Bản ghi vẫn còn với lý do, không tính vào số liệu; sau đó ghi lại cho đúng."), style="danger",
    ),
    "can-cu": Act(
        forms.Basing, _("Căn cứ, thay thế"), _("Ghi căn cứ"), _("Đã ghi căn cứ."), basing.set_bases,
        _("Văn bản pháp lý lấy trong danh mục; văn bản của đơn vị lấy trong sổ. Căn cứ đã hết hiệu lực sẽ được hỏi lại."),
    ),
    "yeu-cau": Act(
        forms.Asking, _("Yêu cầu cấp dưới ban hành, thực hiện"), _("Gửi yêu cầu"), _("Đã gửi yêu cầu."), cascade.ask_below,
        _("Mỗi đơn vị trả lời một trong ba cách: thực hiện nguyên văn, có văn bản riêng, không áp dụng kèm lý do."),
    ),
    "nhac": Act(forms.Plain, _("Nhắc đơn vị chưa trả lời"), _("Nhắc"), _("Đã nhắc các đơn vị chưa trả lời."), cascade.remind_below),
    "nguyen-van": Act(
        forms.Plain, _("Thực hiện nguyên văn"), _("Thực hiện nguyên văn"), _("Đã trả lời: thực hiện nguyên văn."), _for_own(cascade.adopt_as_is, own_adoption, "adoption")
    ),
    "van-ban-rieng": Act(
        forms.Own, _("Đã có văn bản riêng"), _("Chọn văn bản này"), _("Đã trả lời: có văn bản riêng."), _for_own(cascade.adopt_with_own, own_adoption, "adoption")
    ),
    "khong-ap-dung": Act(
        forms.Reason, _("Không áp dụng"), _("Trả lời không áp dụng"), _("Đã trả lời kèm lý do."), _for_own(cascade.decline_adoption, own_adoption, "adoption"), style="danger"
    ),
    "gui": Act(forms.Sending, _("Gửi văn bản"), _("Gửi"), _("Đã gửi. Nơi nhận sẽ báo khi nhận được."), spreading.deliver),
    "da-nhan": Act(forms.Plain, _("Báo đã nhận văn bản"), _("Báo đã nhận"), _("Đã báo nhận."), _for_own(spreading.receive, own_delivery, "delivery")),
    "quan-triet": Act(
        forms.Spreading, _("Ghi lần quán triệt"), _("Ghi"), _("Đã ghi lần quán triệt."), spreading.disseminate,
        _("Ghi cho đơn vị của bạn, sau khi đã tổ chức: bao nhiêu lượt người dự, minh chứng gì."),
    ),
    "lich-ra-soat": Act(forms.Planning, _("Định ngày rà soát"), _("Ghi"), _("Đã ghi lịch rà soát."), reviewing.plan_review),
    "ra-soat": Act(forms.Reviewing, _("Ghi lần rà soát"), _("Ghi kết quả"), _("Đã ghi kết quả rà soát."), reviewing.hold_review),
    "de-xuat": Act(forms.Proposing, _("Đề xuất sửa đổi"), _("Gửi đề xuất"), _("Đã gửi đề xuất tới đơn vị chủ trì."), reviewing.propose_change),
}  # fmt: skip
_ANSWER = Act(forms.Answering, _("Trả lời đề xuất"), _("Gửi trả lời"), _("Đã trả lời đề xuất."), reviewing.answer_proposal)


@acting("matter.view", time="none")
@agreement_page
def act(request: Acting, found: Agreement, act: str) -> HttpResponse:
    """One act. A form has a page of its own; a button without one answers where it was pressed."""
    if act not in ACTS:
        raise Http404
    return _done(request, found, ACTS[act], {"agreement": found})


@acting("matter.view", time="none")
@agreement_page
def answer(request: Acting, found: Agreement, pk: int) -> HttpResponse:
    """The lead's answer to a proposal."""
    proposal: ChangeProposal = get_object_or_404(proposals_of(request.post, found, local_day(timezone.now())).select_related("agreement__matter"), pk=pk)
    return _done(request, found, _ANSWER, {"proposal": proposal})


def _done(request: Acting, found: Agreement, one: Act, about: dict[str, Any]) -> HttpResponse:
    form = one.form(request.POST if request.method == "POST" else None, request.FILES or None, post=request.post, agreement=found)
    back = wording.PAGE % found.matter.code
    if request.method == "POST" and attempt(form, one.run, by=request.post, at=timezone.now(), **about):
        toast(request, one.said)
        return go(request, own_address(request, request.POST.get("ve"), back))
    asked = [(a, wording.adoption_tag(a.form, is_late(a, form.today))) for a in getattr(form, "asked", ())]
    shown = {"asked": asked, "form": form, "act": one, "agreement": found, "title": wording.title_of(found), "back": back, **about}
    return page(request, "register/act.html", **shown)
