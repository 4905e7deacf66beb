from datetime import timedelta

import pyotp
import pytest
from django.contrib.auth.hashers import make_password

from phoihop.config import settings as of_a_node
from phoihop.domain import models as m
from phoihop.domain.people.actions.authenticator import drop_authenticator, new_secret, renew_recovery_codes, set_authenticator
from phoihop.domain.people.actions.passwords import change_password, issue_reset_code, reset_password
from phoihop.domain.people.actions.signing_in import sign_in, sign_in_with_code, unlock
from phoihop.domain.people.queries.accounts import knock, locked_until
from phoihop.kernel.seal import unseal
from phoihop.kernel.secret import Secret
from phoihop.kernel.verdict import Refused
from tests.world import NOON, songdat

pytestmark = pytest.mark.django_db
GOOD, NEW = Secret("một câu dễ nhớ"), Secret("một câu khác hẳn")


def world():
    w = songdat()
    m.User.objects.filter(pk=w.lan.user_id).update(password=make_password(GOOD.reveal()))
    w.user = m.User.objects.get(pk=w.lan.user_id)
    return w


def try_once(w, password="sai mật khẩu", name="lan", at=NOON):
    return sign_in(by=w.node, knock=knock(name, Secret(password), at), at=at)


def events():
    return list(m.Event.objects.order_by("seq").values_list("what", flat=True))


def refusal(action, **arguments):
    with pytest.raises(Refused) as refused:
        action(**arguments)
    return refused.value.verdict.code


def test_the_right_password_signs_in_and_leaves_an_event_without_a_name():
    w = world()
    outcome = try_once(w, GOOD.reveal(), " LAN ")
    assert (outcome.user, outcome.half, bool(outcome.verdict)) == (w.user, False, True)
    event = m.Event.objects.get()
    assert (event.what, event.by, event.body) == ("user.signed_in", w.node, f'{{"second":"none","user":{w.user.pk}}}')


@pytest.mark.parametrize("name", ["lan", "không-ai", "thu"])
def test_wrong_password_unknown_name_and_account_without_password_get_the_same_answers_all_the_way_into_the_lock(name):
    w = world()
    answers = [try_once(w, name=name).verdict for _ in range(5)]
    assert [a.code for a in answers] == ["sign-in-wrong"] * 4 + ["locked"]
    assert "12:05, 01/06/2026" in str(answers[-1].reason)
    assert refusal(try_once, w=w, name=name, at=NOON + timedelta(minutes=4)) == "locked"
    assert events() == ["user.missed"] * 4 + ["user.locked_out"]


def test_a_locked_name_refuses_even_the_right_password_until_its_time():
    w = world()
    for _ in range(5):
        try_once(w)
    assert refusal(try_once, w=w, password=GOOD.reveal(), at=NOON + timedelta(minutes=4, seconds=59)) == "locked"
    assert try_once(w, GOOD.reveal(), at=NOON + timedelta(minutes=5)).user == w.user
    assert m.Guess.objects.count() == 0


def test_nothing_is_hashed_for_a_locked_name(monkeypatch):
    w = world()
    for _ in range(5):
        try_once(w)
    monkeypatch.setattr("phoihop.domain.people.queries.accounts.verify_password", lambda *_: pytest.fail("hashed"))
    assert knock("lan", GOOD, NOON).right is False


def test_each_miss_after_the_lock_locks_twice_as_long():
    w, moment, lengths = world(), NOON, []
    for _ in range(4):
        try_once(w)
    for _ in range(5):
        try_once(w, at=moment)
        until = locked_until(w.user, moment)
        lengths.append((until - moment).total_seconds() / 60)
        moment = until
    assert lengths == [5, 10, 20, 40, 60]


def test_misses_of_yesterday_are_forgotten():
    w = world()
    for _ in range(4):
        try_once(w)
        try_once(w, name="ai-đó")
    later = NOON + timedelta(days=1, seconds=1)
    assert try_once(w, at=later).verdict.code == "sign-in-wrong"
    assert list(m.Guess.objects.values_list("misses", flat=True)) == [1]


def test_an_administrator_lifts_a_lock():
    w = world()
    for _ in range(5):
        try_once(w)
    unlock(by=w.quan, user=w.user, at=NOON)
    assert try_once(w, GOOD.reveal()).user == w.user
    assert refusal(unlock, by=w.mai, user=w.user, at=NOON) == "not-your-role"


