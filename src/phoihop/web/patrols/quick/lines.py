"""Reading the lines of the table: each cell becomes a value, or says why not and what may be meant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from phoihop.domain.activities.models import RouteKind
from phoihop.domain.activities.rules import Counted, PartyDraft, PatrolDraft, Result, usual_length
from phoihop.domain.activities.rules.log.crews import Crew, crews_of
from phoihop.kernel.period import HOME
from phoihop.kernel.text import fold
from phoihop.kernel.verdict import YES, Verdict

from ...forms import Unclear
from ...written import read_day, read_number, read_time
from ..named import Reader

COLUMNS = {
    "ngay": _("Ngày"), "tu": _("Từ"), "den": _("Đến"), "noi": _("Tuyến hoặc xã"), "loai": _("Loại tuyến"), "nguoi": _("Người của đơn vị"),
    "cung": _("Đơn vị phối hợp"), "nguoi-cung": _("Người phối hợp"), "nhac": _("Nhắc nhở"),
}  # fmt: skip
SEPARATOR = ";"
_OF_RULES = {
    "start": "ngay",
    "day": "ngay",
    "started_at": "tu",
    "end": "den",
    "ended_at": "den",
    "area": "noi",
    "route": "noi",
    "route_kind": "loai",
    "outcomes": "nhac",
}


@dataclass(slots=True)
class Line:
    """A line as typed. ``wrong``: by column, why; ``offers``: by column, values that would settle it. ``draft`` once it was understood."""

    n: int
    cells: dict[str, str]
    wrong: dict[str, str] = field(default_factory=dict)
    offers: dict[str, Sequence[tuple[str, str]]] = field(default_factory=dict)
    draft: PatrolDraft | None = None
    reminders: int = 0

    @property
    def filled(self) -> bool:
        """A line that holds nothing but what was carried over is none."""
        return any(value for name, value in self.cells.items() if name != "loai")

    @property
    def shown(self) -> list[dict[str, Any]]:
        return [
            {
                "name": f"r{self.n}.{name}",
                "column": name,
                "label": COLUMNS[name],
                "value": self.cells[name],
                "why": self.wrong.get(name, ""),
                "offers": self.offers.get(name, ()),
            }
            for name in COLUMNS
        ]

    def length(self) -> Verdict:
        """Whether it lasts as long as patrols do; a question if not, for the day of its end was only understood."""
        return usual_length(self.draft.start, self.draft.end, "end") if self.draft is not None else YES

    def over(self, now: datetime) -> bool:
        return self.draft is not None and self.draft.end <= now

    def result(self) -> Result:
        """It took place as it stands there. The patrol itself is put in by the action."""
        assert self.draft is not None
        parties = [Counted(p.unit, p.people, p.teams) for p in self.draft.parties]
        outcomes = {"nhac-nho": self.reminders} if self.reminders else {}
        return Result(None, 0, held=True, started_at=self.draft.start, ended_at=self.draft.end, parties=parties, outcomes=outcomes)  # type: ignore[arg-type] # none yet

    def refuse(self, tail: Sequence[str], reason: str) -> None:
        """A rule's refusal of this line, at the cell that it is about."""
        self.wrong[_column(tail)] = reason


def _column(tail: Sequence[str]) -> str:
    if tail and tail[0] == "parties":
        own = len(tail) > 1 and tail[1] == "0"
        return ("nguoi" if own else "cung" if "unit" in tail else "nguoi-cung") if len(tail) > 1 else "cung"
    return _OF_RULES.get(tail[0], "noi") if tail else "noi"


def read(sent: Mapping[str, str], count: int) -> list[Line]:
    return [Line(n, {name: sent.get(f"r{n}.{name}", "").strip()[:300] for name in COLUMNS}) for n in range(count)]


def understand(line: Line, reader: Reader, today: date) -> None:
    """Fill in ``draft``, or say what is wrong."""
    day = read_day(line.cells["ngay"], today)
    if day is None:
        line.wrong["ngay"] = now_("Không có ngày này.")
    start, end = _times(line, day)
    when = day or today
    where = _where(line, reader, when)
    parties = _parties(line, reader, when, where[1] if where else None)
    line.reminders = _number(line, "nhac") or 0
    if line.wrong or start is None or end is None or where is None:
        return
    route, area, kind = where
    line.draft = PatrolDraft(start=start, end=end, area=area, route_kind=kind, parties=parties, route=route)


