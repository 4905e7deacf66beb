"""A unit's own regulations and plans on their way in: sent, read, looked through clause by clause, made an agreement or dropped."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router
from pydantic import BaseModel, Field

from phoihop.domain.agreements.actions import reading as actions
from phoihop.domain.agreements.actions.following import draft_following
from phoihop.domain.agreements.models import Reading, ReadingState
from phoihop.domain.agreements.queries.reading import overview, readings_of, terms_of
from phoihop.domain.agreements.rules.reading import ClauseRead, DutyRead, HeadRead
from phoihop.domain.agreements.rules.reading.staged import print_of
from phoihop.domain.people.models import Post
from phoihop.jobs.reading import ask_to_read
from phoihop.kernel.upload import Upload

from .access import Caller
from .acts import act
from .asking import missing
from .drafts import told
from .reads import After, Limit, caller_of, page, page_of, reads
from .records import READING

router = Router()


class MarkReadTold(BaseModel):
    """What was read: its value, from and before which character of the text it stands, by which rule; not ``sure``: to be looked at."""

    value: str
    start: int
    until: int
    rule: str
    sure: bool


class RoleReadTold(BaseModel):
    """A part in a duty, and the body that has it, as the document calls it."""

    role: str
    body: MarkReadTold


class DutyReadTold(BaseModel):
    """Something to do, read from one sentence. Null: the text does not say, or not clearly."""

    start: int
    until: int
    act: MarkReadTold | None
    level: MarkReadTold | None
    cadence: MarkReadTold | None
    workdays: MarkReadTold | None
    days: MarkReadTold | None = Field(description="A day of the month (20) or of each year (15/5).")
    on: MarkReadTold | None
    minutes: MarkReadTold | None
    onward: MarkReadTold | None
    roles: list[RoleReadTold]
    kept: bool


class ClauseReadTold(BaseModel):
    """A chapter, article, paragraph, point or row of a table. ``state``: new, taken or dropped."""

    label: str
    depth: int
    heading: str
    text: str
    start: int
    until: int
    text_start: int
    content: MarkReadTold | None
    duties: list[DutyReadTold]
    state: str
    unread: list[MarkReadTold] = Field(description="Words that ask for something no find holds (how often, by when, who leads); their rule says what.")


class ClauseNowTold(ClauseReadTold):
    """A clause as it stands, and its print: hand it back as ``seen`` with what you decide."""

    seen: str


class HeadReadTold(BaseModel):
    """What the first page and the signatures say."""

    kind: MarkReadTold | None
    number: MarkReadTold | None
    symbol: MarkReadTold | None
    style: MarkReadTold | None
    issued_on: MarkReadTold | None
    subject: MarkReadTold | None
    valid_from: MarkReadTold | None
    valid_until: MarkReadTold | None
    issuers: list[MarkReadTold]
    bases: list[MarkReadTold]
    parties: list[MarkReadTold]
    signers: list[MarkReadTold]
    replaces: list[MarkReadTold]
    unnamed: int = Field(description="How many names of persons stand among the signatures; they are left out.")


class NameTold(BaseModel):
    """What a name stands for: ``unit <key>``, ``force <code>``, ``all``, ``none``; empty: not clear. ``choices``: what else it might."""

    name: str
    means: str
    choices: list[list[str]]


class WholeReading(READING.shape):
    """A file with what was read of it; null and empty while it is being read and when it is over."""

    head: HeadReadTold | None
    names: list[NameTold]
    clauses: list[ClauseNowTold]
    undecided: int
    terms: dict[str, Any] | None = Field(description="What `confirm` would be handed to take the head over as it was read.")


assert [
    set(shape.model_fields) == set(read.__dataclass_fields__)
    for shape, read in ((DutyReadTold, DutyRead), (ClauseReadTold, ClauseRead), (HeadReadTold, HeadRead))
] == [True] * 3


@reads(router, "/readings", page_of(READING))
def listed(request: HttpRequest, after: After = None, limit: Limit = 100) -> Any:
    """The files of the post's unit, the latest first."""
    return page(readings_of(caller_of(request).post).select_related("unit__force", "by__unit__force"), READING, after, limit, "-pk")


@reads(router, "/readings/{reading}", WholeReading)
def one(request: HttpRequest, reading: int) -> Any:
    """A file: what was read of it, each find with its place and its rule, and what the officer decided so far."""
    return _whole(caller_of(request), reading)


def _whole(caller: Caller, reading: int) -> dict[str, Any]:
    found = overview(caller.post, reading) if reading < 2**63 else None
    if found is None:
        raise missing(Reading, reading)
    plain = READING.of(found.reading)
    if found.staged is None:
        return {**plain, "head": None, "names": [], "clauses": [], "undecided": 0, "terms": None}
    proposal = found.staged.proposal
    names = [{"name": name, "means": m.means, "choices": [list(pair) for pair in m.choices]} for name, m in found.staged.names.items()]
    return {
        **plain, "head": asdict(proposal.head), "names": names, "clauses": [asdict(c) | {"seen": print_of(c)} for c in proposal.clauses],
        "undecided": len(found.staged.undecided), "terms": told(terms_of(caller.post, found.staged, caller.today)),
    }  # fmt: skip


def _now(caller: Caller, reading: Any) -> dict[str, Any]:
    """The file as it stands, for who decided on what somebody else had changed."""
    return _whole(caller, reading.pk)


def begin(*, by: Post, upload: Upload, at: datetime, sure: Collection[str] = ()) -> Reading:
    """Send a regulation or plan (.docx, or .pdf with text). It is read at once; a very long one by the worker: see its ``state``."""
    reading = actions.begin(by=by, upload=upload, at=at, sure=sure)
    if reading.state == ReadingState.WAITING:
        ask_to_read(reading)
    return reading


act(router, "/readings", begin, name="begin_reading", stands_for="agreements.take_in")
act(router, "/readings/{reading}/name", actions.settle_name, shows=_now)
act(router, "/readings/{reading}/mend", actions.mend_clause, shows=_now)
act(router, "/readings/{reading}/decide", actions.decide, shows=_now)
act(router, "/readings/{reading}/take-plain", actions.take_plain)
act(router, "/readings/{reading}/take-rest", actions.take_rest)
act(router, "/readings/{reading}/confirm", actions.confirm, name="confirm_reading")
act(router, "/readings/{reading}/drop", actions.drop, name="drop_reading")
act(router, "/agreements/{agreement}/following", draft_following)
