from datetime import date, timedelta

import pytest

from phoihop.domain.forces.models import Unit
from phoihop.domain.people.models import Post, User
from phoihop.domain.people.rules import posts as rules
from phoihop.domain.people.rules.posts import PostDraft

DAY = date(2026, 6, 1)
YESTERDAY, TOMORROW, NEXT_MONTH = DAY - timedelta(days=1), DAY + timedelta(days=1), date(2026, 7, 1)
HERE = Unit(pk=1, key="CA.tinh.86", home="PH86", valid_from=date(2025, 7, 1))
BELOW = Unit(pk=2, key="CA.xa.2", home="PH86", valid_from=date(2025, 7, 1))
AWAY = Unit(pk=3, key="CA.tinh.79", home="CA79", valid_from=date(2025, 7, 1))
LAN, BINH = User(pk=1, username="lan", full_name="Lan"), User(pk=2, username="binh", full_name="Bình")


def post(role="staff", unit=HERE, user=1, pk=10, first=date(2026, 1, 1), until=None, deputy_for=None):
    return Post(pk=pk, role=role, unit=unit, user_id=user, title=role, valid_from=first, valid_until=until, deputy_for_id=deputy_for)


def draft(user=BINH, unit=HERE, role="staff", title="Cán bộ", first=DAY, until=None):
    return PostDraft(user, unit, role, title, first, until)


ADMIN = post("admin", user=9, pk=1)
NODE = post("node", user=None, pk=2)


@pytest.mark.parametrize(
    ("by", "wanted", "theirs", "code", "field"),
    [
        (ADMIN, draft(), [], "", None),
        (NODE, draft(role="admin"), [], "", None),
        (post("commander", user=9), draft(), [], "not-your-role", None),
        (post("admin", user=9, until=DAY), draft(), [], "post-ended", None),
        (ADMIN, draft(unit=AWAY), [], "not-your-node", None),
        (ADMIN, draft(user=User(pk=9)), [], "yourself", "user"),
        (ADMIN, draft(user=User(pk=2, is_active=False)), [], "account-closed", "user"),
        (ADMIN, draft(role="node"), [], "no-such-role", "role"),
        (ADMIN, draft(role="king"), [], "no-such-role", "role"),
        (ADMIN, draft(title="  "), [], "title-missing", "title"),
        (ADMIN, draft(title="x" * 81), [], "title-long", "title"),
        (ADMIN, draft(until=DAY), [], "ends-before", "until"),
        (ADMIN, draft(first=date(2025, 6, 30)), [], "unit-not-then", "first"),
        (ADMIN, draft(), [post(until=DAY)], "", None),
        (ADMIN, draft(), [post(first=DAY, until=DAY)], "", None),
        (ADMIN, draft(until=NEXT_MONTH), [post(first=NEXT_MONTH)], "", None),
        (ADMIN, draft(), [post(until=TOMORROW)], "post-twice", "role"),
        (ADMIN, draft(), [post(unit=BELOW)], "", None),
        (ADMIN, draft(), [post("duty")], "", None),
        (ADMIN, draft(), [post(deputy_for=77)], "", None),
        (ADMIN, draft(role="auditor"), [post("admin")], "roles-apart", "role"),
        (ADMIN, draft(role="admin"), [post("auditor", BELOW)], "roles-apart", "role"),
        (ADMIN, draft(role="admin"), [post("auditor", until=DAY)], "", None),
    ],
)
def test_an_administrator_gives_posts_of_the_own_node_to_others(by, wanted, theirs, code, field):
    verdict = rules.may_appoint(by, wanted, theirs, DAY)
    assert (verdict.code, verdict.field) == (code, field)


@pytest.mark.parametrize(
    ("by", "ended", "day", "last", "code"),
    [
        (ADMIN, post(), DAY, False, ""),
        (ADMIN, post(), NEXT_MONTH, False, ""),
        (ADMIN, post(), YESTERDAY, False, "day-past"),
        (ADMIN, post(first=NEXT_MONTH), NEXT_MONTH, False, ""),
        (ADMIN, post(first=NEXT_MONTH), DAY, False, "day-past"),
        (ADMIN, post(until=DAY), DAY, False, "already-ended"),
        (ADMIN, post(until=TOMORROW), NEXT_MONTH, False, "day-after-end"),
        (ADMIN, post(unit=AWAY), DAY, False, "not-your-node"),
        (ADMIN, post("admin"), DAY, True, "last-admin"),
        (ADMIN, NODE, DAY, False, "node-post"),
        (post(pk=10), post(pk=11, user=2), DAY, False, "not-your-role"),
        (post(pk=10), post(pk=11, user=2, deputy_for=10), DAY, False, ""),
        (post(pk=12), post(pk=11, user=2, deputy_for=10), DAY, False, "not-your-role"),
        (post("duty", pk=10), post(pk=11, user=2, deputy_for=10), DAY, False, "not-your-role"),
    ],
)
def test_a_post_is_ended_by_the_administrator_and_a_deputising_also_by_its_principal(by, ended, day, last, code):
    assert rules.may_end(by, ended, day, last, DAY).code == code


