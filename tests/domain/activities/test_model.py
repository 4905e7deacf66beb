"""Whatever is recorded, confirmed, disputed, corrected and cancelled, in whatever order: the figures are what the final state says."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from phoihop.domain import models as m
from phoihop.domain.activities.actions.confirming import confirm
from phoihop.domain.activities.actions.holding import report
from phoihop.domain.activities.actions.planning import cancel
from phoihop.domain.activities.rules import Counted
from phoihop.domain.matters.queries.proof import verify
from phoihop.kernel.verdict import Refused
from tests.domain.activities.steps import THREE, again, planned
from tests.world import a_result, a_word, at, songdat

FORCES = {"police_song": "CA", "militia_song": "DQ", "station": "BP"}
OTHERS = ("militia_song", "station")
POSTS = {"militia_song": "binh", "station": "hai"}


@dataclass
class Model:
    """A patrol as a child would keep it on paper: what the lead said last, and what each party says of that."""

    said: tuple | None = None
    words: dict[str, tuple[bool, int | None]] = field(default_factory=dict)
    cancelled: bool = False

    def report(self, held, people, minutes, reminders):
        if self.cancelled:
            return "cancelled"
        said = (True, people, minutes, reminders) if held else (False, (), 0, 0)
        if said != self.said:
            self.words = {}
        self.said = said
        return ""

    def speak(self, unit, agrees, people):
        if self.cancelled:
            return "cancelled"
        if self.said is None:
            return "no-result"
        if self.said[0] and agrees and not (people if people is not None else self.counted(unit)):
            return "absent"
        self.words[unit] = (agrees, people)
        return ""

    def counted(self, unit):
        return dict(zip(FORCES, self.said[1], strict=True))[unit]

    def voices(self):
        agreed = sum(agrees for agrees, _ in self.words.values())
        return agreed, len(self.words) - agreed

    def stands(self):
        words = [agrees for agrees, _ in self.words.values()]
        return not self.cancelled and self.said is not None and self.said[0] and any(words) and all(words)

    def units(self):
        return ["police_song", *(u for u in OTHERS if self.words.get(u, (False, None))[0])] if self.stands() else []

    def facts(self):
        found = Counter({("TR.09.KH", None, 1): 1})
        if self.stands():
            _, _, minutes, reminders = self.said
            found.update([("TR.01", None, 1), ("TR.09.TH", None, 1), ("TR.04", None, (minutes * 100 + 30) // 60)])
            found.update([("TR.KQ", None, reminders)] if reminders else [])
        for unit in self.units():
            own = self.words.get(unit, (True, None))[1]
            found.update([("TR.03", FORCES[unit], self.counted(unit) if own is None else own)])
            found.update([("TR.02", FORCES[unit], 1)] if self.counted(unit) else [])
        return found


PEOPLE = st.tuples(st.integers(2, 5), st.integers(2, 5), st.sampled_from([0, 3, 4]))
REPORTS = st.tuples(st.just("report"), st.sampled_from([True, True, True, False]), PEOPLE, st.sampled_from([60, 115]), st.integers(0, 2))
WORDS = st.tuples(st.just("speak"), st.sampled_from(OTHERS), st.sampled_from([True, True, True, False]), st.sampled_from([None, None, 0, 2, 6]))
MORE = st.lists(st.tuples(st.integers(0, 1), st.one_of(REPORTS, WORDS, WORDS, WORDS, st.just(("cancel",)))), min_size=3, max_size=14)
# Something stands from the start, so that what comes after has something to undo.
HELD = [(0, ("report", True, (3, 4, 4), 115, 0)), (0, ("speak", "militia_song", True, None))]
STEPS = MORE.map(lambda more: HELD + more)


def act(w, a, step, when):
    """Do a step for real; the code of the refusal, if it is refused."""
    kind, *rest = step
    try:
        if kind == "report":
            held, people, minutes, reminders = rest
            parties = [Counted(getattr(w, name), n, 1 if n else 0) for name, n in zip(THREE, people, strict=True)]
            change = {"held": held, "why": "" if held else "Mưa lớn", "ended_at": at(1, 20, 5) + timedelta(minutes=minutes)}
            report(by=w.lan, result=a_result(w, a, parties=parties, outcomes={"nhac-nho": reminders}, **change), at=when)
        elif kind == "speak":
            unit, agrees, people = rest
            confirm(by=getattr(w, POSTS[unit]), word=a_word(a, agrees, people=people, note="" if agrees else "Xem lại"), at=when)
        else:
            cancel(by=w.lan, activity=a, why="Nhập nhầm", at=when)
    except Refused as no:
        return no.verdict.code
    return ""


def expect(model, step):
    kind, *rest = step
    if kind == "report":
        return model.report(*rest)
    if kind == "speak":
        return model.speak(*rest)
    already, model.cancelled = model.cancelled, True
    return "cancelled" if already else ""


def standing(a):
    facts = m.Fact.objects.filter(matter=a.matter, reverses=None, reversed_by=None)
    return Counter(facts.values_list("measure__code", "unit__force__code", "value"))


def added_up(a):
    """All facts of a patrol with their reversals, as a report adds them: by measure and force, without what comes to nothing."""
    sums = Counter()
    for code, force, value in m.Fact.objects.filter(matter=a.matter).values_list("measure__code", "unit__force__code", "value"):
        sums[code, force] += value
    return Counter({key: value for key, value in sums.items() if value})


def summed(facts):
    sums = Counter()
    for (code, force, value), times in facts.items():
        sums[code, force] += value * times
    return Counter({key: value for key, value in sums.items() if value})


def shares(a):
    joint = m.Share.objects.filter(fact__matter=a.matter, fact__reverses=None, fact__reversed_by=None)
    return set(joint.values_list("unit", flat=True))


@pytest.mark.django_db
@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
@example([*HELD, (0, ("speak", "militia_song", True, 6)), (0, ("speak", "station", True, None)), (0, ("speak", "militia_song", True, 2))])
@example([*HELD, (0, ("speak", "militia_song", False, None)), (0, ("speak", "militia_song", True, None)), (0, ("cancel",))])
def test_the_facts_that_stand_are_those_that_a_naive_model_computes(steps):
    with transaction.atomic():
        w = songdat()
        patrols = [planned(w, *THREE) for _ in range(2)]
        models = [Model(), Model()]
        for n, (which, step) in enumerate(steps):
            done = act(w, again(patrols[which]), step, at(2, 6) + timedelta(minutes=n))
            assert done == expect(models[which], step)
        for a, model in zip(patrols, models, strict=True):
            assert standing(a) == model.facts()
            assert (again(a).confirmed, again(a).disputed) == model.voices()
            assert added_up(a) == summed(model.facts())
            assert shares(a) == {getattr(w, unit).pk for unit in model.units()}
        assert list(verify()) == []
        transaction.set_rollback(True)
