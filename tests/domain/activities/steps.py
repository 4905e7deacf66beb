"""What tests of patrols do again and again, and what they look at."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest

from phoihop.domain import models as m
from phoihop.domain.activities.actions.confirming import confirm
from phoihop.domain.activities.actions.holding import report
from phoihop.domain.activities.actions.planning import plan
from phoihop.domain.activities.rules import Counted, PartyDraft
from phoihop.domain.matters.actions.parts import answer
from phoihop.kernel.verdict import Refused
from tests.laid import laid_upon
from tests.world import NOON, a_draft, a_result, a_word, at

THREE = ("police_song", "militia_song", "station")
VOICES = {"militia_song": "binh", "station": "hai", "police_song": "lan"}


@laid_upon
def planned(w: SimpleNamespace, *units: str, **change: Any) -> m.Activity:
    """A patrol of the police of Sông with the militia (or the named units), planned at noon for 20:00."""
    if units:
        change["parties"] = [PartyDraft(getattr(w, name), people=3 + n) for n, name in enumerate(units)]
    return plan(by=w.lan, draft=a_draft(w, **change), at=NOON)


@laid_upon
def accepted(w: SimpleNamespace, a: m.Activity, *units: str) -> m.Activity:
    for name in units or ("militia_song",):
        answer(by=getattr(w, VOICES[name]), part=a.matter.parts.get(unit=getattr(w, name)), state="accepted", at=NOON)
    return again(a)


@laid_upon
def reported(w: SimpleNamespace, *units: str, when: datetime = at(1, 23), a: m.Activity | None = None, **change: Any) -> m.Activity:
    """The lead has recorded that it was held by the named units with 3, 4, 5 … people."""
    a = a or planned(w, *units)
    if units:
        change["parties"] = [Counted(getattr(w, name), 3 + n) for n, name in enumerate(units)]
    return report(by=w.lan, result=a_result(w, a, **change), at=when)


@laid_upon
def held(w: SimpleNamespace, *units: str, **change: Any) -> m.Activity:
    """Reported, and confirmed by the militia."""
    return confirm(by=w.binh, word=a_word(reported(w, *units, **change)), at=at(2, 7))


def again(a: m.Activity) -> m.Activity:
    """The record as it is now."""
    return m.Activity.objects.get(pk=a.pk)


def told(what: str) -> dict[str, Any]:
    """What the last event of a name says."""
    return json.loads(m.Event.objects.filter(what=what).order_by("seq").last().body)


def events() -> list[str]:
    return list(m.Event.objects.order_by("seq").values_list("what", flat=True))


def refused(act: Callable[[], Any]) -> tuple[str, str | None]:
    """Code and field of the refusal that an act meets."""
    with pytest.raises(Refused) as no:
        act()
    return no.value.verdict.code, no.value.verdict.field


def standing() -> list[tuple[str, str | None, str | None, int]]:
    """The facts that stand: measure, item, force, value."""
    facts = m.Fact.objects.filter(reverses=None, reversed_by=None).order_by("pk")
    return list(facts.values_list("measure__code", "item__code", "unit__force__code", "value"))


def total(measure: str) -> int:
    """A measure over all facts, reversals included: what a report adds up."""
    return sum(m.Fact.objects.filter(measure__code=measure).values_list("value", flat=True))
