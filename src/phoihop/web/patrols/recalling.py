"""Thu hồi nội dung: one person asks that a text or a file of a patrol go, with a reason; another agrees, and it is gone."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from phoihop.domain.matters.actions.erasing import agree_recall, ask_recall
from phoihop.domain.matters.models import Attachment
from phoihop.domain.matters.queries.notes import attachments_of
from phoihop.domain.matters.queries.recalls import recalls_of

from ..base import Acting, acting, attempt
from ..forms import Form, TextField
from .acts import NO_NAMES, act_page, done
from .one.story import story
from .seeing import SeenPatrol, everything, now_and_today, of_patrol


class Recalling(Form):
    reason = TextField(label=_("Vì sao cần thu hồi"), required=False, help_text=NO_NAMES)


@acting("recall.ask", time="none")
@of_patrol
def ask_text(request: Acting, a: SeenPatrol, pk: int) -> HttpResponse:
    """Of a text that the reader sees on the page and may have taken back."""
    found = everything(request, a)
    if pk not in {one.body for one in story(request.post, a, found)}:
        raise Http404
    body = found.text(pk)
    return _ask(request, a, [f"“{body.text}”"], text=body)


@acting("recall.ask", time="none")
@of_patrol
def ask_file(request: Acting, a: SeenPatrol, pk: int) -> HttpResponse:
    _now, today = now_and_today()
    kept: Attachment = get_object_or_404(attachments_of(request.post, a.matter, today), pk=pk)
    return _ask(request, a, [kept.name.text], attachment=kept)


def _ask(request: Acting, a: SeenPatrol, lines: list[str], **thing: Any) -> HttpResponse:
    form = Recalling(request.POST or None)
    if request.method == "POST" and attempt(form, ask_recall, by=request.post, matter=a.matter, at=timezone.now(), **thing):
        return done(request, a, now_("Đã đề nghị thu hồi; cần người thứ hai đồng ý."), "warn")
    text = now_("Khi người thứ hai đồng ý, nội dung bị xóa hẳn ở đây; nhật ký chỉ còn việc đã thu hồi và lý do.")
    return act_page(request, a, form, now_("Thu hồi nội dung"), now_("Đề nghị thu hồi"), text=text, lines=lines, danger=True)


@require_POST
@acting("recall.agree", time="none")
@of_patrol
def agree(request: Acting, a: SeenPatrol, pk: int) -> HttpResponse:
    _now, today = now_and_today()
    recall = get_object_or_404(recalls_of(request.post, a.matter, today), pk=pk)
    agree_recall(by=request.post, recall=recall, at=timezone.now())
    return done(request, a, now_("Đã thu hồi nội dung."), "warn")
