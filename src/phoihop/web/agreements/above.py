"""The text above that one's own text answers: a province's plan that asked its communes for theirs."""

from __future__ import annotations

from datetime import date

from phoihop.domain.agreements.models import Agreement, LinkKind
from phoihop.domain.agreements.queries.agreement import seen_agreements, written
from phoihop.domain.agreements.queries.versions import readable_on
from phoihop.domain.agreements.rules.redline import Written
from phoihop.domain.people.models import Post


def text_above(viewer: Post, a: Agreement, on: date) -> list[Written]:
    """The clauses of the agreement that this one implements, as they hold on a day; none where it implements none that the viewer may read."""
    upper = seen_agreements(viewer, on).filter(followed_by__agreement=a, followed_by__kind=LinkKind.IMPLEMENTS).order_by("pk").first()
    return written(readable_on(viewer, upper, on)) if upper is not None else []
