"""The register as a unit sees it: narrowed, counted by how the documents stand, a page of them, what needs the unit first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When

from phoihop.kernel.period import Period

from ...forces.models import UnitClosure
from ...matters.models import Grant, Participation
from ...matters.queries.sight import seen
from ...people.models import Post
from ...territory.models import Area, AreaClosure
from ..models import Adoption, Agreement, AgreementArea, AgreementParty, Delivery, Signature, Stage, Version
from ..rules.standing import Standing
from .needs import Need
from .standing import with_standing


@dataclass(frozen=True, slots=True)
class Listed:
    """A document with its parties and how many of those that must sign have signed the latest text."""

    agreement: Agreement
    standing: Standing
    parties: Sequence[AgreementParty]
    signed: int

    @property
    def required(self) -> int:
        return sum(p.signs for p in self.parties)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many documents are at each step, how many stand how; how many things wait for the viewer's unit (``mine``) in how many of them (``needing``)."""

    stages: Mapping[str, int] = field(default_factory=dict)
    mine: int = 0
    needing: int = 0
    standings: Mapping[str, int] = field(default_factory=dict)
    total: int = 0


def register(viewer: Post, on: date) -> QuerySet[Any]:
    """The documents of which the viewer sees at least the title, each with its ``standing`` on the day.

    It starts from what its units lead, sign, were sent and joined, so that a nation's register costs no more than one's own. A matter that
    a unit below joined without being a party is not listed; its code opens it.
    """
    rows = Agreement.objects.filter(pk__in=_candidates(viewer, on)).filter(seen(viewer, on, "matter"))
    return with_standing(rows, on)


def _candidates(viewer: Post, on: date) -> QuerySet[Any]:
    """A superset of what the viewer may see, found by index alone."""
    units = UnitClosure.objects.filter(ancestor=viewer.unit_id, valid_from__lte=on, valid_until__gt=on).values("unit")
    joined = Participation.objects.filter(unit=viewer.unit_id, matter__agreement__isnull=False).values("matter__agreement")
    granted = Grant.objects.filter(unit=viewer.unit_id, matter__agreement__isnull=False).values("matter__agreement")
    return (
        Agreement.objects.filter(matter__lead__in=units)
        .values("pk")
        .union(
            Agreement.objects.filter(matter__lead=viewer.unit_id).values("pk"),
            AgreementParty.objects.filter(unit__in=units).values("agreement"),
            Adoption.objects.filter(unit__in=units).values("agreement"),
            Delivery.objects.filter(unit__in=units).values("agreement"),
            joined,
            granted,
        )
    )


def in_area(rows: QuerySet[Any], area: Area, on: date) -> QuerySet[Any]:
    """Those that hold somewhere in an area, or in one that contains it."""
    below = AreaClosure.objects.filter(ancestor=area, area=OuterRef("area"), valid_from__lte=on, valid_until__gt=on)
    above = AreaClosure.objects.filter(area=area, ancestor=OuterRef("area"), valid_from__lte=on, valid_until__gt=on)
    holds = AgreementArea.objects.filter(Q(Exists(below)) | Q(Exists(above)), agreement=OuterRef("pk"))
    return rows.filter(Exists(holds))


def with_force(rows: QuerySet[Any], force: str) -> QuerySet[Any]:
    return rows.filter(Exists(AgreementParty.objects.filter(agreement=OuterRef("pk"), unit__force__code=force)))


def within(rows: QuerySet[Any], days: Period) -> QuerySet[Any]:
    """Issued in the period, or, without a number yet, opened in it."""
    issued = Q(issued_on__gte=days.first, issued_on__lt=days.until)
    return rows.filter(issued | Q(issued_on=None, matter__opened_at__date__gte=days.first, matter__opened_at__date__lt=days.until))


def year_of(year: int) -> Period:
    """The days of a calendar year, in which numbers of documents run (NĐ 30/2020)."""
    return Period(date(year, 1, 1), date(year + 1, 1, 1))


def counted(rows: QuerySet[Any]) -> Counts:
    """One query for all counts, of rows that say what needs the unit (``needing_first``)."""
    stages: Counter[str] = Counter()
    standings: Counter[str] = Counter()
    mine = needing = 0
    for stage, stands, things, n in rows.order_by().values_list("stage", "standing", "things").annotate(n=Count("pk")):
        stages[stage] += n
        mine += n * things
        needing += n if things else 0
        if stage == Stage.AGREED or stands != Standing.NOT_YET:
            standings[stands] += n
    return Counts(stages, mine, needing, standings, stages.total())


def needing_first(rows: QuerySet[Any], needs: Sequence[Need]) -> QuerySet[Any]:
    """The rows with ``things``, how many things each needs of the unit, and ``pressing``: the place of the first of them by deadline, else None."""
    many = Counter(n.agreement for n in needs)
    of_many: dict[int, list[int]] = {}
    for key, n in many.items():
        of_many.setdefault(n, []).append(key)
    things = [When(pk__in=keys, then=Value(n)) for n, keys in of_many.items()]
    place = [When(pk=key, then=Value(n)) for n, key in enumerate(dict.fromkeys(n.agreement for n in needs))]
    return rows.annotate(things=_case(things, Value(0)), pressing=_case(place, Value(None, IntegerField())))


def _case(whens: Sequence[When], default: Value) -> Case:
    return Case(*whens, default=default, output_field=IntegerField())


def by_latest(rows: QuerySet[Any]) -> QuerySet[Any]:
    """What needs the unit by its deadline, as the queue has it; then the latest."""
    return rows.order_by(F("pressing").asc(nulls_last=True), F("issued_on").desc(nulls_first=True), "-pk")


def page_of(rows: QuerySet[Any]) -> list[Listed]:
    """A page of rows with their parties and signatures: three queries, however long it is."""
    found = list(rows.select_related("matter__title", "matter__lead__force", "matter__area", "issuer"))
    parties: dict[int, list[AgreementParty]] = {}
    for party in AgreementParty.objects.filter(agreement__in=[a.pk for a in found]).select_related("unit__force").order_by("order", "pk"):
        parties.setdefault(party.agreement_id, []).append(party)
    signed = _signed([a for a in found if a.stage == Stage.SIGNING], parties)
    return [Listed(a, Standing(a.standing), parties.get(a.pk, []), signed.get(a.pk, 0)) for a in found]


def _signed(found: Sequence[Agreement], parties: Mapping[int, Sequence[AgreementParty]]) -> dict[int, int]:
    """How many of the parties that must sign have signed the latest version; asked where some still must."""
    if not found:
        return {}
    later = Version.objects.filter(agreement=OuterRef("version__agreement"), number__gt=OuterRef("version__number"))
    latest = Signature.objects.filter(version__agreement__in=[a.pk for a in found]).exclude(Exists(later))
    must = {(p.agreement_id, p.unit_id) for some in parties.values() for p in some if p.signs}
    counts: Counter[int] = Counter()
    counts.update(pk for pk, unit in latest.values_list("version__agreement", "unit") if (pk, unit) in must)
    return dict(counts)
