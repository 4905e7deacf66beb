"""Patrols around the present hour, as pages find them; each step is one of the actions."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from phoihop.domain import models as m
from phoihop.domain.activities.actions.confirming import confirm
from phoihop.domain.activities.actions.holding import report
from phoihop.domain.activities.actions.planning import plan
from phoihop.domain.activities.actions.routes import draw_route
from phoihop.domain.activities.rules import Counted, PartyDraft, PointDraft, RouteDraft, Word
from phoihop.domain.matters.actions.parts import answer
from phoihop.kernel.period import HOME
from phoihop.web import shell
from tests.world import a_draft, a_result

HOUR = timedelta(hours=1)


def now() -> datetime:
    """The present minute, in Vietnam."""
    return timezone.now().astimezone(HOME).replace(second=0, microsecond=0)


def planned(w: SimpleNamespace, *, starts: timedelta = -5 * HOUR, ends: timedelta | None = None, **change: Any) -> m.Activity:
    """Police of Sông lead, militia and border station go along; it began ``starts`` from now and takes two hours."""
    start = now() + starts
    parties = [PartyDraft(w.police_song, people=3), PartyDraft(w.militia_song, people=4), PartyDraft(w.station, people=2)]
    draft = a_draft(w, **{"start": start, "end": start + 2 * HOUR if ends is None else now() + ends, "parties": parties} | change)
    return plan(by=w.lan, draft=draft, at=start - HOUR)


def accepted(w: SimpleNamespace, a: m.Activity) -> m.Activity:
    for post in (w.binh, w.hai):
        answer(by=post, part=a.matter.parts.get(unit=post.unit), state="accepted", at=timezone.now())
    return again(a)


def reported(w: SimpleNamespace, a: m.Activity, **change: Any) -> m.Activity:
    a = again(a)
    counted = [Counted(w.police_song, 3), Counted(w.militia_song, 4), Counted(w.station, 2)]
    given = {"started_at": a.planned_start, "ended_at": a.planned_end, "parties": counted} | change
    return report(by=w.lan, result=a_result(w, a, **given), at=timezone.now())


def said(post: m.Post, a: m.Activity, agrees: bool = True, **change: Any) -> m.Activity:
    a = again(a)
    return confirm(by=post, word=Word(a, a.digest, agrees, **change), at=timezone.now())


def on_route(w: SimpleNamespace) -> m.Route:
    points = [PointDraft("Cầu Cái Sâu", w.song), PointDraft("Bến đò Đất", w.dat)]
    draft = RouteDraft("T1", "Ven sông Sông – Đất", "river", w.song, [w.dat], points)
    return draw_route(by=w.lan, draft=draft, at=timezone.now() - timedelta(days=2))


def again(a: m.Activity) -> m.Activity:
    return m.Activity.objects.select_related("matter__area", "matter__lead").get(pk=a.pk)


def page_of(a: m.Activity, rest: str = "") -> str:
    return f"/tuan-tra/{a.matter.code}/{rest}"


def written(day: datetime) -> dict[str, str]:
    """A day and an hour as people type them."""
    here = day.astimezone(HOME)
    return {"day": f"{here:%d/%m/%Y}", "clock": f"{here:%H:%M}"}


def queries(browser: Client, path: str, asked: dict[str, str] | None = None) -> int:
    """How often a page asks the database, once what a process keeps at hand is there. Looking whether that is still so (the journal's stamps) is not counted.

    No half minute, after which badges and lists are counted anew, ends between the two.
    """
    with patch.object(shell, "COUNTED_FOR", 10**9):
        browser.get(path, asked)
        with CaptureQueriesContext(connection) as found:
            browser.get(path, asked)
    return sum(1 for query in found if "phoihop_event" not in query["sql"])
