"""Files that a unit is reading: what was read, what each name stands for on a day, and with which terms an agreement could be made of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import QuerySet

from phoihop.kernel.text import fold

from ...forces.models import Force, Unit
from ...forces.queries.search import UnitCandidate, resolve_unit
from ...forces.queries.units import units_of
from ...forces.rules.naming import Head, told_by
from ...matters.models import PartRole
from ...people.models import Post
from ...people.rules import may
from ...territory.models import Area, AreaClosure, Level
from ...territory.queries import exists_on
from ..models import Instrument, InstrumentKind, LinkKind, NumberStyle, Reading, ReadingState
from ..rules.basis import LONGEST_CITED, BasisDraft
from ..rules.drafts import PartyDraft
from ..rules.numbering import letters_of, read_number, written
from ..rules.reading.basis import words_of
from ..rules.reading.mending import KEPT_FOR
from ..rules.reading.naming import is_everybody, is_of_every_commune, without_office
from ..rules.reading.proposal import Mark
from ..rules.reading.staged import ALL, FORCE, UNCLEAR, UNIT, Meaning, Staged, names_in
from ..rules.reading.turning import Standing, Terms
from .agreement import seen_agreements

_PLAINLY = {"same", "plain", "covers", "heir"}
_LISTED = 60


@dataclass(frozen=True, slots=True)
class Overview:
    """A reading at a glance, with its proposals (None while it is not read)."""

    reading: Reading
    staged: Staged | None

    @property
    def decided(self) -> int:
        return len(self.staged.proposal.clauses) - len(self.staged.undecided) if self.staged else 0


def readings_of(viewer: Post) -> QuerySet[Reading]:
    """What the viewer's unit is reading or has read, the latest first. Who may not draft sees none."""
    if not may(viewer, "agreement.draft"):
        return Reading.objects.none()
    rows = Reading.objects.filter(unit=viewer.unit_id).select_related("file__name", "by__user", "agreement__matter")
    return rows.defer("text", "found", "file__content").order_by("-at", "-pk")


def overview(viewer: Post, pk: int) -> Overview | None:
    reading = Reading.objects.filter(pk__in=readings_of(viewer).filter(pk=pk).values("pk")).select_related(
        "file__name", "by__user", "unit__area", "agreement__matter"
    )
    found = reading.defer("file__content").first()
    if found is None:
        return None
    return Overview(found, Staged.of_json(found.found) if found.found else None)


def forgotten(now: datetime) -> QuerySet[Reading]:
    """Readings that nobody finished in time."""
    return Reading.objects.filter(ended_at=None, at__lte=now - KEPT_FOR).order_by("pk")


def meanings(names: Iterable[str], unit: Unit, on: date) -> dict[str, Meaning]:
    """What each name stands for, seen from a unit: in its commune, else in its province. Not clear: what it might be."""
    here = _Here(unit, on)
    return {name: here.meaning(name) for name in names}


class _Here:
    """Where names are understood: *Công an xã* is the commune's own, in a text of the province that of every commune."""

    def __init__(self, unit: Unit, on: date) -> None:
        self.on, self.unit = on, unit
        self.in_commune = unit.area.level == Level.COMMUNE
        above = AreaClosure.objects.filter(area=unit.area_id, ancestor__level=Level.PROVINCE).order_by("-valid_from").select_related("ancestor")
        self.province: Area | None = next((row.ancestor for row in above), None)
        self._near = list(units_of(unit.area, on)) if self.in_commune else []

    def meaning(self, name: str) -> Meaning:
        if is_everybody(name):
            return Meaning(ALL)
        told = told_by(without_office(name))
        if told.head is not None and (is_of_every_commune(told.rest) or not told.rest):
            if self.in_commune:
                return self._of_here(told.head)
            if is_of_every_commune(told.rest):
                return self._of_force(told.head)
        found = resolve_unit(without_office(name), self.on, self.province)
        return _settled(found)

    def _of_here(self, head: Head) -> Meaning:
        units = [u for u in self._near if u.force.code in head.forces and (not head.kinds or u.kind in head.kinds)]
        choices = tuple((f"{UNIT}{u.key}", u.name) for u in units)
        return Meaning(choices[0][0] if len(choices) == 1 else UNCLEAR, choices)

    def _of_force(self, head: Head) -> Meaning:
        """The force whose units the communes have: *Ban CHQS xã* is the militia's there."""
        forces = set(Unit.objects.filter(exists_on(self.on), area__level=Level.COMMUNE, force__code__in=head.forces).values_list("force__code", flat=True))
        choices = tuple((f"{FORCE}{code}", code) for code in head.forces if code in forces)
        return Meaning(choices[0][0] if len(choices) == 1 else UNCLEAR, choices)


def _settled(found: Sequence[UnitCandidate]) -> Meaning:
    choices = tuple((f"{UNIT}{c.unit.key}", f"{c.unit.name} ({c.why})" if c.against else c.unit.name) for c in found)
    clear = bool(found) and _PLAINLY.issuperset(found[0].reasons) and (len(found) == 1 or found[1].against > found[0].against)
    return Meaning(choices[0][0] if clear else UNCLEAR, choices)


