"""Run a command with a node folder of its own on SQLite, thrown away afterwards: ``with_sqlite.py COMMAND …``."""

import os
import subprocess
import sys
import tempfile

with tempfile.TemporaryDirectory(prefix="phoihop-") as folder:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PHOIHOP_")} | {"PHOIHOP_DATA": folder}
    sys.exit(subprocess.run(sys.argv[1:], env=environment, check=False).returncode)
