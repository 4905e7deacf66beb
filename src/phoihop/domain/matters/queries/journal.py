"""Reading the journal, and proving it whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from phoihop.kernel import guards
from phoihop.kernel.text import canonical, digest

from ...people.models import Post
from ...people.rules import may
from ..models import Attachment, Body, Event, JournalHead, LeadTerm, Matter, Node
from ..rules import chained
from .sight import seen_by


@dataclass(frozen=True, slots=True)
class Fault:
    """Where the journal does not hold (``event 17``, ``head 2026-11-20``) and what is wrong there, as a code."""

    where: str
    what: str


def head() -> tuple[int, str]:
    """Sequence and hash of the last event; (0, "") before the first."""
    return Event.objects.order_by("-seq").values_list("seq", "hash").first() or (0, "")


def events_of(viewer: Post, matter: Matter, on: date) -> QuerySet[Event]:
    """The events of a matter, newest first, for who sees it."""
    if not may(viewer, "matter.view"):
        return Event.objects.none()
    return Event.objects.filter(matter=matter, matter__in=seen_by(viewer, on)).select_related("by__unit__force").order_by("-seq")


def verify() -> Iterator[Fault]:
    """Everything that is wrong with the journal: broken chain, gaps, unguarded tables, forged heads, changed texts, a doubtful lead."""
    for table in guards.missing():
        yield Fault(f"table {table}", "unguarded")
    yield from _chain()
    yield from _heads()
    yield from _texts()
    crooked = Matter.objects.exclude(
        Exists(LeadTerm.objects.filter(matter=OuterRef("pk"), unit=OuterRef("lead")))
    ) | Matter.objects.exclude(Exists(LeadTerm.objects.filter(matter=OuterRef("pk"), since=OuterRef("opened_at"))))
    for code in crooked.values_list("code", flat=True):
        yield Fault(f"matter {code}", "lead-without-term")


def _chain() -> Iterator[Fault]:
    before, expected = "", 1
    rows = Event.objects.order_by("seq").values_list("seq", "at", "by_id", "what", "matter__code", "body", "hash")
    for seq, at, by, what, matter, body, found in rows.iterator(chunk_size=2000):
        if seq != expected:
            yield Fault(f"event {seq}", "gap")
        if found != chained(before, seq, at, by, what, matter or "", body):
            yield Fault(f"event {seq}", "changed")
        before, expected = found, seq + 1


def _heads() -> Iterator[Fault]:
    own = Node.objects.filter(own=True).first()
    if own is None:
        return
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(own.public_key))
    hashes = dict(Event.objects.filter(seq__in=JournalHead.objects.values("seq")).values_list("seq", "hash"))
    for signed in JournalHead.objects.order_by("day"):
        try:
            key.verify(bytes.fromhex(signed.signature), canonical([signed.day.isoformat(), signed.seq, signed.hash]))
        except InvalidSignature:
            yield Fault(f"head {signed.day}", "signature")
        if hashes.get(signed.seq) != signed.hash:
            yield Fault(f"head {signed.day}", "not-this-journal")


def _texts() -> Iterator[Fault]:
    for pk, text, salt, found in Body.objects.filter(erased_at=None).values_list("pk", "text", "salt", "digest").iterator(chunk_size=2000):
        if digest(bytes.fromhex(salt), text.encode()) != found:
            yield Fault(f"text {pk}", "changed")
    files = Attachment.objects.filter(erased_at=None).values_list("pk", "content", "salt", "digest")
    for pk, content, salt, found in files.iterator(chunk_size=20):
        if digest(bytes.fromhex(salt), bytes(content)) != found:
            yield Fault(f"file {pk}", "changed")
    unasked = Body.objects.filter(recalled=True).exclude(Q(recalls__agreed_at__isnull=False) | Q(pk__in=Attachment.objects.filter(recalls__agreed_at=F("erased_at")).values("name")))
    for pk in unasked.values_list("pk", flat=True):
        yield Fault(f"text {pk}", "recalled-without-agreement")
