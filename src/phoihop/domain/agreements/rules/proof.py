"""Checking an exported agreement with nothing but the file: no database, no network."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.pades import Examined, examine
from phoihop.kernel.pin_key import vouches
from phoihop.kernel.text import canonical, digest
from phoihop.kernel.verdict import Sentence

from .canonical import CITED, digest_of, statement
from .signing import fits_signed_file, is_of_export

FORMAT = "phoihop-agreement/1"


class Finding(StrEnum):
    """What can be said of a party from the file alone."""

    VALID = "valid"  # its key, or its signed PDF, vouches for this exact text
    INVALID = "INVALID"
    ON_PAPER = "on paper"  # it acknowledged the paper original, which a file cannot prove
    APPROVED = "approved"  # by a decision of its own, which a file cannot prove either
    DECLINED = "declined"
    NOT_SIGNED = "not signed"


@dataclass(frozen=True, slots=True)
class PartyProof:
    """``unit``: its key; ``why``: how it signed, or what is wrong with it."""

    unit: str
    name: str
    finding: Finding
    why: Sentence


@dataclass(frozen=True, slots=True)
class Proof:
    """``faults``: what is wrong with the file itself; ``withdrawn``: how many sentences were recalled or erased since."""

    code: str
    version: int
    digest: str
    parties: tuple[PartyProof, ...]
    faults: tuple[Sentence, ...] = field(default=())
    withdrawn: int = 0

    @property
    def holds(self) -> bool:
        """Nothing is wrong, and every party that has to sign has done so."""
        return not self.faults and all(p.finding in (Finding.VALID, Finding.ON_PAPER, Finding.APPROVED) for p in self.parties)


_DECLINED = _("lúc %(at)s: %(reason)s")


class Unreadable(ValueError):
    """The file is no exported agreement."""


def examine_proof(file: Mapping[str, Any], now: datetime) -> Proof:
    """What the file proves. Raises :class:`Unreadable` for one of another shape. Chains of certificates are judged as of ``now``."""
    try:
        if file["format"] != FORMAT:
            raise Unreadable(_("dạng tệp %(format)s không phải %(wanted)s") % {"format": repr(file["format"]), "wanted": FORMAT})
        form = json.loads(file["canonical"])
        faults = list(_faults(file, form))
        sentences = set(_sentences(form))
        signed = {s["unit"]: s for s in file["signatures"]}
        declined = {d["unit"]: d for d in file["declined"]}
        parties = tuple(
            _party(key, str(file["units"].get(key, key)), signed.get(key), declined.get(key), file, faults, now)
            for key, _role, signs in form["parties"]
            if signs
        )
        if approver := form.get("approver"):
            parties += (_approver(str(approver), file, faults),)
        return Proof(str(file["code"]), int(file["version"]), str(file["digest"]), parties, tuple(faults), len(sentences - set(file["texts"])))
    except (KeyError, TypeError, AttributeError, ValueError) as problem:
        if isinstance(problem, Unreadable):
            raise
        raise Unreadable(_("thiếu nội dung phải có (%(problem)s)") % {"problem": problem}) from None


def signed_by_node(file: Mapping[str, Any]) -> bytes:
    """The bytes that the exporting node signs: the whole file but its own signature."""
    return b"phoihop export\n" + canonical({name: value for name, value in file.items() if name != "node_signature"})


def node_vouches(file: Mapping[str, Any]) -> bool:
    """Whether the node that the file names has signed it as it is."""
    return vouches(str(file.get("node_key", "")), str(file.get("node_signature", "")), signed_by_node(file))


def _faults(file: Mapping[str, Any], form: Mapping[str, Any]) -> Iterator[Sentence]:
    if digest_of(file["canonical"]) != file["digest"]:
        yield _("nguyên văn không có giá trị băm ghi trong tệp")
    if (form["code"], form["version"]) != (file["code"], file["version"]):
        yield _("mã hoặc số bản không phải của nguyên văn này")
    if "node_signature" in file and not node_vouches(file):
        yield _("chữ ký của máy chủ xuất tệp không khớp: tệp đã bị sửa sau khi xuất")
    for said, (salt, text) in file["texts"].items():
        if digest(bytes.fromhex(salt), text.encode()) != said:
            yield _("một câu đã bị sửa: “%(text)s”") % {"text": text[:60]}


def _sentences(form: Mapping[str, Any]) -> Iterator[str]:
    for said in (form["title"], *(c[part] for c in form["clauses"] for part in ("heading", "text"))):
        if said:
            yield said
    yield from (name.removeprefix(CITED) for _kind, name in form["bases"] if name.startswith(CITED))


def _party(
    key: str, name: str, s: Mapping[str, Any] | None, declined: Mapping[str, Any] | None, file: Mapping[str, Any], faults: list[Sentence], now: datetime
) -> PartyProof:
    if s is None:
        said = PartyProof(key, name, Finding.NOT_SIGNED, _("tệp không có chữ ký của bên này"))
        return PartyProof(key, name, Finding.DECLINED, _DECLINED % declined) if declined else said
    if faults:
        return PartyProof(key, name, Finding.INVALID, faults[0])
    if s["digest"] != file["digest"]:
        return PartyProof(key, name, Finding.INVALID, _("đã ký nguyên văn khác"))
    if any(digest(bytes.fromhex(salt), text.encode()) != said for said, (salt, text) in s["texts"].items()):
        return PartyProof(key, name, Finding.INVALID, _("lời bảo lưu đã bị sửa"))
    if s["way"] == "key":
        return _by_key(key, name, s, file)
    if s["way"] == "file":
        return _by_file(key, name, s, file, now)
    return PartyProof(
        key,
        name,
        Finding.ON_PAPER,
        _("bản gốc %(number)s ngày %(day)s, %(signers)s") % {"number": s["number"] or "–", "day": s["signed_on"], "signers": s["signers"]},
    )


def _approver(key: str, file: Mapping[str, Any], faults: list[Sentence]) -> PartyProof:
    """Who approves signs nothing: the file says which decision it recorded, of which text."""
    name = str(file["units"].get(key, key))
    said = next((one for one in file.get("approvals", ()) if one["unit"] == key), None)
    declined = next((one for one in file["declined"] if one["unit"] == key), None)
    if said is None:
        return PartyProof(key, name, Finding.DECLINED, _DECLINED % declined) if declined else PartyProof(key, name, Finding.NOT_SIGNED, _("chưa phê duyệt"))
    if faults or said["digest"] != file["digest"]:
        return PartyProof(key, name, Finding.INVALID, faults[0] if faults else _("đã phê duyệt nguyên văn khác"))
    return PartyProof(key, name, Finding.APPROVED, _("theo quyết định %(number)s ngày %(decided_on)s") % said)


def _by_key(key: str, name: str, s: Mapping[str, Any], file: Mapping[str, Any]) -> PartyProof:
    said = {
        "agreement": file["code"], "version": file["version"], "digest": s["digest"], "unit": key, "post": s["post"], "key": s["key"],
        "at": s["at"], "reservations": sorted(s["reservations"]),
    }  # fmt: skip
    if not vouches(s["key"], s["signature"], statement(said)):
        return PartyProof(key, name, Finding.INVALID, _("chữ ký không phải của khóa này trên nguyên văn này"))
    if s["key_revoked"] and s["key_revoked"] <= s["at"]:
        return PartyProof(key, name, Finding.INVALID, _("khóa đã bị thu hồi lúc %(day)s, trước khi ký") % {"day": s["key_revoked"]})
    by = {"at": s["at"], "office": s["office"], "key": f"{s['key'][:16]}…", "day": s["key_revoked"]}
    if s["key_revoked"]:
        return PartyProof(key, name, Finding.VALID, _("%(office)s xác nhận lúc %(at)s, khóa %(key)s; khóa thu hồi sau đó, lúc %(day)s") % by)
    return PartyProof(key, name, Finding.VALID, _("%(office)s xác nhận lúc %(at)s, khóa %(key)s") % by)


def _by_file(key: str, name: str, s: Mapping[str, Any], file: Mapping[str, Any], now: datetime) -> PartyProof:
    found = examine(base64.b64decode(s["file"]), now) if "file" in s else Examined()
    exports = [str(one) for one in file.get("exports", ())]
    refusal = fits_signed_file(found, str(file["digest"]), exports)
    if not refusal:
        return PartyProof(key, name, Finding.INVALID, _("tệp PDF đã ký không đứng vững: %(reason)s") % {"reason": refusal.reason})
    said = {
        "who": "; ".join(one.subject for one in found.signatures),
        "bound": _("đúng bản PDF máy chủ xuất của nguyên văn này, từng byte")
        if is_of_export(found, exports)
        else _("tệp PDF mang giá trị băm của nguyên văn này"),
        "chain": _("nơi cấp chứng thư được tin ở đây") if found.chain else _("chưa kiểm tra được chuỗi chứng thư"),
    }
    return PartyProof(key, name, Finding.VALID, _("%(who)s ký: %(bound)s; %(chain)s") % said)
