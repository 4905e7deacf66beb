"""The rules of manual entry, put to a line of a log: their own codes, each at the cell it is about."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from phoihop.kernel.period import local_day
from phoihop.kernel.verdict import Verdict

from ....forces.models import Unit
from ....people.models import Post
from ... import rules
from ...rules import PatrolDraft, Result
from ...rules.log.finding import Doubt
from ...rules.log.means import Means
from ...rules.log.reading import Reading
from ...rules.planning import fits_party
from .sense import Sense, draft_of, result_of

# Said of who imports, not of a line: the import's own rules say it once for all.
_OF_THE_POST = ("post-ended", "not-your-role", "not-lead")


def judge(s: Sense, lead: Unit, by: Post, voice_ids: Collection[int], at: datetime, held: bool = True) -> list[Doubt]:
    """What plan and result (``held``; else the plan alone) would be refused for, or asked about. ``voice_ids``: units for which the lead speaks."""
    result = result_of(s, lead) if held else None
    return [_at_cell(v, s) for v in _verdicts(draft_of(s, lead), result, by, voice_ids, at) if v.stands]


def _verdicts(d: PatrolDraft, r: Result | None, by: Post, voice_ids: Collection[int], at: datetime) -> Iterator[Verdict]:
    """Every refusal and question that can be told apart; then the whole plan and result."""
    day, found = local_day(d.start), False
    seats = [fits_party(p.unit, p.people, p.teams, day, f"parties.{n}") for n, p in enumerate(d.parties)]
    unusual = [rules.outlier(p.people, p.teams).at(f"parties.{n}.people") for n, p in enumerate(r.parties if r else ()) if seats[n]]
    if rules.fits_times(d.start, d.end, "end"):
        unusual.append(rules.usual_length(d.start, d.end, "end"))
    for verdict in (rules.area_exists(d.area, day, "area"), *seats, *unusual):
        if verdict.stands:
            found = True
            yield verdict
    if not found:
        whole = rules.fits_plan(d, by.unit_id, at)
        if whole and r is not None:
            whole = rules.may_report(by, r, {p.unit.pk for p in d.parties}, voice_ids, at, local_day(at))
        if whole.code not in _OF_THE_POST:
            yield whole


def _at_cell(verdict: Verdict, s: Sense) -> Doubt:
    """A verdict on the whole patrol, said of the cell that it came from."""
    r, name = s.reading, verdict.field or ""
    if name.startswith("parties.") and (n := name.split(".")[1]).isdecimal():
        said = s.parties[int(n)].said
        return Doubt(said.column, verdict, said.cell, said.n)
    column = _column_of(name, r)
    where = r.where.get(column)
    return Doubt(column, verdict, r.texts.get(column, ""), where.n if where else None)


def _column_of(name: str, r: Reading) -> str:
    first, _dot, rest = name.partition(".")
    if first == "outcomes":
        return f"{Means.OUTCOME}:{rest}" if rest else Means.OUTCOME
    ends = (Means.END, Means.TIME) if first in ("end", "ended_at") else (Means.START, Means.TIME)
    if first in ("start", "end", "started_at", "ended_at"):
        return next((m for m in ends if m in r.where), Means.TIME)
    known = {"area": Means.AREA, "route": Means.ROUTE, "route_kind": Means.KIND, "note": Means.NOTE, "title": Means.ROUTE}
    return known.get(first, Means.PARTIES)
