import pytest

from phoihop.domain.forces.rules.naming import HEADS, has_own_name, is_of_here, told_by
from phoihop.kernel.text import fold


@pytest.mark.parametrize(
    ("text", "forces", "rest"),
    [
        ("CA xã Bảo Thạnh", ("CA",), "xã Bảo Thạnh"),
        ("Công an xã Bao Thanh", ("CA",), "xã Bao Thanh"),
        ("CAX Bảo Thạnh", ("CA",), "Bảo Thạnh"),
        ("BCHQS xã Bảo Thạnh", ("QS", "DQ"), "xã Bảo Thạnh"),
        ("Ban Chỉ huy quân sự xã Bảo Thạnh", ("QS", "DQ"), "xã Bảo Thạnh"),
        ("Ban CHQS", ("QS", "DQ"), ""),
        ("Bộ CHQS tỉnh", ("QS",), "tỉnh"),
        ("Đồn BP Hàm Luông", ("BP",), "Hàm Luông"),
        ("Đồn Biên phòng cửa khẩu Hà Tiên", ("BP",), "Hà Tiên"),
        ("ĐBP  Hàm  Luông", ("BP",), "Hàm Luông"),
        ("Dân quân xã Bảo Thạnh", ("DQ",), "xã Bảo Thạnh"),
        ("Tổ bảo vệ an ninh, trật tự xã Ba Tri", ("AN",), "xã Ba Tri"),
        ("Ủy ban MTTQ Việt Nam xã Ba Tri", ("MT",), "xã Ba Tri"),
        ("UBND xã Ba Tri", ("UB",), "xã Ba Tri"),
        ("Phòng thủ khu vực 1", ("QS",), "1"),
        ("Tỉnh ủy", ("CU",), ""),
        ("Bảo Thạnh", None, "Bảo Thạnh"),
        ("Cao Lãnh", None, "Cao Lãnh"),
    ],
)
def test_a_name_tells_its_force_and_its_place(text, forces, rest):
    told = told_by(text)
    assert (told.head.forces if told.head else None, told.rest) == (forces, rest)


def test_heads_are_written_as_texts_are_compared():
    assert [words for words in HEADS if fold(words) != words] == []


@pytest.mark.parametrize(("rest", "here"), [("", True), ("tỉnh", True), ("TP", True), ("xã", False), ("tỉnh Bến Tre", False)])
def test_a_unit_of_here_has_no_place_or_only_a_level(rest, here):
    assert is_of_here(rest) is here


@pytest.mark.parametrize(
    ("text", "own"), [("Đồn BP Hàm Luông", True), ("PTKV 2", True), ("BĐBP tỉnh", False), ("CA xã Bảo Thạnh", False), ("Bảo Thạnh", False)]
)
def test_stations_and_regions_are_called_by_names_of_their_own(text, own):
    assert has_own_name(told_by(text).head) is own
