"""The duties of a sentence, of a row of a table, and of a clause that opens a list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ....matters.models import PartRole
from ....territory.models import Level
from ...models import Cadence, DutyAct
from . import deadlines
from .acts import act_of
from .cadence import cadences
from .plain import Line
from .proposal import DutyRead, Mark, RoleRead
from .roles import Acting, doings

_COMMUNE = re.compile(r"\b(?:xã|phường|đặc khu|cấp xã|cơ sở|đồn|trạm|khu phố|ấp|thôn|chốt)\b", re.IGNORECASE)
_PROVINCE = re.compile(r"\b(?:tỉnh|thành phố|sở|liên đoàn|tỉnh đoàn)\b", re.IGNORECASE)
_SETS_LIMITS = re.compile(
    r"^(?:Quy chế|Quy định|Kế hoạch|Chương trình|Phương án|Thông tư|Nghị định|Luật|Quyết định) này\b(?! được (?:phổ biến|rà soát|sơ kết))|^Trong (?:Quy chế|Quy định|Luật) này",
    re.IGNORECASE,
)


def duties_of(sentence: Line, implied: Sequence[Mark], given: Sequence[RoleRead], year: int | None, level: str) -> list[DutyRead]:
    """What a sentence lays down. ``implied``: bodies of the heading; ``given``: parts that an opening sentence gives; ``level``: of the text's issuer."""
    if sets_limits(sentence.text):
        return []
    found = doings(sentence.text, sentence.start, implied)
    if given and found and not found[0].has(PartRole.LEAD, PartRole.COCHAIR, PartRole.ADVISE):
        for r in given:
            found[0].add(r.role, [r.body])
    return [d for n, doing in enumerate(found) for d in _of_doing(sentence, doing, year, level, last=n == len(found) - 1)]


def sets_limits(sentence: str) -> bool:
    """*Quy chế này quy định …*, *Trong Quy chế này …*: about the text, nothing to be done."""
    return bool(_SETS_LIMITS.match(sentence))


def _of_doing(sentence: Line, doing: Acting, year: int | None, level: str, last: bool) -> list[DutyRead]:
    until = sentence.until if last else doing.until
    text, at = sentence.text[doing.start - sentence.start : until - sentence.start], doing.start
    act = act_of(text, max(0, doing.after - at))
    often = [m.moved(at) for m in cadences(text)]
    yearly = any(m.value in (Cadence.YEAR, Cadence.HALF) for m in often)
    last_days = [m.moved(at) for m in deadlines.days(text, yearly, year)]
    plain = DutyRead(
        doing.start, until, act and act.moved(at), level_mark(doing.roles, level), None, moved(deadlines.workdays(text), at),
        minutes=moved(deadlines.minutes(text), at), onward=moved(deadlines.onward(text), at), roles=tuple(doing.roles),
    )  # fmt: skip
    if plain.act is None and plain.onward is not None:
        plain = replace(plain, act=Mark(DutyAct.INFORM, plain.onward.start, plain.onward.until, plain.onward.rule))
    if not (plain.act or plain.roles or last_days or plain.workdays or plain.minutes):
        return []
    return each(plain, often, last_days)


def each(plain: DutyRead, often: Sequence[Mark], last_days: Sequence[Mark]) -> list[DutyRead]:
    """A sentence with several cadences is several duties; its last days go with them in their order, or the one with all. Without one, each date is done once.

    Several days of the year (*trước ngày 10 tháng 6 và ngày 10 tháng 12 hằng năm*) are a yearly duty each.
    """
    if not often:
        dated = [m for m in last_days if "-" in m.value]
        often, last_days = [replace(m, value=str(Cadence.ONCE), rule="once-on") for m in dated], dated or last_days
    if len(last_days) > 1 and all("/" in m.value for m in last_days) and (not often or [m.value for m in often] == [Cadence.YEAR]):
        often = [often[0]] * len(last_days) if often else [replace(m, value=str(Cadence.YEAR), rule="day-of-year", sure=False) for m in last_days]
    made = []
    for n, cadence in enumerate(often or [None]):
        day = last_days[n] if n < len(last_days) else last_days[-1] if len(last_days) == 1 else None
        if day is not None and cadence is not None and cadence.value == Cadence.DEMAND and len(often) > 1:
            day = None
        made.append(_with_day(replace(plain, cadence=cadence), day))
    return made


def _with_day(duty: DutyRead, day: Mark | None) -> DutyRead:
    if day is None:
        return duty
    return replace(duty, on=day) if "-" in day.value else replace(duty, days=day)


def moved(mark: Mark | None, by: int) -> Mark | None:
    return mark.moved(by) if mark else None


def level_mark(roles: Sequence[RoleRead], of_text: str) -> Mark | None:
    """The level of who leads, else of who takes part, else of the text's issuer."""
    order = (PartRole.LEAD, PartRole.COCHAIR, PartRole.ADVISE, PartRole.SUPPORT)
    for r in sorted((r for r in roles if r.role in order), key=lambda r: order.index(PartRole(r.role))):
        if level := level_of(r.body.value):
            return Mark(level, r.body.start, r.body.until, "level-of-body")
    first = roles[0].body if roles else None
    return Mark(of_text, first.start if first else 0, first.until if first else 0, "level-of-text", sure=False) if of_text else None


def level_of(name: str) -> str:
    if _COMMUNE.search(name):
        return str(Level.COMMUNE)
    return str(Level.PROVINCE) if _PROVINCE.search(name) else ""
