"""/ke-hoach/doc-tep/lich/<code>/: what will fall due of a text that not every party has signed; the way to it on the page of the agreement."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from phoihop.domain.agreements.models import Agreement, Stage
from phoihop.domain.agreements.queries.agreement import found
from phoihop.domain.agreements.queries.foreseen import Foreseen, foreseen
from phoihop.domain.agreements.queries.versions import names_of
from phoihop.kernel.period import local_day

from ..agreements.parts import part
from ..base import Acting, acting, page
from ..duties import wording

PAGE = "/ke-hoach/doc-tep/lich/%s/"
OPENED = (Stage.AGREED, Stage.ENDED)


@acting("matter.view", time="none")
def calendar(request: Acting, code: str) -> HttpResponse:
    """The year ahead month by month, for the own unit. Nothing of it is a task yet."""
    today = local_day(timezone.now())
    agreement = found(request.post, code, today)
    if agreement is None:
        raise Http404
    coming = foreseen(request.post, agreement, today)
    return page(request, "reading/foreseen.html", agreement=agreement, months=_months(coming), count=len(coming), waits=agreement.stage not in OPENED)


def _months(coming: Sequence[Foreseen]) -> list[tuple[str, list[tuple[Foreseen, str, str, str]]]]:
    """By month, each line with what is done, how often and where the text says so."""
    names = names_of([one.duty.clause for one in coming])
    lines = [(one, wording.act(one.duty), wording.cadence(one.duty), names[one.duty.clause_id]) for one in coming]
    return [(month, list(some)) for month, some in groupby(lines, key=lambda line: f"{local_day(line[0].due_at):%m/%Y}")]


@part(_("Lịch dự kiến"), order=79, side=True)
def ahead(request: Acting, agreement: Agreement) -> tuple[str, dict[str, Any]] | None:
    """While parties are still to sign: what would fall due."""
    if agreement.stage in OPENED or not agreement.parties.filter(unit=request.post.unit_id).exists():
        return None
    return "reading/ahead.html", {"url": PAGE % agreement.matter.code}
