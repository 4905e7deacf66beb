from datetime import date, timedelta

import pytest

from phoihop.domain import models as m
from phoihop.domain.forces.actions.succession import succeed
from phoihop.domain.people.actions.accounts import close_account, open_account, set_preferences
from phoihop.domain.people.actions.passwords import reset_password
from phoihop.domain.people.actions.posts import appoint, deputise, end_post, hand_over_post, hand_over_posts, install_node_post
from phoihop.domain.people.actions.tokens import issue_token, revoke_token
from phoihop.domain.people.queries import acting, held_by, node_post
from phoihop.domain.people.queries.accounts import password_is_right
from phoihop.domain.people.queries.posts import deputies_of, possible_deputies
from phoihop.domain.people.queries.tokens import post_of, posts_for_tokens, tokens_seen_by
from phoihop.kernel.heirs import HEIRS
from phoihop.kernel.secret import Secret
from phoihop.kernel.verdict import Refused
from tests.world import NOON, person, songdat, unit

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)
NEXT_WEEK = DAY + timedelta(days=7)


def heading(of):
    """The commander of a unit, who lets machines act in its posts."""
    return person(f"trưởng {of.pk}", of, "commander")


def refusal(action, **arguments):
    before = m.Event.objects.count()
    with pytest.raises(Refused) as refused:
        action(**arguments)
    assert m.Event.objects.count() == before
    return refused.value.verdict.code


def events():
    return list(m.Event.objects.order_by("seq").values_list("what", flat=True))


def test_an_account_is_opened_with_a_one_time_code_for_its_first_password():
    w = songdat()
    opened = open_account(by=w.quan, username="an.nv", full_name=" Nguyễn  Văn An ", at=NOON)
    assert (opened.user.full_name, opened.user.must_change, opened.user.has_usable_password()) == ("Nguyễn Văn An", False, False)
    first = Secret("một câu dễ nhớ")
    late = NOON + timedelta(days=13)
    assert reset_password(by=w.node, username="an.nv", code=Secret(opened.code), new=first, again=first, at=late).code == ""
    assert events() == ["user.opened", "user.reset_used"]


def test_a_password_given_by_another_is_changed_at_once_unless_it_is_the_demos():
    w = songdat()
    password = Secret("một câu dễ nhớ")
    opened = open_account(by=w.node, username="an.nv", full_name="An", password=password, at=NOON)
    assert (opened.code, opened.user.must_change) == ("", True)
    assert open_account(by=w.node, username="demo.an", full_name="An", password=password, at=NOON).user.must_change is False


def test_the_published_password_of_the_demo_opens_its_account_and_no_other_word_does():
    user = open_account(by=songdat().node, username="demo.an", full_name="An", password=Secret("một câu dễ nhớ"), at=NOON).user
    assert [password_is_right(user, Secret(word)) for word in ("một câu dễ nhớ", "một câu khác")] == [True, False]


def test_a_taken_name_is_refused():
    w = songdat()
    assert refusal(open_account, by=w.quan, username="lan", full_name="Lan", at=NOON) == "username-taken"


def test_closing_an_account_ends_its_posts_its_deputies_and_its_tokens():
    w = songdat()
    deputy = deputise(by=w.mai, post=w.mai, user=w.lan.user, first=DAY, until=NEXT_WEEK, at=NOON)
    later = appoint(by=w.quan, user=w.mai.user, unit=w.police_dat, role="staff", title="Tham mưu", first=NEXT_WEEK, at=NOON)
    issued = issue_token(by=w.mai, post=w.mai, label="Trạm", days=30, at=NOON)
    close_account(by=w.quan, user=w.mai.user, at=NOON)
    ends = {p.pk: p.valid_until for p in m.Post.objects.filter(pk__in=[w.mai.pk, deputy.pk, later.pk])}
    assert ends == {w.mai.pk: DAY, deputy.pk: DAY, later.pk: NEXT_WEEK}
    assert held_by(w.mai.user, NEXT_WEEK) == []
    assert post_of(issued.secret, DAY, NOON) is None
    assert m.User.objects.get(pk=w.mai.user_id).is_active is False


def test_the_last_administrator_stays():
    w = songdat()
    other = open_account(by=w.node, username="hai.lt", full_name="Hai", at=NOON).user
    assert refusal(close_account, by=w.node, user=w.quan.user, at=NOON) == "last-admin"
    assert refusal(end_post, by=w.quan, post=w.quan, day=DAY, at=NOON) == "last-admin"
    appoint(by=w.quan, user=other, unit=w.police, role="admin", title="Quản trị", first=DAY, at=NOON)
    end_post(by=w.quan, post=w.quan, day=DAY, at=NOON)
    assert held_by(w.quan.user, DAY) == []


def test_preferences_are_kept():
    w = songdat()
    set_preferences(by=w.node, user=w.lan.user, language="en", theme="dark", shortcuts=False, at=NOON)
    user = m.User.objects.get(pk=w.lan.user_id)
    assert (user.language, user.theme, user.shortcuts) == ("en", "dark", False)


