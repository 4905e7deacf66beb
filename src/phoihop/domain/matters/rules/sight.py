"""How much of a matter a unit sees, and what each degree opens: the table of architecture, section 3, as data."""

from __future__ import annotations

from datetime import date
from enum import IntEnum, StrEnum

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.verdict import Verdict, first_no, no_unless

from ...people.models import Post
from ...people.rules import allowed
from ..models import PartState


class Sight(IntEnum):
    """How much of a matter a unit sees, from nothing to everything."""

    NOTHING = 0
    FIGURES = 1
    TITLE = 2
    GRANTED = 3
    SHARED = 4
    WHOLE = 5


class Facet(StrEnum):
    """What there is to see of a matter."""

    FIGURES = "figures"  # that it counts, for whom, on which day, in which commune
    TITLE = "title"  # what it is called, who leads it, and what one's own unit answered
    PARTIES = "parties"  # who was asked and what each answered
    EVENTS = "events"  # what happened when, by which unit; what each event says in figures only to who takes part
    NOTES = "notes"  # lines of the timeline that are not private
    FILES = "files"  # never given away by a grant: photos do not leave by default (ground rule 1)
    TASKS = "tasks"  # who must do what by when
    WRITING = "writing"  # adding notes, files and tasks


_FIGURES = frozenset({Facet.FIGURES})
_TITLE = _FIGURES | {Facet.TITLE}
_GRANTED = _TITLE | {Facet.PARTIES, Facet.EVENTS, Facet.NOTES}
_SHARED = _GRANTED | {Facet.FILES, Facet.TASKS}

OPENS: dict[Sight, frozenset[Facet]] = {
    Sight.NOTHING: frozenset(),
    Sight.FIGURES: _FIGURES,
    Sight.TITLE: _TITLE,
    Sight.GRANTED: _GRANTED,
    Sight.SHARED: _SHARED,
    Sight.WHOLE: _SHARED | {Facet.WRITING},
}


def opens(seen: Sight, facet: Facet) -> bool:
    """Whether who sees this much sees this of a matter. A private note is its unit's own and opens to nobody else."""
    return facet in OPENS[seen]


def sight(*, leads: bool, part: str | None, directs: bool, guides: bool, granted: bool) -> Sight:
    """What a unit sees of a matter (architecture, section 3): the most that any of its relations to it opens.

    ``part`` is the state of the unit's own part, None if it has none; who only follows (*theo dõi*) sees it as a superior
    does, without taking part. ``directs``: it directs the lead or a unit taking part.
    """
    if leads or part in (PartState.ASKED, PartState.ACCEPTED):
        return Sight.WHOLE
    if directs or part == PartState.INFORMED:
        return Sight.SHARED
    if granted:
        return Sight.GRANTED
    if part in (PartState.DECLINED, PartState.UNABLE):
        return Sight.TITLE
    return Sight.FIGURES if guides else Sight.NOTHING


def may_write(post: Post, permission: str, seen: Sight, on: date) -> Verdict:
    """Notes (``note.write``) and files (``file.attach``) come from the lead and those who take part."""
    return first_no(
        allowed(post, permission, on),
        no_unless(opens(seen, Facet.WRITING), "not-party", _("Chỉ đơn vị chủ trì và các bên tham gia ghi được ở đây.")),
    )
