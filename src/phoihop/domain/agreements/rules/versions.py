"""When a version is fixed, and when it is sent on."""

from __future__ import annotations

from ..models import Version


def is_sent(version: Version) -> bool:
    """Whether anybody was sent this version, for opinions or for signing: from then on it is never changed."""
    return version.opinions_at is not None or version.signing_at is not None


def is_apart(version: Version) -> bool:
    """Whether it is written while its parties have an earlier text: then its parties and areas are kept apart from theirs."""
    return version.number > 1 and not is_sent(version)
