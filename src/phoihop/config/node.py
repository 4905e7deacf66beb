"""What makes this folder a node: its signing key."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from django.conf import settings

KEY_FILE = "node.key"


def signing_key() -> Ed25519PrivateKey:
    """The node's Ed25519 key, made on first use and kept in its folder, readable by its owner alone."""
    file = settings.DATA / KEY_FILE
    if not file.exists():
        made = Ed25519PrivateKey.generate()
        file.touch(mode=0o600)
        file.write_text(made.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption()).hex(), encoding="ascii")
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(file.read_text(encoding="ascii")))


def public_key() -> str:
    return signing_key().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()
