import pytest

from phoihop.domain.territory.rules.names import agrees, bare, pieces, rank, readings, spelled, split_kind, word_of


@pytest.mark.parametrize(
    ("full", "kind", "name"),
    [
        ("Phường Ba Đình", "phuong", "Ba Đình"),
        ("Thành Phố Bắc Kạn", "thanh-pho", "Bắc Kạn"),
        ("Thị trấn Ba Tri", "thi-tran", "Ba Tri"),
        ("Đặc khu Lý Sơn", "dac-khu", "Lý Sơn"),
        ("Quận 1", "quan", "1"),
        ("Xã é Tòng", "xa", "É Tòng"),
        ("Xã Phường Mới", "xa", "Phường Mới"),
    ],
)
def test_the_word_of_kind_is_taken_off_a_full_name(full, kind, name):
    assert split_kind(full) == (kind, name)


def test_a_name_without_a_word_of_kind_is_refused():
    with pytest.raises(ValueError, match="Ba Tri"):
        split_kind("Ba Tri")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("xã Bảo Thuận", [("bao thuan", "xa"), ("xa bao thuan", ""), ("bao thuan", "")]),
        ("X. Bao Thuan", [("bao thuan", "xa"), ("x. bao thuan", ""), ("bao thuan", "")]),
        ("TT. Ba Tri", [("ba tri", "thi-tran"), ("tt. ba tri", ""), ("ba tri", "")]),
        ("T.T Ba Tri", [("ba tri", "thi-tran"), ("t.t ba tri", ""), ("ba tri", "")]),
        ("P4", [("4", "phuong"), ("p4", ""), ("4", "")]),
        ("F.4", [("4", "phuong"), ("f.4", ""), ("4", "")]),
        ("Huyền Hội", [("huyen hoi", "")]),
        ("huyen hoi", [("hoi", "huyen"), ("huyen hoi", ""), ("hoi", "")]),
        ("Đk Lý Sơn", [("ly son", "dac-khu"), ("dk ly son", ""), ("ly son", "")]),
        ("Tân Thành", [("tan thanh", "")]),
        ("  ", []),
    ],
)
def test_a_name_is_read_in_every_way_it_may_be_meant(text, found):
    assert [tuple(reading) for reading in readings(text)] == found


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("xã Bảo Thuận, huyện Ba Tri", ["xã Bảo Thuận", "huyện Ba Tri"]),
        ("Bảo Thuận - Ba Tri – Bến Tre", ["Bảo Thuận", "Ba Tri", "Bến Tre"]),
        ("Bảo Thuận (Ba Tri)", ["Bảo Thuận", "Ba Tri"]),
        ("Bà Rịa-Vũng Tàu", ["Bà Rịa-Vũng Tàu"]),
        ("", []),
    ],
)
def test_an_address_falls_into_its_parts(text, parts):
    assert pieces(text) == parts


@pytest.mark.parametrize(
    ("name", "asked", "found"),
    [
        ("bao thuan", "bao thuan", 0),
        ("bao thuan dong", "bao thuan", 1),
        ("bao thuan", "bao th", 2),
        ("bao thuan", "thuan", 3),
        ("bao thuan", "thuan bao", 4),
        ("bao thuan", "bao thach", -1),
        ("ba tri", "ba ba", -1),
    ],
)
def test_a_name_answers_better_or_worse(name, asked, found):
    assert rank(name, asked) == found


def test_both_ways_to_place_a_tone_are_one_spelling():
    assert [spelled(name) for name in ("Hoà Bình", "Hòa Bình", "Quý Lộc", "Thuỷ Hoàng", "Khoái Châu")] == [
        "hòa bình", "hòa bình", "quý lộc", "thủy hoàng", "khoái châu",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("piece", "left"),
    [("xã Bao Thanh", "Bao Thanh"), ("X. Bảo Thạnh", "Bảo Thạnh"), ("Huyền Hội", "Huyền Hội"), ("thi tran Ba Tri", "Ba Tri"), ("P.4", "4")],
)
def test_a_piece_can_lose_its_word_of_kind_and_keep_its_letters(piece, left):
    assert bare(piece).lower() == left.lower()


@pytest.mark.parametrize(
    ("piece", "same"),
    [("Tân Thành", True), ("tan thanh", True), ("xã tan thanh", True), ("Tân Thạnh", False), ("Tân Th", True)],
)
def test_diacritics_count_where_they_were_typed(piece, same):
    assert agrees("Tân Thành", piece) is same


def test_every_kind_of_civil_unit_has_its_word():
    assert [word_of(kind) for kind in ("xa", "phuong", "tinh", "cum")] == ["xã", "phường", "tỉnh", ""]
