"""The worker: rolls balances forward, keeps the search's index, continues imports and long jobs, signs the journal's head, erases what is due.

Each duty is small, resumable and safe to repeat; a duty says whether it found work. With none the worker rests a second.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic

import structlog
from django.db import close_old_connections
from django.utils import timezone

from phoihop.api import once as requests_once
from phoihop.config import demo, node
from phoihop.domain.activities.actions import importing
from phoihop.domain.agreements.actions.opening import open_due
from phoihop.domain.agreements.actions.reading import forget_readings
from phoihop.domain.agreements.queries.reading import forgotten
from phoihop.domain.figures.actions import projection
from phoihop.domain.matters.actions.node import erase_due, sign_head
from phoihop.domain.matters.models import Event, JournalHead
from phoihop.domain.matters.queries.retention import anything_due
from phoihop.domain.people.queries import node_post, node_post_if_any
from phoihop.jobs import line, proving, reading
from phoihop.kernel.period import local_day
from phoihop.kernel.tuning import know_tables
from phoihop.search import keeping
from phoihop.web.once import forget_old
from phoihop.web.sessions import SessionStore

log = structlog.get_logger(__name__)
line.kind(demo.KIND)(demo.rest_of_the_year)
assert {proving.KIND, reading.KIND} <= line.KINDS.keys()  # read for the work that they declare
REST = 1.0
BREATH = 0.12
HOUR = timedelta(hours=1)
FEW_MINUTES = timedelta(minutes=5)


@dataclass(slots=True)
class Worker:
    """Runs duties until told to stop. ``now`` is the clock, so that tests can turn it."""

    now: Callable[[], datetime] = timezone.now
    stopping: threading.Event = field(default_factory=threading.Event)
    erased_at: datetime | None = None
    opened_at: datetime | None = None

    def run(self) -> None:
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: self.stopping.set())
        log.info("worker started")
        while not self.stopping.is_set():
            if not self.turn():
                self.stopping.wait(REST)
        log.info("worker stopped")

    def turn(self) -> bool:
        """Each duty once; whether any found work. A duty that fails is logged and does not stop the others."""
        found = False
        for duty in (self.roll, self.index, self.continue_imports, self.open_duties, self.sign, self.erase, self.do_job):
            if self.stopping.is_set():
                break
            try:
                found = duty() or found
            except Exception:
                log.exception("duty failed", duty=duty.__name__)
            finally:
                close_old_connections()
        return found

    def roll(self) -> bool:
        return projection.roll() > 0

    def index(self) -> bool:
        """The search takes in what the journal has new."""
        return keeping.catch_up()

    def continue_imports(self) -> bool:
        """One step of an import; then a breath, for SQLite keeps no queue: who waits to write looks again every tenth of a second.

        After a short step a short one: nobody waits long behind it, and many breaths would take longer than the work.
        """
        began = monotonic()
        found = importing.step(at=self.now())
        if found:
            self.stopping.wait(min(BREATH, monotonic() - began))
        return found

    def open_duties(self) -> bool:
        """One step of what falls due of agreements in force, or is asked no more of those that are over.

        With none left, a look again in a few minutes: a text may have been agreed meanwhile.
        """
        if self.opened_at is not None and self.now() - self.opened_at < FEW_MINUTES:
            return False
        post = node_post_if_any()
        found = post is not None and open_due(by=post, at=self.now()) > 0
        self.opened_at = None if found else self.now()
        if found:
            self.stopping.wait(BREATH)
        return found

    def sign(self) -> bool:
        """Sign the journal's head for each day that is over and has none."""
        yesterday = local_day(self.now()) - timedelta(days=1)
        signed = JournalHead.objects.order_by("-day").values_list("day", flat=True).first()
        first = Event.objects.order_by("seq").values_list("at", flat=True).first()
        if first is None or local_day(first) > yesterday or signed == yesterday:
            return False
        sign_head(by=node_post(), day=yesterday, key=node.signing_key(), at=self.now())
        return True

    def erase(self) -> bool:
        """Once an hour: texts and files that are due, files that nobody went on reading, sign-ins that ran out, keys of forms that no phone sends again; a look at the tables."""
        if self.erased_at is not None and self.now() - self.erased_at < HOUR:
            return False
        self.erased_at = self.now()
        SessionStore.clear_expired()
        forget_old()
        know_tables()
        requests_once.forget_old()
        if forgotten(self.now()).exists():
            forget_readings(by=node_post(), at=self.now())
        return anything_due(self.now()) and erase_due(by=node_post(), at=self.now()) > 0

    def do_job(self) -> bool:
        job = line.next_job()
        if job is None:
            return False
        line.run(job, self.now, self.between_steps)
        return True

    def between_steps(self) -> bool:
        """Long work must not hold up the short duties: they run between its steps."""
        for duty in (self.roll, self.index, self.continue_imports, self.open_duties, self.sign):
            duty()
        return not self.stopping.is_set()
