"""The flow of a reform: which units became which, drawn as two columns of links with ribbons between them.

The columns are ordinary lists, so that they can be read, reached by keyboard and grow with the letters; a ribbon is a path in a
square of 100 that the page stretches between the two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from phoihop.domain.territory.models import Area, AreaParent, Level, Succession, Tree
from phoihop.domain.territory.queries import exists_on
from phoihop.kernel.period import ONE_DAY

from ..memory import known

MOST_STEPS = 150
"""More is no drawing but a list; a province's own communes are looked at group by group."""


@dataclass(frozen=True, slots=True)
class Node:
    """A unit in one of the columns. ``hot``: it is the one looked at, or flows into or out of it."""

    area: Area
    url: str
    hot: bool
    chosen: bool
    count: int


@dataclass(frozen=True, slots=True)
class Ribbon:
    d: str
    hot: bool
    shared: bool


@dataclass(frozen=True, slots=True)
class Strand:
    """Units that hang together: one merge, or everything tied by divisions."""

    olds: Sequence[Node]
    news: Sequence[Node]
    ribbons: Sequence[Ribbon]
    steps: Sequence[Succession]


@dataclass(frozen=True, slots=True)
class Flow:
    """What changed on a day around an area."""

    day: date
    strands: Sequence[Strand]
    olds: int
    news: int
    around: str

    @property
    def eve(self) -> date:
        return self.day - ONE_DAY

    @property
    def says(self) -> str:
        """ "22 đơn vị của Huyện Ba Tri → 7 đơn vị"."""
        said = {"n": self.olds, "m": self.news, "around": self.around}
        if self.around:
            return ngettext("%(n)s đơn vị của %(around)s → %(m)s", "%(n)s đơn vị của %(around)s → %(m)s", self.olds) % said
        return ngettext("%(n)s đơn vị → %(m)s", "%(n)s đơn vị → %(m)s", self.olds) % said


KINDS: dict[str, Any] = {"carry": _("giữ nguyên"), "merge": _("nhập"), "split": _("chia"), "rename": _("đổi tên, đổi loại"), "move": _("chuyển cấp trên")}


def flows(area: Area) -> list[Flow]:
    """How the area came about, and what it became: at most two drawings, latest first. Kept until areas change."""
    return known(("flows", area.pk), lambda: [flow for day in (area.valid_until, area.valid_from) if day and (flow := _flow(area, day))])


def _flow(area: Area, day: date) -> Flow | None:
    ended = area.valid_until == day
    company, around = _company(area, day - ONE_DAY if ended else day)
    steps = _steps(company, day, ended=ended)
    if len(steps) > MOST_STEPS:
        steps, around = _steps({area.pk}, day, ended=ended), ""
    if not steps or all(step.old.level != step.new.level for step in steps if step.new):
        return None
    strands = sorted((_strand(some, area) for some in _tied(steps)), key=lambda strand: not any(ribbon.hot for ribbon in strand.ribbons))
    return Flow(day, strands, len({s.old_id for s in steps}), len({s.new_id for s in steps}), around)


def _company(area: Area, on: date) -> tuple[set[int], str]:
    """With which others it is drawn: the communes of its cluster or former district; of a district, its own communes."""
    if area.level == Level.DISTRICT:
        held = AreaParent.objects.filter(exists_on(on), parent=area)
        return set(held.values_list("area", flat=True)), str(area)
    if area.level != Level.COMMUNE:
        return {area.pk}, ""
    groups = AreaParent.objects.filter(exists_on(on), area=area, parent__tree__in=(Tree.CLUSTER, Tree.CIVIL)).exclude(parent__level=Level.PROVINCE)
    group = next(iter(sorted(groups.select_related("parent"), key=lambda held: held.parent.tree != Tree.CLUSTER)), None)
    if group is None:
        return {area.pk}, ""
    return set(AreaParent.objects.filter(exists_on(on), parent=group.parent_id).values_list("area", flat=True)), str(group.parent)


def _steps(company: Collection[int], day: date, *, ended: bool) -> list[Succession]:
    """The successions of some units on a day: all that the old ones became, and of every new one all that it was made of."""
    rows = Succession.objects.filter(day=day).exclude(new=None).select_related("old", "new")
    olds = set(company) if ended else set(rows.filter(new__in=company).values_list("old", flat=True))
    news = set(rows.filter(old__in=olds).values_list("new", flat=True))
    found = rows.filter(new__in=news)
    return sorted(found, key=lambda s: (s.new.code if s.new else "", s.old.code))


def _tied(steps: Iterable[Succession]) -> list[list[Succession]]:
    """Steps that share a unit, together; in the order of the first new unit."""
    strands: list[list[Succession]] = []
    for step in steps:
        tied = [s for s in strands if any(step.old_id == other.old_id or step.new_id == other.new_id for other in s)]
        strands = [s for s in strands if s not in tied] + [[one for s in tied for one in s] + [step]]
    return sorted(strands, key=lambda s: min(step.new.code for step in s if step.new))


def _strand(steps: Sequence[Succession], chosen: Area) -> Strand:
    olds = list({s.old_id: s.old for s in steps}.values())
    news = sorted({s.new.pk: s.new for s in steps if s.new}.values(), key=lambda a: a.code)
    day = steps[0].day
    hot = {s.pk for s in steps if chosen.pk in (s.old_id, s.new_id)}
    touched = {pk for s in steps if s.pk in hot for pk in (s.old_id, s.new_id)}
    counts: dict[int | None, int] = defaultdict(int)
    for step in steps:
        counts[step.new_id] += 1

    def node(area: Area, on: date) -> Node:
        return Node(area, f"/dia-ban/{area.code}/?ngay={on.isoformat()}", area.pk in touched, area.pk == chosen.pk, counts[area.pk])

    left, right = [node(a, day - ONE_DAY) for a in olds], [node(a, day) for a in news]
    return Strand(left, right, _ribbons(steps, [a.pk for a in olds], [a.pk for a in news], hot), steps)


def _ribbons(steps: Sequence[Succession], olds: Sequence[int], news: Sequence[int], hot: Collection[int]) -> list[Ribbon]:
    """Each unit has an equal part of its column, each of its successions an equal part of that."""
    leaving, arriving = defaultdict(list), defaultdict(list)
    for step in steps:
        leaving[step.old_id].append(step.pk)
        arriving[step.new_id].append(step.pk)
    ribbons = []
    for step in steps:
        top, bottom = _part(olds.index(step.old_id), len(olds), leaving[step.old_id].index(step.pk), len(leaving[step.old_id]))
        high, low = _part(news.index(step.new_id or 0), len(news), arriving[step.new_id].index(step.pk), len(arriving[step.new_id]))
        shape = f"M0 {top:.1f}C50 {top:.1f} 50 {high:.1f} 100 {high:.1f}V{low:.1f}C50 {low:.1f} 50 {bottom:.1f} 0 {bottom:.1f}Z"
        ribbons.append(Ribbon(shape, step.pk in hot, len(leaving[step.old_id]) > 1))
    return ribbons


def _part(n: int, of: int, m: int, parts: int) -> tuple[float, float]:
    """Top and bottom of the m-th part of the n-th place of a column of 100, a little apart from its neighbours."""
    height, margin = 100 / of, 6 / of
    inner = (height - 2 * margin) / parts
    top = n * height + margin + m * inner
    return top, top + inner
