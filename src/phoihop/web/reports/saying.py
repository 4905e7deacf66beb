"""What is to be looked at before signing, in sentences: what it is, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from phoihop.kernel.figures_text import grouped
from phoihop.reports.checking import Check, Finding
from phoihop.reports.lines import Line, communes_in

from .. import moments
from .reading import Read

_NAMED = 6


@dataclass(frozen=True, slots=True)
class Said:
    """``ok``: in order. ``url``, ``link``: a way to mend it or to see it."""

    ok: bool
    text: str
    hint: str = ""
    url: str = ""
    link: str = ""


def said(f: Finding, of: Read) -> Said:
    """A finding as its reader needs it."""
    return _SAY[f.check](f, of)


def _unfiled(f: Finding, of: Read) -> Said:
    if not f.n:
        return Said(True, _("Cả %(n)s xã, phường, đặc khu đều có số liệu.") % {"n": _n(f.of)})
    text = ngettext("%(n)s/%(of)s xã chưa có số liệu: %(names)s.", "%(n)s/%(of)s xã chưa có số liệu: %(names)s.", f.n)
    return Said(False, text % {"n": _n(f.n), "of": _n(f.of), "names": _names(f.lines)}, _("Báo cáo sẽ ghi “chưa có số liệu”, không ghi 0."))


def _waiting(f: Finding, of: Read) -> Said:
    text = _("Đã xác nhận %(x)s cuộc, chờ %(y)s.") % {"x": _n(f.of), "y": _n(f.n)}
    if not f.n:
        return Said(True, text)
    return Said(False, text, _("Cuộc chờ xác nhận chưa tính vào số liệu."), _patrols(of, "cho-xac-nhan"), _("Mở các cuộc đang chờ"))


def _missing(f: Finding, of: Read) -> Said:
    return Said(
        False,
        _("%(n)s cuộc thiếu kết quả.") % {"n": _n(f.n)},
        _("Đơn vị chủ trì ghi kết quả thì số mới có."),
        _patrols(of, "thieu-ket-qua"),
        _("Mở các cuộc thiếu"),
    )


def _disputed(f: Finding, of: Read) -> Said:
    text = _("%(n)s cuộc chưa thống nhất giữa các bên.") % {"n": _n(f.n)}
    return Said(False, text, _("Không tính cho đến khi các bên thống nhất."), _patrols(of, "chua-thong-nhat"), _("Mở các cuộc này"))


def _sums(f: Finding, of: Read) -> Said:
    text = _("Tổng các xã và phần cấp tỉnh bằng số chung ở %(n)s/%(of)s chỉ tiêu cộng được.") % {"n": f.n, "of": f.of}
    return Said(not f.mend, text)


def _outlier(f: Finding, of: Read) -> Said:
    c, line = f.cell, f.lines[0]
    assert c is not None
    language = moments.language()
    text = _("%(area)s: %(now)s %(unit)s, cùng kỳ năm trước %(then)s.") % {
        "area": line.name, "now": c.shown.text(language), "unit": c.column.counted_in(language), "then": c.shown_then.text(language),
    }  # fmt: skip
    hint = _("Khác xa năm trước: văn bản có dòng giải trình để ghi lý do.")
    return Said(False, text, hint, of.records(c.column.code, line.areas[0].code), _("Xem bản ghi"))


def _estimated(f: Finding, of: Read) -> Said:
    return Said(True, _("%(n)s địa bàn là ước tính theo tỷ lệ chia đã công bố, ghi dấu ≈.") % {"n": _n(f.n)}, _names(f.lines))


_SAY = {
    Check.UNFILED: _unfiled, Check.WAITING: _waiting, Check.MISSING: _missing, Check.DISPUTED: _disputed, Check.SUMS: _sums, Check.OUTLIER: _outlier,
    Check.ESTIMATED: _estimated,
}  # fmt: skip


def _n(n: int) -> str:
    return grouped(n, 0, moments.language())


def _names(lines: Sequence[Line]) -> str:
    names = [line.name for line in lines[:_NAMED]]
    more = communes_in(lines[_NAMED:])
    return ", ".join(names) + (_(" và %(n)s xã nữa") % {"n": more} if more else "")


def _patrols(of: Read, state: str) -> str:
    """The list of the period's patrols in that state."""
    days = of.question.days
    return f"/tuan-tra/?dv={of.question.area.code}&tu={days.first:%d/%m/%Y}&den={days.last:%d/%m/%Y}&tt={state}"
