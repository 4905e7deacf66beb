"""A patrol under way, and what its lead says came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from phoihop.kernel.action import action, locked
from phoihop.kernel.period import local_day

from ...matters.actions.journal import Entry, write, write_many
from ...matters.actions.texts import keep_many
from ...matters.models import Purpose
from ...people.models import Post
from .. import rules
from ..models import (
    Activity,
    Checkpoint,
    CheckTap,
    Claim,
    Confirmation,
    Outcome,
    Strength,
    StrengthMeans,
)
from ..rules import Result
from .settling import settle


@action
def start(*, by: Post, activity: Activity, started_at: datetime, at: datetime) -> Activity:
    """The lead says that the patrol has left."""
    a = locked(activity)
    rules.may_start(by, a, started_at, at, local_day(at)).enforce()
    a.started_at = started_at
    a.version += 1
    a.save(update_fields=["started_at", "version"])
    write(by=by, what="patrol.started", at=at, matter=a.matter, started=started_at)
    return a


@action
def tap(*, by: Post, activity: Activity, checkpoint: Checkpoint, tapped_at: datetime, at: datetime) -> CheckTap:
    """Note that a check-point was reached: the time alone, no position. Tapping again moves the time."""
    a = locked(activity)
    takes_part = a.strengths.filter(unit=by.unit_id).exists()
    rules.may_tap(by, a, takes_part, tapped_at, at, local_day(at)).enforce()
    tapped, _ = CheckTap.objects.update_or_create(activity=a, checkpoint=checkpoint, defaults={"unit": by.unit, "at": tapped_at})
    write(by=by, what="patrol.tapped", at=at, matter=a.matter, point=checkpoint.n, tapped=tapped_at)
    return tapped


@action
def report(*, by: Post, result: Result, at: datetime) -> Activity:
    """Record what came of a patrol: held (when, who, how strong, with what outcome) or not held, and why. Again: correct it."""
    return _report(by, [result], at)[0]


@action
def report_many(*, by: Post, results: Sequence[Result], at: datetime) -> list[Activity]:
    """Record up to 200 results at once: all of them or, if one is refused, none."""
    rules.at_most(len(results)).enforce()
    return _report(by, results, at)


def _report(by: Post, results: Sequence[Result], at: datetime) -> list[Activity]:
    chosen = [r.activity.pk for r in results]
    rows = Activity.objects.select_for_update().filter(pk__in=chosen).select_related("matter__area", "matter__lead__force", "route")
    activities = {a.pk: a for a in rows}
    strengths: dict[int, dict[int, Strength]] = {pk: {} for pk in activities}
    for s in Strength.objects.filter(activity__in=chosen).select_related("unit__force"):
        strengths[s.activity_id][s.unit_id] = s
    notes = keep_many([r.note for r in results], Purpose.NOTE, at)
    reasons = keep_many([r.why for r in results], Purpose.REASON, at)
    entries, changed_strengths, means, outcomes, asked_again = [], [], [], [], []
    first_time = [a.pk for a in activities.values() if a.claim == Claim.NONE]
    for n, r in enumerate(results):
        a = activities[r.activity.pk]
        fresh = Result(a, r.version, r.held, r.started_at, r.ended_at, r.parties, r.outcomes, r.note, r.why)
        verdict = rules.may_report(by, fresh, strengths[a.pk].keys(), at, local_day(at))
        (verdict if len(results) == 1 else verdict.at(f"results.{n}.{verdict.field}")).enforce()
        a.claim, a.result_at = Claim.HELD if r.held else Claim.NOT_HELD, at
        a.note, a.why = notes[n], reasons[n]
        a.started_at, a.ended_at = (r.started_at, r.ended_at) if r.held else (None, None)
        a.day = local_day(r.started_at) if r.held and r.started_at else local_day(a.planned_start)
        a.version += 1
        for s in strengths[a.pk].values():
            s.people = s.teams = None
        for counted in r.parties if r.held else ():
            s = strengths[a.pk][counted.unit.pk]
            s.people, s.teams = counted.people, counted.teams
            means += [StrengthMeans(strength=s, kind=kind, count=count) for kind, count in counted.means.items() if count]
        changed_strengths += strengths[a.pk].values()
        outcomes += [Outcome(activity=a, kind=kind, count=count) for kind, count in r.outcomes.items() if count and r.held]
        present = [(s.unit.key, s.teams or 0, s.people or 0) for s in strengths[a.pk].values() if s.people]
        a_digest = rules.what_is_confirmed(a, a.matter.area.code, present)
        if a.digest != a_digest:
            a.digest, a.confirmed, a.disputed = a_digest, 0, 0
            asked_again.append(a.pk)
        facts = {"claim": a.claim, "started": a.started_at, "ended": a.ended_at, "digest": a.digest, "parties": sorted(map(list, present)), "outcomes": {k: c for k, c in r.outcomes.items() if c}}
        what = "patrol.reported" if a.pk in first_time else "patrol.corrected"
        entries.append(Entry(what, a.matter, facts, {"note": a.note, "why": a.why}))
    done = [activities[pk] for pk in chosen]
    repeated = [pk for pk in chosen if pk not in first_time]
    if repeated:
        StrengthMeans.objects.filter(strength__activity__in=repeated).delete()
        Outcome.objects.filter(activity__in=repeated).delete()
        Confirmation.objects.filter(activity__in=[pk for pk in asked_again if pk in repeated], live=True).update(live=False)
        Strength.objects.filter(activity__in=asked_again).update(own_people=None, own_teams=None)
    Activity.objects.bulk_update(done, ["claim", "result_at", "note", "why", "started_at", "ended_at", "day", "version", "digest", "confirmed", "disputed"])
    Strength.objects.bulk_update(changed_strengths, ["people", "teams"])
    StrengthMeans.objects.bulk_create(means)
    Outcome.objects.bulk_create(outcomes)
    events = write_many(by=by, at=at, entries=entries)
    settle(list(zip(done, events, strict=True)))
    return done
