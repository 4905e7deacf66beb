"""What the buttons of the month do: pencil in and rub out, copy last month, mend a patrol of the records, send."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from phoihop.domain.activities.actions.planning import change, plan_many
from phoihop.domain.activities.queries.again import WEEK, drafts_by_patrol, on_day, repeats
from phoihop.domain.activities.queries.own import led_by
from phoihop.domain.activities.rules import AT_ONCE, PatrolDraft
from phoihop.kernel.period import local_day
from phoihop.kernel.verdict import Refused, Verdict

from ... import moments
from ...base import Acting
from ...rows import row_of
from ...scope import changed
from ...terms import Term
from ...toasts import toast
from ...written import read_number
from . import views
from .gathering import Month
from .pencilled import Pencilled, read, sketches, without_twins, write


def answer(request: Acting, found: Month, term: Term) -> HttpResponse:
    """Do what was asked, and show the board as it is then. Only sending and mending write."""
    marks = read(request.POST.get("nhap", ""), found.days)
    do = request.POST.get("do", "")
    if do == "gui":
        return _send(request, found, term, marks)
    problem = ""
    if do == "chep":
        marks = [*marks, *_last_month(request, found, term, marks)]
    elif do == "bo":
        marks = []
    elif request.POST.get("doi"):
        problem = _mend(request, request.POST["doi"])
    return views.board(request, found, term, marks=_edited(write(marks), request.POST.get("sua", "")), problem=problem, status=422 if problem else 200)


def _edited(marks: str, edits: str) -> str:
    """``+812@2026-12-12`` pencils in, ``-812@2026-12-12`` rubs out."""
    kept = dict.fromkeys(marks.split())
    for word in edits.split():
        if word.startswith("+"):
            kept[word[1:]] = None
        elif word.startswith("-"):
            kept.pop(word[1:], None)
    return " ".join(kept)


def _last_month(request: Acting, found: Month, term: Term, marks: list[Pencilled]) -> list[Pencilled]:
    """The patrols of the month before that the own unit leads in the area, each on its weekday, from today on; those already there are not doubled."""
    here = {row.pk for row in found.before}
    again = [Pencilled(pk, day) for pk, day in repeats(request.post, term.year, term.n) if pk in here and day >= found.today]
    drafts = drafts_by_patrol(request.post, {mark.source for mark in [*marks, *again]})
    taken = [*found.there, *(sketch.planned(request.post.unit_id) for sketch in sketches(request.post, marks))]
    fresh = without_twins(again, drafts, taken)
    if not fresh:
        toast(request, _("Tháng trước không có cuộc nào của đơn vị mình ở đây để chép, hoặc đã chép rồi."), "warn")
    return fresh


def weekly(request: Acting, found: Month) -> str:
    """``lap=<key of a patrol>``: the same patrol in each following week of the month, pencilled in."""
    key = read_number(request.GET.get("lap", ""))
    source = led_by(request.post, found.today).filter(pk=key).first() if key is not None else None
    if source is None or not found.plans:
        return ""
    day, marks = local_day(source.planned_start) + WEEK, []
    while day < found.days.until:
        marks.append(Pencilled(source.pk, day))
        day += WEEK
    drafts = drafts_by_patrol(request.post, [source.pk])
    return write(without_twins((mark for mark in marks if mark.day in found.days and mark.day >= found.today), drafts, found.there))


def _send(request: Acting, found: Month, term: Term, marks: list[Pencilled]) -> HttpResponse:
    """Plan what is pencilled in, two hundred at a time: the parties are asked. What stands already is not planned twice."""
    drafts = drafts_by_patrol(request.post, {mark.source for mark in marks})
    fresh = list(sketches(request.post, without_twins(marks, drafts, found.there)))
    now, rest = fresh[:AT_ONCE], fresh[AT_ONCE:]
    if now:
        try:
            plan_many(by=request.post, drafts=[sketch.draft for sketch in now], at=timezone.now())
        except Refused as refusal:
            return views.board(request, found, term, marks=write(s.mark for s in fresh), problem=_where(refusal.verdict, [s.draft for s in now]), status=422)
    if rest:
        again = Month(request.post, found.area, found.days, found.today)
        return views.board(request, again, term, marks=write(sketch.mark for sketch in rest), sent=len(now))
    said = ngettext("Đã gửi %(n)s cuộc; các bên được đề nghị tham gia.", "Đã gửi %(n)s cuộc; các bên được đề nghị tham gia.", len(now)) % {"n": len(now)}
    toast(request, said)
    return HttpResponseRedirect(changed(request, lap=None))


def _where(verdict: Verdict, drafts: list[PatrolDraft]) -> str:
    """The refusal with the patrol that it is about. Nothing was sent."""
    about = drafts[row_of(verdict.field, "drafts") or 0]
    name = about.route.code if about.route else str(about.area)
    said = {"name": name, "day": moments.long_day(local_day(about.start)), "reason": verdict.reason}
    return _("%(name)s, %(day)s: %(reason)s Chưa cuộc nào được gửi.") % said


def _mend(request: Acting, order: str) -> str:
    """Change a patrol of the records as a button says, with a way back; the reason if that is refused."""
    try:
        back, said = change_one(request, order)
    except Refused as refusal:
        return str(refusal.verdict.reason)
    toast(request, said, undo="/tuan-tra/thang/hoan-tac/", doi=back, ve=request.get_full_path())
    return ""


def change_one(request: Acting, order: str) -> tuple[str, str]:
    """``key:version:day:team:unit``: another day, or another team of a unit. Returns the order that takes it back, and what was done."""
    key, version, day, team, unit = _read_order(order)
    now = timezone.now()
    activity = led_by(request.post, local_day(now)).filter(pk=key).first()
    if activity is None:
        raise Refused(Verdict("not-lead", _("Chỉ đơn vị chủ trì sửa được lịch của cuộc này.")))
    draft = drafts_by_patrol(request.post, [key])[key]
    of = unit if unit is not None else request.post.unit_id
    was_day, was_team = local_day(draft.start), next((p.team for p in draft.parties if p.unit.pk == of), 1)
    other = _with_team(on_day(draft, day) if day else draft, of, was_team if team is None else team)
    done = change(by=request.post, activity=activity, draft=other, version=version, at=now)
    said = {"name": draft.route.code if draft.route else str(draft.area), "day": moments.long_day(local_day(other.start))}
    told = _("Đã dời %(name)s sang %(day)s.") % said if day else _("Đã đổi tổ cho %(name)s.") % said
    return f"{key}:{done.version}:{was_day.isoformat()}:{was_team}:{of}", told


def _read_order(order: str) -> tuple[int, int, date | None, int | None, int | None]:
    key, version, day, team, unit = (order.split(":") + [""] * 5)[:5]
    try:
        wanted = date.fromisoformat(day) if day else None
    except ValueError:
        wanted, key = None, ""
    which, read = read_number(key), read_number(version)
    if which is None or read is None:
        raise Refused(Verdict("unreadable", _("Không rõ cần sửa cuộc nào. Tải lại trang rồi thử lại.")))
    return which, read, wanted, read_number(team), read_number(unit)


def _with_team(draft: PatrolDraft, unit: int, team: int) -> PatrolDraft:
    return replace(draft, parties=[replace(p, team=team) if p.unit.pk == unit else p for p in draft.parties])
