import pytest
from PIL import ImageFont

from phoihop.papers.pdf import FONTS
from phoihop.papers.widths import balanced, bold_width

NAMES = [
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "BỘ CHỈ HUY QUÂN SỰ TỈNH VĨNH LONG",
    "ỦY BAN NHÂN DÂN XÃ PHƯỚC MỸ TRUNG",
    "BAN CHỈ HUY PHÒNG THỦ KHU VỰC 3 - MỎ CÀY",
    "Kết quả phối hợp, bảo đảm “an ninh, trật tự” quý IV năm 2026 (đợt 2)",
    "Ươm mầm ưỡn ẹo: quyết ước, tương trợ & xây dựng 'nhân dân'…",
]


@pytest.mark.parametrize("text", NAMES)
def test_a_line_is_as_wide_as_the_typeface_sets_it(text):
    drawn = ImageFont.truetype(str(FONTS / "Tinos-Bold.ttf"), 2048, layout_engine=ImageFont.Layout.BASIC).getlength(text) / 2048
    assert bold_width(text, 1000) / 25.4 * 72 == pytest.approx(drawn * 1000, rel=0.01)


def test_the_country_and_its_motto_fit_the_right_column():
    assert bold_width(NAMES[0], 13) < 97
    assert bold_width(NAMES[1], 14) == pytest.approx(60.5, abs=0.2)


def test_what_fits_stays_on_one_line_and_no_text_is_no_line():
    assert balanced("Công an tỉnh", 14, 140) == ["Công an tỉnh"]
    assert balanced("", 14, 140) == []


def test_what_does_not_fit_is_cut_into_lines_of_nearly_equal_length():
    text = "Kết quả phối hợp giữa các lực lượng trong bảo đảm an ninh, trật tự tháng 10 năm 2026"
    lines = balanced(text, 14, 140)
    assert " ".join(lines) == text
    assert len(lines) == 2
    assert abs(bold_width(lines[0], 14) - bold_width(lines[1], 14)) < 15


@pytest.mark.parametrize("room", range(70, 140, 5))
def test_a_number_stays_with_the_term_that_it_counts(room):
    text = "Kết quả phối hợp giữa các lực lượng tháng 11 năm 2026 trên địa bàn xã Bảo Thạnh"
    lines = balanced(text, 14, room)
    assert (" ".join(lines), [line for line in lines if line.endswith(("tháng", "năm"))]) == (text, [])


def test_line_breaks_are_kept_and_an_endless_word_stands_alone():
    assert balanced("một\nhai ba", 14, 140) == ["một", "hai ba"]
    assert balanced(f"một {'x' * 300} hai", 14, 140) == ["một", "x" * 300, "hai"]
