"""``phoihop areas import [FILE…]``, ``phoihop areas check`` and ``phoihop boundaries import FILE``."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from phoihop.domain.territory.actions.importing import Imported, import_file, import_lists
from phoihop.domain.territory.actions.mapping import import_boundaries
from phoihop.domain.territory.queries import checks
from phoihop.domain.territory.rules.boundaries import read_boundaries
from phoihop.domain.territory.rules.checking import Weight
from phoihop.kernel.upload import Upload

from . import acting

LARGEST_BOUNDARIES = 100
"""Megabytes. The outlines of all 3,321 communes are 2 to 40, depending on how finely they were drawn."""
SHOWN = 10
_DONE = {
    "begun": "areas begun", "changed": "changed", "ended": "ended", "added": "successions added", "mended": "mended", "dropped": "dropped", "doubtful": "doubtful after it",
}  # fmt: skip


def add_to(commands: Any) -> None:
    areas = commands.add_parser("areas", help="import the lists of areas, or check them")
    what = areas.add_subparsers(title="what", required=True, metavar="WHAT")
    bring = what.add_parser("import", help="import official files (.csv, .xlsx); without a file, the lists that come with the program")
    bring.add_argument("files", nargs="*", metavar="FILE")
    bring.add_argument("--day", type=acting.day, help="from when rows without a day of their own hold (default: today)")
    bring.set_defaults(run=run_import)
    look = what.add_parser("check", help="look for gaps, doubles, orphans, divisions without shares, heirs in the wrong place")
    look.add_argument("--all", action="store_true", help=f"every finding, not the first {SHOWN} of each check")
    look.set_defaults(run=run_check)
    boundaries = commands.add_parser("boundaries", help="import boundaries for the maps")
    which = boundaries.add_subparsers(title="what", required=True, metavar="WHAT")
    draw = which.add_parser("import", help="import a GeoJSON or TopoJSON file, in longitude and latitude")
    draw.add_argument("file", metavar="FILE")
    draw.add_argument("--day", type=acting.day, help="the day on which boundaries and list agree (default: today)")
    draw.set_defaults(run=run_boundaries)


def run_import(options: argparse.Namespace) -> int:
    """One action for each file: what one file brought stays when the next is refused."""
    by = acting.post_of_node()
    if not options.files:
        _tell("lists of the program", import_lists(by=by, at=timezone.now()))
    for path in options.files:
        upload = Upload(Path(path).name, acting.content_of(path, settings.UPLOAD_MEGABYTES))
        _tell(path, import_file(by=by, upload=upload, day=options.day or acting.today(), at=timezone.now()))
    return 0


def _tell(source: str, done: Imported) -> None:
    print(f"{source}: " + ", ".join(f"{done.counts()[name]} {words}" for name, words in _DONE.items()))


def run_check(options: argparse.Namespace) -> int:
    """Print what each check found; 1 if anything is wrong. Doubts and notes are no faults."""
    faults = 0
    for report in checks():
        print(f"{report.weight} {report.check}: {len(report.findings)}")
        if not report.findings:
            continue
        print(f"  {report.says}")
        shown = report.findings if options.all else report.findings[:SHOWN]
        print(*(f"  {report.told(finding)}" for finding in shown), sep="\n")
        if len(shown) < len(report.findings):
            print(f"  … and {len(report.findings) - len(shown)} more (--all)")
        faults += len(report.findings) if report.weight == Weight.FAULT else 0
    print(f"{faults} faults")
    return 1 if faults else 0


def run_boundaries(options: argparse.Namespace) -> int:
    by = acting.post_of_node()
    found = read_boundaries(acting.content_of(options.file, LARGEST_BOUNDARIES))
    done = import_boundaries(by=by, boundaries=found, day=options.day or acting.today(), at=timezone.now())
    print(f"{options.file}: {done.matched} areas have their boundary now, {done.by_name} of them found by name")
    for words, left in (("fit no area", done.unmatched), ("lie far from the area of their name", done.misplaced), ("areas have none", done.missing)):
        if left:
            print(f"{len(left)} {words}: {', '.join(left[:SHOWN])}{' …' if len(left) > SHOWN else ''}")
    return 0
