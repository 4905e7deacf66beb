"""What waits for a unit among the agreements, the most pressing first: one query, however much there is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, DateField, Exists, F, OuterRef, QuerySet, Value
from django.db.models.functions import TruncDate

from phoihop.kernel.period import FOREVER, HOME

from ...matters.models import PartRole
from ...people.models import Post
from ...people.rules import allowed
from ..models import Adoption, AdoptionForm, AgreementParty, ChangeProposal, Declining, Delivery, Opinion, Signature, Stage, TakenUp, Version
from ..rules.needs import Needs
from .reviews import due_before

MOST = 500
_ASIDE = (PartRole.LEAD, PartRole.INFORM)


@dataclass(frozen=True, slots=True)
class Need:
    """``agreement``: its key; ``due``: by which day, None where none was given."""

    agreement: int
    need: Needs
    due: date | None

    def over(self, today: date) -> bool:
        return self.due is not None and self.due < today


def needs_of(viewer: Post, on: date) -> list[Need]:
    """Everything that waits for the viewer's unit and that its role may do; an agreement may need several things."""
    parts = list(_parts(viewer, on))
    if not parts:
        return []
    rows = parts[0].union(*parts[1:], all=True)[:MOST]
    found = [Need(agreement, Needs(need), None if due == FOREVER else due) for agreement, need, due in rows]
    return sorted(found, key=lambda n: (n.due or FOREVER, list(Needs).index(n.need), n.agreement))


def _parts(viewer: Post, on: date) -> Iterator[QuerySet[Any]]:
    me = viewer.unit_id
    if allowed(viewer, "agreement.opine", on):
        yield _opinions(me)
    if allowed(viewer, "agreement.sign", on) or allowed(viewer, "agreement.paper", on):
        yield _signatures(me)
    if allowed(viewer, "agreement.adopt", on):
        yield _row(Adoption.objects.filter(unit=me, form=AdoptionForm.WAITING), F("agreement"), Needs.ADOPT, F("due_on"))
    if allowed(viewer, "matter.answer", on):
        sent = Delivery.objects.filter(unit=me, received_at=None)
        yield _row(sent, F("agreement"), Needs.RECEIVE, TruncDate("sent_at", tzinfo=HOME))
    if allowed(viewer, "agreement.draft", on):
        waiting = Opinion.objects.filter(version__agreement__matter__lead=me, version__agreement__stage=Stage.OPINIONS, taken=TakenUp.WAITING)
        waiting = waiting.filter(text__isnull=False)
        yield _row(waiting, F("version__agreement"), Needs.WISHES, TruncDate("version__opinions_by", tzinfo=HOME))
    if allowed(viewer, "agreement.register", on):
        proposed = ChangeProposal.objects.filter(agreement__matter__lead=me, taken=TakenUp.WAITING)
        yield _row(proposed, F("agreement"), Needs.PROPOSAL, Value(FOREVER, DateField()))
        yield _row(due_before(on).filter(matter__lead=me), F("pk"), Needs.REVIEW, F("next_review"))


def _opinions(me: int) -> QuerySet[Any]:
    """The text that is out for opinions, on which the unit has not spoken."""
    mine = AgreementParty.objects.filter(unit=me, agreement__stage=Stage.OPINIONS).exclude(role__in=_ASIDE)
    out = _latest().filter(agreement__in=mine.values("agreement"), opinions_at__isnull=False)
    spoken = Opinion.objects.filter(version=OuterRef("pk"), unit=me)
    return _row(out.exclude(Exists(spoken)), F("agreement"), Needs.OPINION, TruncDate("opinions_by", tzinfo=HOME))


def _signatures(me: int) -> QuerySet[Any]:
    mine = AgreementParty.objects.filter(unit=me, signs=True, agreement__stage=Stage.SIGNING)
    out = _latest().filter(agreement__in=mine.values("agreement"), signing_at__isnull=False)
    signed, declined = Signature.objects.filter(version=OuterRef("pk"), unit=me), Declining.objects.filter(version=OuterRef("pk"), unit=me)
    return _row(out.exclude(Exists(signed)).exclude(Exists(declined)), F("agreement"), Needs.SIGN, TruncDate("signing_by", tzinfo=HOME))


def _latest() -> QuerySet[Version]:
    later = Version.objects.filter(agreement=OuterRef("agreement"), number__gt=OuterRef("number"))
    return Version.objects.exclude(Exists(later))


def _row(rows: QuerySet[Any], agreement: Any, need: Needs, due: Any) -> QuerySet[Any]:
    named = {"n_agreement": agreement, "n_need": Value(need.value, CharField()), "n_due": due}
    return rows.order_by().annotate(**named).values_list(*named)