def test_a_closed_account_answers_like_a_wrong_password():
    w = world()
    m.User.objects.filter(pk=w.user.pk).update(is_active=False)
    assert try_once(w, GOOD.reveal()).verdict.code == "sign-in-wrong"


def test_a_password_changed_between_knock_and_sign_in_is_not_let_through():
    w = world()
    stale = knock("lan", GOOD, NOON)
    change_password(by=w.node, user=w.user, old=GOOD, new=NEW, again=NEW, at=NOON)
    assert sign_in(by=w.node, knock=stale, at=NOON).verdict.code == "sign-in-wrong"


def with_authenticator(w):
    secret = new_secret()
    codes = set_authenticator(by=w.node, user=w.user, secret=Secret(secret), code=Secret(pyotp.TOTP(secret).at(NOON)), at=NOON)
    return pyotp.TOTP(secret), codes


def test_with_an_authenticator_the_password_is_half_of_it_and_each_code_is_good_once():
    w = world()
    app, _ = with_authenticator(w)
    half = try_once(w, GOOD.reveal())
    assert (half.half, half.user) == (True, w.user)
    later = NOON + timedelta(minutes=1)
    code = Secret(app.at(later))
    assert sign_in_with_code(by=w.node, user=w.user, code=code, at=later).user == w.user
    assert sign_in_with_code(by=w.node, user=w.user, code=code, at=later).verdict.code == "code-wrong"
    assert events() == ["user.authenticator_set", "user.password_passed", "user.signed_in", "user.missed"]


def test_the_code_that_set_the_authenticator_up_does_not_sign_in():
    w = world()
    app, _ = with_authenticator(w)
    assert sign_in_with_code(by=w.node, user=w.user, code=Secret(app.at(NOON)), at=NOON).verdict.code == "code-wrong"


def test_the_secret_is_sealed_at_rest():
    w = world()
    app, _ = with_authenticator(w)
    stored = m.User.objects.get(pk=w.user.pk).totp_secret
    assert app.secret not in stored
    assert unseal(stored, "authenticator") == app.secret


def test_wrong_codes_lock_the_name_and_the_right_password_does_not_unlock_it():
    w = world()
    with_authenticator(w)
    for _ in range(4):
        sign_in_with_code(by=w.node, user=w.user, code=Secret("000000"), at=NOON)
        try_once(w, GOOD.reveal())
    assert sign_in_with_code(by=w.node, user=w.user, code=Secret("000000"), at=NOON).verdict.code == "locked"
    assert refusal(try_once, w=w, password=GOOD.reveal()) == "locked"


def test_a_recovery_code_is_good_once_however_it_is_typed():
    w = world()
    _, codes = with_authenticator(w)
    assert (len(codes), m.RecoveryCode.objects.filter(digest__in=codes).count()) == (10, 0)
    assert sign_in_with_code(by=w.node, user=w.user, code=Secret(codes[3].lower().replace("-", " ")), at=NOON).user == w.user
    assert sign_in_with_code(by=w.node, user=w.user, code=Secret(codes[3]), at=NOON).verdict.code == "code-wrong"


def test_new_recovery_codes_void_the_old_and_need_the_password():
    w = world()
    _, old = with_authenticator(w)
    assert refusal(renew_recovery_codes, by=w.node, user=w.user, password=NEW, at=NOON) == "password-old-wrong"
    new = renew_recovery_codes(by=w.node, user=w.user, password=GOOD, at=NOON)
    assert sign_in_with_code(by=w.node, user=w.user, code=Secret(old[0]), at=NOON).verdict.code == "code-wrong"
    assert sign_in_with_code(by=w.node, user=w.user, code=Secret(new[0]), at=NOON).user == w.user


def test_a_wrong_first_code_sets_nothing_up():
    w = world()
    assert refusal(set_authenticator, by=w.node, user=w.user, secret=Secret(new_secret()), code=Secret("000000"), at=NOON) == "first-code-wrong"
    assert m.User.objects.get(pk=w.user.pk).totp_secret == ""


def test_an_authenticator_is_dropped_with_the_password_but_not_by_an_administrator_of_the_node():
    w = world()
    with_authenticator(w)
    drop_authenticator(by=w.node, user=w.user, password=GOOD, at=NOON)
    assert try_once(w, GOOD.reveal()).half is False
    with_authenticator(w)
    m.Post.objects.filter(pk=w.lan.pk).update(role="admin")
    assert refusal(drop_authenticator, by=w.node, user=w.user, password=GOOD, at=NOON) == "authenticator-needed"


