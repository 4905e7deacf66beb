"""What waits for a unit among the agreements, the most pressing first: one query, however much there is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, DateField, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import TruncDate

from phoihop.kernel.period import FOREVER, HOME

from ...people.models import Post
from ...people.rules import allowed
from ..models import Adoption, AdoptionForm, AgreementParty, ChangeProposal, Delivery, Opinion, Stage, TakenUp, Version
from ..rules.needs import Needs
from .parties import owing
from .plan_waiting import asked_into_teams, to_prepare, to_tell
from .reviews import due_before

MOST = 500


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
        yield _owed(me, Stage.OPINIONS, Needs.OPINION, "opinions_by")
        yield _row(asked_into_teams(me, on), F("team__agreement"), Needs.TEAM, F("team__valid_from"))
        yield _row(to_tell(me), F("agreement"), Needs.SHIFT, F("held_on"))
    if allowed(viewer, "task.answer", on):
        yield _row(to_prepare(me), F("version__agreement"), Needs.PREPARE, TruncDate("due_at", tzinfo=HOME))
    if allowed(viewer, "agreement.sign", on) or allowed(viewer, "agreement.paper", on):
        yield _owed(me, Stage.SIGNING, Needs.SIGN, "signing_by")
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


def _owed(me: int, stage: str, need: Needs, by: str) -> QuerySet[Any]:
    """What the unit owes as a party at a stage: an opinion on, or its signature under, the newest text, by the day that text names."""
    newest = Version.objects.filter(agreement=OuterRef("agreement")).order_by("-number")
    due = TruncDate(Subquery(newest.values(by)[:1]), tzinfo=HOME)
    return _row(AgreementParty.objects.filter(owing(), unit=me, agreement__stage=stage), F("agreement"), need, due)


def _row(rows: QuerySet[Any], agreement: Any, need: Needs, due: Any) -> QuerySet[Any]:
    named = {"n_agreement": agreement, "n_need": Value(need.value, CharField()), "n_due": due}
    return rows.order_by().annotate(**named).values_list(*named)
