"""Who signs for a unit, as its letterhead names the signer: a position, or one that stands for a body (“TM. ỦY BAN NHÂN DÂN, CHỦ TỊCH”)."""

from __future__ import annotations

import re
from typing import Any

from phoihop.domain.forces.models import Letterhead
from phoihop.papers.document import Capacity, Signature

_FOR_BODY = re.compile(r"^T/?M\.?\s+(?P<body>.+),\s*(?P<position>[^,]+)$")


def signature_for(head: Letterhead | None, **more: Any) -> Signature:
    """A block to sign in; ``more`` of it as ``Signature`` has it. Without a letterhead it is left to the head of the unit, unnamed."""
    signer = head.signer if head else "Thủ trưởng đơn vị"
    found = _FOR_BODY.match(signer)
    return Signature(found["position"], on_behalf=((Capacity.FOR_BODY, found["body"]),), **more) if found else Signature(signer, **more)
