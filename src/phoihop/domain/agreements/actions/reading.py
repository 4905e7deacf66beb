"""A unit's own file becomes an agreement: taken in, read, looked through clause by clause, confirmed or dropped."""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from phoihop.kernel.action import action, locked
from phoihop.kernel.gates.files import media_of
from phoihop.kernel.period import local_day
from phoihop.kernel.text import digest
from phoihop.kernel.upload import Upload
from phoihop.kernel.verdict import SURE, Refused

from ...matters.actions.erasing import erase_file
from ...matters.actions.journal import write
from ...matters.actions.notes import keep_file
from ...people.models import Post
from ..models import Agreement, Reading, ReadingState
from ..queries.reading import bases_of, forgotten, is_there, meanings, standing_of, style_of
from ..rules.reading import intake, mending, staged, whole
from ..rules.reading.mending import ClauseMend
from ..rules.reading.proposal import ClauseRead, Proposal
from ..rules.reading.staged import Meaning, Staged, names_in, print_of
from ..rules.reading.turning import Terms, can_confirm, draft_of
from ..rules.register import RegisterDraft
from .basing import set_bases
from .drafting import draft_agreement
from .registering import register_on_paper

AT_ONCE = 20
"""Old readings erased in one transaction."""


def begin(*, by: Post, upload: Upload, at: datetime, sure: Collection[str] = ()) -> Reading:
    """Take a regulation or plan in (.docx, or .pdf with text) and read it; a long one waits for ``read_on``, which the line of jobs calls.

    Raises Refused for a file that the gates hold back, a scan, a damaged file; nothing of it is kept then but the event.
    """
    answered = SURE.set(SURE.get() | frozenset(sure))
    try:
        reading = take_in(by=by, upload=upload, at=at)
    finally:
        SURE.reset(answered)
    if not intake.takes_long(upload.content, reading.file.media):
        for _step in read_on(reading, at):
            pass
        reading.refresh_from_db()
    return reading


def read_on(reading: Reading, at: datetime) -> Iterator[tuple[int, int]]:
    """Read a file that waits, saying after each page and clause how many of how many are done. Called again after a cut, it begins anew.

    Raises Refused for what cannot be read or has more clauses than an agreement may, after giving the reading up.
    """
    if reading.state != ReadingState.WAITING or reading.file.content is None:
        return
    try:
        text, proposal = yield from _read(bytes(reading.file.content), reading.file.media)
    except Refused as refused:
        give_up(by=reading.by, reading=reading, problem=str(refused.verdict.reason), at=at)
        raise
    names = meanings(names_in(proposal), reading.unit, local_day(at))
    reading.text, reading.found = text, Staged(proposal, names).as_json()
    finish(by=reading.by, reading=reading, at=at)


def _read(content: bytes, media: str) -> Generator[tuple[int, int], None, tuple[str, Proposal]]:
    """Page after page, then clause after clause."""
    text, proposal = "", None
    for step in intake.steps(content, media):
        if isinstance(step, str):
            text = step
        else:
            yield step
    for part in whole.steps(text):
        if isinstance(part, Proposal):
            proposal = part
        else:
            yield part
    assert proposal is not None
    intake.fits_an_agreement(len(proposal.clauses)).enforce()
    return whole.without_names(text), proposal


@action
def take_in(*, by: Post, upload: Upload, at: datetime) -> Reading:
    """Keep a file that passed the gates, to be read."""
    mending.may_read(by, local_day(at)).enforce()
    intake.is_readable(media_of(upload)).enforce()
    file = keep_file(upload, unit=by.unit, at=at)
    made = Reading.objects.create(unit=by.unit, by=by, at=at, file=file)
    write(by=by, what="reading.begun", at=at, reading=made.pk, media=file.media, size=file.size, texts={"file": file, "name": file.name})
    return made


@action
def finish(*, by: Post, reading: Reading, at: datetime) -> Reading:
    """Keep what was read: ``reading`` carries text and proposals, read from a file that passed the gates."""
    mending.still_waits(locked(reading)).enforce()
    reading.state = ReadingState.READY
    reading.save(update_fields=["text", "found", "state"])
    clauses = len(reading.found["proposal"]["clauses"])
    write(by=by, what="reading.read", at=at, reading=reading.pk, clauses=clauses, sha256=digest(reading.text.encode()))
    return reading


@action
def give_up(*, by: Post, reading: Reading, problem: str, at: datetime) -> Reading:
    """A file that cannot be read: why, and the file goes."""
    reading = locked(reading)
    reading.problem = problem[:300]
    _end(reading, ReadingState.FAILED, at)
    erase_file(reading.file, at)
    write(by=by, what="reading.failed", at=at, reading=reading.pk)
    return reading


@action
def settle_name(*, by: Post, reading: Reading, name: str, means: str, seen: str, at: datetime) -> Reading:
    """Say what a name in the document stands for, wherever it stands: ``unit <key>``, ``force <code>``, ``all``, ``none``; empty: not clear.

    ``seen``: what it stood for before you; who settled it meanwhile is not overruled unseen.
    """
    reading, now = _held(by, reading, at)
    mending.fits_meaning(name, means, now.names.keys(), is_there(means, local_day(at)) if " " in means else True).enforce()
    mending.name_unchanged(seen, now.names[name].means).enforce()
    names = dict(now.names) | {name: Meaning(means, now.names[name].choices, by_hand=True)}
    _keep(reading, Staged(now.proposal, names))
    write(by=by, what="reading.mended", at=at, reading=reading.pk, names=1)
    return reading


