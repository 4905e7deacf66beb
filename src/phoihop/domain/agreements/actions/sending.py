"""Sending a text to its parties: for opinions, for signing; reminding who is silent."""

from __future__ import annotations

from datetime import date, datetime, time

from phoihop.kernel.action import action, locked
from phoihop.kernel.period import HOME, ONE_DAY, local_day
from phoihop.kernel.verdict import first_no

from ...figures.queries.holidays import working_days
from ...forces.models import Unit
from ...matters.actions.journal import write
from ...matters.actions.opening import count_answers
from ...matters.models import Participation, PartRole, PartState
from ...people.models import Post
from ..models import Agreement, AgreementParty, Stage, Version
from ..queries.heads import head_laid
from ..queries.parties import left_out, owes, silent_on, taken_up, unseen_wishes, waiting_wishes
from ..queries.versions import canonical_of, current
from ..rules import sending as rules
from ..rules.canonical import digest_of
from ..rules.drafting import keeps_who_signed
from .basing import may_replace, replacing
from .laying import let_go, take_head, take_up


@action
def circulate(*, by: Post, agreement: Agreement, workdays: int, at: datetime) -> Version:
    """Send the draft to every party for its opinion, within so many working days. From now on this version is never changed."""
    a = locked(agreement)
    version = current(a)
    rules.may_send(by, a, head_laid(version), local_day(at)).enforce()
    take_up(a, version, at)
    asked = [p for p in a.parties.select_related("unit") if rules.asked_for_opinion(p)]
    rules.may_circulate(a, asked, version.clauses.count()).enforce()
    rules.fits_workdays(workdays).enforce()
    version.opinions_at, version.opinions_by = at, _deadline(at, workdays)
    _fix(a, version)
    _hand_to(a, at, version.opinions_by)
    a.stage = Stage.OPINIONS
    a.save()
    write(by=by, what="agreement.circulated", at=at, matter=a.matter, version=version.number, digest=version.digest, answer_by=version.opinions_by)
    return version


@action
def open_signing(*, by: Post, agreement: Agreement, workdays: int, at: datetime) -> Version:
    """Lay the text before every party that signs, within so many working days; its digest is what each will sign."""
    a, today = locked(agreement), local_day(at)
    version = current(a)
    rules.may_send(by, a, head_laid(version), today).enforce()
    take_up(a, version, at)
    rules.may_open_signing(a, version, waiting_wishes(a).count(), unseen_wishes(version), silent_on(version), at).enforce()
    keeps_who_signed(left_out(a, a.parties.filter(signs=True).values_list("unit", flat=True), today)).enforce()
    first_no(*(may_replace(a, draft, today) for draft in replacing(a))).enforce()
    rules.fits_workdays(workdays).enforce()
    version.signing_at, version.signing_by = at, _deadline(at, workdays)
    _fix(a, version)
    _hand_to(a, at, version.signing_by)
    a.stage = Stage.SIGNING
    a.save()
    write(by=by, what="agreement.signing_opened", at=at, matter=a.matter, version=version.number, digest=version.digest, sign_by=version.signing_by)
    return version


@action
def close_appraisal(*, by: Post, agreement: Agreement, at: datetime) -> Agreement:
    """End the round of opinions on another sector's project or plan; how much was taken up is kept with it."""
    a = locked(agreement)
    version = current(a)
    rules.may_send(by, a, head_laid(version), local_day(at)).enforce()
    rules.may_close_appraisal(a, version, waiting_wishes(a).count(), silent_on(version), at).enforce()
    a.stage, a.ended_on = Stage.ENDED, local_day(at)
    a.save(update_fields=["stage", "ended_on"])
    write(by=by, what="agreement.appraisal_closed", at=at, matter=a.matter, version=version.number, digest=version.digest, taken=taken_up(a))
    return a


@action
def remind(*, by: Post, agreement: Agreement, unit: Unit, at: datetime) -> AgreementParty:
    """Remind a party of the opinion or the signature that it owes; it stands in its queue as reminded."""
    a = locked(agreement)
    party = a.parties.select_related("unit").filter(unit=unit).first()
    rules.may_remind(by, a, party, party is not None and owes(a, current(a), party), at, local_day(at)).enforce()
    assert party is not None
    party.reminded_at = at
    party.save(update_fields=["reminded_at"])
    write(by=by, what="agreement.reminded", at=at, matter=a.matter, unit=unit.key, stage=a.stage)
    return party


def _deadline(at: datetime, workdays: int) -> datetime:
    """The end of the n-th working day after the day of ``at``."""
    return _end_of(working_days().add(local_day(at), workdays))


def _end_of(day: date) -> datetime:
    return datetime.combine(day + ONE_DAY, time(), HOME)


def _fix(a: Agreement, version: Version) -> None:
    """Keep the canonical form as it is sent, and its digest; until a text is agreed the agreement is called as the last that was sent."""
    if a.agreed_on is None:
        take_head(a, version)
    if not version.canonical:
        version.canonical = canonical_of(version)
        version.digest = digest_of(version.canonical)
    version.save()
    let_go(version)


def _hand_to(a: Agreement, at: datetime, answer_by: datetime) -> None:
    """Every party takes part in the matter from now on, and has this version; who has accepted before stays so."""
    for party in a.parties.exclude(role=PartRole.LEAD):
        follows = party.role == PartRole.INFORM
        part, fresh = Participation.objects.get_or_create(
            matter=a.matter,
            unit_id=party.unit_id,
            defaults={"role": party.role, "asked_at": at, "answer_by": answer_by, "state": PartState.INFORMED if follows else PartState.ASKED},
        )
        if not fresh and part.state != PartState.ACCEPTED:
            part.role, part.asked_at, part.answer_by, part.answered_at = party.role, at, answer_by, None
            part.state = PartState.INFORMED if follows else PartState.ASKED
            part.save()
    a.parties.update(received_at=at, reminded_at=None)
    count_answers(a.matter)
