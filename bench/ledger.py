"""How fast ten million facts add up, beside a key look-up, a scan and DuckDB of the same run; and whether every figure is right.

    python -m bench.ledger [--facts 10000000] [--only sqlite|postgresql]

Prints ``name | value | floor | ratio | budget | ok``, on SQLite in a folder of its own, then on a PostgreSQL that is started for it. With ten
million facts it takes an hour and some 5 GB of disk; without ``--facts`` it is a smaller ledger of the same shape.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

FACTS = 400_000
CHANGES = 10_000
BUSY_SECONDS, TICK = 20, 1.0  # how long somebody writes without pause, and how often the worker looks
YEAR = 2025
SHOWN = ("TR.01", "TR.01.VT", "TR.05", "TR.02", "TR.03", "TR.04", "TR.06", "TR.09.KH", "TR.09.TH", "TR.KQ")
BQP, ND03 = 5, 7  # the lines as bench.ledger_world numbers them


def main() -> None:
    options = argparse.ArgumentParser(description="How fast the ledger adds up, and whether it is right.")
    options.add_argument("--facts", type=int, default=FACTS)
    options.add_argument("--only", choices=("sqlite", "postgresql"))
    options.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.inside:
        sys.exit(0 if Bench(asked.facts).run() else 1)
    wanted = [asked.only] if asked.only else ["sqlite", "postgresql"]
    sys.exit(max(_on(vendor, asked.facts) for vendor in wanted))


def _on(vendor: str, facts: int) -> int:
    plain = {k: v for k, v in os.environ.items() if not k.startswith("PHOIHOP_")}
    settings = {"DJANGO_SETTINGS_MODULE": "phoihop.config.settings", "PYTHONPATH": f"src{os.pathsep}."}
    inside = [sys.executable, "-m", "bench.ledger", "--inside", "--facts", str(facts)]
    if vendor == "postgresql":
        return subprocess.run([sys.executable, "tools/with_postgres.py", *inside], env=plain | settings).returncode
    with tempfile.TemporaryDirectory(prefix="phoihop-ledger-") as folder:
        return subprocess.run(inside, env=plain | settings | {"PHOIHOP_DATA": folder}).returncode


@dataclass
class Line:
    """One row of the result. A budget is of the ratio, or of the value where there is no floor."""

    name: str
    value: float
    unit: str
    floor: float | None = None
    ratio: float | None = None
    at_most: float | None = None
    at_least: float | None = None

    @property
    def ok(self) -> bool:
        measured = self.value if self.ratio is None else self.ratio
        return (self.at_most is None or measured <= self.at_most) and (self.at_least is None or measured >= self.at_least)

    def __str__(self) -> str:
        budget = f"≤ {self.at_most:g}" if self.at_most is not None else f"≥ {self.at_least:g}" if self.at_least is not None else "–"
        floor = "–" if self.floor is None else f"{_short(self.floor)} {self.unit}"
        ratio = "–" if self.ratio is None else f"{self.ratio:.2f}"
        return f"{self.name} | {_short(self.value)} {self.unit} | {floor} | {ratio} | {budget} | {'–' if budget == '–' else 'ok' if self.ok else 'NO'}"


def _short(number: float) -> str:
    return f"{number:.0f}" if number >= 100 or number == int(number) else f"{number:.2f}"


def side_by_side(what: Callable[[int], Any], floor: Callable[[int], Any], times: int) -> tuple[float, float]:
    """Median microseconds of both, called in turn so that a busy machine slows both; each call is of another number."""
    ours, theirs = [], []
    for n in range(times):
        start = time.perf_counter()
        floor(n)
        middle = time.perf_counter()
        what(n)
        theirs.append((middle - start) * 1e6)
        ours.append((time.perf_counter() - middle) * 1e6)
    return statistics.median(ours), statistics.median(theirs)


def best_of_three(what: Callable[[], Any]) -> float:
    """Milliseconds."""
    took = []
    for _ in range(3):
        start = time.perf_counter()
        what()
        took.append((time.perf_counter() - start) * 1000)
    return min(took)


class Bench:
    """All of it, in a process of its own that has Django set up."""

    def __init__(self, facts: int) -> None:
        import django

        django.setup()
        import duckdb
        from django.db import connection

        from phoihop.domain import models
        from phoihop.domain.figures.actions import projection
        from phoihop.domain.figures.queries import Asked, catalogue, cell, grid

        self.m, self.connection, self.projection = models, connection, projection
        self.asked, self.catalogue, self.cell, self.grid = Asked, catalogue, cell, grid
        self.facts, self.dice, self.lines = facts, random.Random(20_629), list[Line]()
        self.folder = Path(os.environ["PHOIHOP_DATA"])
        self.duck = duckdb.connect(str(self.folder / "facts.duck"))

    def run(self) -> bool:
        print(f"{self.connection.vendor}, {self.facts} facts asked for\nname | value | floor | ratio | budget | ok", flush=True)
        self.prepare()
        self.cells()
        self.grids()
        self.nation()
        self.equal("before the corrections")
        self.corrections()
        self.equal("after the corrections")
        self.lag()
        return all(line.ok for line in self.lines)

    def tell(self, name: str, value: float, unit: str = "", **more: float) -> None:
        line = Line(name, value, unit, **more)
        self.lines.append(line)
        print(line, flush=True)

    def tell_beside(self, name: str, pair: tuple[float, float], **budget: float) -> None:
        ours, theirs = pair
        self.tell(name, ours, "µs", floor=theirs, ratio=ours / theirs, **budget)

    def query(self, statement: str, given: list[Any] | None = None) -> list[Any]:
        with self.connection.cursor() as cursor:
            cursor.execute(statement, given)
            return list(cursor.fetchall())

    def prepare(self) -> None:
        from bench import ledger_truth, ledger_world
        from django.core.management import call_command

        from phoihop.domain.figures.rules.calendars import Kind, period, within

        call_command("migrate", verbosity=0)
        ledger_world.ground()
        facts, shares = ledger_world.make(self.duck, self.facts)
        start = time.perf_counter()
        ledger_world.load(self.duck, self.folder)
        self.tell("facts and shares loaded and indexed", time.perf_counter() - start, "s")
        self.tell("facts, those taken back and what takes them back included", facts)
        self.tell("shares", shares)
        start = time.perf_counter()
        balances = self.projection.rebuild()
        self.tell("balances rolled from nothing", time.perf_counter() - start, "s")
        self.tell("balances", balances)
        self.tell("balances that communes would add, had they any", ledger_truth.balances_of_communes(self.duck))
        area = self.m.Area.objects
        self.country, self.provinces = area.get(level="nation"), list(area.filter(level="province").order_by("pk"))
        self.communes = list(area.filter(level="commune").order_by("pk"))
        self.year = period("THONGKE", str(YEAR))
        self.months = [period("THONGKE", code) for code in within("THONGKE", Kind.MONTH, self.year)]
        self.last_fact = self.m.Fact.objects.latest("pk").pk
        if self.connection.vendor == "postgresql":
            self.do("ANALYZE phoihop_balance")

    def do(self, statement: str) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute(statement)

    # -- a cell beside a key look-up -----------------------------------------------------------------------------------

    def cells(self) -> None:
        times = 1000
        keys = [self.dice.randrange(1, self.last_fact) for _ in range(times)]
        months = [self.dice.choice(self.months) for _ in range(times)]
        kinds = (("a commune", self.communes), ("a province", self.provinces), ("the nation", [self.country]))
        for name, areas in kinds:
            chosen = [self.dice.choice(areas) for _ in range(times)]
            for span, periods in (("month", months), ("year", [self.year] * times)):
                asked = list(zip(chosen, periods, strict=True))

                def by_orm(n: int) -> Any:
                    return self.m.Fact.objects.values_list("value", flat=True).get(pk=keys[n])

                pair = side_by_side(lambda n, asked=asked: self.cell("TR.01", *asked[n]), by_orm, times)
                self.tell_beside(f"cell: {name}'s {span}, as a figure; floor: a record by its key as Django reads it", pair, at_most=3)
                pair = side_by_side(lambda n, asked=asked: self._statement("TR.01", *asked[n]), lambda n: self._by_key(keys[n]), times)
                self.tell_beside(f"cell: {name}'s {span}, the statement; floor: a key look-up through the same cursor", pair, at_most=3)
        chosen = [self.dice.choice(self.provinces) for _ in range(times)]
        pair = side_by_side(lambda n: self.cell("TR.01", chosen[n], months[n], line=BQP), lambda n: self._by_key(keys[n]), times)
        self.tell_beside("cell: a province's month in one line, as a figure; floor: a key look-up through the cursor", pair)

    def _by_key(self, key: int) -> list[Any]:
        return self.query("SELECT value FROM phoihop_fact WHERE id = %s", [key])

    def _statement(self, measure: str, area: Any, days: Any) -> Any:
        from phoihop.domain.figures.queries.amounts import Question, amounts
        from phoihop.domain.figures.rules.terms import Term

        return amounts(Question((self.catalogue.measure(measure).source,), (Term(area.pk, area.level, days),)))

    # -- larger questions ----------------------------------------------------------------------------------------------

    def grids(self) -> None:
        from bench.ledger_truth import month_by_commune

        from phoihop.domain.figures.queries import communes_of

        measure = self.catalogue.measure("TR.01").pk
        for name, line in (("", None), (" in one line", BQP)):
            took, peer = [], []
            for province in self.provinces[:12]:
                asked = self.asked(tuple(communes_of(province, self.year)), tuple(self.months), line=line)
                took.append(best_of_three(lambda asked=asked: self.grid(["TR.01"], asked)))
                peer.append(best_of_three(lambda province=province: month_by_commune(self.duck, measure, province.pk, YEAR)))
            self.tell(f"a province by month and commune over a year{name}, milliseconds", statistics.median(took), "ms", at_most=100)
            self.tell(f"the same sums by DuckDB{name and ' (of all lines)'}", statistics.median(peer), "ms")

    def nation(self) -> None:
        scan = "SELECT SUM(value) FROM phoihop_fact {} WHERE measure_id = {} AND day >= '2025-01-01' AND day < '2026-01-01'"
        measure = self.catalogue.measure("TR.01").pk
        if self.connection.vendor == "postgresql":
            self.do("SET enable_indexscan = off; SET enable_bitmapscan = off; SET enable_indexonlyscan = off")
        pairs = side_by_side(lambda n: None, lambda n: self.query(scan.format("NOT INDEXED" if self.connection.vendor == "sqlite" else "", measure)), 3)
        if self.connection.vendor == "postgresql":
            self.do("RESET enable_indexscan; RESET enable_bitmapscan; RESET enable_indexonlyscan")
        ours, _ = side_by_side(lambda n: self.cell("TR.01", self.country, self.year), lambda n: None, 50)
        self.tell("the nation over a year: times faster than the unindexed scan", ours, "µs", floor=pairs[1], ratio=pairs[1] / ours, at_least=10)
        start = time.perf_counter()
        self.cell("TR.01", self.country, self.year, as_of=10**12)
        self.tell("the nation over a year as of an event, from its facts", (time.perf_counter() - start) * 1000, "ms")
        start = time.perf_counter()
        self.grid(SHOWN, self.asked((self.country, *self.provinces), tuple(self.months)))
        self.tell("ten measures of 34 provinces and the nation by month", (time.perf_counter() - start) * 1000, "ms")

    # -- right to the last digit ---------------------------------------------------------------------------------------

    def equal(self, when: str) -> None:
        """Every commune, province and the nation by month over three years: all measures; in a line; and one of a decree."""
        from bench.ledger_truth import by_month

        from phoihop.domain.figures.rules.calendars import Kind, period, within

        months = [period("THONGKE", code) for y in range(YEAR - 1, YEAR + 2) for code in within("THONGKE", Kind.MONTH, period("THONGKE", str(y)))]
        upper = (self.country, *self.provinces)
        compared = differing = 0
        for line, communes in ((None, self.communes), (BQP, self.communes[::20]), (ND03, ())):
            wanted = {}
            for known in self.catalogue.measures(SHOWN):
                key = (known.source, known.items)
                wanted.setdefault(key, []).append(known.code)
            truth = {items: by_month(self.duck, line or 0, items) for _, items in wanted}
            for first in range(0, len(upper) + len(communes), 100):
                areas = (*upper, *communes)[first : first + 100]
                found = self.grid(SHOWN, self.asked(areas, tuple(months), line=line))
                for known in self.catalogue.measures(SHOWN):
                    for a, area in enumerate(areas):
                        for p, days in enumerate(months):
                            figure = found[known.code, (a, p)]
                            value, count = truth[known.items].get((known.source, area.pk, days.first), (0, 0))
                            differing += (figure.value or 0, figure.count) != (Fraction(value) * Fraction(10) ** known.scale, count)
                            compared += 1
        self.tell(f"cells compared with DuckDB over the raw facts, {when}", compared)
        self.tell(f"cells that differ, {when}", differing, at_most=0)

    # -- corrections, late and withdrawn records -----------------------------------------------------------------------

    def corrections(self) -> None:
        from bench.ledger_truth import take_over
        from bench.pages import timed

        facts, shares = self.m.Fact.objects.latest("pk").pk, self.m.Share.objects.latest("pk").pk
        took, written = 0.0, 0
        for _ in range(CHANGES // 100):
            picked = self._picked()
            counts: list[int] = []
            took += timed(lambda picked=picked, counts=counts: counts.append(self._written(*picked)))
            written += sum(counts)
            if self.dice.random() < 0.3:
                self.projection.roll(self.dice.choice([50, 500, 20_000]))
        self.tell("posting, sharing and taking back, a fact, of processor", took / written, "ms", at_most=0.5)
        self.tell("drift with facts still to be rolled", len(self.projection.check()), at_most=0)
        while self.projection.roll():
            pass
        start = time.perf_counter()
        self.tell("drift after 10,000 changes", len(self.projection.check()), at_most=0)
        self.tell("proof that balances equal the facts", time.perf_counter() - start, "s")
        take_over(self.duck, facts, shares)
        before = self._balances()
        start = time.perf_counter()
        self.projection.rebuild()
        self.tell("rebuild", time.perf_counter() - start, "s")
        self.tell("balances that a rebuild changed", len(before.items() ^ self._balances().items()), at_most=0)

    def _balances(self) -> dict[Any, Any]:
        rows = self.m.Balance.objects.exclude(value=0, count=0).values_list("measure", "area", "line", "granule", "item", "value", "count")
        return {row[:5]: row[5:] for row in rows.iterator(chunk_size=20_000)}

    def _picked(self) -> tuple[list[Any], list[Any], list[Any]]:
        """Facts to take back; patrols to post late, with the day of any of three years; patrols that the border guard shares late."""
        from phoihop.domain.figures.rules import Posting

        standing = self.m.Fact.objects.filter(reverses=None, reversed_by=None)
        withdrawn = list(standing.filter(pk__in=self.dice.sample(range(1, self.last_fact), 40)))
        late = [
            Posting("TR.01", self.dice.choice(self.communes), date(2024 + k % 3, 1 + k % 12, 1 + k % 28), 1, item=self.dice.choice(["road", "sea.armed"]))
            for k in range(40)
        ]
        around = self.dice.randrange(1, self.last_fact)
        known = list(standing.filter(measure__code="TR.01", pk__range=(around, around + 400)).exclude(shares__unit__force__code="BP")[:20])
        border = dict(self.m.Unit.objects.filter(area__in={f.area_id for f in known}, force__code="BP").values_list("area", "pk"))
        police = dict(self.m.Unit.objects.filter(area__in={p.area.pk for p in late}, force__code="CA").values_list("area", "pk"))
        return withdrawn, [(p, police[p.area.pk]) for p in late], [(f, border[f.area_id]) for f in known if f not in withdrawn]

    def _written(self, withdrawn: list[Any], late: list[Any], shared: list[Any]) -> int:
        """A hundred changes in one transaction, one event each; how many facts came of it."""
        from django.db import transaction

        from phoihop.domain.figures.actions import ledger

        with transaction.atomic():
            events = iter(self._events(len(withdrawn) + 2 * len(late) + len(shared)))
            ledger.reverse([(next(events), fact) for fact in withdrawn])
            made = ledger.post([(next(events), posting) for posting, _ in late])
            ledger.share([(next(events), fact, unit, (1 << 2) | (1 << 6)) for fact, (_, unit) in zip(made, late, strict=True)])
            ledger.share([(next(events), fact, unit, 1 << 3) for fact, unit in shared])
        return len(withdrawn) + len(made)

    def _events(self, count: int) -> list[Any]:
        last, post = self.m.Event.objects.latest("seq").seq, self.m.Post.objects.get()
        fresh = [self.m.Event(seq=last + k, at=datetime.now(UTC), by=post, what="patrol.corrected", body="{}", hash="2" * 64) for k in range(1, count + 1)]
        return list(self.m.Event.objects.bulk_create(fresh))

    # -- how far behind ------------------------------------------------------------------------------------------------

    def lag(self) -> None:
        """Somebody writes without pause; the worker looks every second. How long until what was committed is in the balances."""
        from django.db import connections

        from phoihop.domain.figures.queries.balances import head

        committed: list[tuple[int, float]] = []
        rolled: list[tuple[float, int]] = []
        stop = threading.Event()

        def write() -> None:
            while not stop.is_set():
                self._written(*self._picked())
                committed.append((self.m.Event.objects.latest("seq").seq, time.monotonic()))
            connections.close_all()

        while self.projection.roll():
            pass
        writer = threading.Thread(target=write)
        writer.start()
        began = time.monotonic()
        while time.monotonic() - began < BUSY_SECONDS or (committed and rolled and rolled[-1][1] < committed[-1][0]):
            time.sleep(TICK)
            while self.projection.roll():
                pass
            rolled.append((time.monotonic(), head()))
            if time.monotonic() - began >= BUSY_SECONDS:
                stop.set()
                writer.join()
        delays = [next(at for at, seq in rolled if seq >= last) - done for last, done in committed]
        self.tell("changes a second written meanwhile", len(committed) * 100 / BUSY_SECONDS)
        self.tell("seconds until a committed change is in the balances, longest", max(delays), "s", at_most=5)


if __name__ == "__main__":
    main()
