"""What an agreement implements, amends or replaces: no circle, nothing twice, and a word of warning where a basis has lapsed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.text import fold
from phoihop.kernel.verdict import YES, Verdict, first_no, no_unless

from ..models import Agreement, Instrument, LinkKind, Version
from .versions import is_sent

MOST = 40
LONGEST_CITED = 500


@dataclass(frozen=True, slots=True)
class BasisDraft:
    """One thing that the agreement stands on: an instrument, an earlier agreement of the register, or (``cited``) what neither has, as the text says it."""

    kind: str
    instrument: Instrument | None = None
    earlier: Agreement | None = None
    cited: str = ""

    @property
    def key(self) -> tuple[str, int, int, str]:
        return self.kind, self.instrument.pk if self.instrument else 0, self.earlier.pk if self.earlier else 0, fold(self.cited)


@dataclass(frozen=True, slots=True)
class Lapse:
    """A basis that is not in force any more: its name, since when (None: not known) and what replaced it."""

    name: str
    since: date | None = None
    replaced_by: str = ""


def not_sent(version: Version) -> Verdict:
    return no_unless(not is_sent(version), "bases-sent", _("Các bên đã nhận bản này cùng căn cứ của nó. Hãy sửa văn bản để mở bản mới, rồi sửa căn cứ."))


def fits_bases(drafts: Sequence[BasisDraft]) -> Verdict:
    """Each is one thing of one kind, none stands twice."""
    seen: set[tuple[str, int, int, str]] = set()
    for n, draft in enumerate(drafts):
        verdict = _fits(draft, draft.key in seen).at(f"bases.{n}")
        if not verdict:
            return verdict
        seen.add(draft.key)
    return no_unless(len(drafts) <= MOST, "too-many-bases", _("Nhiều nhất 40 căn cứ."), "bases")


def _fits(draft: BasisDraft, twice: bool) -> Verdict:
    return first_no(
        no_unless(draft.kind in LinkKind.values, "no-such-link", _("Quan hệ giữa hai văn bản không có trong danh mục.")),
        no_unless(
            [draft.instrument is None, draft.earlier is None, not draft.cited.strip()].count(False) == 1,
            "basis-of-one",
            _("Mỗi căn cứ là một văn bản pháp lý, một văn bản trong sổ, hoặc nguyên văn của một căn cứ ngoài sổ."),
        ),
        no_unless(len(draft.cited) <= LONGEST_CITED, "cited-too-long", _("Căn cứ ghi nguyên văn dài nhất 500 chữ cái.")),
        no_unless(not twice, "basis-twice", _("Căn cứ này đã ghi rồi.")),
    )


def not_circular(agreement_id: int, draft: BasisDraft, stands_on: frozenset[int], name: str) -> Verdict:
    """``stands_on``: every agreement that the earlier one rests on, itself among them."""
    return first_no(
        no_unless(draft.earlier is None or draft.earlier.pk != agreement_id, "basis-of-itself", _("Một văn bản không làm căn cứ cho chính nó.")),
        no_unless(
            draft.earlier is None or agreement_id not in stands_on,
            "basis-circular",
            _("%(name)s đã dựa trên văn bản này, nên không thể làm căn cứ cho nó.") % {"name": name},
        ),
    )


def may_replace(draft: BasisDraft, over: bool, all_sign: bool, name: str) -> Verdict:
    """Nobody ends alone what others have signed, its lead neither: it is replaced by a text that all who signed it sign. ``over``: it holds no more."""
    return no_unless(
        draft.kind != LinkKind.REPLACES or draft.earlier is None or over or all_sign,
        "replaces-others",
        _("%(name)s có bên khác cùng ký: chỉ văn bản mà mọi bên đã ký %(name)s cùng ký mới thay thế được.") % {"name": name},
    )


def replaces_the_same(agreed: bool, former: Collection[int], drafts: Sequence[BasisDraft]) -> Verdict:
    """What a text replaces stops holding with it: a text that is agreed takes no other's place, nor gives one back, by what only its lead writes."""
    now = {d.earlier.pk for d in drafts if d.kind == LinkKind.REPLACES and d.earlier is not None}
    return no_unless(
        not agreed or now == set(former),
        "replaces-fixed",
        _("Văn bản đã được các bên ký thì không đổi các văn bản mà nó thay thế. Hãy lập văn bản mới."),
        "bases",
    )


def basis_stands(draft: BasisDraft, lapse: Lapse | None) -> Verdict:
    """A basis that has lapsed is a question, and says what replaced it. What is being replaced or amended may well have lapsed."""
    if lapse is None or draft.kind != LinkKind.IMPLEMENTS:
        return YES
    said = {"name": lapse.name, "by": lapse.replaced_by}
    if lapse.replaced_by:
        reason = _("%(name)s đã được %(by)s thay thế. Hãy căn cứ văn bản mới; nếu vẫn giữ căn cứ này thì xác nhận.") % said
    else:
        reason = _("%(name)s đã hết hiệu lực. Nếu vẫn giữ căn cứ này thì xác nhận.") % said
    return Verdict("basis-lapsed", reason, offer=lapse.replaced_by or None, asks=True, answer=lapse.name)
