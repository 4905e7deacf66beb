"""Keeping a secret at rest: sealed with a key derived from the node's own, or kept only so that it can be recognised."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.crypto import salted_hmac


class Unreadable(Exception):
    """What was sealed cannot be opened: it was changed, or the node's key is another one now."""


def seal(text: str, purpose: str) -> str:
    """The text, encrypted and authenticated (Fernet); a seal of one purpose does not open for another."""
    return _box(purpose).encrypt(text.encode()).decode("ascii")


def unseal(sealed: str, purpose: str) -> str:
    """The text under a seal. Raises :class:`Unreadable`."""
    try:
        return _box(purpose).decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise Unreadable(purpose) from None


def recognised_by(purpose: str, text: str) -> str:
    """A keyed digest (HMAC-SHA-256, 64 hexadecimal digits): enough to recognise a short code, useless without the node's key."""
    return salted_hmac(purpose, text, algorithm="sha256").hexdigest()


def _box(purpose: str) -> Fernet:
    key = HKDF(SHA256(), length=32, salt=None, info=purpose.encode()).derive(settings.SECRET_KEY.encode())
    return Fernet(base64.urlsafe_b64encode(key))
