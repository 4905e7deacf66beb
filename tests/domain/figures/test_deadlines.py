"""By when a report is sent: NĐ 09/2019 in working days after the cut-off, the others before a day of the law."""

from __future__ import annotations

from datetime import date

import pytest

from phoihop.domain.figures.rules.deadlines import Sender, fits_workdays, send_by
from phoihop.domain.figures.rules.holidays import packaged
from phoihop.kernel.workdays import WorkingDays

DAYS = WorkingDays(frozenset(d.day for d in packaged() if not d.works), frozenset(d.day for d in packaged() if d.works))


@pytest.mark.parametrize(
    ("calendar", "code", "sender", "last"),
    [
        ("ND09", "2026-T10", "commune", date(2026, 10, 16)),  # cut-off Wednesday 14, two working days
        ("ND09", "2026-T8", "commune", date(2026, 8, 18)),  # cut-off Friday 14
        ("ND09", "2026-T2", "province", date(2026, 2, 24)),  # cut-off Saturday 14; Tết until Sunday 22
        ("ND09", "2026-T4", "province", date(2026, 4, 16)),
        ("QP168", "2026-T6", "commune", date(2026, 6, 14)),  # before day 15
        ("QP168", "2025-6T1", "district", date(2025, 6, 19)),
        ("QP168", "2024-6T2", "district", date(2024, 11, 19)),
        ("QP168", "2026", "province", date(2026, 11, 24)),
        ("QP168", "2026", "region", date(2026, 11, 29)),
        ("QP168", "2026", "ministry", date(2026, 12, 24)),
        ("ATANTT_KDC", "2026", "commune", date(2026, 11, 14)),
        ("ATANTT_DV", "2026", "province", date(2026, 11, 19)),
        ("PCTT", "2026-6T1", "commune", date(2026, 7, 14)),
        ("PCTT", "2026", "province", date(2027, 1, 30)),
    ],
)
def test_the_last_day_on_which_sending_is_in_time(calendar, code, sender, last):
    found = send_by(calendar, code, Sender(sender), DAYS)
    assert found is not None
    assert found.last == last


def test_a_province_may_read_before_day_d_as_up_to_day_d():
    found = send_by("QP168", "2026", Sender.PROVINCE, DAYS, inclusive=True)
    assert found is not None
    assert found.last == date(2026, 11, 25)


def test_the_number_of_working_days_can_be_set():
    found = send_by("ND09", "2026-T10", Sender.COMMUNE, DAYS, workdays=5)
    assert found is not None
    assert found.last == date(2026, 10, 21)


def test_where_nothing_fixes_a_day_there_is_no_deadline():
    assert send_by("THONGKE", "2026-Q1", Sender.PROVINCE, DAYS) is None
    assert send_by("QP168", "2026", Sender.COMMUNE, DAYS) is None


@pytest.mark.parametrize(("calendar", "workdays", "code"), [("ND09", 0, "too-soon"), ("ND09", 1, ""), ("ND09", 2, ""), ("THONGKE", 0, "")])
def test_at_least_one_working_day_lies_between_cut_off_and_sending(calendar, workdays, code):
    assert fits_workdays(calendar, workdays).code == code
