"""Between equals, on one patrol: the lead asks, lets see or declines a request; a party accepts or says why not; a stranger asks to join."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from phoihop.domain.forces.models import Unit
from phoihop.domain.matters.actions import parts, requests
from phoihop.domain.matters.models import Participation, PartRole, PartState, Wish
from phoihop.domain.matters.queries.parts import grants_led, own_parts, parts_led, requests_led
from phoihop.domain.matters.queries.requests import wishes
from phoihop.domain.matters.rules import Sight
from phoihop.domain.people.models import Post
from phoihop.kernel.verdict import Refused, Verdict

from ..base import Acting, acting, attempt, no_access
from ..forms import DateField, Form, MomentField, TextField, Unclear
from ..toasts import toast
from ..written import read_number
from .acts import NO_NAMES, act_page, done
from .named import UNIT_HINT, UNITS, NameField, Reader, missing, suggestions
from .seeing import SeenPatrol, now_and_today, of_patrol

_ROLES = [(role.value, role.label) for role in (PartRole.SUPPORT, PartRole.COCHAIR, PartRole.ADVISE, PartRole.LEAD, PartRole.INFORM)]


class AskingUnit(Form):
    unit = NameField(UNITS, label=_("Đơn vị"), required=False, help_text=UNIT_HINT)
    role = forms.ChoiceField(label=_("Vai"), choices=_ROLES, help_text=_("“Chủ trì”: mời đơn vị này nhận chủ trì; chỉ chuyển khi họ nhận lời."))
    answer_by = MomentField(label=_("Hạn trả lời"), required=False)

    def __init__(self, *args: Any, post: Post, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._reader = Reader(post)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        _now, today = now_and_today()
        try:
            found["unit"] = self._reader.unit(found["unit"], today) if found.get("unit") else None
            if found["unit"] is None:
                raise missing(now_("đơn vị"))
        except Unclear as unclear:
            self.add_error("unit", unclear)
        return found


class Declining(Form):
    state = forms.ChoiceField(
        label=_("Trả lời"), choices=[(PartState.DECLINED.value, _("Từ chối")), (PartState.UNABLE.value, _("Không thể, dù muốn"))], widget=forms.RadioSelect
    )
    reason = TextField(label=_("Lý do"), needed=True, help_text=NO_NAMES)


class Joining(Form):
    why = TextField(label=_("Lý do"), required=False, help_text=NO_NAMES)

    def __init__(self, *args: Any, open_to: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(wish.value, wish.label) for wish in Wish if wish in open_to]
        self.fields["wish"] = forms.ChoiceField(label=_("Đề nghị"), choices=choices, widget=forms.RadioSelect, initial=choices[0][0])


class Granting(Form):
    basis = TextField(label=_("Căn cứ"), needed=True, widget=forms.TextInput, help_text=_("Số, ký hiệu quy chế hoặc kế hoạch; hoặc lý do ngắn."))
    until = DateField(label=_("Cho xem đến trước ngày"), required=False)
    onward = forms.BooleanField(label=_("Được chuyển tiếp"), required=False)


class NotGranting(Form):
    reason = TextField(label=_("Lý do"), needed=True, help_text=NO_NAMES)


@acting("matter.ask", time="none")
@of_patrol
def ask(request: Acting, a: SeenPatrol) -> HttpResponse:
    """Ask one more unit to take part, to follow, or to take over the lead."""
    _now, today = now_and_today()
    wished = Unit.objects.filter(pk=read_number(request.GET.get("cho", "")) or 0).first()
    form = AskingUnit(request.POST or None, post=request.post, initial={"unit": wished.name if wished else "", "role": PartRole.SUPPORT})
    if request.method == "POST" and (made := attempt(form, parts.ask, by=request.post, matter=a.matter, at=timezone.now())):
        return done(request, a, now_("Đã đề nghị %(unit)s.") % {"unit": made.result.unit.name})
    return act_page(request, a, form, now_("Đề nghị thêm đơn vị"), now_("Gửi đề nghị"), **suggestions(request.post, today))


@require_POST
@acting("matter.ask", time="none")
@of_patrol
def withdraw(request: Acting, a: SeenPatrol, pk: int) -> HttpResponse:
    part = get_object_or_404(parts_led(request.post, a.matter), pk=pk)
    parts.withdraw_ask(by=request.post, part=part, at=timezone.now())
    return done(request, a, now_("Đã thôi đề nghị %(unit)s.") % {"unit": part.unit.name})


@require_POST
@acting("matter.answer", time="none")
@of_patrol
def accept(request: Acting, a: SeenPatrol) -> HttpResponse:
    """Accept for one's own unit. It may be taken back as long as the patrol is open."""
    part = _mine(request, a)
    parts.answer(by=request.post, part=part, state=PartState.ACCEPTED, at=timezone.now())
    return done(request, a, now_("Đã nhận lời tham gia."))


