"""When a task that nobody answered waits for who gave it as well. The clock says how late it is, never that it is done."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.period import local_day
from phoihop.kernel.verdict import Verdict, no_unless
from phoihop.kernel.workdays import WorkingDays

MOST_GRACE = 30


def fits_grace(workdays: int | None) -> Verdict:
    return no_unless(workdays is None or 1 <= workdays <= MOST_GRACE, "grace-days", _("Số ngày làm việc sau hạn từ 1 đến 30."), "grace_workdays")


def raised_on(due_at: datetime, grace: int | None, working: WorkingDays) -> date | None:
    """The working day so many after the deadline; None for a task that is raised to nobody."""
    return None if grace is None else working.add(local_day(due_at), grace)
