"""How far one party is with a text, told of what it said and signed and of how far the text itself is."""

from __future__ import annotations

import pytest

from phoihop.domain.agreements.rules.parties import party_state
from tests.world import NOON, at

BEFORE, AFTER = at(1, 8), at(2, 8)


@pytest.mark.parametrize(
    ("role", "stage", "change", "expected"),
    [
        ("lead", "draft", {}, "drafts"),
        ("lead", "opinions", {}, "gathers"),
        ("lead", "ended", {}, "over"),
        ("support", "draft", {}, "not-sent"),
        ("support", "opinions", {"opinions_by": AFTER}, "asked"),
        ("support", "opinions", {"opinions_by": BEFORE}, "asked-late"),
        ("support", "opinions", {"spoken": True}, "agrees"),
        ("support", "opinions", {"spoken": True, "wishes": 1}, "wishes"),
        ("support", "ended", {}, "silent"),
        ("support", "ended", {"spoken": True, "wishes": 1}, "wishes"),
        ("support", "signing", {"signs": True, "signing_by": AFTER}, "signing"),
        ("support", "signing", {"signs": True, "signing_by": BEFORE}, "signing-late"),
        ("support", "signing", {"signs": True, "declined": True}, "declined"),
        ("support", "ended", {"signs": True, "way": "key"}, "confirmed"),
        ("inform", "ended", {}, "follows"),
    ],
)
def test_how_far_a_party_is_follows_from_what_it_said_and_where_the_text_is(role, stage, change, expected):
    plain = {"signs": False, "way": "", "declined": False, "wishes": 0, "spoken": False, "opinions_by": None, "signing_by": None}
    assert party_state(**plain | {"role": role, "stage": stage, "now": NOON} | change) == expected
