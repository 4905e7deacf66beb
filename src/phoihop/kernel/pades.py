"""A PDF that was signed elsewhere: who signed it, whether it was changed since, how much of it the signatures cover (PAdES, ISO 32000-2).

Nothing is fetched: whether the issuer of a certificate is trusted is known only where the node was given a folder of roots.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

#: A folder of certificates of the roots that the node trusts (.pem, .crt, .cer); None: no chain is judged. Set when the program starts.
trust_folder: Path | None = None


@dataclass(frozen=True, slots=True)
class SignedBy:
    """One signature. ``at``: as the signatory's machine said. ``chain``: whether the certificate leads to a trusted root; None: not known here."""

    subject: str
    at: datetime | None
    intact: bool
    chain: bool | None


@dataclass(frozen=True, slots=True)
class Examined:
    """What a file shows. ``whole``: the last signature covers all of it. ``text``: its words, as pages show them.

    ``beginnings``: what the SHA-256 of the file was before anybody signed it, with each line end that it may have had; none where more than
    signatures, and the fields that hold them, was added to it.
    """

    signatures: tuple[SignedBy, ...] = ()
    whole: bool = False
    text: str = ""
    beginnings: frozenset[str] = frozenset()

    @property
    def chain(self) -> bool:
        """Whether every certificate leads to a trusted root."""
        return bool(self.signatures) and all(s.chain for s in self.signatures)


def examine(content: bytes, at: datetime) -> Examined:
    """Look at a file; one that cannot be read shows nothing. Chains are judged as of ``at``.

    In a thread of its own: pyHanko begins an event loop, which a thread that has one already does not allow.
    """
    from .pades_examining import examined  # pyHanko takes a second to load, and few processes ever meet a signed file

    with ThreadPoolExecutor(1) as own:
        return own.submit(examined, content, at, trust_folder).result()
