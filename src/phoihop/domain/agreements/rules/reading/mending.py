"""What an officer may change of a reading, and whether it can be done."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.verdict import Verdict, first_no, no_unless

from ....matters.models import PartRole
from ....people.models import Post
from ....people.rules import allowed
from ....territory.models import Level
from ...models import Cadence, ContentArea, DutyAct, Reading, ReadingState
from ..clauses import FURTHEST_ONWARD, MOST_DUE_WORKDAYS, MOST_MINUTES
from .proposal import ClauseRead, DutyRead, Mark, RoleRead
from .staged import ALL, FORCE, NOBODY, STATES, UNCLEAR, UNIT

KEPT_FOR = timedelta(days=90)
"""How long a reading that nobody finishes is kept: our own measure, a season of drafting plans."""
MOST_ROLES = 60
BY_HAND = "by-hand"


@dataclass(frozen=True, slots=True)
class RoleMend:
    """A part in a duty; ``name``: a body as the document calls it."""

    role: str
    name: str


@dataclass(frozen=True, slots=True)
class DutyMend:
    """A duty as the officer wants it; empty where the text does not say. Not ``kept``: it is none.

    ``days``: the last day, of the month (``20``) or of each year (``15/5``).
    """

    act: str = ""
    level: str = ""
    cadence: str = ""
    workdays: int | None = None
    days: str = ""
    on: date | None = None
    minutes: int | None = None
    onward: int = 0
    roles: Sequence[RoleMend] = ()
    kept: bool = True


@dataclass(frozen=True, slots=True)
class ClauseMend:
    """What a clause is about, and each of its duties in the order in which they were read."""

    content: str = ""
    duties: Sequence[DutyMend] = ()


def may_read(post: Post, on: date) -> Verdict:
    return allowed(post, "agreement.draft", on)


def may_work(post: Post, reading: Reading, on: date) -> Verdict:
    """A reading is its unit's, to mend while it waits to be looked through."""
    return first_no(
        may_read(post, on),
        no_unless(post.unit_id == reading.unit_id, "not-own-reading", _("Tệp này do đơn vị khác đưa vào.")),
        no_unless(reading.state == ReadingState.READY, "reading-not-ready", _("Tệp này chưa đọc xong, hoặc đã lập thành văn bản, đã bỏ.")),
    )


def still_waits(reading: Reading) -> Verdict:
    """A file that was dropped while it was being read stays dropped."""
    return no_unless(reading.state == ReadingState.WAITING, "reading-over", _("Tệp này đã lập thành văn bản hoặc đã bỏ."))


def may_drop(post: Post, reading: Reading, on: date) -> Verdict:
    over = (ReadingState.DONE, ReadingState.DROPPED)
    return first_no(
        may_read(post, on),
        no_unless(post.unit_id == reading.unit_id, "not-own-reading", _("Tệp này do đơn vị khác đưa vào.")),
        no_unless(reading.state not in over, "reading-over", _("Tệp này đã lập thành văn bản hoặc đã bỏ.")),
    )


def has_clauses(numbers: Collection[int], count: int) -> Verdict:
    return no_unless(numbers and all(0 <= n < count for n in numbers), "no-such-clause", _("Không có điều, khoản này trong tệp."))


def has_plain(count: int) -> Verdict:
    return no_unless(count, "nothing-plain", _("Không còn điều, khoản nào không có phân công mà chưa xem."))


def fits_state(state: str) -> Verdict:
    return no_unless(state in STATES, "no-such-state", _("Một điều, khoản được nhận, bỏ hoặc để xem lại."), "state")


def clause_unchanged(seen: Sequence[str], now: Sequence[str]) -> Verdict:
    """``seen``: the prints (``staged.print_of``) of the clauses as they stood before who decides; ``now``: as they stand."""
    return no_unless(
        list(seen) == list(now), "changed-meanwhile", _("Có người cùng đơn vị vừa xem hoặc sửa điều, khoản này. Hãy xem bản đang lưu rồi quyết định."), "seen"
    )


def name_unchanged(seen: str, now: str) -> Verdict:
    """``seen``: what the name stood for before who settles it."""
    return no_unless(seen == now, "changed-meanwhile", _("Có người cùng đơn vị vừa ghi tên này là đơn vị khác. Hãy xem lại rồi ghi."), "seen")


def fits_meaning(name: str, means: str, names: Collection[str], known: bool) -> Verdict:
    """``known``: the unit or force that ``means`` names is there on that day."""
    plain = means in (ALL, NOBODY, UNCLEAR)
    return first_no(
        no_unless(name in names, "no-such-name", _("Tên này không có trong tệp."), "name"),
        no_unless(plain or (means.startswith((UNIT, FORCE)) and known), "no-such-unit", _("Chọn một đơn vị hoặc lực lượng đang có."), "means"),
    )


