"""Fields in which units, bases and documents are written by name, a line each; what is not understood is said with the line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from phoihop.domain.agreements.models import Agreement, LinkKind
from phoihop.domain.agreements.queries.instruments import by_number
from phoihop.domain.agreements.queries.listed import register
from phoihop.domain.agreements.rules.basis import BasisDraft
from phoihop.domain.agreements.rules.numbering import letters_of, read_number
from phoihop.domain.forces.models import Unit
from phoihop.domain.people.models import Post
from phoihop.kernel import spoken

from ..forms import Form, Unclear
from ..patrols.named import Reader

ONE_A_LINE = lazy("Mỗi dòng một đơn vị; gõ vài chữ, tên cũ, tên tắt cũng hiểu.")
BASES = {
    "bases": (LinkKind.IMPLEMENTS, lazy("Căn cứ, thực hiện")),
    "amends": (LinkKind.AMENDS, lazy("Sửa đổi, bổ sung")),
    "replaces": (LinkKind.REPLACES, lazy("Thay thế")),
}  # fmt: skip
_QUOTED = re.compile(r"[“\"]([^“”\"]+)[”\"]")


def lines(rows: int = 2) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def written(text: str) -> list[str]:
    """The lines of a field that say something; a semicolon ends a line, too."""
    return [line.strip() for line in text.replace(";", "\n").splitlines() if line.strip()]


def units_in(text: str, reader: Reader, day: date) -> list[Unit]:
    """The units of a field. Raises ValidationError with the line that names none, or several."""
    found: list[Unit] = []
    for line in written(text):
        try:
            unit = reader.unit(line, day)
        except Unclear as unclear:
            meant = "; ".join(words for _value, words in unclear.offers)  # a field of several lines has no place for buttons
            raise forms.ValidationError(f"{unclear.messages[0]} {_('Có phải:')} {meant}" if meant else unclear.messages[0], code=unclear.code) from unclear
        if unit not in found:
            found.append(unit)
    return found


def bases_in(text: str, kind: str, post: Post, day: date) -> list[BasisDraft]:
    """The bases of a field; a line in quotation marks keeps its words. Raises ValidationError with the line that names nothing known here."""
    known = by_number(written(text))
    found = []
    for line in written(text):
        if quoted := _QUOTED.fullmatch(line):
            found.append(BasisDraft(kind, cited=quoted[1].strip()))
            continue
        earlier = None if line in known else document(line, post, day)
        if line not in known and earlier is None:
            said = _(
                "“%(line)s”: chưa có trong danh mục văn bản pháp lý, cũng không thấy trong sổ. "
                "Kiểm tra số, thêm vào danh mục trước, hoặc đặt cả dòng trong ngoặc kép để giữ nguyên văn."
            )
            raise forms.ValidationError(said % {"line": line}, code="basis-unknown")
        found.append(BasisDraft(kind, known.get(line), earlier))
    return found


def document(text: str, post: Post, day: date) -> Agreement | None:
    """A document of the register that the post sees, by its spoken code or its number."""
    rows = register(post, day).select_related("matter__title", "matter__lead")
    if (code := spoken.parse(text)) is not None:
        return rows.filter(matter__code=str(code)).first()
    numbered, _verdict = read_number(text)
    same = rows.filter(number=numbered.number).order_by("-issued_on") if numbered else ()
    return next((a for a in same if numbered and a.letters == letters_of(numbered.symbol)), None)


class BasesMixin(Form):
    """Three fields for what a document stands on. What is refused of a basis stands at the field in which it was written (``Form.stands_for``)."""

    bases = forms.CharField(
        label=BASES["bases"][1],
        required=False,
        widget=lines(3),
        help_text=lazy(
            "Mỗi dòng một văn bản: số, ký hiệu (Nghị định 03/2019/NĐ-CP), hoặc mã trong sổ. Dòng trong ngoặc kép “…” là căn cứ ngoài sổ, giữ nguyên văn."
        ),
    )
    amends = forms.CharField(label=BASES["amends"][1], required=False, widget=lines(1))
    replaces = forms.CharField(label=BASES["replaces"][1], required=False, widget=lines(1))

    def read_bases(self, post: Post, day: date) -> list[BasisDraft]:
        """Every basis that is written; a line that names nothing stands as an error at its field."""
        found: list[BasisDraft] = []
        for name, (kind, _label) in BASES.items():
            before = len(found)
            try:
                found += bases_in(self.cleaned_data.get(name, ""), kind, post, day)
            except forms.ValidationError as unknown:
                self.add_error(name, unknown)
            self.stands_for = {**self.stands_for, **{f"bases.{n}": name for n in range(before, len(found))}}
        return found


def filled(bases: Any) -> dict[str, str]:
    """What the three fields hold of bases that are there."""
    texts: dict[str, list[str]] = {kind: [] for kind, _label in BASES.values()}
    for link in bases:
        texts[link.basis.kind].append(link.name if link.basis.instrument_id else link.code or _quoted(link.name))
    return {name: "\n".join(texts[kind]) for name, (kind, _label) in BASES.items()}


def drafted(bases: Iterable[BasisDraft]) -> dict[str, str]:
    """The same, of bases that are only proposed."""
    texts: dict[str, list[str]] = {kind: [] for kind, _label in BASES.values()}
    for d in bases:
        texts[d.kind].append(d.instrument.number if d.instrument else d.earlier.matter.code if d.earlier else _quoted(d.cited))
    return {name: "\n".join(texts[kind]) for name, (kind, _label) in BASES.items()}


def _quoted(words: str) -> str:
    plain = re.sub(r"[“”;\"]+", " ", words)
    return f"“{plain}”"
