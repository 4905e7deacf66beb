"""Whatever is posted, shared and taken back in whatever order, and wherever the balances stand: balances, facts and a plain model agree."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from phoihop.domain import models as m
from phoihop.domain.figures.actions import ledger
from phoihop.domain.figures.actions.projection import check, rebuild, roll
from phoihop.domain.figures.queries import Asked, cell, grid
from phoihop.domain.figures.rules import Posting
from phoihop.domain.matters.actions.journal import write
from phoihop.kernel.period import Period
from tests.world import FOREVER, NOON, area, songdat

pytestmark = pytest.mark.django_db

START = date(2026, 5, 20)
DAYS = 45
PERIODS = (
    Period(date(2026, 6, 1), date(2026, 7, 1)),
    Period(date(2026, 5, 15), date(2026, 6, 15)),
    Period(date(2026, 5, 22), date(2026, 6, 27)),
    Period(date(2026, 6, 10), date(2026, 6, 12)),
)
FORCES = ("CA", "DQ", "BP", "QS")


@dataclass
class Plain:
    """The ledger as one would keep it on paper: every fact with its sign and the lines it has come into."""

    rows: list[dict] = field(default_factory=list)

    def add(self, fact: m.Fact, item: str, lines: int) -> None:
        self.rows.append(
            {"fact": fact, "measure": fact.measure_id, "item": item, "area": fact.area_id, "day": fact.day, "value": fact.value, "lines": lines, "stands": True}
        )

    def told(self, measure: int, under: dict, days: Period, line: int | None, items: set[str] | None) -> tuple[int, int]:
        found = [
            r["value"]
            for r in self.rows
            if r["stands"]
            and r["measure"] == measure
            and r["day"] in days
            and any(r["day"] in lived for lived in under.get(r["area"], ()))
            and (line is None or r["lines"] >> line & 1)
            and (items is None or r["item"] in items)
        ]
        return sum(found), len(found)


STEPS = st.one_of(
    st.tuples(
        st.just("joint"),
        st.integers(0, 5),
        st.integers(0, DAYS),
        st.sampled_from(["road", "sea", "road.armed"]),
        st.lists(st.sampled_from(FORCES), max_size=3, unique=True),
    ),
    st.tuples(st.just("own"), st.integers(0, 5), st.integers(0, DAYS), st.integers(0, 9), st.sampled_from(FORCES)),
    st.tuples(st.just("share"), st.integers(0, 30), st.sampled_from(FORCES)),
    st.tuples(st.just("reverse"), st.integers(0, 30)),
    st.tuples(st.just("roll"), st.integers(1, 4)),
    st.tuples(st.just("rebuild")),
)


class Play:
    """One random ledger, kept both ways."""

    def __init__(self, w, areas) -> None:
        self.w, self.areas, self.plain = w, areas, Plain()
        self.units = {"CA": w.police_song, "DQ": w.militia_song, "BP": w.station, "QS": w.army}
        bit = {code: 1 << line.pk for code, line in w.lines.items()}
        self.bits = {"CA": bit["CA"] | bit["BCA"], "DQ": bit["DQ"] | bit["BQP"], "BP": bit["BP"] | bit["BQP"], "QS": bit["QS"] | bit["BQP"]}

    def event(self) -> m.Event:
        return write(by=self.w.lan, what="figure.defined", at=NOON)

    def do(self, step: tuple) -> None:
        getattr(self, step[0])(*step[1:])

    def joint(self, area: int, day: int, item: str, forces: list[str]) -> None:
        fact = ledger.post([(self.event(), Posting("TR.01", self.areas[area], START + timedelta(day), 1, item=item))])[0]
        self.plain.add(fact, item, 0)
        for code in forces:
            self._share(self.plain.rows[-1], code)

    def own(self, area: int, day: int, value: int, force: str) -> None:
        posting = Posting("TR.03", self.areas[area], START + timedelta(day), value, unit=self.units[force], lines=self.bits[force])
        self.plain.add(ledger.post([(self.event(), posting)])[0], "", self.bits[force])

    def share(self, n: int, force: str) -> None:
        joint = [r for r in self.plain.rows if r["fact"].unit_id is None and r["stands"]]
        if joint:
            self._share(joint[n % len(joint)], force)

    def _share(self, row: dict, force: str) -> None:
        if not m.Share.objects.filter(fact=row["fact"], unit=self.units[force]).exists():
            ledger.share([(self.event(), row["fact"], self.units[force].pk, self.bits[force] & ~row["lines"])])
            row["lines"] |= self.bits[force]

    def reverse(self, n: int) -> None:
        standing = [r for r in self.plain.rows if r["stands"]]
        if standing:
            row = standing[n % len(standing)]
            ledger.reverse([(self.event(), row["fact"])])
            row["stands"] = False

    def roll(self, limit: int) -> None:
        roll(limit)

    def rebuild(self) -> None:
        rebuild()


def under(areas) -> dict[int, dict[int, list[Period]]]:
    """For each area, the areas below it with the days on which they were."""
    found: dict[int, dict[int, list[Period]]] = {a.pk: {} for a in areas}
    for above, below, first, until in m.AreaClosure.objects.values_list("ancestor", "area", "valid_from", "valid_until"):
        if above in found:
            found[above].setdefault(below, []).append(Period(first, until))
    return found


def a_world():
    """Two communes (one with a hamlet, one that moves to another province in June), their provinces, and the nation."""
    w = songdat()
    hamlet = area("ap1", "Ấp 1", "hamlet", "ap", w.song)
    moving = area("29003", "Dời", "commune", "xa")
    for above, first, until in ((w.province, date(2025, 7, 1), date(2026, 6, 11)), (w.elsewhere, date(2026, 6, 11), FOREVER)):
        m.AreaClosure.objects.create(area=moving, ancestor=above, depth=1, valid_from=first, valid_until=until)
    m.AreaClosure.objects.create(area=moving, ancestor=w.nation, depth=2, valid_from=date(2025, 7, 1), valid_until=FOREVER)
    write(by=w.lan, what="figure.defined", at=NOON)
    return w, [w.song, w.dat, hamlet, moving, w.province, w.elsewhere]


def test_every_way_of_adding_up_agrees():
    w, areas = a_world()

    @settings(max_examples=40, deadline=None)
    @given(steps=st.lists(STEPS, min_size=1, max_size=25))
    def whatever_happens(steps):
        with transaction.atomic():
            play = Play(w, areas)
            for step in steps:
                play.do(step)
            _agree(w, play, [*areas, w.nation])
            transaction.set_rollback(True)

    whatever_happens()


def _agree(w, play: Play, areas) -> None:
    below = under(areas)
    measures = {code: m.Measure.objects.get(code=code).pk for code in ("TR.01", "TR.03")}
    armed = {"road.armed"}
    last = m.Event.objects.latest("seq").seq
    for line in (None, *(w.lines[c].pk for c in ("DQ", "BQP"))):
        found = [grid(["TR.01", "TR.03", "TR.01.VT"], Asked(tuple(areas), PERIODS, line=line, as_of=as_of)) for as_of in (None, last)]
        for (code, (a, p)), figure in found[0].items():
            source, items = ("TR.01", armed) if code == "TR.01.VT" else (code, None)
            value, count = play.plain.told(measures[source], below[areas[a].pk], PERIODS[p], line, items)
            assert (figure.value or 0, figure.count) == (value, count)
            assert found[1][code, (a, p)] == figure
    for a in (areas[0], areas[-1]):
        assert cell("TR.01", a, PERIODS[2]).value == found_alone(play, measures["TR.01"], below[a.pk])
    assert check() == []


def found_alone(play: Play, measure: int, below) -> int | None:
    value, count = play.plain.told(measure, below, PERIODS[2], None, None)
    family = any(r["stands"] and r["day"] in PERIODS[2] and any(r["day"] in lived for lived in below.get(r["area"], ())) for r in play.plain.rows)
    return value if count or family else None


def test_a_long_ledger_with_late_and_withdrawn_records_has_no_drift():
    w, areas = a_world()
    play, dice = Play(w, areas), Random(20_629)
    for n in range(400):
        chosen = dice.random()
        if chosen < 0.45:
            play.joint(dice.randrange(6), dice.randrange(DAYS), dice.choice(["road", "sea", "road.armed"]), dice.sample(FORCES, dice.randrange(4)))
        elif chosen < 0.65:
            play.own(dice.randrange(6), dice.randrange(DAYS), dice.randrange(9), dice.choice(FORCES))
        elif chosen < 0.8:
            play.share(dice.randrange(999), dice.choice(FORCES))
        elif chosen < 0.95:
            play.reverse(dice.randrange(999))
        else:
            play.roll(dice.randrange(1, 40))
        if n % 100 == 99:
            _agree(w, play, [*areas, w.nation])
    rebuild()
    _agree(w, play, [*areas, w.nation])