@pytest.mark.parametrize(
    ("by", "handed", "wanted", "theirs", "code"),
    [
        (ADMIN, post(), draft(), [], ""),
        (ADMIN, post(), draft(first=NEXT_MONTH), [], ""),
        (ADMIN, post(until=NEXT_MONTH), draft(first=NEXT_MONTH), [], "day-outside"),
        (ADMIN, post(first=DAY), draft(), [], "day-outside"),
        (ADMIN, post(), draft(first=YESTERDAY), [], "day-past"),
        (ADMIN, post(), draft(user=LAN), [], "same-person"),
        (ADMIN, post(), draft(user=User(pk=9)), [], "yourself"),
        (ADMIN, post(), draft(user=User(pk=3, is_active=False)), [], "account-closed"),
        (ADMIN, post(), draft(), [post(user=2)], "post-twice"),
        (ADMIN, post("admin"), draft(role="admin"), [post("auditor", user=2)], "roles-apart"),
        (ADMIN, post(deputy_for=5), draft(), [], "deputy-not-handed"),
        (ADMIN, NODE, draft(), [], "node-post"),
        (post("commander"), post(), draft(), [], "not-your-role"),
    ],
)
def test_a_hand_over_names_another_person_and_a_day_within_the_post(by, handed, wanted, theirs, code):
    assert rules.may_hand_over(by, handed, wanted, theirs, DAY).code == code


IN_UNIT = [post("duty", user=2, pk=20)]
BELOW_UNIT = [post("duty", BELOW, user=2, pk=21)]
ELSEWHERE = [post("duty", AWAY, user=2, pk=22)]
WEEK = DAY + timedelta(days=7)


@pytest.mark.parametrize(
    ("by", "principal", "wanted", "theirs", "code"),
    [
        (post(), post(), draft(until=WEEK), IN_UNIT, ""),
        (post(), post(), draft(until=WEEK), BELOW_UNIT, ""),
        (post("partner"), post("partner"), draft(role="partner", until=WEEK), IN_UNIT, ""),
        (post("duty"), post("duty"), draft(role="duty", until=WEEK), IN_UNIT, "not-your-role"),
        (ADMIN, post("duty"), draft(role="duty", until=WEEK), IN_UNIT, ""),
        (ADMIN, post(unit=AWAY), draft(unit=AWAY, until=WEEK), ELSEWHERE, "not-your-node"),
        (ADMIN, post(), draft(user=User(pk=9), until=WEEK), IN_UNIT, "yourself"),
        (post(pk=12), post(), draft(until=WEEK), IN_UNIT, "not-your-post"),
        (post(), post(), draft(until=WEEK), ELSEWHERE, "deputy-from-elsewhere"),
        (post(), post(), draft(until=WEEK), [post(user=2, until=DAY)], "deputy-from-elsewhere"),
        (post(), post(), draft(until=WEEK), [post(user=2, deputy_for=44)], "deputy-from-elsewhere"),
        (post(deputy_for=5), post(deputy_for=5), draft(until=WEEK), IN_UNIT, "deputy-chain"),
        (post(), post(), draft(user=LAN, until=WEEK), IN_UNIT, "deputy-self"),
        (post(), post(), draft(user=User(pk=2, is_active=False), until=WEEK), IN_UNIT, "account-closed"),
        (post(), post(), draft(first=YESTERDAY, until=WEEK), IN_UNIT, "day-past"),
        (post(), post(), draft(until=DAY), IN_UNIT, "ends-before"),
        (post(), post(), draft(until=None), IN_UNIT, "ends-before"),
        (post(), post(), draft(until=DAY + timedelta(days=90)), IN_UNIT, ""),
        (post(), post(), draft(until=DAY + timedelta(days=91)), IN_UNIT, "deputy-too-long"),
        (post(), post(until=TOMORROW), draft(until=WEEK), IN_UNIT, "outside-post"),
        (post(), post(), draft(until=WEEK), [*IN_UNIT, post(user=2, pk=30, deputy_for=10)], "post-twice"),
        (ADMIN, post("admin"), draft(role="admin", until=WEEK), [post("auditor", user=2)], "roles-apart"),
    ],
)
def test_a_deputy_comes_from_the_unit_or_below_for_ninety_days_at_most_and_has_no_deputy(by, principal, wanted, theirs, code):
    assert rules.may_deputise(by, principal, wanted, theirs, {HERE.pk, BELOW.pk}, DAY).code == code


def test_the_node_has_one_post_of_its_own():
    assert (rules.node_has_no_post_yet(False).code, rules.node_has_no_post_yet(True).code) == ("", "node-has-post")
