"""The frame around every page: what stands in the rail, the menus, the badges; and the registry that topics add to.

A topic adds its own at import, from its web module:

* ``rail(Entry("/tuan-tra/", _("Tuần tra"), icon="route", rhythm=HOURLY, …))`` for a place in the rail. An entry whose page does not
  exist in this version is not shown, so there is never a dead link;
* ``record(Entry("/tuan-tra/moi/", …, icon="route", permission="patrol.plan"))`` for the menu "Ghi nhận" (N);
* ``@badges("/tuan-tra/")`` over a function of (post, now) that answers ``{"/tuan-tra/": Badge(3)}``: what waits for *this unit*, nothing else.
  One place has one badge: a second count for it is a mistake, not a later word.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import IntEnum
from functools import cache, cached_property
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import Resolver404, get_urlconf, resolve
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

import phoihop
from phoihop.domain.matters.models import Node
from phoihop.domain.people.models import Post
from phoihop.domain.people.rules import may
from phoihop.kernel.memo import Memo

from . import faces, files, toasts
from .memory import known
from .scope import Scope, read_scope
from .standing import tail
from .static_files import SHARED
from .when import When


class Rhythm(IntEnum):
    """The three groups of the rail: how often one comes by, not which department."""

    HOURLY = 1
    MONTHLY = 2
    YEARLY = 3


HOURLY, MONTHLY, YEARLY = Rhythm


@dataclass(frozen=True, slots=True)
class Entry:
    """A way to a page. ``key``: the letter after G. ``phone``: place in the bottom bar (1 to 4), there under its ``short`` name. ``waiting``: filled in per page."""

    path: str
    label: Any
    icon: str
    rhythm: Rhythm = HOURLY
    order: int = 0
    permission: str = ""
    key: str = ""
    phone: int = 0
    hint: Any = ""
    short: Any = ""
    waiting: Badge | None = None
    here: bool = False

    @property
    def slug(self) -> str:
        """For ids: "tuan-tra"; "hom-nay" stands for "/"."""
        return self.path.strip("/").replace("/", "-") or "hom-nay"


@dataclass(frozen=True, slots=True)
class Badge:
    """How many wait for the reader's unit, and how many of those are overdue; red means only that."""

    n: int
    over: int = 0

    @property
    def hot(self) -> bool:
        return self.over > 0


Count = Callable[[Post, datetime], Mapping[str, Badge]]

RAIL: dict[str, Entry] = {}
RECORD: dict[str, Entry] = {}
COUNTS: dict[str, Count] = {}


def rail(*entries: Entry) -> None:
    RAIL.update({e.path: e for e in entries})


def record(*entries: Entry) -> None:
    RECORD.update({e.path: e for e in entries})


def badges(*places: str) -> Callable[[Count], Count]:
    """Over the one function that counts for these places of the rail; it answers for no other."""

    def register(count: Count) -> Count:
        for place in places:
            if place in COUNTS:
                raise ValueError(f"{place} has a badge already")
            COUNTS[place] = count
        return count

    return register


COUNTED_FOR = 30
"""Seconds after which what was counted is counted anew, though nothing was written: what waits falls due by the clock."""
_counted: Memo[dict[str, Badge]] = Memo(most=512)


def until_written(request: Any) -> tuple[Hashable, ...]:
    """What stays the same until anything is written, or half a minute has passed. Asked once, for a page that only reads."""
    if not hasattr(request, "_until_written"):
        request._until_written = _until_written(timezone.now())
    found: tuple[Hashable, ...] = request._until_written
    return found


def _until_written(now: datetime) -> tuple[Hashable, ...]:
    return (*tail.read(), counted_in(now))


def counted_in(now: datetime) -> int:
    """The half minute for which what is counted now is good."""
    return int(now.timestamp()) // COUNTED_FOR


def counted(post: Post, now: datetime, until: tuple[Hashable, ...] | None = None) -> dict[str, Badge]:
    """What waits for the unit of a post, by page. Until anything is written it is the same for whoever goes from page to page (``until``: as the page began)."""

    def count() -> dict[str, Badge]:
        told = {one: one(post, now) for one in dict.fromkeys(COUNTS.values())}
        return {place: badge for place, one in COUNTS.items() if (badge := told[one].get(place)) and badge.n}

    return _counted.get((post.pk, *(until or _until_written(now))), count)


