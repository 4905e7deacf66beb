import pytest

from phoihop.kernel.duty_number import DutyNumber, dialled


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("113", "113"), ("0270 3822 345", "02703822345"), ("(0270) 3.822.345", "02703822345"), ("0912-345-678", "0912345678"),
        ("+84 912 345 678", "0912345678"), ("0084912345678", "0912345678"), ("84912345678", "0912345678"), ("1900 1234", "19001234"),
    ],
)  # fmt: skip
def test_a_number_is_dialled_at_home_however_it_is_written(typed, digits):
    assert DutyNumber(typed).digits == digits
    assert dialled(typed) == digits


@pytest.mark.parametrize("typed", ["", "11", "0912345678 gặp anh An", "086095001234", "không có", "0912345678; 0987654321", "٠٩١٢٣٤٥٦٧٨"])
def test_what_is_no_telephone_number_cannot_hide_in_one(typed):
    with pytest.raises(ValueError, match="3 to 11 digits"):
        DutyNumber(typed)


def test_it_is_shown_as_it_was_written():
    assert str(DutyNumber("0270 3822 345")) == "0270 3822 345"
