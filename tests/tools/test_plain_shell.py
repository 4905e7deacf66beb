"""What CONTRIBUTING.md and ARCHITECTURE.md name as commands works from a shell as it comes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

TOOLS = Path(__file__).parents[2] / "tools"


def test_the_tools_that_write_what_is_generated_find_the_program_by_themselves(tmp_path):
    bare = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    for name in ("fold_migration.py", "api_check.py"):
        asked = f"import runpy; runpy.run_path({str(TOOLS / name)!r}); import phoihop.kernel"
        loaded = subprocess.run([sys.executable, "-c", asked], cwd=tmp_path, env=bare, capture_output=True, text=True, check=False)
        assert (name, loaded.returncode, loaded.stderr) == (name, 0, "")
