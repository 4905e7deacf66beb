"""What happened to a patrol, in words: its events from the journal with their texts, and the notes on it. Newest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from phoihop.domain.activities.models import Activity, Way
from phoihop.domain.activities.queries.detail import Detail
from phoihop.domain.activities.queries.detail import Told as Written
from phoihop.domain.activities.queries.spoken import WORDS, spoken_by
from phoihop.domain.forces.models import Unit
from phoihop.domain.matters.models import Note, PartRole, PartState, Wish
from phoihop.domain.people.models import Post
from phoihop.kernel.catalogue import EVENTS

from ... import moments

_NOTES = ("matter.noted", "matter.noted_privately")
_EVENT_ICONS = {
    "patrol.planned": "calendar", "patrol.changed": "pencil", "patrol.cancelled": "ban", "patrol.started": "route", "patrol.tapped": "map-pin",
    "patrol.reported": "clipboard-check", "patrol.corrected": "pencil", "patrol.confirmed": "checks", "patrol.disputed": "scale",
    "patrol.link_made": "link", "matter.asked": "user-plus", "matter.answered": "message-reply", "matter.lead_passed": "switch-horizontal",
    "matter.noted": "message", "matter.noted_privately": "lock", "matter.attached": "paperclip", "matter.recall_asked": "eraser",
    "matter.recalled": "eraser", "matter.join_requested": "user-plus", "matter.granted": "eye", "matter.grant_ended": "eye-off", "": "point",
}  # fmt: skip
_KINDS = {
    "patrol.cancelled": "warn", "patrol.started": "info", "patrol.tapped": "info", "patrol.reported": "info", "patrol.corrected": "warn",
    "patrol.confirmed": "ok", "patrol.disputed": "warn", "matter.answered": "ok", "matter.lead_passed": "info", "matter.noted": "info",
    "matter.recall_asked": "warn", "matter.recalled": "warn", "matter.join_requested": "warn",
}  # fmt: skip
_REFUSED_ICON = "user-x"


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the story. ``body``: the key of its text, for taking it back; ``gone``: the text was taken back or its time is over."""

    at: datetime
    unit: Unit
    says: str
    icon: str
    kind: str
    text: str = ""
    more: str = ""
    body: int | None = None
    gone: bool = False
    private: bool = False
    mine: bool = False


def story(viewer: Post, a: Activity, found: Detail) -> list[Told]:
    """Events and notes, as far as the viewer sees them: what each says in numbers and texts only to who takes part."""
    lines = [_line(viewer, a, found, one) for one in found.events if one.event.what not in _NOTES]
    return sorted([*lines, *(_noted(viewer, a, note) for note in found.notes)], key=lambda one: one.at, reverse=True)


def _line(viewer: Post, a: Activity, found: Detail, one: Written) -> Told:
    e, fact = one.event, one.fact
    body = next((b for b in one.texts if b.text or b.erased_at), None)
    icon, kind = _EVENT_ICONS.get(e.what, _EVENT_ICONS[""]), _KINDS.get(e.what, "")
    if e.what == "matter.answered" and fact.get("state") in (PartState.DECLINED, PartState.UNABLE):
        icon, kind = _REFUSED_ICON, "warn"
    owner = viewer.unit_id in (e.by.unit_id, a.matter.lead_id)
    return Told(
        e.at, _speaker(one, found), str(EVENTS[e.what].says), icon, kind, body.text if body else "", _more(e.what, e.by.unit, fact, found),
        body.pk if body and body.text and owner else None, bool(body and body.erased_at), mine=owner,
    )  # fmt: skip


def _speaker(one: Written, known: Detail) -> Unit:
    """Whose word it is: of a link or a signed list the party's, whoever wrote it down. Who is told no facts sees it by the party's word of that moment."""
    key, e = spoken_by(one.fact), one.event
    if not key and not one.fact and e.what in WORDS:
        key = next((p.unit.key for p in known.record.parties if p.word is not None and p.word.at == e.at), "")
    return next((party.unit for party in known.record.parties if party.unit.key == key), e.by.unit)


def _more(what: str, writer: Unit, fact: Mapping[str, Any], known: Detail) -> str:
    """What the codes and numbers of an event say beside its name."""
    said = []
    if what == "matter.answered" and fact.get("state") in PartState.values:
        said.append(str(PartState(fact["state"]).label))
    if fact.get("unit") in known.units and not what.startswith(("patrol.confirmed", "patrol.disputed")):
        said.append(known.units[fact["unit"]])
    if fact.get("role") in PartRole.values and what == "matter.asked":
        said.append(str(PartRole(fact["role"]).label).lower())
    if fact.get("wish") in Wish.values:
        said.append(str(Wish(fact["wish"]).label))
    if fact.get("point") in known.names:
        said.append(known.names[fact["point"]])
    for key in ("tapped", "started"):
        if what in ("patrol.tapped", "patrol.started") and isinstance(fact.get(key), str):
            said.append(moments.clock(datetime.fromisoformat(fact[key])))
    if what in ("patrol.reported", "patrol.corrected") and "claim" in fact:
        said.append(_("đã tổ chức") if fact.get("claim") == "held" else _("không tổ chức"))
    if fact.get("way") == Way.LINK:
        said.append(str(Way.LINK.label))
    if fact.get("way") == Way.PAPER:
        said.append(_("trên bản giấy, %(unit)s nhập") % {"unit": writer.short})
    if what in ("patrol.confirmed", "patrol.disputed") and isinstance(fact.get("people"), int):
        said.append(_("tự ghi %(n)d người") % {"n": fact["people"]})
    return " · ".join(said)


def _noted(viewer: Post, a: Activity, note: Note) -> Told:
    what = _NOTES[note.private]
    icon, kind = _EVENT_ICONS[what], _KINDS.get(what, "")
    owner = viewer.unit_id in (note.unit_id, a.matter.lead_id)
    return Told(
        note.at, note.unit, str(EVENTS[what].says), icon, kind, note.body.text, body=note.body_id if owner and note.body.text else None,
        gone=note.body.erased_at is not None, private=note.private, mine=owner,
    )  # fmt: skip
