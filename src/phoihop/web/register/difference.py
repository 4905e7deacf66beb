"""/ke-hoach/<mã>/so/khac-biet/<mã văn bản riêng>/: where the text of a unit below differs from the one above, clause by clause."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse

from phoihop.domain.agreements.models import Agreement
from phoihop.domain.agreements.queries.agreement import found as found_agreement
from phoihop.domain.agreements.queries.variations import compared
from phoihop.domain.agreements.rules.drafts import DutyDraft
from phoihop.domain.agreements.rules.redline import Change, pieces
from phoihop.domain.agreements.rules.variation import Variation
from phoihop.domain.territory.models import Level

from .. import faces
from ..agreements.seeing import agreement_page
from ..base import Acting, acting, page
from ..duties import wording as duties
from . import wording


@acting("matter.view", time="none")
@agreement_page
def difference(request: Acting, found: Agreement, other: str) -> HttpResponse:
    """Both texts as they hold today, or as they were last written, in words and duties; whoever reads the upper one and may read the lower."""
    today = request.scope.today
    own = found_agreement(request.post, other, today)
    if own is None or not found.adoptions.filter(own=own).exists():
        raise Http404
    changes = compared(request.post, found, own, today)
    return page(
        request,
        "register/difference.html",
        agreement=found,
        own=own,
        title=wording.title_of(found),
        own_title=wording.title_of(own),
        changes=[_shown(c) for c in changes if c.change != Change.SAME],
        same=sum(c.change == Change.SAME for c in changes),
    )


def _shown(one: Variation) -> dict[str, Any]:
    changes = [_duty(d.before, d.after) for d in one.duties]
    return {"text": one.difference, "same_words": one.difference.change == Change.SAME, "duties": changes}


def _duty(before: DutyDraft | None, after: DutyDraft | None) -> dict[str, Any]:
    there = after or before
    assert there is not None
    said = {"act": duties.act(there), "level": Level(there.level).label, "pieces": pieces(_said(before), _said(after))}
    return said | {"only_above": after is None, "only_below": before is None}


def _said(duty: DutyDraft | None) -> str:
    """How often, by when, who leads and who helps; nothing for a duty that is not laid down."""
    if duty is None:
        return ""
    who = [f"{faces.name_of(faces.face(r.force.code)) if r.force else r.unit.short if r.unit else ''} {duties.role(r.role)}" for r in duty.roles]
    return ", ".join([duties.cadence(duty), *who])
