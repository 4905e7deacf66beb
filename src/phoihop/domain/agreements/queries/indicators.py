"""What the register of agreements answers as of a day: how many are in force, were agreed, are overdue for review, were made known, were practised.

An agreement lies where its matter lies, as that stood on the day it was agreed. A document that several units of the area wrote down counts once.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from phoihop.kernel.period import Period

from ...figures.queries.asked import Reach
from ...figures.queries.questions import QUESTIONS, Ask, Question
from ..models import (
    Adoption,
    AdoptionForm,
    Agreement,
    AgreementKind,
    Clause,
    ContentArea,
    Dissemination,
    EventResult,
    Norm,
    Practice,
    Review,
    TaskTeam,
    Version,
)
from ..rules.norms import SHIPPED
from ..rules.reviewing import months_after
from .norms import holding_in
from .numbers import once
from .standing import in_force

_DIRECTIVES = (AgreementKind.RESOLUTION, AgreementKind.DIRECTIVE)
_MET = (AdoptionForm.AS_IS, AdoptionForm.ADAPTED)


def _in(area: int, matter: str, day: str) -> Q:
    """The condition that a record lies in an area, by its matter (the way to it, ``matter``), on its own ``day``."""
    above = f"{matter}__area__above"
    return Q(**{f"{above}__ancestor": area, f"{above}__valid_from__lte": F(day), f"{above}__valid_until__gt": F(day)})


def _of(model: Any, way: str, day: str, **more: Any) -> Callable[[int, Period], QuerySet[Any]]:
    """Records of a kind whose ``day`` lies in the period. ``way``: from the record to its agreement, empty for agreements themselves."""
    matter = f"{way}__matter" if way else "matter"

    def counted(area: int, days: Period) -> QuerySet[Any]:
        return model.objects.filter(_in(area, matter, day), **{f"{day}__gte": days.first, f"{day}__lt": days.until}, **more)

    return counted


def _agreed(*kinds: str) -> Ask:
    agreed = _of(Agreement, "", "agreed_on", kind__in=kinds)
    return lambda area, days: once(agreed(area, days))


def _versions(*kinds: str) -> Ask:
    agreed = _of(Version, "agreement", "agreed_on", agreement__kind__in=kinds)
    return lambda area, days: agreed(area, days).filter(agreement__in=once(_known(area, days).filter(kind__in=kinds)).values("pk"))


def _in_force(area: int, days: Period) -> QuerySet[Agreement]:
    """In force on the last day of the period."""
    return once(in_force(days.last).filter(_in(area, "matter", "agreed_on")))


def _holding(kind: str) -> Ask:
    return lambda area, days: _in_force(area, days).filter(kind=kind)


def _overdue_for_review(area: int, days: Period) -> QuerySet[Agreement]:
    return _holding(AgreementKind.REGULATION)(area, days).filter(next_review__lt=days.until)


def _with_a_site(area: int, days: Period) -> QuerySet[Agreement]:
    """In force with a clause about protecting a site: one text for one site."""
    site = Clause.objects.filter(version__agreement=OuterRef("pk"), version__agreed_on__lte=days.last, content=ContentArea.SITE)
    return _in_force(area, days).filter(Exists(site))


def _not_reviewed(area: int, days: Period) -> QuerySet[Agreement]:
    """Plans in force that were agreed, and last reviewed, longer ago than plans are reviewed where they lie, at the end of the period."""
    rows = _holding(AgreementKind.CONTINGENCY)(area, days)
    every = holding_in(Norm.REVIEW_MONTHS, set(rows.values_list("matter__area", flat=True)), days.last)
    usual = int(SHIPPED[Norm.REVIEW_MONTHS].value)
    otherwise: dict[int, list[int]] = {}
    for place, months in every.items():
        if int(months) != usual:
            otherwise.setdefault(int(months), []).append(place)
    late = ~Q(matter__area__in=[place for places in otherwise.values() for place in places]) & _unreviewed_since(days.until, usual)
    for other, places in otherwise.items():
        late |= Q(matter__area__in=places) & _unreviewed_since(days.until, other)
    return rows.filter(late)


def _unreviewed_since(day: date, months: int) -> Q:
    """Neither agreed nor reviewed within so many months before a day."""
    since = months_after(day, -months)
    return Q(~Exists(Review.objects.filter(agreement=OuterRef("pk"), held_on__gte=since, held_on__lt=day)), agreed_on__lt=since)


def _practised(area: int, days: Period) -> QuerySet[Agreement]:
    held = Practice.objects.filter(agreement=OuterRef("pk"), held_on__gte=days.first, held_on__lt=days.until)
    return _holding(AgreementKind.CONTINGENCY)(area, days).filter(Exists(held))


def _known(area: int, days: Period) -> QuerySet[Agreement]:
    """Every agreement of the area by the end of the period: with none, nothing can be said."""
    return Agreement.objects.filter(_in(area, "matter", "agreed_on"), agreed_on__lt=days.until)


def _asked(counted: Ask, reach: Reach = Reach.PERIOD, amount: str = "", way: str = "", day: str = "agreed_on") -> Question:
    return Question(counted, _known, reach, amount, f"{way}__matter" if way else "matter", day)


QUESTIONS |= {
    "agreements.directives": _asked(_agreed(*_DIRECTIVES)),
    "agreements.regulations": _asked(_holding(AgreementKind.REGULATION), Reach.LAST_DAY),
    "agreements.regulations-agreed": _asked(_versions(AgreementKind.REGULATION), way="agreement"),
    "agreements.review-overdue": _asked(_overdue_for_review, Reach.LAST_DAY),
    "agreements.annual": _asked(_agreed(AgreementKind.ANNUAL)),
    "agreements.asked-below": _asked(_of(Adoption, "agreement", "due_on"), way="agreement", day="due_on"),
    "agreements.adopted-below": _asked(_of(Adoption, "agreement", "due_on", form__in=_MET), way="agreement", day="due_on"),
    "agreements.thematic": _asked(_agreed(AgreementKind.THEMATIC)),
    "agreements.joint": _asked(_agreed(AgreementKind.JOINT_PROGRAMME)),
    "agreements.made-known": _asked(_of(Dissemination, "agreement", "held_on"), way="agreement", day="held_on"),
    "agreements.attendances": _asked(_of(Dissemination, "agreement", "held_on"), amount="attendance", way="agreement", day="held_on"),
    "agreements.events": _asked(_agreed(AgreementKind.EVENT)),
    "agreements.events-safe": _asked(_of(EventResult, "agreement", "held_on", safe=True), way="agreement", day="held_on"),
    "agreements.sites": _asked(_with_a_site, Reach.LAST_DAY),
    "agreements.contingency": _asked(_holding(AgreementKind.CONTINGENCY), Reach.LAST_DAY),
    "agreements.contingency-agreed": _asked(_versions(AgreementKind.CONTINGENCY), way="agreement"),
    "agreements.not-reviewed": _asked(_not_reviewed, Reach.LAST_DAY),
    "agreements.practised": _asked(_practised),
    "agreements.teams": _asked(_of(TaskTeam, "agreement", "valid_from"), way="agreement", day="valid_from"),
}  # fmt: skip
