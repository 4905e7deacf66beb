"""What a sentence asks for and no find holds: how often, how many times, by when, who leads. Said beside it, never left out in silence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ....matters.models import PartRole
from . import cadence, deadlines
from .duties import sets_limits
from .plain import Line
from .proposal import DutyRead, Mark
from .roles import directing

_LEADS = re.compile(
    r"(?<!đơn vị )(?<!cơ quan )(?<!lực lượng )(?<!bên )(?<!người )(?:luân phiên |đồng )?chủ trì(?!\s*(?:,|:|\.|;|$)\s*(?:và )?phối hợp\s*(?:[:;.]|$))",
    re.IGNORECASE,
)


def unread_of(sentence: Line, duties: Sequence[DutyRead]) -> list[Mark]:
    """``duties``: what was read of the sentence."""
    if sets_limits(sentence.text):
        return []
    text, at = sentence.text, sentence.start
    found = [*cadence.not_held(text), *_lost(text, at, duties), *deadlines.not_held(text)]
    if duties and not any(d.roles and r.role in (PartRole.LEAD, PartRole.COCHAIR) for d in duties for r in d.roles):
        found += [Mark(m[0], m.start(), m.end(), "unread-lead", sure=False) for m in _LEADS.finditer(text)]
    found += _who_directs(text, duties)
    held = [m for d in duties for m in (d.days, d.on, d.minutes, d.workdays) if m is not None]
    free = [m.moved(at) for m in found]
    return sorted((m for m in free if not any(h.start < m.until and m.start < h.until for h in held)), key=lambda m: m.start)


def _who_directs(text: str, duties: Sequence[DutyRead]) -> list[Mark]:
    """Who directs and has no part of its own: the closed list has none for it (docs/decisions/reading.md)."""
    parts = {r.body.value.lower() for d in duties for r in d.roles if r.role != PartRole.INFORM}
    return [
        Mark(text[first:until], first, until, "unread-directs", sure=False)
        for first, until, names in directing(text)
        if duties and not (names and parts.issuperset(name.lower() for name in names)) and (names or not _of_heading(duties))
    ]


def _of_heading(duties: Sequence[DutyRead]) -> bool:
    """Whether who is named above has a part."""
    return any(r.body.rule in ("lead-heading", "heading-directs") for d in duties for r in d.roles)


def _lost(text: str, at: int, duties: Sequence[DutyRead]) -> list[Mark]:
    """Cadences and days that were read, but that no duty of the sentence has taken up."""
    often = {d.cadence.value for d in duties if d.cadence}
    by = {(m.start, m.until) for d in duties for m in (d.days, d.on) if m}
    lost = [m for m in cadence.cadences(text) if m.value not in often]
    late = [m for m in deadlines.days(text, True, 2024) if (m.start + at, m.until + at) not in by]
    return [
        Mark(text[m.start : m.until], m.start, m.until, rule, sure=False)
        for rule, marks in (("unread-cadence", lost), ("unread-deadline", late))
        for m in marks
    ]
