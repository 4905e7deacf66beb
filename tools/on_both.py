"""Run a command on SQLite and on PostgreSQL at once: ``on_both.py COMMAND …``.

Each leaves the processor idle while it waits for its browser or its server; then the other goes on. What the second has to say comes after the first.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent


def main(command: list[str]) -> int:
    """The exit status of the first that failed, 0 where neither did."""
    with tempfile.TemporaryFile() as kept:
        second = subprocess.Popen([sys.executable, str(HERE / "with_postgres.py"), *command], stdout=kept, stderr=subprocess.STDOUT)
        try:
            failed = subprocess.run([sys.executable, str(HERE / "with_sqlite.py"), *command], check=False).returncode
        finally:
            failed_there = second.wait()
            kept.seek(0)
            sys.stdout.write("\nOn PostgreSQL:\n" + kept.read().decode("utf-8", "replace"))
            sys.stdout.flush()
    return failed or failed_there


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
