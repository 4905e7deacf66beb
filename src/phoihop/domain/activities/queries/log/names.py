"""Which area, unit or route of a day the texts of a log stand for. Answers are kept: a log says the same names ten thousand times."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from django.db.models import Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from phoihop.kernel.text import fold
from phoihop.kernel.verdict import Verdict

from ....forces.models import Unit, UnitKind
from ....forces.queries import resolve_unit
from ....territory.models import Area, AreaClosure, Level
from ....territory.queries import area_at, clear, exists_on, resolve_place
from ...models import ImportWord, Route
from ...rules.log.cells import words
from ...rules.log.finding import Suggestion
from ...rules.log.forces import force_and_rest
from ...rules.log.means import Means

T = TypeVar("T", Area, Unit, Route)
_EXACT = re.compile(r"\[#([^\]]+)\]\s*$")
# At commune level the militia is led by the military command: a log names either for the same people.
_ALSO = {"QS": ("QS", "DQ"), "DQ": ("DQ", "QS")}
_NEAREST = (UnitKind.COMMUNE_HQ, UnitKind.TEAM, UnitKind.STATION)
_PLAINLY = {"same", "plain", "covers"}
_NO_MORE = {"became", "was", "part", "heir"}


@dataclass(frozen=True, slots=True)
class Named(Generic[T]):
    """What a text stands for: one record, or several to choose from. ``former``: the text names what is no more on that day."""

    one: T | None = None
    choices: Sequence[tuple[T, str]] = ()
    former: str = ""

    def suggestions(self) -> tuple[Suggestion, ...]:
        return tuple(Suggestion(reference(record), f"{record} ({why})" if why else str(record)) for record, why in self.choices)


def reference(record: Area | Unit | Route) -> str:
    """A text that means exactly this record when it stands in a cell: "Xã Bảo Thạnh [#29001]"."""
    key = record.key if isinstance(record, Unit) else record.code
    return f"{record} [#{key}]"


def exact(text: str) -> str:
    """The key that a text names exactly; empty if none."""
    found = _EXACT.search(text)
    return found.group(1) if found else ""


@dataclass(slots=True)
class Names:
    """The names of one unit's log. ``lead``: whose log it is; its province is where its places lie."""

    lead: Unit
    today: date
    province: Area | None = None
    _areas: dict[tuple[str, date], Named[Area]] = field(default_factory=dict)
    _units: dict[tuple[str, date], Named[Unit]] = field(default_factory=dict)
    _of_force: dict[tuple[str, int, date], Named[Unit]] = field(default_factory=dict)
    _words: dict[tuple[str, str], str] = field(default_factory=dict)
    _routes: list[Route] = field(default_factory=list)
    _changes: list[date] = field(default_factory=list)

    def __post_init__(self) -> None:
        above = AreaClosure.objects.filter(area=self.lead.area_id, ancestor__level=Level.PROVINCE).order_by("-valid_from").select_related("ancestor")
        self.province = next((row.ancestor for row in above), None)
        self._words = {(w.column, w.folded): w.value for w in ImportWord.objects.filter(lead=self.lead)}
        self._routes = list(Route.objects.filter(owner=self.lead).select_related("area").order_by("-valid_from"))
        days: set[date | None] = set()
        for model in (Area, Unit):
            for first, until in model._default_manager.values_list("valid_from", "valid_until").distinct():
                days |= {first, until}
        self._changes = sorted(d for d in days if d is not None)

    def word(self, column: str, text: str) -> str:
        """What the unit mended this text to before; the text itself if it did not."""
        return self._words.get((column, fold(text)[:200]), text)

    def as_of(self, on: date) -> date:
        """The last day up to ``on`` on which any area or unit began or ended: between two such days a name means the same."""
        at = bisect_right(self._changes, on)
        return self._changes[at - 1] if at else on

    def area(self, column: str, text: str, on: date) -> Named[Area]:
        said, day = self.word(column, text), self.as_of(on)
        if (said, day) not in self._areas:
            self._areas[said, day] = self._ask_area(said, day)
        return self._areas[said, day]

    def unit(self, column: str, text: str, on: date) -> Named[Unit]:
        said, day = self.word(column, text), self.as_of(on)
        if (said, day) not in self._units:
            self._units[said, day] = self._ask_unit(said, day)
        return self._units[said, day]

    def unit_of_force(self, force: str, area: Area, on: date) -> Named[Unit]:
        """The unit of a force that an area has: the commune's own, a team, a station; of several, to choose."""
        key = (force, area.pk, self.as_of(on))
        if key not in self._of_force:
            said = self.word(f"={force}", f"{force} · {area}")
            self._of_force[key] = self.unit(f"={force}", said, on) if exact(said) else self._ask_force(*key)
        return self._of_force[key]

    def party(self, column: str, text: str, force: str, area: Area | None, on: date) -> Named[Unit]:
        """A unit that goes along: by its name, or by its ``force`` alone, which is then that of the place; one's own force is the lead itself."""
        if not force:
            return self.unit(column, text, on)
        if force == self.lead.force.code:
            return Named(self.lead)
        return self.unit_of_force(force, area, on) if area else Named()

    def route(self, text: str, on: date) -> Named[Route]:
        """The route of the unit that a text names by code, by name, or as its name begins before a colon (*Tuyến 1: Bến phà – Chợ*), if one alone does."""
        key, said = exact(text), words(text)
        live = [r for r in self._routes if r.valid_from <= on and (r.valid_until is None or on < r.valid_until)]
        for route in live or self._routes:
            code = words(route.code)
            if key == route.code or (
                not key and said in (code, words(route.name), f"tuyen {code}", f"{code} {words(route.name)}", f"tuyen {words(route.name)}")
            ):
                return Named(route)
        begun = [r for r in live or self._routes if said and ":" in r.name and words(r.name.partition(":")[0]) == said]
        return Named(begun[0]) if len(begun) == 1 else Named(choices=[(r, r.code) for r in begun or live[:8]])

    def _ask_area(self, text: str, on: date) -> Named[Area]:
        if key := exact(text):
            return Named(area_at(key, on))
        found = resolve_place(text, on, self.province) or resolve_place(text, on)
        best = clear(found)
        choices = [(c.area, c.why) for c in found]
        if best is None:
            return Named(choices=choices)
        return Named(choices=choices, former=str(best.named)) if best.named.pk != best.area.pk else Named(best.area)

    def _ask_unit(self, text: str, on: date) -> Named[Unit]:
        if key := exact(text):
            return Named(Unit.objects.filter(key=key).select_related("force", "area").first())
        found = resolve_unit(text, on, self.province)
        if not found:
            return self._by_force_and_place(text, on)
        choices = [(c.unit, c.why) for c in found]
        if len(found) > 1 and found[1].against == found[0].against:
            return Named(choices=choices)
        if _NO_MORE.intersection(found[0].reasons):
            return Named(choices=choices, former=text)
        return Named(found[0].unit) if _PLAINLY.issuperset(found[0].reasons) else Named(choices=choices)

    def _by_force_and_place(self, text: str, on: date) -> Named[Unit]:
        """Heads that nobody foresaw ("BCH QS xã Sông"): the force that some word tells, in the place that the rest names."""
        force, place = force_and_rest(words(text))
        if not force or not place:
            return Named()
        area = self.area(Means.PARTIES, place, on)
        if area.one is not None:
            return self._ask_force(force, area.one.pk, on)
        units = [unit for where, _why in area.choices if (unit := self._ask_force(force, where.pk, on).one) is not None]
        return Named(choices=_plainly(units), former=text if area.former else "")

    def _ask_force(self, force: str, area_id: int, on: date) -> Named[Unit]:
        there = exists_on(on)
        covering = Q(covers__area=area_id, covers__valid_from__lte=on) & (Q(covers__valid_until=None) | Q(covers__valid_until__gt=on))
        of_code = {
            code: list(Unit.objects.filter(there, Q(area=area_id) | covering, force__code=code).select_related("force", "area").distinct())
            for code in _ALSO.get(force, (force,))
        }
        # The commune's own before what only covers it: "BCH QS xã" is the command of the commune, not that of the defence area.
        nearest = ([u for u in units if u.kind == kind] for units in of_code.values() for kind in _NEAREST)
        found = next((units for units in (*nearest, *of_code.values()) if units), [])
        return Named(found[0]) if len(found) == 1 else Named(choices=_plainly(found))


