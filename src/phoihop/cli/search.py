"""``phoihop search rebuild``: make the index of the full-text search anew from the records."""

from __future__ import annotations

import argparse
from typing import Any

from phoihop.search import keeping


def add_to(commands: Any) -> None:
    parser = commands.add_parser("search", help="make the index of the full-text search anew")
    parser.add_argument("what", choices=["rebuild"])
    parser.set_defaults(run=run)


def run(_: argparse.Namespace) -> int:
    print(f"{keeping.rebuild()} documents indexed")
    return 0
