"""What is handed in: an agreement as it is drafted, with its head, parties, clauses and what follows from each clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ...forces.models import Force, Unit
from ...matters.models import Attachment
from ...territory.models import Area
from ..models import NumberStyle


@dataclass(frozen=True, slots=True)
class PartyDraft:
    """A unit that the text binds (``signs``), or that only follows it; parties are listed, and sign, in this order.

    ``approves``: it follows, signs nothing, and decides once all others have signed.
    """

    unit: Unit
    role: str
    signs: bool = True
    approves: bool = False


@dataclass(frozen=True, slots=True)
class DutyRoleDraft:
    """Who has which part in a duty: a named unit or, for what holds in every commune, a force; never both."""

    role: str
    unit: Unit | None = None
    force: Force | None = None


@dataclass(frozen=True, slots=True)
class DutyDraft:
    """Something to do that a clause lays down. ``sentence``: from which to before which character of the clause's text (NFC, stripped) it stands.

    ``grace_workdays``: unanswered so many working days after its deadline, it waits for the unit above that gave it as well.
    """

    act: str
    level: str
    cadence: str
    roles: Sequence[DutyRoleDraft] = ()
    due_workdays: int | None = None
    due_day: int | None = None
    due_on: date | None = None
    within_minutes: int | None = None
    onward: int = 0
    sentence: tuple[int, int] | None = None
    grace_workdays: int | None = None


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A duty of the n-th clause (``clause``, from 1), in a table of all duties of a text. ``content``: what that clause is about; none leaves it as it is."""

    clause: int
    duty: DutyDraft
    content: str = ""


@dataclass(frozen=True, slots=True)
class ClauseDraft:
    """One clause, in the order of the text. ``depth``: 0 chapter, 1 article, 2 paragraph, 3 point. ``content``: a ContentArea, or none."""

    label: str
    text: str = ""
    heading: str = ""
    depth: int = 1
    content: str = ""
    duties: Sequence[DutyDraft] = ()


@dataclass(frozen=True, slots=True)
class AgreementDraft:
    """A whole text. The first of ``areas`` is the one it is kept under; the party with the role *lead* is the unit that drafts.

    ``original``: the file that it was read from, kept before (``matters.actions.notes.keep_file``); it becomes the agreement's.
    ``situation``, ``cleared_by``, ``cleared_on``: for plans, whose text may stand here only for the kinds of ground rule 3.
    """

    kind: str
    title: str
    areas: Sequence[Area]
    parties: Sequence[PartyDraft]
    clauses: Sequence[ClauseDraft] = ()
    valid_from: date | None = None
    valid_until: date | None = None
    review_months: int | None = None
    style: str = NumberStyle.STATE
    situation: str = ""
    cleared_by: str = ""
    cleared_on: date | None = None
    original: Attachment | None = None
