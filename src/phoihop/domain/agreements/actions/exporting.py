"""Remembering which PDFs the system made of a text, so that one of them that comes back signed is known to the byte."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from phoihop.kernel.action import action
from phoihop.kernel.period import local_day

from ...matters.actions.journal import write
from ...people.models import Post
from ..models import TextExport, Version
from ..rules.exporting import may_export
from ..rules.versions import is_sent


def remember(*, by: Post, version: Version, content: bytes, at: datetime) -> None:
    """The same file twice is one export; of a draft, which is not yet fixed, nothing is remembered."""
    if is_sent(version) and not version.exports.filter(digest=sha256(content).hexdigest()).exists():
        export_text(by=by, version=version, digest=sha256(content).hexdigest(), at=at)


@action
def export_text(*, by: Post, version: Version, digest: str, at: datetime) -> TextExport:
    """A PDF that the system itself made of a version was handed out. ``digest``: SHA-256 of its bytes."""
    may_export(by, is_sent(version), local_day(at)).enforce()
    made, fresh = TextExport.objects.get_or_create(version=version, digest=digest, defaults={"made_at": at})
    write(by=by, what="agreement.exported", at=at, matter=version.agreement.matter, version=version.number, file=digest, first=fresh)
    return made
