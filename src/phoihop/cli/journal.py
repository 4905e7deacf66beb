"""``phoihop journal verify``: prove the journal whole."""

from __future__ import annotations

import argparse
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from phoihop.domain.matters.queries.journal import head
from phoihop.domain.matters.queries.proof import verify

_WHERE = {
    "event": lazy("sự kiện %s"), "head": lazy("chữ ký ngày %s"), "text": lazy("lời văn %s"), "file": lazy("tệp %s"), "table": lazy("bảng %s"),
    "matter": lazy("việc %s"), "node": lazy("máy chủ"),
}  # fmt: skip
_WHAT = {
    "changed": lazy("đã bị sửa"), "missing": lazy("bị thiếu"), "unguarded": lazy("cơ sở dữ liệu không còn chặn sửa, xóa"), "unknown": lazy("chưa rõ"),
    "other-key": lazy("khóa không phải khóa lúc thành lập"), "signature": lazy("chữ ký không đúng"), "not-this-journal": lazy("không thuộc nhật ký này"),
    "in no event": lazy("không sự kiện nào nêu"), "erased without leave": lazy("bị xóa mà không ai cho phép"),
    "lead-without-term": lazy("đơn vị chủ trì không khớp các nhiệm kỳ"), "gone, named by event": lazy("đã mất, sự kiện %s có nêu"),
    "other than in event": lazy("khác với sự kiện %s"),
}  # fmt: skip


def add_to(commands: Any) -> None:
    parser = commands.add_parser("journal", help=_("chứng minh nhật ký nguyên vẹn"))
    parser.add_argument("what", metavar="verify", choices=["verify"])
    parser.set_defaults(run=run)


def run(_options: argparse.Namespace) -> int:
    """Print every fault with its code; 1 if there is any."""
    faults = 0
    for fault in verify():
        where, _blank, which = fault.where.partition(" ")
        what, _gap, by = fault.what.rpartition(" ") if fault.what[-1].isdecimal() else (fault.what, "", "")
        print(f"{_said(_WHERE, where, which)}: {_said(_WHAT, what, by)} [{fault.what}]")
        faults += 1
    seq, digest = head()
    print(_("%(events)s sự kiện, mã băm cuối %(digest)s, %(faults)s lỗi") % {"events": seq, "digest": digest[:16] or "–", "faults": faults})
    return 1 if faults else 0


def _said(words: dict[str, Any], name: str, which: str) -> str:
    said = str(words.get(name, name))
    return said % which if "%s" in said else said
