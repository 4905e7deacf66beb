"""Each party confirms for itself: by account, by a one-time link, or on paper."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db.models import QuerySet

from phoihop.kernel.action import action, locked
from phoihop.kernel.gates.media import media_of
from phoihop.kernel.kept_queries import KeptQueries
from phoihop.kernel.period import local_day
from phoihop.kernel.rows import insert, update_each
from phoihop.kernel.secret import Secret
from phoihop.kernel.text import digest, nfc
from phoihop.kernel.upload import Upload

from ...forces.models import Unit
from ...forces.queries.voices import voices_at_hand
from ...matters.actions.journal import Entry, write, write_many
from ...matters.actions.notes import keep_file
from ...matters.actions.texts import keep_many
from ...matters.models import Purpose
from ...people.models import Post
from .. import rules
from ..models import Activity, Confirmation, ConfirmLink, PaperList, Strength, Way
from ..rules import Word
from .held import held, strengths_of
from .settling import settle

_kept = KeptQueries()


@action
def confirm(*, by: Post, word: Word, at: datetime) -> Activity:
    """Say for one's own unit that a result is right, or that it is not and why; own numbers may differ."""
    rules.allowed(by, "patrol.confirm", local_day(at)).enforce()
    return _hear(by, voices_at_hand(by.unit_id), [word], at, Way.ACCOUNT)[0]


@action
def confirm_many(*, by: Post, words: Sequence[Word], at: datetime) -> list[Activity]:
    """Confirm up to 200 results at once: all of them or, if one is refused, none."""
    rules.allowed(by, "patrol.confirm", local_day(at)).enforce()
    rules.at_most(len(words)).enforce()
    return _hear(by, voices_at_hand(by.unit_id), words, at, Way.ACCOUNT)


@action
def make_link(*, by: Post, activity: Activity, unit: Unit, at: datetime) -> tuple[ConfirmLink, Secret]:
    """Make a one-time link with which a party without an account confirms. The secret is shown once and not kept; an older link ends."""
    a = locked(activity)
    rules.may_make_link(by, a, a.strengths.filter(unit=unit).first(), local_day(at)).enforce()
    token = secrets.token_urlsafe(24)
    ConfirmLink.objects.filter(activity=a, unit=unit, used_at=None, expires_at__gt=at).update(expires_at=at)
    link = ConfirmLink.objects.create(activity=a, unit=unit, digest=digest(token.encode()), expires_at=at + rules.LINK_LIVES)
    write(by=by, what="patrol.link_made", at=at, matter=a.matter, unit=unit.key)
    return link, Secret(token)


@action
def confirm_by_link(*, by: Post, link: ConfirmLink, word: Word, at: datetime) -> Activity:
    """A party answers through its link; ``by`` is the node's own post. The link is then used up."""
    link = locked(link)
    rules.may_speak_by_link(by, link, at).enforce()
    rules.is_for(word, link).enforce()
    done = _hear(by, [link.unit_id], [word], at, Way.LINK)[0]
    link.used_at = at
    link.save(update_fields=["used_at"])
    return done


@action
def confirm_on_paper(*, by: Post, party: Unit, number: str, signed_on: date, scan: Upload, words: Sequence[Word], at: datetime) -> PaperList:
    """The lead enters a signed list: the party's confirmation of up to 200 of the lead's own patrols, with scan, number and date."""
    rules.at_most(len(words)).enforce()
    listed = Activity.objects.filter(pk__in=[w.activity.pk for w in words]).select_related("matter")
    rules.may_enter_paper(by, listed, number, signed_on, local_day(at)).enforce()
    rules.is_scan(media_of(scan)).enforce()
    file = keep_file(scan, unit=by.unit, at=at, purpose=Purpose.FILE)
    paper = PaperList.objects.create(lead=by.unit, party=party, number=nfc(number).strip(), signed_on=signed_on, scan=file)
    _hear(by, [party.pk], words, at, Way.PAPER, paper)
    return paper


def _hear(by: Post, speakers: Sequence[int], words: Sequence[Word], at: datetime, way: str, paper: PaperList | None = None) -> list[Activity]:
    """Write down what one party says of each result. ``speakers``: the units it may speak for, itself first."""
    chosen = [w.activity.pk for w in words]
    rules.each_once(chosen, "words").enforce()
    activities = {a.pk: a for a in held(chosen)}
    mine = _own_strengths(activities, speakers)
    fresh = [replace(w, activity=activities[w.activity.pk]) for w in words]
    for n, w in enumerate(fresh):
        rules.of_row(rules.may_confirm(w, mine.get(w.activity.pk)), "words", n, len(words)).enforce()
    spoken = [(w, mine[w.activity.pk]) for w in fresh]
    notes = keep_many([w.note for w in words], Purpose.REASON, at)
    made = [
        Confirmation(activity=w.activity, unit=s.unit, agrees=w.agrees, way=way, at=at, by=None if way == Way.LINK else by, digest=w.digest, note=note, paper=paper)
        for (w, s), note in zip(spoken, notes, strict=True)
    ]  # fmt: skip
    _replace_words(spoken)
    insert(made)
    events = write_many(by=by, at=at, entries=[_entry(c, s, paper) for c, (_, s) in zip(made, spoken, strict=True)])
    done = [w.activity for w in fresh]
    settle(list(zip(done, events, strict=True)), at)
    return done


def _own_strengths(activities: Mapping[int, Activity], speakers: Sequence[int]) -> dict[int, Strength]:
    """By patrol, the strength of the unit that is spoken for: not the one that recorded the result, and the speaker's own before a predecessor's."""

    def distance(s: Strength) -> tuple[bool, int]:
        return s.unit_id == activities[s.activity_id].recorder_id, speakers.index(s.unit_id)

    rows = [s for s in strengths_of(activities) if s.unit_id in speakers]
    return {s.activity_id: s for s in sorted(rows, key=distance, reverse=True)}


def _replace_words(spoken: Sequence[tuple[Word, Strength]]) -> None:
    """Take back what each unit said before, count what it says now, and note its own numbers."""
    former = {(c.activity_id, c.unit_id): c for c in _kept.records_of([w.activity.pk for w, _ in spoken], "live", _live)}
    for w, s in spoken:
        if earlier := former.get((w.activity.pk, s.unit_id)):
            w.activity.confirmed -= earlier.agrees
            w.activity.disputed -= not earlier.agrees
        w.activity.confirmed += w.agrees
        w.activity.disputed += not w.agrees
    if replaced := [former[key].pk for key in ((w.activity.pk, s.unit_id) for w, s in spoken) if key in former]:
        Confirmation.objects.filter(pk__in=replaced).update(live=False)
    update_each([w.activity for w, _ in spoken], ["confirmed", "disputed"])
    differing = [(w, s) for w, s in spoken if (s.own_people, s.own_teams) != (w.people, w.teams)]
    for w, s in differing:
        s.own_people, s.own_teams = w.people, w.teams
    update_each([s for _, s in differing], ["own_people", "own_teams"])


def _live(patrols: Sequence[int]) -> QuerySet[Confirmation]:
    return Confirmation.objects.filter(activity__in=patrols, live=True)


def _entry(c: Confirmation, s: Strength, paper: PaperList | None) -> Entry:
    facts = {"unit": s.unit.key, "way": c.way, "digest": c.digest, "people": s.own_people, "teams": s.own_teams}
    texts = {"note": c.note, "scan": paper.scan if paper else None, "scan_name": paper.scan.name if paper else None}
    return Entry("patrol.confirmed" if c.agrees else "patrol.disputed", c.activity.matter, facts, texts)
