"""Rows of an import ready to be written: what each is understood as, and its doubtful cells with what would settle them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from phoihop.domain.activities.models import ImportDoubt, ImportRow, RowState
from phoihop.domain.activities.queries.importing import DoubtGroup, Names, Overview, names_in
from phoihop.domain.activities.rules.log.means import label_of
from phoihop.kernel.figures_text import MISSING, day, reader
from phoihop.kernel.verdict import Verdict

from .. import moments
from ..patrols.wording import hours, title_case
from ..templatetags.face import unit
from .wording import row_tag, sentence


@dataclass(frozen=True, slots=True)
class Refusal:
    """A mend that was refused: at which cell (``place``), what was typed, and why."""

    place: str
    typed: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Spot:
    """A doubtful cell, or all equal ones. ``key``: the cell as ``mend`` names it; ``alike``: how many rows have the same doubt."""

    place: str
    key: str
    column: str
    label: str
    text: str
    why: str
    suggestions: Sequence[tuple[str, str]]
    answer: str
    alike: int
    first: bool = False
    refusal: Refusal | None = None

    @property
    def typed(self) -> str:
        return self.refusal.typed if self.refusal else ""

    @property
    def all_at_once(self) -> bool:
        """Whether equal cells are mended together unless one says otherwise. An empty cell says nothing about the next empty one."""
        return self.alike > 1 and bool(self.text)


@dataclass(frozen=True, slots=True)
class Told:
    """A row: what it is understood as, and its spots. ``key``: its number as a part of an address."""

    pk: int
    key: str
    n: int
    sheet: str
    tag: SafeString
    day: str
    hours: str
    area: str
    route: str
    crew: SafeString | str
    code: str
    open: bool
    spots: tuple[Spot, ...]


def told(seen: Overview, rows: Sequence[ImportRow], alike: Mapping[tuple[str, str], int], refusal: Refusal | None) -> list[Told]:
    """Rows for the page. The first spot, or the refused one, takes the focus."""
    names, several = names_in(rows), len(seen.sheets) > 1
    out: list[Told] = []
    free = refusal is None
    for row in rows:
        spots = []
        for doubt in row.doubts.all() if row.state == RowState.DOUBTFUL else ():
            spots.append(_spot(doubt, alike, refusal, free))
            free = False
        sheet = seen.sheets[row.sheet].layout.sheet if several and row.sheet < len(seen.sheets) else ""
        out.append(_told(row, sheet, names, tuple(spots)))
    return out


def spot_of_group(group: DoubtGroup, n: int, refusal: Refusal | None) -> Spot:
    place = f"nhom-{n}"
    return Spot(
        place, "", group.column, title_case(label_of(group.column)), group.text, sentence(group.sentence), _shown(group.suggestions), group.answer, group.rows,
        refusal=refusal if refusal and refusal.place == place else None,
    )  # fmt: skip


def _spot(doubt: ImportDoubt, alike: Mapping[tuple[str, str], int], refusal: Refusal | None, free: bool) -> Spot:
    key = str(doubt.n) if doubt.n is not None else doubt.column
    place = f"{doubt.row_id}-{key}"
    mine = refusal if refusal and refusal.place == place else None
    return Spot(
        place, key, doubt.column, title_case(label_of(doubt.column)), doubt.text, sentence(doubt.sentence), _shown(doubt.suggestions), doubt.answer,
        alike.get((doubt.column, doubt.text), 1), free or mine is not None, mine,
    )  # fmt: skip


def _shown(suggestions: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
    return [(value, label or value) for value, label in suggestions if value]


def _told(row: ImportRow, sheet: str, names: Names, spots: tuple[Spot, ...]) -> Told:
    v: Mapping[str, Any] = row.values
    area, route = names.areas.get(v.get("area", 0)), names.routes.get(v.get("route") or 0)
    crew = mark_safe(" ".join(_taking(names, pk, people) for pk, people in v.get("parties", ()) if pk in names.units))
    return Told(
        row.pk, str(row.pk), row.n, sheet, row_tag(row.state), _day(v), hours(_moment(v, "start"), _moment(v, "end")), str(area) if area else MISSING,
        f"{route.code} · {route.name}" if route else MISSING, crew or MISSING, row.activity.matter.code if row.activity else "",
        row.state in (RowState.READY, RowState.DOUBTFUL, RowState.SAME, RowState.SKIPPED), spots,
    )  # fmt: skip


def _taking(names: Names, pk: int, people: int | None) -> SafeString:
    return mark_safe(f"{unit(names.units[pk])} <b>{MISSING if people is None else people}</b>")


def _day(v: Mapping[str, Any]) -> str:
    if not v.get("day"):
        return MISSING
    found = date.fromisoformat(v["day"])
    return f"{moments.SHORT_WEEKDAYS[found.weekday()]} {day(found, reader())}"


def _moment(v: Mapping[str, Any], key: str) -> datetime | None:
    return datetime.fromisoformat(v[key]) if v.get(key) else None
