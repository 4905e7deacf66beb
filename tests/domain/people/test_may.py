from datetime import date

import pytest

from phoihop.domain.people.models import Post, Role
from phoihop.domain.people.rules import MAY, PERMISSION_NAMES, PERMISSIONS, allowed, holds, may

DAY = date(2026, 6, 1)
BEFORE, AFTER = date(2026, 5, 31), date(2026, 6, 2)


@pytest.mark.parametrize(
    ("first", "until", "held"),
    [
        (BEFORE, None, True),
        (DAY, None, True),
        (AFTER, None, False),
        (BEFORE, AFTER, True),
        (DAY, AFTER, True),
        (BEFORE, DAY, False),
        (DAY, DAY, False),
    ],
)
def test_a_post_is_held_from_its_first_day_until_the_day_before_its_end(first, until, held):
    assert holds(Post(role=Role.DUTY, valid_from=first, valid_until=until), DAY) is held


@pytest.mark.parametrize(
    ("role", "permission", "answer"),
    [
        ("duty", "patrol.result", True),
        ("duty", "patrol.import", False),
        ("duty", "post.deputise", False),
        ("staff", "patrol.import", True),
        ("staff", "recall.agree", False),
        ("staff", "token.issue", False),
        ("commander", "recall.agree", True),
        ("commander", "token.issue", True),
        ("commander", "user.manage", False),
        ("partner", "patrol.confirm", True),
        ("partner", "patrol.plan", False),
        ("partner", "post.deputise", True),
        ("admin", "user.manage", True),
        ("admin", "matter.view", False),
        ("admin", "journal.view", False),
        ("auditor", "structure.view", True),
        ("auditor", "journal.view", True),
        ("auditor", "matter.view", False),
        ("auditor", "user.manage", False),
        ("node", "node.manage", True),
        ("node", "matter.view", False),
    ],
)
def test_the_table_says_what_a_role_may(role, permission, answer):
    assert may(Post(role=role), permission) is answer


def test_every_role_has_its_row_and_every_permission_its_name():
    assert set(MAY) == set(Role)
    assert set(PERMISSION_NAMES) == PERMISSIONS


def test_nobody_who_looks_after_the_node_sees_content():
    content = {"matter.view", "figure.view", "report.view", "note.write"}
    assert [MAY[r] & content for r in (Role.ADMIN, Role.AUDITOR, Role.NODE)] == [frozenset()] * 3


def test_a_permission_outside_the_table_is_a_mistake():
    with pytest.raises(KeyError):
        may(Post(role=Role.ADMIN), "patrol.fly")


@pytest.mark.parametrize(
    ("first", "role", "code"),
    [(BEFORE, "duty", ""), (AFTER, "duty", "post-ended"), (BEFORE, "auditor", "not-your-role"), (AFTER, "auditor", "post-ended")],
)
def test_allowed_needs_the_post_held_and_the_role(first, role, code):
    assert allowed(Post(role=role, valid_from=first), "patrol.plan", DAY).code == code
