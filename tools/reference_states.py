"""docs/reference/states.md: the truth table of a patrol, asked of the rule itself; and the stored states."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

from phoihop.domain.activities.models import Activity, Claim, ImportState, RowState
from phoihop.domain.activities.rules import STATE_NAMES, Grace, State, state
from phoihop.domain.matters.models import Matter, PartState, RequestState
from phoihop.domain.tasks.models import SupportState, TaskState
from phoihop.jobs.models import State as JobState

from .reference import page
from .reference_pages import code, table

START = datetime(2026, 6, 1, 20, tzinfo=UTC)
END = START + timedelta(hours=4)
GRACE = Grace()
CLOCK = {"before late": START, "late": START + GRACE.late + timedelta(minutes=1), "past the result": END + GRACE.missing + timedelta(minutes=1)}
QUESTIONS: dict[str, tuple[Any, ...]] = {
    "cancelled": ("yes", "no"),
    "lead's result": ("not held", "held", "none"),
    "disputed": ("yes", "no"),
    "confirmed by another": ("yes", "no"),
    "clock": tuple(reversed(CLOCK)),
    "left": ("yes", "no"),
    "all asked accepted": ("yes", "no"),
}
CLAIMS = {"none": Claim.NONE, "held": Claim.HELD, "not held": Claim.NOT_HELD}


def _state(answers: tuple[str, ...]) -> State:
    cancelled, claim, disputed, confirmed, clock, left, ready = answers
    matter = Matter(willing=1 if ready == "yes" else 0, waiting=0 if ready == "yes" else 1)
    patrol = Activity(
        matter=matter, planned_start=START, planned_end=END, claim=CLAIMS[claim], disputed=int(disputed == "yes"), confirmed=int(confirmed == "yes"),
        cancelled_at=END if cancelled == "yes" else None, started_at=START if left == "yes" else None,
    )  # fmt: skip
    return state(patrol, CLOCK[clock], GRACE)


def _rows(known: tuple[str, ...], judge: Callable[[tuple[str, ...]], State]) -> list[tuple[tuple[str, ...], State]]:
    """The rule as a decision table: what makes no difference is a dash."""
    left = list(QUESTIONS.values())[len(known) :]
    if not left:
        return [((), judge(known))]
    branches = [[((answer, *rest), said) for rest, said in _rows((*known, answer), judge)] for answer in left[0]]
    same = all([(r[1:], s) for r, s in b] == [(r[1:], s) for r, s in branches[0]] for b in branches)
    return [(("–", *rest[1:]), said) for rest, said in branches[0]] if same else [row for branch in branches for row in branch]


@page("states")
def states() -> str:
    rows = [(*answers, f"{code(said)} {STATE_NAMES[said]}") for answers, said in _rows((), _state)]
    parts = [
        "# States",
        f"## Of a patrol: computed, never stored ({len(list(product(*QUESTIONS.values())))} cases)",
        "The clock may say late or missing; it never says held.",
        table((*QUESTIONS, "state"), rows),
        "## Stored states",
        "Whether a task is overdue is asked of the clock: it waits for its lead and its deadline has passed.",
    ]
    for title, states_ in (("Of a task", TaskState), ("Of a supporting unit in a task", SupportState), ("Of a unit asked to take part", PartState),
                           ("Of a request to join", RequestState), ("Of an import", ImportState), ("Of a line of an import", RowState), ("Of a job", JobState)):  # fmt: skip
        parts.append(f"### {title}\n\n" + table(("state", "shown as"), [(code(s.value), s.label) for s in states_]))
    return "\n\n".join(parts)
