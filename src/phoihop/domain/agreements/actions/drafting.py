"""Drafting an agreement, and changing its text."""

from __future__ import annotations

from datetime import datetime

from phoihop.kernel.action import action, locked
from phoihop.kernel.period import local_day

from ...matters.actions.journal import write
from ...matters.actions.opening import Opening, count_answers, open_matters
from ...matters.actions.texts import keep
from ...matters.models import Body, Purpose
from ...people.models import Post
from ..models import Agreement, Stage, Version
from ..queries.parties import left_out
from ..queries.versions import current, digest_now
from ..rules import drafting as rules
from ..rules.drafts import AgreementDraft
from ..rules.versions import is_sent
from .arranging import carry_over
from .laying import bodies_of, carry_bases, lay_clauses, lay_head, lay_round, texts_of


@action
def draft_agreement(*, by: Post, draft: AgreementDraft, at: datetime) -> Agreement:
    """Draft a text: the acting unit leads. Nobody but who directs that unit sees it until it is sent for opinions or for signing."""
    on = local_day(at)
    rules.may_draft(by, on).enforce()
    rules.fits_draft(draft, by.unit, on).enforce()
    matter = open_matters(kind=rules.MATTER_KINDS[draft.kind], openings=[Opening(lead=by.unit, area=draft.areas[0])], at=at)[0]
    a = Agreement.objects.create(matter=matter, kind=draft.kind, issuer=by.unit, original=draft.original)
    if draft.original is not None and draft.original.matter_id is None:
        draft.original.matter = matter
        draft.original.save(update_fields=["matter"])
    version = Version(agreement=a, number=1, made_at=at)
    _lay(a, version, draft, at)
    write(by=by, what="agreement.drafted", at=at, matter=matter, texts=texts_of(version), **_facts(draft, version))
    return a


@action
def change_text(*, by: Post, agreement: Agreement, draft: AgreementDraft, seen: str, at: datetime, change: str = "") -> Version:
    """Change the text, under the digest (``seen``) of what the writer had before the eyes; ``change`` says in a line what is new.

    A text that nobody was sent is edited; one that was opens a new version, and every party is asked again. What is agreed holds until
    the new version is agreed, too.
    """
    a = locked(agreement)
    on = local_day(at)
    rules.may_change(by, a, on).enforce()
    version = current(a)
    rules.unchanged(seen, digest_now(version)).enforce()
    rules.fits_draft(draft, a.matter.lead, on).enforce()
    rules.stays_itself(a, list(a.areas.values_list("area", flat=True)), draft).enforce()
    rules.keeps_who_signed(left_out(a, [p.unit.pk for p in draft.parties if p.signs], on)).enforce()
    before, former = version, bodies_of(version)
    if is_sent(version):
        version = Version(agreement=a, number=version.number + 1, made_at=at, title=version.title)
        a.stage = Stage.DRAFT
    version.change = keep(change, Purpose.NOTE, at) if change.strip() else version.change
    _lay(a, version, draft, at, former)
    if version.number != before.number:
        carry_over(before, version)
        carry_bases(version)
    texts = {**texts_of(version), "change": version.change}
    write(by=by, what="agreement.changed", at=at, matter=a.matter, texts=texts, **_facts(draft, version))
    return version


def _lay(a: Agreement, version: Version, draft: AgreementDraft, at: datetime, former: dict[str, Body] | None = None) -> None:
    lay_head(a, version, draft, at)
    lay_round(a, version, draft, at)
    count_answers(a.matter)
    lay_clauses(version, draft.clauses, at, former or {})


def _facts(draft: AgreementDraft, version: Version) -> dict[str, object]:
    return {
        "version": version.number,
        "kind": draft.kind,
        "areas": [area.code for area in draft.areas],
        "parties": [[p.unit.key, "approve" if p.approves else p.role, int(p.signs)] for p in draft.parties],
        "valid_from": draft.valid_from,
        "valid_until": draft.valid_until,
        "clauses": len(draft.clauses),
        "duties": sum(len(c.duties) for c in draft.clauses),
    }
