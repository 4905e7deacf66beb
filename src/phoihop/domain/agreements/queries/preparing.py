"""What is to be ready for a plan, and what became of it from one text to the next. Who ticks it off, ticks off the text that was agreed last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from ...people.models import Post
from ..models import Agreement, PlanCheck, Version
from ..rules.preparing import Item, matched
from .plans import arrangement_of
from .versions import last_agreed, shown_to


@dataclass(frozen=True, slots=True)
class Prepared:
    """A preparation; ``was``: as the text before asked for it, where it was changed since."""

    check: PlanCheck
    was: PlanCheck | None = None
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Preparing:
    """``version``: the text whose preparations count today. ``coming``: what a text that is not agreed yet (``next``) asks for otherwise;
    ``going``: what it asks for no more."""

    version: Version
    now: Sequence[Prepared]
    next: Version | None = None
    coming: Sequence[Prepared] = field(default=())
    going: Sequence[PlanCheck] = field(default=())


def preparing(viewer: Post, agreement: Agreement, on: date) -> Preparing:
    """The preparations of the text agreed last and, beside them, what the newest text that the viewer may read asks for otherwise."""
    newest, holds = shown_to(viewer, agreement), last_agreed(agreement)
    checks = arrangement_of(viewer, newest, on).checks
    if holds is None:
        return Preparing(newest, [Prepared(c) for c in checks])
    agreed = checks if holds == newest else arrangement_of(viewer, holds, on).checks
    before = Version.objects.filter(agreement=agreement, agreed_on__isnull=False, number__lt=holds.number).order_by("-number").first()
    now = beside(arrangement_of(viewer, before, on).checks, agreed) if before else [Prepared(c) for c in agreed]
    if holds == newest:
        return Preparing(holds, now)
    taken = matched(items(agreed), items(checks))
    kept = {m.former for m in taken}
    otherwise = [p for p, m in zip(beside(agreed, checks), taken, strict=True) if not m.same]
    return Preparing(holds, now, newest, otherwise, [c for n, c in enumerate(agreed) if n not in kept])


def beside(before: Sequence[PlanCheck], after: Sequence[PlanCheck]) -> list[Prepared]:
    """The preparations of a text, each beside what it was in the text before."""
    taken = matched(items(before), items(after))
    return [Prepared(c, None if m.same or m.former is None else before[m.former], m.former is None) for c, m in zip(after, taken, strict=True)]


def items(checks: Sequence[PlanCheck]) -> list[Item]:
    """One whose words were recalled is still known by them: their body is the same."""
    return [Item(c.what.text or f"#{c.what_id}", c.unit_id, c.due_at) for c in checks]
