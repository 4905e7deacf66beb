"""Legal instruments as they ship, what a node adds, and whether one is in force on a day."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from phoihop.kernel import packaged
from phoihop.kernel.text import fold, nfc
from phoihop.kernel.verdict import Verdict, first_no, no_unless

from ...people.models import Post
from ...people.rules import allowed
from ..models import Instrument, InstrumentKind, LinkKind

PACKAGE = "phoihop.domain.agreements"


@dataclass(frozen=True, slots=True)
class InstrumentDraft:
    """An instrument as it is to stand in the register. Days that are not known stay empty."""

    kind: str
    number: str
    issuer: str
    title: str
    source: str
    issued_on: date | None = None
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class LinkDraft:
    """``later`` and ``earlier`` are codes."""

    later: str
    earlier: str
    kind: str
    since: date | None = None


class Standing(StrEnum):
    """How an instrument stands on a day. *Replaced*: by another one, on a day that may not be known."""

    IN_FORCE = "in-force"
    NOT_YET = "not-yet"
    LAPSED = "lapsed"
    REPLACED = "replaced"


STANDING_NAMES = {
    Standing.IN_FORCE: _("còn hiệu lực"), Standing.NOT_YET: _("chưa có hiệu lực"), Standing.LAPSED: _("hết hiệu lực"), Standing.REPLACED: _("đã được thay thế"),
}  # fmt: skip


def shipped() -> tuple[Mapping[str, InstrumentDraft], Sequence[LinkDraft]]:
    """The instruments that come with the program, by code, and what each does to earlier ones."""
    drafts = {
        r["code"]: InstrumentDraft(
            r["kind"], r["number"], r["issuer"], r["title"], r["source"], _day(r["issued_on"]), _day(r["valid_from"]), _day(r["valid_until"])
        )
        for r in packaged.rows(PACKAGE, "instruments")
    }
    links = [LinkDraft(r["later"], r["earlier"], r["kind"], _day(r["since"])) for r in packaged.rows(PACKAGE, "instrument_links")]
    return drafts, links


def fields_of(d: InstrumentDraft) -> dict[str, Any]:
    """A draft as the record keeps it."""
    words = fold(f"{d.number} {d.title} {d.issuer}")[:400]
    return {
        "kind": d.kind, "number": nfc(d.number).strip(), "issuer": nfc(d.issuer).strip(), "title": nfc(d.title).strip(), "folded": words,
        "issued_on": d.issued_on, "valid_from": d.valid_from, "valid_until": d.valid_until, "source": nfc(d.source).strip(),
    }  # fmt: skip


def differs(record: Instrument, said: Mapping[str, Any]) -> dict[str, Any]:
    """What the packaged list says otherwise than the record. A day that it does not know is left to the node."""
    return {name: value for name, value in said.items() if value is not None and getattr(record, name) != value}


def hold_together(codes: Collection[str], links: Iterable[LinkDraft]) -> Verdict:
    """Every link joins two instruments that are there, and none leads back to where it began."""
    after: dict[str, set[str]] = {}
    for link in links:
        if not {link.later, link.earlier} <= set(codes):
            return Verdict("no-instrument", _("Quan hệ %(later)s – %(earlier)s nêu văn bản không có.") % {"later": link.later, "earlier": link.earlier})
        after.setdefault(link.later, set()).add(link.earlier)
        if leads_to(after, link.earlier, link.later):
            return circle(link.later)
    return Verdict()


def leads_to(after: Mapping[str, Collection[str]], start: str, goal: str) -> bool:
    """Whether one comes from ``start`` to ``goal`` along the links."""
    seen, front = set[str](), {start}
    while front:
        if goal in front:
            return True
        seen |= front
        front = {there for one in front for there in after.get(one, ())} - seen
    return False


def circle(number: object) -> Verdict:
    return Verdict("basis-circular", _("%(number)s sẽ thành căn cứ của chính nó qua các văn bản khác. Bỏ một căn cứ.") % {"number": number}, "earlier")


def code_of(draft: InstrumentDraft) -> str:
    """A code out of kind and number: ``nd-03-2019-nd-cp`` of 03/2019/NĐ-CP that a node adds itself."""
    return f"{draft.kind}-{re.sub(r'[^a-z0-9]+', '-', fold(draft.number)).strip('-')}"[:40]


def may_manage(post: Post, on: date) -> Verdict:
    return allowed(post, "instrument.manage", on)


def fits_instrument(draft: InstrumentDraft, taken: bool) -> Verdict:
    """``taken``: another instrument of this kind bears the number."""
    return first_no(
        no_unless(draft.kind in InstrumentKind.values, "no-such-kind", _("Loại văn bản không có trong danh mục."), "kind"),
        no_unless(draft.number.strip() and len(draft.number) <= 40, "number-missing", _("Ghi số, ký hiệu của văn bản, nhiều nhất 40 chữ cái."), "number"),
        no_unless(not taken, "instrument-twice", _("Văn bản này đã có trong danh mục."), "number"),
        no_unless(draft.issuer.strip(), "issuer-missing", _("Ghi cơ quan ban hành."), "issuer"),
        no_unless(len(draft.issuer) <= 120, "text-too-long", _("Tên cơ quan dài nhất 120 chữ cái."), "issuer"),
        no_unless(draft.title.strip(), "title-missing", _("Ghi trích yếu của văn bản."), "title"),
        no_unless(len(draft.title) <= 300, "text-too-long", _("Trích yếu dài nhất 300 chữ cái."), "title"),
        no_unless(draft.source.strip(), "source-missing", _("Ghi nguồn: văn bản này xem ở đâu."), "source"),
        no_unless(len(draft.source) <= 120, "text-too-long", _("Nguồn dài nhất 120 chữ cái."), "source"),
        ends_after_start(draft.valid_from, draft.valid_until),
    )


def ends_after_start(first: date | None, until: date | None) -> Verdict:
    return no_unless(first is None or until is None or until > first, "ends-before-start", _("Ngày hết hiệu lực phải sau ngày có hiệu lực."), "valid_until")


def fits_link(kind: str, same: bool, back: bool, there: bool, number: str) -> Verdict:
    """``same``: both are one; ``back``: the earlier leads to the later already; ``there``: it is linked like this."""
    return first_no(
        no_unless(kind in LinkKind.values, "no-such-link", _("Quan hệ giữa hai văn bản không có trong danh mục."), "kind"),
        no_unless(not same, "basis-of-itself", _("Một văn bản không làm căn cứ cho chính nó."), "earlier"),
        no_unless(not there, "link-twice", _("Quan hệ này đã ghi rồi."), "earlier"),
        circle(number) if back else Verdict(),
    )


def standing(instrument: Instrument, replaced: bool, on: date) -> Standing:
    """``replaced``: another instrument replaced it, on a day before or one that is not known."""
    if instrument.valid_until is not None and instrument.valid_until <= on:
        return Standing.REPLACED if replaced else Standing.LAPSED
    if replaced:
        return Standing.REPLACED
    return Standing.NOT_YET if instrument.valid_from is not None and instrument.valid_from > on else Standing.IN_FORCE


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
