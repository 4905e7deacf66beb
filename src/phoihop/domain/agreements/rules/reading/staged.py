"""What is kept of a reading between two visits: the proposals as JSON, and what each written name stands for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from phoihop.kernel.text import digest

from .proposal import ClauseRead, DutyRead, HeadRead, Mark, Proposal, RoleRead

NEW, TAKEN, DROPPED = "new", "taken", "dropped"
STATES = (NEW, TAKEN, DROPPED)
UNIT, FORCE = "unit ", "force "
ALL, NOBODY, UNCLEAR = "all", "none", ""
"""What a name may stand for: ``unit <key>``, ``force <code>`` (in every commune), every party, nobody here; or it is not clear."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a written name stands for, and what else it might: pairs of a value and its words. ``by_hand``: an officer said so."""

    means: str = UNCLEAR
    choices: tuple[tuple[str, str], ...] = ()
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Staged:
    """The proposals as they are now, and the names in them."""

    proposal: Proposal
    names: Mapping[str, Meaning] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {"proposal": asdict(self.proposal), "names": {name: asdict(meaning) for name, meaning in self.names.items()}}

    @classmethod
    def of_json(cls, found: Mapping[str, Any]) -> Staged:
        proposal = Proposal(_head(found["proposal"]["head"]), [_clause(c) for c in found["proposal"]["clauses"]])
        names = {name: Meaning(m["means"], tuple((v, w) for v, w in m["choices"]), m["by_hand"]) for name, m in found["names"].items()}
        return cls(proposal, names)

    @property
    def undecided(self) -> list[int]:
        return [n for n, c in enumerate(self.proposal.clauses) if c.state == NEW]

    @property
    def plain(self) -> list[int]:
        """Those of them that lay nothing down: headings, principles, scope."""
        return [n for n in self.undecided if is_plain(self.proposal.clauses[n])]


def is_plain(clause: ClauseRead) -> bool:
    """Whether a clause asks nobody for anything, as far as it was read; one with words that could not be read is not plain."""
    return not clause.unread and not any(d.kept for d in clause.duties)


def is_doubtful(clause: ClauseRead, names: Mapping[str, Meaning]) -> bool:
    """Whether a person should look at a clause first: words that were not read, a find that is not sure, a name nobody settled, no act."""
    return bool(clause.unread) or any(d.kept and _duty_is_doubtful(d, names) for d in clause.duties)


def _duty_is_doubtful(duty: DutyRead, names: Mapping[str, Meaning]) -> bool:
    if duty.act is None or not all(m.sure for m in duty.marks):
        return True
    return any(not names.get(r.body.value, Meaning()).means for r in duty.roles)


def print_of(clause: ClauseRead) -> str:
    """The print of a clause as it now stands, for two officers who look at it at one time."""
    return digest(json.dumps(asdict(clause), sort_keys=True, ensure_ascii=False).encode())[:32]


def names_in(proposal: Proposal) -> list[str]:
    """Every body that the proposals name, in the order of the text, the parties first."""
    marks = [*proposal.head.parties, *proposal.head.issuers, *(r.body for c in proposal.clauses for d in c.duties for r in d.roles)]
    return list(dict.fromkeys(m.value for m in marks))


def _mark(told: Any) -> Mark | None:
    return Mark(**told) if told else None


def _marks(told: Any) -> list[Mark]:
    return [Mark(**one) for one in told]


def _head(told: Mapping[str, Any]) -> HeadRead:
    several: dict[str, Any] = {key: _marks(told[key]) for key in ("issuers", "bases", "parties", "signers", "replaces")}
    single: dict[str, Any] = {key: _mark(value) for key, value in told.items() if key not in several and key != "unnamed"}
    return HeadRead(**single, **several, unnamed=told.get("unnamed", 0))


def _clause(told: Mapping[str, Any]) -> ClauseRead:
    plain = {key: told[key] for key in ("label", "depth", "heading", "text", "start", "until", "text_start", "state")}
    return ClauseRead(**plain, content=_mark(told["content"]), duties=[_duty(d) for d in told["duties"]], unread=_marks(told["unread"]))


def _duty(told: Mapping[str, Any]) -> DutyRead:
    marks = {key: _mark(told[key]) for key in ("act", "level", "cadence", "workdays", "days", "on", "minutes", "onward")}
    return DutyRead(told["start"], told["until"], **marks, roles=[RoleRead(r["role"], Mark(**r["body"])) for r in told["roles"]], kept=told["kept"])