rail(
    Entry("/", _("Hôm nay"), icon="home", rhythm=HOURLY, order=10, key="H", phone=1),
    Entry("/tuan-tra/", _("Tuần tra"), icon="route", rhythm=HOURLY, order=40, permission="matter.view", key="P", phone=2),
    Entry("/nhiem-vu/", _("Nhiệm vụ"), icon="checklist", rhythm=HOURLY, order=50, permission="matter.view", key="N", phone=3),
    Entry("/bao-cao/", _("Báo cáo"), icon="report-analytics", rhythm=MONTHLY, order=40, permission="report.view", key="B"),
    Entry("/luc-luong/", _("Lực lượng"), icon="users-group", rhythm=YEARLY, order=20),
    Entry("/dia-ban/", _("Địa bàn & tổ chức"), icon="sitemap", rhythm=YEARLY, order=30, key="D", phone=4, short=_("Địa bàn")),
    Entry("/huong-dan/", _("Hướng dẫn & mẫu"), icon="books", rhythm=YEARLY, order=40),
    Entry("/quan-tri/", _("Quản trị"), icon="settings", rhythm=YEARLY, order=50, permission="structure.view"),
)

_found: dict[tuple[str | None, str], bool] = {}


def exists(path: str) -> bool:
    """Whether a page answers at this path in this version."""
    key = (get_urlconf(), path)
    if key not in _found:
        try:
            resolve(path.split("?")[0])
            _found[key] = True
        except Resolver404:
            _found[key] = False
    return _found[key]


def open_to(entries: Iterable[Entry], post: Post | None) -> list[Entry]:
    """The entries whose page exists and which the post may open, in order."""
    allowed = (e for e in entries if exists(e.path) and (not e.permission or (post is not None and may(post, e.permission))))
    return sorted(allowed, key=lambda e: (e.rhythm, e.order))


def node() -> Node | None:
    """This node."""
    return known("node", lambda: Node.objects.filter(own=True).first())


