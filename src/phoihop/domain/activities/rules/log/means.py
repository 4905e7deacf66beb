"""What a column of a log can mean: a closed list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from phoihop.kernel.verdict import Sentence

from ....forces.models import MeansKind
from ...models import OutcomeKind


class Means(StrEnum):
    """The closed list of meanings. ``PERSON`` columns (names, signatures, telephones) are never kept, not even for a preview."""

    DAY = "day"
    TIME = "time"
    START = "start"
    END = "end"
    HOURS = "hours"
    AREA = "area"
    PLACE = "place"
    ROUTE = "route"
    KIND = "route_kind"
    ARMED = "armed"
    LEAD = "lead"
    PARTIES = "parties"
    PEOPLE = "people"
    TOTAL = "total"
    TEAMS = "teams"
    VEHICLES = "means"
    OUTCOME = "outcome"
    RESULT = "result"
    NOTE = "note"
    PERSON = "person"
    SKIP = "skip"


MEANS_NAMES = {
    Means.DAY: _("ngày"),
    Means.TIME: _("thời gian (từ giờ đến giờ)"),
    Means.START: _("giờ bắt đầu"),
    Means.END: _("giờ kết thúc"),
    Means.HOURS: _("số giờ"),
    Means.AREA: _("địa bàn (xã, phường)"),
    Means.PLACE: _("địa điểm"),
    Means.ROUTE: _("tuyến"),
    Means.KIND: _("loại tuyến"),
    Means.ARMED: _("vũ trang"),
    Means.LEAD: _("đơn vị chủ trì"),
    Means.PARTIES: _("lực lượng tham gia"),
    Means.PEOPLE: _("quân số của lực lượng"),
    Means.TOTAL: _("tổng quân số"),
    Means.TEAMS: _("số tổ"),
    Means.VEHICLES: _("phương tiện"),
    Means.OUTCOME: _("kết quả theo loại"),
    Means.RESULT: _("kết quả (lời văn)"),
    Means.NOTE: _("ghi chú"),
    Means.PERSON: _("tên người (không đọc)"),
    Means.SKIP: _("bỏ qua"),
}

# Columns whose text stays with the row after import: none holds free text.
STRUCTURED = {
    Means.DAY, Means.TIME, Means.START, Means.END, Means.HOURS, Means.AREA, Means.ROUTE, Means.KIND, Means.ARMED,
    Means.LEAD, Means.PARTIES, Means.PEOPLE, Means.TOTAL, Means.TEAMS, Means.VEHICLES, Means.OUTCOME,
}  # fmt: skip
# Columns of names: what a unit mends in them is remembered for its next log.
REMEMBERED = (Means.AREA, Means.PLACE, Means.LEAD, Means.PARTIES)
LEAD_ITSELF, OTHERS = "@lead", "@others"
_OF_WHOM = {LEAD_ITSELF: _("quân số của đơn vị chủ trì"), OTHERS: _("quân số của đơn vị phối hợp")}


@dataclass(frozen=True, slots=True)
class Meaning:
    """``of``: which force, kind of vehicle or kind of outcome a column of counts is for."""

    means: Means
    of: str = ""

    @property
    def key(self) -> str:
        """How it is written where one text must do: ``people:CA``."""
        return f"{self.means}:{self.of}" if self.of else self.means.value


SKIPPED = Meaning(Means.SKIP)


_MEANINGS = {m.value: m for m in Means}
_OF = {Means.OUTCOME: frozenset(OutcomeKind.values), Means.VEHICLES: frozenset({"", *MeansKind.values})}


def meaning_of_key(key: str) -> Meaning | None:
    """The meaning written as ``people:CA``; None if there is none such."""
    means, _colon, of = key.partition(":")
    if means not in _MEANINGS:
        return None
    known = _OF.get(_MEANINGS[means])
    return Meaning(_MEANINGS[means], of) if known is None or of in known else None


def label_of(key: str) -> Sentence:
    """A column's meaning in words, as doubts and mappings name it: ``people:CA``, ``outcome:nhac-nho``, ``=BP`` (which unit of the force)."""
    if key.startswith("="):
        return format_lazy(_("đơn vị của lực lượng {force}"), force=key[1:].removeprefix(f"{Means.PEOPLE}:"))
    meaning = meaning_of_key(key)
    if meaning is None or not meaning.of:
        return MEANS_NAMES[meaning.means] if meaning else key
    if meaning.means is Means.OUTCOME:
        return OutcomeKind(meaning.of).label
    if meaning.means is Means.VEHICLES:
        return MeansKind(meaning.of).label
    return _OF_WHOM.get(meaning.of) or format_lazy(_("quân số: {force}"), force=meaning.of)


def meaning_choices(forces: Iterable[str]) -> list[tuple[str, Sentence]]:
    """Every meaning that an officer can give a column, with its words; ``forces``: the codes of the day."""
    keys = [m.value for m in Means if m not in (Means.PEOPLE, Means.OUTCOME)]
    keys += [f"{Means.PEOPLE}:{of}" for of in (LEAD_ITSELF, OTHERS, *forces)]
    keys += [f"{Means.VEHICLES}:{kind}" for kind in MeansKind.values] + [f"{Means.OUTCOME}:{kind}" for kind in OutcomeKind.values]
    return [(key, label_of(key)) for key in keys]
