"""The command ``phoihop``: starts the node, and gives administrators what they need at a terminal, in Vietnamese or (PHOIHOP_LANGUAGE) in English."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import DatabaseError
from django.utils import translation
from django.utils.translation import gettext as _

from phoihop import __version__
from phoihop.cli.wrong import Wrong
from phoihop.kernel.stack import roomy
from phoihop.kernel.verdict import Refused

from .calling import in_words
from .early import said
from .migrated import migrated
from .sentences import compile_sentences


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 0 if it went well, 1 if it was refused or found faults, 2 if it was called wrongly."""
    words = sys.argv[1:] if argv is None else argv
    try:
        with translation.override(_set_up(words)):
            done = roomy(_in_words, words)
            sys.stdout.flush()
            return done
    except ImproperlyConfigured as problem:
        print(said("Thiết lập: %(problem)s", problem=problem), file=sys.stderr)
    except BrokenPipeError:  # whoever read it has enough, as ``phoihop users list | head``; what Python still holds has nowhere to go
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return 1


def _set_up(words: Sequence[str]) -> str:
    """Make Django ready, with a node or without one; the language to speak."""
    from .apart import LANGUAGE, needs_no_node, stand_apart

    if needs_no_node(words):
        stand_apart()
    else:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "phoihop.config.settings")
        django.setup()
    if LANGUAGE != "vi":
        compile_sentences()
    return LANGUAGE


def _in_words(words: Sequence[str]) -> int:
    """Run the command; what is refused or goes wrong is a sentence, not a traceback."""
    try:
        with in_words():
            options = _parser().parse_args(words)
        return _run(options)
    except Refused as refusal:
        print(f"{refusal.verdict.reason} [{refusal.verdict.code}]", file=sys.stderr)
    except DatabaseError as problem:
        print(_("Cơ sở dữ liệu: %(problem)s") % {"problem": problem}, file=sys.stderr)
    except Wrong as problem:
        print(problem, file=sys.stderr)
        return 2
    return 1


def _run(options: argparse.Namespace) -> int:
    if options.founds:
        call_command("migrate", verbosity=0, interactive=False)
    elif options.asks and not migrated():
        raise Wrong(_("Cơ sở dữ liệu chưa theo phiên bản này. Chạy phoihop prepare (máy chủ mới: phoihop users first)."))
    return options.run(options) or 0


def _parser() -> argparse.ArgumentParser:
    from phoihop.cli import agreement, areas, figures, journal, search, users

    from . import demo, node, start

    parser = argparse.ArgumentParser(prog="phoihop", description=_("Máy chủ Phối Hợp: khởi động và trông nom."))
    parser.set_defaults(public_key=node.public_key, node_key=node.signing_key, founds=False, asks=True)  # the key is for a command that founds the node
    parser.add_argument("--version", action="version", version=f"phoihop {__version__}", help=_("cho biết phiên bản"))
    commands = parser.add_subparsers(title=_("các lệnh"), required=True, metavar=_("LỆNH"))
    for part in (start, demo, journal, areas, figures, search, users, agreement):
        part.add_to(commands)
    return parser
