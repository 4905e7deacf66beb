"""What was read of a document, each thing with its place and its rule. Offsets are characters of the document's text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Mark:
    """A value that was read: from where to before where it stands, and by which rule (a name in ``why.RULES``). Not ``sure``: a person must look."""

    value: str
    start: int
    until: int
    rule: str
    sure: bool = True

    def moved(self, by: int) -> Mark:
        return Mark(self.value, self.start + by, self.until + by, self.rule, self.sure)


@dataclass(frozen=True, slots=True)
class RoleRead:
    """A body, as the text calls it, and its part in a duty: a ``PartRole``."""

    role: str
    body: Mark


@dataclass(frozen=True, slots=True)
class DutyRead:
    """Something to do, read from one sentence (``start`` to before ``until``). Empty: the text does not say, or not clearly.

    ``days``: a day of the month (``20``) or of the year (``15/5``); ``on``: one date (ISO). A sentence with several cadences is several duties. Not ``kept``: the officer took it away.
    """

    start: int
    until: int
    act: Mark | None = None
    level: Mark | None = None
    cadence: Mark | None = None
    workdays: Mark | None = None
    days: Mark | None = None
    on: Mark | None = None
    minutes: Mark | None = None
    onward: Mark | None = None
    roles: Sequence[RoleRead] = ()
    kept: bool = True

    @property
    def marks(self) -> list[Mark]:
        """Every find, for what is shown as *used*."""
        own = [self.act, self.cadence, self.workdays, self.days, self.on, self.minutes, self.onward]
        return [m for m in own if m is not None] + [r.body for r in self.roles]


@dataclass(frozen=True, slots=True)
class ClauseRead:
    """A chapter, article, paragraph, point or row of a table: its label, heading and text, where they stand, and what follows from it.

    ``state``: what the officer decided: ``new``, ``taken`` or ``dropped``. ``unread``: words that ask for something no find holds; their rule says what.
    """

    label: str
    depth: int
    heading: str
    text: str
    start: int
    until: int
    text_start: int
    content: Mark | None = None
    duties: Sequence[DutyRead] = ()
    state: str = "new"
    unread: Sequence[Mark] = ()


@dataclass(frozen=True, slots=True)
class HeadRead:
    """What the first page says. ``bases``: the instruments that it stands on, ``replaces``: what it replaces, by number, else by name.

    ``signers``: by office, never by name; ``unnamed``: how many names of persons stand there and were left out.
    """

    kind: Mark | None = None
    number: Mark | None = None
    symbol: Mark | None = None
    style: Mark | None = None
    issued_on: Mark | None = None
    subject: Mark | None = None
    valid_from: Mark | None = None
    valid_until: Mark | None = None
    issuers: Sequence[Mark] = ()
    bases: Sequence[Mark] = ()
    parties: Sequence[Mark] = ()
    signers: Sequence[Mark] = ()
    replaces: Sequence[Mark] = ()
    unnamed: int = 0

    @property
    def day(self) -> date | None:
        return date.fromisoformat(self.issued_on.value) if self.issued_on else None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A whole document as it was read; a person confirms or mends every part of it."""

    head: HeadRead
    clauses: Sequence[ClauseRead]
