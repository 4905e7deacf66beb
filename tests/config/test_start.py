"""The node as a person starts it: the real command, a folder of its own, web and worker under one parent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tools.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 300  # seconds; a machine with nothing else to do needs three


def command(folder: Path, *words: str, **settings: str) -> subprocess.Popen[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PHOIHOP_", "DJANGO_"))}
    environment |= {"PHOIHOP_DATA": str(folder), "PYTHONPATH": "src", **{f"PHOIHOP_{k}": v for k, v in settings.items()}}
    return subprocess.Popen(
        [sys.executable, "-m", "phoihop", *words],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def until(holds: Callable[[], bool]) -> bool:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.1)
    return False


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/dang-nhap/", timeout=5) as page:
            return bool(page.status == 200)
    except OSError:
        return False


def children(pid: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[subprocess.Popen[str], int, Path]]:
    folder, port = tmp_path_factory.mktemp("node"), free_port()
    process = command(folder, "up", PORT=str(port))
    try:
        assert until(lambda: answers(port)), "the node did not come up"
        yield process, port, folder
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def test_the_node_comes_up_with_a_web_server_and_a_worker(node):
    process, _, folder = node
    assert until(lambda: len(children(process.pid)) == 2)
    assert (folder / "secret.key").stat().st_mode & 0o777 == 0o600


def test_a_part_that_dies_is_started_again(node):
    process, port, _ = node
    assert until(lambda: len(children(process.pid)) == 2)
    web = children(process.pid)[0]
    os.kill(web, signal.SIGKILL)
    assert until(lambda: len(children(process.pid)) == 2 and web not in children(process.pid))
    assert until(lambda: answers(port))


def test_told_to_stop_it_stops_with_all_its_parts(node):
    process, port, _ = node
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE) == 0
    assert not answers(port)


def test_a_setting_that_is_nonsense_is_a_sentence_and_not_a_traceback(tmp_path):
    process = command(tmp_path, "up", PORT="eighty")
    said, _ = process.communicate(timeout=PATIENCE)
    assert (process.returncode, said) == (1, "Thiết lập: PHOIHOP_PORT đang là 'eighty'; hãy ghi một số nguyên từ 1 đến 65535.\n")


def test_a_database_that_is_not_there_is_a_sentence_and_not_a_traceback(tmp_path):
    process = command(tmp_path, "up", DATABASE=f"postgres://nobody@127.0.0.1:{free_port()}/none")
    said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert said.startswith("Cơ sở dữ liệu: connection")
    assert "Traceback" not in said


def test_a_node_that_was_never_prepared_says_so(tmp_path):
    process = command(tmp_path, "journal", "verify")
    said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 2
    assert said == "Cơ sở dữ liệu chưa theo phiên bản này. Chạy phoihop prepare (máy chủ mới: phoihop users first).\n"
