"""A private key that only a PIN opens: who has the whole database, and the node's own key, still has to guess the PIN.

Argon2id (RFC 9106) makes the wrapping key from PIN and salt, slowly and with much memory; AES-256-GCM wraps, so that a wrong PIN is noticed
and a wrapped key cannot be passed off as another's: its public half is authenticated along with it.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from .secret import Secret
from .text import nfc

PASSES = 3
MEMORY = 64 * 1024
"""In KiB. A guess takes about a tenth of a second and 64 MiB: eight digits hold out for months against one machine."""
_NONCE = 12


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A key pair at rest, all in hexadecimal: the public half, the private half under the PIN, the salt of the PIN."""

    public: str
    private: str
    salt: str


def make(pin: Secret) -> Wrapped:
    """A new Ed25519 key pair under a PIN. The private half exists nowhere else."""
    key, salt, nonce = Ed25519PrivateKey.generate(), secrets.token_bytes(16), secrets.token_bytes(_NONCE)
    public = key.public_key().public_bytes_raw()
    wrapped = AESGCM(_stretched(pin, salt)).encrypt(nonce, key.private_bytes_raw(), public)
    return Wrapped(public.hex(), (nonce + wrapped).hex(), salt.hex())


def opened(wrapped: Wrapped, pin: Secret) -> Ed25519PrivateKey | None:
    """The private key; None for a wrong PIN (or a record that was tampered with: it cannot be told apart)."""
    box = bytes.fromhex(wrapped.private)
    try:
        raw = AESGCM(_stretched(pin, bytes.fromhex(wrapped.salt))).decrypt(box[:_NONCE], box[_NONCE:], bytes.fromhex(wrapped.public))
    except InvalidTag:
        return None
    return Ed25519PrivateKey.from_private_bytes(raw)


def vouches(public: str, signature: str, message: bytes) -> bool:
    """Whether a signature (hexadecimal) of the holder of a public key is of this message. Nonsense is no signature."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _stretched(pin: Secret, salt: bytes) -> bytes:
    return hash_secret_raw(nfc(pin.reveal()).encode(), salt, time_cost=PASSES, memory_cost=MEMORY, parallelism=1, hash_len=32, type=Type.ID)
