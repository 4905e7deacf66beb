"""What writing through the actions costs beside the bare rows: one patrol result, two hundred plans at once, facts.

    python -m bench.writing

Prints ``name | value | floor | ratio | budget | ok``. Everything is written to SQLite on disk with full durability, in a folder of its
own. A ratio is the floor's time by ours: 1 would be as fast as the bare rows, which are neither judged nor journalled nor counted.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from time import perf_counter
from types import SimpleNamespace
from typing import Any

SINGLES, ROUNDS, AT_ONCE = 60, 5, 200
LEAST_SINGLE, LEAST_BULK, MOST_SINGLE_MS, MOST_FACT_MS = 0.15, 0.4, 10.0, 0.5
INSIDE = "--inside"


def main() -> None:
    if INSIDE in sys.argv:
        sys.exit(0 if _measure() else 1)
    with tempfile.TemporaryDirectory(prefix="phoihop-writing-") as folder:
        settings = {"DJANGO_SETTINGS_MODULE": "phoihop.config.settings", "PHOIHOP_DATA": folder, "PYTHONPATH": f"src{os.pathsep}."}
        plain = {k: v for k, v in os.environ.items() if k != "PHOIHOP_DATABASE"}
        sys.exit(subprocess.run([sys.executable, "-m", "bench.writing", INSIDE], env=plain | settings).returncode)


def _measure() -> bool:
    import django

    django.setup()
    from django.core.management import call_command
    from tests.world import songdat

    call_command("migrate", verbosity=0)
    world = songdat()
    fine = [*_single(world), *_bulk(world), *_facts(world)]
    return all(fine)


def _single(w: SimpleNamespace) -> Iterator[bool]:
    """A result, each in its own durable transaction, beside one durable commit of the bare patrol; taken by turns, for disks are moody."""
    from tests.world import NOON, a_result

    from phoihop.domain.activities.actions.holding import report
    from phoihop.domain.activities.models import Activity

    patrols = _plan(w, SINGLES, 0)
    spare = [_bare(a) for a in _plan(w, SINGLES, 1)]
    ours, floor = [], []
    for a, row in zip(patrols, spare, strict=True):
        result = a_result(w, a, started_at=a.planned_start, ended_at=a.planned_end)
        ours.append(_timed(lambda result=result: report(by=w.lan, result=result, at=NOON + timedelta(days=400))))
        floor.append(_timed(lambda row=row: Activity.objects.bulk_create([row])))
    mine, bare = statistics.median(ours), statistics.median(floor)
    yield _line("a patrol result through its action, ms", mine, bare, bare / mine, f"≥ {LEAST_SINGLE}", bare / mine >= LEAST_SINGLE)
    yield _line("… its median", mine, None, None, f"≤ {MOST_SINGLE_MS}", mine <= MOST_SINGLE_MS)


def _bulk(w: SimpleNamespace) -> Iterator[bool]:
    """Two hundred at once through a bulk verb, one event each, beside ``bulk_create`` of the very rows that it makes."""
    from tests.world import NOON, a_draft

    from phoihop.domain.activities.actions.planning import plan_many

    ours, floor = [], []
    for n in range(ROUNDS):
        drafts = [a_draft(w, start=_start(n, k), end=_start(n, k) + timedelta(hours=2)) for k in range(AT_ONCE)]
        ours.append(_timed(lambda drafts=drafts: plan_many(by=w.lan, drafts=drafts, at=NOON)))
        rows = _rows_of(lambda drafts=drafts: plan_many(by=w.lan, drafts=drafts, at=NOON))
        floor.append(_timed(lambda rows=rows: _insert(rows)))
        _skip_codes()
    mine, bare = statistics.median(ours), statistics.median(floor)
    yield _line(f"{AT_ONCE} plans at once, ms", mine, bare, bare / mine, f"≥ {LEAST_BULK}", bare / mine >= LEAST_BULK)


def _facts(w: SimpleNamespace) -> Iterator[bool]:
    """Confirming two hundred results posts their facts: the whole of it, by fact."""
    from tests.world import NOON, a_result, a_word

    from phoihop.domain.activities.actions.confirming import confirm_many
    from phoihop.domain.activities.actions.holding import report_many
    from phoihop.domain.figures.models import Fact

    each = []
    for n in range(ROUNDS):
        results = [a_result(w, a, started_at=a.planned_start, ended_at=a.planned_end) for a in _plan(w, AT_ONCE, 50 + n)]
        done = report_many(by=w.lan, results=results, at=NOON + timedelta(days=400))
        before = Fact.objects.count()
        took = _timed(lambda done=done: confirm_many(by=w.binh, words=[a_word(a) for a in done], at=NOON + timedelta(days=400)))
        each.append(took / (Fact.objects.count() - before))
    mine = statistics.median(each)
    yield _line("a fact, judged, journalled and posted with 200 confirmations, ms", mine, None, None, f"≤ {MOST_FACT_MS}", mine <= MOST_FACT_MS)


def _plan(w: SimpleNamespace, count: int, batch: int) -> list[Any]:
    from tests.world import NOON, a_draft

    from phoihop.domain.activities.actions.planning import plan_many

    drafts = [a_draft(w, start=_start(batch, k), end=_start(batch, k) + timedelta(hours=2)) for k in range(count)]
    return plan_many(by=w.lan, drafts=drafts, at=NOON)


def _start(batch: int, n: int) -> datetime:
    from tests.world import NOON

    return NOON + timedelta(days=n % 200 + 1, hours=batch % 12)


def _bare(a: Any) -> Any:
    """The same patrol on a matter of its own that has none: what one commit of the bare record writes."""
    from phoihop.domain.activities.models import Activity
    from phoihop.domain.matters.models import Matter

    matter = Matter.objects.create(
        uid=f"{a.matter.uid}"[::-1],
        code=f"{a.matter.code}x",
        kind=a.matter.kind,
        home=a.matter.home,
        lead=a.matter.lead,
        area=a.matter.area,
        opened_at=a.matter.opened_at,
    )
    return Activity(matter=matter, route_kind=a.route_kind, day=a.day, planned_start=a.planned_start, planned_end=a.planned_end)


def _rows_of(act: Callable[[], object]) -> list[list[Any]]:
    """The rows that an act makes, by table, taken from a run that is rolled back."""
    from django.db import transaction

    from phoihop.domain import models as m

    tables = (m.Matter, m.LeadTerm, m.Participation, m.Activity, m.Leg, m.Strength, m.Event, m.Fact)
    with transaction.atomic():
        before = [table._default_manager.order_by("-pk").values_list("pk", flat=True).first() or 0 for table in tables]
        act()
        rows = [list(table._default_manager.filter(pk__gt=last)) for table, last in zip(tables, before, strict=True)]
        transaction.set_rollback(True)
    return rows


def _insert(tables: Sequence[Sequence[Any]]) -> None:
    from django.db import transaction

    with transaction.atomic():
        for rows in tables:
            if rows:
                type(rows[0])._default_manager.bulk_create(rows)


def _skip_codes() -> None:
    """The bare rows took codes without the counter: go on after them."""
    from django.db.models import F

    from phoihop.domain.matters.models import CodeCounter

    CodeCounter.objects.update(next=F("next") + AT_ONCE)


def _timed(act: Callable[[], object]) -> float:
    began = perf_counter()
    act()
    return 1000 * (perf_counter() - began)


def _line(name: str, value: float, floor: float | None, ratio: float | None, budget: str, fine: bool) -> bool:
    shown = [f"{x:.2f}" if x is not None else "–" for x in (value, floor, ratio)]
    print(" | ".join([name, *shown, budget, "ok" if fine else "short"]), flush=True)
    return fine


if __name__ == "__main__":
    main()
