"""Number and symbol of a document, as offices write them: ``05/QC-BCH`` (NĐ 30/2020, Annex I) and ``149-KH/ĐUCA`` (the Party)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.text import fold, nfc
from phoihop.kernel.verdict import YES, Verdict, no_unless

from ..models import AgreementKind, NumberStyle

LONGEST_SYMBOL = 40
_BEFORE = re.compile(r"^\s*(?:số(?:\s+ký\s+hiệu)?|so)\s*[:.]?\s*", re.IGNORECASE)
_GAPS = re.compile(r"\s*([/\-–—])\s*")
_LETTERS = r"[^\W\d_][\w.&]*"
_STATE = re.compile(rf"^(\d{{1,5}})/((?:\d{{4}}/)?{_LETTERS}(?:-[\w.&]+)*)$")
_PARTY = re.compile(rf"^(\d{{1,5}})-({_LETTERS}(?:-[\w.&]+)*/[\w.&]+(?:-[\w.&]+)*)$")

# What the letters of a symbol say of the kind (NĐ 30/2020, Annex III; party documents use the same).
_KIND_OF_LETTERS = {
    "qc": AgreementKind.REGULATION, "qcph": AgreementKind.REGULATION, "qyd": AgreementKind.REGULATION, "qcpl": AgreementKind.REGULATION,
    "ctph": AgreementKind.JOINT_PROGRAMME, "ctrph": AgreementKind.JOINT_PROGRAMME, "khph": AgreementKind.JOINT_PROGRAMME, "khlt": AgreementKind.JOINT_PROGRAMME,
    "ttlt": AgreementKind.JOINT_PROGRAMME, "nqlt": AgreementKind.JOINT_PROGRAMME, "ctrlt": AgreementKind.JOINT_PROGRAMME,
    "kh": AgreementKind.THEMATIC, "pa": AgreementKind.CONTINGENCY, "da": AgreementKind.SCHEME, "ctr": AgreementKind.ACTION, "cthd": AgreementKind.ACTION,
    "nq": AgreementKind.RESOLUTION, "ct": AgreementKind.DIRECTIVE, "hd": AgreementKind.DIRECTIVE, "cv": AgreementKind.DIRECTIVE, "qd": AgreementKind.DIRECTIVE,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Numbered:
    """A number with its symbol, and in which style the two stand together."""

    number: int
    symbol: str
    style: str

    def __str__(self) -> str:
        return written(self.number, self.symbol, self.style)


def written(number: int | None, symbol: str, style: str) -> str:
    """As it stands on the document; numbers below ten get a leading zero. Empty before a number was given."""
    if number is None:
        return ""
    return f"{number:02d}/{symbol}" if style == NumberStyle.STATE else f"{number:02d}-{symbol}"


def read_number(text: str) -> tuple[Numbered | None, Verdict]:
    """Number and symbol out of what was typed, or why they cannot be read; a slip of the hand gets a mended text as an offer."""
    said = _GAPS.sub(lambda m: "/" if m.group(1) == "/" else "-", _BEFORE.sub("", nfc(text)).strip())
    if not said:
        return None, Verdict("number-missing", _("Chưa có số, ký hiệu. Ghi như 05/QC-BCH, hoặc 149-KH/ĐUCA nếu là văn bản Đảng."), "number")
    for pattern, style in ((_PARTY, NumberStyle.PARTY), (_STATE, NumberStyle.STATE)):
        if found := pattern.match(said):
            return _judged(int(found.group(1)), found.group(2), style)
    return None, Verdict(
        "number-unreadable",
        _("“%(text)s” không phải số, ký hiệu văn bản. Ghi như 05/QC-BCH, hoặc 149-KH/ĐUCA nếu là văn bản Đảng.") % {"text": said[:60]},
        "number",
        offer=_mended(said),
    )


def _judged(number: int, symbol: str, style: str) -> tuple[Numbered | None, Verdict]:
    verdict = no_unless(number > 0, "number-zero", _("Số văn bản bắt đầu từ 01 mỗi năm; không có số 0."), "number")
    if verdict:
        verdict = no_unless(len(symbol) <= LONGEST_SYMBOL, "symbol-too-long", _("Ký hiệu dài nhất 40 chữ cái."), "number")
    return (Numbered(number, symbol, style) if verdict else None), verdict


def _mended(said: str) -> str | None:
    """Blanks for a stroke, small letters, the year of a plain number: what is left reads as a number and a symbol."""
    tries = (said.upper(), said.replace(" ", "-").upper(), re.sub(r"^(\d{1,5})[\s.]+", r"\1/", said).replace(" ", "-").upper())
    for one in tries:
        if one != said and (_STATE.match(one) or _PARTY.match(one)):
            return one
    return None


def letters_of(symbol: str) -> str:
    """By what a symbol is known again, however its letters are written; the same in every database, for it is stored."""
    return fold(symbol)


def kind_of(symbol: str) -> AgreementKind | None:
    """The kind that the letters of a symbol point to; None where they leave it open."""
    first = letters_of(symbol).split("/")
    letters = next((part for part in first if not part.isdecimal()), "")
    return _KIND_OF_LETTERS.get(letters.split("-")[0])


@dataclass(frozen=True, slots=True)
class Entry:
    """Another entry of the register that bears the number, as the unit that writes now knows it.

    ``name``: its number and code; ``lead``: the unit that wrote it; ``mine``: the own unit wrote it, or has signed or acknowledged it.
    Else the own unit is one of its parties and has said neither yes nor no.
    """

    code: str
    name: str
    lead: str
    mine: bool


def number_is_free(entries: Sequence[Entry], year: int, issues: bool) -> Verdict:
    """What others write binds nobody: a number is used for the unit that wrote it, signed it or acknowledged it. ``issues``: the own unit gives the number.

    An entry of another in which the own unit is a party is a question: one word there is enough, and a joint act is entered once.
    """
    held = next((entry for entry in entries if entry.mine), None)
    if held is not None:
        said = {"year": year, "holder": held.name}
        if issues:
            reason = _("Số này đơn vị đã cấp trong năm %(year)s cho văn bản %(holder)s. Kiểm tra lại số, hoặc mở văn bản đó.") % said
            return Verdict("number-taken", reason, "number")
        return Verdict("entered-already", _("Văn bản này đơn vị đã có trong sổ: %(holder)s. Kiểm tra lại số, hoặc mở văn bản đó.") % said, "number")
    if entries:
        first = entries[0]
        asked = _("%(unit)s đã ghi văn bản này, đơn vị của bạn là một bên: %(holder)s. Ghi nhận ở đó là đủ; nếu vẫn giữ một bản ghi riêng thì xác nhận.")
        return Verdict("entered-by-another", asked % {"unit": first.lead, "holder": first.name}, "number", asks=True, answer=first.code)
    return YES


def issued_in_time(issued_on: date | None, today: date) -> Verdict:
    if issued_on is None:
        return Verdict("issue-day-missing", _("Văn bản đã có số thì cần ngày ban hành."), "issued_on")
    if issued_on > today:
        return Verdict("issued-later", _("Ngày ban hành ở sau hôm nay. Văn bản chưa ký thì chưa có số."), "issued_on")
    return YES
