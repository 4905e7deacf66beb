"""Documents that hold on paper: what the party that registered each wrote of the original, and which wait for a unit's word."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from ...people.models import Post
from ..models import Agreement, Signature, SignWay
from ..rules.needs import Needs
from .needs import waiting_rows


def first_word_on(agreement: Agreement) -> Signature | None:
    """The first acknowledgement of the paper original of the latest text; None where nobody has one."""
    rows = Signature.objects.filter(version__agreement=agreement, way=SignWay.PAPER).select_related("signers", "scan")
    return rows.order_by("-version__number", "at", "pk").first()


def to_acknowledge(viewer: Post, on: date) -> QuerySet[Agreement]:
    """Registered documents whose paper original the viewer's unit has not acknowledged yet."""
    rows = Agreement.objects.filter(pk__in=waiting_rows(Needs.PAPER, viewer, on).values("agreement"))
    return rows.select_related("matter__title", "matter__lead__force", "issuer").order_by("issued_on", "pk")
