"""What makes this folder a node: its signing key."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from django.conf import settings

from phoihop.kernel.secret import Secret

from .secret_file import secret_in

KEY_FILE = "node.key"


def signing_key() -> Secret:
    """The node's Ed25519 private key (hexadecimal), made on first use and kept in its folder, readable by its owner alone."""
    return Secret(secret_in(settings.DATA / KEY_FILE, _fresh))


def _fresh() -> str:
    return Ed25519PrivateKey.generate().private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption()).hex()


def public_key() -> str:
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(signing_key().reveal()))
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()
