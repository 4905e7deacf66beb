import io
from collections import UserDict, namedtuple
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import models
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from phoihop.domain.models import Activity, Area, Unit
from phoihop.kernel.duty_number import DutyNumber
from phoihop.kernel.gates.arguments import texts_in
from phoihop.kernel.period import HOME, Period
from phoihop.kernel.secret import Secret
from phoihop.kernel.upload import Upload

UPLOAD = Upload("a.txt", b"x")
Pair = namedtuple("Pair", "note people")


class Kind(models.TextChoices):
    SEA = "sea", "biển"


@dataclass(frozen=True, slots=True)
class Party:
    unit: Unit
    note: str = ""
    people: int = 0


@dataclass
class Draft:
    title: str
    parties: list


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("chữ", [("x", "chữ")]),
        ("", [("x", "")]),
        (mark_safe("chữ"), [("x", "chữ")]),
        (UPLOAD, [("x", UPLOAD)]),
        (["một", 2, "ba"], [("x.0", "một"), ("x.2", "ba")]),
        (("một", ["hai"]), [("x.0", "một"), ("x.1.0", "hai")]),
        ({"một"}, [("x.0", "một")]),
        (frozenset({"một"}), [("x.0", "một")]),
        ({"khóa": "giá trị"}, [("x.0", "khóa"), ("x.khóa", "giá trị")]),
        ({1: "một", 2: [UPLOAD]}, [("x.1", "một"), ("x.2.0", UPLOAD)]),
        (UserDict({"a": "b"}), [("x.0", "a"), ("x.a", "b")]),
        ({"a": "b"}.values(), [("x.0", "b")]),
        (Pair("chữ", 3), [("x.note", "chữ")]),
        (Party(Unit(), "chữ", 3), [("x.note", "chữ")]),
        (Draft("tên", [Party(Unit(), "chữ")]), [("x.title", "tên"), ("x.parties.0.note", "chữ")]),
        ([Draft("tên", [])] * 2, [("x.0.title", "tên"), ("x.1.title", "tên")]),
    ],
)
def test_every_text_and_upload_is_found_with_its_place(value, found):
    assert texts_in({"x": value}) == found


@pytest.mark.parametrize(
    "value",
    [
        None, True, 3, 2.5, Decimal("1"), date(2026, 6, 1), datetime(2026, 6, 1, tzinfo=HOME), time(8), timedelta(1), uuid4(), HOME, range(3), Kind.SEA, Kind,
        Secret("0912345678"), DutyNumber("0912345678"), Unit(name="tên"), gettext_lazy("lời của chương trình"), Period(date(2026, 6, 1), date(2026, 7, 1)), [], {}, (),
    ],
)  # fmt: skip
def test_what_holds_no_text_that_somebody_typed_is_passed_over(value):
    assert texts_in({"x": value, "y": [value], "z": {1: value}}) == []


def test_records_are_not_looked_into_nor_fetched(django_assert_num_queries):
    assert texts_in({"areas": Area.objects.all(), "activity": Activity(), "manager": Area.objects}) == []


@pytest.mark.parametrize(
    "value",
    [
        (t for t in "ab"), iter(["a"]), map(str, [1]), b"0912345678", bytearray(b"x"), memoryview(b"x"), io.BytesIO(b"x"), io.StringIO("x"), SimpleNamespace(a="b"),
        object(), Path("x"), lambda: "x", ValueError("x"),
    ],
    ids=lambda v: type(v).__name__,
)  # fmt: skip
def test_what_the_gates_cannot_look_into_is_no_argument(value):
    with pytest.raises(TypeError, match="the gates cannot look into it"):
        texts_in({"x": value})
    with pytest.raises(TypeError):
        texts_in({"x": [{"y": value}]})


def test_arguments_keep_their_order():
    assert [place for place, _ in texts_in({"b": "1", "a": "2", "c": ["3", "4"]})] == ["b", "a", "c.0", "c.1"]
