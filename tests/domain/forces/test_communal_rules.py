"""Military and militia of a commune are one command; above it, and of other forces, each is its own."""

import pytest

from phoihop.domain.forces.rules.communal import spoken_for, with_other_name


@pytest.mark.parametrize(
    ("code", "level", "names", "one"),
    [
        ("QS", "commune", {"QS", "DQ"}, "DQ"),
        ("DQ", "commune", {"QS", "DQ"}, "DQ"),
        ("CA", "commune", {"CA"}, "CA"),
        ("QS", "province", {"QS"}, "QS"),
        ("DQ", "province", {"DQ"}, "DQ"),
        ("DQ", "hamlet", {"DQ"}, "DQ"),
    ],
)
def test_who_says_the_military_of_a_commune_means_the_command_of_its_militia(code, level, names, one):
    assert (with_other_name([code], level), spoken_for(code, level)) == (names, one)
