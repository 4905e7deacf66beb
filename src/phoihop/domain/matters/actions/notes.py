"""Notes and files on a matter."""

from __future__ import annotations

import secrets
from datetime import datetime

from phoihop.kernel.action import action
from phoihop.kernel.gates.files import media_of, without_traces
from phoihop.kernel.period import local_day
from phoihop.kernel.text import digest
from phoihop.kernel.upload import Upload

from ...forces.models import Unit
from ...people.models import Post
from .. import rules
from ..models import Attachment, Matter, Note, Purpose
from ..queries.sight import sight_of
from .journal import write
from .texts import keep


@action
def note(*, by: Post, matter: Matter, text: str, at: datetime, private: bool = False) -> Note:
    """Write a line in the timeline; a private one is seen by the own unit only."""
    on = local_day(at)
    rules.may_write(by, "note.write", sight_of(by, matter, on), on).enforce()
    rules.has_text(text).enforce()
    body = keep(text, Purpose.NOTE, at)
    assert body is not None
    made = Note.objects.create(matter=matter, unit=by.unit, at=at, body=body, private=private)
    write(by=by, what="matter.noted_privately" if private else "matter.noted", at=at, matter=matter, note=made.pk, texts={"text": body})
    return made


@action
def attach(*, by: Post, matter: Matter, upload: Upload, at: datetime) -> Attachment:
    """Attach a file. Photos lose the place, time and camera they carry before they are kept."""
    on = local_day(at)
    rules.may_write(by, "file.attach", sight_of(by, matter, on), on).enforce()
    made = keep_file(upload, matter=matter, unit=by.unit, at=at)
    write(by=by, what="matter.attached", at=at, matter=matter, media=made.media, size=made.size, texts={"file": made, "name": made.name})
    return made


def keep_file(upload: Upload, *, unit: Unit, at: datetime, matter: Matter | None = None, purpose: str = "") -> Attachment:
    """Keep a file that has passed the gates, under a salt of its own. Without a purpose an image is a photo, all else a file."""
    media = media_of(upload)
    if media.startswith("image/"):
        upload = without_traces(upload)
    purpose = purpose or (Purpose.PHOTO if media.startswith("image/") else Purpose.FILE)
    name, salt = keep(upload.name or media, Purpose.TITLE, at), secrets.token_hex(16)
    assert name is not None
    # A photo's ninety days begin when its matter closes; on one that never closes it is kept as long as a file.
    longest = Purpose.FILE if purpose == Purpose.PHOTO and matter else purpose
    return Attachment.objects.create(
        matter=matter,
        unit=unit,
        at=at,
        name=name,
        purpose=purpose,
        media=media,
        size=upload.size,
        salt=salt,
        digest=digest(bytes.fromhex(salt), upload.content),
        content=upload.content,
        keep_until=rules.keep_until(longest, local_day(at)),
    )
