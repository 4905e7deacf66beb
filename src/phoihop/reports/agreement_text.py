"""An agreement as a legal document under Decree 30/2020/NĐ-CP: its text with one signature block for each body, the leading one first.

Always in Vietnamese. Clauses keep the numbers under which they were agreed. Until it is laid before the parties for signing it is a draft
(*DỰ THẢO*) and says so: what is signed elsewhere must not. The digest of the text stands at the foot of each page, so that a PDF signed elsewhere names what it signs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from phoihop.domain.agreements.models import Agreement, AgreementKind, Clause, LinkKind, SignWay, Version
from phoihop.domain.agreements.queries.agreement import PartyLine, written
from phoihop.domain.agreements.queries.bases import Link
from phoihop.domain.agreements.queries.heads import kind_of
from phoihop.domain.agreements.queries.plans import Arranged
from phoihop.domain.agreements.queries.versions import clauses_of, digest_now
from phoihop.domain.agreements.rules.redline import Written
from phoihop.domain.forces.models import Unit
from phoihop.domain.forces.queries.units import letterhead_of
from phoihop.kernel.figures_text import day as day_text
from phoihop.kernel.period import local_day
from phoihop.kernel.text import nfc
from phoihop.papers.document import Block, Document, Issued, Issuer, Paragraph, Run, Signature

from .agreement_annex import annex
from .signers import signature_for

KIND_WORDS: dict[str, tuple[str, ...]] = {
    AgreementKind.REGULATION: ("Quy chế", "Quy định"),
    AgreementKind.JOINT_PROGRAMME: ("Chương trình", "Kế hoạch"),
    AgreementKind.ANNUAL: ("Kế hoạch",),
    AgreementKind.THEMATIC: ("Kế hoạch",),
    AgreementKind.EVENT: ("Kế hoạch", "Phương án"),
    AgreementKind.CONTINGENCY: ("Phương án", "Kế hoạch"),
    AgreementKind.SCHEME: ("Đề án",),
    AgreementKind.ACTION: ("Chương trình", "Kế hoạch"),
    AgreementKind.RESOLUTION: ("Nghị quyết",),
    AgreementKind.DIRECTIVE: ("Chỉ thị", "Hướng dẫn", "Công văn", "Thông báo"),
    AgreementKind.APPRAISAL: ("Dự án", "Tờ trình", "Báo cáo"),
}
"""Kinds of documents as NĐ 30/2020, Art. 7, names them; the first is meant where the title begins with none."""

_GONE = "(nội dung đã thu hồi hoặc hết hạn giữ)"


def agreement_document(
    a: Agreement, version: Version, lines: Sequence[PartyLine], there: Arranged, links: Sequence[Link], today: date, *, demo: bool
) -> Document:
    """The document of one version. ``lines``: the parties with what each has signed of this version; ``there``: what a plan lays down beside
    its clauses, and ``links``: what it stands on (``queries.bases.links_of``), as far as the reader sees them.
    """
    kind, abstract = titled(kind_of(version), version.title.text if version.title else "")
    signing = [line for line in lines if line.party.signs]
    named = list(_named(links))
    issued = a.issued_on or version.agreed_on
    head = letterhead_of(a.issuer, issued or today)
    place = head.place if head else a.issuer.area.name
    return Document(
        kind=kind,
        abstract=abstract,
        body=(*_body(version), *_closing(kind, named, written(version)), *_approved(lines)),
        issuers=tuple(_issuer(line.party.unit, today) for line in signing),
        number=a.number,
        symbol=a.symbol,
        issued=Issued.on(place, issued) if issued else Issued(place, today.year),
        bases=tuple(_bases(named)),
        signatures=tuple(_signature(line, today) for line in signing),
        recipients=tuple(line.party.unit.name for line in lines),
        archive=head.archive if head else "VT",
        appendices=annex(there, today),
        foot=f"{a.matter.code}, bản {version.number}. Giá trị băm của nguyên văn (SHA-256): {digest_now(version)}",
        demo=demo,
        draft=version.signing_at is None,
    )


def titled(kind: str, title: str) -> tuple[str, str]:
    """The kind of document as it is headed, and the rest of the title below it."""
    words = KIND_WORDS[kind]
    for word in words:
        if title.casefold().startswith(word.casefold() + " "):
            rest = title[len(word) :].strip()
            return word, rest[:1].upper() + rest[1:]
    return words[0], title


def _issuer(unit: Unit, on: date) -> Issuer:
    head = letterhead_of(unit, on)
    return Issuer(head.issuer, head.superior) if head else Issuer(unit.name)


@dataclass(frozen=True, slots=True)
class _Named:
    """A text that this one implements, amends or replaces (``kind``), as a document names it; ``mark``: what tells it in other words, its number."""

    kind: str
    name: str
    mark: str


def _named(links: Sequence[Link]) -> Iterable[_Named]:
    """What the reader may not see of the register is named by its code alone."""
    for link in links:
        basis = link.basis
        if basis.instrument is not None:
            one = basis.instrument
            yield _Named(basis.kind, f"{one.get_kind_display()} số {one.number} của {one.issuer} {one.title}", one.number)
        elif basis.cited is not None:
            yield _Named(basis.kind, basis.cited.text or _GONE, basis.cited.text)
        else:
            yield _Named(basis.kind, f"{link.title} ({link.name})" if link.title else f"văn bản mã {link.code}", link.name)


def _bases(named: Sequence[_Named]) -> Iterable[str]:
    """What it stands on. What it amends or replaces is no basis of it."""
    return (f"Căn cứ {one.name}" for one in named if one.kind == LinkKind.IMPLEMENTS)


def _closing(kind: str, named: Sequence[_Named], clauses: Sequence[Written]) -> Iterable[Block]:
    """What the closing article of a document says: what it amends, what it replaces. Clauses are printed as they were agreed, so it stands below the
    last of them; not again where a clause says so.
    """
    said = nfc(" ".join(c.text for c in clauses)).casefold()
    for link, verb in ((LinkKind.AMENDS, "sửa đổi, bổ sung"), (LinkKind.REPLACES, "thay thế")):
        if names := [one.name for one in named if one.kind == link and not (one.mark and nfc(one.mark).casefold() in said)]:
            yield Paragraph(f"{kind} này {verb} {'; '.join(names)}.")


def _body(version: Version) -> Iterable[Block]:
    for clause in clauses_of(version):
        yield from _clause(clause)


def _approved(lines: Sequence[PartyLine]) -> Iterable[Block]:
    for line in lines:
        if line.approval is not None:
            decided = day_text(line.approval.decided_on)
            yield Paragraph(f"(Được {line.party.unit.name} phê duyệt tại Quyết định số {line.approval.number} ngày {decided}.)")


def _clause(c: Clause) -> Iterable[Block]:
    heading, text = c.heading.text if c.heading else "", c.text.text if c.text else ""
    if (c.heading and c.heading.erased_at) or (c.text and c.text.erased_at):
        text = text or _GONE
    if c.depth == 0:
        yield Paragraph(Run(c.label.upper(), bold=True), "center")
        if heading:
            yield Paragraph(Run(heading.upper(), bold=True), "center")
    else:
        paragraphs = text.splitlines() or [""]
        label = Run(f"{c.label}{'' if c.label.endswith(('.', ')')) else '.'} ", bold=c.depth == 1)
        if heading:
            yield Paragraph((label, Run(heading, bold=True)))
        elif paragraphs[0]:
            yield Paragraph((label, paragraphs.pop(0)))
        text = "\n".join(paragraphs)
    for line in text.splitlines():
        if line.strip():
            yield Paragraph(line.strip())


def _signature(line: PartyLine, today: date) -> Signature:
    """A block for the body. What was confirmed here says so; what is signed by hand or elsewhere is left free."""
    unit = line.party.unit
    head = letterhead_of(unit, today)
    return signature_for(head, body=head.issuer if head else unit.name, name=_signed(line))


def _signed(line: PartyLine) -> str:
    s = line.signature
    if s is None or s.way != SignWay.KEY or s.key is None:
        return ""
    return f"(đã xác nhận ngày {day_text(local_day(s.at))}, khóa {s.key.public[:8]})"