def test_an_administrator_gives_a_post_and_nobody_gives_himself_one():
    w = songdat()
    made = appoint(by=w.quan, user=w.thu.user, unit=w.police_dat, role="duty", title=" Trực ban ", first=DAY, at=NOON)
    assert (made.title, made.unit, made.valid_from, made.valid_until) == ("Trực ban", w.police_dat, DAY, None)
    assert refusal(appoint, by=w.quan, user=w.quan.user, unit=w.police, role="commander", title="Trưởng", first=DAY, at=NOON) == "yourself"
    assert refusal(appoint, by=w.van, user=w.thu.user, unit=w.police, role="duty", title="Trực", first=DAY, at=NOON) == "not-your-role"
    event = m.Event.objects.get()
    assert (event.what, event.by) == ("post.appointed", w.quan)


def test_a_post_ends_today_and_its_token_with_it():
    w = songdat()
    issued = issue_token(by=heading(w.police_song), post=w.lan, label="Trạm", days=30, at=NOON)
    end_post(by=w.quan, post=w.lan, day=DAY, at=NOON)
    assert held_by(w.lan.user, DAY) == []
    assert post_of(issued.secret, DAY, NOON) is None


def test_a_hand_over_leaves_no_day_without_and_none_with_two():
    w = songdat()
    made = hand_over_post(by=w.quan, post=w.lan, user=w.phuong.user, day=NEXT_WEEK, at=NOON)
    old = m.Post.objects.get(pk=w.lan.pk)
    assert (old.valid_until, made.valid_from, made.valid_until) == (NEXT_WEEK, NEXT_WEEK, None)
    assert (made.unit, made.role, made.title) == (old.unit, old.role, old.title)
    assert [p.user for p in m.Post.objects.filter(unit=w.police_song, valid_from__lte=NEXT_WEEK).exclude(valid_until__lte=NEXT_WEEK)] == [w.phuong.user]


def test_a_deputy_acts_for_a_time_beside_the_own_post_and_must_choose():
    w = songdat()
    deputy = deputise(by=w.mai, post=w.mai, user=w.lan.user, first=DAY, until=NEXT_WEEK, at=NOON)
    assert [p.pk for p in held_by(w.lan.user, DAY)] == [w.lan.pk, deputy.pk]
    assert acting(w.lan.user, None, DAY) is None
    assert acting(w.lan.user, deputy.pk, DAY) == deputy
    assert acting(w.lan.user, None, NEXT_WEEK) == w.lan
    assert acting(w.lan.user, deputy.pk, NEXT_WEEK) is None
    assert deputies_of(w.mai, DAY) == [deputy]
    assert deputy.deputy_for == w.mai
    assert refusal(deputise, by=deputy, post=deputy, user=w.phuong.user, first=DAY, until=NEXT_WEEK, at=NOON) == "deputy-chain"
    assert refusal(deputise, by=w.mai, post=w.mai, user=w.dung.user, first=DAY, until=NEXT_WEEK, at=NOON) == "deputy-from-elsewhere"


def test_a_deputising_is_ended_by_its_principal():
    w = songdat()
    deputy = deputise(by=w.mai, post=w.mai, user=w.lan.user, first=DAY, until=NEXT_WEEK, at=NOON)
    end_post(by=w.mai, post=deputy, day=DAY, at=NOON)
    assert acting(w.lan.user, None, DAY) == w.lan


def test_possible_deputies_come_from_the_unit_and_below():
    w = songdat()
    assert {u.username for u in possible_deputies(w.mai, w.mai, DAY)} == {"lan", "phượng", "quân", "vân"}
    assert possible_deputies(w.lan, w.mai, DAY).count() == 0
    assert possible_deputies(w.quan, w.mai, DAY).count() == 4


def test_the_acting_post_is_never_guessed_and_never_anothers():
    w = songdat()
    assert acting(w.lan.user, None, DAY) == w.lan
    assert acting(w.lan.user, w.mai.pk, DAY) is None
    second = appoint(by=w.quan, user=w.lan.user, unit=w.police_song, role="commander", title="Phó trưởng", first=DAY, at=NOON)
    assert acting(w.lan.user, None, DAY) is None
    assert acting(w.lan.user, second.pk, DAY) == second


def test_an_administrator_without_the_second_proof_cannot_act():
    w = songdat()
    assert acting(w.quan.user, None, DAY) is None
    w.quan.user.totp_secret = "sealed"
    assert acting(w.quan.user, None, DAY) == w.quan


def test_a_new_node_first_makes_the_post_in_which_it_acts():
    made = install_node_post(code="86", sign="CA.tinh", home="PH86", at=NOON)
    assert (made.role, made.user, made.unit.name, made.unit.home, node_post()) == ("node", None, "Công an tỉnh Vĩnh Long", "PH86", made)
    assert events() == ["post.appointed"]
    first = open_account(by=made, username="quan.tri", full_name="Lê Quân", at=NOON)
    admin = appoint(by=made, user=first.user, unit=made.unit, role="admin", title="Quản trị", first=DAY, at=NOON)
    assert held_by(first.user, DAY) == [admin]


