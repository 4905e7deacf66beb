"""The command ``phoihop``: starts the node, and gives administrators what they need at a terminal."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import DatabaseError

from phoihop import __version__
from phoihop.cli.wrong import Wrong
from phoihop.kernel.verdict import Refused

from .migrated import migrated


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 0 if it went well, 1 if it was refused or found faults, 2 if it was called wrongly."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "phoihop.config.settings")
    try:
        django.setup()
        return _run(_parser().parse_args(argv))
    except ImproperlyConfigured as problem:
        print(f"Settings: {problem}", file=sys.stderr)
    except Refused as refusal:
        print(f"{refusal.verdict.reason} [{refusal.verdict.code}]", file=sys.stderr)
    except DatabaseError as problem:
        print(f"Database: {problem}", file=sys.stderr)
    except Wrong as problem:
        print(problem, file=sys.stderr)
        return 2
    return 1


def _run(options: argparse.Namespace) -> int:
    if options.founds:
        call_command("migrate", verbosity=0, interactive=False)
    elif options.asks and not migrated():
        raise Wrong("the database of this node is not prepared for this version; run phoihop prepare (or phoihop users first, if the node is new).")
    return options.run(options) or 0


def _parser() -> argparse.ArgumentParser:
    from phoihop.cli import agreement, areas, figures, journal, search, users

    from . import demo, node, start

    parser = argparse.ArgumentParser(prog="phoihop", description="A node of Phối Hợp: start it, look after it.")
    parser.set_defaults(public_key=node.public_key, node_key=node.signing_key, founds=False, asks=True)  # the key is for a command that founds the node
    parser.add_argument("--version", action="version", version=f"phoihop {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for part in (start, demo, journal, areas, figures, search, users, agreement):
        part.add_to(commands)
    return parser
