"""Every ancestor of an area with dates: the projection of dated parents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from phoihop.kernel.period import FOREVER, Period

from ..models import Tree


class Above(NamedTuple):
    """An ancestor at a depth (the area itself at 0), from when until when."""

    ancestor: int
    depth: int
    period: Period


class Standing(NamedTuple):
    """Under which parent, from when until when."""

    parent: int
    period: Period


class Ancestry:
    """Ancestors of areas, each worked out once.

    A commune hangs in several trees. What is above a cluster is not above its communes a second time: from the civil tree
    a path may enter another tree, and then stays there.
    """

    def __init__(self, trees: Mapping[int, str], lives: Mapping[int, Period], parents: Mapping[int, Sequence[Standing]]) -> None:
        self._trees, self._lives, self._parents = trees, lives, parents
        self._known: dict[int, list[Above]] = {}

    def of(self, area: int) -> list[Above]:
        """The area itself and everything above it, in its lifetime."""
        if area not in self._known:
            self._known[area] = []  # an area above itself would never end; the checks find it as an orphan
            self._known[area] = [Above(area, 0, self._lives[area]), *self._above(area)]
        return self._known[area]

    def _above(self, area: int) -> list[Above]:
        found = []
        for parent, period in self._parents.get(area, ()):
            enters = self._trees[area] == Tree.CIVIL and self._trees[parent] != Tree.CIVIL
            for ancestor, depth, above in self.of(parent):
                shared = period.meet(above)
                if len(shared) and not (enters and self._trees[ancestor] != self._trees[parent]):
                    found.append(Above(ancestor, depth + 1, shared))
        return found


def period(first: Any, until: Any) -> Period:
    """A stretch of days from two columns of which the second may be empty."""
    return Period(first, until or FOREVER)
