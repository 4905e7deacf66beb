"""Proving the journal whole: that nothing in it, and nothing it vouches for, was changed behind its back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db.models import Exists, F, Max, Min, OuterRef, Q, Subquery

from phoihop.kernel import guards
from phoihop.kernel.period import local_day
from phoihop.kernel.text import canonical, digest

from ..models import Attachment, Body, Event, JournalHead, LeadTerm, Matter, Node, Purpose, Recall
from ..rules import RETENTION, chained

_CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Fault:
    """Where the journal does not hold (``event 17``, ``head 2026-11-20``) and what is wrong there, as a code."""

    where: str
    what: str


@dataclass(slots=True)
class _Named:
    """The numbers of the texts and files that events name, gathered while the chain is read.

    ``last_text``, ``last_file``: the latest there were before. What others write meanwhile is named by events that were not read, and is no fault.
    """

    last_text: int
    last_file: int
    texts: set[int] = field(default_factory=set)
    files: set[int] = field(default_factory=set)


def verify() -> Iterator[Fault]:
    """Everything that is wrong: unguarded tables, a broken chain, forged heads, changed or unknown texts and files, a doubtful lead.

    Others may go on writing: what is judged is what there was when it began.
    """
    for table in guards.missing():
        yield Fault(f"table {table}", "unguarded")
    named = _Named(_last(Body), _last(Attachment))
    yield from _chain(named)
    yield from _heads()
    yield from _texts(named)
    yield from _files(named)
    yield from _leads()


def _last(model: type[Body] | type[Attachment]) -> int:
    return model.objects.aggregate(last=Max("pk"))["last"] or 0


def _chain(named: _Named) -> Iterator[Fault]:
    """Each event follows the one before, says what its hash says, and names texts and files whose digests are still those."""
    before, expected = "", 1
    rows = Event.objects.order_by("seq").values_list("seq", "at", "by_id", "what", "matter__code", "body", "hash")
    references: list[tuple[int, str, int, str]] = []
    for seq, at, by, what, matter, body, found in rows.iterator(chunk_size=_CHUNK):
        if seq != expected:
            yield Fault(f"event {expected}", "missing")
        if found != chained(before, seq, at, by, what, matter or "", body):
            yield Fault(f"event {seq}", "changed")
        before, expected = found, seq + 1
        if '"sha256":' in body:
            references += _references(seq, json.loads(body))
        if len(references) >= _CHUNK:
            yield from _vouched(references, named)
            references = []
    yield from _vouched(references, named)


def _references(seq: int, facts: dict[str, Any]) -> Iterator[tuple[int, str, int, str]]:
    for value in facts.values():
        if isinstance(value, dict) and "sha256" in value:
            kind = "file" if "file" in value else "text"
            yield seq, kind, value[kind], value["sha256"]


def _vouched(references: Iterable[tuple[int, str, int, str]], named: _Named) -> Iterator[Fault]:
    texts = [pk for _, kind, pk, _ in references if kind == "text"]
    files = [pk for _, kind, pk, _ in references if kind == "file"]
    named.texts.update(texts)
    named.files.update(files)
    there = {("text", pk): found for pk, found in Body.objects.filter(pk__in=texts).values_list("pk", "digest")}
    there |= {("file", pk): found for pk, found in Attachment.objects.filter(pk__in=files).values_list("pk", "digest")}
    for seq, kind, pk, expected in references:
        if (kind, pk) not in there:
            yield Fault(f"{kind} {pk}", f"gone, named by event {seq}")
        elif there[kind, pk] != expected:
            yield Fault(f"{kind} {pk}", f"other than in event {seq}")


def _heads() -> Iterator[Fault]:
    heads = list(JournalHead.objects.order_by("day"))
    own = Node.objects.filter(own=True).first()
    if own is None:
        if heads:
            yield Fault("node", "unknown")
        return
    founded = Event.objects.filter(what="node.founded").order_by("seq").values_list("body", flat=True).first()
    if founded is not None and json.loads(founded)["key"] != own.public_key:
        yield Fault("node", "other-key")
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(own.public_key))
    hashes = dict(Event.objects.filter(seq__in=[signed.seq for signed in heads]).values_list("seq", "hash"))
    for signed in heads:
        try:
            key.verify(bytes.fromhex(signed.signature), canonical([signed.day.isoformat(), signed.seq, signed.hash]))
        except (InvalidSignature, ValueError):
            yield Fault(f"head {signed.day}", "signature")
        if hashes.get(signed.seq) != signed.hash:
            yield Fault(f"head {signed.day}", "not-this-journal")


def _texts(named: _Named) -> Iterator[Fault]:
    recalled = Exists(Recall.objects.filter(body=OuterRef("pk"), agreed_at__isnull=False))
    with_file = Exists(Attachment.objects.filter(name=OuterRef("pk"), erased_at=OuterRef("erased_at")))
    rows = Body.objects.filter(pk__lte=named.last_text).annotate(agreed=recalled, with_file=with_file).order_by("pk")
    for body in rows.iterator(chunk_size=_CHUNK):
        if body.pk not in named.texts:
            yield Fault(f"text {body.pk}", "in no event")
        if body.erased_at is None:
            if not _proves(body.text.encode(), body.salt, body.digest):
                yield Fault(f"text {body.pk}", "changed")
        elif not (body.agreed or body.with_file) and (body.recalled or _early(body)):
            yield Fault(f"text {body.pk}", "erased without leave")


def _files(named: _Named) -> Iterator[Fault]:
    recalled = Exists(Recall.objects.filter(attachment=OuterRef("pk"), agreed_at__isnull=False))
    files = Attachment.objects.filter(pk__lte=named.last_file).annotate(agreed=recalled).select_related("matter").order_by("pk")
    for file in files.iterator(chunk_size=20):
        if file.pk not in named.files:
            yield Fault(f"file {file.pk}", "in no event")
        if file.erased_at is None:
            if not _proves(bytes(file.content or b""), file.salt, file.digest):
                yield Fault(f"file {file.pk}", "changed")
        elif not file.agreed and _early(file) and not _long_closed(file):
            yield Fault(f"file {file.pk}", "erased without leave")


def _early(kept: Body | Attachment) -> bool:
    """Whether it was erased before its day."""
    return kept.erased_at is not None and kept.keep_until is not None and local_day(kept.erased_at) < kept.keep_until


def _long_closed(file: Attachment) -> bool:
    """Whether it was a photo whose time after the closing of its matter was over."""
    if file.purpose != Purpose.PHOTO or file.matter is None or file.matter.closed_at is None or file.erased_at is None:
        return False
    return file.erased_at - file.matter.closed_at >= timedelta(days=RETENTION[Purpose.PHOTO])


def _proves(content: bytes, salt: str, expected: str) -> bool:
    try:
        return digest(bytes.fromhex(salt), content) == expected
    except ValueError:
        return False


def _leads() -> Iterator[Fault]:
    """Each matter has a first term from its opening, and is led by the unit of its last."""
    terms = LeadTerm.objects.filter(matter=OuterRef("pk"))
    last = Subquery(terms.order_by("-since").values("unit")[:1])
    first = Subquery(terms.values("matter").annotate(first=Min("since")).values("first"))
    crooked = Matter.objects.annotate(last=last, first=first).filter(Q(last=None) | ~Q(last=F("lead")) | ~Q(first=F("opened_at")))
    for code in crooked.order_by("pk").values_list("code", flat=True):
        yield Fault(f"matter {code}", "lead-without-term")
