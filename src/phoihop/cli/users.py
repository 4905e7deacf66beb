"""``phoihop users list | first | reset``: the accounts, the founding of a node with its first administrator, a way back in."""

from __future__ import annotations

import argparse
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from phoihop.domain.agreements.actions.calendar import lay_events
from phoihop.domain.agreements.actions.instruments import lay_instruments
from phoihop.domain.figures.actions.definitions import define_indicators
from phoihop.domain.figures.actions.holidays import fill_holidays
from phoihop.domain.forces.actions.founding import found_province
from phoihop.domain.matters.actions.node import found
from phoihop.domain.people.actions.accounts import open_account
from phoihop.domain.people.actions.passwords import issue_reset_code
from phoihop.domain.people.actions.posts import appoint, install_node_post
from phoihop.domain.people.models import Post, Role, User
from phoihop.domain.people.queries import node_post
from phoihop.domain.people.queries.accounts import accounts_seen_by
from phoihop.kernel.period import local_day

from . import acting
from .wrong import Wrong

TITLE = "Quản trị máy chủ"


def add_to(commands: Any) -> None:
    users = commands.add_parser("users", help="list accounts, make the first administrator, give a way back in")
    what = users.add_subparsers(title="what", required=True, metavar="WHAT")
    what.add_parser("list", help="every account with its posts").set_defaults(run=run_list)
    first = what.add_parser("first", help="found this node, if it is new, and make an administrator for it")
    first.add_argument("username", help="sign-in name: small letters, digits, dots")
    first.add_argument("name", help="full name of the official, in quotation marks")
    first.add_argument("--province", default="", metavar="CODE", help="code of the province of a new node, such as 86")
    first.add_argument("--unit", default="CA.tinh", metavar="SORT", help="which unit of the province runs a new node: CA.tinh, QS.tinh … (default: CA.tinh)")
    first.set_defaults(run=run_first, founds=True)
    reset = what.add_parser("reset", help="a one-time code for a new password, good for 24 hours")
    reset.add_argument("username")
    reset.add_argument("--authenticator", action="store_true", help="take away a lost authenticator, too")
    reset.set_defaults(run=run_reset)


def run_list(_: argparse.Namespace) -> int:
    """A line for each account: name, whether it is open, and the posts held or to come."""
    by, today = acting.post_of_node(), acting.today()
    accounts: list[Any] = sorted(accounts_seen_by(by, today), key=lambda user: user.username)
    for user in accounts:
        posts = "; ".join(f"{post.get_role_display()} {post.unit.name}" for post in user.held)
        print(f"{user.username}\t{user.full_name}\t{'open' if user.is_active else 'closed'}\t{posts or '–'}")
    print(f"{len(accounts)} accounts")
    return 0


def run_first(options: argparse.Namespace) -> int:
    """Print the code with which the administrator sets a password. All of it happens, or nothing."""
    at = timezone.now()
    with transaction.atomic():
        by = _node(options, at)
        opened = open_account(by=by, username=options.username, full_name=options.name, at=at)
        appoint(by=by, user=opened.user, unit=by.unit, role=Role.ADMIN, title=TITLE, first=local_day(at), at=at)
    print(f"{opened.user.username} administers this node, for {by.unit.name}.")
    print(f"Code for the first password, good once within 14 days at /dang-nhap/dat-lai/: {opened.code}")
    return 0


def _node(options: argparse.Namespace, at: datetime) -> Post:
    try:
        return node_post()
    except Post.DoesNotExist:
        if not options.province:
            raise Wrong("this node is new; say which province it serves, such as --province 86.") from None
    by = install_node_post(code=options.province, sign=options.unit, home=settings.NODE_TAG, at=at)
    found(by=by, tag=settings.NODE_TAG, name=settings.NODE_NAME, public_key=options.public_key(), at=at)
    ground = found_province(by=by, code=options.province, day=local_day(at), home=settings.NODE_TAG, at=at)
    define_indicators(by=by, at=at)
    fill_holidays(by=by, at=at)
    lay_instruments(by=by, at=at)
    lay_events(by=by, at=at)
    print(f"{ground.province}: {ground.made.units} units founded, {ground.drawn} communes drawn")
    return by


def run_reset(options: argparse.Namespace) -> int:
    user = User.objects.filter(username=options.username.strip().lower()).first()
    if user is None:
        raise Wrong(f"there is no account {options.username!r}; phoihop users list shows all.")
    code = issue_reset_code(by=acting.post_of_node(), user=user, authenticator=options.authenticator, at=timezone.now())
    print(f"Code for a new password of {user.username}, good once within 24 hours at /dang-nhap/dat-lai/: {code}")
    return 0
