"""``phoihop search rebuild``: make the index of the full-text search anew from the records."""

from __future__ import annotations

import argparse
from typing import Any

from django.utils.translation import gettext as _

from phoihop.search import keeping


def add_to(commands: Any) -> None:
    parser = commands.add_parser("search", help=_("lập lại chỉ mục tìm toàn văn"))
    parser.add_argument("what", metavar="rebuild", choices=["rebuild"])
    parser.set_defaults(run=run)


def run(_options: argparse.Namespace) -> int:
    print(_("Đã lập chỉ mục %(n)s tài liệu") % {"n": keeping.rebuild()})
    return 0
