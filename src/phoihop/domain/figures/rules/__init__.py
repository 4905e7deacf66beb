"""How figures come about, by what calendars they are asked for, and what may be entered."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.catalogue import events
from phoihop.kernel.heirs import stays

from .calendars import fits_period, period
from .entering import EnteredValue, Total, fits_value, key_of, may_enter, may_replace, may_state, stated_once
from .figure import Figure, Stated
from .posting import Decree, Lines, Posting

__all__ = [
    "Decree", "EnteredValue", "Figure", "Lines", "Posting", "Stated", "Total",
    "fits_period", "fits_value", "key_of", "may_enter", "may_replace", "may_state", "period", "stated_once",
]  # fmt: skip

events(
    "figure",
    defined=_("định nghĩa chỉ tiêu"),
    entered=_("nhập số liệu của kỳ"),
    sourced=_("nhập số tổng hợp theo văn bản"),
)
events("holiday", filled=_("đưa danh sách ngày nghỉ vào"), set=_("đặt ngày nghỉ, ngày làm bù"))
stays(
    "Fact.area", "Fact.unit", "Share.unit", "FactArea.area", "SourcedTotal.area", "Balance.area",
    why="a figure keeps the area and the unit of its day; it is converted when asked for, never moved",
)  # fmt: skip
