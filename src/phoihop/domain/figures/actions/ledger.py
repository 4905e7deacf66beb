"""Posting, sharing and reversing facts. Called by the actions that make them true, inside their transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from phoihop.kernel.rows import insert

from ...matters.models import Event
from ..models import Fact, FactArea, Share
from ..queries import catalogue
from ..rules import Posting


def measure_id(code: str) -> int:
    """The key of a measure. Raises Measure.DoesNotExist."""
    return catalogue.measure(code).pk


def item_id(code: str) -> int:
    """The key of an item. Raises Item.DoesNotExist."""
    return catalogue.item(code)


def post(postings: Sequence[tuple[Event, Posting]]) -> list[Fact]:
    """Post facts, each under the event that makes it true. Raises DoesNotExist for an unknown measure or item."""
    facts = [
        Fact(
            seq_id=event.pk,
            measure_id=measure_id(p.measure),
            item_id=item_id(p.item) if p.item else None,
            area_id=p.area.pk,
            day=p.day,
            value=p.value,
            unit_id=p.unit.pk if p.unit else None,
            lines=p.lines,
            key=p.key,
            matter_id=p.matter.pk if p.matter else None,
        )
        for event, p in postings
    ]
    insert(facts)
    insert([FactArea(fact=fact, area=area) for fact, (_, p) in zip(facts, postings, strict=True) for area in p.touches])
    return facts


def share(shares: Iterable[tuple[Event, Fact, int, int]]) -> None:
    """Add units (event, joint fact, unit, lines it is the first to bring in) to joint facts."""
    insert([Share(seq_id=e.pk, fact_id=f.pk, unit_id=u, lines=lines) for e, f, u, lines in shares])


def reverse(reversals: Sequence[tuple[Event, Fact]]) -> None:
    """Take facts back: each gets its opposite, with the same shares and areas, under the event that undoes it."""
    if not reversals:
        return
    opposites = [
        Fact(
            seq=event, measure_id=f.measure_id, item_id=f.item_id, area_id=f.area_id, day=f.day, value=-f.value,
            unit_id=f.unit_id, lines=f.lines, key=f.key, matter_id=f.matter_id, reverses=f,
        )
        for event, f in reversals
    ]  # fmt: skip
    insert(opposites)
    by_fact = {f.pk: (opposite, event) for opposite, (event, f) in zip(opposites, reversals, strict=True)}
    insert(
        [Share(seq=by_fact[s.fact_id][1], fact=by_fact[s.fact_id][0], unit_id=s.unit_id, lines=s.lines) for s in Share.objects.filter(fact__in=list(by_fact))]
    )
    touched = FactArea.objects.filter(fact__in=list(by_fact))
    insert([FactArea(fact=by_fact[t.fact_id][0], area_id=t.area_id) for t in touched])
