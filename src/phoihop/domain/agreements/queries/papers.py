"""Documents that hold on paper: what the party that registered each wrote of the original, and which wait for a unit's word."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from ...people.models import Post
from ...people.rules import allowed
from ..models import Agreement, AgreementParty, Declining, Signature, SignWay, Stage


def first_word_on(agreement: Agreement) -> Signature | None:
    """The first acknowledgement of the paper original of the latest text; None where nobody has one."""
    rows = Signature.objects.filter(version__agreement=agreement, way=SignWay.PAPER).select_related("signers", "scan")
    return rows.order_by("-version__number", "at", "pk").first()


def to_acknowledge(viewer: Post, on: date) -> QuerySet[Agreement]:
    """Registered documents whose paper original the viewer's unit has not acknowledged yet."""
    if not allowed(viewer, "agreement.paper", on):
        return Agreement.objects.none()
    mine = AgreementParty.objects.filter(agreement=OuterRef("pk"), unit=viewer.unit_id, signs=True)
    rows = Agreement.objects.filter(Exists(mine), stage=Stage.SIGNING, on_paper=True)
    for spoken in (Signature, Declining):
        rows = rows.exclude(Exists(spoken._default_manager.filter(version__agreement=OuterRef("pk"), unit=viewer.unit_id)))
    return rows.select_related("matter__title", "matter__lead__force", "issuer").order_by("issued_on", "pk")
