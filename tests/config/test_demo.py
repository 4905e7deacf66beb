"""``phoihop demo``: what is refused in a sentence, what is left when it is broken off, and how the rest gets into the line of work."""

from __future__ import annotations

import argparse
import socket
from datetime import UTC, datetime
from typing import Any

import pytest
from tools.ports import free_port

from phoihop.config import demo, start, worker
from phoihop.demo.load import Loaded
from phoihop.demo.scale import Scale
from phoihop.domain import models as m
from phoihop.jobs import line
from phoihop.jobs.models import Job
from phoihop.kernel.period import local_day
from tests.world import songdat

NOW = datetime(2026, 6, 1, 5, tzinfo=UTC)


@pytest.fixture
def quiet(monkeypatch, settings) -> list[str]:
    """No migration and no server: what would be started is noted."""
    done: list[str] = []
    settings.BIND, settings.PORT = "127.0.0.1", free_port()
    monkeypatch.setattr(start, "prepare", lambda: done.append("prepare"))
    monkeypatch.setattr(start, "stand", lambda: done.append("stand") or 0)
    return done


def asked() -> argparse.Namespace:
    return argparse.Namespace()


def test_a_port_that_is_taken_is_said_before_anything_is_done(quiet, settings, capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", settings.PORT))
        taken.listen()
        assert demo.run(asked()) == 1
    assert capsys.readouterr().err.startswith(f"Cổng {settings.PORT} đang có chương trình khác dùng.")
    assert quiet == []


@pytest.mark.django_db
def test_a_real_node_is_left_alone(quiet, capsys):
    songdat()
    assert demo.run(asked()) == 1
    assert "đã có máy chủ thật" in capsys.readouterr().err
    assert quiet == ["prepare"]


@pytest.mark.django_db
def test_a_loaded_demo_only_starts(quiet, capsys, monkeypatch):
    songdat()
    m.Node.objects.update(demo=True)
    monkeypatch.setattr(demo, "load", _fails(AssertionError("loaded twice")))
    assert demo.run(asked()) == 0
    assert quiet == ["prepare", "stand"]
    assert "demo.truc-ban" in capsys.readouterr().out


@pytest.mark.django_db
@pytest.mark.parametrize("problem", [KeyboardInterrupt(), OSError("no space left")], ids=["ctrl-c", "disk full"])
def test_what_was_broken_off_leaves_nothing_and_says_so(quiet, capsys, monkeypatch, problem):
    monkeypatch.setattr(demo, "load", _fails(problem))
    assert demo.run(asked()) == 1
    assert "Chưa có gì được lưu" in capsys.readouterr().err
    assert quiet == ["prepare"]
    assert (m.Force.objects.count(), Job.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_the_rest_is_put_in_the_line_with_what_it_needs(quiet, monkeypatch):
    w = songdat()
    m.Node.objects.all().delete()
    m.User.objects.filter(pk=w.quan.user_id).update(username="demo.quan-tri")
    monkeypatch.setattr(demo, "load", lambda *_: Loaded(7, 42))
    monkeypatch.setattr(demo.timezone, "now", lambda: NOW)
    assert demo.run(asked()) == 0
    job = Job.objects.get()
    assert (job.kind, job.post_id, job.args["held"]) == ("demo", w.quan.pk, 42)
    assert Scale.of_args(job.args["scale"]) == Scale(local_day(NOW))


@pytest.mark.django_db
def test_the_worker_knows_how_to_do_the_rest(monkeypatch):
    monkeypatch.setattr(demo, "BREATH", 0)
    monkeypatch.setattr(demo, "steps", lambda scale, held: iter([(1, 2, "tháng 05/2026"), (2, 2, "")]))
    job = line.ask(demo.KIND, held=2, scale=Scale(local_day(NOW)).as_args())
    assert worker.Worker(now=lambda: NOW).do_job()
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == ("done", 2, 2)


def _fails(problem: BaseException) -> Any:
    def load(*_: object) -> None:
        m.Force.objects.create(code="ZZ", order=99)
        raise problem

    return load
