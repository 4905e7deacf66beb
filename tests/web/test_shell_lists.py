"""Lists whose order, page and filter stand in the address; forms that carry what a screen reader needs."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django import forms
from django.template import Context, Template

import phoihop
from phoihop.domain import models as m
from phoihop.kernel.period import HOME
from phoihop.web.forms import DateField, Form, MomentField, TextField, TimeField
from phoihop.web.lists import Head, Listing, chosen, filter_links
from tests.web.flat import flat


@pytest.fixture
def areas(db):
    for n in range(25):
        m.Area.objects.create(code=f"{n:05}", name=f"Xã {n % 5}", folded="", level="commune", kind="xa", valid_from=date(2025, 7, 1))
    return m.Area.objects.all()


def listing(rf, areas, query="", **more):
    return Listing(rf.get(f"/x/{query}"), areas, {"ten": "name", "ma": "code"}, "ma", per=10, **more)


def codes(shown):
    return [a.code for a in shown.rows]


def test_a_page_of_rows_with_the_way_on_and_back(rf, areas):
    shown = listing(rf, areas, "?trang=2&dv=1")
    assert codes(shown) == [f"{n:05}" for n in range(10, 20)]
    assert (shown.first_shown, shown.last_shown, shown.total, shown.pages) == (11, 20, 25, 3)
    assert (shown.before, shown.after) == ("?dv=1", "?dv=1&trang=3")


@pytest.mark.parametrize(("asked", "number"), [("99", 3), ("0", 1), ("-1", 1), ("x", 1), ("9" * 40, 1)])
def test_a_page_that_is_not_there_is_the_nearest(rf, areas, asked, number):
    assert listing(rf, areas, f"?trang={asked}").number == number


def test_an_order_that_does_not_exist_is_the_first_one(rf, areas):
    assert listing(rf, areas, "?xep=password").sort == "ma"


def test_ties_are_broken_by_the_key_both_ways(rf, areas):
    up, down = listing(rf, areas, "?xep=ten"), listing(rf, areas, "?xep=-ten")
    assert codes(up)[:5] == ["00000", "00005", "00010", "00015", "00020"]
    assert codes(down)[:5] == ["00024", "00019", "00014", "00009", "00004"]


def test_a_column_head_sorts_up_then_down_and_says_how(rf, areas):
    shown = listing(rf, areas, "?xep=ten&trang=2")
    assert shown.head("ten") == Head("?xep=-ten", "ascending")
    assert shown.head("ma") == Head("?xep=ma", "")
    html = Template('{% sorted_by listing "ten" "Tên" %}').render(Context({"listing": shown}))
    assert 'aria-sort="ascending"' in html


def test_a_list_asks_twice_or_once_when_the_page_knows_how_many(rf, areas, django_assert_num_queries):
    with django_assert_num_queries(2):
        shown = listing(rf, areas)
        assert (len(shown.rows), shown.total) == (10, 25)
    with django_assert_num_queries(1):
        assert len(listing(rf, areas, total=25).rows) == 10


def test_an_empty_list_has_one_empty_page(rf, areas):
    shown = listing(rf, areas.none())
    assert (shown.rows, shown.first_shown, shown.last_shown, shown.pages, shown.after) == ([], 0, 0, 1, "")


def test_a_filter_is_one_of_its_options(rf):
    options = {"": "Tất cả", "tre": "Trễ"}
    assert chosen(rf.get("/?loc=tre"), "loc", options) == "tre"
    assert chosen(rf.get("/?loc=khac"), "loc", options) == ""
    links = filter_links(rf.get("/?loc=tre&dv=1&trang=2"), "loc", options, "tre")
    assert [(one["url"], one["here"]) for one in links] == [("?dv=1", False), ("?dv=1&loc=tre", True)]


class Sample(Form):
    day = DateField(label="Ngày", help_text="Ngày đi")
    at = TimeField(label="Giờ", required=False)
    when = MomentField(label="Lúc", required=False)
    note = TextField(label="Ghi chú", required=False)
    agreed = forms.BooleanField(label="Đồng ý", required=False)


def test_days_and_times_arrive_as_such():
    form = Sample({"day": "21/11/2026", "at": "2030", "when_0": "1/6/2026", "when_1": "7h"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["day"] == date(2026, 11, 21)
    assert form.cleaned_data["at"].isoformat() == "20:30:00"
    assert form.cleaned_data["when"] == datetime(2026, 6, 1, 7, tzinfo=HOME)


def test_what_does_not_exist_is_refused_with_a_sentence():
    form = Sample({"day": "30/2/2026", "at": "25:00", "when_0": "1/6/2026", "when_1": ""})
    assert form.errors == {
        "day": ["Không có ngày này. Viết ngày/tháng/năm, như 21/11/2026."],
        "at": ["Không có giờ này. Viết như 19:30."],
        "when": ["Chọn ngày và giờ."],
    }


def test_a_moment_is_shown_in_vietnam():
    form = Sample(initial={"when": datetime(2026, 6, 1, 10, 30, tzinfo=UTC)})
    html = str(form["when"])
    assert 'value="01/06/2026"' in html
    assert 'value="17:30"' in html


def test_a_field_names_its_error_and_its_hint_to_a_screen_reader():
    form = Sample({"day": "30/2/2026"})
    html = Template("{% summary form %}{% field form.day %}{% field form.agreed %}{% field form.when %}").render(Context({"form": form}))
    assert '<a href="#id_day">Không có ngày này.' in html
    assert 'aria-describedby="id_day_helptext id_day_error"' in html
    assert 'id="id_day_error"' in html
    assert 'id="id_day_helptext"' in html
    assert '<label class="check"><input type="checkbox"' in html
    assert '<fieldset id="id_when"' in flat(html)


def test_an_offer_is_sent_in_place_of_what_was_typed(rf):
    """The button stands after the field and bears its name: the last value is the one that is read."""
    data = rf.post("/", {"day": "1/6/2026", "note": ["gõ", "bản sửa"]}).POST
    form = Sample(data)
    assert form.is_valid()
    assert form.cleaned_data["note"] == "bản sửa"


def test_what_is_read_as_a_number_is_one():
    """ "²" is a digit that ``int`` does not read."""
    source = Path(phoihop.__file__).parent
    assert [path.name for path in source.rglob("*.py") if ".isdigit()" in path.read_text(encoding="utf-8")] == []
