"""A report: its lines, what is said of the whole, what documents state beside it, and what is not settled yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction

from phoihop.domain.activities.queries.reckoning import Unsettled, unsettled
from phoihop.domain.activities.rules import Grace
from phoihop.domain.figures.queries import Asked, grid, tables
from phoihop.domain.figures.queries.asked import Cell as Place
from phoihop.domain.figures.rules.figure import Figure, Stated
from phoihop.domain.matters.queries.journal import head
from phoihop.domain.people.models import Post
from phoihop.domain.people.rules import allowed
from phoihop.domain.territory.models import Area

from .asking import Question
from .cells import STATED, Cell, Printed, printed
from .columns import Column, column, columns
from .lines import GROUP, REST, ROW, TOTAL, Line, laid_out, words


@dataclass(frozen=True, slots=True)
class Source:
    """A total from a document, shown beside the figures and never added to them. ``within``: its days lie within those asked for."""

    column: Column
    area: Area
    first: date
    last: date
    shown: Printed
    source: str
    within: bool


@dataclass(frozen=True, slots=True)
class Report:
    """``unsettled``: patrols by home area that stand in no figure yet; None for a report as of a past event. ``head``: the journal's."""

    question: Question
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    whole: tuple[Cell, ...]
    sources: tuple[Source, ...]
    unsettled: Mapping[int, Unsettled] | None
    head: tuple[int, str]

    @property
    def total(self) -> Line:
        return self.lines[-1]

    @property
    def rows(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.kind == ROW)

    @property
    def rest(self) -> Line | None:
        return next((line for line in self.lines if line.kind == REST), None)

    @property
    def groups(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.kind == GROUP)

    @property
    def open_patrols(self) -> Unsettled:
        return sum((self.unsettled or {}).values(), Unsettled())

    @property
    def cells(self) -> tuple[Cell, ...]:
        """What is said of the whole area, by columns first."""
        return (*self.total.cells, *self.whole)

    def of(self, code: str) -> Cell | None:
        """The whole area's figure of a measure, if the report has it."""
        return next((c for c in self.cells if c.column.code == code), None)

    @property
    def has_stated(self) -> bool:
        """Whether a document's total stands in any cell."""
        return any(c.has_stated for line in self.lines for c in line.cells)


def report(viewer: Post, question: Question, *, now: datetime, today: date, grace: Grace, whole: bool = True) -> Report:
    """The answer to a question. ``whole`` False leaves out what is asked one by one, for a page that shows the lines first.

    Raises Refused for a post that sees no figures, NoSuchPeriod, Measure.DoesNotExist.
    """
    allowed(viewer, "report.view", today).enforce()
    if question.as_of is not None:
        question = question.at(question.as_of)
    read_at = head()
    heads = columns(question.columns)
    periods = (question.days, question.days_before)
    this, before = tables(question.columns, question.area, periods, on=question.on, as_of=question.as_of)
    lines = laid_out(heads, this, before, question.days)
    said = _whole(question) if whole else ()
    open_now = unsettled(_terms(question), now, grace) if question.as_of is None else None
    return Report(question, heads, lines, said, _sources([*lines, _as_line(said)]), open_now, read_at)


def printable(viewer: Post, question: Question, *, now: datetime, today: date, grace: Grace) -> Report:
    """The report as of the journal's head that is printed on it: whoever asks again as of that event gets these figures.

    What registers answer (tasks, units) and what is not settled has no past; it is as of now. Raises as :func:`report`.
    """
    allowed(viewer, "report.print", today).enforce()
    seq, digest = head()
    asked = report(viewer, replace(question, as_of=question.as_of or seq), now=now, today=today, grace=grace)
    live = tuple(code for code in question.whole if code not in asked.question.whole) if question.as_of is None else ()
    said = asked.whole + _whole(replace(question, whole=live))
    order = {code: n for n, code in enumerate(question.whole)}
    open_now = unsettled(_terms(question), now, grace) if question.as_of is None else None
    return replace(
        asked, whole=tuple(sorted(said, key=lambda c: order[c.column.code])), unsettled=open_now, head=(seq, digest) if question.as_of is None else asked.head
    )


def said_of_whole(viewer: Post, question: Question, today: date) -> tuple[Cell, ...]:
    """What is said of the whole area only, a query or two each. Raises Refused for a post that sees no figures."""
    allowed(viewer, "report.view", today).enforce()
    return _whole(question)


def _whole(question: Question) -> tuple[Cell, ...]:
    if not question.whole:
        return ()
    asked = Asked((question.area,), (question.days, question.days_before), question.on, as_of=question.as_of)
    found = grid(question.whole, asked)
    return tuple(Cell(column(code), found[code, (0, 0)], found[code, (0, 1)], question.area.code) for code in question.whole)


def _as_line(said: Sequence[Cell]) -> Line:
    return Line(TOTAL, "", "", (), tuple(said))


def _terms(question: Question) -> Sequence:
    place: Place = (0, 0)
    return Asked((question.area,), (question.days,), question.on).places()[place].terms


def _sources(lines: Sequence[Line]) -> tuple[Source, ...]:
    """Each document's total once, in the order of the columns. One query for the names of areas, if there is any."""
    found: dict[int, tuple[Column, Stated, bool]] = {}
    for line in lines:
        for c in line.cells:
            for told, within in ((c.figure.stated, True), (c.figure.beside, False)):
                for stated in told:
                    found.setdefault(stated.key, (c.column, stated, within))
    areas = Area.objects.in_bulk({stated.area for _, stated, _ in found.values()}) if found else {}
    return tuple(_source(c, stated, areas[stated.area], within) for c, stated, within in found.values())


def _source(c: Column, stated: Stated, area: Area, within: bool) -> Source:
    told = Figure(c.code, None, stated=(Stated(stated.key, stated.area, stated.first, stated.until, Fraction(stated.value), stated.qualifier, stated.source),))
    shown = printed(c, told, words(area))
    plain = Printed(shown.value, shown.scale, shown.percent, shown.mark.removeprefix(STATED), c.code, words(area))
    return Source(c, area, stated.first, date.fromordinal(stated.until.toordinal() - 1), plain, stated.source, within)
