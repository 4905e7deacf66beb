"""The power goes in the middle of an import: a real process is killed, again and again, and the next one goes on."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

LINES = 300

PREPARE = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
from phoihop.domain.activities.actions import importing
from phoihop.kernel.upload import Upload
from tests.domain.activities import logs
from tests.domain.activities.importing_world import work, world
from tests.world import NOON
w = world()
run = importing.begin(by=w.lan, lead=w.police_song, upload=Upload("so.xlsx", logs.many({lines})), at=NOON)
work()
importing.release(by=w.lan, run=run, at=NOON)
"""

WORK = """
import json
from phoihop.domain import models as m
from phoihop.domain.activities.actions import importing
from phoihop.domain.matters.queries.proof import verify
from tests.world import NOON

def look():
    done = m.ImportRow.objects.filter(state="done")
    print(json.dumps({
        "done": done.count(),
        "ready": m.ImportRow.objects.filter(state="ready").count(),
        "patrols": m.Activity.objects.filter(claim="held").count(),
        "matters": m.Matter.objects.filter(kind="TT").count(),
        "reports": m.Event.objects.filter(what="patrol.reported").count(),
        "rows of patrols": m.Activity.objects.filter(import_rows__in=done).distinct().count(),
        "faults": [str(f) for f in verify()],
    }), flush=True)

look()
while importing.step(at=NOON):
    pass
look()
"""


@pytest.fixture
def node(tmp_path):
    """A node of its own on SQLite, and how to start a process in it."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PHOIHOP_")}
    environment |= {"PHOIHOP_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "phoihop.config.settings", "PYTHONPATH": "src:."}

    def start(script: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-c", "import django; django.setup()\n" + script], stdout=subprocess.PIPE, env=environment)

    return start


def said(process: subprocess.Popen[bytes]) -> bytes:
    out = process.communicate(timeout=600)[0]
    assert process.returncode == 0
    return out


@pytest.mark.slow
def test_a_killed_import_leaves_whole_patrols_only_and_is_taken_up_where_it_was(node):
    """Each process says what it finds, works, and is killed after a while: wherever that is, it must not show."""
    said(node(PREPARE.format(lines=LINES)))
    seen = []
    for while_at_work in (0.4, 1.1):
        process = node(WORK)
        seen.append(json.loads(process.stdout.readline()))
        time.sleep(while_at_work)
        process.send_signal(signal.SIGKILL)
        process.communicate()
    seen += [json.loads(line) for line in said(node(WORK)).splitlines()]
    for found in seen:
        done = found["done"]
        assert found == {
            "done": done, "ready": LINES - done, "patrols": done, "matters": done, "reports": done, "rows of patrols": done, "faults": [],
        }  # fmt: skip
    assert [found["done"] for found in seen] == sorted(found["done"] for found in seen)
    assert (seen[0]["done"], seen[-1]["done"]) == (0, LINES)
