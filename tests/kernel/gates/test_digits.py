import pytest
from hypothesis import given
from hypothesis import strategies as st

from phoihop.kernel.gates.judging import Reading, judge
from phoihop.kernel.gates.words import PROVINCES


def code(text, **how):
    return judge(text, reading=Reading(**how)).code


def test_an_identity_number_begins_with_one_of_the_63_provinces_of_old():
    assert len(PROVINCES) == 63
    assert [p for p in sorted(PROVINCES) if code(f"số {p}095001234") != "identity-number"] == []


@pytest.mark.parametrize("number", ["003095001234", "097095001234", "999095001234", "100095001234", "086495001234", "086010001234", "086250001234"])
def test_twelve_digits_that_no_card_can_have_pass(number):
    assert code(f"số lô hàng {number}") == ""


@pytest.mark.parametrize("number", ["003095001234", "999095001234", "123456789012"])
def test_any_twelve_digits_beside_the_word_for_a_card_are_one(number):
    assert code(f"CCCD {number}") == "identity-number"


@pytest.mark.parametrize(
    "written", ["086095001234", "086 095 001 234", "0860 9500 1234", "086.095.001.234", "086-095-001-234", "086 0 95 001234", "0 8 6 0 9 5 0 0 1 2 3 4"]
)
def test_an_identity_number_is_seen_however_it_is_grouped(written):
    assert code(f"giấy tờ {written} đã xem") == "identity-number"


@pytest.mark.parametrize("text", ["01.10.2025 19.30", "08 06 2026 07 30", "01 10 20 25 19 30", "011-02-51-93-055"])
def test_dates_and_hours_side_by_side_are_no_identity_number(text):
    assert code(text) == ""


@pytest.mark.parametrize("prefix", ["032", "039", "052", "055", "056", "058", "059", "070", "076", "079", "081", "089", "090", "099"])
def test_every_prefix_of_a_mobile_number_is_known(prefix):
    assert code(f"gặp {prefix}1234567") == "private-phone"


@pytest.mark.parametrize("prefix", ["020", "024", "028", "0270", "030", "031", "040", "051", "060", "071", "080", "112", "1800", "1900", "500"])
def test_land_lines_services_and_what_is_no_prefix_pass(prefix):
    assert code(f"gặp {prefix}{'1234567890'[: 10 - len(prefix)]}") == ""


@pytest.mark.parametrize(
    "written",
    [
        "0912345678",
        "0912 345 678",
        "091 234 5678",
        "0912.34.56.78",
        "0912-345678",
        "(0912) 345 678",
        "+84 912 345 678",
        "+84(0)912345678",
        "84912345678",
        "0084-912-345-678",
        "09 12 34 56 78",
        "09.12.34.56.78",
        "09 1234 5678",
        "(09) 12 34 56 78",
    ],
)
def test_a_mobile_number_is_seen_however_it_is_grouped(written):
    assert code(f"gặp {written} nhé") == "private-phone"


@pytest.mark.parametrize("text", ["09 12 34 56 78", "0 9 1 2 3 4 5 6 7 8", "0 912 345 678"])
def test_figures_of_a_table_side_by_side_are_no_telephone_number_unless_a_word_says_so(text):
    assert code(text, spread=True) == ""
    assert code(f"điện thoại {text}", spread=True) == "private-phone"


@pytest.mark.parametrize("text", ["912345678", "kinh phí 912345678 đồng", "84.912.345.678 đồng", "84 912 345 678 đồng", "912.345.678"])
def test_amounts_that_look_like_a_number_without_its_nought_pass(text):
    assert code(text) == ""


@pytest.mark.parametrize("text", ["9.0912345678", "106.0912345678", "MST 0912345678", "mã số doanh nghiệp: 0912345678", "a0912345678f", "10,0912345678"])
def test_fractions_tax_codes_and_parts_of_longer_tokens_pass(text):
    assert code(text) == ""


@given(st.integers(10**8, 10**12), st.sampled_from([".", " ", ","]))
def test_no_amount_grouped_by_thousands_is_anybodys_number(amount, point):
    assert code(f"{amount:,} đồng".replace(",", point)) == ""


@given(st.floats(102, 110).map(lambda x: round(x, 8)), st.floats(8.1, 23.4).map(lambda x: round(x, 8)))
def test_no_place_in_vietnam_is_anybodys_number(longitude, latitude):
    assert code(f"tọa độ {latitude}, {longitude}") == ""


@given(st.integers(1, 999_999_999), st.sampled_from(["CA03", "QS86", "BP09", "PH91"]), st.integers(0, 99), st.integers(0, 9))
def test_no_code_of_ours_is_anybodys_number(number, tag, year, check):
    assert code(f"xem TT-{year:02}-{tag}-{number}-{check}") == ""


@given(st.uuids())
def test_no_uuid_is_anybodys_number(uid):
    assert code(str(uid)) == ""


@pytest.mark.parametrize(
    "text", ["tài khoản Kho bạc Nhà nước 3751.0.9087654", "STK 3713.0.1054321 tại KBNN", "kích hoạt 1.234.567 tài khoản", "tài khoản: 1.234.567 tài khoản mới"]
)
def test_accounts_at_the_treasury_and_counts_of_accounts_pass(text):
    assert code(text) == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("mã băm 0821470661d0a2e1faf420a300cb5ca8", ""),
        ("mã băm d0a2e1faf420a300cb5ca80821470661", ""),
        ("mã băm 5f193b350c8aba4883dedf97367ef308 0821470661d0a2e1faf420a300cb5ca8", ""),
        ("mã băm 086095001234d0a2e1faf420a300cb5c", ""),
        ("gọi 0821470661abc", "private-phone"),
        ("0821470661 rồi d0a2e1faf420a300cb5ca8d0", "private-phone"),
    ],
)
def test_digits_at_the_edge_of_a_digest_are_no_number_of_a_person(text, said):
    assert code(text) == said
