"""The node, the province, and who works there: officials without names, with posts and without passwords; the demo's own logins."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from phoihop.domain.agreements.actions.calendar import lay_events
from phoihop.domain.agreements.actions.instruments import lay_instruments
from phoihop.domain.figures.actions.definitions import define_indicators
from phoihop.domain.figures.actions.holidays import fill_holidays
from phoihop.domain.forces.actions.founding import found_province
from phoihop.domain.forces.models import Unit
from phoihop.domain.matters.actions.node import found
from phoihop.domain.people.actions.accounts import open_account
from phoihop.domain.people.actions.posts import appoint, install_node_post
from phoihop.domain.people.actions.roster import enter_roster
from phoihop.domain.people.models import Post, Role
from phoihop.domain.people.rules import DEMO_PASSWORD
from phoihop.domain.people.rules.roster import AT_ONCE, Line
from phoihop.kernel.period import local_day
from phoihop.kernel.secret import Secret

from .scale import PROVINCE

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Login:
    """One kind of user: who tries the demo acts as this person, in the unit of this force and area."""

    username: str
    full_name: str
    unit: str
    role: str
    title: str


# One for each kind of user, and the other side of the table so that a stranger can ask and answer.
LOGINS = (
    Login("demo.truc-ban", "Trực ban Công an xã", "CA:29125", Role.DUTY, "Trực ban"),
    Login("demo.dan-quan", "Trực ban Ban CHQS xã", "DQ:29125", Role.DUTY, "Trực ban"),
    Login("demo.tham-muu-dq", "Tham mưu Ban CHQS xã", "DQ:29125", Role.STAFF, "Cán bộ tham mưu"),
    Login("demo.chi-huy-dq", "Chỉ huy Ban CHQS xã", "DQ:29125", Role.COMMANDER, "Chỉ huy"),
    Login("demo.chi-huy-xa", "Chỉ huy Công an xã", "CA:29125", Role.COMMANDER, "Chỉ huy"),
    Login("demo.tham-muu-xa", "Tham mưu Công an xã", "CA:29125", Role.STAFF, "Cán bộ tham mưu"),
    Login("demo.tham-muu-ca", "Tham mưu Công an tỉnh", f"CA:{PROVINCE}", Role.STAFF, "Cán bộ tham mưu"),
    Login("demo.tham-muu-qs", "Tham mưu Bộ CHQS tỉnh", f"QS:{PROVINCE}", Role.STAFF, "Cán bộ tham mưu"),
    Login("demo.tham-muu-bp", "Tham mưu Biên phòng tỉnh", f"BP:{PROVINCE}", Role.STAFF, "Cán bộ tham mưu"),
    Login("demo.chi-huy", "Chỉ huy Công an tỉnh", f"CA:{PROVINCE}", Role.COMMANDER, "Chỉ huy"),
    Login("demo.mat-tran", "Cán bộ Mặt trận xã", "MT:29125", Role.PARTNER, "Cán bộ Mặt trận"),
    Login("demo.quan-tri", "Quản trị máy chủ", f"CA:{PROVINCE}", Role.ADMIN, "Quản trị máy chủ"),
    Login("demo.kiem-tra", "Kiểm tra hệ thống", f"QS:{PROVINCE}", Role.AUDITOR, "Kiểm tra hệ thống"),
)

# Who works in a unit of a force: role and title, the first of them acts for the unit in the demo.
_STAFF, _DUTY = (Role.STAFF, "Cán bộ tham mưu"), (Role.DUTY, "Trực ban")
_CREW: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {
    ("CA", "xa"): (_STAFF, _DUTY, _DUTY),
    ("DQ", "xa"): (_STAFF, _DUTY),
    ("MT", "xa"): ((Role.PARTNER, "Cán bộ Mặt trận"),),
    ("AN", "to"): ((Role.DUTY, "Trực tổ"),),
    ("UB", "xa"): ((Role.STAFF, "Cán bộ tổng hợp"),),
    ("BP", "don"): (_STAFF, _DUTY, _DUTY),
    ("QS", "ptkv"): (_STAFF, _DUTY),
    ("CA", "tinh"): (_STAFF, (Role.COMMANDER, "Chỉ huy"), _DUTY),
    ("QS", "tinh"): (_STAFF, (Role.COMMANDER, "Chỉ huy"), _DUTY),
    ("BP", "tinh"): (_STAFF, (Role.COMMANDER, "Chỉ huy"), _DUTY),
    ("PC", "phong"): (_STAFF, _DUTY),
    ("UB", "tinh"): ((Role.STAFF, "Cán bộ tổng hợp"),),
    ("MT", "tinh"): ((Role.PARTNER, "Cán bộ Mặt trận"),),
    ("LD", "tinh"): ((Role.PARTNER, "Cán bộ công đoàn"),),
}
_LETTERS = "ABCDEFG"


def found_node(tag: str, name: str, public_key: str, at: datetime, say: Say) -> Post:
    """The node and the ground of its province; the post in which the node acts."""
    say("Lập máy chủ và tỉnh Vĩnh Long: danh mục xã, phường, đơn vị của các lực lượng")
    node = install_node_post(code=PROVINCE, sign="CA.tinh", home=tag, at=at)
    found(by=node, tag=tag, name=name, public_key=public_key, at=at, demo=True)
    found_province(by=node, code=PROVINCE, day=local_day(at), home=tag, at=at)
    define_indicators(by=node, at=at)
    fill_holidays(by=node, at=at)
    lay_instruments(by=node, at=at)
    lay_events(by=node, at=at)
    return node


def open_logins(node: Post, units: dict[str, Unit], at: datetime) -> None:
    """The accounts with which a stranger looks around; they come first on the sign-in page."""
    for login in LOGINS:
        if login.unit in units:
            opened = open_account(by=node, username=login.username, full_name=login.full_name, password=Secret(DEMO_PASSWORD), at=at)
            appoint(by=node, user=opened.user, unit=units[login.unit], role=login.role, title=login.title, first=local_day(at), at=at)


def fill_posts(node: Post, units: dict[str, Unit], at: datetime) -> int:
    """Every unit gets its people: an account that nobody can open, and a post. How many."""
    lines = [
        Line(0, _nameless(unit, n), f"{unit.key.rpartition('.')[0].lower()}.{_LETTERS[n].lower()}", unit.key, role, title, local_day(at).isoformat())
        for unit in units.values()
        for n, (role, title) in enumerate(_CREW.get((unit.force.code, unit.kind), ()))
    ]
    for first in range(0, len(lines), AT_ONCE):
        enter_roster(by=node, lines=lines[first : first + AT_ONCE], at=at)
    return len(lines)


def _nameless(unit: Unit, n: int) -> str:
    """“Cán bộ CA xã Bảo Thạnh A”: a unit and a letter, never a person."""
    words = " ".join(_words(unit.short))
    return f"Cán bộ {words} {_LETTERS[n]}"[:80]


def _words(text: str) -> Iterator[str]:
    yield from re.findall(r"[^\W\d_]+", text)
