"""A register of documents as offices keep it, read with care: every doubtful cell says why, and offers what may have been meant."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.text import fold, nfc
from phoihop.kernel.verdict import YES, Verdict, no_unless

from ...forces.models import Unit
from ...matters.models import Purpose
from ...matters.rules import LONGEST
from ...people.rules.roster import Named, day_of
from ..models import AgreementKind
from .basis import BasisDraft
from .drafting import JOINT, PLANS
from .numbering import Entry, Numbered, issued_in_time, kind_of, letters_of, number_is_free, read_number
from .register import AT_ONCE

LONGEST_BOOK = 2_000
FIELDS = ("number", "issued_on", "issuer", "title", "kind", "valid", "basis", "parties")
HEADINGS: dict[str, str] = {
    "so": "number", "so ky hieu": "number", "so, ky hieu": "number", "so van ban": "number", "ky hieu": "number", "so/ky hieu": "number", "so hieu": "number",
    "ngay": "issued_on", "ngay ban hanh": "issued_on", "ngay thang": "issued_on", "ngay ky": "issued_on", "ngay van ban": "issued_on",
    "co quan ban hanh": "issuer", "don vi ban hanh": "issuer", "noi ban hanh": "issuer", "cap ban hanh": "issuer", "tac gia": "issuer",
    "trich yeu": "title", "trich yeu noi dung": "title", "ten van ban": "title", "noi dung": "title", "ten loai va trich yeu noi dung": "title",
    "loai": "kind", "loai van ban": "kind", "the loai": "kind",
    "hieu luc": "valid", "thoi gian hieu luc": "valid", "thoi han": "valid", "ngay hieu luc": "valid", "co hieu luc tu": "valid",
    "can cu": "basis", "can cu phap ly": "basis", "can cu ban hanh": "basis",
    "luc luong tham gia": "parties", "luc luong": "parties", "cac ben": "parties", "don vi phoi hop": "parties", "cac luc luong tham gia": "parties",
    "thanh phan": "parties", "don vi tham gia": "parties",
}  # fmt: skip
_KIND_WORDS = {
    "quy che": AgreementKind.REGULATION, "chuong trinh lien tich": AgreementKind.JOINT_PROGRAMME, "ke hoach lien tich": AgreementKind.JOINT_PROGRAMME,
    "chuong trinh phoi hop": AgreementKind.JOINT_PROGRAMME, "ke hoach nam": AgreementKind.ANNUAL, "ke hoach phoi hop nam": AgreementKind.ANNUAL,
    "ke hoach": AgreementKind.THEMATIC, "ke hoach su kien": AgreementKind.EVENT, "phuong an": AgreementKind.CONTINGENCY, "de an": AgreementKind.SCHEME,
    "chuong trinh hanh dong": AgreementKind.ACTION, "nghi quyet": AgreementKind.RESOLUTION, "chi thi": AgreementKind.DIRECTIVE,
    "huong dan": AgreementKind.DIRECTIVE, "quyet dinh": AgreementKind.DIRECTIVE, "cong van": AgreementKind.DIRECTIVE,
}  # fmt: skip
_DAY = re.compile(r"\d{1,2}\s*[-/.]\s*\d{1,2}\s*[-/.]\s*\d{4}")
_YEAR = re.compile(r"^(?:nam\s*)?(20\d\d)$")
_PARTS = re.compile(r"\s*(?:;|\n|,|\s+và\s+|\s+-\s+)\s*")
_BASES = re.compile(r"\s*(?:;|\n)\s*")


@dataclass(frozen=True, slots=True)
class BookLine:
    """A row as it stands in the book, all text; ``n`` is its number there, for the person who looks it up."""

    n: int
    number: str = ""
    issued_on: str = ""
    issuer: str = ""
    title: str = ""
    kind: str = ""
    valid: str = ""
    basis: str = ""
    parties: str = ""


def line_of(n: int, texts: Mapping[str, str]) -> BookLine:
    """A line from its cells by field."""
    return BookLine(n, **{name: nfc(texts.get(name, "")).strip() for name in FIELDS})


@dataclass(frozen=True, slots=True)
class Cleared:
    """Who determined, and when, that the plans of the book are on no list of state secrets."""

    by: str = ""
    on: date | None = None


@dataclass(slots=True)
class Settled:
    """What became of a line: which document it means, or the verdict on each doubtful cell.

    ``there``: its code, if it is in the own register already; ``elsewhere``: the question whether to write it again, if another unit
    wrote it and the own one is a party.
    """

    line: BookLine
    doubts: dict[str, Verdict] = field(default_factory=dict)
    numbered: Numbered | None = None
    issued_on: date | None = None
    issuer: Unit | None = None
    kind: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    bases: list[BasisDraft] = field(default_factory=list)
    parties: list[Unit] = field(default_factory=list)
    there: str = ""
    elsewhere: Verdict = YES
    offers: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def cell(self, name: str) -> Verdict:
        return self.doubts.get(name, YES)

    def doubt(self, verdict: Verdict, name: str, offers: Sequence[tuple[str, str]] = ()) -> None:
        """Keep the first doubt about a cell, with what would settle it."""
        if not verdict and name not in self.doubts:
            self.doubts[name] = verdict.at(name)
            self.offers[name] = list(offers)


@dataclass(frozen=True, slots=True)
class Known:
    """What the book is compared with: units by how it calls them, bases by their text, entries by issuer, year, number and folded symbol."""

    today: date
    own: Unit
    units: Mapping[str, Named]
    bases: Mapping[str, BasisDraft]
    documents: Mapping[tuple[int, int, int, str], Sequence[Entry]]


def heading(text: str) -> str | None:
    """The field that a heading names; None for any other cell."""
    return HEADINGS.get(" ".join(fold(text).replace(" / ", "/").split()).strip(" :*."))


def fits_book(count: int) -> Verdict:
    """``count``: the lines below headings that are known; 0 also where there are none."""
    if not count:
        return Verdict("no-headings", _("Không thấy bảng có các cột số, ký hiệu; ngày; cơ quan ban hành; trích yếu. Hãy dùng tệp mẫu."), "upload")
    return no_unless(count <= LONGEST_BOOK, "book-too-long", _("Sổ quá 2000 dòng. Hãy tách thành nhiều tệp."), "upload")


def fits_at_once(count: int) -> Verdict:
    return no_unless(0 < count <= AT_ONCE, "too-many-lines", _("Mỗi lần nhập từ 1 đến 20 dòng."), "lines")


def brings_something(count: int) -> Verdict:
    return no_unless(count, "nothing-new", _("Mọi dòng đã có trong sổ, không có gì để nhập."), "lines")


def named_in(line: BookLine) -> list[str]:
    """The units that a line names: who issued, who takes part."""
    return [text for text in (line.issuer, *_PARTS.split(line.parties)) if text.strip()]


def bases_in(line: BookLine) -> list[str]:
    return [text for text in _BASES.split(line.basis) if text.strip()]


def settle(lines: Sequence[BookLine], known: Known, cleared: Cleared) -> list[Settled]:
    """Judge every line; later lines also against the earlier ones of the same book."""
    met: dict[tuple[int, int, int, str], int] = {}
    settled = []
    for line in lines:
        one = Settled(line)
        _read_head(one, known)
        _read_kind(one, cleared)
        _read_validity(one)
        _read_units(one, known)
        _read_bases(one, known)
        _compare(one, known, met)
        settled.append(one)
    return settled


def _read_head(one: Settled, known: Known) -> None:
    one.numbered, verdict = read_number(one.line.number)
    one.doubt(verdict, "number")
    one.issued_on = day_of(one.line.issued_on)
    if one.issued_on is None:
        one.doubt(Verdict("no-day", _("Không đọc được ngày ban hành. Hãy ghi như 05/03/2026."), offer=None), "issued_on")
    else:
        one.doubt(issued_in_time(one.issued_on, known.today), "issued_on")
    one.doubt(no_unless(one.line.title, "title-missing", _("Ghi trích yếu của văn bản.")), "title")
    one.doubt(no_unless(len(one.line.title) <= LONGEST[Purpose.TITLE], "title-too-long", _("Trích yếu dài nhất 300 chữ cái.")), "title")


def _read_kind(one: Settled, cleared: Cleared) -> None:
    said = fold(one.line.kind)
    labels = {fold(str(kind.label)): kind for kind in AgreementKind}
    found = labels.get(said) or _KIND_WORDS.get(said) or (None if said else kind_of(one.numbered.symbol) if one.numbered else None)
    if found is None:
        one.doubt(Verdict("no-such-kind", _("Chọn loại văn bản.")), "kind", [(str(kind.label), str(kind.label)) for kind in AgreementKind])
        return
    one.kind = found
    one.doubt(
        no_unless(
            found not in PLANS or (cleared.by.strip() and cleared.on),
            "not-cleared",
            _("Kế hoạch, phương án cần ghi cơ quan và ngày xác định không thuộc danh mục bí mật: điền hai ô ở đầu trang."),
        ),
        "kind",
    )


def _read_validity(one: Settled) -> None:
    """ "15/01/2024", "từ 01/01/2024 đến 31/12/2024", "năm 2024"; nothing: from the day it was issued."""
    said = one.line.valid
    days = [day_of(text) for text in _DAY.findall(said)]
    if year := _YEAR.match(fold(said)):
        one.valid_from, one.valid_until = date(int(year.group(1)), 1, 1), date(int(year.group(1)) + 1, 1, 1)
    elif not said:
        one.valid_from = one.issued_on
    elif not days or None in days or len(days) > 2:
        one.doubt(Verdict("validity-unreadable", _("Ghi hiệu lực như: 15/01/2024; 01/01/2024 - 31/12/2024; hoặc năm 2024.")), "valid")
    else:
        one.valid_from = days[0]
        one.valid_until = days[1] + timedelta(days=1) if len(days) == 2 and days[1] else None
    ends = one.valid_from is None or one.valid_until is None or one.valid_until > one.valid_from
    one.doubt(no_unless(ends, "ends-before-start", _("Ngày hết hiệu lực phải sau ngày có hiệu lực.")), "valid")


def _read_units(one: Settled, known: Known) -> None:
    """Who issued it (nobody said: the own unit), and the parties; the own unit is always one."""
    one.issuer = _unit(one, known, one.line.issuer, "issuer") if one.line.issuer else known.own
    one.parties = [known.own]
    for text in _PARTS.split(one.line.parties):
        unit = _unit(one, known, text, "parties") if text.strip() else None
        if unit is not None and unit not in one.parties:
            one.parties.append(unit)
    few = one.kind in JOINT and len(one.parties) < 2
    one.doubt(no_unless(not few, "too-few-sign", _("Quy chế, chương trình liên tịch cần ít nhất hai bên. Ghi các bên, cách nhau dấu chấm phẩy.")), "parties")


def _unit(one: Settled, known: Known, text: str, name: str) -> Unit | None:
    named = known.units.get(text, Named())
    if named.sure is None:
        offers = [(_instead(one.line, name, text, unit.name), f"{unit.name}") for unit in named.choices[:6]]
        said = {"text": text}
        reason = _("“%(text)s” có thể là nhiều đơn vị. Chọn một.") if offers else _("Không thấy đơn vị “%(text)s”. Ghi tên đầy đủ.")
        one.doubt(Verdict("unit-doubtful" if offers else "no-such-unit", reason % said), name, offers)
    return named.sure


def _instead(line: BookLine, name: str, text: str, unit: str) -> str:
    """The whole cell with the doubtful part replaced."""
    return unit if name == "issuer" else "; ".join(unit if part == text else part for part in _PARTS.split(line.parties) if part.strip())


def _read_bases(one: Settled, known: Known) -> None:
    for text in bases_in(one.line):
        basis = known.bases.get(text)
        if basis is None:
            rest = "; ".join(other for other in bases_in(one.line) if other != text)
            one.doubt(
                Verdict(
                    "basis-unknown", _("Chưa có “%(text)s” trong danh mục văn bản pháp lý và trong sổ. Thêm vào danh mục trước, hoặc bỏ.") % {"text": text}
                ),
                "basis",
                [(rest, str(_("bỏ căn cứ này")))],
            )
        elif basis.key not in {b.key for b in one.bases}:
            one.bases.append(basis)


def _compare(one: Settled, known: Known, met: dict[tuple[int, int, int, str], int]) -> None:
    if one.numbered is None or one.issued_on is None or one.issuer is None:
        return
    key = (one.issuer.pk, one.issued_on.year, one.numbered.number, letters_of(one.numbered.symbol))
    entries = known.documents.get(key, ())
    one.there = next((entry.code for entry in entries if entry.mine), "")
    if not one.there:
        one.elsewhere = number_is_free(entries, one.issued_on.year, one.issuer.pk == known.own.pk)
    if not one.there and (first := met.setdefault(key, one.line.n)) != one.line.n:
        one.doubt(Verdict("line-twice", _("Dòng %(n)d đã có số này. Sửa số, hoặc xóa một trong hai dòng.") % {"n": first}), "number")
