"""What reading a cell comes to: a value, or a doubt that says why and offers what may have been meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from phoihop.kernel.verdict import YES, Verdict

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A text that would settle the doubt when it stood in the cell, and how it is shown (empty: as the text itself)."""

    value: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A value (None: nothing there), or a verdict that says what is wrong, with suggestions."""

    value: T | None = None
    verdict: Verdict = YES
    suggestions: Sequence[Suggestion] = ()

    def __bool__(self) -> bool:
        """Whether it could be read; an empty cell can."""
        return bool(self.verdict)


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is doubtful in a row. ``column`` is the meaning, ``n`` the cell in the file (None: no such column), ``text`` what stands there."""

    column: str
    verdict: Verdict
    text: str = ""
    n: int | None = None
    suggestions: Sequence[Suggestion] = field(default_factory=tuple)