def _times(line: Line, day: date | None) -> tuple[datetime | None, datetime | None]:
    """An end before the start is one after midnight."""
    clocks = {name: read_time(line.cells[name]) for name in ("tu", "den")}
    for name, clock in clocks.items():
        if clock is None:
            line.wrong[name] = now_("Không có giờ này.")
    if day is None or clocks["tu"] is None or clocks["den"] is None:
        return None, None
    start, end = (datetime.combine(day, clock, HOME) for clock in (clocks["tu"], clocks["den"]))
    return start, end if end > start else end + timedelta(days=1)


def _where(line: Line, reader: Reader, day: date) -> tuple[Any, Any, str] | None:
    text = line.cells["noi"]
    named = reader.names.route(text, day) if text else None
    if named is not None and (route := named.one) is not None:
        return route, route.area, str(route.kind)
    kind = _kind(line)
    if not text:
        line.wrong["noi"] = now_("Ghi tuyến hoặc xã.")
        return None
    try:
        return None, reader.area(text, day), kind
    except Unclear as unclear:
        line.wrong["noi"], line.offers["noi"] = str(unclear.message), unclear.offers
        if not unclear.offers and named is not None and named.choices:
            said = {"text": text, "codes": ", ".join(code for _route, code in named.choices)}
            line.wrong["noi"] = now_("Không thấy tuyến hay xã nào tên “%(text)s”. Tuyến của đơn vị: %(codes)s.") % said
        return None


def _kind(line: Line) -> str:
    """By its name, with or without the word that all of them begin with: *đường bộ* for *Tuyến đường bộ*."""
    said = fold(line.cells["loai"])
    found = next((kind.value for kind in RouteKind if said and said in (kind.value, name := fold(str(kind.label)), name.removeprefix("tuyen "))), None)
    if found is None:
        line.wrong["loai"] = now_("Chọn loại tuyến.")
    return found or ""


def _parties(line: Line, reader: Reader, day: date, area: Any) -> list[PartyDraft]:
    """The own unit, then the others."""
    own, crews = _number(line, "nguoi"), _crews(line, reader, day)
    people = _people(line, crews)
    parties = [PartyDraft(reader.post.unit, own or 0)]
    for n, crew in enumerate(crews):
        try:
            parties.append(PartyDraft(reader.partner(crew.text, area, day), people[n] or 0))
        except Unclear as unclear:
            line.wrong["cung"] = str(unclear.message)
            line.offers["cung"] = [(_instead(crews, n, value), words) for value, words in unclear.offers]
    return parties


def _people(line: Line, crews: Sequence[Crew]) -> list[int | None]:
    """How many of each: written like the names in their own cell, where one number goes for each; or beside each name: *DQ 4, BP 2*."""
    beside = [crew.people for crew in crews]
    if not line.cells["nguoi-cung"]:
        return beside
    written = [_whole(line, "nguoi-cung", text) for text in line.cells["nguoi-cung"].split(SEPARATOR)]
    if len(written) == 1:
        written *= len(crews)
    if len(crews) != len(written):
        line.wrong["nguoi-cung"] = now_("Có %(units)s đơn vị mà %(numbers)s số người.") % {"units": len(crews), "numbers": len(written)}
        return beside
    if any(said not in (None, number) for said, number in zip(beside, written, strict=True)):
        line.wrong["nguoi-cung"] = now_("Số người ở ô này khác số ghi cạnh tên đơn vị.")
    return written


def _crews(line: Line, reader: Reader, day: date) -> list[Crew]:
    """The units of a cell, which stand between semicolons or as a log lists them."""
    pieces = [piece.strip() for piece in line.cells["cung"].split(SEPARATOR) if piece.strip()]
    return [crew for piece in pieces for crew in _crews_in(piece, reader, day)]


def _crews_in(piece: str, reader: Reader, day: date) -> list[Crew]:
    """What a log would list there; but a name with a comma or a number in it that a unit bears stays whole."""
    listed = crews_of(piece)
    if not listed or (len(listed) == 1 and listed[0].people is None):
        return listed or [Crew(piece)]
    try:
        reader.unit(piece, day)
    except Unclear:
        return listed
    return [Crew(piece)]


def _instead(crews: Sequence[Crew], n: int, value: str) -> str:
    """The cell with another name for its n-th unit."""
    names = [value if m == n else crew.text for m, crew in enumerate(crews)]
    return f"{SEPARATOR} ".join(name if crew.people is None else f"{name}: {crew.people}" for name, crew in zip(names, crews, strict=True))


def _number(line: Line, name: str) -> int | None:
    return _whole(line, name, line.cells[name])


def _whole(line: Line, name: str, text: str) -> int | None:
    if not text.strip():
        return None
    size = read_number(text.strip().removeprefix("-"), 9)
    if size is None:
        line.wrong[name] = now_("Ghi một số.")
        return None
    return -size if text.strip().startswith("-") else size
