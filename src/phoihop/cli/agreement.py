"""``phoihop agreement export CODE`` and ``phoihop agreement verify FILE``: who signed an exact text, checkable by anyone, offline."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from phoihop.domain.agreements.queries.export import version_of
from phoihop.domain.agreements.queries.proof import proof_of
from phoihop.domain.agreements.rules.proof import Finding, Proof, Unreadable, examine_proof, node_vouches, signed_by_node
from phoihop.kernel.spoken import parse

from . import acting
from .wrong import Wrong

LARGEST = 200
"""Megabytes. Signed PDFs travel in the file."""
_FOUND = {
    Finding.VALID: lazy("hợp lệ"), Finding.INVALID: lazy("KHÔNG HỢP LỆ"), Finding.ON_PAPER: lazy("bản giấy"), Finding.APPROVED: lazy("đã phê duyệt"),
    Finding.DECLINED: lazy("trả lời không ký"), Finding.NOT_SIGNED: lazy("chưa ký"),
}  # fmt: skip


def add_to(commands: Any) -> None:
    parser = commands.add_parser("agreement", help=_("xuất văn bản cùng chữ ký ra tệp, hoặc kiểm chứng tệp ấy"))
    what = parser.add_subparsers(title=_("các việc"), required=True, metavar=_("VIỆC"))
    export = what.add_parser("export", help=_("ghi nguyên văn, chữ ký, khóa ra tệp có chữ ký của máy chủ này"))
    export.add_argument("code", metavar=_("MÃ"), help=_("mã văn bản, ví dụ QC-26-PH86-1-4"))
    export.add_argument("--version", type=int, metavar=_("SỐ"), help=_("bản số mấy (không ghi: bản mới nhất)"))
    export.add_argument("--output", metavar=_("TỆP"), help=_("ghi ra đâu (không ghi: MÃ.json; -: ra màn hình)"))
    export.set_defaults(run=run_export)
    verify = what.add_parser("verify", help=_("nêu chữ ký của từng bên có đúng không; chỉ cần có tệp"))
    verify.add_argument("file", metavar=_("TỆP"))
    verify.add_argument("--node", default="", metavar=_("KHÓA"), help=_("khóa công khai (hệ 16) của máy chủ phải là nơi xuất tệp"))
    verify.set_defaults(run=run_verify, asks=False)


def run_export(options: argparse.Namespace) -> int:
    code = parse(options.code)
    version = version_of(str(code), options.version) if code else None
    if version is None:
        said = {"code": options.code, "version": options.version}
        raise Wrong((_("Máy chủ này không có văn bản %(code)s bản %(version)s.") if options.version else _("Máy chủ này không có văn bản %(code)s.")) % said)
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
    said = {"path": path, "version": file["version"], "digest": file["digest"], "n": len(file["signatures"]), "key": file["node_key"]}
    print(_("%(path)s: bản %(version)s, giá trị băm %(digest)s, %(n)s chữ ký; khóa máy chủ %(key)s") % said)
    return 0


def run_verify(options: argparse.Namespace) -> int:
    """Print what the file proves; 0 if nothing is wrong and every party has signed or acknowledged the paper, else 1."""
    try:
        file = json.loads(acting.content_of(options.file, LARGEST))
        proof = examine_proof(file, timezone.now())
    except (Unreadable, ValueError, RecursionError) as problem:
        raise Wrong(_("%(file)s không phải tệp kiểm chứng văn bản: %(problem)s.") % {"file": options.file, "problem": problem}) from None
    _tell(proof)
    return 0 if _node_holds(file, options.node.strip().lower()) and proof.holds else 1


def _tell(proof: Proof) -> None:
    print(_("%(code)s, bản %(version)s, giá trị băm %(digest)s") % {"code": proof.code, "version": proof.version, "digest": proof.digest})
    for fault in proof.faults:
        print(_("lỗi: %(fault)s") % {"fault": fault})
    if proof.withdrawn:
        print(_("%(n)s câu đã thu hồi hoặc đã xóa; chữ ký được chứng minh bằng giá trị băm của chúng") % {"n": proof.withdrawn})
    for party in proof.parties:
        print(f"{_FOUND[party.finding]}\t{party.name}\t{party.why}")


def _node_holds(file: dict[str, Any], wanted: str) -> bool:
    """Whether the exporting node is the one that is wanted, if one is; a file from the page carries no signature of a node."""
    if "node_signature" not in file:
        print(_("tệp không có chữ ký của máy chủ nào: hãy so khóa của các bên với khóa mà từng bên tự báo"))
        return not wanted
    said = node_vouches(file)
    holds = _("chữ ký đúng") if said else _("chữ ký KHÔNG đúng")
    print(_("do máy chủ có khóa %(key)s xuất: %(holds)s") % {"key": file["node_key"], "holds": holds})
    if wanted and wanted != file["node_key"]:
        print(_("khóa phải là %(key)s") % {"key": wanted})
        return False
    return said
