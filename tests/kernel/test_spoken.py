import uuid
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phoihop.kernel.spoken import Spoken, misheard, parse, uid_of

letters = st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
codes = st.builds(
    Spoken,
    kind=st.tuples(letters, letters).map("".join),
    year=st.integers(2000, 2099),
    tag=st.tuples(st.lists(letters, min_size=2, max_size=3).map("".join), st.integers(0, 99)).map(lambda t: f"{t[0]}{t[1]:02}"),
    number=st.integers(1, 999_999_999),
)


def test_a_code_has_kind_year_tag_number_and_check_digit():
    assert str(Spoken("TT", 2026, "QS86", 18371)) == "TT-26-QS86-18371-7"


@given(codes)
def test_a_code_is_read_back_as_it_was_minted(code):
    assert parse(str(code)) == code


@pytest.mark.parametrize(
    "typed",
    [
        "tt-26-qs86-18371-7", " TT 26 QS86 18371 7 ", "TT.26.QS86.18371.7", "TT–26–QS86–18371–7", "TT26QS86-18371-7", "TT_26_QS86_18371_7", "TT - 26 - QS86 - 18371 - 7",
    ],
)  # fmt: skip
def test_a_code_is_understood_however_it_is_typed(typed):
    assert parse(typed) == Spoken("TT", 2026, "QS86", 18371)


@pytest.mark.parametrize(
    "typed", ["", "TT", "18371", "TT-26-QS86-18371", "T-26-QS86-18371-7", "TT-26-QS8-18371-7", "TT-26-QS86-1837100000-7", "TT-26-QS86-18371-77"]
)
def test_what_is_no_code_is_none(typed):
    assert parse(typed) is None


@given(codes, st.data())
def test_every_digit_heard_wrongly_is_noticed(code, data):
    said = str(code)
    places = [n for n, c in enumerate(said) if c.isdigit()]
    place = data.draw(st.sampled_from(places))
    other = data.draw(st.sampled_from([d for d in "0123456789" if d != said[place]]))
    assert parse(said[:place] + other + said[place + 1 :]) is None


@given(codes, st.data())
def test_every_two_neighbouring_digits_swapped_are_noticed(code, data):
    said = str(code)
    digits = [n for n, c in enumerate(said) if c.isdigit()]
    pairs = [(a, b) for a, b in pairwise(digits) if not any(c.isalpha() for c in said[a:b]) and said[a] != said[b]]
    if pairs:
        a, b = data.draw(st.sampled_from(pairs))
        assert parse(said[:a] + said[b] + said[a + 1 : b] + said[a] + said[b + 1 :]) is None


def test_no_swap_of_neighbours_passes_in_the_first_thousands_of_a_node():
    missed = []
    for number in range(1, 2500):
        said = str(Spoken("TT", 2026, "QS86", number))
        for n in range(11, len(said) - 2):
            if said[n] != said[n + 1] and said[n].isdigit() and said[n + 1].isdigit():
                missed += [said] if parse(said[:n] + said[n + 1] + said[n] + said[n + 2 :]) else []
    assert missed == []


def test_the_same_code_is_the_same_thing_on_every_node():
    assert uid_of("TT-26-QS86-18371-7") == uid_of("TT-26-QS86-18371-7")
    assert uid_of("TT-26-QS86-18371-7") != uid_of("TT-26-QS86-18372-1")
    assert uid_of("TT-26-QS86-18371-7").version == uuid.uuid5(uuid.NAMESPACE_DNS, "x").version


def test_a_code_whose_last_digit_does_not_fit_is_misheard_and_other_texts_are_not():
    said = str(Spoken("TT", 2026, "PH86", 2501))
    wrong = said[:-1] + str((int(said[-1]) + 1) % 10)
    assert [misheard(text) for text in (said, wrong, wrong.lower().replace("-", " "), "TT-26-PH86", "Xã Sông", "")] == [False, True, True, False, False, False]
