"""Notes and files of a matter, for whoever sees them. A private note is seen by the unit that wrote it and by nobody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from ...people.models import Post
from ...people.rules import allowed
from ..models import Attachment, Matter, Note, Participation
from ..rules import Facet, Sight, opens
from .sight import OPEN_PARTS, sight_of


def notes_of(viewer: Post, matter: Matter, on: date, seen: Sight | None = None) -> QuerySet[Note]:
    """The notes of a matter, oldest first: those of one's own unit, and the others' that are not private.

    ``seen``: what ``sight_of`` says, where it was just asked.
    """
    seen = sight_of(viewer, matter, on) if seen is None else seen
    if seen < Sight.TITLE:
        return Note.objects.none()
    own = Q(unit=viewer.unit_id)
    rows = Note.objects.filter(matter=matter).filter(own | Q(private=False) if opens(seen, Facet.NOTES) else own)
    return rows.select_related("unit__force", "body").order_by("at", "pk")


def notes_between(viewer: Post, first: datetime, until: datetime, on: date) -> QuerySet[Note]:
    """The notes written between two moments on the matters that the viewer's unit leads or takes part in, oldest first: a duty's book."""
    if not allowed(viewer, "matter.view", on):
        return Note.objects.none()
    part = Participation.objects.filter(matter=OuterRef("matter"), unit=viewer.unit_id, state__in=OPEN_PARTS)
    mine = Q(matter__lead=viewer.unit_id) | Q(Exists(part))
    rows = Note.objects.filter(mine, at__gte=first, at__lt=until).filter(Q(unit=viewer.unit_id) | Q(private=False))
    return rows.select_related("body").order_by("at", "pk")


_WITHHELD: list[Callable[[], Q]] = []


def withheld(files: Callable[[], Q]) -> Callable[[], Q]:
    """Declare, from a later topic, the files that show what only the lead and who takes part may see, as where whom a plan posts (ground rule 5)."""
    _WITHHELD.append(files)
    return files


def attachments_of(viewer: Post, matter: Matter, on: date, seen: Sight | None = None) -> QuerySet[Attachment]:
    """The files of a matter, oldest first, without their content (``content_of`` gives that); erased ones too, as erased.

    ``seen``: what ``sight_of`` says, where it was just asked.
    """
    seen = sight_of(viewer, matter, on) if seen is None else seen
    if seen < Sight.TITLE:
        return Attachment.objects.none()
    own, rows = Q(unit=viewer.unit_id), Attachment.objects.filter(matter=matter)
    if not opens(seen, Facet.FILES):
        rows = rows.filter(own)
    elif seen is not Sight.WHOLE:
        for files in _WITHHELD:
            rows = rows.filter(own | ~files())
    return rows.select_related("unit__force", "name").defer("content", "salt").order_by("at", "pk")


def content_of(viewer: Post, matter: Matter, attachment_id: int, on: date) -> bytes | None:
    """What is in a file of a matter; None if it was erased. Raises DoesNotExist where the viewer does not see the file."""
    content = attachments_of(viewer, matter, on).defer(None).get(pk=attachment_id).content
    return None if content is None else bytes(content)
