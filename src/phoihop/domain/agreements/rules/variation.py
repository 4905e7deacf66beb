"""Where a text below differs from the one above: clause by clause, in its words and in what it lays upon whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...forces.rules.communal import spoken_for
from .adapting import of_level
from .drafts import ClauseDraft, DutyDraft
from .redline import Change, Difference, Written, paired, redline

_DUE = ("cadence", "due_workdays", "due_day", "due_on", "within_minutes", "onward")


@dataclass(frozen=True, slots=True)
class DutyChange:
    """A duty that is otherwise below (both are there), that is not laid down below (no ``after``), or only there (no ``before``)."""

    before: DutyDraft | None
    after: DutyDraft | None


@dataclass(frozen=True, slots=True)
class Variation:
    """One clause of both texts. ``above``: its place in the upper text, None for one that stands only below."""

    difference: Difference
    duties: tuple[DutyChange, ...]
    above: int | None = None

    @property
    def change(self) -> Change:
        if self.difference.change == Change.SAME and self.duties:
            return Change.CHANGED
        return self.difference.change


def variations(above: Sequence[ClauseDraft], below: Sequence[ClauseDraft], level: str) -> list[Variation]:
    """Every clause of both. Only what is laid upon ``level`` and below it is compared: the rest is for the text above alone."""
    texts = redline(_written(above), _written(below))
    pairs = paired([c.label for c in above], [c.label for c in below])
    return [
        Variation(text, () if i is None or j is None else _duties(above[i].duties, below[j].duties, level), i)
        for text, (i, j) in zip(texts, pairs, strict=True)
    ]


def brief(above: Sequence[ClauseDraft], below: Sequence[ClauseDraft], level: str) -> list[tuple[int | None, Change]]:
    """As ``variations``, without the words: of each clause its place above, and whether it is the same."""
    found: list[tuple[int | None, Change]] = []
    for i, j in paired([c.label for c in above], [c.label for c in below]):
        if i is None or j is None:
            found.append((i, Change.ADDED if i is None else Change.REMOVED))
            continue
        one, other = above[i], below[j]
        same = (one.heading, one.text) == (other.heading, other.text) and not _duties(one.duties, other.duties, level)
        found.append((i, Change.SAME if same else Change.CHANGED))
    return found


def _written(clauses: Sequence[ClauseDraft]) -> list[Written]:
    return [Written(c.label, c.heading, c.text) for c in clauses]


def _duties(above: Sequence[DutyDraft], below: Sequence[DutyDraft], level: str) -> tuple[DutyChange, ...]:
    """Duties that do not say the same; those of one act and level are matched in their order."""
    left = [d for d in below if of_level(d, level)]
    found: list[DutyChange] = []
    for duty in above:
        if not of_level(duty, level):
            continue
        match = next((d for d in left if (d.act, d.level) == (duty.act, duty.level)), None)
        if match is not None:
            left.remove(match)
        if match is None or _said(match) != _said(duty):
            found.append(DutyChange(duty, match))
    return (*found, *(DutyChange(None, d) for d in left))


def _said(d: DutyDraft) -> tuple[object, ...]:
    """What a duty says, whoever the unit of a force is that does it."""
    roles = sorted((r.role, spoken_for(r.force.code if r.force else r.unit.force.code if r.unit else "", d.level)) for r in d.roles)
    return *(getattr(d, name) for name in _DUE), tuple(roles)