def test_a_password_is_changed_by_who_knows_the_old_one():
    w = world()
    assert refusal(change_password, by=w.node, user=w.user, old=NEW, new=NEW, again=NEW, at=NOON) == "password-old-wrong"
    assert refusal(change_password, by=w.node, user=w.user, old=GOOD, new=NEW, again=GOOD, at=NOON) == "password-differs"
    assert refusal(change_password, by=w.node, user=w.user, old=GOOD, new=GOOD, again=GOOD, at=NOON) == "password-same"
    assert refusal(change_password, by=w.node, user=w.user, old=GOOD, new=Secret("ngắn"), again=Secret("ngắn"), at=NOON) == "password-short"
    change_password(by=w.node, user=w.user, old=GOOD, new=NEW, again=NEW, at=NOON)
    assert try_once(w, NEW.reveal()).user == w.user
    assert events() == ["user.password_changed", "user.signed_in"]


def test_a_reset_code_is_good_once_for_a_day_and_only_for_its_name():
    w = world()
    code = issue_reset_code(by=w.quan, user=w.user, at=NOON)
    typed, words = Secret(code.lower().replace("-", " ")), {"new": NEW, "again": NEW}
    assert reset_password(by=w.node, username="thu", code=typed, at=NOON, **words).code == "reset-wrong"
    late = NOON + timedelta(hours=24)
    assert reset_password(by=w.node, username="lan", code=typed, at=late, **words).code == "reset-wrong"
    assert reset_password(by=w.node, username="lan", code=typed, at=late - timedelta(seconds=1), **words).code == ""
    assert reset_password(by=w.node, username="lan", code=typed, at=NOON, **words).code == "reset-wrong"
    assert try_once(w, NEW.reveal()).user == w.user


def test_a_second_reset_code_voids_the_first():
    w = world()
    first = issue_reset_code(by=w.quan, user=w.user, at=NOON)
    issue_reset_code(by=w.quan, user=w.user, at=NOON)
    assert reset_password(by=w.node, username="lan", code=Secret(first), new=NEW, again=NEW, at=NOON).code == "reset-wrong"


def test_wrong_reset_codes_lock_the_name_whether_it_exists_or_not():
    w = world()
    for name in ("lan", "không-ai"):
        answers = [reset_password(by=w.node, username=name, code=Secret("AAAA"), new=NEW, again=NEW, at=NOON).code for _ in range(5)]
        assert answers == ["reset-wrong"] * 4 + ["locked"]
        assert refusal(reset_password, by=w.node, username=name, code=Secret("AAAA"), new=NEW, again=NEW, at=NOON) == "locked"


def test_a_reset_takes_a_lost_authenticator_away_only_if_it_was_issued_so():
    w = world()
    app, _ = with_authenticator(w)
    reset_password(by=w.node, username="lan", code=Secret(issue_reset_code(by=w.quan, user=w.user, at=NOON)), new=NEW, again=NEW, at=NOON)
    assert try_once(w, NEW.reveal()).half is True
    code = issue_reset_code(by=w.quan, user=w.user, authenticator=True, at=NOON)
    reset_password(by=w.node, username="lan", code=Secret(code), new=GOOD, again=GOOD, at=NOON)
    assert try_once(w, GOOD.reveal()).half is False
    assert m.RecoveryCode.objects.count() == 0
    assert len(app.now()) == 6


def test_nobody_issues_a_reset_code_for_himself_or_for_another_node():
    w = world()
    assert refusal(issue_reset_code, by=w.quan, user=w.quan.user, at=NOON) == "yourself"
    m.Unit.objects.filter(pk=w.strangers.pk).update(home="CA79")
    assert refusal(issue_reset_code, by=w.quan, user=w.tu.user, at=NOON) == "not-your-node"
    assert refusal(issue_reset_code, by=w.mai, user=w.user, at=NOON) == "not-your-role"


def test_passwords_are_kept_as_argon2id(settings):
    settings.PASSWORD_HASHERS = of_a_node.PASSWORD_HASHERS
    w = songdat()
    user = w.lan.user
    m.User.objects.filter(pk=user.pk).update(password=make_password(GOOD.reveal()))
    user.refresh_from_db()
    change_password(by=w.node, user=user, old=GOOD, new=NEW, again=NEW, at=NOON)
    assert m.User.objects.get(pk=user.pk).password.startswith("argon2$argon2id$v=19$m=102400,t=2,p=8$")
    assert sign_in(by=w.node, knock=knock("lan", NEW, NOON), at=NOON).user == user
