"""The units of a patrol as the page shows them: what each answered, how strong it was to come and came, what it says of the result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from phoihop.domain.activities.models import Activity, Claim, Strength, StrengthMeans, Way
from phoihop.domain.activities.queries.parties import Party
from phoihop.domain.activities.rules import may_make_link
from phoihop.domain.figures.queries.ledger import lines_of
from phoihop.domain.forces.models import Line, LineKind, MeansKind, Unit
from phoihop.domain.matters.models import PartState
from phoihop.domain.matters.rules import may_withdraw_ask
from phoihop.domain.people.models import Post
from phoihop.kernel.period import local_day

from ... import moments
from ...memory import known
from ...templatetags.face import tag
from .. import wording

_ANSWERS = {PartState.ACCEPTED: "ok", PartState.ASKED: "warn"}


@dataclass(frozen=True, slots=True)
class Row:
    """A unit: its tags, its numbers as planned and as they were, and why it said no. ``silent``: it was there and has said nothing yet.

    ``may_link``, ``may_withdraw``: whether the reader may make it a link to confirm with, or stop asking it.
    """

    unit: Unit
    leads: bool
    party: Party
    tags: tuple[SafeString, ...]
    planned: str
    there: str
    own: str
    means: str
    why: str
    silent: bool
    takes_part: bool
    may_link: bool
    may_withdraw: bool


def rows(viewer: Post, a: Activity, found: Sequence[Party], now: datetime) -> list[Row]:
    """Of what was read for a viewer, in its order: lead first."""
    for one in found:
        if one.part is not None:
            one.part.matter = a.matter  # so that no rule asks for it again
    return [_row(viewer, a, one, now) for one in found]


def _row(viewer: Post, a: Activity, one: Party, now: datetime) -> Row:
    on, s, word = local_day(now), one.strength, one.word
    takes_part = one.leads or (one.part is not None and not one.gone and one.part.state != PartState.INFORMED)
    there = bool(s and s.people) if a.claim == Claim.HELD else takes_part
    silent = bool(a.claim) and a.cancelled_at is None and one.unit.pk != a.recorder_id and word is None and there
    return Row(
        one.unit, one.leads, one, tuple(_tags(a, one, silent, now)), _planned(s), _counted(a, s), _own(s), _means(one.means),
        _why(one), silent, takes_part, silent and bool(may_make_link(viewer, a, s, on)),
        one.part is not None and one.part.state == PartState.ASKED and bool(may_withdraw_ask(viewer, one.part, on)),
    )  # fmt: skip


def _tags(a: Activity, one: Party, silent: bool, now: datetime) -> list[SafeString]:
    tags = []
    if one.unit.pk == a.recorder_id and a.claim:
        tags.append(tag(_("ghi kết quả %(at)s") % {"at": moments.near(a.result_at, now)}, "line", icon="pencil"))
    elif one.word is not None:
        at = {"at": moments.near(one.word.at, now)}
        said = tag(_("đã xác nhận %(at)s") % at, "ok", icon="circle-check") if one.word.agrees else tag(_("không xác nhận %(at)s") % at, "warn", icon="scale")
        tags.append(said)
        if one.word.way != Way.ACCOUNT:
            tags.append(tag(Way(one.word.way).label, "line", icon="file-text"))
    elif silent:
        tags.append(tag(_("chờ xác nhận"), "warn", icon="hourglass"))
    elif not one.leads and one.part is not None:
        tags.append(tag(PartState(one.part.state).label, _ANSWERS.get(PartState(one.part.state), "")))
    return tags


def _planned(s: Strength | None) -> str:
    return wording.strength(s.planned_teams, s.planned_people) if s else ""


def _counted(a: Activity, s: Strength | None) -> str:
    if s is None or a.claim != Claim.HELD:
        return ""
    return wording.strength(s.teams or 0, s.people) if s.people else _("vắng")


def _own(s: Strength | None) -> str:
    """What the unit says of itself, where it differs from what the lead counted."""
    if s is None or (s.own_people is None and s.own_teams is None):
        return ""
    return wording.strength(s.own_teams if s.own_teams is not None else s.teams or 0, s.own_people if s.own_people is not None else s.people or 0)


def _means(found: Sequence[StrengthMeans]) -> str:
    return ", ".join(f"{one.count} {MeansKind(one.kind).label}" for one in found)


def _why(one: Party) -> str:
    if one.word is not None and not one.word.agrees and one.word.note is not None:
        return one.word.note.text or _("(nội dung đã thu hồi hoặc hết hạn giữ)")
    if one.gone and one.part is not None and one.part.reason is not None:
        return one.part.reason.text or _("(nội dung đã thu hồi hoặc hết hạn giữ)")
    return ""


def decrees(a: Activity, found: list[Row]) -> list[str]:
    """The names of the decrees under which the patrol counts, by who takes part (ground rule 4: it follows from the forces, as data with dates)."""
    there = [row for row in found if row.takes_part and (a.claim != Claim.HELD or row.party.strength is None or row.party.strength.people)]
    bits = lines_of({a.day})[a.day].of(row.unit.force.code for row in there)
    lines = [line for line in known("decrees", lambda: list(Line.objects.filter(kind=LineKind.DECREE).order_by("pk"))) if bits & 1 << line.pk]
    return [line.name_en if moments.language() == "en" else line.name for line in lines]
