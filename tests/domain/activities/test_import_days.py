"""Days and hours as people write them."""

from datetime import date

import pytest

from phoihop.domain.activities.rules.log.days import Hint, day_of, hint_of, in_its_month
from phoihop.domain.activities.rules.log.hours import Hours, hours_of, span

MARCH = Hint(2026, 3)
FIFTH = date(2026, 3, 5)


@pytest.mark.parametrize(
    "cell",
    [
        "05/3/2026", "5-3-26", "2026-03-05", "5.3.2026", "05 - 3 - 2026", "ngày 05 tháng 3 năm 2026", "Ngày 5 tháng 3", "05/3", "Thứ 5, 05/3/2026",
        "T5 05/3", "05032026", "20260305", "05-thg 3-2026", "5-Mar-26", 46086, 46086.0, 5, "05", "Ngày 5", "19h30 05/3/2026", "05-06/3/2026",
        "đêm 05 rạng 06/3/2026",
    ],
)  # fmt: skip
def test_each_usual_way_of_writing_is_the_fifth_of_march(cell):
    assert day_of(cell, MARCH).value == FIFTH


@pytest.mark.parametrize(
    ("cell", "hint", "code", "offers"),
    [
        ("29/2/2026", MARCH, "no-such-day", ["28/02/2026", "01/03/2026"]),
        ("31/4/2026", MARCH, "no-such-day", ["30/04/2026", "01/05/2026"]),
        ("05/13/2026", MARCH, "no-such-day", ["13/05/2026"]),
        ("40/13/2026", MARCH, "no-such-day", []),
        ("00/3/2026", MARCH, "no-such-day", ["31/03/2026", "01/04/2026"]),
        ("05/3/1026", MARCH, "no-such-year", []),
        ("05/3", Hint(), "year-missing", []),
        ("5", Hint(2026), "month-missing", []),
        ("3/3-5/3/2026", MARCH, "several-days", []),
        ("hôm qua", MARCH, "no-day", []),
        (3.5, MARCH, "no-day", []),
    ],
)
def test_a_day_that_does_not_exist_is_explained_with_the_days_it_may_have_been(cell, hint, code, offers):
    found = day_of(cell, hint)
    assert (found.verdict.code, [s.value for s in found.suggestions]) == (code, offers)


def test_a_leap_day_exists_in_its_year():
    assert day_of("29/2/2028").value == date(2028, 2, 29)


def test_an_empty_cell_is_no_doubt():
    found = day_of(None)
    assert (bool(found), found.value) == (True, None)


@pytest.mark.parametrize(
    ("title", "year", "month"),
    [
        ("SỔ TUẦN TRA THÁNG 3 NĂM 2026", 2026, 3),
        ("T3", None, 3),
        ("T03-2026", 2026, 3),
        ("03.2026", 2026, 3),
        ("Năm 2026", 2026, None),
        ("Từ ngày 01/3/2026 đến ngày 31/3/2026", 2026, 3),
        ("Từ 01/01/2026 đến 31/3/2026", 2026, None),
        ("Sheet1", None, None),
        ("Tháng 14", None, None),
    ],
)
def test_titles_say_month_and_year_unless_they_say_two(title, year, month):
    assert hint_of(title) == Hint(year, month)


def test_a_stored_date_of_another_month_that_fits_when_swapped_is_a_question_with_both_answers():
    found = in_its_month(date(2026, 5, 3), MARCH)
    assert found.verdict.code == "day-month-swapped"
    assert [s.value for s in found.suggestions] == ["05/03/2026", "ngày 03/05/2026"]
    assert in_its_month(date(2026, 5, 4), MARCH).value == date(2026, 5, 4)


@pytest.mark.parametrize(
    ("cell", "start", "end"),
    [
        ("19h30", (19, 30), None),
        ("19:30", (19, 30), None),
        ("19g30", (19, 30), None),
        ("19 giờ 30", (19, 30), None),
        ("19 giờ 30 phút đến 21 giờ", (19, 30), (21, 0)),
        ("22h-01h", (22, 0), (1, 0)),
        ("từ 19h đến 21h", (19, 0), (21, 0)),
        ("19-21h", (19, 0), (21, 0)),
        ("19h-21", (19, 0), (21, 0)),
        ("19h30'-21h00'", (19, 30), (21, 0)),
        ("từ 19h30p đến 21h15p", (19, 30), (21, 15)),
        ("7h30 tối", (19, 30), None),
        ("7h-9h tối", (19, 0), (21, 0)),
        ("10h đêm - 1h sáng", (22, 0), (1, 0)),
        ("12h đêm", (24, 0), None),
        ("20h00 – 24h00", (20, 0), (24, 0)),
        ("19.30-21.00", (19, 30), (21, 0)),
        ("1930-2100", (19, 30), (21, 0)),
        ("19:30:00", (19, 30), None),
        (0.8125, (19, 30), None),
        (19, (19, 0), None),
        (19.3, (19, 30), None),
    ],
)
def test_hours_in_usual_ways(cell, start, end):
    found = hours_of(cell, MARCH).value
    assert found == Hours(start[0] * 60 + start[1], end[0] * 60 + end[1] if end else None)


def test_days_beside_hours_are_read_too():
    assert hours_of("19h30 ngày 05/3/2026 đến 01h00 ngày 06/3/2026").value == Hours(1170, 60, FIFTH, date(2026, 3, 6))
    assert hours_of("2026-03-05 19:30").value == Hours(1170, None, FIFTH)
    assert hours_of("19h00-21h00 (05/3)", MARCH).value == Hours(1140, 1260, FIFTH)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("25h", "no-such-hour"),
        ("19h70", "no-such-hour"),
        (99, "no-such-hour"),
        ("ban đêm", "no-hour"),
        ("19h-20h, 22h-23h", "many-hours"),
        ("19h ngày 31/4/2026", "no-such-day"),
    ],
)
def test_hours_that_cannot_be_are_explained(cell, code):
    assert hours_of(cell, MARCH).verdict.code == code


def test_an_end_before_the_start_is_on_the_next_day():
    start, end = span(FIFTH, Hours(22 * 60, 60))
    assert (start.isoformat(), end.isoformat()) == ("2026-03-05T22:00:00+07:00", "2026-03-06T01:00:00+07:00")


def test_midnight_written_as_twenty_four_is_the_end_of_the_day():
    assert span(FIFTH, Hours(20 * 60, 24 * 60))[1].isoformat() == "2026-03-06T00:00:00+07:00"
