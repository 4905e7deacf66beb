"""What hardly ever changes, kept in the process for a minute, so that no page asks the database for it again."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Any, Generic, TypeVar

T = TypeVar("T")

_ALL: list[Remembered[Any]] = []


class Remembered(Generic[T]):
    """``Remembered(load)()``: what ``load`` answered, at most ``seconds`` ago."""

    def __init__(self, load: Callable[[], T], seconds: float = 60) -> None:
        self._load, self._seconds = load, seconds
        self._until = 0.0
        self._value: T | None = None
        _ALL.append(self)

    def __call__(self) -> T:
        if (now := monotonic()) >= self._until:
            self._value = self._load()
            self._until = now + self._seconds
        return self._value  # type: ignore[return-value]

    def forget(self) -> None:
        self._until = 0.0


def forget_all() -> None:
    """After an act that changes such things on this node; and before each test."""
    for one in _ALL:
        one.forget()
