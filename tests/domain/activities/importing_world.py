"""What the tests of the import share: the world with a reform in it, and a log taken in and read."""

from __future__ import annotations

from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from phoihop.domain import models as m
from phoihop.domain.activities.actions import importing
from phoihop.domain.activities.queries import importing as queries
from phoihop.kernel.upload import Upload
from tests.domain.activities import logs
from tests.laid import laid_once
from tests.world import NOON, area, songdat


@laid_once
def world() -> SimpleNamespace:
    """Sông Đất, where the commune Bến Cũ became part of Sông on 1 July 2025, and Lan's unit keeps the routes B1 (a river) and B2."""
    w = songdat()
    old = date(2004, 1, 1)
    w.ben_cu = area("28777", "Bến Cũ", "commune", "xa", start=old, until=date(2025, 7, 1))
    m.Succession.objects.create(old=w.ben_cu, new=w.song, day=date(2025, 7, 1), kind="merge")
    w.b1 = m.Route.objects.create(code="B1", name="Sông Cái", folded="song cai", kind="river", owner=w.police_song, area=w.song, valid_from=old)
    w.b2 = m.Route.objects.create(code="B2", name="Đường huyện 5", folded="duong huyen 5", kind="road", owner=w.police_song, area=w.song, valid_from=old)
    return w


def work(at: datetime = NOON) -> int:
    """The worker's duty until nothing is left of it; how many steps that took."""
    steps = 0
    while importing.step(at=at):
        steps += 1
    return steps


def read(w: SimpleNamespace, content: bytes, name: str = "So tuan tra 2026.xlsx", at: datetime = NOON) -> m.ImportRun:
    """A log of Lan's unit, taken in and read to the end."""
    run = importing.begin(by=w.lan, lead=w.police_song, upload=Upload(name, content), at=at)
    work(at)
    run.refresh_from_db()
    return run


def imported(w: SimpleNamespace, content: bytes, name: str = "So tuan tra 2026.xlsx") -> m.ImportRun:
    """A log read, released, and imported."""
    run = read(w, content, name)
    importing.release(by=w.lan, run=run, at=NOON)
    work()
    run.refresh_from_db()
    return run


def line(*change: tuple[int, Any]) -> list[Any]:
    """One good line of ``logs.commune_police`` (xã Sông, 5 March 2026, 19:30 to 21:00, route B2, 3 police and 4 militia), changed at places."""
    cells: list[Any] = ["05/3/2026", "19h30", "21h", "xã Sông", "B2", 3, 4, None, 7, None, None]
    for n, value in change:
        cells[n] = value
    return cells


DAY, START, END, AREA, ROUTE, CA, QS, BP, TOTAL, RESULT, NOTE = range(11)


def police(*rows: list[Any]) -> bytes:
    return logs.commune_police(list(rows))


def doubts(run: m.ImportRun) -> list[tuple[int, str, str, str]]:
    """Row, meaning, code, text of every doubt, in order."""
    return list(m.ImportDoubt.objects.filter(row__run=run).order_by("row__sheet", "row__n", "pk").values_list("row__n", "column", "code", "text"))


def states(run: m.ImportRun) -> list[tuple[int, str]]:
    return list(run.rows.order_by("sheet", "n").values_list("n", "state"))


def row(run: m.ImportRun, n: int) -> m.ImportRow:
    return run.rows.get(n=n)


def suggested(run: m.ImportRun, n: int, column: str) -> list[str]:
    return [value for value, _label in m.ImportDoubt.objects.get(row__run=run, row__n=n, column=column).suggestions]


__all__ = [
    "AREA", "BP", "CA", "DAY", "END", "NOTE", "QS", "RESULT", "ROUTE", "START", "TOTAL",
    "doubts", "imported", "line", "police", "queries", "read", "row", "states", "suggested", "work", "world",
]  # fmt: skip
