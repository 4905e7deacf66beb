"""What an agreement says, as the index takes it: title and number, the text that its parties were sent, the words in its files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from phoihop.domain.agreements.models import Agreement, Clause, Version
from phoihop.domain.agreements.queries.numbers import name_of
from phoihop.domain.matters.models import Attachment, MatterKind, Purpose
from phoihop.kernel.gates.files import texts_in
from phoihop.kernel.upload import Upload

from .index import Entry
from .words import indexed

KINDS = (MatterKind.AGREEMENT, MatterKind.PLAN, MatterKind.CONTINGENCY)
_FILES = (Purpose.FILE, Purpose.CLAUSE)


@dataclass(slots=True)
class Said:
    """A document, gathered."""

    agreement: Agreement
    clauses: list[str] = field(default_factory=list)
    files: list[tuple[int, str]] = field(default_factory=list)

    @property
    def told(self) -> str:
        return ",".join(str(pk) for pk, _name in self.files)


def gathered(matters: Sequence[int]) -> list[Said]:
    """The agreements among these matters with their clauses and the names of their files: four queries for all."""
    found = {a.matter_id: Said(a) for a in Agreement.objects.filter(matter__in=matters).select_related("matter__title", "issuer")}
    by_agreement = {said.agreement.pk: said for said in found.values()}
    versions = sent_versions(list(by_agreement))
    rows = Clause.objects.filter(version__in=versions.values()).order_by("version", "order")
    for agreement, label, heading, text in rows.values_list("version__agreement", "label", "heading__text", "text__text"):
        by_agreement[agreement].clauses.append(" ".join(filter(None, (label, heading, text))))
    files = Attachment.objects.filter(matter__in=found, purpose__in=_FILES, erased_at=None).order_by("pk")
    for matter, pk, name in files.values_list("matter", "pk", "name__text"):
        found[matter].files.append((pk, name))
    return list(found.values())


def sent_versions(agreements: Sequence[int]) -> dict[int, int]:
    """By agreement the key of the text that is searched: the last one that was sent to its parties; while none was, the draft, which only its lead sees."""
    rows = list(Version.objects.filter(agreement__in=agreements).order_by("number").values_list("agreement", "pk", "opinions_at", "signing_at"))
    sent = {agreement: pk for agreement, pk, opinions_at, signing_at in rows if opinions_at or signing_at}
    return {agreement: pk for agreement, pk, *_sent in rows} | sent


def entries(found: Sequence[Said], told: dict[int, str]) -> Iterator[Entry]:
    """Each document as it goes into the index. Files are read again only where they are others than the index was told."""
    for said in found:
        a = said.agreement
        head = " ".join((a.matter.code, name_of(a), a.matter.title.text if a.matter.title else "", a.issuer.name))
        same = told.get(a.matter_id) == said.told
        yield Entry(a.matter_id, indexed(head), indexed("\n".join(said.clauses)), None if same else indexed(_words_of(said)), said.told)


def _words_of(said: Said) -> str:
    kept = Attachment.objects.filter(pk__in=[pk for pk, _name in said.files]).select_related("name").order_by("pk")
    return "\n".join(f"{file.name.text}\n{_text_of(file)}" for file in kept)


def _text_of(file: Attachment) -> str:
    return "\n".join(texts_in(Upload("", bytes(file.content)))) if file.content is not None else ""
