"""Faults that are foreseen and no mistake of the program: a full disk, a busy database. Told by the chain of causes."""

from __future__ import annotations

import errno
from collections.abc import Iterator


def is_full(problem: BaseException | None) -> bool:
    """Whether a disk is full, as SQLite, PostgreSQL or the system says it."""
    for one in _chain(problem):
        if isinstance(one, OSError) and one.errno in (errno.ENOSPC, errno.EDQUOT):
            return True
        if type(one).__name__ == "DiskFull" or "database or disk is full" in str(one):
            return True
    return False


def is_busy(problem: BaseException | None) -> bool:
    """Whether another process kept the database from being written for too long."""
    return any("database is locked" in str(one) for one in _chain(problem))


def _chain(problem: BaseException | None) -> Iterator[BaseException]:
    seen: list[BaseException] = []
    while problem is not None and problem not in seen:
        seen.append(problem)
        yield problem
        problem = problem.__cause__ or problem.__context__
