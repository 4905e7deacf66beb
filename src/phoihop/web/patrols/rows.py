"""The lines of the list. They are written here, not in the template, where each of a thousand cells would cost as much as a line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from phoihop.domain.activities.models import RouteKind
from phoihop.domain.activities.queries.listed import Listed
from phoihop.domain.activities.rules import State
from phoihop.domain.forces.queries import Face
from phoihop.domain.people.models import Post
from phoihop.domain.people.rules import may
from phoihop.domain.territory.models import AreaKind
from phoihop.kernel.figures_text import MISSING

from .. import faces
from ..templatetags.face import chip, grouped, icon_svg, signed
from . import wording
from .seeing import address

MARK_ICONS = ("shield", "school")


class Row(NamedTuple):
    """A line of the list: what it says, and ``html``, how it is written. ``do``: where the one thing is done that waits for the reader's unit."""

    code: str
    hours: str
    name: str
    people: int | None
    do: str
    html: SafeString


def rows(post: Post, found: Sequence[Listed], today: date) -> list[Row]:
    """The lines, in the language of the moment."""
    written = _Written(today)
    records = may(post, "patrol.result")
    return [written.row(one, _next_step(one, post) if records else "") for one in found]


def _next_step(one: Listed, post: Post) -> str:
    due = one.lead == post.unit_id and one.state in (State.MISSING, State.UNDER_WAY, State.LATE)  # as on the board
    return address(one.code, "ket-qua/") if due else ""


class _Written:
    """What a page of lines repeats, worked out once for it: words, chips, tags, days."""

    def __init__(self, today: date) -> None:
        self.someone, self.record = escape(_("Tuần tra chung")), escape(_("Ghi"))
        self.marks = [_mark(icon, said) for icon, said in zip(MARK_ICONS, (_("vũ trang"), _("diễn tập")), strict=True)]
        self.day: Callable[[date], str] = cache(lambda day: f'<time datetime="{day.isoformat()}">{escape(wording.day_words(day, today))}</time>')
        self.route_kind: Callable[[str], str] = cache(lambda kind: str(RouteKind(kind).label))
        self.area_kind: Callable[[str], str] = cache(lambda kind: "" if kind == AreaKind.NATION else f"{AreaKind(kind).label} ")
        self.faces = faces.faces()
        self.lead: Callable[[str, str], SafeString] = cache(lambda code, name: chip(self.face(code), True, name))
        self.forces: Callable[[tuple[str, ...]], str] = cache(lambda codes: "".join(chip(self.face(code)) for code in codes))
        self.tag: Callable[[State], SafeString] = cache(wording.state_tag)

    def face(self, code: str) -> Face:
        return self.faces.get(code) or faces.face(code)

    def row(self, one: Listed, do: str) -> Row:
        hours = wording.hours(one.start, one.end)
        name = one.title or (one.route or self.route_kind(one.route_kind) if one.exact else self.someone)
        url = address(one.code)
        marks = "".join(mark for mark, holds in zip(self.marks, (one.armed, one.exercise), strict=True) if holds)
        act = f' <a class="btn small" href="{do}" data-keep>{self.record}</a>' if do else ""
        html = (
            f'<tr><td class="nw">{self.day(one.day)} <span class="mut">{hours}</span></td><td><a class="code" href="{url}">{one.code}</a></td>'
            f'<th scope="row"><a class="door" href="{url}">{signed(str(name), marks)}</a></th><td>{self.area_kind(one.area_kind)}{escape(one.area)}</td>'
            f'<td>{self.lead(one.lead_force, one.lead_name)}</td><td><span class="forces">{self.forces(one.forces)}</span></td>'
            f'<td class="n{"" if one.claim else " mut"}">{grouped(one.people)}</td><td>{self.tag(one.state)}{act}</td><td class="n">{_confirmed(one)}</td></tr>'
        )
        return Row(one.code, hours, name, one.people, do, mark_safe(html))


def _mark(icon: str, said: str) -> str:
    return f' <span class="mark-sign" title="{escape(said)}">{icon_svg(icon, "s")}<span class="vh">{escape(said)}</span></span>'


def _confirmed(one: Listed) -> str:
    """How many parties confirmed, once there is something to confirm."""
    return str(one.confirmed) if one.claim and one.state is not State.CANCELLED else MISSING