def _plainly(units: Iterable[Unit]) -> list[tuple[Unit, str]]:
    return [(unit, "") for unit in units]


def unclear_area(text: str, named: Named[Area], on: date) -> Verdict:
    """Why a text names no one area of a day: it names what is no more, several, or nothing."""
    if named.former:
        reason = format_lazy(_("{former} không tồn tại vào ngày {day}. Hãy chọn đơn vị thay nó."), former=named.former, day=f"{on:%d/%m/%Y}")
        return Verdict("area-not-then", reason, "area")
    if named.choices:
        return Verdict("area-many", format_lazy(_("“{text}” có thể là nhiều nơi. Hãy chọn một."), text=text), "area")
    return Verdict("area-unknown", format_lazy(_("Không tìm thấy xã, phường nào tên “{text}”. Hãy kiểm tra chính tả."), text=text), "area")


def unclear_unit(text: str, named: Named[Unit]) -> Verdict:
    """Why a text names no one unit of a day."""
    if named.former:
        return Verdict("unit-not-then", format_lazy(_("“{text}” không còn hoạt động vào ngày đó. Hãy chọn đơn vị thay nó."), text=text), "parties")
    if named.choices:
        return Verdict("unit-many", format_lazy(_("“{text}” có thể là nhiều đơn vị. Hãy chọn một."), text=text), "parties")
    return Verdict("unit-unknown", format_lazy(_("Không tìm thấy đơn vị “{text}” vào ngày đó. Hãy chọn hoặc gõ tên đơn vị."), text=text), "parties")
