"""``phoihop areas import [FILE…]``, ``phoihop areas check`` and ``phoihop boundaries import FILE``."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

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
    "begun": lazy("địa bàn mới"), "changed": lazy("thay đổi"), "ended": lazy("kết thúc"), "added": lazy("quan hệ kế thừa thêm vào"),
    "mended": lazy("sửa"), "dropped": lazy("bỏ"), "doubtful": lazy("còn nghi ngờ sau đó"),
}  # fmt: skip
_WEIGHTS = {Weight.FAULT: lazy("lỗi"), Weight.DOUBT: lazy("nghi ngờ"), Weight.NOTE: lazy("ghi chú")}


def add_to(commands: Any) -> None:
    areas = commands.add_parser("areas", help=_("nhập danh mục địa bàn, hoặc kiểm tra"))
    what = areas.add_subparsers(title=_("các việc"), required=True, metavar=_("VIỆC"))
    bring = what.add_parser("import", help=_("nhập tệp chính thức (.csv, .xlsx); không ghi tệp: danh mục kèm chương trình"))
    bring.add_argument("files", nargs="*", metavar=_("TỆP"))
    bring.add_argument("--day", type=acting.day, metavar=_("NGÀY"), help=_("ngày hiệu lực của các dòng không ghi ngày (không ghi: hôm nay)"))
    bring.set_defaults(run=run_import)
    look = what.add_parser("check", help=_("tìm chỗ hở, trùng, lẻ, chia tách thiếu tỷ lệ, kế thừa sai chỗ"))
    look.add_argument("--all", action="store_true", help=_("nêu hết, không chỉ %(n)s điều đầu của mỗi phép kiểm tra") % {"n": SHOWN})
    look.set_defaults(run=run_check)
    boundaries = commands.add_parser("boundaries", help=_("nhập ranh giới cho bản đồ"))
    which = boundaries.add_subparsers(title=_("các việc"), required=True, metavar=_("VIỆC"))
    draw = which.add_parser("import", help=_("nhập tệp GeoJSON hoặc TopoJSON, theo kinh độ, vĩ độ"))
    draw.add_argument("file", metavar=_("TỆP"))
    draw.add_argument("--day", type=acting.day, metavar=_("NGÀY"), help=_("ngày mà ranh giới khớp danh mục (không ghi: hôm nay)"))
    draw.set_defaults(run=run_boundaries)


def run_import(options: argparse.Namespace) -> int:
    """One action for each file: what one file brought stays when the next is refused."""
    by = acting.post_of_node()
    if not options.files:
        _tell(_("danh mục kèm chương trình"), import_lists(by=by, at=timezone.now()))
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
        print(f"{_WEIGHTS[report.weight]} {report.check}: {len(report.findings)}")
        if not report.findings:
            continue
        print(f"  {report.says}")
        shown = report.findings if options.all else report.findings[:SHOWN]
        print(*(f"  {report.told(finding)}" for finding in shown), sep="\n")
        if len(shown) < len(report.findings):
            print("  " + _("… và %(n)s điều nữa (--all)") % {"n": len(report.findings) - len(shown)})
        faults += len(report.findings) if report.weight == Weight.FAULT else 0
    print(_("%(n)s lỗi") % {"n": faults})
    return 1 if faults else 0


def run_boundaries(options: argparse.Namespace) -> int:
    by = acting.post_of_node()
    found = read_boundaries(acting.content_of(options.file, LARGEST_BOUNDARIES))
    done = import_boundaries(by=by, boundaries=found, day=options.day or acting.today(), at=timezone.now())
    said = {"file": options.file, "n": done.matched, "by_name": done.by_name}
    print(_("%(file)s: %(n)s địa bàn có ranh giới, %(by_name)s nơi tìm theo tên") % said)
    for words, left in (
        (_("không khớp địa bàn nào"), done.unmatched),
        (_("ở xa địa bàn cùng tên"), done.misplaced),
        (_("địa bàn chưa có ranh giới"), done.missing),
    ):
        if left:
            print(f"{len(left)} {words}: {', '.join(left[:SHOWN])}{' …' if len(left) > SHOWN else ''}")
    return 0
