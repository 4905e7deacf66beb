"""How readings are said: states, what was read of a duty and by which rule, what a name stands for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from phoihop.domain.agreements.models import Cadence, ContentArea, DutyAct, Reading, ReadingState
from phoihop.domain.agreements.rules.reading import DutyRead, Mark
from phoihop.domain.agreements.rules.reading.staged import ALL, DROPPED, FORCE, NEW, NOBODY, TAKEN, Meaning
from phoihop.domain.agreements.rules.reading.why import RULES
from phoihop.domain.matters.models import PartRole
from phoihop.domain.territory.models import Level
from phoihop.kernel.figures_text import day as day_text

from .. import faces, moments
from ..templatetags.face import tag

_STATES = {
    ReadingState.WAITING: "info", ReadingState.READY: "warn", ReadingState.DONE: "ok", ReadingState.DROPPED: "", ReadingState.FAILED: "danger",
}  # fmt: skip
_HOUR, _DAY = 60, 1440


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that was read: what it is, its value, and from what; not ``sure``: to be looked at."""

    label: str
    value: str
    why: str
    sure: bool


def state_tag(reading: Reading) -> SafeString:
    state = ReadingState(reading.state)
    return tag(state.label, _STATES[state])


def clause_tag(state: str) -> SafeString:
    words = {NEW: (_("chưa xem"), "warn"), TAKEN: (_("đã nhận"), "ok"), DROPPED: (_("đã bỏ"), "")}
    return tag(*words[state])


def why(mark: Mark) -> str:
    return str(RULES[mark.rule])


def left_out(mark: Mark) -> str:
    """What is said before words that no find holds: not understood, or understood and no part of a duty."""
    return _("Chỉ giữ trong nguyên văn:") if mark.rule == "unread-directs" else _("Chưa đọc được:")


def content_of(mark: Mark | None) -> Told | None:
    return Told(_("Nội dung phối hợp"), str(ContentArea(mark.value).label), why(mark), mark.sure) if mark else None


def told(d: DutyRead, names: Mapping[str, Meaning], units: Mapping[str, str]) -> list[Told]:
    """What was read of a duty, line by line."""
    found = [_plain(_("Việc"), d.act, lambda v: str(DutyAct(v).label)), *_roles(d, names, units)]
    found += [
        _plain(_("Định kỳ"), d.cadence, lambda v: str(Cadence(v).label)),
        _plain(_("Hạn"), d.days, _day),
        _plain(_("Hạn"), d.on, lambda v: day_text(date.fromisoformat(v), moments.language())),
        _plain(_("Hạn"), d.workdays, lambda v: ngettext("%(n)s ngày làm việc", "%(n)s ngày làm việc", int(v)) % {"n": v}),
        _plain(_("Trong"), d.minutes, lambda v: span(int(v))),
        _plain(_("Chuyển tiếp"), d.onward, lambda v: _("không") if v == "0" else _("%(n)s cấp") % {"n": v}),
        _plain(_("Cấp"), d.level, lambda v: str(Level(v).label)),
    ]
    return [one for one in found if one is not None]


def lacking(d: DutyRead) -> list[str]:
    """What a duty would need and the text does not say."""
    lacks = [(d.act, _("việc phải làm")), (d.cadence, _("định kỳ")), (d.level, _("cấp thực hiện"))]
    return [word for mark, word in lacks if mark is None]


def _plain(label: str, mark: Mark | None, say: Any) -> Told | None:
    return Told(label, say(mark.value), why(mark), mark.sure) if mark else None


def _roles(d: DutyRead, names: Mapping[str, Meaning], units: Mapping[str, str]) -> Iterator[Told]:
    """Who has which part; those that were read by the same rule on one line."""
    groups: dict[tuple[str, str], list[tuple[str, bool]]] = {}
    for r in d.roles:
        meaning = names.get(r.body.value, Meaning())
        stands = said(meaning, units)
        value = r.body.value if not stands or stands.lower() == r.body.value.lower() else f"{r.body.value} → {stands}"
        groups.setdefault((r.role, why(r.body)), []).append((value, bool(meaning.means) and r.body.sure))
    for (role, rule), lines in groups.items():
        yield Told(str(PartRole(role).label), "; ".join(value for value, _sure in lines), rule, all(sure for _value, sure in lines))


def said(meaning: Meaning, units: Mapping[str, str]) -> str:
    """What a name stands for, in words; empty if that is not clear."""
    if meaning.means == ALL:
        return _("mọi bên của văn bản")
    if meaning.means == NOBODY:
        return _("không phải đơn vị ở đây")
    if meaning.means.startswith(FORCE):
        return _("%(force)s ở mọi xã") % {"force": faces.name_of(faces.face(meaning.means.removeprefix(FORCE)))}
    return units.get(meaning.means, "")


def _day(value: str) -> str:
    day, _stroke, month = value.partition("/")
    return _("ngày %(day)s tháng %(month)s") % {"day": day, "month": month} if month else _("ngày %(day)s") % {"day": day}


def span(minutes: int) -> str:
    """*30 phút*, *24 giờ*, *10 ngày*."""
    if minutes % _DAY == 0 and minutes > _DAY:
        return ngettext("%(n)s ngày", "%(n)s ngày", minutes // _DAY) % {"n": minutes // _DAY}
    if minutes % _HOUR == 0:
        return ngettext("%(n)s giờ", "%(n)s giờ", minutes // _HOUR) % {"n": minutes // _HOUR}
    return ngettext("%(n)s phút", "%(n)s phút", minutes) % {"n": minutes}
