"""Every bench, or the named ones: ``python -m bench [writing pages papers importing ledger reading duties register verifying]``.

One line for each figure: its name, the value, the floor or peer taken in the same run, the ratio, the budget, and *ok* or *short*. A ratio
tells more than a time, for machines are busy. Exits with 1 if a bench failed or a figure fell short.
"""

from __future__ import annotations

import os
import subprocess
import sys

BENCHES = ("writing", "pages", "papers", "importing", "ledger", "reading", "duties", "register", "verifying")


def main(names: list[str]) -> int:
    unknown = set(names) - set(BENCHES)
    if unknown:
        print(f"no such bench: {', '.join(sorted(unknown))}; there are {', '.join(BENCHES)}", file=sys.stderr)
        return 2
    environment = os.environ | {"PYTHONPATH": f"src{os.pathsep}."}
    return max([_run(name, environment) for name in names or BENCHES])


def _run(name: str, environment: dict[str, str]) -> int:
    print(f"== {name}", flush=True)
    return int(subprocess.run([sys.executable, "-m", f"bench.{name}"], env=environment).returncode != 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
