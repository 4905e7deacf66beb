"""Patrols of which nobody had a plan here, entered after they took place: plan and result in one act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from phoihop.kernel.action import action

from ...people.models import Post
from .. import rules
from ..models import Activity
from ..rules import PatrolDraft, Result
from .holding import report_many
from .planning import plan_many


@action
def enter_many(*, by: Post, drafts: Sequence[PatrolDraft], results: Sequence[Result], at: datetime) -> list[Activity]:
    """Record up to 200 patrols that took place, led by the acting unit: all of them or, if one is refused, none.

    ``results`` stand beside ``drafts`` in the same order; the patrol that a result names is the one made of its draft.
    """
    rules.beside_each_other(drafts, results).enforce()
    made = plan_many(by=by, drafts=[replace(d, planned=False) for d in drafts], at=at)
    named = [replace(r, activity=a, version=a.version) for r, a in zip(results, made, strict=True)]
    return report_many(by=by, results=named, at=at)
