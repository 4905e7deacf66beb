"""Where agreements stand on a day, as one expression that lists, counts and maps ask: ``rules.standing`` (a test keeps them equal)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When

from ..models import Agreement, Basis, LinkKind
from ..rules.standing import Standing


def standing_on(day: date, prefix: str = "") -> Case:
    """The :class:`Standing` on a day. ``prefix`` leads from the rows asked to their agreement (``version__agreement__``), or is empty."""
    p = prefix
    conditions = [
        (Q(**{f"{p}ended_on__lte": day}), Standing.ENDED),
        (Q(**{f"{p}agreed_on": None}) | Q(**{f"{p}agreed_on__gt": day}), Standing.NOT_YET),
        (Q(Exists(_replacing(day).filter(earlier=OuterRef(f"{p}pk")))), Standing.REPLACED),
        (Q(**{f"{p}valid_until__lte": day}), Standing.LAPSED),
        (Q(**{f"{p}valid_from__gt": day}), Standing.NOT_YET),
    ]
    cases = [When(condition, then=Value(str(value))) for condition, value in conditions]
    return Case(*cases, default=Value(str(Standing.IN_FORCE)), output_field=CharField())


def with_standing(rows: QuerySet[Any], day: date, prefix: str = "") -> QuerySet[Any]:
    """The rows annotated with ``standing``."""
    return rows.annotate(standing=standing_on(day, prefix))


def in_force(day: date) -> QuerySet[Agreement]:
    return with_standing(Agreement.objects.all(), day).filter(standing=Standing.IN_FORCE)


def standing_of(agreement: Agreement, day: date) -> Standing:
    return Standing(with_standing(Agreement.objects.all(), day).values_list("standing", flat=True).get(pk=agreement.pk))


def replaced_by(agreement: Agreement, day: date) -> Agreement | None:
    """The text that had taken its place by then; the first of several."""
    found = _replacing(day).filter(earlier=agreement).select_related("agreement__matter__title").order_by("agreement__agreed_on", "pk").first()
    return found.agreement if found else None


def _replacing(day: date) -> QuerySet[Basis]:
    begun = Q(agreement__valid_from=None) | Q(agreement__valid_from__lte=day)
    return Basis.objects.filter(begun, kind=LinkKind.REPLACES, agreement__agreed_on__lte=day)
