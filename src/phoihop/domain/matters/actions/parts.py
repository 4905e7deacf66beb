"""Asking and answering between equals; the lead that passes only by acceptance; letting others see; closing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import QuerySet

from phoihop.kernel.action import action, locked
from phoihop.kernel.kept_queries import KeptQueries
from phoihop.kernel.period import local_day
from phoihop.kernel.rows import update_each
from phoihop.kernel.verdict import of_row

from ...forces.models import Unit
from ...people.models import Post
from .. import rules
from ..models import Grant, LeadTerm, Matter, Participation, PartRole, PartState, Purpose, Wish
from .journal import Entry, write, write_many
from .opening import Asked, count_answers, count_answers_of, part_of
from .requests import meet
from .texts import keep_many

_kept = KeptQueries()


@action
def ask(*, by: Post, matter: Matter, unit: Unit, role: str, at: datetime, answer_by: datetime | None = None) -> Participation:
    """Ask a unit to take part in a role, or (role ``inform``) let it follow. The role ``lead`` offers it the lead."""
    matter = locked(matter)
    parts = list(matter.parts.all())
    rules.may_ask(by, matter, parts, unit, role, local_day(at)).enforce()
    fresh = part_of(matter, Asked(unit, role), at, answer_by)
    was = next((p.role for p in parts if p.unit_id == unit.pk and p.state == PartState.ACCEPTED), "")
    part, _ = Participation.objects.update_or_create(
        matter=matter,
        unit=unit,
        defaults={"role": role, "state": fresh.state, "asked_at": at, "answer_by": answer_by, "answered_at": None, "reason": None, "was": was},
    )
    count_answers(matter)
    met = meet(matter, unit, [Wish.SEE] if role == PartRole.INFORM else [Wish.PART, Wish.SEE], at)
    write(
        by=by, what="matter.informed" if role == PartRole.INFORM else "matter.asked", at=at,
        matter=matter, unit=unit.key, role=role, answer_by=answer_by, request=met,
    )  # fmt: skip
    return part


@action
def answer(*, by: Post, part: Participation, state: str, at: datetime, reason: str = "") -> Participation:
    """Accept, decline or be unable, for one's own unit. Accepting the role ``lead`` passes the lead at that moment."""
    return _answer(by, [part], state, reason, at)[0]


@action
def answer_many(*, by: Post, parts: Sequence[Participation], state: str, at: datetime, reason: str = "") -> list[Participation]:
    """Answer up to 200 requests at once, all in the same way: all of them or, if one is refused, none. One event each."""
    rules.fits_answers([p.pk for p in parts]).enforce()
    return _answer(by, parts, state, reason, at)


def _answer(by: Post, parts: Sequence[Participation], state: str, reason: str, at: datetime) -> list[Participation]:
    rules.fits_answer(state, reason).enforce()
    found = {p.pk: p for p in _kept.records_of([p.pk for p in parts], "parts", _held)}
    fresh = [found[p.pk] for p in parts]
    for n, part in enumerate(fresh):
        of_row(rules.may_answer(by, part, local_day(at)), "parts", n, len(fresh)).enforce()
    offered = [part.role for part in fresh]
    for part, kept in zip(fresh, keep_many([reason] * len(fresh), Purpose.REASON, at), strict=True):
        part.state, part.answered_at, part.reason = state, at, kept
        if part.was and state != PartState.ACCEPTED:
            part.role, part.state = part.was, PartState.ACCEPTED  # it will not lead, and still takes part as it did
        part.was = ""
    update_each(fresh, ["role", "state", "answered_at", "reason", "was"])
    entries = [Entry("matter.answered", p.matter, {"state": state, "role": role}, {"reason": p.reason}) for p, role in zip(fresh, offered, strict=True)]
    write_many(by=by, at=at, entries=entries)
    for part, role in zip(fresh, offered, strict=True):
        if role == PartRole.LEAD and state == PartState.ACCEPTED:
            _pass_lead(by, part.matter, part.unit, at)
    count_answers_of([part.matter for part in fresh])
    return fresh


def _held(parts: Sequence[int]) -> QuerySet[Participation]:
    return Participation.objects.filter(pk__in=parts).select_related("matter", "unit").select_for_update(of=("self", "matter"))


@action
def withdraw_ask(*, by: Post, part: Participation, at: datetime) -> Participation:
    """The lead no longer asks a unit that has not answered yet. One that was only offered the lead keeps its part."""
    part = locked(part)
    rules.may_withdraw_ask(by, part, local_day(at)).enforce()
    if part.was:
        part.role, part.state, part.was = part.was, PartState.ACCEPTED, ""
    else:
        part.state = PartState.WITHDRAWN
    part.answered_at = at
    part.save(update_fields=["role", "state", "answered_at", "was"])
    count_answers(locked(part.matter))
    write(by=by, what="matter.ask_withdrawn", at=at, matter=part.matter, unit=part.unit.key)
    return part


@action
def grant(*, by: Post, matter: Matter, unit: Unit, basis: str, at: datetime, until: date | None = None, onward: bool = False) -> Grant:
    """Let a unit that takes no part see the matter: on a basis, until a day."""
    matter = locked(matter)
    rules.may_grant(by, matter, unit, basis, until, local_day(at)).enforce()
    given = Grant.objects.create(matter=matter, unit=unit, basis=basis, until=until, onward=onward)
    met = meet(matter, unit, [Wish.SEE], at)
    write(by=by, what="matter.granted", at=at, matter=matter, unit=unit.key, until=until, onward=onward, request=met)
    return given


@action
def end_grant(*, by: Post, grant: Grant, at: datetime) -> Grant:
    """The lead no longer lets the unit see the matter."""
    grant = locked(grant)
    rules.may_end_grant(by, grant, local_day(at)).enforce()
    grant.ended_at = at
    grant.save(update_fields=["ended_at"])
    write(by=by, what="matter.grant_ended", at=at, matter=grant.matter, unit=grant.unit.key)
    return grant


@action
def close(*, by: Post, matter: Matter, at: datetime) -> Matter:
    """The lead says that the matter is over. From here on count the ninety days of its photos."""
    matter = locked(matter)
    rules.may_close(by, matter, at).enforce()
    matter.closed_at = at
    matter.save(update_fields=["closed_at"])
    write(by=by, what="matter.closed", at=at, matter=matter)
    return matter


def _pass_lead(by: Post, matter: Matter, unit: Unit, at: datetime) -> None:
    """The lead is the other's from this moment; who led before goes on taking part."""
    former, matter.lead = matter.lead, unit
    matter.save(update_fields=["lead"])
    LeadTerm.objects.create(matter=matter, unit=unit, since=at)
    kept = {"role": PartRole.SUPPORT, "state": PartState.ACCEPTED, "asked_at": at, "answered_at": at}
    Participation.objects.update_or_create(matter=matter, unit=former, defaults=kept)
    write(by=by, what="matter.lead_passed", at=at, matter=matter, former=former.key, unit=unit.key)
