"""One agreement as a post sees it: its text, what each party said and signed, its versions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from ...matters.models import Attachment
from ...matters.queries.notes import attachments_of
from ...matters.queries.sight import sighted
from ...matters.rules import OPENS, Facet
from ...people.models import Post
from ..models import Agreement, AgreementParty, Approval, Clause, Declining, Dissemination, Opinion, Reservation, Signature, SignWay, Version
from ..rules.parties import PartyState, approver_state, party_state
from ..rules.redline import Written
from ..rules.signing import is_signed
from .heads import parties_of
from .plans import practices_of
from .versions import clauses_of, readable, versions_seen

_ENOUGH = int(min(seen for seen, facets in OPENS.items() if Facet.PARTIES in facets))
"""From this much sight on a text is open: who only knows its title, or its figures, may ask the lead."""


def seen_agreements(viewer: Post, on: date) -> QuerySet[Agreement]:
    """The agreements whose text the viewer may read, annotated with ``sight`` of their matter."""
    rows = sighted(Agreement.objects.all(), viewer, on, "matter").filter(sight__gte=_ENOUGH)
    return rows.select_related("matter__title", "matter__lead__force", "matter__area", "issuer__force")


def found(viewer: Post, code: str, on: date) -> Agreement | None:
    """The agreement of a code, if the viewer may read it."""
    return seen_agreements(viewer, on).filter(matter__code=code).first()


@dataclass(frozen=True, slots=True)
class PartyLine:
    """One party: its opinions on the last version that was sent for them, its signature under the newest one or why it does not sign;
    of who approves it, the decision.
    """

    party: AgreementParty
    opinions: Sequence[Opinion]
    signature: Signature | None
    declining: Declining | None
    state: PartyState
    approval: Approval | None = None

    @property
    def wishes(self) -> list[Opinion]:
        return [o for o in self.opinions if o.text_id is not None]

    @property
    def taken(self) -> int:
        """Wishes taken up as they are."""
        return sum(o.taken == "taken" for o in self.wishes)

    @property
    def partly(self) -> int:
        return sum(o.taken == "partly" for o in self.wishes)

    @property
    def spoke_at(self) -> datetime | None:
        return max((o.at for o in self.opinions), default=None)


def party_lines(a: Agreement, version: Version, now: datetime) -> list[PartyLine]:
    """The parties of this version in the order in which they sign."""
    asked = Version.objects.filter(agreement=a, opinions_at__isnull=False).order_by("-number").first()
    opinions: dict[int, list[Opinion]] = defaultdict(list)
    for o in opinions_on(a).filter(version=asked) if asked else ():
        opinions[o.unit_id].append(o)
    signatures = {s.unit_id: s for s in version.signatures.select_related("by", "key", "signers", "scan__name")}
    declinings = {d.unit_id: d for d in version.declinings.select_related("reason")}
    approval = version.approvals.select_related("by", "scan__name").first()
    parties = parties_of(version)
    all_signed = is_signed(parties, signatures.values())
    lines = []
    for party in parties:
        said, signed = opinions[party.unit_id], signatures.get(party.unit_id)
        if party.approves:
            refused = declinings.get(party.unit_id)
            state = approver_state(stage=a.stage, signed=all_signed, approved=approval is not None, declined=refused is not None)
            lines.append(PartyLine(party, said, None, refused, state, approval))
            continue
        state = party_state(
            role=party.role, signs=party.signs, stage=a.stage, way=signed.way if signed else "", declined=party.unit_id in declinings,
            wishes=sum(o.text_id is not None for o in said), spoken=bool(said), opinions_by=asked.opinions_by if asked else None,
            signing_by=version.signing_by, now=now,
        )  # fmt: skip
        lines.append(PartyLine(party, said, signed, declinings.get(party.unit_id), state))
    return lines


def opinions_on(a: Agreement) -> QuerySet[Opinion]:
    """Every opinion on every version, in the order in which they came."""
    return (
        Opinion.objects.filter(version__agreement=a)
        .select_related("unit__force", "version", "clause", "text", "answer")
        .order_by("version__number", "at", "pk")
    )


def opinions_seen(viewer: Post, on: date) -> QuerySet[Opinion]:
    """The opinions on texts that the viewer may read."""
    return Opinion.objects.filter(version__agreement__in=seen_agreements(viewer, on).values("pk")).select_related(
        "unit__force", "version", "clause", "text", "answer"
    )


def clauses_seen(viewer: Post, on: date) -> QuerySet[Clause]:
    """The clauses of texts that the viewer may read."""
    read = Version.objects.filter(readable(viewer), agreement__in=seen_agreements(viewer, on).values("pk"))
    return Clause.objects.filter(version__in=read).select_related("heading", "text")


def reservations_of(version: Version) -> QuerySet[Reservation]:
    return Reservation.objects.filter(signature__version=version).select_related("signature__unit__force", "clause", "text").order_by("clause__order", "pk")


def versions_of(viewer: Post, a: Agreement) -> QuerySet[Any]:
    """The versions that the viewer may read, the newest first, each with how many clauses it has and how many have signed it."""
    signed = Signature.objects.filter(version=OuterRef("pk")).order_by().values("version").annotate(n=Count("pk")).values("n")
    return versions_seen(viewer, a).select_related("change", "title").annotate(clause_count=Count("clauses"), signed=Subquery(signed)).order_by("-number")


def written(version: Version) -> list[Written]:
    """The clauses as they read; one whose text was erased says nothing."""
    return written_in(clauses_of(version))


def written_in(clauses: Iterable[Clause]) -> list[Written]:
    return [Written(c.label, c.heading.text if c.heading else "", c.text.text if c.text else "") for c in clauses]


def file_of(viewer: Post, a: Agreement, pk: int, on: date) -> Attachment | None:
    """A scan, a signed file, the original that was read, what shows that it was made known or practised: with its content, to whom the matter opens it."""
    of_text = (Signature.objects.filter(version__agreement=a), Approval.objects.filter(version__agreement=a))
    shown = (Dissemination.objects.filter(agreement=a), practices_of(viewer, a, on))
    its = Q(pk=a.original_id)
    for rows, name in (*((rows, "scan") for rows in of_text), *((rows, "proof") for rows in shown)):
        its |= Q(pk__in=rows.order_by().filter(**{f"{name}__isnull": False}).values(name))
    return attachments_of(viewer, a.matter, on).defer(None).filter(its, pk=pk, erased_at=None).first()


def on_paper(lines: Sequence[PartyLine]) -> bool:
    """Whether any party has only acknowledged the paper original."""
    return any(line.signature is not None and line.signature.way == SignWay.PAPER for line in lines)


def clause_choices(version: Version) -> QuerySet[Clause]:
    return clauses_of(version).filter(Q(text__isnull=False) | Q(heading__isnull=False))
