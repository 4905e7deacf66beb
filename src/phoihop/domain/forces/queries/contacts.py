"""Duty contacts: the only telephone numbers that free text may hold."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery

from phoihop.kernel.memo import Memo

from ...territory.queries import exists_on
from ..models import Contact, ContactTest, Unit

_CHANGES = ("contact.published", "contact.ended", "unit.succeeded", "unit.made")
_numbers: Memo[frozenset[str]] = Memo(*_CHANGES)


def known_numbers() -> frozenset[str]:
    """The digits of every registered duty number, ended ones too: an old report may name them. Asked by the gates."""
    return _numbers.get("all", lambda: frozenset(Contact.objects.values_list("digits", flat=True)))


def contacts_of(units: Iterable[Unit], on: date) -> QuerySet[Contact]:
    """The contacts of units on a day, each with its last test (``tested_at``, ``passed``)."""
    last = ContactTest.objects.filter(contact=OuterRef("pk")).order_by("-at", "-pk")
    rows = Contact.objects.filter(exists_on(on), unit__in=list(units)).select_related("unit__force")
    return rows.annotate(tested_at=Subquery(last.values("at")[:1]), passed=Subquery(last.values("passed")[:1])).order_by("unit", "pk")
