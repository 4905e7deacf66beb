"""What ``phoihop agreement verify`` costs beside what cannot be spared: reading the file, and the bare Ed25519 check of each signature in it.

    python -m bench.verifying

One line for each agreement: processor time of ours, of the floor, their ratio, the budget. Both are taken by turns in one run, on the same
file: forty clauses of a page each, signed with keys by the three forces of a commune, and by the units of a province's 124 communes.
"""

from __future__ import annotations

import json
import os
import secrets
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "phoihop.config.settings")

ROUNDS, AT_ONCE, MOST = 15, 20, 2.0
CLAUSES, LETTERS = 40, 2_400
PARTIES = {"three forces of a commune": 3, "124 communes of a province": 124}
_AT = "2026-06-02T02:00:00+00:00"


def main() -> int:
    import django

    django.setup()
    with tempfile.TemporaryDirectory(prefix="phoihop-verifying-") as folder:
        fine = [_measure(name, count, Path(folder) / f"{count}.json") for name, count in PARTIES.items()]
    return int(not all(fine))


def _measure(name: str, parties: int, path: Path) -> bool:
    from django.utils import timezone

    from phoihop.domain.agreements.rules.proof import examine_proof

    file, statements = exported(parties)
    path.write_text(json.dumps(file, ensure_ascii=False, indent=1), encoding="utf-8")
    now = timezone.now()

    def ours() -> None:
        assert examine_proof(json.loads(path.read_bytes()), now).holds

    def floor() -> None:
        for said, message in zip(json.loads(path.read_bytes())["signatures"], statements, strict=True):
            Ed25519PublicKey.from_public_bytes(bytes.fromhex(said["key"])).verify(bytes.fromhex(said["signature"]), message)

    took, bare = [], []
    for _ in range(ROUNDS):
        bare.append(_milliseconds(floor))
        took.append(_milliseconds(ours))
    ratio = statistics.median(took) / statistics.median(bare)
    fine = ratio <= MOST
    figures = f"{statistics.median(took):.2f} ms of processor | reading and bare checks {statistics.median(bare):.2f} ms | {ratio:.2f}"
    print(f"verifying, {name} ({path.stat().st_size // 1024} KB) | {figures} | at most {MOST:.0f} | {'ok' if fine else 'short'}")
    return fine


def _milliseconds(what: Callable[[], None]) -> float:
    began = process_time()
    for _ in range(AT_ONCE):
        what()
    return (process_time() - began) / AT_ONCE * 1000


def exported(parties: int) -> tuple[dict[str, Any], list[bytes]]:
    """An exported agreement that every party has signed with its key, one in three with a reservation; and the bytes that each signed."""
    from phoihop.domain.agreements.rules.canonical import digest_of
    from phoihop.domain.agreements.rules.proof import FORMAT
    from phoihop.kernel.text import canonical

    texts: dict[str, list[str]] = {}
    clauses = [
        {"label": f"Điều {n}", "depth": 1, "heading": _kept(texts, f"Nội dung {n}"), "text": _kept(texts, _words(n)), "content": "", "duties": []}
        for n in range(1, CLAUSES + 1)
    ]
    keys = [f"CA.xa.{29000 + n}.20250701" for n in range(parties)]
    said = {"format": 1, "code": "QC-26-PH86-1-4", "version": 1, "title": _kept(texts, "Quy chế phối hợp"), "parties": [[k, "support", 1] for k in keys],
            "areas": [], "bases": [], "valid": ["", ""], "kind": "quyche", "review_months": 12, "clauses": clauses}  # fmt: skip
    form = canonical(said).decode()
    signed = [_signature(n, key, digest_of(form)) for n, key in enumerate(keys)]
    file = {
        "format": FORMAT, "code": "QC-26-PH86-1-4", "version": 1, "canonical": form, "digest": digest_of(form), "texts": texts,
        "units": {key: f"Công an xã {n}" for n, key in enumerate(keys)}, "signatures": [row for row, _message in signed], "declined": [],
    }  # fmt: skip
    return file, [message for _row, message in signed]


def _signature(n: int, unit: str, digest: str) -> tuple[dict[str, Any], bytes]:
    from phoihop.domain.agreements.rules.canonical import statement

    key = Ed25519PrivateKey.generate()
    texts: dict[str, list[str]] = {}
    reservations = [[1, _kept(texts, "Theo khả năng của đơn vị.")]] if n % 3 == 0 else []
    public = key.public_key().public_bytes_raw().hex()
    said = {"agreement": "QC-26-PH86-1-4", "version": 1, "digest": digest, "unit": unit, "post": n, "key": public, "at": _AT, "reservations": reservations}
    message = statement(said)
    row = {"unit": unit, "way": "key", "at": _AT, "post": n, "office": "Trưởng Công an xã", "digest": digest, "reservations": reservations, "texts": texts,
           "key": public, "key_made": _AT, "key_revoked": "", "signature": key.sign(message).hex()}  # fmt: skip
    return row, message


def _kept(texts: dict[str, list[str]], text: str) -> str:
    from phoihop.kernel.text import digest

    salt = secrets.token_hex(16)
    said = digest(bytes.fromhex(salt), text.encode())
    texts[said] = [salt, text]
    return said


def _words(n: int) -> str:
    one = f"Công an xã chủ trì, Ban CHQS xã phối hợp tuần tra chung trên địa bàn, lần thứ {n}. "
    return one * (LETTERS // len(one))


if __name__ == "__main__":
    sys.exit(main())
