"""An action is the only thing that changes a record, and it always leaves an event."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection
from contextvars import ContextVar
from functools import partial, wraps
from typing import Any, ParamSpec, TypeVar, cast

from django.db import connection, models, transaction

from . import gates
from .verdict import SURE

P = ParamSpec("P")
R = TypeVar("R")
M = TypeVar("M", bound=models.Model)

ACTIONS: dict[str, Callable[..., Any]] = {}
_trace: ContextVar[list[Any] | None] = ContextVar("trace", default=None)
_JOURNAL_LOCK = 0x70686F69  # any constant will do, as long as every process of the node uses the same


class Silent(AssertionError):
    """An action finished without writing an event."""


def note(event: Any) -> None:
    """Called by the journal for each event: proof that the running action was not silent."""
    if (trace := _trace.get()) is not None:
        trace.append(event)


def locked(record: M) -> M:
    """The record as it is now, held until the action ends: rules judge what is, not what was."""
    return type(record)._default_manager.select_for_update().get(pk=record.pk)


def one_writer() -> None:
    """Wait until no other action runs. Keys are not commit order on PostgreSQL; with one writer the journal's are.

    SQLite needs nothing here: its transactions begin IMMEDIATE (config/settings.py), which is the same promise.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_JOURNAL_LOCK])


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Make a keyword-only function an action: gated, atomic, alone, and never silent.

    Every text and upload among the arguments passes the gates first. A caller may add ``sure``: the answers to what a
    gate *asked* (a likely personal name); it never opens what a gate *refuses*.
    """
    parameters = inspect.signature(function).parameters.values()
    if {p.kind for p in parameters} != {inspect.Parameter.KEYWORD_ONLY}:
        raise TypeError(f"{function.__qualname__} must take keyword-only arguments")
    if "sure" in {p.name for p in parameters}:
        raise TypeError(f"{function.__qualname__}: 'sure' belongs to @action")
    topic = function.__module__.removeprefix("phoihop.domain.").split(".")[0]

    act: Callable[..., R] = function

    @wraps(function)
    def run(*, sure: Collection[str] = (), **kwargs: Any) -> R:
        answers = SURE.get() | frozenset(sure)
        gates.inspect(kwargs, answers)
        outer = _trace.get()
        trace: list[Any] = []
        token, answered = _trace.set(trace), SURE.set(answers)
        try:
            with transaction.atomic():
                one_writer()
                result = act(**kwargs)
                if not trace:
                    raise Silent(function.__qualname__)
        finally:
            _trace.reset(token)
            SURE.reset(answered)
        if outer is not None:
            outer.extend(trace)
        return result

    ACTIONS[f"{topic}.{function.__name__}"] = run
    return cast(Callable[P, R], run)


def answering(act: Callable[P, R], sure: Collection[str]) -> Callable[P, R]:
    """The action as called by somebody who answered what a gate asked: what ``sure`` says, which its signature cannot."""
    unchecked: Callable[..., R] = act
    return partial(unchecked, sure=sure)
