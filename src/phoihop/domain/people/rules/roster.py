"""A list of accounts and posts as offices keep it, read with care: every doubtful cell says why and offers a mended value."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.text import fold, nfc
from phoihop.kernel.verdict import YES, Verdict, first_no, no_unless

from ...forces.models import Unit
from ..models import Post, Role, User
from .accounts import fits_full_name, fits_username, not_oneself, of_own_node, suggested_username
from .posts import PostDraft, fits_post, not_twice, stays_apart

AT_ONCE = 100  # about half a second, in which nobody else can write
LONGEST_LIST = 2000
CLEAR = 2  # how much may speak against a unit (forces.queries.resolve_unit): written without marks, or by its former name
LINE_FIELDS = ("full_name", "username", "unit", "role", "title", "since")

# Headings as they are written in lists, without diacritics.
HEADINGS: dict[str, str] = {
    "ho ten": "full_name", "ho va ten": "full_name", "can bo": "full_name", "full name": "full_name",
    "ten dang nhap": "username", "tai khoan": "username", "username": "username",
    "don vi": "unit", "ten don vi": "unit", "don vi cong tac": "unit", "unit": "unit",
    "vai": "role", "vai tro": "role", "role": "role",
    "chuc trach": "title", "chuc vu": "title", "chuc danh": "title", "title": "title",
    "tu ngay": "since", "ngay nhan": "since", "ngay bat dau": "since", "from": "since",
}  # fmt: skip

ROLE_WORDS: dict[str, str] = {
    "truc ban": Role.DUTY, "truc": Role.DUTY, "duty": Role.DUTY,
    "can bo tham muu": Role.STAFF, "tham muu": Role.STAFF, "can bo": Role.STAFF, "staff": Role.STAFF,
    "chi huy, lanh dao": Role.COMMANDER, "chi huy": Role.COMMANDER, "lanh dao": Role.COMMANDER, "commander": Role.COMMANDER,
    "can bo mat tran, doan the": Role.PARTNER, "mat tran": Role.PARTNER, "doan the": Role.PARTNER, "mttq": Role.PARTNER, "partner": Role.PARTNER,
    "quan tri may chu": Role.ADMIN, "quan tri": Role.ADMIN, "admin": Role.ADMIN,
    "kiem tra he thong": Role.AUDITOR, "kiem tra": Role.AUDITOR, "auditor": Role.AUDITOR,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A row as it stands in the list, all text; ``n`` is its number there, for the person who looks it up."""

    n: int
    full_name: str = ""
    username: str = ""
    unit: str = ""
    role: str = ""
    title: str = ""
    since: str = ""
    other_person: bool = False  # the answer to "is this the same person?"


def line_of(n: int, texts: Mapping[str, str], other_person: bool = False) -> Line:
    """A line from its cells by field."""
    said = {name: texts.get(name, "") for name in LINE_FIELDS}
    return Line(n, said["full_name"], said["username"], said["unit"], said["role"], said["title"], said["since"], other_person)


@dataclass(slots=True)
class Settled:
    """What became of a line: whom and which post it means, or the verdict on each doubtful cell."""

    line: Line
    doubts: dict[str, Verdict] = field(default_factory=dict)
    choices: Sequence[Unit] = ()
    full_name: str = ""
    username: str = ""
    user: User | None = None
    unit: Unit | None = None
    role: str = ""
    title: str = ""
    first: date | None = None
    there: bool = False  # account and post exist already: nothing to do

    def cell(self, name: str) -> Verdict:
        return self.doubts.get(name, YES)

    def doubt(self, verdict: Verdict, name: str | None = None) -> None:
        """Keep the first doubt about a cell."""
        where = name or verdict.field or "full_name"
        if not verdict and where not in self.doubts:
            self.doubts[where] = verdict.at(where)


