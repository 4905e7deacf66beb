"""What each party has said and signed, and what it still owes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from ...forces.models import Unit
from ...matters.models import PartRole
from ..models import Agreement, AgreementParty, Approval, Declining, Opinion, Signature, Stage, TakenUp, Version
from ..rules.opinions import is_visible
from .bases import who_stand_behind
from .versions import canonical_of


def waiting_wishes(agreement: Agreement) -> QuerySet[Opinion]:
    """Wishes that the lead has not answered yet, on any version."""
    return Opinion.objects.filter(version__agreement=agreement, text__isnull=False, taken=TakenUp.WAITING)


def unseen_wishes(version: Version) -> list[Opinion]:
    """Wishes taken up without a word why the text stays, of which this version shows nothing. What an agreed version settled is settled."""
    settled = version.agreement.versions.filter(agreed_on__isnull=False).aggregate(n=Max("number"))["n"] or 0
    rows = Opinion.objects.filter(version__agreement=version.agreement_id, version__number__gt=settled, taken=TakenUp.TAKEN, answer=None)
    wishes = list(rows.select_related("version", "clause", "unit").order_by("at", "pk"))
    now = canonical_of(version) if wishes else ""
    return [o for o in wishes if not is_visible(o.version.canonical, now, o.clause.order if o.clause else None)]


def taken_up(agreement: Agreement) -> dict[str, int]:
    """How many wishes, on any version, were taken up, in part, not; without those that wait."""
    said = Opinion.objects.filter(version__agreement=agreement, text__isnull=False).exclude(taken=TakenUp.WAITING).values_list("taken", flat=True)
    found = Counter(said)
    return {str(one): found[one] for one in TakenUp.values if one != TakenUp.WAITING}


def silent_on(version: Version) -> list[Unit]:
    """Who was asked for an opinion on this version and has not given one."""
    if version.opinions_at is None:
        return []
    parties = version.agreement.parties.exclude(role__in=(PartRole.LEAD, PartRole.INFORM)).select_related("unit").order_by("order")
    spoken = set(version.opinions.values_list("unit", flat=True))
    return [p.unit for p in parties if p.unit_id not in spoken]


def left_out(a: Agreement, signing: Collection[int], on: date) -> list[Unit]:
    """Who signed the last text of the agreement that was agreed and is not among the units that are to sign the next; none while none is agreed."""
    if a.agreed_on is None:
        return []
    return list(Unit.objects.filter(pk__in=who_stand_behind(a, on) - set(signing)).order_by("pk"))


def owes(a: Agreement, version: Version, party: AgreementParty) -> bool:
    """Whether a party owes the version an opinion, a signature, or its approval."""
    return AgreementParty.objects.filter(owing(), pk=party.pk, agreement=a, agreement__versions=version).exists()


def owing() -> Q:
    """The condition on a party that an opinion on, a signature under, or the approval of the newest version of its text is awaited from it."""
    return owing_opinion() | owing_signature() | owing_approval()


def owing_opinion() -> Q:
    spoken = Opinion.objects.filter(version__in=_newest(), unit=OuterRef("unit"))
    return Q(~Q(role__in=(PartRole.LEAD, PartRole.INFORM)), ~Exists(spoken), agreement__stage=Stage.OPINIONS)


def owing_signature() -> Q:
    signed = Signature.objects.filter(version__in=_newest(), unit=OuterRef("unit"))
    declined = Declining.objects.filter(version__in=_newest(), unit=OuterRef("unit"))
    return Q(~Exists(signed), ~Exists(declined), agreement__stage=Stage.SIGNING, signs=True)


def owing_approval() -> Q:
    """Who approves is asked once every other has signed."""
    others = AgreementParty.objects.filter(agreement=OuterRef("agreement"), signs=True)
    signed = Signature.objects.filter(version__in=_newest(), unit=OuterRef("unit"))
    declined = Declining.objects.filter(version__in=_newest(), unit=OuterRef("unit"))
    approved = Approval.objects.filter(version__in=_newest())
    missing = others.exclude(Exists(signed))
    return Q(~Exists(missing), ~Exists(approved), ~Exists(declined), agreement__stage=Stage.SIGNING, approves=True)


def _newest() -> QuerySet[Any]:
    return Version.objects.filter(agreement=OuterRef(OuterRef("agreement"))).order_by("-number").values("pk")[:1]
