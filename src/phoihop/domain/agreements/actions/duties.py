"""Laying down what follows from one clause, with the clause's text beside it; the rest of the text stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from phoihop.kernel.action import action

from ...people.models import Post
from ..models import Agreement, Version
from ..queries.drafted import draft_of
from ..queries.versions import current
from ..rules.drafts import DutyDraft, DutyRow
from ..rules.duties import fits_duties, fits_rows, no_such_clause
from .drafting import change_text


@action
def lay_duties(*, by: Post, agreement: Agreement, clause: int, duties: Sequence[DutyDraft], seen: str, at: datetime, content: str = "") -> Version:
    """Lay down what the n-th clause (``clause``, from 1) asks of whom, and what it is about; nothing stands for unchanged content.

    ``seen``: the digest of the text that the writer had before the eyes. A text that was sent opens a new version, and every party is asked again.
    """
    draft = draft_of(current(agreement))
    no_such_clause(clause, len(draft.clauses)).enforce()
    former = draft.clauses[clause - 1]
    fits_duties(duties, len(former.text)).enforce()
    clauses = [*draft.clauses]
    clauses[clause - 1] = replace(former, duties=duties, content=content or former.content)
    return change_text(by=by, agreement=agreement, draft=replace(draft, clauses=clauses), seen=seen, at=at)


@action
def lay_all_duties(*, by: Post, agreement: Agreement, rows: Sequence[DutyRow], seen: str, at: datetime) -> Version:
    """Lay down at once what a whole text asks of whom; a clause without a row asks nothing any more. What is refused names its row (``rows.3.act``).

    ``seen``: the digest of the text that the writer had before the eyes. A text that was sent opens a new version, and every party is asked again.
    """
    draft = draft_of(current(agreement))
    fits_rows(rows, [len(c.text) for c in draft.clauses]).enforce()
    clauses = []
    for n, former in enumerate(draft.clauses, 1):
        own = [row for row in rows if row.clause == n]
        content = next((row.content for row in own if row.content), former.content)
        clauses.append(replace(former, duties=[row.duty for row in own], content=content))
    return change_text(by=by, agreement=agreement, draft=replace(draft, clauses=clauses), seen=seen, at=at)
