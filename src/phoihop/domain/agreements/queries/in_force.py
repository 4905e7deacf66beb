"""The text of each agreement that holds on a day; whether the agreement itself is in force says ``standing``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from ..models import Agreement, Version


def standing_versions(agreements: Iterable[Agreement], day: date) -> QuerySet[Any]:
    """Of each agreement's texts that were agreed and had begun by the day the last; ``began``: since when it holds. ``versions.version_on`` for many."""
    begun = Q(valid_from=None) | Q(valid_from__lte=day)
    last = Version.objects.filter(begun, agreement=OuterRef("agreement"), agreed_on__lte=day).order_by("-number").values("pk")[:1]
    of_these: Any = agreements.values("pk") if isinstance(agreements, QuerySet) else agreements
    began = Coalesce("valid_from", "agreed_on", F("agreement__agreed_on"))
    return Version.objects.filter(agreement__in=of_these).filter(pk=Subquery(last)).annotate(began=began)
