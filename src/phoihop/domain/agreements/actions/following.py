"""Next year's document out of this year's."""

from __future__ import annotations

from datetime import datetime

from phoihop.kernel.action import action
from phoihop.kernel.period import local_day

from ...matters.actions.journal import write
from ...people.models import Post
from ..models import Agreement
from ..queries.drafted import draft_of
from ..queries.versions import shown_to
from ..rules import following as rules
from ..rules.following import FollowingDraft
from .drafting import draft_agreement


@action
def draft_following(*, by: Post, agreement: Agreement, draft: FollowingDraft, at: datetime) -> Agreement:
    """Draft the document that follows one: the same clauses, dates a year later, no number. The acting unit, a party, keeps the new record."""
    earlier = draft_of(shown_to(by, agreement))
    rules.may_follow(by, agreement, [p.unit.pk for p in earlier.parties], local_day(at)).enforce()
    made = draft_agreement(by=by, draft=rules.following(earlier, draft, by.unit), at=at)
    write(by=by, what="agreement.followed", at=at, matter=made.matter, earlier=agreement.matter.code)
    return made
