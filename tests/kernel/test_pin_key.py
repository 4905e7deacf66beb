"""A key under a PIN, at the cost that a node has; every other test stretches PINs quickly."""

from __future__ import annotations

import pytest
from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from phoihop.kernel import pin_key
from phoihop.kernel.secret import Secret

OF_A_NODE = {name: getattr(pin_key, name) for name in ("PASSES", "MEMORY")}  # read before the quick ones of a test run stand there
PIN = Secret("73190284")


@pytest.fixture(autouse=True)
def _as_on_a_node(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in OF_A_NODE.items():
        monkeypatch.setattr(pin_key, name, value)


def test_three_passes_over_64_mebibytes_lie_between_a_pin_and_the_key():
    wrapped = pin_key.make(PIN)
    stretched = hash_secret_raw(b"73190284", bytes.fromhex(wrapped.salt), time_cost=3, memory_cost=65_536, parallelism=1, hash_len=32, type=Type.ID)
    box = bytes.fromhex(wrapped.private)
    raw = AESGCM(stretched).decrypt(box[:12], box[12:], bytes.fromhex(wrapped.public))
    key = pin_key.opened(wrapped, PIN)
    assert key is not None
    assert (key.private_bytes_raw(), key.public_key().public_bytes_raw().hex()) == (raw, wrapped.public)


def test_another_pin_opens_nothing():
    assert pin_key.opened(pin_key.make(PIN), Secret("73190285")) is None
