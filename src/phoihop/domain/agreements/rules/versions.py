"""When a version is fixed, and when it is sent on."""

from __future__ import annotations

from ..models import Version


def is_sent(version: Version) -> bool:
    """Whether anybody was sent this version, for opinions or for signing: from then on it is never changed."""
    return version.opinions_at is not None or version.signing_at is not None
