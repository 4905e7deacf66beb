"""Public holidays as they ship with the program, and what an administrator may change about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.period import Period
from phoihop.kernel.verdict import Verdict, first_no, no_unless
from phoihop.kernel.workdays import SATURDAY

from .packaged import rows

KNOWN_YEARS = Period(date(2018, 12, 31), date(2028, 1, 1))
"""The days that the packaged file speaks of; beyond them only Saturdays and Sundays are known to be free."""


@dataclass(frozen=True, slots=True)
class DayOff:
    """A day off, or (``works``) a weekend day worked in exchange. ``basis`` begins with *chưa công bố* where it is our guess."""

    day: date
    works: bool
    name: str
    basis: str


def packaged() -> list[DayOff]:
    return [DayOff(date.fromisoformat(r["day"]), r["works"] == "1", r["name"], r["basis"]) for r in rows("holidays")]


def fits_holiday(day: date, works: bool, name: str, *, is_off: bool) -> Verdict:
    """A day has a name; worked is a weekend day, in exchange, or a weekday that was a day off in the list (``is_off``)."""
    return first_no(
        no_unless(name.strip(), "name-missing", _("Hãy ghi tên ngày nghỉ, hoặc “Làm bù”."), "name"),
        no_unless(
            not works or is_off or day.weekday() >= SATURDAY, "works-anyway", _("Ngày này vốn là ngày làm việc. Chỉ thứ Bảy, Chủ nhật mới đặt làm bù."), "works"
        ),
    )
