"""/ke-hoach/lich-su-kien/lap/: many plans for events at once: chosen, looked through in a table, drafted in one go.

The table holds each plan's title, and as long as there are not too many each post and team, to be changed or pasted over. Who would stand
in two plans at the same time is shown; it is no refusal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from phoihop.domain.agreements.actions.planning_events import draft_event_plans
from phoihop.domain.agreements.models import Agreement, EventPostKind
from phoihop.domain.agreements.queries.planning_events import Proposal, clashes_of, proposals
from phoihop.domain.agreements.rules.planning_events import AT_ONCE, Clash, EventPlanDraft, fits_many
from phoihop.domain.agreements.rules.plans import Arrangement, EventPostDraft
from phoihop.kernel.action import answering
from phoihop.kernel.period import HOME, ONE_DAY, local_day
from phoihop.kernel.text import fold
from phoihop.kernel.verdict import Refused, Verdict

from ... import faces
from ...base import Acting, acting, go, page
from ...register.wording import title_of
from ...rows import row_of
from ...toasts import toast
from ...written import read_day, read_number, read_time
from .calendar import HERE, YEAR
from .choosing import Choosing, events_asked
from .grid import Line, Table

MOST_POSTS, SPARE = 120, 6
KINDS, UNITS = "cac-loai-chot", "cac-ben"
PLANS = Table("k", {"ten": _("Tên kế hoạch")})
POSTS = Table(
    "c",
    {
        "kh": _("Kế hoạch số"),
        "loai": _("Loại"),
        "vi-tri": _("Vị trí"),
        "don-vi": _("Đơn vị"),
        "nguoi": _("Số người"),
        "tu": _("Từ ngày, giờ"),
        "den": _("Đến ngày, giờ"),
    },
    {"loai": KINDS, "don-vi": UNITS},
)
_PRESET = frozenset({"kh", "loai"})
_OF_RULES = {"kind": "loai", "place": "vi-tri", "unit": "don-vi", "people": "nguoi", "since": "tu", "until": "den"}


@acting("agreement.draft", time="none")
def proposing(request: Acting) -> HttpResponse:
    today = local_day(timezone.now())
    posted = request.method == "POST"
    events = events_asked((request.POST if posted else request.GET).getlist("sk"), today)
    form = Choosing(request.POST if posted else None, post=request.post, events=events)
    if not posted or not form.is_valid():
        return page(request, "plans/events/choose.html", form=form, events=events, back=HERE)
    wanted = form.wanted()
    if not (verdict := fits_many(len(wanted.events) * len(wanted.areas))):
        form.add_error("xa", str(verdict.reason))
        return page(request, "plans/events/choose.html", form=form, events=events, back=HERE)
    grid = Grid(request, form, proposals(request.post, wanted, today), today)
    if request.POST.get("do") != "lap":
        return grid.shown()
    return grid.draft()


class Grid:
    """The plans as proposed, with what was typed over them."""

    def __init__(self, request: Acting, form: Choosing, found: Sequence[Proposal], today: date) -> None:
        self.request, self.form, self.found, self.today = request, form, found, today
        posts = sum(len(p.plan.laid.posts) for p in found)
        self.whole = posts <= MOST_POSTS
        again = "k-rows" in request.POST
        self.plans = PLANS.read(request.POST, len(found)) if again else [Line(n, {"ten": p.plan.draft.title}) for n, p in enumerate(found)]
        self.chosen = {n for n in range(len(found)) if not again or request.POST.get(f"k{n}.lap")}
        self.posts: list[Line] = []
        if self.whole:
            kept = POSTS.read(request.POST, POSTS.sent(request.POST, MOST_POSTS + 4 * SPARE)) if again else list(self._proposed_posts())
            self.posts = [Line(n, line.cells) for n, line in enumerate([line for line in kept if line.filled(_PRESET)])]
        self.problem = ""
        self.question: Verdict | None = None

    def _proposed_posts(self) -> Any:
        n = 0
        for k, one in enumerate(self.found):
            for p in one.plan.laid.posts:
                cells = {
                    "kh": str(k + 1), "loai": str(EventPostKind(p.kind).label), "vi-tri": p.place, "don-vi": p.unit.name, "nguoi": str(p.people),
                    "tu": _written(p.since), "den": _written(p.until),
                }  # fmt: skip
                yield Line(n, cells)
                n += 1

    def drafts(self) -> list[tuple[int, EventPlanDraft]]:
        """The chosen plans with what was typed; what is not understood stands at its cell."""
        typed: dict[int, list[EventPostDraft]] = {}
        if self.whole:
            for line in self.posts:
                if (read := self._post(line)) is not None:
                    typed.setdefault(read[0], []).append(read[1])
        made = []
        for n in sorted(self.chosen):
            plan = self.found[n].plan
            title = self.plans[n].cells["ten"] or plan.draft.title
            laid = replace(plan.laid, posts=typed.get(n, [])) if self.whole else plan.laid
            made.append((n, EventPlanDraft(plan.event, replace(plan.draft, title=title), laid if laid != Arrangement() else None)))
        return made

    def _post(self, line: Line) -> tuple[int, EventPostDraft] | None:
        said = line.cells
        k, people = (read_number(said["kh"], 3) or 0) - 1, read_number(said["nguoi"], 6)
        if not 0 <= k < len(self.found):
            line.wrong["kh"] = now_("Ghi số thứ tự của kế hoạch ở bảng trên.")
            return None
        kind = next((kind.value for kind in EventPostKind if fold(said["loai"]) in (kind.value, fold(str(kind.label)))), "")
        units = {fold(name): p.unit for p in self.found[k].plan.draft.parties for name in (p.unit.name, p.unit.short)}
        unit = units.get(fold(said["don-vi"]))
        since, until = (_moment(said[name], self.today) for name in ("tu", "den"))
        checks = (
            ("loai", kind, _("Chọn chốt, tổ cơ động hoặc lực lượng dự bị.")), ("don-vi", unit, _("Không có bên nào của kế hoạch này mang tên đó.")),
            ("nguoi", people is not None, _("Ghi số người.")), ("tu", since, _("Ghi ngày và giờ, ví dụ 30/4/2027 18:00.")),
            ("den", until, _("Ghi ngày và giờ, ví dụ 30/4/2027 23:00.")),
        )  # fmt: skip
        line.wrong |= {name: str(why) for name, stands, why in checks if not stands}
        if line.wrong or unit is None or people is None or since is None or until is None:
            return None
        return k, EventPostDraft(kind, said["vi-tri"], unit, people, since, until)

    def draft(self) -> HttpResponse:
        drafts = self.drafts()
        if any(line.wrong for line in self.posts):
            self.problem = now_("%(n)s dòng cần sửa; chưa kế hoạch nào được lập.") % {"n": sum(bool(line.wrong) for line in self.posts)}
            return self.shown()
        try:
            drafting = answering(draft_event_plans, self.request.POST.getlist("sure"))
            made: list[Agreement] = drafting(by=self.request.post, drafts=[plan for _n, plan in drafts], at=timezone.now())
        except Refused as refusal:
            self._refuse(refusal.verdict, [n for n, _plan in drafts])
            return self.shown()
        toast(self.request, ngettext("Đã soạn %(n)s kế hoạch sự kiện.", "Đã soạn %(n)s kế hoạch sự kiện.", len(made)) % {"n": len(made)})
        return go(self.request, f"{HERE}?{YEAR}={drafts[0][1].event.first_on.year}")

    def _refuse(self, verdict: Verdict, numbers: Sequence[int]) -> None:
        """At the line of the post or the plan; what is about all of them above the table."""
        parts = (verdict.field or "").split(".")
        at = row_of(verdict.field, "drafts") or 0
        self.problem = str(verdict.reason)
        self.question = verdict if verdict.asks else None
        if not numbers or at >= len(numbers):
            return
        k = numbers[at]
        if "posts" in parts and self.whole:
            of_plan = [line for line in self.posts if line.cells["kh"] == str(k + 1)]
            m = parts[parts.index("posts") + 1 :]
            if m and m[0].isdecimal() and int(m[0]) < len(of_plan):
                of_plan[int(m[0])].wrong[_OF_RULES.get(m[-1], "vi-tri")] = str(verdict.reason)
                return
        self.plans[k].wrong["ten"] = str(verdict.reason)

    def shown(self) -> HttpResponse:
        drafts = self.drafts()
        names = {n: self.plans[n].cells["ten"] for n in range(len(self.found))}
        clashes = _told(clashes_of(self.request.post, [(names[n], plan) for n, plan in drafts], self.today))
        spare = [Line(len(self.posts) + n, dict.fromkeys(POSTS.columns, "") | {"loai": str(EventPostKind.FIXED.label)}) for n in range(SPARE)]
        units = {p.unit.name: None for one in self.found for p in one.plan.draft.parties}
        return page(
            self.request, "plans/events/preview.html", status=422 if self.problem else 200, form=self.form, back=HERE, problem=self.problem, question=self.question,
            plans=[self._row(n, dict(drafts)) for n in range(len(self.found))], posts=POSTS.shown([*self.posts, *spare]) if self.whole else [],
            posts_table=POSTS, whole=self.whole, clashes=clashes[:50], more=max(0, len(clashes) - 50), most=AT_ONCE,
            kinds=[str(kind.label) for kind in EventPostKind], kinds_list=KINDS, units=list(units), units_list=UNITS, chosen=len(self.chosen),
        )  # fmt: skip

    def _row(self, n: int, drafts: dict[int, EventPlanDraft]) -> dict[str, Any]:
        one = self.found[n]
        plan = drafts.get(n, one.plan)
        return {
            "n": n, "cell": PLANS.shown([self.plans[n]])[0][0], "chosen": n in self.chosen, "event": one.plan.event, "area": one.plan.draft.areas[0],
            "former": title_of(one.former) if one.former else "", "without": one.without, "last_on": one.plan.event.until - ONE_DAY,
            "lacking": [faces.name_of(faces.face(f.code)) for f in one.lacking], "parties": [p.unit for p in one.plan.draft.parties],
            "posts": len(plan.laid.posts), "people": sum(p.people for p in plan.laid.posts), "checks": len(plan.laid.checks),
        }  # fmt: skip


def _told(clashes: Sequence[Clash]) -> list[Clash]:
    """The same post twice each time; else a unit once for every two plans, however many posts it has in them."""
    found: dict[tuple[Any, ...], Clash] = {}
    for c in sorted(clashes, key=lambda c: not c.same_place):
        pair = (c.one.unit.pk, frozenset((c.one.plan, c.other.plan)))
        found.setdefault((*pair, c.one.place) if c.same_place else pair, c)
        if c.same_place:
            found.setdefault(pair, c)
    return list(dict.fromkeys(found.values()))


def _written(moment: datetime) -> str:
    return f"{moment.astimezone(HOME):%d/%m/%Y %H:%M}"


def _moment(text: str, today: date) -> datetime | None:
    """*30/4/2027 18:00*, or *18:00, 30/4/2027* as pages write it: a day and an hour."""
    first, _space, last = text.strip().partition(" ")
    for day_said, hour_said in ((first, last), (last, first.rstrip(","))):
        day, hour = read_day(day_said.strip(), today), read_time(hour_said.strip())
        if day and hour:
            return datetime.combine(day, hour, HOME)
    return None
