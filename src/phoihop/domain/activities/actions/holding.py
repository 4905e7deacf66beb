"""What the lead says came of a patrol: recorded once, corrected in the open, put before the parties again where it changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from phoihop.kernel.action import action
from phoihop.kernel.period import local_day
from phoihop.kernel.rows import insert, update_each

from ...forces.models import Unit
from ...forces.queries.voices import voices_at_hand
from ...matters.actions.journal import Entry, write_many
from ...matters.actions.texts import keep_many
from ...matters.models import Purpose
from ...people.models import Post
from .. import rules
from ..models import Activity, Claim, Confirmation, Leg, Outcome, Strength, StrengthMeans
from ..queries.statements import said
from ..rules import Counted, Result
from .held import held, strengths_of
from .settling import settle


@action
def report(*, by: Post, result: Result, at: datetime) -> Activity:
    """Record what came of a patrol: held (when, who, how strong, with what outcome) or not held, and why. Again: correct it."""
    return _report(by, [result], at)[0]


@action
def report_many(*, by: Post, results: Sequence[Result], at: datetime) -> list[Activity]:
    """Record up to 200 results at once: all of them or, if one is refused, none."""
    rules.at_most(len(results)).enforce()
    rules.each_once([r.activity.pk for r in results], "results").enforce()
    return _report(by, results, at)


@dataclass(slots=True)
class _Sheet:
    """A result beside the record that it is about. ``first``: nothing was recorded before."""

    a: Activity
    result: Result
    strengths: dict[int, Strength]
    first: bool
    asks_again: bool = False
    means: list[StrengthMeans] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)

    def present(self) -> list[Counted]:
        return [p for p in self.result.parties if p.people > 0] if self.result.held else []


def _report(by: Post, results: Sequence[Result], at: datetime) -> list[Activity]:
    sheets = _sheets(results)
    speaks_for = voices_at_hand(by.unit_id)
    legs = _legs(results)
    for n, sheet in enumerate(sheets):
        verdict = rules.may_report(by, sheet.result, sheet.strengths.keys(), speaks_for, at, local_day(at))
        rules.of_row(verdict, "results", n, len(sheets)).enforce()
        rules.of_row(rules.has_legs(legs.get(sheet.a.pk, {}).keys(), sheet.result), "results", n, len(sheets)).enforce()
    notes = keep_many([r.note for r in results], Purpose.NOTE, at)
    reasons = keep_many(["" if r.held else r.why for r in results], Purpose.REASON, at)
    entries = []
    for sheet, note, why in zip(sheets, notes, reasons, strict=True):
        sheet.a.note, sheet.a.why = note, why
        _fill(sheet, next((sheet.strengths[u].unit for u in speaks_for if u in sheet.strengths), by.unit), at)
        entries.append(Entry("patrol.reported" if sheet.first else "patrol.corrected", sheet.a.matter, _facts(sheet), {"note": note, "why": why}))
    _store(sheets)
    _walk(sheets, legs)
    done = [sheet.a for sheet in sheets]
    events = write_many(by=by, at=at, entries=entries)
    settle(list(zip(done, events, strict=True)), at)
    return done


def _sheets(results: Sequence[Result]) -> list[_Sheet]:
    chosen = [r.activity.pk for r in results]
    activities = {a.pk: a for a in held(chosen)}
    strengths: dict[int, dict[int, Strength]] = {pk: {} for pk in activities}
    for s in strengths_of(chosen):
        strengths[s.activity_id][s.unit_id] = s
    return [
        _Sheet(a, replace(r, activity=a), strengths[a.pk], first=a.claim == Claim.NONE)
        for r, a in ((r, activities[r.activity.pk]) for r in results)
    ]  # fmt: skip


def _fill(sheet: _Sheet, recorder: Unit, at: datetime) -> None:
    """Put the result into the records at hand; nothing is written yet."""
    a, r = sheet.a, sheet.result
    a.claim, a.result_at, a.recorder = Claim.HELD if r.held else Claim.NOT_HELD, at, recorder
    a.started_at, a.ended_at = (r.started_at, r.ended_at) if r.held else (None, None)
    a.day = local_day(r.started_at or a.planned_start) if r.held else rules.plan_day(a)
    a.version += 1
    for s in sheet.strengths.values():
        s.people = s.teams = None
    for p in r.parties if r.held else ():
        s = sheet.strengths[p.unit.pk]
        s.people, s.teams = p.people, p.teams
    for p in sheet.present():
        sheet.means += [StrengthMeans(strength=sheet.strengths[p.unit.pk], kind=kind, count=count) for kind, count in p.means.items() if count]
    if r.held:
        sheet.outcomes = [Outcome(activity=a, kind=kind, count=count) for kind, count in r.outcomes.items() if count]
    means: dict[int, list[StrengthMeans]] = {}
    for one in sheet.means:
        means.setdefault(one.strength_id, []).append(one)
    digest = said(a, recorder, sheet.strengths.values(), means, sheet.outcomes).digest
    sheet.asks_again = digest != a.digest
    if sheet.asks_again:
        a.digest, a.confirmed, a.disputed = digest, 0, 0
        for s in sheet.strengths.values():
            s.own_people = s.own_teams = None


def _facts(sheet: _Sheet) -> dict[str, object]:
    a = sheet.a
    return {
        "claim": a.claim,
        "started": a.started_at,
        "ended": a.ended_at,
        "digest": a.digest,
        "parties": sorted([p.unit.key, p.teams, p.people, {kind: c for kind, c in p.means.items() if c}] for p in sheet.present()),
        "outcomes": {o.kind: o.count for o in sheet.outcomes} or None,
        "legs": [[n, first, until] for n, (first, until) in sorted(sheet.result.legs.items())] or None,
    }


def _store(sheets: Sequence[_Sheet]) -> None:
    if corrected := [sheet.a.pk for sheet in sheets if not sheet.first]:
        StrengthMeans.objects.filter(strength__activity__in=corrected).delete()
        Outcome.objects.filter(activity__in=corrected).delete()
        Leg.objects.filter(activity__in=corrected).update(actual_from=None, actual_to=None)
        changed = [sheet.a.pk for sheet in sheets if sheet.asks_again and not sheet.first]
        Confirmation.objects.filter(activity__in=changed, live=True).update(live=False)
    columns = ["claim", "result_at", "recorder", "note", "why", "started_at", "ended_at", "day", "version", "digest", "confirmed", "disputed"]
    update_each([sheet.a for sheet in sheets], columns)
    update_each([s for sheet in sheets for s in sheet.strengths.values()], ["people", "teams", "own_people", "own_teams"])
    insert([one for sheet in sheets for one in sheet.means])
    insert([one for sheet in sheets for one in sheet.outcomes])


def _legs(results: Sequence[Result]) -> dict[int, dict[int, Leg]]:
    """The legs, by patrol and number, of patrols whose result says how they were walked."""
    found: dict[int, dict[int, Leg]] = {}
    if chosen := [r.activity.pk for r in results if r.legs]:
        for leg in Leg.objects.filter(activity__in=chosen):
            found.setdefault(leg.activity_id, {})[leg.n] = leg
    return found


def _walk(sheets: Sequence[_Sheet], legs: dict[int, dict[int, Leg]]) -> None:
    walked = []
    for sheet in sheets:
        for n, (first, until) in sheet.result.legs.items() if sheet.result.held else ():
            leg = legs[sheet.a.pk][n]
            leg.actual_from, leg.actual_to = first, until
            walked.append(leg)
    update_each(walked, ["actual_from", "actual_to"])
