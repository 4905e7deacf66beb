"""Reading a long file of a unit: asked for when it comes in, done by the worker, begun anew after a cut."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from phoihop.domain.agreements.actions.reading import read_on
from phoihop.domain.agreements.models import Reading

from .line import Progress, ask, kind
from .models import Job

KIND = "reading"


def ask_to_read(reading: Reading) -> Job:
    """Put a file that waits into the line; its page is ``/viec/<key>/``."""
    return ask(KIND, post_id=reading.by_id, reading=reading.pk)


def job_of(reading: Reading) -> Job | None:
    """The latest work on a file."""
    return Job.objects.filter(kind=KIND, args__reading=reading.pk).order_by("-asked_at").first()


@kind(KIND)
def read_file(reading: int) -> Iterator[Progress]:
    """Page by page, then clause by clause; what is read is kept at the end, so that a cut costs the reading and nothing else."""
    found = Reading.objects.select_related("by", "unit__area", "file__name").filter(pk=reading).first()
    if found is not None:
        for done, total in read_on(found, timezone.now()):
            yield Progress(done, total)
