"""Laying down what a plan says beside its clauses; taking it over into the next version."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from phoihop.kernel.action import action, locked
from phoihop.kernel.period import local_day

from ...matters.actions.journal import write
from ...matters.actions.texts import keep_many
from ...matters.models import Attachment, Body, Purpose
from ...people.models import Post
from ..models import Agreement, EventPost, Need, Phase, PlanCheck, Step, StepRole, Version
from ..queries.heads import head_laid, units_of
from ..queries.plans import arrangement_in
from ..queries.preparing import items
from ..queries.versions import current, digest_now
from ..rules import plans as rules
from ..rules.drafting import unchanged
from ..rules.plans import Arrangement
from ..rules.preparing import matched
from ..rules.versions import is_sent


@action
def arrange(*, by: Post, agreement: Agreement, arrangement: Arrangement, seen: str, at: datetime) -> Version:
    """Lay down posts, preparations, steps and needs of a plan, under the digest (``seen``) of what the writer had before the eyes."""
    a = locked(agreement)
    version = current(a)
    rules.may_arrange(by, a, head_laid(version), is_sent(version), local_day(at)).enforce()
    unchanged(seen, digest_now(version)).enforce()
    _clear(version)
    lay_down(by, a, version, arrangement, at)
    return version


def lay_down(by: Post, a: Agreement, version: Version, arrangement: Arrangement, at: datetime) -> None:
    """Write an arrangement into a version that has none, and say so. For an action that has locked the plan: this one, or one that just drafted it."""
    rules.may_arrange(by, a, head_laid(version), is_sent(version), local_day(at)).enforce()
    rules.fits_arrangement(arrangement, head_laid(version).kind, units_of(version)).enforce()
    texts = _lay(version, arrangement, at)
    write(
        by=by,
        what="agreement.arranged",
        at=at,
        matter=a.matter,
        version=version.number,
        posts=len(arrangement.posts),
        checks=len(arrangement.checks),
        steps=sum(len(p.steps) for p in arrangement.phases),
        needs=len(arrangement.needs),
        texts=texts,
    )


def carry_over(former: Version, version: Version) -> None:
    """A new version begins with what the one before laid down; its texts are the same bodies."""
    there = arrangement_in(former)
    for post in there.posts:
        post.pk, post.version = None, version
    EventPost.objects.bulk_create(there.posts)
    for check in there.checks:
        check.pk, check.version, check.done_at = None, version, None  # ticked off is the text that holds, until this one does
    PlanCheck.objects.bulk_create(there.checks)
    for phase in there.phases:
        steps = [(step, list(step.roles.all())) for step in phase.steps.all()]
        fresh = Phase.objects.create(version=version, order=phase.order, name=phase.name)
        for step, roles in steps:
            made = Step.objects.create(phase=fresh, order=step.order, what=step.what, within_minutes=step.within_minutes)
            StepRole.objects.bulk_create([StepRole(step=made, role=r.role, unit=r.unit, force=r.force) for r in roles])
    Need.objects.bulk_create([Need(version=version, spot=n.spot, kind=n.kind, amount=n.amount) for n in there.needs])


def keep_ticks(former: Version, version: Version) -> None:
    """What was ready by the former text is ready by the new one where it is the same; what was changed is asked anew."""
    before, after = arrangement_in(former).checks, arrangement_in(version).checks
    for check, match in zip(after, matched(items(before), items(after)), strict=True):
        if match.same and match.former is not None:
            check.done_at = before[match.former].done_at
    PlanCheck.objects.bulk_update(after, ["done_at"])


def _clear(version: Version) -> None:
    for rows in (version.posts, version.checks, version.phases, version.needs):
        rows.all().delete()


def _lay(version: Version, a: Arrangement, at: datetime) -> dict[str, Body | Attachment | None]:
    """Write the rows; what was said as texts comes back under the names that the journal keeps."""
    places = _kept([p.place for p in a.posts], Purpose.PLACE, at)
    EventPost.objects.bulk_create(
        [
            EventPost(version=version, order=n, kind=p.kind, place=place, unit=p.unit, people=p.people, since=p.since, until=p.until)
            for n, (p, place) in enumerate(zip(a.posts, places, strict=True), 1)
        ]
    )
    checks = _kept([c.what for c in a.checks], Purpose.CLAUSE, at)
    PlanCheck.objects.bulk_create(
        [PlanCheck(version=version, order=n, what=what, unit=c.unit, due_at=c.due_at) for n, (c, what) in enumerate(zip(a.checks, checks, strict=True), 1)]
    )
    Need.objects.bulk_create([Need(version=version, spot=n.spot, kind=n.kind, amount=n.amount) for n in a.needs])
    said: dict[str, Body | Attachment | None] = {f"post{n}": body for n, body in enumerate(places, 1)}
    said |= {f"check{n}": body for n, body in enumerate(checks, 1)}
    return said | _lay_phases(version, a, at)


def _lay_phases(version: Version, a: Arrangement, at: datetime) -> dict[str, Body | Attachment | None]:
    names = _kept([p.name for p in a.phases], Purpose.TITLE, at)
    said: dict[str, Body | Attachment | None] = {}
    for n, (p, name) in enumerate(zip(a.phases, names, strict=True), 1):
        phase = Phase.objects.create(version=version, order=n, name=name)
        said[f"phase{n}"] = name
        for m, (s, what) in enumerate(zip(p.steps, _kept([s.what for s in p.steps], Purpose.CLAUSE, at), strict=True), 1):
            step = Step.objects.create(phase=phase, order=m, what=what, within_minutes=s.within_minutes)
            StepRole.objects.bulk_create([StepRole(step=step, role=r.role, unit=r.unit, force=r.force) for r in s.roles])
            said[f"step{n}.{m}"] = what
    return said


def _kept(texts: Sequence[str], purpose: str, at: datetime) -> list[Body]:
    """Texts that rules have found to be there."""
    return [body for body in keep_many(texts, purpose, at) if body is not None]
