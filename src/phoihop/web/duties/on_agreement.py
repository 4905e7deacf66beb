"""What duties hang on the page of an agreement: who does what, what it lacks, what fell due."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from phoihop.domain.agreements.models import Agreement
from phoihop.domain.agreements.queries import occasions
from phoihop.domain.agreements.queries.matrix import matrix
from phoihop.kernel.period import local_day

from ..agreements.parts import part
from ..base import Acting
from .complying import rows_of
from .matrix import groups, lacks, shown_version

_SOON = 6


@part(_("Phân công"), order=20)
def duties(request: Acting, agreement: Agreement) -> tuple[str, dict[str, Any]] | None:
    """Each duty in a line: who leads, who helps."""
    found = matrix(shown_version(request.post, agreement, local_day(timezone.now())))
    return "duties/of_agreement.html", {"agreement": agreement, "groups": groups(found), "forces": found.forces}


@part(_("Còn thiếu, còn chồng chéo"), order=30, side=True)
def quality(request: Acting, agreement: Agreement) -> tuple[str, dict[str, Any]] | None:
    """What the text lacks, with reasons; never a score."""
    return "duties/lacks.html", {"lacks": lacks(request.post, agreement, local_day(timezone.now()))}


@part(_("Đến hạn"), order=40, side=True)
def falling_due(request: Acting, agreement: Agreement) -> tuple[str, dict[str, Any]] | None:
    """What fell due and is not done, then what comes next."""
    now = timezone.now()
    today = local_day(now)
    rows = occasions.shown(occasions.of_agreement(request.post, agreement, today)).filter(task__closed_at=None, task__answered_at=None)[:_SOON]
    shown = rows_of(list(rows), now, today)
    return ("duties/soon.html", {"rows": shown}) if shown else None
