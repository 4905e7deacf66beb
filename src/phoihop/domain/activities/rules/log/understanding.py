"""From the cells of a line to what they say, each column by its meaning."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from phoihop.kernel.text import fold
from phoihop.kernel.verdict import Verdict

from ....forces.models import MeansKind
from ...models import OutcomeKind, RouteKind
from .cells import Cell, shown, words
from .counts import count_of, is_count
from .crews import crews_of
from .forces import forces_in
from .headings import meaning_of
from .layout import Column, Layout
from .means import LEAD_ITSELF, OTHERS, Meaning, Means
from .reading import PartyText, Reading
from .timing import read_when

_KIND_WORDS = (
    (RouteKind.BORDER, r"\b(?:bien gioi|duong bien|cot moc|vanh dai)\b"),
    (RouteKind.SEA, r"\b(?:bien|cua bien|ven bien|hai dao|bo bien|vung bien|cua song)\b"),
    (RouteKind.RIVER, r"\b(?:song|kenh|rach|duong thuy|thuy|rach ngoi|song nuoc)\b"),
    (RouteKind.ROAD, r"\b(?:duong|quoc lo|ql ?\d+\w?|tinh lo|dt ?\d+|dh ?\d+|huong lo|hl ?\d+|lo|cau|nga (?:ba|tu)|cao toc)\b"),
    (RouteKind.RESIDENTIAL, r"\b(?:khu dan cu|dan cu|kdc|ap|khom|thon|to dan pho|khu pho|cho|truong|noi o|xom|cum)\b"),
)
_YES = {"x", "co", "1", "vu trang", "vt", "yes"}
_REMINDED = re.compile(
    r"nhac nho\s*:?\s*(?:duoc |so |tong so )?(\d{1,4})\b|(\d{1,4})\s*(?:luot|truong hop|th|nguoi|doi tuong|vu|phuong tien)?\s*(?:bi |duoc )?nhac nho"
)


def read_line(cells: Mapping[str, Cell], layout: Layout) -> Reading:
    """Understand a line. ``cells``: by column number; carried from above as ``^n``; added without a column by its meaning.

    Keys with ``@`` say something of the whole line, keys with ``=`` which unit is meant (``queries.log.sense``).
    """
    reading = Reading()
    for column in layout.columns:
        cell = cells.get(str(column.n), cells.get(f"^{column.n}"))
        _read_cell(reading, column.meaning, cell, column)
    for key, cell in cells.items():
        if not key.lstrip("^").isdecimal() and key[0] not in "@=":
            _read_cell(reading, Meaning(Means(key.partition(":")[0]), key.partition(":")[2]), cell, None)
    read_when(reading, cells, layout)
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
