"""/tuan-tra/cho-xac-nhan/: what waits for the own unit's word: results to confirm, requests to answer; two hundred at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from django.http import HttpResponse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from phoihop.domain.activities.actions.confirming import confirm_many
from phoihop.domain.activities.models import Activity
from phoihop.domain.activities.queries.own import taken_part_in
from phoihop.domain.activities.queries.patrols import asked_of, awaiting_my_word
from phoihop.domain.activities.queries.statements import Asked, statements_for
from phoihop.domain.activities.rules import AT_ONCE, Word
from phoihop.domain.matters.actions.parts import answer_many
from phoihop.domain.matters.models import MatterKind, Participation, PartRole, PartState
from phoihop.domain.matters.queries.parts import own_parts
from phoihop.kernel.verdict import Verdict

from ..base import Acting, acting, page
from ..rows import row_of
from ..templatetags.face import unit
from . import wording
from .seeing import address, now_and_today
from .ticked import chosen, ticked

HERE = "/tuan-tra/cho-xac-nhan/"


class Result(NamedTuple):
    """A result to confirm. ``value`` names it with the digest that was read."""

    value: str
    code: str
    url: str
    day: str
    hours: str
    name: str
    area: str
    lead: SafeString
    said: str
    mine: str
    ticked: bool


class Request(NamedTuple):
    """A request to take part. ``role``: what is asked for, where it is not plain support."""

    pk: int
    code: str
    url: str
    day: str
    hours: str
    name: str
    area: str
    lead: SafeString
    role: str
    due: Any
    ticked: bool


@acting("matter.view", time="none")
def waiting(request: Acting) -> HttpResponse:
    return ticked(request, HERE, _do, _shown)


def _do(request: Acting) -> str:
    """Confirm or answer what was ticked."""
    _now, today = now_and_today()
    if request.POST.get("do") == "xac-nhan":
        done = confirm_many(by=request.post, words=_words(request, today), at=timezone.now())
        return ngettext("Đã xác nhận %(n)s cuộc.", "Đã xác nhận %(n)s cuộc.", len(done)) % {"n": len(done)}
    parts = chosen(own_parts(request.post, today), request.POST.getlist("p"), "parts")
    state = PartState.ACCEPTED if request.POST.get("do") == "nhan" else PartState.DECLINED
    answer_many(by=request.post, parts=parts, state=state, reason=request.POST.get("reason", "") if state == PartState.DECLINED else "", at=timezone.now())
    said = ngettext("Đã trả lời %(n)s đề nghị.", "Đã trả lời %(n)s đề nghị.", len(parts))
    return said % {"n": len(parts)}


def _words(request: Acting, today: date) -> list[Word]:
    """``812:<digest>``: what was read of which patrol, in the order in which it was sent."""
    read = dict(value.partition(":")[::2] for value in request.POST.getlist("w"))
    found = {a.pk: a for a in chosen(taken_part_in(request.post, today), list(read), "words")}
    return [Word(found[int(key)], digest, True) for key, digest in read.items()]


def _shown(request: Acting, refused: Verdict | None) -> HttpResponse:
    now, today = now_and_today()
    to_confirm = list(awaiting_my_word(request.post, today)[: AT_ONCE + 1])
    to_answer = list(asked_of(request.post, today).filter(matter__kind=MatterKind.PATROL)[: AT_ONCE + 1])
    sent = request.POST if refused is not None else None
    ticked_words = {value.partition(":")[0] for value in sent.getlist("w")} if sent else set()
    ticked_parts = set(sent.getlist("p")) if sent else set()
    said = statements_for(request.post, to_confirm[:AT_ONCE], today)
    results = [_result(a, said[a.pk], today, ticked_words) for a in to_confirm[:AT_ONCE] if a.pk in said]
    return page(
        request, "patrols/waiting.html", status=422 if refused is not None else 200, results=results, more_results=len(to_confirm) > AT_ONCE,
        requests=[_request(p, today, ticked_parts) for p in to_answer[:AT_ONCE]], more_requests=len(to_answer) > AT_ONCE,
        problem=_where(refused, results, sent) if refused is not None else "",
        reason=sent.get("reason", "") if sent else "", now=now,
    )  # fmt: skip


def _where(verdict: Verdict, results: Sequence[Result], sent: Any) -> str:
    """The refusal, with the patrol that it is about."""
    n, values = row_of(verdict.field, "words"), sent.getlist("w")
    if n is not None and n < len(values):
        key = values[n].partition(":")[0]
        code = next((one.code for one in results if one.value.partition(":")[0] == key), "")
        return _("%(code)s: %(reason)s Chưa cuộc nào được xác nhận.") % {"code": code, "reason": verdict.reason}
    return str(verdict.reason)


def _result(a: Activity, asked: Asked, today: date, ticked: set[str]) -> Result:
    mine = asked.mine
    said = _("không tổ chức") if a.claim == "not_held" else ", ".join(f"{p.unit.short} {p.people}" for p in asked.statement.units)
    own = "" if a.claim == "not_held" else wording.strength(mine.teams or 0, mine.people or 0)
    return Result(
        f"{a.pk}:{a.digest}", a.matter.code, address(a.matter.code), wording.day_words(a.day, today), wording.hours(*wording.when_of(a)),
        wording.name_of(a, True), str(a.matter.area), unit(a.matter.lead, True), said, own, str(a.pk) in ticked,
    )  # fmt: skip


def _request(part: Participation, today: date, ticked: set[str]) -> Request:
    a = part.matter.activity
    role = str(PartRole(part.role).label).lower() if part.role != PartRole.SUPPORT else ""
    return Request(
        part.pk, part.matter.code, address(part.matter.code), wording.day_words(a.day, today), wording.hours(a.planned_start, a.planned_end),
        wording.name_of(a, True), str(part.matter.area), unit(part.matter.lead, True), role, part.answer_by or a.planned_start, str(part.pk) in ticked,
    )  # fmt: skip
