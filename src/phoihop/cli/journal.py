"""``phoihop journal verify``: prove the journal whole."""

from __future__ import annotations

import argparse
from typing import Any

from phoihop.domain.matters.queries.journal import head
from phoihop.domain.matters.queries.proof import verify


def add_to(commands: Any) -> None:
    parser = commands.add_parser("journal", help="prove the journal whole")
    parser.add_argument("what", choices=["verify"])
    parser.set_defaults(run=run)


def run(_: argparse.Namespace) -> int:
    """Print every fault; 1 if there is any."""
    faults = 0
    for fault in verify():
        print(f"{fault.where}: {fault.what}")
        faults += 1
    seq, digest = head()
    print(f"{seq} events, head {digest[:16] or '–'}, {faults} faults")
    return 1 if faults else 0
