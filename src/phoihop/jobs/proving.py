"""Long work of the node about itself: proving the journal whole, so that an administrator sees it without a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from phoihop.domain.matters.queries.journal import head
from phoihop.domain.matters.queries.proof import verify

from .line import Progress, kind

KIND = "journal-verify"
SHOWN = 3


@kind(KIND)
def prove() -> Iterator[Progress]:
    """One step, as nothing in between is worth keeping: after a cut the proof begins anew. The last step names the first faults."""
    seq, _digest = head()
    yield Progress(0, seq)
    faults = list(verify())
    shown = "; ".join(f"{fault.where}: {fault.what}" for fault in faults[:SHOWN])
    yield Progress(seq, seq, f"{len(faults)} {shown}".strip()[:120])
