"""What an officer decides: what a name stands for; a clause taken, mended, dropped; the rest taken over at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from phoihop.domain.agreements.actions import reading as actions
from phoihop.domain.agreements.models import Cadence, ContentArea, DutyAct
from phoihop.domain.agreements.queries.reading import Overview, overview, unit_names
from phoihop.domain.agreements.rules.reading import ClauseRead, DutyRead
from phoihop.domain.agreements.rules.reading.mending import ClauseMend, DutyMend, RoleMend
from phoihop.domain.agreements.rules.reading.staged import UNIT
from phoihop.domain.matters.models import PartRole
from phoihop.domain.territory.models import Level
from phoihop.kernel.period import local_day
from phoihop.kernel.verdict import Refused

from ..base import Acting, acting, attempt, page
from ..forms import DateField, Form, Unclear
from ..patrols.named import Reader
from ..toasts import toast
from .found import address, of_reading
from .review import clause_shown, context_of

TAKE, DROP = "nhan", "bo"
_LEVELS = [("", "–"), *((level.value, level.label) for level in (Level.NATION, Level.PROVINCE, Level.COMMUNE, Level.HAMLET))]


@require_POST
@acting("agreement.draft", time="none")
@of_reading
def naming(request: Acting, seen: Overview) -> HttpResponse:
    """What a name stands for: chosen among what was found, or typed. Afterwards every clause shows it."""
    name, means, typed = (request.POST.get(field, "") for field in ("name", "means", "unit"))
    try:
        if not means and typed.strip():
            means = f"{UNIT}{Reader(request.post).unit(typed, local_day(timezone.now())).key}"
        actions.settle_name(by=request.post, reading=seen.reading, name=name, means=means, at=timezone.now())
    except Unclear as unclear:
        return _again(request, seen.reading.pk, name_problem={"name": name, "why": unclear.messages[0], "offers": unclear.offers, "typed": typed})
    except Refused as refused:
        return _again(request, seen.reading.pk, name_problem={"name": name, "why": str(refused.verdict.reason), "offers": (), "typed": typed})
    toast(request, now_("Đã ghi “%(name)s” là đơn vị nào, ở mọi chỗ trong tệp.") % {"name": name})
    return HttpResponseRedirect(address(seen.reading.pk, "#ten"))


@require_POST
@acting("agreement.draft", time="none")
@of_reading
def rest(request: Acting, seen: Overview) -> HttpResponse:
    """Every clause that is not decided is taken over."""
    return _done(request, seen, lambda: actions.take_rest(by=request.post, reading=seen.reading, at=timezone.now()))


def _done(request: Acting, seen: Overview, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except Refused as refused:
        return _again(request, seen.reading.pk, problem=str(refused.verdict.reason))
    return HttpResponseRedirect(address(seen.reading.pk))


def _again(request: Acting, pk: int, **more: Any) -> HttpResponse:
    """The page as it now is, with why something was refused."""
    now = overview(request.post, pk)
    if now is None or now.staged is None:
        return HttpResponseRedirect(address(pk))
    return page(request, "reading/review.html", status=422, **context_of(request, now), **more)


class Mending(Form):
    """A clause: what it is about, and for each duty what is done, when, by whom."""

    content = forms.ChoiceField(label=_("Nội dung phối hợp"), required=False, choices=[("", _("– chưa rõ –")), *ContentArea.choices])

    def __init__(self, data: Any, clause: ClauseRead, names: list[str]) -> None:
        super().__init__(data, initial={"content": clause.content.value if clause.content else ""})
        self._clause = clause
        self.groups: list[list[str]] = []
        for n, duty in enumerate(clause.duties):
            self.groups.append(self._lay_duty(n, duty, names))

    def _lay_duty(self, n: int, d: DutyRead, names: list[str]) -> list[str]:
        before = set(self.fields)
        place = f"duties.{n}"

        def lay(name: str, made: forms.Field, value: Any) -> None:
            made.initial = value
            self.fields[f"{place}.{name}"] = made

        lay("kept", forms.BooleanField(label=_("Đây là một việc phải làm"), required=False), d.kept)
        lay("act", forms.ChoiceField(label=_("Việc"), required=False, choices=[("", "–"), *DutyAct.choices]), d.act and d.act.value)
        lay("level", forms.ChoiceField(label=_("Cấp thực hiện"), required=False, choices=_LEVELS), d.level and d.level.value)
        lay("cadence", forms.ChoiceField(label=_("Định kỳ"), required=False, choices=[("", "–"), *Cadence.choices]), d.cadence and d.cadence.value)
        hint = _("20 là ngày 20 của tháng cuối kỳ; 15/5 là ngày 15 tháng 5 mỗi năm.")
        lay("days", forms.CharField(label=_("Hạn: ngày"), required=False, max_length=5, help_text=hint), d.days and d.days.value)
        lay("on", DateField(label=_("Hạn: một ngày đã định"), required=False), d.on and _shown_day(d.on.value))
        lay("workdays", forms.IntegerField(label=_("Hạn: số ngày làm việc"), required=False), d.workdays and d.workdays.value)
        lay("minutes", forms.IntegerField(label=_("Phải làm trong số phút"), required=False), d.minutes and d.minutes.value)
        lay("onward", forms.IntegerField(label=_("Chuyển tiếp mấy cấp"), required=False), d.onward and d.onward.value)
        roles = [("", _("không có vai")), *PartRole.choices]
        for k, r in enumerate(d.roles):
            lay(f"role.{k}", forms.ChoiceField(label=r.body.value, required=False, choices=roles), r.role)
        lay("more", forms.ChoiceField(label=_("Thêm một bên"), required=False, choices=[("", "–"), *((name, name) for name in names)]), "")
        lay("more_role", forms.ChoiceField(label=_("Vai của bên thêm"), required=False, choices=roles), "")
        return [name for name in self.fields if name not in before]

    @property
    def duties(self) -> list[list[Any]]:
        return [[self[name] for name in group] for group in self.groups]

    def arguments(self) -> dict[str, Any]:
        return {"mend": ClauseMend(self.cleaned_data["content"], [self._duty(n, d) for n, d in enumerate(self._clause.duties)])}

    def _duty(self, n: int, d: DutyRead) -> DutyMend:
        said = {name: self.cleaned_data[f"duties.{n}.{name}"] for name in ("act", "level", "cadence", "days", "on", "workdays", "minutes", "kept")}
        roles = [RoleMend(self.cleaned_data[f"duties.{n}.role.{k}"], r.body.value) for k, r in enumerate(d.roles)]
        roles.append(RoleMend(self.cleaned_data[f"duties.{n}.more_role"], self.cleaned_data[f"duties.{n}.more"]))
        kept = [r for r in roles if r.role and r.name]
        return DutyMend(**said, onward=self.cleaned_data[f"duties.{n}.onward"] or 0, roles=kept)


def _shown_day(iso: str) -> str:
    year, month, day = iso.split("-")
    return f"{day}/{month}/{year}"


@acting("agreement.draft", time="none")
@of_reading
def one(request: Acting, seen: Overview, n: int) -> HttpResponse:
    """A clause: taken or dropped with one button; or mended on a page of its own."""
    if seen.staged is None or n >= len(seen.staged.proposal.clauses):
        raise Http404
    if request.method == "POST" and request.POST.get("do") in (TAKE, DROP):
        return _decided(request, seen, n, take=request.POST["do"] == TAKE)
    form = Mending(request.POST or None, seen.staged.proposal.clauses[n], list(seen.staged.names))
    if request.method == "POST" and attempt(form, actions.mend_clause, by=request.post, reading=seen.reading, clause=n, at=timezone.now()):
        return HttpResponseRedirect(address(seen.reading.pk, f"#dieu-{n}"))
    units = unit_names(seen.staged, local_day(timezone.now()))
    return page(request, "reading/clause_form.html", form=form, reading=seen.reading, c=clause_shown(seen.staged, n, units))


def _decided(request: Acting, seen: Overview, n: int, take: bool) -> HttpResponse:
    """The row as it is now, to htmx, with how many are left; else back to the clause."""
    try:
        actions.decide(by=request.post, reading=seen.reading, clauses=[n], take=take, at=timezone.now())
    except Refused as refused:
        return _again(request, seen.reading.pk, problem=str(refused.verdict.reason))
    if not request.htmx:
        return HttpResponseRedirect(address(seen.reading.pk, f"#dieu-{n}"))
    now = overview(request.post, seen.reading.pk)
    assert now is not None and now.staged is not None
    units = unit_names(now.staged, local_day(timezone.now()))
    count = len(now.staged.proposal.clauses)
    more: dict[str, Any] = {"base": address(now.reading.pk), "count": count, "decided": now.decided, "left": count - now.decided}
    return page(request, "reading/decided.html", reading=now.reading, c=clause_shown(now.staged, n, units), swapped=True, **more)
