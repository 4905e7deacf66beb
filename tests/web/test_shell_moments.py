"""Moments in words, days and times as people write them, terms in the address."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import translation

from phoihop.kernel.period import HOME, Period
from phoihop.web import moments
from phoihop.web.templatetags import face
from phoihop.web.terms import Term, parse_term, term_of
from phoihop.web.written import read_day, read_number, read_time

NOW = datetime(2026, 11, 21, 19, 42, tzinfo=HOME)
TODAY = NOW.date()


@pytest.mark.parametrize(
    ("minutes", "kind", "text"),
    [
        (-3 * 24 * 60, "over", "quá hạn 3 ngày"),
        (-42, "over", "quá hạn 42 phút"),
        (-0.5, "over", "quá hạn 1 phút"),
        (18, "soon", "còn 18 phút"),
        (138, "soon", "hôm nay 22:00"),
        (200, "later", "hôm nay 23:02"),
        (6 * 60, "later", "còn 6 giờ"),
        (30 * 60, "later", "còn 1 ngày"),
        (12 * 24 * 60, "later", "03/12"),
        (60 * 24 * 60, "later", "20/01/2027"),
    ],
)
def test_a_deadline_says_how_late_or_how_near(minutes, kind, text):
    assert moments.due(NOW + timedelta(minutes=minutes), NOW) == (kind, text)


@pytest.mark.parametrize(
    ("back", "text"),
    [
        (timedelta(seconds=20), "vừa xong"),
        (timedelta(minutes=18), "18 phút trước"),
        (timedelta(hours=5), "5 giờ trước"),
        (timedelta(days=2), "2 ngày trước"),
        (timedelta(days=30), "22/10"),
    ],
)
def test_what_was_is_said_as_long_ago(back, text):
    assert moments.ago(NOW - back, NOW) == text


def test_a_moment_is_as_short_as_the_reader_allows():
    assert moments.near(NOW, NOW) == "19:42"
    assert moments.near(NOW - timedelta(days=1), NOW) == "hôm qua 19:42"
    assert moments.near(NOW - timedelta(days=9), NOW) == "12/11 19:42"
    assert moments.near(NOW - timedelta(days=400), NOW) == "17/10/2025 19:42"
    assert moments.near(None, NOW) == "–"
    assert moments.exact(NOW) == "19:42, 21/11/2026"
    assert moments.long_day(TODAY) == "Thứ Bảy 21/11/2026"


def test_a_moment_of_the_night_is_on_its_day_in_vietnam():
    night = datetime(2026, 11, 21, 17, 32, tzinfo=UTC)  # 00:32 on Sunday here
    assert face.day(night) == '<time datetime="2026-11-22">22/11/2026</time>'
    assert face.long_day(night) == '<time datetime="2026-11-22">Chủ Nhật 22/11/2026</time>'
    assert (face.weekday(night), face.day(TODAY)) == ("CN", '<time datetime="2026-11-21">21/11/2026</time>')


def test_english_names_the_month():
    with translation.override("en"):
        assert moments.short_day(date(2026, 4, 3), TODAY) == "3 Apr"
        assert moments.short_day(date(2025, 4, 3), TODAY) == "3 Apr 2025"
        assert Term(2026, "T", 11).inside == "November 2026"
        assert (Term(2026, "T", 11).label, Term(2026, "T", 11).short, face.month_of(NOW)) == ("November 2026", "Nov 2026", "Nov")
    assert Term(2026, "T", 11).inside == "tháng 11/2026"
    assert (Term(2026, "T", 11).label, Term(2026, "T", 11).short, face.month_of(NOW)) == ("Tháng 11/2026", "T11/2026", "Thg 11")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("21/11/2026", date(2026, 11, 21)),
        ("3/4/26", date(2026, 4, 3)),
        ("3.4.2026", date(2026, 4, 3)),
        ("03-04-2026", date(2026, 4, 3)),
        ("2026-04-03", date(2026, 4, 3)),
        ("03042026", date(2026, 4, 3)),
        ("0304", date(2027, 4, 3)),
        ("24/12", date(2026, 12, 24)),
        ("3/1", date(2027, 1, 3)),
        ("29/2/2024", date(2024, 2, 29)),
        ("29/2/2026", None),
        ("30/02/2026", None),
        ("11/21/2026", None),
        ("0001-01-01", None),
        ("31/12/1899", None),
        ("31/12/9999", None),
        ("hôm nay", None),
        ("", None),
    ],
)
def test_the_day_comes_first_and_a_day_that_does_not_exist_is_none(text, day):
    assert read_day(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("20:30", time(20, 30)),
        ("2030", time(20, 30)),
        ("730", time(7, 30)),
        ("20h30", time(20, 30)),
        ("20g30", time(20, 30)),
        ("7h", time(7)),
        ("20.30", time(20, 30)),
        ("20:30:00", time(20, 30)),
        ("24:00", None),
        ("20:61", None),
        ("tối", None),
    ],
)
def test_a_time_is_read_however_it_is_typed(text, moment):
    assert read_time(text) == moment


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("42", 42),
        ("9" * 11, 99_999_999_999),
        ("9" * 12, None),
        ("1" * 5000, None),
        ("-1", None),
        ("--1", None),
        ("²", None),
        ("", None),
        (None, None),
    ],
    ids=["nought", "number", "eleven digits", "twelve", "endless", "minus", "twice minus", "square", "nothing", "not sent"],
)
def test_a_number_of_an_address_is_one_of_ours_or_none(text, number):
    assert read_number(text) == number


@pytest.mark.parametrize(
    ("text", "term", "label", "days"),
    [
        ("2026-T10", Term(2026, "T", 10), "Tháng 10/2026", Period(date(2026, 10, 1), date(2026, 11, 1))),
        ("2026-t12", Term(2026, "T", 12), "Tháng 12/2026", Period(date(2026, 12, 1), date(2027, 1, 1))),
        ("2026-Q3", Term(2026, "Q", 3), "Quý 3/2026", Period(date(2026, 7, 1), date(2026, 10, 1))),
        ("2026-H2", Term(2026, "H", 2), "6 tháng cuối năm 2026", Period(date(2026, 7, 1), date(2027, 1, 1))),
        ("2026", Term(2026, "N", 1), "Năm 2026", Period(date(2026, 1, 1), date(2027, 1, 1))),
    ],
)
def test_a_term_of_the_address_is_read_named_and_covers_its_days(text, term, label, days):
    found = parse_term(text)
    assert (found, found.label, found.period) == (term, label, days)
    assert parse_term(str(found)) == found


@pytest.mark.parametrize("text", ["2026-T13", "2026-Q5", "2026-H3", "2026-X1", "1999", "2026-T0", "tháng 10", ""])
def test_a_term_that_does_not_exist_is_none(text):
    assert parse_term(text) is None


def test_terms_follow_one_another_over_the_year():
    assert Term(2026, "T", 12).shifted(1) == Term(2027, "T", 1)
    assert Term(2026, "Q", 1).shifted(-1) == Term(2025, "Q", 4)
    assert Term(2026, "N", 1).shifted(-3) == Term(2023, "N", 1)
    assert term_of(date(2026, 11, 21), "H") == Term(2026, "H", 2)
    assert Term(2026, "T", 10).short == "T10/2026"
