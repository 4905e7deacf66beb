"""Opinions on a draft, and the answer to each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from phoihop.kernel.action import action, locked
from phoihop.kernel.period import local_day

from ...matters.actions.journal import write
from ...matters.actions.texts import keep, keep_many
from ...matters.models import Purpose
from ...people.models import Post
from ..models import Agreement, Opinion
from ..queries.versions import current
from ..rules import opinions as rules
from ..rules.opinions import WishDraft


@action
def opine(*, by: Post, agreement: Agreement, wishes: Sequence[WishDraft], at: datetime) -> list[Opinion]:
    """Say for the own unit what it thinks of the version that is being asked about: wishes on clauses, or (none) that it agrees to the whole."""
    a = locked(agreement)
    version = current(a)
    party = a.parties.filter(unit=by.unit_id).first()
    rules.may_opine(by, version, party, local_day(at)).enforce()
    said = list(version.opinions.filter(unit=by.unit_id))
    rules.fits_wishes(wishes, set(version.clauses.values_list("pk", flat=True)), said).enforce()
    texts = keep_many([w.text for w in wishes], Purpose.NOTE, at)
    rows = [Opinion(version=version, unit=by.unit, clause=w.clause, at=at, text=text) for w, text in zip(wishes, texts, strict=True)]
    made = Opinion.objects.bulk_create(rows or [Opinion(version=version, unit=by.unit, at=at)])
    facts = {"version": version.number, "agrees": not wishes, "clauses": [w.clause.order if w.clause else 0 for w in wishes]}
    write(by=by, what="agreement.opined", at=at, matter=a.matter, texts={f"wish{n}": t for n, t in enumerate(texts, 1)}, **facts)
    return made


@action
def answer_opinion(*, by: Post, opinion: Opinion, taken: str, at: datetime, answer: str = "") -> Opinion:
    """The lead says what became of a wish: taken up, partly, or not, and why not."""
    opinion = locked(opinion)
    rules.may_answer_wish(by, opinion, local_day(at)).enforce()
    rules.fits_answer(taken, answer).enforce()
    opinion.taken, opinion.answered_at, opinion.answer = taken, at, keep(answer, Purpose.ANSWER, at)
    opinion.save(update_fields=["taken", "answered_at", "answer"])
    matter = opinion.version.agreement.matter
    write(
        by=by, what="agreement.opinion_answered", at=at, matter=matter, opinion=opinion.pk, unit=opinion.unit.key, taken=taken,
        texts={"answer": opinion.answer},
    )  # fmt: skip
    return opinion
