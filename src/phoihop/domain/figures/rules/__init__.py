"""How figures come about, by what calendars they are asked for, and what may be entered."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.catalogue import events
from phoihop.kernel.heirs import stays

from .posting import Decree, Lines, Posting

__all__ = ["Decree", "Lines", "Posting"]

events(
    "figure",
    defined=_("định nghĩa chỉ tiêu"),
    entered=_("nhập số liệu của kỳ"),
    sourced=_("nhập số tổng hợp theo văn bản"),
)
events("holiday", filled=_("đưa danh sách ngày nghỉ vào"), set=_("đặt ngày nghỉ, ngày làm bù"), removed=_("bỏ ngày nghỉ, ngày làm bù"))
stays(
    "Fact.area", "Fact.unit", "Share.unit", "FactArea.area", "SourcedTotal.area", "Balance.area",
    why="a figure keeps the area and the unit of its day; it is converted when asked for, never moved",
)  # fmt: skip
