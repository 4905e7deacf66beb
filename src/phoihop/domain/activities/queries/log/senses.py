"""Making sense of a unit's log: which records its texts stand for, and what is doubtful about that."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from phoihop.kernel.period import local_day
from phoihop.kernel.verdict import SURE, Verdict

from ....forces.models import Unit
from ....forces.queries.voices import voices
from ....people.models import Post
from ....territory.models import Area, Level
from ...models import RouteKind
from ...rules.log.cells import Cell, words
from ...rules.log.finding import Suggestion
from ...rules.log.forces import only_force
from ...rules.log.layout import Layout
from ...rules.log.means import LEAD_ITSELF, Means
from ...rules.log.reading import PartyText, Reading
from ...rules.log.understanding import kind_said, read_line
from ...rules.planning import MOST_PEOPLE
from .judging import judge
from .names import Named, Names, reference, unclear_area, unclear_unit
from .sense import Sense, Taking, content_in, values_of


class Senses:
    """Makes sense of the lines of one unit's log; what it looks up it keeps. ``held``: they tell what took place; else they are plans."""

    def __init__(self, lead: Unit, by: Post, at: datetime, *, held: bool = True) -> None:
        self.lead, self.by, self.at, self.held = lead, by, at, held
        self.today = local_day(at)
        self.names = Names(lead, self.today)
        self.voices = voices(lead.pk)

    def of(self, cells: Mapping[str, Cell], layout: Layout, sure: Collection[str] = ()) -> Sense:
        """The sense of one line; ``sure``: the questions that somebody has answered for it."""
        answered = SURE.set(SURE.get() | frozenset(sure))
        try:
            return self._sense(read_line(cells, layout), cells)
        finally:
            SURE.reset(answered)

    def _sense(self, r: Reading, cells: Mapping[str, Cell]) -> Sense:
        s, on = Sense(r), r.day or self.today
        self._find_route(s, on)
        self._find_area(s, on)
        self._check_lead(s, on)
        for said in r.parties:
            self._take(s, said, on, cells)
        self._count(s)
        if not r.kind and not any(d.column == Means.ROUTE for d in r.doubts):
            self._ask_kind(r)
        s.values = values_of(s)
        if r.start and r.end and s.area and r.kind and not r.doubts:
            r.doubts += judge(s, self.lead, self.by, self.voices, self.at, self.held)
        s.content = content_in(s, self.lead)
        return s

    def _find_route(self, s: Sense, on: date) -> None:
        if not s.reading.route:
            return
        named = self.names.route(s.reading.route, on)
        if named.one is not None:
            s.route = named.one
            s.reading.kind = s.reading.kind if Means.KIND in s.reading.texts and s.reading.kind else named.one.kind
        elif named.choices and len(words(s.reading.route)) <= 4:  # a code, not a description
            reason = format_lazy(_("Đơn vị không có tuyến “{text}” vào ngày đó."), text=s.reading.route)
            s.reading.doubt_at(Means.ROUTE, Verdict("no-such-route", reason, "route"), named.suggestions())

    def _find_area(self, s: Sense, on: date) -> None:
        r = s.reading
        column = Means.AREA if r.area or Means.AREA in r.where or not r.place else Means.PLACE
        if column is Means.AREA:  # a spot beside its commune; "xã Sông" itself is no river
            r.kind = r.kind or kind_said(words(r.place))
        text = r.area or (r.place if column is Means.PLACE else "")
        named: Named[Area] = self.names.area(Means.AREA, text, on) if text else Named()
        if named.one is not None:
            s.area = named.one
        elif not text or (column is Means.PLACE and not named.choices):
            s.area = s.route.area if s.route else self.lead.area if self.lead.area.level == Level.COMMUNE else None
            if s.area is None:
                r.doubt_at(column, Verdict("area-missing", _("Chưa có địa bàn. Hãy ghi tên xã, phường, đặc khu."), "area"), named.suggestions())
        else:
            r.doubt_at(column, unclear_area(text, named, on), named.suggestions())

    def _check_lead(self, s: Sense, on: date) -> None:
        r = s.reading
        force = only_force(words(r.lead))
        if not r.lead or force == self.lead.force.code:
            return
        named = self.names.party(Means.LEAD, r.lead, force, s.area, on)
        if named.one is not None and named.one.pk in self.voices:
            return
        if named.one is not None:
            reason = format_lazy(_("Cuộc này do {unit} chủ trì, nên đơn vị đó tự nhập. Hãy bỏ qua dòng này."), unit=named.one)
        else:
            reason = format_lazy(_("Không rõ “{text}” có phải là đơn vị mình không. Mỗi đơn vị chỉ nhập các cuộc do mình chủ trì."), text=r.lead)
        r.doubt_at(Means.LEAD, Verdict("not-lead", reason, "lead"), (Suggestion(reference(self.lead), str(self.lead)),))

    def _take(self, s: Sense, said: PartyText, on: date, cells: Mapping[str, Cell]) -> None:
        column = Means.PARTIES if said.column == Means.TOTAL else said.column
        own_words = cells.get(f"={said.force}") if said.force else cells.get(f"={said.column}")
        if own_words:
            named = self.names.unit(column, str(own_words), on)
        elif not said.force and said.column.startswith(f"{Means.PEOPLE}:"):
            named = self.names.unit(said.column, said.text, on)
        else:
            named = self.names.party(column, said.text, said.force, s.area, on)
        if named.one is not None:
            _join(s, Taking(named.one, said.people, said))
        elif s.area is not None or not said.force:
            self._ask_unit(s, said, named)

    def _ask_unit(self, s: Sense, said: PartyText, named: Named[Unit]) -> None:
        if said.force:
            column, text = f"={said.force}", f"{said.force} · {s.area}"
        elif said.column.startswith(f"{Means.PEOPLE}:"):
            column, text = f"={said.column}", said.text
        else:
            column, text = Means.PARTIES, said.text
        s.reading.doubt(unclear_unit(text, named), column, text, said.n, named.suggestions())

    def _count(self, s: Sense) -> None:
        """Headcounts that follow from the others: the lead's own column, the one partner's, what is left of the total."""
        r = s.reading
        own = next((t for t in s.parties if t.unit.pk == self.lead.pk), None)
        if own is None and not any(d.column == f"={self.lead.force.code}" for d in r.doubts):
            own = Taking(self.lead, None, PartyText(str(self.lead), "", None, f"{Means.PEOPLE}:{LEAD_ITSELF}", None, ""))
            s.parties.insert(0, own)
        if own is not None and own.people is None:
            own.people = r.lead_people
        others = [t for t in s.parties if t is not own]
        if len(others) == 1 and others[0].people is None:
            others[0].people = r.other_people
        self._share_total(s)

    def _share_total(self, s: Sense) -> None:
        r, unread = s.reading, {d.column for d in s.doubts}
        unknown = [t for t in s.parties if t.people is None]
        known = sum(t.people or 0 for t in s.parties)
        if r.total is not None and len(unknown) == 1 and r.total > known and not any(c.startswith(Means.PEOPLE) for c in unread):
            unknown[0].people = r.total - known
        elif r.total is not None and not unknown and s.parties and r.total != known and not unread and _possible(s):
            reason = format_lazy(_("Tổng quân số ghi {total} nhưng cộng các lực lượng được {known}. Cứ nhập theo từng lực lượng?"), total=r.total, known=known)
            question = Verdict("sum-differs", reason, "total", asks=True, answer=f"tong {r.total}/{known}")
            if question.stands:
                r.doubt_at(Means.TOTAL, question)
        for taking in s.parties:
            if taking.people is None and taking.said.column not in unread:
                reason = format_lazy(_("Chưa có số người của {unit}. Hãy ghi số, ví dụ “3 CA, 4 DQ”."), unit=taking.unit)
                r.doubt(Verdict("count-missing", reason, "people"), taking.said.column, taking.said.cell, taking.said.n)

    def _ask_kind(self, r: Reading) -> None:
        choices = tuple(Suggestion(str(RouteKind(kind).label)) for kind in RouteKind.values)
        r.doubt_at(Means.KIND, Verdict("kind-missing", _("Sổ không nói loại tuyến: đường bộ, sông, biển, biên giới hay khu dân cư."), "route_kind"), choices)


def _possible(s: Sense) -> bool:
    """A number that cannot be is refused by itself; a sum is asked about once its parts may stand."""
    return all(0 <= t.people <= MOST_PEOPLE for t in s.parties if t.people is not None)


def _join(s: Sense, new: Taking) -> None:
    """A unit named twice in a line is one party: with its number wherever that stands; two columns of one unit add up."""
    there = next((t for t in s.parties if t.unit.pk == new.unit.pk), None)
    if there is None:
        s.parties.append(new)
    elif there.people is None:
        there.people, there.said = new.people, new.said
    elif new.people is not None and all(t.said.column.startswith(f"{Means.PEOPLE}:") for t in (there, new)):
        there.people += new.people
    elif new.people is not None and new.people != there.people:
        s.reading.doubt(Verdict("party-twice", _("Một đơn vị chỉ ghi một lần."), "parties"), new.said.column, new.said.cell, new.said.n)
