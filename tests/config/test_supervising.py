"""The parent of a node's parts: what ends by itself is started again, and nothing once all are to end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 300  # seconds; it ends within one
PARTS = """
import signal, sys
from pathlib import Path
from phoihop.config.apart import stand_apart
from phoihop.config.supervising import supervise

stand_apart()
there = Path(sys.argv[1])

def falters():
    if there.exists():
        print("again", flush=True)
        signal.pause()
    there.touch()
    return 3

def lasts():
    signal.pause()

sys.exit(supervise({"falters": falters, "lasts": lasts}))
"""


@pytest.fixture
def parent(tmp_path):
    with subprocess.Popen(
        [sys.executable, "-c", PARTS, str(tmp_path / "there")],
        cwd=ROOT, env={"PYTHONPATH": "src"}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    ) as started:  # fmt: skip
        yield started
        with suppress(ProcessLookupError):
            os.killpg(started.pid, signal.SIGKILL)


def test_a_part_that_ends_by_itself_is_started_again_and_all_end_when_told_to(parent):
    assert (parent.stderr.readline(), parent.stdout.readline()) == ("falters đã dừng (3); đang chạy lại\n", "again\n")
    parent.send_signal(signal.SIGTERM)
    assert parent.wait(PATIENCE) == 0


def test_who_is_told_to_end_while_a_part_is_about_to_start_again_does_not_start_it(parent):
    assert parent.stderr.readline() == "falters đã dừng (3); đang chạy lại\n"
    parent.send_signal(signal.SIGTERM)
    assert (parent.wait(PATIENCE), parent.stdout.read()) == (0, "")
