"""The versions of a text: which one is being worked upon, which one holds on a day, and the form of each that is signed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from itertools import groupby

from django.db.models import F, Q, QuerySet

from ...people.models import Post
from ..models import Agreement, Clause, Version
from ..rules.canonical import CITED, Head, digest_of, form
from ..rules.labels import is_article, whole_labels
from ..rules.versions import is_apart
from .annex import annex_of
from .heads import areas_of, head_laid, parties_of


def current(agreement: Agreement) -> Version:
    """The version being worked upon, or the last one that was."""
    return Version.objects.select_related("title", "change").filter(agreement=agreement).order_by("-number")[0]


def versions_seen(viewer: Post, agreement: Agreement) -> QuerySet[Version]:
    """All versions for who leads the text; what is still being written is nobody else's to read."""
    return Version.objects.filter(readable(viewer), agreement=agreement)


def readable(viewer: Post) -> Q:
    """The condition on a version that the viewer may read it: its unit leads the text, or it was sent."""
    return Q(agreement__matter__lead=viewer.unit_id) | ~Q(opinions_at=None, signing_at=None)


def shown_to(viewer: Post, agreement: Agreement) -> Version:
    """The newest version that the viewer may read. Whether a text of which nothing was sent is seen at all, ``seen_agreements`` says."""
    newest = versions_seen(viewer, agreement).select_related("title", "change").order_by("-number").first()
    return newest or current(agreement)


def readable_on(viewer: Post, agreement: Agreement, day: date) -> Version:
    """The text that holds on a day; before one does, the newest that the viewer may read."""
    return version_on(agreement, day) or shown_to(viewer, agreement)


def version_on(agreement: Agreement, day: date) -> Version | None:
    """The text that holds on a day: of those agreed and begun by then, the last. Whether the agreement is in force at all: ``standing``."""
    begun = Q(valid_from=None) | Q(valid_from__lte=day)
    return Version.objects.filter(begun, agreement=agreement, agreed_on__lte=day).order_by("-number").first()


def last_agreed(agreement: Agreement) -> Version | None:
    """The text that was agreed last: what is ticked off, and told of how it went, is of that."""
    return Version.objects.filter(agreement=agreement, agreed_on__isnull=False).order_by("-number").first()


def clauses_of(version: Version) -> QuerySet[Clause]:
    """The clauses in order, with their texts, duties and the units and forces of these."""
    return (
        Clause.objects.filter(version=version)
        .select_related("heading", "text")
        .prefetch_related("duties__roles__unit", "duties__roles__force")
        .order_by("order")
    )


def names_of(clauses: Collection[Clause]) -> dict[int, str]:
    """How each clause is called where it stands alone (*khoản 2 Điều 5*), by its key. One query at most, whatever the number of texts."""
    found = {c.pk: c.label for c in clauses}
    versions = {c.version_id for c in clauses if not is_article(c.label)}
    if not versions:
        return found
    rows = Clause.objects.filter(version__in=versions).order_by("version", "order").values_list("version", "pk", "depth", "label")
    for _version, some in groupby(rows, key=lambda row: row[0]):
        there = list(some)
        found |= zip((pk for _v, pk, _d, _l in there), whole_labels((depth, label) for _v, _pk, depth, label in there), strict=True)
    return found


def canonical_of(version: Version) -> str:
    """The form as it was sent; of a draft, as it is now."""
    return version.canonical or form(head_of(version), clauses_of(version))


def digest_now(version: Version) -> str:
    return version.digest or digest_of(canonical_of(version))


def head_of(version: Version) -> Head:
    """The head of a version that is still a draft."""
    a, parties = version.agreement, sorted(parties_of(version), key=lambda p: (p.order, p.pk or 0))
    bases = (version.draft_bases if is_apart(version) else a.bases).values_list("kind", F("instrument__code"), F("earlier__matter__code"), F("cited__digest"))
    return Head(
        code=a.matter.code,
        number=version.number,
        kind=head_laid(version).kind,
        title=version.title.digest if version.title else "",
        areas=[(area.tree, area.code, area.valid_from.isoformat()) for area in areas_of(version)],
        parties=[(p.unit.key, p.role, p.signs) for p in parties],
        bases=[(kind, instrument or earlier or f"{CITED}{words}") for kind, instrument, earlier, words in bases],
        valid_from=version.valid_from,
        valid_until=version.valid_until,
        review_months=version.review_months,
        approver=next((p.unit.key for p in parties if p.approves), ""),
        annex=annex_of(version),
    )
