"""The key of a post: made by its holder under a PIN, opened for one signature, locked by guessing, revoked."""

import pytest

from phoihop.domain import models as m
from phoihop.domain.matters.queries.proof import verify
from phoihop.domain.people.actions.keys import make_key, open_key, revoke_key
from phoihop.domain.people.queries.keys import key_of, keys_seen_by
from phoihop.domain.people.rules.keys import fits_pin
from phoihop.kernel.action import action
from phoihop.kernel.pin_key import vouches
from phoihop.kernel.secret import Secret
from phoihop.kernel.verdict import Refused, Verdict
from tests.domain.agreements.agreed import MORNING, PASSWORD, PIN, a_key, heads
from tests.world import at, songdat

PINS = {
    "long enough": ("73190284", "73190284", ""),
    "letters, too": ("hoa sữa 86", "hoa sữa 86", ""),
    "too short": ("7319028", "7319028", "pin-length"),
    "too long": ("1" * 33, "1" * 33, "pin-length"),
    "one digit": ("11111111", "11111111", "pin-plain"),
    "a run upwards": ("12345678", "12345678", "pin-plain"),
    "a run downwards": ("87654321", "87654321", "pin-plain"),
    "differs": ("73190284", "73190285", "pin-twice"),
}


@pytest.mark.parametrize("name", PINS)
def test_a_pin_holds_out_against_guessing(name):
    pin, again, code = PINS[name]
    assert fits_pin(Secret(pin), Secret(again)).code == code


@pytest.fixture
def police(db):
    return heads(songdat()).police


def opened(by, pin, when=MORNING):
    """What ``open_key`` answers inside an action of its own."""

    @action
    def try_it(*, by, pin, at):
        found = open_key(by, pin, at)
        if not isinstance(found[1], Verdict):
            _note(by, at)
        return found

    from phoihop.kernel.action import ACTIONS

    ACTIONS.pop(next(name for name in ACTIONS if name.endswith(".try_it")))
    return try_it(by=by, pin=Secret(pin), at=when)[1]


def _note(by, when):
    from phoihop.kernel.journal import write

    write(by=by, what="key.made", at=when)


def test_a_key_signs_with_its_pin_and_its_private_half_is_nowhere(police):
    key = a_key(police)
    private = opened(police, PIN)
    assert vouches(key.public, private.sign(b"text").hex(), b"text")
    assert private.private_bytes_raw().hex() not in key.wrapped
    assert PIN not in "".join(str(value) for value in m.PostKey.objects.values_list().get())
    assert list(verify()) == []


def test_a_wrong_pin_is_counted_and_the_fifth_locks(police):
    a_key(police)
    said = [opened(police, "00000000", at(1, 9, n)) for n in range(5)]
    assert [v.code for v in said] == ["pin-wrong"] * 4 + ["key-locked"]
    assert m.PostKey.objects.get().misses == 5
    with pytest.raises(Refused) as refused:
        opened(police, PIN)
    assert refused.value.verdict.code == "key-locked"


def test_the_right_pin_forgets_earlier_misses(police):
    a_key(police)
    opened(police, "00000000")
    opened(police, PIN)
    assert m.PostKey.objects.get().misses == 0


def test_a_new_key_revokes_the_former(police):
    former, new = a_key(police), a_key(police, at(2, 9))
    former.refresh_from_db()
    assert (former.revoked_at, key_of(police)) == (at(2, 9), new)


def test_a_key_is_made_with_the_password_of_the_account(police):
    with pytest.raises(Refused) as refused:
        make_key(by=police, password=Secret("không phải"), pin=Secret(PIN), again=Secret(PIN), at=MORNING)
    assert (refused.value.verdict.code, refused.value.verdict.field) == ("password-old-wrong", "password")


def test_an_administrator_makes_no_key_but_may_revoke_one(police):
    key = a_key(police)
    quan = m.Post.objects.get(title="quân")
    with pytest.raises(Refused) as refused:
        make_key(by=quan, password=Secret(PASSWORD), pin=Secret(PIN), again=Secret(PIN), at=MORNING)
    assert refused.value.verdict.code == "not-your-role"
    assert list(keys_seen_by(quan)) == [key]
    assert revoke_key(by=quan, key=key, at=at(1, 10)).revoked_at == at(1, 10)


def test_another_post_revokes_nothing(police):
    key = a_key(police)
    with pytest.raises(Refused) as refused:
        revoke_key(by=m.Post.objects.get(title="mai"), key=key, at=at(1, 10))
    assert refused.value.verdict.code == "not-your-role"
    assert list(keys_seen_by(m.Post.objects.get(title="mai"))) == []


def test_who_has_no_key_is_told_to_make_one(police):
    with pytest.raises(Refused) as refused:
        opened(police, PIN)
    assert refused.value.verdict.code == "no-key"
