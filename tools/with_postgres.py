"""Run a command beside a PostgreSQL server of its own, started for it and thrown away: ``with_postgres.py COMMAND …``."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tools.ports import free_port


def program(name: str) -> str:
    """A server program: Debian keeps them out of the path."""
    found = [str(p) for p in sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))] + [shutil.which(name) or ""]
    usable = [f for f in found if f]
    if not usable:
        sys.exit(f"{name} was not found: install PostgreSQL 15 (Debian: postgresql-15)")
    return usable[0]


START_WITHIN = "300"  # seconds
KEPT = {"MALLOC_TOP_PAD_": str(16 << 20), "MALLOC_TRIM_THRESHOLD_": str(64 << 20), "MALLOC_MMAP_THRESHOLD_": str(64 << 20)}
"""What glibc's memory hears: what a statement was planned in is kept for the next, instead of given back to the system."""


def main(command: list[str]) -> int:
    # The server refuses to run as root; then it runs as the account Debian makes for it, or as nobody.
    account = None
    if os.geteuid() == 0:
        account = "postgres" if subprocess.run(["id", "postgres"], capture_output=True, check=False).returncode == 0 else "nobody"
    with tempfile.TemporaryDirectory(prefix="phoihop-pg-") as folder, tempfile.TemporaryDirectory(prefix="phoihop-") as data:
        if account:
            shutil.chown(folder, account)
        cluster, port = f"{folder}/cluster", free_port()
        as_account = {"user": account, "cwd": folder} if account else {"cwd": folder}
        subprocess.run(
            [program("initdb"), "-D", cluster, "-U", "phoihop", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"],
            check=True,
            stdout=subprocess.DEVNULL,
            **as_account,
        )
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c max_connections=60 -c shared_buffers=256MB"
        database, memory = f"postgres://phoihop@127.0.0.1:{port}/postgres", dict(os.environ)
        # Tests may lose the last second of a server that is thrown away, and speak to it by a file instead of a network; benches may not.
        if "pytest" in " ".join(command):
            options += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
            database, memory = f"postgres://phoihop@/postgres?host={folder}&port={port}", memory | KEPT
        subprocess.run(
            [program("pg_ctl"), "-D", cluster, "-w", "-t", START_WITHIN, "-l", f"{folder}/log", "-o", options, "start"],
            check=True,
            stdout=subprocess.DEVNULL,
            env=memory,
            **as_account,
        )
        try:
            environment = {k: v for k, v in os.environ.items() if not k.startswith("PHOIHOP_")}
            environment |= {"PHOIHOP_DATA": data, "PHOIHOP_DATABASE": database}
            return subprocess.run(command, env=environment, check=False).returncode
        finally:
            subprocess.run([program("pg_ctl"), "-D", cluster, "-m", "immediate", "stop"], check=False, stdout=subprocess.DEVNULL, **as_account)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
