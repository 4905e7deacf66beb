"""The two consents before militia are moved: asked for with the task, said by each side for itself, or entered from the paper."""

from __future__ import annotations

from datetime import date, datetime

from phoihop.kernel.action import action, locked
from phoihop.kernel.period import local_day

from ...matters.actions.journal import write
from ...matters.actions.texts import keep
from ...matters.models import Purpose
from ...people.models import Post
from .. import rules
from ..models import Consent, Mobilisation, Task
from ..queries.consents import sides_of
from ..rules import MilitiaDraft


def ask_consents(task: Task, draft: MilitiaDraft, on: date, at: datetime) -> dict[str, object]:
    """Write down how many are asked for and whose consent it takes; who asks and must consent has consented. The facts for the journal."""
    asked = Mobilisation.objects.create(task=task, people=draft.people, since=draft.since, until=draft.until)
    Consent.objects.bulk_create(
        [
            Consent(
                mobilisation=asked, side=side, unit=unit,
                agrees=True if unit == task.giver else None, answered_at=at if unit == task.giver else None,
            )
            for side, unit in sides_of(task.lead, on).items()
        ]
    )  # fmt: skip
    return {"militia": draft.people, "since": draft.since, "until": draft.until}


@action
def answer_consent(*, by: Post, consent: Consent, agrees: bool, at: datetime, reason: str = "") -> Consent:
    """A unit whose consent it takes agrees that militia are moved, or does not and says why."""
    consent = locked(consent)
    task = consent.mobilisation.task
    rules.may_consent(by, consent, agrees, reason, local_day(at)).enforce()
    consent.agrees, consent.answered_at = agrees, at
    consent.reason = None if agrees else keep(reason, Purpose.REASON, at)
    consent.save(update_fields=["agrees", "answered_at", "reason"])
    what = "task.consented" if agrees else "task.consent_refused"
    write(by=by, what=what, at=at, matter=task.matter, task=task.code, side=consent.side, texts={"reason": consent.reason})
    return consent


@action
def enter_paper_consent(*, by: Post, consent: Consent, number: str, signed_on: date, at: datetime) -> Consent:
    """The asked unit enters the document by which the other side consented; it is shown as said on paper."""
    consent = locked(consent)
    task = consent.mobilisation.task
    rules.may_enter_paper(by, consent, number, signed_on, local_day(at)).enforce()
    consent.agrees, consent.answered_at, consent.number, consent.signed_on = True, at, " ".join(number.split()), signed_on
    consent.save(update_fields=["agrees", "answered_at", "number", "signed_on"])
    write(by=by, what="task.consent_entered", at=at, matter=task.matter, task=task.code, side=consent.side, signed=signed_on)
    return consent
