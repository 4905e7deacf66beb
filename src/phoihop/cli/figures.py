"""``phoihop figures rebuild [--check]``: recompute the balances from the facts."""

from __future__ import annotations

import argparse
from typing import Any

from django.utils.translation import gettext as _

from phoihop.domain.figures.actions import projection


def add_to(commands: Any) -> None:
    parser = commands.add_parser("figures", help=_("tính lại số dư từ các bút toán, hoặc kiểm tra hai bên có khớp"))
    parser.add_argument("what", metavar="rebuild", choices=["rebuild"])
    parser.add_argument("--check", action="store_true", help=_("chỉ so: tính lại và nêu từng chỗ lệch"))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    if options.check:
        drifts = projection.check()
        for drift in drifts:
            print(drift)
        print(_("%(n)s chỗ lệch giữa số dư và bút toán") % {"n": len(drifts)})
        return 1 if drifts else 0
    rows = projection.rebuild()
    print(_("Đã tính lại %(n)s số dư") % {"n": rows})
    return 0