@action
def mend_clause(*, by: Post, reading: Reading, clause: int, mend: ClauseMend, seen: str, at: datetime) -> Reading:
    """Take a clause over as mended: what it is about, and its duties. ``clause``: its place in the document, from 0; ``seen``: its print before you."""
    reading, now = _held(by, reading, at)
    mending.has_clauses([clause], len(now.proposal.clauses)).enforce()
    was = now.proposal.clauses[clause]
    mending.fits_mend(was, mend, now.names).enforce()
    mending.clause_unchanged([seen], [print_of(was)]).enforce()
    _keep(reading, _with(now, {clause: mending.mended(was, mend, staged.TAKEN)}))
    write(by=by, what="reading.mended", at=at, reading=reading.pk, clause=clause)
    return reading


@action
def decide(*, by: Post, reading: Reading, clauses: Sequence[int], state: str, seen: Sequence[str], at: datetime) -> Reading:
    """Take clauses over as they stand (``taken``), leave them out (``dropped``), or open them again (``new``). ``seen``: the print of each before you."""
    reading, now = _held(by, reading, at)
    mending.has_clauses(clauses, len(now.proposal.clauses)).enforce()
    mending.fits_state(state).enforce()
    mending.clause_unchanged(seen, [print_of(now.proposal.clauses[n]) for n in clauses]).enforce()
    _keep(reading, _with(now, {n: replace(now.proposal.clauses[n], state=state) for n in clauses}))
    write(by=by, what="reading.mended", at=at, reading=reading.pk, clauses=len(clauses), state=state)
    return reading


@action
def take_plain(*, by: Post, reading: Reading, at: datetime) -> Reading:
    """Take over every clause that lays nothing down and that nobody has decided on: an event for each, and each can be opened again."""
    reading, now = _held(by, reading, at)
    plain = now.plain
    mending.has_plain(len(plain)).enforce()
    _keep(reading, _with(now, {n: replace(now.proposal.clauses[n], state=staged.TAKEN) for n in plain}))
    for n in plain:
        write(by=by, what="reading.mended", at=at, reading=reading.pk, clause=n, state=staged.TAKEN)
    return reading


@action
def take_rest(*, by: Post, reading: Reading, at: datetime) -> Reading:
    """Take over every clause that nobody has decided on."""
    reading, now = _held(by, reading, at)
    rest = now.undecided
    _keep(reading, _with(now, {n: replace(now.proposal.clauses[n], state=staged.TAKEN) for n in rest}))
    write(by=by, what="reading.mended", at=at, reading=reading.pk, clauses=len(rest), state=staged.TAKEN)
    return reading


@action
def confirm(*, by: Post, reading: Reading, terms: Terms, at: datetime) -> Agreement:
    """Make the agreement: of one signed on paper an entry of the register that each party acknowledges, else a draft. The file becomes its original."""
    reading, now = _held(by, reading, at)
    can_confirm(now, terms).enforce()
    standing = standing_of(now, [p.unit for p in terms.parties], local_day(at))
    draft = replace(draft_of(now, terms, standing, style_of(now)), original=reading.file)
    bases = list(terms.bases) if terms.bases is not None else bases_of(by, now, reading.text, local_day(at))
    if terms.on_paper:
        assert terms.issued_on is not None
        entry = RegisterDraft(draft, terms.issuer or by.unit, terms.number, terms.issued_on, bases, signers=terms.signers)
        agreement = register_on_paper(by=by, draft=entry, at=at)
    else:
        agreement = draft_agreement(by=by, draft=draft, at=at)
        if bases:
            set_bases(by=by, agreement=agreement, bases=bases, at=at)
    reading.agreement = agreement
    _end(reading, ReadingState.DONE, at)
    write(by=by, what="reading.confirmed", at=at, matter=agreement.matter, reading=reading.pk, on_paper=terms.on_paper)
    return agreement


@action
def drop(*, by: Post, reading: Reading, at: datetime) -> Reading:
    """Leave a file: it, its text and the proposals are erased."""
    reading = locked(reading)
    mending.may_drop(by, reading, local_day(at)).enforce()
    _drop(reading, at)
    write(by=by, what="reading.dropped", at=at, reading=reading.pk)
    return reading


@action
def forget_readings(*, by: Post, at: datetime) -> int:
    """The node erases readings that nobody finished in ninety days. Returns how many."""
    due = list(forgotten(at).select_for_update()[:AT_ONCE])
    for reading in due:
        _drop(reading, at)
    write(by=by, what="reading.forgotten", at=at, readings=[r.pk for r in due])
    return len(due)


def _drop(reading: Reading, at: datetime) -> None:
    _end(reading, ReadingState.DROPPED, at)
    erase_file(reading.file, at)


def _end(reading: Reading, state: str, at: datetime) -> None:
    reading.state, reading.text, reading.found, reading.ended_at = state, "", {}, at
    reading.save(update_fields=["state", "text", "found", "ended_at", "problem", "agreement"])


def _held(by: Post, reading: Reading, at: datetime) -> tuple[Reading, Staged]:
    """The reading as it is now, if the post may work on it, and its proposals."""
    reading = locked(reading)
    mending.may_work(by, reading, local_day(at)).enforce()
    return reading, Staged.of_json(reading.found)


def _with(now: Staged, changed: dict[int, ClauseRead]) -> Staged:
    clauses = [changed.get(n, c) for n, c in enumerate(now.proposal.clauses)]
    return Staged(replace(now.proposal, clauses=clauses), now.names)


def _keep(reading: Reading, now: Staged) -> None:
    reading.found = now.as_json()
    reading.save(update_fields=["found"])