def test_the_node_has_one_post_of_its_own():
    w = songdat()
    assert node_post() == w.node
    assert refusal(install_node_post, code="86", sign="CA.tinh", home="PH86", at=NOON) == "node-has-post"


def test_a_token_acts_in_its_post_until_it_ends_and_its_secret_is_not_kept():
    w = songdat()
    issued = issue_token(by=w.mai, post=w.mai, label="Phần mềm trực ban", days=30, at=NOON)
    assert post_of(issued.secret, DAY, NOON) == w.mai
    assert issued.secret not in m.ApiToken.objects.get().digest
    assert post_of(issued.secret + "x", DAY, NOON) is None
    assert post_of(issued.secret, DAY, NOON + timedelta(days=30)) is None
    m.Post.objects.filter(pk=w.mai.pk).update(valid_until=NEXT_WEEK)
    assert post_of(issued.secret, NEXT_WEEK, NOON) is None


def test_a_token_is_taken_back():
    w = songdat()
    issued = issue_token(by=heading(w.police_song), post=w.lan, label="Trạm", days=30, at=NOON)
    revoke_token(by=w.lan, token=issued.token, at=NOON)
    assert post_of(issued.secret, DAY, NOON) is None
    assert refusal(revoke_token, by=w.lan, token=issued.token, at=NOON) == "already-revoked"
    assert events() == ["token.issued", "token.revoked"]


def test_tokens_are_seen_by_holder_unit_and_administrator():
    w = songdat()
    issue_token(by=heading(w.police_song), post=w.lan, label="Trạm", days=30, at=NOON)
    issue_token(by=w.mai, post=w.mai, label="Trực ban", days=30, at=NOON)
    assert [tokens_seen_by(p).count() for p in (w.lan, w.binh, w.mai, w.quan)] == [1, 0, 1, 2]
    assert list(posts_for_tokens(w.mai, DAY)) == [w.mai]
    assert posts_for_tokens(w.lan, DAY).count() == 0
    assert posts_for_tokens(w.quan, DAY).count() == 0


def test_a_unit_that_is_succeeded_hands_its_posts_over_in_the_same_act():
    w = songdat()
    heir = unit(w.forces["CA"], "xa", w.song, "Công an xã Sông Mới", w.police, start=date(2026, 1, 1))
    succeed(by=w.quan, old=w.police_song, new=heir, day=NEXT_WEEK, basis="QĐ 1/QĐ-UBND", at=NOON)
    assert [p.unit for p in held_by(w.lan.user, NEXT_WEEK)] == [heir]
    assert [p.unit for p in held_by(w.lan.user, DAY)] == [w.police_song]
    assert events() == ["post.passed_on", "unit.succeeded"]


def test_a_post_passes_to_the_heir_of_its_unit_with_deputy_and_token():
    w = songdat()
    heir = unit(w.forces["CA"], "xa", w.song, "Công an xã Sông Mới", w.police, start=date(2026, 1, 1))
    m.Post.objects.filter(pk=w.lan.pk).update(role="commander")
    lan = m.Post.objects.get(pk=w.lan.pk)
    helper = appoint(by=w.quan, user=w.thu.user, unit=w.police_song, role="duty", title="Trực ban", first=DAY, at=NOON)
    ended = appoint(by=w.quan, user=w.phuong.user, unit=w.police_song, role="duty", title="Trực ban", first=DAY, until=DAY + timedelta(days=2), at=NOON)
    to_come = appoint(by=w.quan, user=w.hai.user, unit=w.police_song, role="duty", title="Trực ban", first=date(2026, 7, 1), at=NOON)
    deputise(by=lan, post=lan, user=w.thu.user, first=DAY, until=date(2026, 7, 1), at=NOON)
    issued = issue_token(by=lan, post=lan, label="Trạm", days=90, at=NOON)

    passed = hand_over_posts(by=w.quan, old=w.police_song, new=heir, day=NEXT_WEEK, at=NOON)

    assert passed == 4
    assert HEIRS["Post.unit"] is hand_over_posts
    rows = m.Post.objects.filter(unit=heir).order_by("pk").values_list("user__username", "role", "title", "valid_from", "deputy_for__unit")
    assert list(rows) == [
        ("hải", "duty", "Trực ban", date(2026, 7, 1), None),
        ("lan", "commander", "lan", NEXT_WEEK, None),
        ("thu", "duty", "Trực ban", NEXT_WEEK, None),
        ("thu", "commander", "lan", NEXT_WEEK, heir.pk),
    ]
    assert [m.Post.objects.get(pk=p.pk).valid_until for p in (w.lan, helper)] == [NEXT_WEEK, NEXT_WEEK]
    assert m.Post.objects.get(pk=ended.pk).unit == w.police_song
    assert m.Post.objects.get(pk=to_come.pk).unit == heir
    assert post_of(issued.secret, NEXT_WEEK, NOON).unit == heir
    assert held_by(w.lan.user, NEXT_WEEK)[0].unit == heir
