from datetime import datetime, timedelta

import pyotp
import pytest

from phoihop.domain.people.models import Post, User
from phoihop.domain.people.rules import signing_in as rules
from phoihop.domain.people.rules.passwords import fits_password, is_new, old_is_right, same_twice
from phoihop.kernel.period import HOME
from phoihop.kernel.secret import Secret

NOON = datetime(2026, 6, 1, 12, 0, 10, tzinfo=HOME)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.mark.parametrize(("misses", "minutes"), [(0, 0), (1, 0), (4, 0), (5, 5), (6, 10), (7, 20), (8, 40), (9, 60), (10, 60), (500, 60)])
def test_the_fifth_miss_locks_for_five_minutes_and_each_further_one_twice_as_long_up_to_an_hour(misses, minutes):
    assert rules.lock_after(misses) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("until", "code"),
    [(None, ""), (NOON - timedelta(seconds=1), ""), (NOON, ""), (NOON + timedelta(seconds=1), "locked")],
)
def test_a_lock_holds_until_its_moment(until, code):
    assert rules.not_locked(until, NOON).code == code


def test_a_lock_says_until_when():
    assert "12:05, 01/06/2026" in str(rules.locked(NOON + timedelta(minutes=5)).reason)


@pytest.mark.parametrize(
    ("role", "username", "needed"),
    [
        ("duty", "lan", False),
        ("staff", "lan", False),
        ("commander", "lan", False),
        ("partner", "lan", False),
        ("admin", "lan", True),
        ("auditor", "lan", True),
        ("admin", "demo.quan-tri", False),
        ("admin", "demoquantri", True),
    ],
)
def test_administrator_and_auditor_need_the_second_proof(role, username, needed):
    assert rules.code_required(role, username) is needed
    without, with_one = User(username=username), User(username=username, totp_secret="sealed")
    assert rules.may_act_in(Post(role=role), without).code == ("authenticator-first" if needed else "")
    assert rules.may_act_in(Post(role=role), with_one).code == ""
    assert rules.may_drop_authenticator({"duty", role}, username).code == ("authenticator-needed" if needed else "")


@pytest.mark.parametrize(
    ("shift", "last", "fits"),
    [(0, 0, True), (-30, 0, True), (30, 0, True), (-60, 0, False), (60, 0, False), (0, rules.counter_at(NOON), False), (30, rules.counter_at(NOON), True)],
)
def test_a_code_fits_its_half_minute_or_a_neighbour_and_only_once(shift, last, fits):
    code = pyotp.TOTP(SECRET).at(NOON + timedelta(seconds=shift))
    expected = rules.counter_at(NOON) + shift // 30 if fits else None
    assert rules.matching_counter(SECRET, code, NOON, last) == expected


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("ngắn 9 ký", "password-short"),
        ("qua cầu rút ván", ""),
        ("mười ký tự", ""),
        ("x" * 201, "password-long"),
        ("aaaaaaaaaaaa", "password-monotonous"),
        ("qwertyuiop", "password-common"),
        ("QwertyUiop", "password-common"),
        ("toi la an.nv day", "password-is-name"),
        ("TOI LA AN.NV DAY", "password-is-name"),
    ],
)
def test_a_password_is_long_not_the_name_and_not_what_everybody_tries(password, code):
    assert fits_password(Secret(password), "an.nv").code == code


@pytest.mark.parametrize(
    ("verdict", "code"),
    [
        (same_twice(Secret("một câu dài"), Secret("một câu dài")), ""),
        (same_twice(Secret("một câu dài"), Secret("một câu dái")), "password-differs"),
        (is_new(Secret("một câu dài"), Secret("câu cũ dài")), ""),
        (is_new(Secret("một câu dài"), Secret("một câu dài")), "password-same"),
        (old_is_right(True), ""),
        (old_is_right(False), "password-old-wrong"),
    ],
)
def test_changing_a_password_is_judged_part_by_part(verdict, code):
    assert verdict.code == code


def test_a_wrong_name_and_a_wrong_password_get_the_same_sentence():
    assert (rules.WRONG.code, rules.WRONG.field) == ("sign-in-wrong", "password")
    assert "tài khoản" not in str(rules.WRONG.reason)


@pytest.mark.parametrize(("fits", "code"), [(True, ""), (False, "first-code-wrong")])
def test_an_authenticator_counts_from_its_first_right_code(fits, code):
    assert rules.first_code_fits(fits).code == code


@pytest.mark.parametrize(("sealed", "code"), [("x", ""), ("", "authenticator-missing")])
def test_recovery_codes_belong_to_an_authenticator(sealed, code):
    assert rules.has_authenticator(User(totp_secret=sealed)).code == code