def fits_mend(clause: ClauseRead, mend: ClauseMend, names: Mapping[str, object]) -> Verdict:
    return first_no(
        no_unless(not mend.content or mend.content in ContentArea.values, "no-such-content", _("Nội dung phối hợp không có trong danh mục."), "content"),
        no_unless(len(mend.duties) == len(clause.duties), "duties-differ", _("Tệp đã đổi. Hãy mở lại điều, khoản này."), "duties"),
        *(_fits_duty(d, n, names) for n, d in enumerate(mend.duties) if d.kept),
    )


def _fits_duty(d: DutyMend, n: int, names: Mapping[str, object]) -> Verdict:
    place = f"duties.{n}"
    some = _("Hạn phải từ 1 trở lên; nếu làm ngay thì bỏ trống.")
    return first_no(
        no_unless(not d.act or d.act in DutyAct.values, "no-such-act", _("Việc phải làm không có trong danh mục."), f"{place}.act"),
        no_unless(not d.level or d.level in Level.values, "no-such-level", _("Cấp thực hiện không có trong danh mục."), f"{place}.level"),
        no_unless(not d.cadence or d.cadence in Cadence.values, "no-such-cadence", _("Định kỳ không có trong danh mục."), f"{place}.cadence"),
        no_unless(d.workdays is None or 0 < d.workdays <= MOST_DUE_WORKDAYS, "deadline-zero", some, f"{place}.workdays"),
        no_unless(d.minutes is None or 0 < d.minutes <= MOST_MINUTES, "deadline-zero", some, f"{place}.minutes"),
        no_unless(not d.days or _is_day(d.days), "due-day", _("Ghi ngày trong tháng (20), hoặc ngày và tháng của mỗi năm (15/5)."), f"{place}.days"),
        no_unless(d.cadence != Cadence.ONCE or d.on, "due-on-missing", _("Việc làm một lần cần ngày đến hạn."), f"{place}.on"),
        no_unless(0 <= d.onward <= FURTHEST_ONWARD, "onward", _("Thông tin chuyển tiếp từ 0 đến 5 cấp."), f"{place}.onward"),
        no_unless(
            sum(r.role == PartRole.LEAD for r in d.roles) <= 1,
            "two-leads",
            _("Mỗi việc chỉ có một bên chủ trì; bên kia ghi là đồng chủ trì."),
            f"{place}.role.0",
        ),
        no_unless(len(d.roles) <= MOST_ROLES, "too-many-roles", _("Một việc có nhiều nhất 60 bên."), f"{place}.roles"),
        *(
            no_unless(r.role in PartRole.values and r.name in names, "no-such-role", _("Vai hoặc tên này không có trong tệp."), f"{place}.roles")
            for r in d.roles
        ),
    )


def _is_day(text: str) -> bool:
    m = re.fullmatch(r"(\d{1,2})(?:/(\d{1,2}))?", text)
    return (
        m is not None and 1 <= int(m[1]) <= (monthrange(2024, int(m[2]))[1] if m[2] and 1 <= int(m[2]) <= 12 else 31) and (m[2] is None or 1 <= int(m[2]) <= 12)
    )


def mended(clause: ClauseRead, mend: ClauseMend, state: str) -> ClauseRead:
    """The clause with what the officer changed; what stays keeps the place where it was read."""
    return replace(
        clause, content=_kept(clause.content, mend.content, clause.start), state=state,
        duties=[_mended(d, m) for d, m in zip(clause.duties, mend.duties, strict=True)],
    )  # fmt: skip


def _mended(duty: DutyRead, mend: DutyMend) -> DutyRead:
    at = duty.start
    known = {(r.role, r.body.value): r for r in duty.roles}
    roles = [known.get((r.role, r.name)) or RoleRead(r.role, Mark(r.name, at, at, BY_HAND)) for r in mend.roles]
    return replace(
        duty, kept=mend.kept, roles=roles,
        act=_kept(duty.act, mend.act, at), level=_kept(duty.level, mend.level, at), cadence=_kept(duty.cadence, mend.cadence, at),
        workdays=_kept(duty.workdays, str(mend.workdays or ""), at), minutes=_kept(duty.minutes, str(mend.minutes or ""), at),
        days=_kept(duty.days, mend.days, at), on=_kept(duty.on, mend.on.isoformat() if mend.on else "", at),
        onward=_kept(duty.onward, str(mend.onward or (0 if duty.onward else "")), at),
    )  # fmt: skip


def _kept(mark: Mark | None, value: str, at: int) -> Mark | None:
    """What was read, if it stays; else what the officer says. Looked at by a person, it is sure."""
    if not value:
        return None
    return replace(mark, sure=True) if mark is not None and mark.value == value else Mark(value, at, at, BY_HAND)
