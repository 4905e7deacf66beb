"""The line of long work: asked for, done step by step, picked up after a cut, stopped when told."""

import pytest
from django.utils import timezone

from phoihop.jobs import line
from phoihop.jobs.line import Progress
from phoihop.jobs.models import Job, State

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_kinds(monkeypatch):
    monkeypatch.setattr(line, "KINDS", {})


@pytest.fixture
def counted():
    """A kind of work that counts to three and keeps its own record of how far it has come."""
    kept = []

    @line.kind("count")
    def count(upto):
        while len(kept) < upto:
            kept.append(len(kept))
            yield Progress(len(kept), upto, f"step {len(kept)}")

    return kept


def seen(job):
    job.refresh_from_db()
    return job.state, job.done, job.total, job.step


def test_work_is_done_to_its_end_and_says_how_far_it_has_come(counted):
    job = line.ask("count", total=3, upto=3)
    line.run(line.next_job(), timezone.now, lambda: True)
    assert seen(job) == (State.DONE, 3, 3, "step 3")
    assert job.percent == 100
    assert line.next_job() is None


def test_after_a_cut_it_goes_on_where_its_records_stand(counted):
    job = line.ask("count", upto=3)
    line.run(line.next_job(), timezone.now, lambda: False)
    assert seen(job) == (State.RUNNING, 1, 3, "step 1")
    line.run(line.next_job(), timezone.now, lambda: True)
    assert seen(job) == (State.DONE, 3, 3, "step 3")
    assert counted == [0, 1, 2]


def test_what_was_cut_comes_before_what_waits(counted):
    cut, waiting = line.ask("count", upto=3), line.ask("count", upto=3)
    Job.objects.filter(pk=waiting.pk).update(asked_at=timezone.now().replace(year=2020))
    line.run(cut, timezone.now, lambda: False)
    assert line.next_job() == cut


def test_a_stop_ends_it_after_its_present_step_and_keeps_what_is_done(counted):
    job = line.ask("count", upto=3)
    line.run(job, timezone.now, lambda: (line.stop(job), True)[1])
    assert seen(job) == (State.STOPPED, 1, 3, "step 1")
    assert job.ended
    assert counted == [0, 1]


def test_what_was_stopped_before_its_turn_is_not_begun(counted):
    job = line.ask("count", upto=3)
    taken = line.next_job()
    line.stop(job)
    line.run(taken, timezone.now, lambda: True)
    assert (seen(job), counted, line.next_job()) == ((State.STOPPED, 0, 0, ""), [], None)


def test_a_fault_is_kept_in_words_and_the_line_goes_on(counted):
    @line.kind("fails")
    def fails():
        yield Progress(1, 2, "half")
        raise ValueError("no such list")

    job = line.ask("fails")
    line.run(job, timezone.now, lambda: True)
    assert seen(job) == (State.FAILED, 1, 2, "half")
    assert job.problem == "no such list"
    assert line.next_job() is None
