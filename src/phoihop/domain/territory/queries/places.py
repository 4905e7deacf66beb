"""Which area of a day a name in a file or a form stands for, old or new, with the reasons for each candidate."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.text import fold

from ..models import Area, AreaClosure
from ..rules import names
from .lineage import became_all
from .search import Hit, by_name

REASONS: dict[str, tuple[int, Any]] = {
    "same": (0, _("đúng tên")),
    "plain": (1, _("viết không dấu")),
    "became": (2, _("tên cũ, nay là đơn vị này")),
    "was": (2, _("tên sau này của đơn vị lúc đó")),
    "other-kind": (3, _("khác loại đơn vị đã ghi")),
    "part": (4, _("đơn vị cũ đã chia, đây là một phần")),
    "within": (4, _("lúc đó là một phần của đơn vị mang tên này sau này")),
    "other-marks": (5, _("khác dấu")),
    "similar": (7, _("tên gần giống")),
}
"""Why a candidate is one, with how much it speaks against it, and the words for people."""


_LOOSEST = 2  # beyond, the words come in another order
_NAMESAKES = 120  # more bear no name: "Phường 1" had fifty


@dataclass(frozen=True, slots=True)
class Candidate:
    """``area`` exists on the asked day; ``named`` is the unit whose name was written, of whatever day."""

    area: Area
    named: Area
    where: str
    reasons: tuple[str, ...]

    @property
    def against(self) -> int:
        """How much speaks against it: 0 nothing."""
        return sum(REASONS[reason][0] for reason in self.reasons)

    @property
    def why(self) -> str:
        """The reasons as words."""
        return ", ".join(str(REASONS[reason][1]) for reason in self.reasons)


def resolve_place(text: str, on: date, within: Area | None = None, limit: int = 6) -> list[Candidate]:
    """The areas of a day that a written name may stand for, best first. ``within``: only those below it on that day."""
    hits = [hit for hit in by_name(text, limit=_NAMESAKES) if hit.rank <= _LOOSEST]
    heirs = became_all((hit.area for hit in hits), on)
    inside = _inside(within, on, {area.pk for areas in heirs.values() for area in areas})
    found: dict[int, Candidate] = {}
    for hit in hits:
        for area in heirs[hit.area.pk]:
            candidate = Candidate(area, hit.area, hit.where, _reasons(text, hit, area, len(heirs[hit.area.pk])))
            if area.pk in inside and (area.pk not in found or found[area.pk].against > candidate.against):
                found[area.pk] = candidate
    return sorted(found.values(), key=lambda c: (c.against, c.area.code))[:limit]


def clear(candidates: Sequence[Candidate]) -> Candidate | None:
    """The one that may be taken without asking: nothing serious speaks against it, and more against the next."""
    if not candidates or candidates[0].against > REASONS["other-kind"][0]:
        return None
    return candidates[0] if len(candidates) == 1 or candidates[1].against > candidates[0].against else None


def _inside(within: Area | None, on: date, areas: Iterable[int]) -> set[int]:
    if within is None:
        return set(areas)
    below = AreaClosure.objects.filter(ancestor=within, area__in=areas, valid_from__lte=on, valid_until__gt=on)
    return set(below.values_list("area", flat=True))


def _reasons(text: str, hit: Hit, area: Area, heirs: int) -> tuple[str, ...]:
    piece = names.pieces(text)[0]
    found = [_spelling(piece, hit)]
    said = {reading.kind for reading in names.readings(piece) if reading.kind and reading.folded == hit.area.folded}
    if said and hit.area.kind not in said:
        found.append("other-kind")
    if heirs > 1:
        found.append("part" if area.valid_from > hit.area.valid_from else "within")
    elif area.pk != hit.area.pk:
        found.append("became" if area.valid_from > hit.area.valid_from else "was")
    return tuple(found)


def _spelling(piece: str, hit: Hit) -> str:
    if not any(reading.folded == hit.area.folded for reading in names.readings(piece)):
        return "similar"
    if not names.has_marks(names.bare(piece)):
        return "same" if fold(hit.area.name) == hit.area.name.lower() else "plain"
    return "same" if names.spelled(piece).endswith(names.spelled(hit.area.name)) else "other-marks"
