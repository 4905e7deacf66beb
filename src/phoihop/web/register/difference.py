"""/ke-hoach/<mã>/so/khac-biet/<mã văn bản riêng>/: where the text of a unit below differs from the one above, clause by clause."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from phoihop.domain.agreements.models import Agreement
from phoihop.domain.agreements.queries.agreement import found as found_agreement
from phoihop.domain.agreements.queries.agreement import redline_of
from phoihop.domain.agreements.queries.versions import current, version_on
from phoihop.domain.agreements.rules.redline import Change

from ..agreements.seeing import agreement_page
from ..base import Acting, acting, page
from . import wording


@acting("matter.view", time="none")
@agreement_page
def difference(request: Acting, found: Agreement, other: str) -> HttpResponse:
    """Both texts as they hold today, or as they were last written; whoever reads the upper one and may read the lower."""
    today = request.scope.today
    own = found_agreement(request.post, other, today)
    if own is None or not found.adoptions.filter(own=own).exists():
        raise Http404
    upper, lower = (version_on(a, today) or current(a) for a in (found, own))
    changes = redline_of(upper, lower)
    return page(
        request,
        "register/difference.html",
        agreement=found,
        own=own,
        title=wording.title_of(found),
        own_title=wording.title_of(own),
        changes=[c for c in changes if c.change != Change.SAME],
        same=sum(c.change == Change.SAME for c in changes),
    )
