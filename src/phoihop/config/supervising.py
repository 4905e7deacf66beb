"""The parts of a node as processes under a small parent: it starts again whichever ends by itself, and ends all of them when it is told to."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from types import FrameType

from django.utils.translation import gettext as _

STOPS = (signal.SIGTERM, signal.SIGINT)
PAUSE = 1.0
"""Seconds before a part that ended is started again, so that one that cannot start does not take the processor."""


def supervise(parts: Mapping[str, Callable[[], int]]) -> int:
    """Run the parts until SIGTERM or SIGINT, which is passed on to them as SIGTERM; 0 once all have ended."""
    parent = _Parent(parts)
    for number in STOPS:
        signal.signal(number, parent.stop)
    return parent.run()


class _Parent:
    def __init__(self, parts: Mapping[str, Callable[[], int]]) -> None:
        self._parts = parts
        self._children: dict[int, str] = {}
        self._stopping = False

    def run(self) -> int:
        for name in self._parts:
            self._start(name)
        while self._children:
            pid, status = os.wait()
            name = self._children.pop(pid)
            if not self._stopping:
                said = {"name": name, "code": os.waitstatus_to_exitcode(status)}
                print(_("%(name)s đã dừng (%(code)s); đang chạy lại") % said, file=sys.stderr, flush=True)
                time.sleep(PAUSE)
                self._start(name)
        return 0

    def stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping = True
        for pid in self._children:
            with suppress(ProcessLookupError):  # it ended by itself in this moment
                os.kill(pid, signal.SIGTERM)

    def _start(self, name: str) -> None:
        """Not once all are to end. What stops is held back meanwhile, so that no part is started behind its back or takes it for its own."""
        with _held_back():
            if self._stopping:
                return
            if (pid := os.fork()) == 0:
                for number in STOPS:
                    signal.signal(number, signal.SIG_DFL)
                signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)
                os._exit(self._parts[name]())
            self._children[pid] = name


@contextmanager
def _held_back() -> Iterator[None]:
    signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)
