from datetime import date, datetime, timedelta

import pytest

from phoihop.domain.forces.models import Unit
from phoihop.domain.people.models import ApiToken, Post, User
from phoihop.domain.people.rules import accounts as rules
from phoihop.domain.people.rules import tokens
from phoihop.kernel.period import HOME

DAY = date(2026, 6, 1)
NOON = datetime(2026, 6, 1, 12, tzinfo=HOME)
HERE = Unit(pk=1, key="CA.xa.1", home="PH86", valid_from=date(2025, 7, 1))
NEAR = Unit(pk=2, key="CA.xa.2", home="PH86", valid_from=date(2025, 7, 1))
AWAY = Unit(pk=3, key="CA.xa.3", home="CA79", valid_from=date(2025, 7, 1))


def post(role, unit=HERE, user=1, pk=10, **more):
    return Post(pk=pk, role=role, unit=unit, user_id=user, title=role, valid_from=date(2026, 1, 1), **more)


ADMIN = post("admin", pk=1, user=1)
NODE = post("node", pk=2, user=None)


@pytest.mark.parametrize(
    ("username", "by", "code", "offer"),
    [
        ("an.nv", ADMIN, "", None),
        ("ca-song_2", ADMIN, "", None),
        ("an", ADMIN, "username-shape", "an"),
        ("An.NV", ADMIN, "username-shape", "an.nv"),
        ("nguyễn văn an", ADMIN, "username-shape", "nguyen.van.an"),
        (".an.nv", ADMIN, "username-shape", "an.nv"),
        ("a" * 61, ADMIN, "username-shape", "a" * 60),
        ("demo.an", ADMIN, "username-demo", None),
        ("demo.an", NODE, "", None),
    ],
)
def test_a_user_name_is_short_plain_and_typed_on_any_keyboard(username, by, code, offer):
    verdict = rules.fits_username(username, by)
    assert (verdict.code, verdict.offer) == (code, offer)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Nguyễn Văn An", ""),
        ("H'Hen Niê", ""),
        ("Y Thông Kpă", ""),
        ("An", ""),
        ("", "name-shape"),
        ("Nguyễn Văn An 2", "name-shape"),
        ("=cmd|' /C calc'!A0", "name-shape"),
        ("<script>", "name-shape"),
        ("Nguyễn  An", "name-shape"),
        ("A" * 81, "name-shape"),
    ],
)
def test_a_full_name_is_letters_and_spaces(name, code):
    assert rules.fits_full_name(name).code == code


@pytest.mark.parametrize(("name", "username"), [("Nguyễn Văn An", "an.nv"), ("Đỗ Ý", "y.d"), ("H'Hen Niê", "nie.hh"), ("An", "an"), ("…", "")])
def test_a_user_name_is_suggested_as_offices_write_it(name, username):
    assert rules.suggested_username(name) == username


def test_a_taken_user_name_is_refused():
    assert (rules.username_is_free(False).code, rules.username_is_free(True).code) == ("", "username-taken")


@pytest.mark.parametrize(
    ("role", "opens", "sees"),
    [
        ("duty", "not-your-role", "not-your-role"),
        ("commander", "not-your-role", "not-your-role"),
        ("auditor", "not-your-role", ""),
        ("admin", "", ""),
        ("node", "", ""),
    ],
)
def test_the_administrator_opens_accounts_and_the_auditor_only_sees_them(role, opens, sees):
    assert (rules.may_open(post(role), DAY).code, rules.may_see_accounts(post(role), DAY).code) == (opens, sees)


@pytest.mark.parametrize(
    ("by", "user", "active", "posts", "last", "code"),
    [
        (ADMIN, 7, True, [post("duty")], False, ""),
        (ADMIN, 7, True, [], False, ""),
        (NODE, 7, True, [post("duty")], False, ""),
        (post("commander"), 7, True, [], False, "not-your-role"),
        (ADMIN, 7, False, [], False, "account-closed"),
        (ADMIN, 1, True, [], False, "yourself"),
        (ADMIN, 7, True, [post("duty"), post("duty", AWAY)], False, "not-your-node"),
        (ADMIN, 7, True, [post("admin")], True, "last-admin"),
    ],
)
def test_an_account_is_closed_by_an_administrator_of_its_node_who_is_another(by, user, active, posts, last, code):
    assert rules.may_close(by, User(pk=user, is_active=active), posts, last, DAY).code == code


@pytest.mark.parametrize(
    ("by", "user", "active", "posts", "code"),
    [
        (ADMIN, 7, True, [post("duty")], ""),
        (post("staff"), 7, True, [], "not-your-role"),
        (ADMIN, 7, False, [], "account-closed"),
        (ADMIN, 1, True, [], "yourself"),
        (ADMIN, 7, True, [post("duty", AWAY)], "not-your-node"),
    ],
)
def test_help_with_a_password_comes_from_an_administrator_of_the_node_who_is_another(by, user, active, posts, code):
    assert rules.may_help(by, User(pk=user, is_active=active), posts, DAY).code == code


@pytest.mark.parametrize(
    ("language", "theme", "code"), [("vi", "auto", ""), ("en", "dark", ""), ("fr", "auto", "no-such-language"), ("vi", "pink", "no-such-theme")]
)
def test_preferences_come_from_short_lists(language, theme, code):
    assert rules.fits_preferences(language, theme).code == code


@pytest.mark.parametrize(
    ("by", "for_post", "code"),
    [
        (post("commander", pk=5), post("duty"), ""),
        (post("commander", pk=5), post("duty", NEAR), "not-your-unit"),
        (post("staff"), post("duty"), "not-your-role"),
        (ADMIN, post("duty"), "not-your-role"),
        (post("commander", pk=5), post("admin"), "token-role"),
        (post("commander", pk=5), post("auditor"), "token-role"),
        (post("commander", pk=5), post("node"), "token-role"),
        (post("commander", pk=5), post("duty", deputy_for_id=3), "token-deputy"),
        (post("commander", pk=5), post("duty", valid_until=DAY), "token-post-ended"),
    ],
)
def test_a_token_is_issued_by_the_units_own_commander_and_never_for_what_needs_a_second_proof(by, for_post, code):
    assert tokens.may_issue(by, for_post, DAY).code == code


@pytest.mark.parametrize(
    ("label", "days", "code"),
    [("Trạm nhập số liệu", 90, ""), ("  ", 90, "label-missing"), ("x" * 61, 90, "label-long"), ("Trạm", 0, "token-days"), ("Trạm", 366, "token-days")],
)
def test_a_token_has_a_name_and_an_end(label, days, code):
    assert tokens.fits_token(label, days).code == code


@pytest.mark.parametrize(
    ("by", "revoked", "code"),
    [
        (post("duty", pk=10), False, ""),
        (post("duty", pk=11), False, "not-your-role"),
        (post("commander", pk=12), False, ""),
        (post("commander", NEAR, pk=13), False, "not-your-unit"),
        (ADMIN, False, ""),
        (ADMIN, True, "already-revoked"),
    ],
)
def test_a_token_is_taken_back_by_the_holder_who_issues_or_the_administrator(by, revoked, code):
    token = ApiToken(post=post("duty", pk=10), revoked_at=NOON if revoked else None)
    assert tokens.may_revoke(by, token, DAY).code == code


@pytest.mark.parametrize(("revoked", "left", "good"), [(None, timedelta(days=1), True), (None, timedelta(0), False), (NOON, timedelta(days=1), False)])
def test_a_token_is_good_until_it_ends_or_is_taken_back(revoked, left, good):
    assert tokens.is_good(ApiToken(revoked_at=revoked, expires_at=NOON + left), NOON) is good
