"""``phoihop figures rebuild [--check]``: recompute the balances from the facts."""

from __future__ import annotations

import argparse
from typing import Any

from phoihop.domain.figures.actions import projection


def add_to(commands: Any) -> None:
    parser = commands.add_parser("figures", help="recompute balances from the facts, or check that they are equal")
    parser.add_argument("what", choices=["rebuild"])
    parser.add_argument("--check", action="store_true", help="only compare: recompute and report every difference")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    if options.check:
        drifts = projection.check()
        for drift in drifts:
            print(drift)
        print(f"{len(drifts)} differences between balances and facts")
        return 1 if drifts else 0
    rows = projection.rebuild()
    print(f"{rows} balances rebuilt")
    return 0
