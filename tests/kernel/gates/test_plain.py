import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phoihop.kernel.gates.judging import judge
from phoihop.kernel.gates.plain import Text, clean


@given(st.text(max_size=60))
def test_every_folding_is_as_long_as_the_text(typed):
    t = Text(typed)
    assert len(t.flat) == len(t.low) == len(t.figures) == len(t.text)


@pytest.mark.parametrize(
    ("typed", "flat"),
    [
        ("Đường ĐÊ", "duong de"), ("０９１２", "0912"), ("٠٩١٢", "0912"), ("một–hai—ba−bốn", "mot-hai-ba-bon"), ("a\u00a0b\u2003c", "a b c"), ("МẬТ", "mat"),
    ],
)  # fmt: skip
def test_letters_digits_dashes_and_blanks_have_one_form(typed, flat):
    assert Text(typed).flat == flat


@pytest.mark.parametrize("hidden", ["\u200b", "\u200d", "\u00ad", "\u2060", "\ufeff", "\u202e", "\u2066"])
def test_hidden_characters_hide_nothing(hidden):
    assert clean(f"M{hidden}Ậ{hidden}T") == "MẬT"
    assert judge(f"gọi 0912{hidden}345{hidden}678").code == "private-phone"


@pytest.mark.parametrize("text", ["TỐI MẬT", "gọi 0912 345 678", "ông Nguyễn Văn An", "nhà bà Trần Thị Bảy", "sinh năm 1985"])
def test_a_text_is_judged_alike_however_its_letters_are_composed(text):
    assert judge(unicodedata.normalize("NFD", text)).code == judge(text).code != ""


def test_letters_read_as_digits_only_among_digits():
    assert Text("tôi đi lúc 20 giờ, lô 10").figures == Text("tôi đi lúc 20 giờ, lô 10").flat
    assert Text("O9l2").figures == "0912"
