"""The small named world with a year of facts behind it: two communes with patrols, plans and shares, one that is silent."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

from phoihop.domain import models as m
from phoihop.domain.activities.rules import Grace
from phoihop.domain.people.models import Post
from phoihop.reports.asking import Question
from phoihop.reports.report import Report, printable, report
from tests.domain.figures.posting import patrol, post
from tests.laid import laid_once
from tests.world import area, at, songdat

TODAY = date(2026, 9, 1)
AUGUST = "2026-T8"
CLOCK = {"now": at(1, 8, month=9), "today": TODAY, "grace": Grace()}


@laid_once
def province() -> SimpleNamespace:
    """August 2026 by civil months: Sông has four patrols (one armed, two led at sea), Đất two, Lặng says nothing; one is the province's own.

    A year before Sông had two.
    """
    w = songdat()
    w.lang = area("29003", "Lặng", "commune", "dac-khu", w.province)
    for day, item, forces in ((1, "road", "CA DQ"), (2, "road.armed", "CA DQ"), (3, "sea", "BP DQ"), (4, "sea", "BP CA DQ")):
        patrol(w, w.song, date(2026, 8, day), *forces.split(), item=item)
    for day in (5, 6):
        patrol(w, w.dat, date(2026, 8, day), "CA", "QS", item="road")
    patrol(w, w.province, date(2026, 8, 7), "CA", "QS", item="border")
    for day in (2, 3):
        patrol(w, w.song, date(2025, 8, day), "CA", "DQ", item="road")
    post(w, "TR.03", w.song, date(2026, 8, 1), 1234, unit=w.police_song)
    post(w, "TR.03", w.dat, date(2026, 8, 5), 56, unit=w.police_dat)
    post(w, "TR.04", w.song, date(2026, 8, 1), 425, item="road")
    for n in range(5):
        post(w, "TR.09.KH", w.song, date(2026, 8, 1 + n), item="road")
    for n in range(4):
        post(w, "TR.09.TH", w.song, date(2026, 8, 1 + n), item="road")
    m.Letterhead.objects.create(
        unit=w.police, valid_from=date(2025, 7, 1), superior="Bộ Công an", issuer="Công an tỉnh Sông Đất", symbol="CAT", place="Sông Đất",
        signer="Giám đốc", reports_to="Bộ Công an", archive="VT, PV01",
    )  # fmt: skip
    return w


def august(w: SimpleNamespace, **change: Any) -> Question:
    plain: dict[str, Any] = {"area": w.province, "calendar": "THONGKE", "code": AUGUST, "on": TODAY}
    return Question(**plain | change)


def told(w: SimpleNamespace, viewer: Post | None = None, **change: Any) -> Report:
    return report(viewer or w.mai, august(w, **change), **CLOCK)


def on_paper(w: SimpleNamespace, **change: Any) -> Report:
    return printable(w.mai, august(w, **change), **CLOCK)


def shown(line: Any) -> dict[str, str]:
    return {c.column.code: c.shown.text() for c in line.cells}
