"""By when a report of a period is to be sent. The law says *before day D*: the last day is D − 1, unless a province reads it otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.period import ONE_DAY, month_start
from phoihop.kernel.verdict import Verdict, no_unless
from phoihop.kernel.workdays import WorkingDays

from .calendars import Slot, days_of, read
from .packaged import rows

ANY = "*"


class Sender(StrEnum):
    """Whose report it is; the steps of NĐ 168/2018 differ by level."""

    COMMUNE = "commune"
    DISTRICT = "district"
    PROVINCE = "province"
    REGION = "region"
    MINISTRY = "ministry"


@dataclass(frozen=True, slots=True)
class Deadline:
    """``last``: the last day on which sending is in time. ``basis``: where that is written."""

    last: date
    basis: str


def send_by(calendar: str, code: str, sender: Sender, working: WorkingDays, *, inclusive: bool = False, workdays: int | None = None) -> Deadline | None:
    """By when a level sends its report of a period; None where nothing fixes a day.

    ``inclusive`` reads *trước ngày D* as if D itself were allowed. ``workdays`` replaces the default number of working days
    after the cut-off (judge it with :func:`fits_workdays` first). Raises NoSuchPeriod.
    """
    slot = read(calendar, code)
    row = next((r for r in rows("deadlines") if r["calendar"] == calendar and _is_for(r, slot, sender)), None)
    if row is None:
        return None
    if row["way"] == "workdays":
        cut_off = days_of(calendar, slot).last
        return Deadline(working.add(cut_off, workdays if workdays is not None else int(row["days"])), row["basis"])
    month = int(row["month"]) if row["month"] else days_of(calendar, slot).last.month
    named = month_start(slot.year, month, int(row["day"]))
    return Deadline(named if inclusive else named - ONE_DAY, row["basis"])


def _is_for(row: dict[str, str], slot: Slot, sender: Sender) -> bool:
    return row["kind"] in (ANY, slot.kind) and row["n"] in (ANY, str(slot.n)) and row["level"] in (ANY, sender)


def fits_workdays(calendar: str, workdays: int) -> Verdict:
    """NĐ 09/2019, Art. 8.5: at least one working day between cut-off and sending."""
    least = next((int(r["least"]) for r in rows("deadlines") if r["calendar"] == calendar and r["least"]), 0)
    return no_unless(workdays >= least, "too-soon", _("Hạn gửi phải sau ngày chốt số liệu ít nhất 01 ngày làm việc (NĐ 09/2019/NĐ-CP, Điều 8)."), "workdays")
