"""What does not fit the description of a request is said in the reader's language."""

from datetime import date
from typing import Literal

import pytest
from django.utils.translation import override
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from phoihop.api.misfits import said_of


class Sent(BaseModel):
    model_config = ConfigDict(extra="forbid")

    day: date = date(2026, 6, 1)
    people: int = Field(1, ge=0, le=500)
    name: str = Field("", max_length=3)
    sure: bool = False
    kind: Literal["sea", "road"] = "sea"
    units: list[str] = Field([], max_length=1)


@pytest.mark.parametrize(
    ("sent", "vietnamese", "english"),
    [
        (
            {"day": "2026-02-31"},
            "Ngày này không có, hoặc không đọc được. Ghi như 2026-06-01.",
            "There is no such day, or it cannot be read. Write it as 2026-06-01.",
        ),
        ({"people": -1}, "Nhỏ nhất là 0.", "At least 0."),
        ({"people": 1_000_000}, "Lớn nhất là 500.", "At most 500."),
        ({"people": "hai"}, "Cần một số.", "A number is needed."),
        ({"name": "dài quá"}, "Dài nhất 3 ký tự.", "At most 3 characters."),
        ({"sure": "có"}, "Cần đúng hoặc sai (true, false).", "True or false is needed."),
        ({"kind": "air"}, "Chỉ nhận một trong: 'sea', 'road'.", "Only one of: 'sea', 'road'."),
        ({"units": ["CA", "DQ"]}, "Nhiều nhất 1 mục.", "At most 1 items."),
        ({"colour": "đỏ"}, "Không có mục này trong mô tả.", "The description has no such item."),
    ],
    ids=["day", "too few", "too many", "no number", "long", "no truth", "not listed", "long list", "unknown"],
)
def test_each_kind_of_misfit_has_its_sentence(sent, vietnamese, english):
    with pytest.raises(ValidationError) as wrong:
        Sent(**sent)
    one = wrong.value.errors()[0]
    told = []
    for language in ("vi", "en"):
        with override(language):
            told.append(said_of(one["type"], one.get("ctx", {})))
    assert told == [vietnamese, english]


def test_what_our_own_descriptions_refuse_has_its_sentence_too():
    with override("vi"):
        told = [said_of("string_with_nul", {}), said_of("date_not_of_our_time", {})]
    assert told == ["Chuỗi chữ không chứa ký tự NUL.", "Ngày nằm trong khoảng năm 1900 đến 2199."]


def test_what_has_no_sentence_of_its_own_or_lacks_its_limit_is_said_in_general():
    with override("vi"):
        assert [said_of("bytes_type", {}), said_of("too_long", {})] == ["Không đúng loại mà /api/ mô tả."] * 2
