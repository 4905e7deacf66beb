"""Notes and files on a matter, and taking back what should not have been written."""

from __future__ import annotations

import secrets
from datetime import datetime

from phoihop.kernel.action import action, locked
from phoihop.kernel.gates.files import media_of, without_traces
from phoihop.kernel.period import local_day
from phoihop.kernel.text import digest
from phoihop.kernel.upload import Upload

from ...forces.models import Unit
from ...people.models import Post
from .. import rules
from ..models import Attachment, Body, Matter, Note, Purpose, Recall
from ..queries.sight import sight_of
from .journal import write
from .texts import keep


@action
def note(*, by: Post, matter: Matter, text: str, at: datetime, private: bool = False) -> Note:
    """Write a line in the timeline; a private one is seen by the own unit only."""
    rules.may_write(by, matter, sight_of(by, matter, local_day(at)), local_day(at)).enforce()
    rules.has_text(text).enforce()
    body = keep(text, Purpose.NOTE, at)
    made = Note.objects.create(matter=matter, unit=by.unit, at=at, body=body, private=private)
    write(by=by, what="matter.noted", at=at, matter=matter, note=made.pk, private=private, texts={"text": body})
    return made


@action
def attach(*, by: Post, matter: Matter, upload: Upload, at: datetime) -> Attachment:
    """Attach a file. Photos lose the place, time and camera they carry before they are kept."""
    rules.may_write(by, matter, sight_of(by, matter, local_day(at)), local_day(at)).enforce()
    made = keep_file(upload, matter=matter, unit=by.unit, at=at)
    write(by=by, what="matter.attached", at=at, matter=matter, media=made.media, size=made.size, texts={"file": made, "name": made.name})
    return made


def keep_file(upload: Upload, *, unit: Unit, at: datetime, matter: Matter | None = None, purpose: str = Purpose.FILE) -> Attachment:
    """Keep a file that has passed the gates, under a salt of its own."""
    media = media_of(upload)
    if media.startswith("image/"):
        purpose = Purpose.PHOTO if purpose == Purpose.FILE else purpose
        upload = without_traces(upload)
    salt = secrets.token_hex(16)
    return Attachment.objects.create(
        matter=matter,
        unit=unit,
        at=at,
        name=keep(upload.name, Purpose.TITLE, at),
        purpose=purpose,
        media=media,
        size=upload.size,
        salt=salt,
        digest=digest(bytes.fromhex(salt), upload.content),
        content=upload.content,
        # A photo's ninety days begin when its matter closes; until then only the longest rule holds.
        keep_until=None if purpose == Purpose.PHOTO and matter else rules.keep_until(purpose, local_day(at)),
    )


@action
def ask_recall(*, by: Post, reason: str, at: datetime, note: Note | None = None, attachment: Attachment | None = None) -> Recall:
    """Ask that a note or a file be recalled; it goes when a second person agrees."""
    thing = note or attachment
    rules.names_one_thing(note, attachment).enforce()
    assert thing is not None
    rules.may_recall(by, owners_of(thing), local_day(at)).enforce()
    rules.has_text(reason, "reason").enforce()
    why = keep(reason, Purpose.REASON, at)
    asked = Recall.objects.create(body=note.body if note else None, attachment=attachment, asked_by=by, asked_at=at, reason=why)
    write(by=by, what="matter.recall_asked", at=at, matter=thing.matter, recall=asked.pk, texts={"reason": why})
    return asked


@action
def agree_recall(*, by: Post, recall: Recall, at: datetime) -> Recall:
    """A second person agrees: text or file and its salt are erased here; the journal's chain stays valid."""
    recall = locked(recall)
    thing = recall.attachment or Note.objects.get(body=recall.body)
    rules.may_agree_recall(by, recall.asked_by, owners_of(thing), recall.agreed_by_id is not None, local_day(at)).enforce()
    recall.agreed_by, recall.agreed_at = by, at
    recall.save(update_fields=["agreed_by", "agreed_at"])
    if recall.attachment:
        erase_file(recall.attachment, at, recalled=True)
    if recall.body:
        erase_text(recall.body, at, recalled=True)
    write(by=by, what="matter.recalled", at=at, matter=thing.matter, recall=recall.pk)
    return recall


def owners_of(thing: Note | Attachment) -> set[int]:
    """The units that may have it recalled: who wrote it, and who leads the matter."""
    return {thing.unit_id} | ({thing.matter.lead_id} if thing.matter else set())


def erase_text(body: Body, at: datetime, *, recalled: bool = False) -> None:
    body.text, body.salt, body.erased_at, body.recalled = "", "", at, recalled
    body.save(update_fields=["text", "salt", "erased_at", "recalled"])


def erase_file(attachment: Attachment, at: datetime, *, recalled: bool = False) -> None:
    attachment.content, attachment.salt, attachment.erased_at = None, "", at
    attachment.save(update_fields=["content", "salt", "erased_at"])
    erase_text(attachment.name, at, recalled=recalled)
