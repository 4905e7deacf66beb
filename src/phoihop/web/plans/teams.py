"""/ke-hoach/<mã>/to-cong-tac/: a team is formed, each unit answers for itself, it ends."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from phoihop.domain.agreements.actions.teams import answer_team, end_team, form_team
from phoihop.domain.agreements.models import Agreement, TaskTeamMember
from phoihop.domain.agreements.queries.plan_records import places_seen, teams_seen
from phoihop.domain.agreements.rules.teams import MemberDraft, TeamDraft, may_answer_team, may_end_team, may_form
from phoihop.domain.forces.models import Unit
from phoihop.domain.matters.models import PartRole
from phoihop.kernel.period import local_day

from .. import rows
from ..agreements.seeing import address, agreement_page
from ..base import Acting, acting, attempt, go, no_access, page
from ..forms import DateField, Form, TextField
from ..register.wording import title_of
from ..rows import Row, places
from ..toasts import toast
from .acts import ONE_LINE, Act, ActForm, done
from .form import Count, bound_row

_FRESH: dict[str, Row] = {"members": {"role": [PartRole.SUPPORT.value]}}


class Forming(Form):
    """A team: its name, what it is for, until when; its units with their numbers."""

    name = forms.CharField(label=_("Tên tổ, đội công tác"), max_length=200, error_messages={"required": _("Hãy ghi tên tổ, đội công tác.")})
    mandate = TextField(
        label=_("Nhiệm vụ được giao"), help_text=_("Làm gì, ở đâu, báo ai. Thành phần ghi theo đơn vị và số người, không ghi tên."),
        error_messages={"required": _("Hãy ghi nhiệm vụ được giao, một dòng là đủ.")},
    )  # fmt: skip
    valid_from = DateField(label=_("Thành lập từ ngày"))
    valid_until = DateField(label=_("Hoạt động đến trước ngày"))

    def __init__(self, *args: Any, agreement: Agreement, tree: Row, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tree = tree
        self._units: dict[str, Unit] = {str(p.unit_id): p.unit for p in agreement.parties.select_related("unit__force").order_by("order")}
        for p, _row in places(tree, "members"):
            choices = [("", "–"), *((key, unit.name) for key, unit in self._units.items())]
            self.fields[f"{p}unit"] = forms.ChoiceField(label=_("Đơn vị"), choices=choices, error_messages={"required": _("Chọn đơn vị, hoặc bỏ dòng này.")})
            self.fields[f"{p}role"] = forms.ChoiceField(label=_("Vai"), choices=PartRole.choices)
            self.fields[f"{p}people"] = Count(label=_("Số người"), widget=forms.NumberInput(attrs={"inputmode": "numeric"}))

    @property
    def member_rows(self) -> list[dict[str, Any]]:
        return [bound_row(self, p, "unit", "role", "people") for p, _row in places(self.tree, "members")]

    def arguments(self) -> dict[str, Any]:
        got = self.cleaned_data
        members = [MemberDraft(self._units[got[f"{p}unit"]], got[f"{p}role"], got[f"{p}people"] or 0) for p, _row in places(self.tree, "members")]
        return {"team": TeamDraft(got["name"], got["mandate"], got["valid_from"], got["valid_until"], members)}


@acting("agreement.draft", time="none")
@agreement_page
def forming(request: Acting, a: Agreement) -> HttpResponse:
    if not (verdict := may_form(request.post, a, local_day(timezone.now()))):
        return no_access(request, verdict)
    if request.method != "POST":
        tree: Row = {"members": [{"unit": [str(request.post.unit_id)], "role": [PartRole.LEAD.value]}, dict(_FRESH["members"])]}
        return _page(request, a, Forming(agreement=a, tree=tree, initial=rows.initial(tree) | {"valid_from": local_day(timezone.now())}))
    wish = rows.asked(request.POST.get("do", ""))
    heads = {name: request.POST.getlist(name) for name in (*Forming.base_fields, "sure")}
    if wish is not None:
        tree = rows.changed(rows.read(request.POST), *wish, _FRESH)
        return _page(request, a, Forming(agreement=a, tree=tree, initial=rows.initial(tree) | {name: said[-1] for name, said in heads.items() if said}))
    tree = rows.pruned(rows.read(request.POST))
    form = Forming(rows.written(tree, heads), agreement=a, tree=tree)
    if attempt(form, form_team, by=request.post, agreement=a, at=timezone.now()):
        toast(request, now_("Đã lập. Các đơn vị khác được hỏi và tự trả lời."))
        return go(request, address(a))
    return _page(request, a, form)


def _page(request: Acting, a: Agreement, form: Forming) -> HttpResponse:
    return page(request, "plans/team.html", form=form, a=a, title=title_of(a), back=address(a), here=address(a, "to-cong-tac"))


class Declining(ActForm):
    reason = TextField(label=_("Lý do không tham gia"), help_text=ONE_LINE, error_messages={"required": _("Từ chối thì cần nêu lý do, một dòng là đủ.")})

    def arguments(self) -> dict[str, Any]:
        return {"accepts": False} | self.cleaned_data


class Accepting(ActForm):
    def arguments(self) -> dict[str, Any]:
        return {"accepts": True}


class Ending(ActForm):
    day = DateField(label=_("Giải thể từ ngày"))

    def known(self) -> dict[str, Any]:
        return {"day": self.today}


_ACCEPT = Act(Accepting, _("Nhận lời vào tổ, đội công tác"), _("Nhận lời"), _("Đã nhận lời."), answer_team)
_DECLINE = Act(Declining, _("Không tham gia tổ, đội công tác"), _("Không tham gia"), _("Đã trả lời kèm lý do."), answer_team, style="danger")
_END = Act(Ending, _("Giải thể tổ, đội công tác"), _("Giải thể"), _("Đã ghi ngày giải thể."), end_team, style="danger")


def _place(request: Acting, a: Agreement, pk: int) -> TaskTeamMember:
    found: TaskTeamMember = get_object_or_404(places_seen(request.post, local_day(timezone.now())), pk=pk, team__agreement=a)
    return found


@require_POST
@acting("agreement.opine", time="none")
@agreement_page
def accepting(request: Acting, a: Agreement, pk: int) -> HttpResponse:
    return done(request, a, _ACCEPT, member=_place(request, a, pk))


@acting("agreement.opine", time="none")
@agreement_page
def declining(request: Acting, a: Agreement, pk: int) -> HttpResponse:
    """Who can no longer answer is told so before there is anything to fill in."""
    member = _place(request, a, pk)
    if not (verdict := may_answer_team(request.post, member, local_day(timezone.now()))):
        return no_access(request, verdict)
    return done(request, a, _DECLINE, member=member)


@acting("agreement.draft", time="none")
@agreement_page
def ending(request: Acting, a: Agreement, pk: int) -> HttpResponse:
    today = local_day(timezone.now())
    team = get_object_or_404(teams_seen(request.post, today), pk=pk, agreement=a)
    if not (verdict := may_end_team(request.post, team, today)):
        return no_access(request, verdict)
    return done(request, a, _END, team=team)
