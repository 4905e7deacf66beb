"""A version as it would be handed in again: for who changes one part of a text and leaves the rest as it is."""

from __future__ import annotations

from ..models import Clause, Duty, Version
from ..rules.drafts import AgreementDraft, ClauseDraft, DutyDraft, DutyRoleDraft, PartyDraft
from .heads import areas_of, head_laid, parties_of
from .versions import clauses_of


def draft_of(version: Version) -> AgreementDraft:
    """The whole text of a version with its head and parties, as a draft."""
    head = head_laid(version)
    return AgreementDraft(
        kind=head.kind,
        title=version.title.text if version.title else "",
        areas=areas_of(version),
        parties=[PartyDraft(p.unit, p.role, p.signs, p.approves) for p in sorted(parties_of(version), key=lambda p: p.order)],
        clauses=[clause_draft(c) for c in clauses_of(version)],
        valid_from=version.valid_from,
        valid_until=version.valid_until,
        review_months=version.review_months,
        style=head.style,
        situation=head.situation,
        cleared_by=head.cleared_by,
        cleared_on=head.cleared_on,
    )


def duty_drafts(clause: Clause) -> list[DutyDraft]:
    return [_duty(d) for d in sorted(clause.duties.all(), key=lambda d: d.order)]


def clause_draft(c: Clause) -> ClauseDraft:
    return ClauseDraft(c.label, c.text.text if c.text else "", c.heading.text if c.heading else "", c.depth, c.content, duty_drafts(c))


def _duty(d: Duty) -> DutyDraft:
    sentence = None if d.sentence_from is None or d.sentence_to is None else (d.sentence_from, d.sentence_to)
    roles = [DutyRoleDraft(r.role, r.unit, r.force) for r in sorted(d.roles.all(), key=lambda r: r.pk)]
    return DutyDraft(d.act, d.level, d.cadence, roles, d.due_workdays, d.due_day, d.due_on, d.within_minutes, d.onward, sentence, d.grace_workdays)
