"""What a unit has to do with a matter, as conditions in SQL (``kernel/written_sql.py`` says why)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from django.db.models import BooleanField

from phoihop.kernel.written_sql import Written

from ...forces.models import Relation, RelationKind, Unit, UnitClosure
from ...forces.queries.voices import voices_at_hand
from ..models import Grant, Participation, PartState

OPEN_PARTS = (PartState.ASKED, PartState.ACCEPTED)
REFUSED_PARTS = (PartState.DECLINED, PartState.UNABLE)


def _listed(*states: PartState) -> str:
    return ", ".join(f"'{state.value}'" for state in states)


def _there(parts: str) -> str:
    """Whether there is such a part: a value that is there instead of EXISTS, which PostgreSQL would work out for every part of the node beforehand, where a page
    asks it of a hundred matters."""
    return f"({parts} LIMIT 1) IS NOT NULL"


# Who was directed until the unit ended, too: what it led in its day still opens to who directed it then (promise 3). Asked of all units at once: of one unit for
# each line PostgreSQL takes it for so dear that it reads all matters of the node rather than look up those of a page.
_TO_ITS_END = f"(c.unit_id, c.valid_until) IN (SELECT u.id, u.valid_until FROM {Unit._meta.db_table} u)"
# Another unit instead of a depth: so all that is asked stands in the index ``units_below``, and no row of the table is looked up.
_BELOW = (
    f"SELECT c.unit_id FROM {UnitClosure._meta.db_table} c WHERE c.ancestor_id IN ({{unit}}) AND c.unit_id <> c.ancestor_id AND c.valid_from <= {{on}}"
    f" AND (c.valid_until > {{on}} OR {_TO_ITS_END})"
)
_GUIDED = (
    f"SELECT r.lower_id FROM {Relation._meta.db_table} r WHERE r.upper_id IN ({{unit}}) AND r.kind = '{RelationKind.GUIDES.value}'"
    " AND r.valid_from <= {on} AND (r.valid_until IS NULL OR r.valid_until > {on})"
)
_PART = f"SELECT 1 FROM {Participation._meta.db_table} p WHERE p.matter_id = {{matter}}"
_OWN = f"{_PART} AND p.unit_id IN ({{unit}})"
_OPEN = f"p.state IN ({_listed(*OPEN_PARTS)})"
_REFUSED = f"p.state IN ({_listed(*REFUSED_PARTS)})"
_INFORMED = f"p.state IN ({_listed(PartState.INFORMED)})"
_TOLD = f"p.state IN ({_listed(*OPEN_PARTS, PartState.INFORMED, *REFUSED_PARTS)})"
_GRANT = f"SELECT 1 FROM {Grant._meta.db_table} g WHERE g.matter_id = {{matter}} AND g.unit_id IN ({{unit}}) AND g.ended_at IS NULL"
# The plus keeps the database from looking for each of a hundred units below in each matter, which has three.
_OF_BELOW = f"{_OPEN} AND +p.unit_id IN ({_BELOW})"
_DIRECTS = f"{{lead}} IN ({_BELOW}) OR {_there(f'{_PART} AND {_OF_BELOW}')}"
_GRANTED = f"EXISTS ({_GRANT} AND (g.until IS NULL OR g.until > {{on}}))"


class Kind(StrEnum):
    """How a unit stands to a matter, the closest first; the degrees of ``rules.sight``, and what lists need besides."""

    WHOLE = f"({{lead}} IN ({{unit}}) OR {_there(f'{_OWN} AND {_OPEN}')})"
    SHARED = f"({_DIRECTS} OR {_there(f'{_OWN} AND {_INFORMED}')})"
    GRANTED = f"({_GRANTED})"
    TITLE = f"({_there(f'{_OWN} AND {_REFUSED}')})"
    FIGURES = f"({{lead}} IN ({_GUIDED}) OR {_there(f'{_PART} AND {_OPEN} AND +p.unit_id IN ({_GUIDED})')})"

    # At least the title; one look at the parts for all that they may tell.
    SEEN = (
        f"({{lead}} IN ({{unit}}) OR {{lead}} IN ({_BELOW}) OR {_GRANTED} OR {_there(f'{_PART} AND ((p.unit_id IN ({{unit}}) AND {_TOLD}) OR ({_OF_BELOW}))')})"
    )
    # The title and no more.
    TITLE_ONLY = f"({_there(f'{_OWN} AND {_REFUSED}')} AND NOT ({_DIRECTS} OR {_GRANTED}))"


def stands(kind: Kind, unit: int, on: date, matter: str = "", voices: Sequence[int] | None = None) -> Written:
    """Whether a unit stands so to the matter of a row on a day. ``matter``: the row's key to its matter; none: the row is one.

    A unit stands in the place of those that it succeeded (``voices``, if they were asked for): what they led and took part in stays theirs by name, and
    opens to their heir.
    """
    columns = {"matter": matter or "pk", "lead": f"{matter}__lead" if matter else "lead"}
    return Written(kind.value, columns, {"unit": tuple(voices or voices_at_hand(unit)), "on": on}, BooleanField())
