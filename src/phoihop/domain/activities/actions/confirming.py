"""Each party confirms for itself: by account, by a one-time link, or on paper."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, datetime

from phoihop.kernel.action import action, locked
from phoihop.kernel.period import local_day
from phoihop.kernel.secret import Secret
from phoihop.kernel.text import digest
from phoihop.kernel.upload import Upload

from ...forces.models import Unit
from ...matters.actions.journal import Entry, write, write_many
from ...matters.actions.notes import keep_file
from ...matters.actions.texts import keep_many
from ...matters.models import PartRole, Purpose
from ...people.models import Post
from .. import rules
from ..models import Activity, Confirmation, ConfirmLink, PaperList, Strength, Way
from ..rules import Word
from .settling import settle


@action
def confirm(*, by: Post, word: Word, at: datetime) -> Activity:
    """Say for one's own unit that a result is right, or that it is not and why; own numbers may differ."""
    rules.allowed(by, "patrol.confirm", local_day(at)).enforce()
    return _hear(by, by.unit, [word], at, Way.ACCOUNT)[0]


@action
def confirm_many(*, by: Post, words: Sequence[Word], at: datetime) -> list[Activity]:
    """Confirm up to 200 results at once: all of them or, if one is refused, none."""
    rules.allowed(by, "patrol.confirm", local_day(at)).enforce()
    rules.at_most(len(words)).enforce()
    return _hear(by, by.unit, words, at, Way.ACCOUNT)


@action
def make_link(*, by: Post, activity: Activity, unit: Unit, at: datetime) -> tuple[ConfirmLink, Secret]:
    """Make a one-time link with which a party without an account confirms. The secret is shown once and not kept."""
    a = locked(activity)
    rules.may_make_link(by, a, unit.pk, _party_ids(a), local_day(at)).enforce()
    token = secrets.token_urlsafe(24)
    link = ConfirmLink.objects.create(activity=a, unit=unit, digest=digest(token.encode()), expires_at=at + rules.LINK_LIVES)
    write(by=by, what="patrol.link_made", at=at, matter=a.matter, unit=unit.key)
    return link, Secret(token)


@action
def confirm_by_link(*, by: Post, link: ConfirmLink, word: Word, at: datetime) -> Activity:
    """A party answers through its link; ``by`` is the node's own post. The link is then used up."""
    link = locked(link)
    rules.link_is_good(link, at).enforce()
    done = _hear(by, link.unit, [word], at, Way.LINK)[0]
    link.used_at = at
    link.save(update_fields=["used_at"])
    return done


@action
def confirm_on_paper(*, by: Post, party: Unit, number: str, signed_on: date, scan: Upload, words: Sequence[Word], at: datetime) -> PaperList:
    """The lead enters a signed list: the party's confirmation of up to 200 of the lead's own patrols, with scan, number and date."""
    rules.may_enter_paper(by, [w.activity for w in words], signed_on, local_day(at)).enforce()
    rules.at_most(len(words)).enforce()
    file = keep_file(scan, unit=by.unit, at=at)
    paper = PaperList.objects.create(lead=by.unit, party=party, number=number, signed_on=signed_on, scan=file)
    _hear(by, party, words, at, Way.PAPER, paper)
    return paper


def _hear(by: Post, unit: Unit, words: Sequence[Word], at: datetime, way: str, paper: PaperList | None = None) -> list[Activity]:
    chosen = [w.activity.pk for w in words]
    rows = Activity.objects.select_for_update().filter(pk__in=chosen).select_related("matter__area", "matter__lead__force", "route")
    activities = {a.pk: a for a in rows}
    parties: dict[int, set[int]] = {pk: set() for pk in activities}
    mine: dict[int, Strength] = {}
    for s in Strength.objects.filter(activity__in=chosen):
        parties[s.activity_id].add(s.unit_id)
        if s.unit_id == unit.pk:
            mine[s.activity_id] = s
    former = {c.activity_id: c for c in Confirmation.objects.filter(activity__in=chosen, unit=unit, live=True)}
    notes = keep_many([w.note for w in words], Purpose.REASON, at)
    entries, confirmations = [], []
    for n, w in enumerate(words):
        a = activities[w.activity.pk]
        fresh = Word(a, w.digest, w.agrees, w.people, w.teams, w.note)
        verdict = rules.may_confirm(unit.pk, fresh, parties[a.pk])
        (verdict if len(words) == 1 else verdict.at(f"words.{n}.{verdict.field}")).enforce()
        if earlier := former.get(a.pk):
            a.confirmed -= earlier.agrees
            a.disputed -= not earlier.agrees
        a.confirmed += w.agrees
        a.disputed += not w.agrees
        mine[a.pk].own_people, mine[a.pk].own_teams = w.people, w.teams
        confirmations.append(
            Confirmation(
                activity=a, unit=unit, agrees=w.agrees, way=way, at=at, by=None if way == Way.LINK else by,
                digest=w.digest, note=notes[n], paper=paper,
            )
        )  # fmt: skip
        facts = {"unit": unit.key, "way": way, "digest": w.digest, "people": w.people, "teams": w.teams}
        entries.append(Entry("patrol.confirmed" if w.agrees else "patrol.disputed", a.matter, facts, {"note": notes[n]}))
    done = [activities[pk] for pk in chosen]
    Confirmation.objects.filter(pk__in=[c.pk for c in former.values()]).update(live=False)
    Confirmation.objects.bulk_create(confirmations)
    Strength.objects.bulk_update(mine.values(), ["own_people", "own_teams"])
    Activity.objects.bulk_update(done, ["confirmed", "disputed"])
    events = write_many(by=by, at=at, entries=entries)
    settle(list(zip(done, events, strict=True)))
    return done


def _party_ids(a: Activity) -> set[int]:
    followers = a.matter.parts.filter(role=PartRole.INFORM).values("unit")
    return set(a.strengths.exclude(unit__in=followers).values_list("unit", flat=True))