@acting("matter.answer", time="none")
@of_patrol
def decline(request: Acting, a: SeenPatrol) -> HttpResponse:
    part = _mine(request, a)
    form = Declining(request.POST or None, initial={"state": PartState.DECLINED.value})
    if request.method == "POST" and attempt(form, parts.answer, by=request.post, part=part, at=timezone.now()):
        toast(request, now_("Đã trả lời chủ trì."), "warn")
        return done(request, a, now_("Đơn vị của bạn chỉ còn xem được tên và trả lời của mình."), "warn")
    return act_page(request, a, form, now_("Không tham gia"), now_("Gửi trả lời"))


def _mine(request: Acting, a: SeenPatrol) -> Participation:
    """The part of the acting unit. Raises Refused where it has none."""
    _now, today = now_and_today()
    part = own_parts(request.post, today).filter(matter=a.matter).first()
    if part is None:
        raise Refused(Verdict("not-asked", _("Đơn vị của bạn chưa được đề nghị tham gia cuộc này.")))
    return part


@acting("matter.answer", time="none")
@of_patrol
def join(request: Acting, a: SeenPatrol) -> HttpResponse:
    """Who sees part of it asks to take part, or to see it whole: whichever of the two the rules allow now."""
    _now, today = now_and_today()
    may = wishes(request.post, a.matter, today, Sight(a.sight))
    open_to = [wish for wish, verdict in may.items() if verdict]
    if not open_to:
        return no_access(request, next(iter(may.values())))
    form = Joining(request.POST or None, open_to=open_to)
    if request.method == "POST" and attempt(form, requests.request_to_join, by=request.post, matter=a.matter, at=timezone.now()):
        return done(request, a, now_("Đã gửi đề nghị tới %(lead)s.") % {"lead": a.matter.lead.name})
    return act_page(request, a, form, now_("Đề nghị tham gia"), now_("Gửi đề nghị"))


@acting("matter.grant", time="none")
@of_patrol
def grant(request: Acting, a: SeenPatrol, unit: int) -> HttpResponse:
    """Let a unit that takes no part see the patrol."""
    other = get_object_or_404(Unit, pk=unit)
    form = Granting(request.POST or None)
    if request.method == "POST" and attempt(form, parts.grant, by=request.post, matter=a.matter, unit=other, at=timezone.now()):
        return done(request, a, now_("Đã cho %(unit)s xem.") % {"unit": other.name})
    return act_page(request, a, form, now_("Cho %(unit)s xem") % {"unit": other.name}, now_("Cho xem"))


@require_POST
@acting("matter.grant", time="none")
@of_patrol
def end_grant(request: Acting, a: SeenPatrol, pk: int) -> HttpResponse:
    _now, today = now_and_today()
    given = get_object_or_404(grants_led(request.post, a.matter, today), pk=pk)
    parts.end_grant(by=request.post, grant=given, at=timezone.now())
    return done(request, a, now_("Đã thôi cho %(unit)s xem.") % {"unit": given.unit.name})


@acting("matter.grant", time="none")
@of_patrol
def decline_request(request: Acting, a: SeenPatrol, pk: int) -> HttpResponse:
    """Not to grant what a unit asked, and why."""
    _now, today = now_and_today()
    asked = get_object_or_404(requests_led(request.post, a.matter, today), pk=pk)
    form = NotGranting(request.POST or None)
    if request.method == "POST" and attempt(form, requests.decline_request, by=request.post, request=asked, at=timezone.now()):
        return done(request, a, now_("Đã trả lời %(unit)s.") % {"unit": asked.unit.name})
    heading = now_("Không đáp ứng đề nghị của %(unit)s") % {"unit": asked.unit.name}
    return act_page(request, a, form, heading, now_("Gửi trả lời"))
