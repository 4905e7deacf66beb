"""The worker does each duty, rests when there is none, and one failing duty does not stop the others."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from phoihop.config import node
from phoihop.config.worker import Worker
from phoihop.domain import models as m
from phoihop.domain.activities.actions.confirming import confirm
from phoihop.domain.activities.actions.holding import report
from phoihop.domain.activities.actions.planning import plan
from phoihop.domain.matters.models import JournalHead
from phoihop.domain.matters.queries.proof import verify
from phoihop.jobs import line
from phoihop.jobs.line import Progress
from phoihop.jobs.models import Job, State
from tests.domain.agreements.duties import agreed, meeting
from tests.world import NOON, a_draft, a_result, a_word, songdat

pytestmark = pytest.mark.django_db(transaction=True)  # a duty closes its connection, which would end a test's transaction
DAY = timedelta(days=1)


def worker_at(at: datetime) -> Worker:
    made = Worker(now=lambda: at)
    made.erased_at = at
    return made


@pytest.fixture
def world():
    """The world of the tests, on a node that holds the key of its own folder."""
    made = songdat()
    m.Node.objects.filter(own=True).update(public_key=node.public_key())
    return made


def held(w):
    """One patrol, held and confirmed at noon."""
    activity = plan(by=w.lan, draft=a_draft(w, planned=False, start=NOON - timedelta(hours=3), end=NOON - timedelta(hours=1)), at=NOON)
    result = a_result(w, activity, started_at=NOON - timedelta(hours=3), ended_at=NOON - timedelta(hours=1))
    confirm(by=w.binh, word=a_word(report(by=w.lan, result=result, at=NOON)), at=NOON)


def test_balances_follow_the_facts(world):
    held(world)
    worker = worker_at(NOON)
    assert (worker.roll(), worker.roll()) == (True, False)


def test_the_head_of_each_day_that_is_over_is_signed_once(world):
    held(world)
    worker = worker_at(NOON + DAY)
    assert (worker.sign(), worker.sign()) == (True, False)
    assert list(JournalHead.objects.values_list("day", flat=True)) == [NOON.date()]
    assert list(verify()) == []


def test_a_day_that_is_not_over_is_not_signed(world):
    held(world)
    assert worker_at(NOON).sign() is False
    assert JournalHead.objects.count() == 0


def test_a_failing_duty_does_not_stop_the_others(world, monkeypatch, caplog):
    held(world)

    def broken(self):
        raise OSError("no disk")

    monkeypatch.setattr(Worker, "continue_imports", broken)
    worker = worker_at(NOON + DAY)
    assert worker.turn() is True
    assert JournalHead.objects.count() == 1
    assert "duty failed" in caplog.text


def test_short_duties_are_done_between_the_steps_of_long_work(world, monkeypatch):
    rolled = []

    @line.kind("slow")
    def slow():
        for n in (1, 2):
            yield Progress(n, 2)

    monkeypatch.setattr(Worker, "roll", lambda self: bool(rolled.append(1)))
    job = line.ask("slow")
    assert worker_at(NOON).do_job() is True
    assert Job.objects.get(pk=job.pk).state == State.DONE
    assert len(rolled) == 2


def test_with_nothing_to_do_the_worker_rests(world):
    worker = worker_at(NOON)
    worker.turn()
    assert worker.turn() is False


def test_a_node_without_a_post_of_its_own_opens_nothing():
    assert worker_at(NOON).open_duties() is False


def test_what_falls_due_is_asked_once_in_a_step(world):
    agreed(world, meeting(world))
    worker = worker_at(NOON + 30 * DAY)
    with CaptureQueriesContext(connection) as asked:
        assert worker.open_duties() is True
    unopened = [q["sql"] for q in asked if q["sql"].startswith("SELECT DISTINCT") and "opened_until" in q["sql"]]
    assert (len(unopened), m.Occasion.objects.exists()) == (1, True)
