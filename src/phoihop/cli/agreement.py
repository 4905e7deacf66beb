"""``phoihop agreement export CODE`` and ``phoihop agreement verify FILE``: who signed an exact text, checkable by anyone, offline."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.utils import timezone

from phoihop.domain.agreements.queries.export import version_of
from phoihop.domain.agreements.queries.proof import proof_of
from phoihop.domain.agreements.rules.proof import Proof, Unreadable, examine_proof, node_vouches, signed_by_node
from phoihop.kernel.spoken import parse

from . import acting
from .wrong import Wrong

LARGEST = 200
"""Megabytes. Signed PDFs travel in the file."""


def add_to(commands: Any) -> None:
    parser = commands.add_parser("agreement", help="export an agreement with its signatures, or verify such a file")
    what = parser.add_subparsers(title="what", required=True, metavar="WHAT")
    export = what.add_parser("export", help="write the text, its signatures and keys to a file, signed by this node")
    export.add_argument("code", metavar="CODE", help="spoken code of the agreement, such as QC-26-PH86-1-4")
    export.add_argument("--version", type=int, metavar="N", help="which version (default: the newest)")
    export.add_argument("--output", metavar="FILE", help="where to (default: CODE.json; - for the terminal)")
    export.set_defaults(run=run_export)
    verify = what.add_parser("verify", help="say for each party whether its signature holds; needs nothing but the file")
    verify.add_argument("file", metavar="FILE")
    verify.add_argument("--node", default="", metavar="KEY", help="public key of the node that must have exported it, hexadecimal")
    verify.set_defaults(run=run_verify, asks=False)


def run_export(options: argparse.Namespace) -> int:
    code = parse(options.code)
    version = version_of(str(code), options.version) if code else None
    if version is None:
        raise Wrong(f"there is no agreement {options.code}{f' in version {options.version}' if options.version else ''} on this node.")
    file = proof_of(version) | {"exported_at": timezone.now().isoformat(timespec="seconds")}
    signer = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(options.node_key().reveal()))
    file["node_key"] = signer.public_key().public_bytes_raw().hex()
    file["node_signature"] = signer.sign(signed_by_node(file)).hex()
    content = json.dumps(file, ensure_ascii=False, indent=1)
    if options.output == "-":
        sys.stdout.write(f"{content}\n")
        return 0
    path = Path(options.output or f"{code}.json")
    path.write_text(f"{content}\n", encoding="utf-8")
    print(f"{path}: version {file['version']}, digest {file['digest']}, {len(file['signatures'])} signatures; node key {file['node_key']}")
    return 0


def run_verify(options: argparse.Namespace) -> int:
    """Print what the file proves; 0 if nothing is wrong and every party has signed or acknowledged the paper, else 1."""
    try:
        file = json.loads(acting.content_of(options.file, LARGEST))
        proof = examine_proof(file, timezone.now())
    except (Unreadable, ValueError, RecursionError) as problem:
        raise Wrong(f"{options.file} is no exported agreement: {problem}.") from None
    _tell(proof)
    return 0 if _node_holds(file, options.node.strip().lower()) and proof.holds else 1


def _tell(proof: Proof) -> None:
    print(f"{proof.code}, version {proof.version}, digest {proof.digest}")
    for fault in proof.faults:
        print(f"fault: {fault}")
    if proof.withdrawn:
        print(f"{proof.withdrawn} sentences were recalled or erased; the signatures are proved by their digests")
    for party in proof.parties:
        print(f"{party.finding}\t{party.name}\t{party.why}")


def _node_holds(file: dict[str, Any], wanted: str) -> bool:
    """Whether the exporting node is the one that is wanted, if one is; a file from the page carries no signature of a node."""
    if "node_signature" not in file:
        print("not signed by a node: compare the keys of the parties with those that they give themselves")
        return not wanted
    said = node_vouches(file)
    print(f"exported by the node with the key {file['node_key']}: {'signature holds' if said else 'signature does NOT hold'}")
    if wanted and wanted != file["node_key"]:
        print(f"it was to be {wanted}")
        return False
    return said