class Shell:
    """Everything base.html asks for, computed when it asks: a part that htmx fetches costs nothing."""

    version = phoihop.__version__

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def post(self) -> Post | None:
        return getattr(self._request, "post", None)

    @cached_property
    def scope(self) -> Scope:
        return scope_of(self._request)

    @cached_property
    def when(self) -> When:
        return getattr(self._request, "when", None) or When.of_day(self._request, self.scope)

    @cached_property
    def node(self) -> Node | None:
        return node()

    @cached_property
    def language(self) -> str:
        return get_language() or "vi"

    @cached_property
    def theme(self) -> str:
        user = getattr(self._request, "user", None)
        return getattr(user, "theme", None) or self._request.COOKIES.get("theme", "auto")

    @property
    def dark_media(self) -> str:
        """For which media the dark sheet counts: never on paper."""
        return {"dark": "screen", "light": "not all"}.get(self.theme, "screen and (prefers-color-scheme: dark)")

    @property
    def signs(self) -> bool:
        """Whether one makes a key of one's own in this post."""
        return self.post is not None and may(self.post, "key.make")

    @property
    def shortcuts(self) -> bool:
        return bool(getattr(getattr(self._request, "user", None), "shortcuts", True))

    @property
    def modules(self) -> tuple[str, ...]:
        """What main.js imports that is not served within it, for the browser to fetch at once instead of one after the other."""
        return _module_addresses()

    @property
    def colours(self) -> str:
        return f"/mau-luc-luong/{faces.style_sheet()[0]}.css"

    @cached_property
    def badges(self) -> dict[str, Badge]:
        if self.post is None:
            return {}
        return counted(self.post, timezone.now(), getattr(self._request, "_until_written", None))

    @cached_property
    def entries(self) -> list[Entry]:
        here = _nearest(self._request.path)
        return [replace(e, waiting=self.badges.get(e.path), here=e.path == here) for e in open_to(RAIL.values(), self.post)]

    @property
    def groups(self) -> list[list[Entry]]:
        return [group for rhythm in Rhythm if (group := [e for e in self.entries if e.rhythm == rhythm])]

    @property
    def phone(self) -> list[Entry]:
        return sorted((e for e in self.entries if e.phone), key=lambda e: e.phone)[:4]

    @property
    def rest(self) -> list[Entry]:
        """What the phone's "Thêm" holds."""
        return [e for e in self.entries if e not in self.phone]

    @property
    def rest_waits(self) -> Badge | None:
        """What waits behind "Thêm", so that nobody has to open it to learn of it."""
        waiting = [e.waiting for e in self.rest if e.waiting]
        return Badge(sum(b.n for b in waiting), sum(b.over for b in waiting)) if waiting else None

    @property
    def rest_here(self) -> bool:
        """Whether the page lies behind "Thêm"."""
        return any(e.here for e in self.rest)

    @cached_property
    def record(self) -> list[Entry]:
        return open_to(RECORD.values(), self.post) if self.post else []

    @property
    def overdue(self) -> int:
        return sum(b.over for b in self.badges.values())

    @cached_property
    def toasts(self) -> list[dict[str, Any]]:
        return toasts.take(self._request)

    @cached_property
    def kept(self) -> Any:
        from .kept import waiting

        return waiting(self._request)

    @property
    def place(self) -> str:
        """What the brand stands for here: the area of the acting unit's province, or of nobody."""
        return str(self.post.unit.area) if self.post else ""

    @property
    def looks(self) -> tuple[tuple[str, Any, str], ...]:
        return LOOKS

    @property
    def keys(self) -> list[tuple[str, Any]]:
        """The shortcuts of every page; a page shows its own on its buttons."""
        always = [("Ctrl K", _("Tìm, chạy lệnh")), ("N", _("Ghi nhận")), ("?", _("Danh sách phím tắt"))]
        return (
            always
            + [(f"G {e.key}", e.label) for e in self.entries if e.key]
            + [("J / K", _("Mục sau, mục trước")), ("Enter", _("Mở mục đang chọn")), ("Esc", _("Đóng"))]
        )

    @property
    def words(self) -> dict[str, str]:
        """What scripts say (static/js/words.js)."""
        return {name: str(text) for name, text in WORDS.items()}

    def exists(self) -> Mapping[str, bool]:
        """For templates: ``shell.exists.limits`` and so on, pages of other topics that may not be there yet."""
        return {name: exists(path) for name, path in _NAMED.items()}


WORDS = {
    "minutes": _("%(n)s phút"), "hours": _("%(n)s giờ"), "days": _("%(n)s ngày"),
    "over": _("quá hạn %(span)s"), "left": _("còn %(span)s"), "ago": _("%(span)s trước"),
    "copied": _("Đã chép %(what)s"), "offline": _("Mất kết nối. Việc bạn ghi được giữ trên máy."),
    "stale": _("Không có mạng. Đang xem bản lúc %(at)s."), "waiting": _("Chưa gửi: %(n)s"), "kept": _("Đã lưu trên máy, tự gửi khi có mạng."), "sent": _("Đã gửi xong."),
    "calendar": _("Mở lịch"),
}  # fmt: skip
LOOK_ICONS = ("device-desktop", "sun", "moon")
LOOKS = tuple(zip(("auto", "light", "dark"), (_("Theo máy"), _("Sáng"), _("Tối")), LOOK_ICONS, strict=True))
_NAMED = {
    "limits": "/gioi-han/",
    "search": "/tim/",
    "account": "/toi/",
    "keys": "/toi/khoa-ky/",
    "posts": "/chuc-trach/",
    "sign_out": "/dang-xuat/",
    "sign_in": "/dang-nhap/",
}


@cache
def _module_addresses() -> tuple[str, ...]:
    return tuple(static(f"js/{name}") for name in (f"{SHARED}.js", *(() if files.joined() else files.PARTS)))


def scope_of(request: Any) -> Scope:
    """The scope of a request, read once."""
    if not hasattr(request, "_scope"):
        request._scope = read_scope(request, getattr(request, "post", None))
    found: Scope = request._scope
    return found


def _nearest(path: str) -> str:
    """The rail entry under which a page lies: the longest that begins its path."""
    under = [e for e in RAIL if path == e or (e != "/" and path.startswith(e))]
    return max(under, key=len, default="")


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context processor."""
    return {"shell": Shell(request)}