@dataclass(frozen=True, slots=True)
class Named:
    """What a unit's name in the list may stand for: ``sure`` is the one it means, None while somebody must choose."""

    sure: Unit | None = None
    choices: tuple[Unit, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What the list is compared with: accounts by name, posts by account, namesakes by unit, units by how the list calls them."""

    today: date
    users: Mapping[str, User]
    posts: Mapping[int, Sequence[Post]]
    namesakes: Mapping[tuple[str, int], str]  # folded full name and unit -> user name
    units: Mapping[str, Named]


def heading(text: str) -> str | None:
    """The field that a heading names; None for any other cell."""
    return HEADINGS.get(fold(text).strip(" :*."))


def day_of(text: str) -> date | None:
    """A day as people write it: 1/7/2025, 01-07-2025, 1.7.25, 2025-07-01. None if there is no such day."""
    found = re.fullmatch(r"\s*(\d{1,4})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,4})(?:[ T]00:00(?::00)?)?\s*", text)
    if not found:
        return None
    a, b, c = found.groups()
    day, month, year = (int(c), int(b), int(a)) if len(a) == 4 else (int(a), int(b), int(c))
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


def fits_at_once(count: int) -> Verdict:
    return no_unless(count <= AT_ONCE, "too-many-lines", _("Mỗi lần nhập nhiều nhất 100 dòng."), "lines")


def is_a_list(count: int) -> Verdict:
    """``count``: the lines below headings that are known; 0 also where there are none."""
    return first_no(
        no_unless(count, "no-headings", _("Không thấy bảng có các cột họ tên, tên đăng nhập, đơn vị, vai, chức trách, từ ngày. Hãy dùng tệp mẫu."), "upload"),
        no_unless(count <= LONGEST_LIST, "list-too-long", _("Danh sách quá 2000 dòng. Hãy tách thành nhiều tệp."), "upload"),
    )


def brings_something(count: int) -> Verdict:
    return no_unless(count, "nothing-new", _("Mọi dòng đã có trong hệ thống, không có gì để nhập."), "lines")


def settle(by: Post, lines: Sequence[Line], known: Known) -> list[Settled]:
    """Judge every line; later lines also against the earlier ones of the same list."""
    met: dict[str, Settled] = {}
    taken = set(known.users) | {_login(line) for line in lines}
    settled = []
    for line in lines:
        one = _settle(by, line, known, taken)
        _compare(one, met.get(one.username))
        met.setdefault(one.username, one)
        settled.append(one)
    return settled


def _settle(by: Post, line: Line, known: Known, taken: set[str]) -> Settled:
    one = Settled(line, full_name=_tidy(line.full_name), username=_login(line), title=_tidy(line.title))
    one.doubt(no_unless(one.full_name, "name-missing", _("Thiếu họ tên."), "full_name"))
    one.doubt(fits_full_name(one.full_name))
    _settle_unit(by, one, known)
    _settle_role(one)
    _settle_day(one, known)
    _settle_user(by, one, known, taken)
    if one.unit and one.role and one.first and not one.doubts:
        _settle_post(by, one, known)
    return one


def _settle_unit(by: Post, one: Settled, known: Known) -> None:
    named = known.units.get(one.line.unit, Named())
    one.unit, one.choices = named.sure, named.choices
    one.doubt(no_unless(one.line.unit.strip(), "unit-missing", _("Thiếu đơn vị."), "unit"))
    one.doubt(no_unless(named.choices, "unit-unknown", _("Không có đơn vị nào tên như vậy. Gõ tên đầy đủ hoặc mã đơn vị."), "unit"))
    first = named.choices[0].key if named.choices else None
    one.doubt(no_unless(named.sure, "unit-doubtful", _("Tên này có thể là nhiều đơn vị, hoặc gần giống. Chọn một."), "unit", first))
    if one.unit is not None:
        one.doubt(of_own_node(by, [Post(unit=one.unit)]), "unit")


def _settle_role(one: Settled) -> None:
    one.role = ROLE_WORDS.get(fold(one.line.role), "")
    one.doubt(no_unless(one.role, "role-unknown", _("Vai không có trong danh sách. Chọn một vai."), "role", str(Role.DUTY)))
    one.doubt(no_unless(one.title, "title-missing", _("Thiếu chức trách."), "title", _title_of(one.role)))
    one.doubt(no_unless(len(one.title) <= 80, "title-long", _("Chức trách dài nhất 80 ký tự."), "title", one.title[:80]))


def _settle_day(one: Settled, known: Known) -> None:
    one.first = day_of(one.line.since)
    offer = known.today.strftime("%d/%m/%Y")
    one.doubt(no_unless(one.line.since.strip(), "day-missing", _("Thiếu ngày bắt đầu."), "since", offer))
    one.doubt(no_unless(one.first, "day-unreadable", _("Không đọc được ngày, hoặc ngày không có thật. Viết ngày/tháng/năm."), "since", offer))
    if one.first:
        far = abs(one.first - known.today) > timedelta(days=3660)
        one.doubt(no_unless(not far, "day-far", _("Ngày cách nay hơn mười năm. Có nhầm năm không?"), "since", offer))


def _settle_user(by: Post, one: Settled, known: Known, taken: set[str]) -> None:
    namesake = known.namesakes.get((fold(one.full_name), one.unit.pk if one.unit else 0))
    if not one.username:
        one.doubt(Verdict("username-missing", _("Thiếu tên đăng nhập."), "username", namesake or _free_name(one.full_name, taken)))
        return
    one.user = known.users.get(one.username)
    if one.user is None:
        one.doubt(fits_username(one.username, by))
        one.doubt(_same_person(one, namesake))
        return
    one.doubt(
        no_unless(
            fold(one.user.full_name) == fold(one.full_name),
            "username-taken",
            _("Tên đăng nhập này là của một người khác. Chọn tên khác."),
            "username",
            _free_name(one.full_name, taken),
        )
    )
    one.doubt(no_unless(one.user.is_active, "account-closed", _("Tài khoản này đã đóng."), "username"))
    one.doubt(not_oneself(by, one.user.pk), "username")


def _same_person(one: Settled, namesake: str | None) -> Verdict:
    return no_unless(
        namesake is None or namesake == one.username or one.line.other_person,
        "same-person",
        _("Đơn vị này đã có tài khoản cùng họ tên. Nếu là một người, dùng tên đăng nhập sẵn có; nếu là người khác, đánh dấu vào ô."),
        "username",
        namesake,
    )


def _settle_post(by: Post, one: Settled, known: Known) -> None:
    assert one.unit is not None
    assert one.first is not None
    user = one.user or User(username=one.username, full_name=one.full_name)
    draft = PostDraft(user, one.unit, one.role, one.title, one.first)
    theirs = known.posts.get(user.pk, ()) if user.pk else ()
    one.there = not not_twice(draft, theirs)
    if not one.there:
        verdict = first_no(fits_post(draft), stays_apart(draft, theirs))
        one.doubt(verdict, "since" if verdict.code == "unit-not-then" else None)


def _compare(one: Settled, earlier: Settled | None) -> None:
    """Two lines with one user name are one person with two posts, or a mistake."""
    if earlier is None or not one.username:
        return
    same = fold(earlier.full_name) == fold(one.full_name)
    one.doubt(no_unless(same, "username-twice", _("Tên đăng nhập này đã ở một dòng trên, với họ tên khác."), "username"))
    if same and one.unit is not None and (earlier.unit, earlier.role) == (one.unit, one.role):
        one.there = True


def _free_name(full_name: str, taken: set[str]) -> str | None:
    """A user name that nobody has, nor anybody else in this list; it is taken from now on. None where no name is made of what is written."""
    base, n = suggested_username(full_name), 2
    if not base:
        return None
    name = base = base if len(base) >= 3 else f"{base}.cb"
    while name in taken:
        name, n = f"{base}{n}", n + 1
    taken.add(name)
    return name


def _login(line: Line) -> str:
    return nfc(line.username).strip().lower()


def _title_of(role: str) -> str | None:
    return str(Role(role).label) if role else None


def _tidy(text: str) -> str:
    return " ".join(nfc(text).split())
