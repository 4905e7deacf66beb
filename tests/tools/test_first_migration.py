"""The migration is made anew from a shell as it comes, as CONTRIBUTING.md names the command."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

TOOL = Path(__file__).parents[2] / "tools" / "fold_migration.py"


def test_what_folds_the_migration_finds_the_program_by_itself(tmp_path):
    bare = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    loaded = subprocess.run(
        [sys.executable, "-c", f"import runpy; runpy.run_path({str(TOOL)!r})"], cwd=tmp_path, env=bare, capture_output=True, text=True, check=False
    )
    assert (loaded.returncode, loaded.stderr) == (0, "")
