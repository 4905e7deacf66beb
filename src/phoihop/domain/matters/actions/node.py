"""This node: its founding, the daily signature of its journal, and the erasing of what is no longer kept."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from phoihop.kernel.action import action
from phoihop.kernel.period import local_day
from phoihop.kernel.secret import Secret
from phoihop.kernel.text import canonical

from ...people.models import Post
from .. import rules
from ..models import JournalHead, Node
from ..queries.journal import last_before
from ..queries.retention import due_files, due_texts
from .erasing import erase_file, erase_text
from .journal import write


@action
def found(*, by: Post, tag: str, name: str, public_key: str, at: datetime, demo: bool = False) -> Node:
    """Make this node known to itself. Once; its tag then stands in every code."""
    rules.allowed(by, "node.manage", local_day(at)).enforce()
    node = Node.objects.create(tag=tag, name=name, own=True, public_key=public_key, demo=demo)
    write(by=by, what="node.founded", at=at, tag=tag, key=public_key, demo=demo)
    return node


@action
def sign_head(*, by: Post, day: date, key: Secret, at: datetime) -> JournalHead:
    """Sign the journal as it stood at the end of a day that is over. ``key``: the node's Ed25519 private key, hexadecimal."""
    rules.allowed(by, "node.manage", local_day(at)).enforce()
    rules.day_is_over(day, local_day(at)).enforce()
    rules.not_signed_yet(JournalHead.objects.filter(day=day).exists()).enforce()
    last = last_before(rules.end_of(day))
    rules.journal_began(last).enforce()
    assert last is not None
    signer = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(key.reveal()))
    signature = signer.sign(canonical([day.isoformat(), last.seq, last.hash])).hex()
    head = JournalHead.objects.create(day=day, seq=last.seq, hash=last.hash, signature=signature)
    write(by=by, what="node.head_signed", at=at, day=day, seq=last.seq, hash=last.hash)
    return head


@action
def erase_due(*, by: Post, at: datetime, limit: int = 500) -> int:
    """Erase texts and files whose time is over; the event says how many of each purpose. Returns how many went."""
    rules.allowed(by, "node.manage", local_day(at)).enforce()
    counts: Counter[str] = Counter()
    for file in due_files(at).select_related("name")[:limit]:
        counts.update([file.purpose] if file.name.erased_at else [file.purpose, file.name.purpose])
        erase_file(file, at)
    for body in due_texts(at)[:limit]:
        counts.update([body.purpose])
        erase_text(body, at)
    write(by=by, what="node.erased", at=at, counts=counts)
    return counts.total()