def standing_of(staged: Staged, parties: Sequence[Unit], on: date) -> Standing:
    """The records behind the names of a reading, in two queries."""
    words = {m.means for m in staged.names.values()}
    keys = [w.removeprefix(UNIT) for w in words if w.startswith(UNIT)]
    codes = [w.removeprefix(FORCE) for w in words if w.startswith(FORCE)]
    units = {u.key: u for u in Unit.objects.filter(exists_on(on), key__in=keys).select_related("force", "area")}
    return Standing(units, {f.code: f for f in Force.objects.filter(code__in=codes)}, parties)


def is_there(means: str, on: date) -> bool:
    """Whether the unit or force that a meaning names is there on a day."""
    if means.startswith(UNIT):
        return Unit.objects.filter(exists_on(on), key=means.removeprefix(UNIT)).exists()
    return Force.objects.filter(code=means.removeprefix(FORCE)).exists()


@dataclass(frozen=True, slots=True)
class Cited:
    """A text that the document names, as it names it; ``draft``: what of the register it is, else its own words."""

    mark: Mark
    draft: BasisDraft

    @property
    def known(self) -> bool:
        return not self.draft.cited


def cited(viewer: Post, staged: Staged, text: str, on: date) -> list[Cited]:
    """What the document says it stands on and what it replaces: instruments that everybody knows, and agreements that the viewer may read.

    ``text``: of the document; what the register has not keeps its words.
    """
    head = staged.proposal.head
    instruments = list(Instrument.objects.order_by("pk"))
    found = [
        Cited(mark, _worded(_cited(viewer, mark.value, LinkKind.IMPLEMENTS, instruments, head.day or on, on), mark, head.bases, text)) for mark in head.bases
    ]
    return found + [Cited(mark, _cited(viewer, mark.value, LinkKind.REPLACES, instruments, head.day or on, on)) for mark in head.replaces]


def _worded(draft: BasisDraft, mark: Mark, marks: Sequence[Mark], text: str) -> BasisDraft:
    return replace(draft, cited=words_of(mark, marks, text)[:LONGEST_CITED]) if draft.cited else draft


def _cited(viewer: Post, said: str, kind: str, instruments: Sequence[Instrument], issued: date, on: date) -> BasisDraft:
    """By number; a law without one by its name, the one that was in force when the document was issued. What the register has not keeps its words."""
    folded = fold(said)
    named = [i for i in instruments if fold(i.number) == folded] or [
        i for i in instruments if fold(i.title) == folded and i.kind == InstrumentKind.LAW and (i.valid_until is None or i.valid_until > issued)
    ]
    if len(named) == 1:
        return BasisDraft(kind, instrument=named[0])
    numbered, _verdict = read_number(said)
    same = seen_agreements(viewer, on).filter(number=numbered.number, letters=letters_of(numbered.symbol))[:2] if numbered else ()
    earlier = list(same)
    return BasisDraft(kind, earlier=earlier[0]) if len(earlier) == 1 else BasisDraft(kind, cited=said[:LONGEST_CITED])


def bases_of(viewer: Post, staged: Staged, text: str, on: date) -> list[BasisDraft]:
    """What the document stands on and replaces, each once: of the register, or in its own words."""
    return list({one.draft.key: one.draft for one in cited(viewer, staged, text, on)}.values())


def terms_of(viewer: Post, staged: Staged, on: date) -> Terms:
    """The terms that the head of the document proposes: the own unit leads, the other parties support."""
    head = staged.proposal.head
    standing = standing_of(staged, (), on)
    units = [u for m in (*head.parties, *head.issuers) for u in standing.of(staged.names.get(m.value)) if isinstance(u, Unit)]
    others = list({u.pk: u for u in units if u.pk != viewer.unit_id}.values())
    issuers = [u for m in head.issuers for u in standing.of(staged.names.get(m.value)) if isinstance(u, Unit)]
    number = written(int(head.number.value), head.symbol.value, head.style.value) if head.number and head.symbol and head.style else ""
    return Terms(
        kind=head.kind.value if head.kind else "", title=_titled(staged), areas=[viewer.unit.area],
        parties=[PartyDraft(viewer.unit, PartRole.LEAD), *(PartyDraft(u, PartRole.SUPPORT) for u in others)],
        on_paper=bool(number), number=number, issued_on=head.day, signers="; ".join(m.value for m in head.signers), issuer=issuers[0] if issuers else viewer.unit,
        valid_from=_day(head.valid_from.value) if head.valid_from else head.day, valid_until=_day(head.valid_until.value) if head.valid_until else None,
    )  # fmt: skip


def style_of(staged: Staged) -> str:
    return staged.proposal.head.style.value if staged.proposal.head.style else str(NumberStyle.STATE)


def _titled(staged: Staged) -> str:
    subject = staged.proposal.head.subject
    return subject.value[:300] if subject else ""


def _day(text: str) -> date:
    return date.fromisoformat(text)


def unit_names(staged: Staged, on: date) -> dict[str, str]:
    """The units that names stand for, by meaning: what they are called."""
    return {f"{UNIT}{key}": unit.name for key, unit in standing_of(staged, (), on).units.items()}


__all__ = [
    "Cited", "Overview", "ReadingState", "bases_of", "cited", "forgotten", "is_there", "meanings", "names_in", "overview", "readings_of", "standing_of", "style_of", "terms_of", "unit_names",
]  # fmt: skip
