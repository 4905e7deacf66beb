"""One line of a log, understood as far as its own words go: when, where, who, how strong, with what result; and what is doubtful."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from phoihop.kernel.text import fold
from phoihop.kernel.verdict import Verdict

from ....forces.models import MeansKind
from ...models import OutcomeKind, RouteKind
from .cells import Cell, shown, words
from .counts import count_of, is_count
from .crews import crews_of
from .days import Hint, day_of, in_its_month
from .finding import Doubt, Found, Suggestion
from .forces import forces_in
from .hours import Hours, hours_of, moment, span
from .layout import Column, Layout
from .lines import MONTH
from .means import LEAD_ITSELF, OTHERS, Meaning, Means, meaning_of

_STORED_DATE = re.compile(r"\d{4}-\d\d-\d\d$")
_EACH_DOUBT_ONCE = 200
_KIND_WORDS = (
    (RouteKind.BORDER, r"\b(?:bien gioi|duong bien|cot moc|vanh dai)\b"),
    (RouteKind.SEA, r"\b(?:bien|cua bien|ven bien|hai dao|bo bien|vung bien|cua song)\b"),
    (RouteKind.RIVER, r"\b(?:song|kenh|rach|duong thuy|thuy|rach ngoi|song nuoc)\b"),
    (RouteKind.ROAD, r"\b(?:duong|quoc lo|ql ?\d+\w?|tinh lo|dt ?\d+|dh ?\d+|huong lo|hl ?\d+|lo|cau|nga (?:ba|tu)|cao toc)\b"),
    (RouteKind.RESIDENTIAL, r"\b(?:khu dan cu|dan cu|kdc|ap|khom|thon|to dan pho|khu pho|cho|truong|noi o|xom|cum)\b"),
)
_YES = {"x", "co", "1", "vu trang", "vt", "yes"}
_REMINDED = re.compile(r"nhac nho\D{0,25}?(\d{1,4})\b|(\d{1,4})\s*(?:luot|truong hop|th|nguoi|doi tuong|vu|phuong tien)?\s*(?:bi |duoc )?nhac nho")


@dataclass(frozen=True, slots=True)
class PartyText:
    """A unit as the log names it. ``force``: only a force is named, the unit follows from the place. ``column``/``n``: the cell that says so."""

    text: str
    force: str
    people: int | None
    column: str
    n: int | None
    cell: str


@dataclass(slots=True)
class Reading:
    """A line understood. Names of units and places are still texts."""

    day: date | None = None
    start: datetime | None = None
    end: datetime | None = None
    area: str = ""
    place: str = ""
    route: str = ""
    kind: str = ""
    armed: bool = False
    lead: str = ""
    parties: list[PartyText] = field(default_factory=list)
    lead_people: int | None = None
    other_people: int | None = None
    total: int | None = None
    teams: int | None = None
    means: dict[str, int] = field(default_factory=dict)
    outcomes: dict[str, int] = field(default_factory=dict)
    note: str = ""
    doubts: list[Doubt] = field(default_factory=list)
    where: dict[str, Column] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)

    def doubt(self, verdict: Verdict, column: str, text: str = "", n: int | None = None, suggestions: tuple[Suggestion, ...] = ()) -> None:
        self.doubts.append(Doubt(column, verdict, text[:_EACH_DOUBT_ONCE], n, suggestions))

    def doubt_at(self, means: str, verdict: Verdict, suggestions: tuple[Suggestion, ...] = ()) -> None:
        """A doubt at the cell that a meaning was read from, or at the meaning when the log has no such column."""
        column = self.where.get(means)
        self.doubt(verdict, means, self.texts.get(means, ""), column.n if column else None, suggestions)


def read_line(cells: Mapping[str, Cell], layout: Layout) -> Reading:
    """Understand a line. ``cells``: by column number; carried from above as ``^n``; added without a column by its meaning.

    Keys with ``@`` say something of the whole line, keys with ``=`` which unit is meant (``queries.log.sense``).
    """
    reading = Reading()
    for column in layout.columns:
        cell = cells.get(str(column.n), cells.get(f"^{column.n}"))
        _read_cell(reading, column.meaning, cell, column)
    for key, cell in cells.items():
        if not key.lstrip("^").isdigit() and key[0] not in "@=":
            _read_cell(reading, Meaning(Means(key.partition(":")[0]), key.partition(":")[2]), cell, None)
    _read_when(reading, cells, layout)
    reading.kind = reading.kind or kind_said(words(reading.route))
    return reading


def _read_cell(r: Reading, meaning: Meaning, cell: Cell, column: Column | None) -> None:
    if cell is None or meaning.means not in _READERS:
        return
    key = meaning.key if meaning.means in (Means.OUTCOME, Means.VEHICLES) else meaning.means.value if meaning.means is not Means.PEOPLE else meaning.key
    if meaning.means in (Means.AREA, Means.PLACE, Means.ROUTE, Means.LEAD, Means.KIND) and key in r.texts:
        return  # the first column of a meaning speaks
    r.texts.setdefault(key, shown(cell))
    if column is not None:
        r.where.setdefault(key, column)
    _READERS[meaning.means](r, meaning, cell, column)


def _text(name: str) -> Callable[[Reading, Meaning, Cell, Column | None], None]:
    def read(r: Reading, meaning: Meaning, cell: Cell, column: Column | None) -> None:
        setattr(r, name, shown(cell))

    return read


def _noted(r: Reading, meaning: Meaning, cell: Cell, column: Column | None) -> None:
    text = shown(cell)
    r.note = f"{r.note}\n{text}" if r.note else text
    if meaning.means is Means.RESULT and (found := _REMINDED.search(fold(text))):
        r.outcomes.setdefault(OutcomeKind.REMINDERS, int(found.group(1) or found.group(2)))


def _people(r: Reading, meaning: Meaning, cell: Cell, column: Column | None) -> None:
    found = count_of(cell)
    n, key = column.n if column else None, meaning.key
    if not found and found.verdict.code != "count-missing":
        r.doubt(found.verdict.at(key), key, shown(cell), n, tuple(found.suggestions))
    if meaning.of == LEAD_ITSELF:
        r.lead_people = found.value
    elif meaning.of == OTHERS:
        r.other_people = found.value
    elif found.value or not found:  # zero or a dash: that force was not there
        force = meaning.of if len(meaning.of) == 2 and meaning.of.isupper() else ""
        r.parties.append(PartyText(meaning.of, force, found.value, key, n, shown(cell)))


def _total(r: Reading, meaning: Meaning, cell: Cell, column: Column | None) -> None:
    found = count_of(cell)
    if found:
        r.total = found.value
    elif crews := [c for c in crews_of(shown(cell)) if c.people is not None and any(forces_in(words(c.text)))]:
        r.parties += [PartyText(c.text, c.force, c.people, Means.TOTAL, column.n if column else None, shown(cell)) for c in crews]
    else:
        r.doubt_at(Means.TOTAL, found.verdict)


def _crews(r: Reading, meaning: Meaning, cell: Cell, column: Column | None) -> None:
    n = column.n if column else None
    if is_count(cell):
        r.other_people = count_of(cell).value
        return
    r.parties += [PartyText(c.text, c.force, c.people, Means.PARTIES, n, shown(cell)) for c in crews_of(shown(cell))]


def _teams(r: Reading, meaning: Meaning, cell: Cell, column: Column | None) -> None:
    found = count_of(cell)
    r.teams = found.value
    if not found:
        r.doubt_at(Means.TEAMS, found.verdict)


def _outcome(r: Reading, meaning: Meaning, cell: Cell, column: Column | None) -> None:
    found = count_of(cell)
    if not found:
        r.doubt_at(meaning.key, found.verdict)
    elif found.value:
        r.outcomes[meaning.of] = r.outcomes.get(meaning.of, 0) + found.value if meaning.of != OutcomeKind.REMINDERS else found.value


def _vehicles(r: Reading, meaning: Meaning, cell: Cell, column: Column | None) -> None:
    """A column of one kind holds a count; the general one a list: "01 xuồng, 2 xe máy"."""
    if meaning.of:
        found = count_of(cell)
        if not found:
            r.doubt_at(meaning.key, found.verdict)
        elif found.value:
            r.means[meaning.of] = r.means.get(meaning.of, 0) + found.value
        return
    for crew in crews_of(shown(cell)):
        kind = meaning_of("", words(crew.text)).of if meaning_of("", words(crew.text)).means is Means.VEHICLES else ""
        if kind in MeansKind.values:
            r.means[kind] = r.means.get(kind, 0) + (1 if crew.people is None else crew.people)
        elif words(crew.text) not in ("khong", "di bo", "khong co"):
            reason = _("“{text}” không có trong danh mục phương tiện. Hãy ghi như: 1 xuồng, 2 xe máy; hoặc để trống.")
            r.doubt_at(Means.VEHICLES, Verdict("no-such-means", format_lazy(reason, text=crew.text), "means"))


def _armed(r: Reading, meaning: Meaning, cell: Cell, column: Column | None) -> None:
    r.armed = words(cell) in _YES


def _kind(r: Reading, meaning: Meaning, cell: Cell, column: Column | None) -> None:
    text = words(cell)
    r.armed = r.armed or ("vu trang" in text and "khong" not in text)
    names = {fold(str(RouteKind(kind).label)): kind for kind in RouteKind.values} | {kind: kind for kind in RouteKind.values}
    r.kind = names.get(text, "") or kind_said(text)


def kind_said(folded: str) -> str:
    """The kind of route that words point to: "sông Hàm Luông" is a river, "QL57" a road; empty if none does."""
    return next((kind.value for kind, pattern in _KIND_WORDS if re.search(pattern, folded)), "")


_READERS: dict[Means, Callable[[Reading, Meaning, Cell, Column | None], None]] = {
    Means.AREA: _text("area"),
    Means.PLACE: _text("place"),
    Means.ROUTE: _text("route"),
    Means.LEAD: _text("lead"),
    Means.KIND: _kind,
    Means.ARMED: _armed,
    Means.PARTIES: _crews,
    Means.PEOPLE: _people,
    Means.TOTAL: _total,
    Means.TEAMS: _teams,
    Means.VEHICLES: _vehicles,
    Means.OUTCOME: _outcome,
    Means.RESULT: _noted,
    Means.NOTE: _noted,
}


def _read_when(r: Reading, cells: Mapping[str, Cell], layout: Layout) -> None:
    hint = _hint(cells, layout)
    said: dict[Means, Found[Hours]] = {}
    for means in (Means.DAY, Means.TIME, Means.START, Means.END, Means.HOURS):
        cell, column = _cell_of(cells, layout, means)
        if cell is None:
            continue
        r.texts[means] = shown(cell)
        if column is not None:
            r.where[means] = column
        if means is Means.DAY:
            _read_day(r, cell, hint)
        elif means is not Means.HOURS:
            said[means] = _hours(cell, hint)
            if not said[means]:
                r.doubt_at(means, said[means].verdict, tuple(said[means].suggestions))
    hours = _together(said)
    if r.day is None and Means.DAY not in r.texts:
        r.day = hours.day
    if r.day is None and Means.DAY not in r.texts and all(said.values()):
        r.doubt_at(Means.DAY, Verdict("day-missing", _("Dòng này không có ngày."), "day"))
    if hours.end is None and hours.start is not None and Means.HOURS in r.texts:
        hours = _lasting(r, hours)
    if all(said.values()):
        _settle_hours(r, hours)


def _hint(cells: Mapping[str, Cell], layout: Layout) -> Hint:
    year, _dash, month = str(cells.get(MONTH) or "").partition("-")
    return layout.hint.sharper(Hint(int(year) if year else None, int(month) if month else None))


def _cell_of(cells: Mapping[str, Cell], layout: Layout, means: Means) -> tuple[Cell, Column | None]:
    if (added := cells.get(means.value)) is not None:
        return added, None
    for column in layout.by_meaning(means):
        cell = cells.get(str(column.n), cells.get(f"^{column.n}"))
        if cell is not None:
            return cell, column
    return None, next(iter(layout.by_meaning(means)), None)


def _read_day(r: Reading, cell: Cell, hint: Hint) -> None:
    found = day_of(cell, hint)
    if found and found.value and isinstance(cell, str) and _STORED_DATE.match(cell):
        found = in_its_month(found.value, hint)
    r.day = found.value
    if not found:
        r.doubt_at(Means.DAY, found.verdict, tuple(found.suggestions))


def _hours(cell: Cell, hint: Hint) -> Found[Hours]:
    """Hours; or, in a column headed "thời gian", nothing but a day."""
    found = hours_of(cell, hint)
    if found.verdict.code in ("no-hour", "no-such-hour"):
        day = day_of(cell, hint)
        if day.value is not None:
            return Found(Hours(day=day.value))
    return found


def _together(said: Mapping[Means, Found[Hours]]) -> Hours:
    both, start, end = (found.value or Hours() if (found := said.get(m)) else Hours() for m in (Means.TIME, Means.START, Means.END))
    first = start.start if start.start is not None else both.start
    last = end.start if end.start is not None else start.end if start.end is not None else both.end
    day = start.day or both.day
    return Hours(first, last, day, end.day or both.end_day or start.end_day)


def _lasting(r: Reading, hours: Hours) -> Hours:
    """An end from a number of hours: "2", "1,5", "2h30"."""
    text = r.texts[Means.HOURS].replace(",", ".")
    try:
        minutes = round(float(text) * 60)
    except ValueError:
        found = hours_of(r.texts[Means.HOURS])
        minutes = (found.value.start or 0) if found.value else 0
    assert hours.start is not None
    if minutes <= 0 or r.day is None:
        return hours
    end = moment(r.day, hours.start) + timedelta(minutes=minutes)
    return replace(hours, end=end.hour * 60 + end.minute, end_day=end.date())


def _settle_hours(r: Reading, hours: Hours) -> None:
    """Start and end as moments; what is missing is asked for where it would stand."""
    at_start = Means.TIME if Means.TIME in r.where or Means.START not in r.where else Means.START
    if hours.start is None or hours.end is None:
        reason = (
            _("Chưa có giờ bắt đầu và giờ kết thúc. Hãy ghi như 19h30-21h00.")
            if hours.start is None and hours.end is None
            else _("Chỉ có một mốc giờ. Hãy ghi cả giờ bắt đầu và giờ kết thúc, như 19h30-21h00.")
        )
        missing = Means.END if hours.start is not None and at_start is Means.START else at_start
        r.doubt_at(missing, Verdict("time-missing", reason, missing))
    elif hours.start == hours.end and hours.end_day is None:
        r.doubt_at(at_start, Verdict("time-order", _("Giờ kết thúc phải sau giờ bắt đầu."), at_start))
    elif r.day is not None:
        r.start, r.end = span(r.day, replace(hours, day=r.day))
