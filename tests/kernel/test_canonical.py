"""The short way to canonical bytes writes what RFC 8785 says, for all that the journal can hold."""

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from phoihop.kernel.text import canonical

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
KEYS = st.text(st.characters(max_codepoint=127), max_size=6)
PLAIN = st.recursive(
    st.one_of(TEXTS, st.integers(-(2**53) + 1, 2**53 - 1)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=12,
)


@given(PLAIN)
def test_plain_values_have_the_bytes_of_the_standard(value):
    assert canonical(value) == rfc8785.dumps(value)


@pytest.mark.parametrize(
    "value",
    ['\x00\x08\t\n\x0b\x0c\r\x1f\x7f\u2028"\\/', "Đồn Biên phòng", "𝄞", {"\ufffd": 1, "𝄞": 2}, {"é": 1, "z": 2}, (1, "a"), [True, None], {"b": [], "a": {}}],
    ids=repr,
)
def test_so_do_the_odd_ones(value):
    assert canonical(value) == rfc8785.dumps(value)


@pytest.mark.parametrize("value", [2**53, -(2**53), [2**60], {"a": b"x"}, {1: "a"}, b"x"], ids=repr)
def test_what_other_readers_would_not_keep_exactly_is_refused(value):
    with pytest.raises(rfc8785.CanonicalizationError):
        canonical(value)
