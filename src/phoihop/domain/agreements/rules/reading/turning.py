"""From a reading that somebody looked through to the draft of an agreement. A day of the year, a part of *các bên*: made what a duty can hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.text import nfc
from phoihop.kernel.verdict import Verdict, first_no, no_unless

from ....forces.models import Force, Unit
from ....matters.models import PartRole
from ....territory.models import Area
from ...models import Cadence
from ..basis import BasisDraft
from ..drafts import AgreementDraft, ClauseDraft, DutyDraft, DutyRoleDraft, PartyDraft
from .plain import CELL
from .proposal import ClauseRead, DutyRead, Mark, RoleRead
from .staged import ALL, DROPPED, NEW, UNIT, Meaning, Staged


@dataclass(frozen=True, slots=True)
class Terms:
    """What the officer says when the reading becomes an agreement: the head, and what to make of duties without a cadence (``as_asked``: on demand).

    ``bases``: None takes them as they were read, those that the register has not in their own words.
    ``on_paper``: it was signed on paper before: into the register with number, day and ``signers`` by office, each party acknowledges; else a new draft.
    """

    kind: str
    title: str
    areas: Sequence[Area]
    parties: Sequence[PartyDraft]
    on_paper: bool = True
    number: str = ""
    issued_on: date | None = None
    signers: str = ""
    issuer: Unit | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    review_months: int | None = None
    situation: str = ""
    cleared_by: str = ""
    cleared_on: date | None = None
    as_asked: bool = False
    bases: Sequence[BasisDraft] | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """The records behind what names mean; units by key, forces by code, and the parties for *các bên*."""

    units: Mapping[str, Unit]
    forces: Mapping[str, Force]
    parties: Sequence[Unit] = ()

    def of(self, meaning: Meaning | None) -> list[Unit | Force]:
        if meaning is None:
            return []
        if meaning.means == ALL:
            return list(self.parties)
        word, _space, key = meaning.means.partition(" ")
        found = self.units.get(key) if word == "unit" else self.forces.get(key) if word == "force" else None
        return [found] if found is not None else []


def can_confirm(staged: Staged, terms: Terms) -> Verdict:
    left = len(staged.undecided)
    return first_no(
        no_unless(
            not left,
            "clauses-undecided",
            _("Còn %(n)s điều, khoản chưa xem. Nhận hoặc bỏ từng điều, hoặc nhận tất cả phần còn lại.") % {"n": left},
        ),
        no_unless(not terms.on_paper or terms.issued_on, "issue-day-missing", _("Văn bản đã ký thì cần ngày ban hành."), "issued_on"),
        no_unless(not terms.on_paper or terms.number.strip(), "number-missing", _("Văn bản đã ký thì cần số, ký hiệu. Ghi như 05/QC-BCH."), "number"),
        no_unless(
            not terms.on_paper or terms.signers.strip(),
            "signers-missing",
            _("Ghi ai đã ký bản giấy, theo chức vụ, không ghi họ tên. Ví dụ: Giám đốc Công an tỉnh; Chỉ huy trưởng Bộ CHQS tỉnh."),
            "signers",
        ),
    )


def draft_of(staged: Staged, terms: Terms, standing: Standing, style: str) -> AgreementDraft:
    """The agreement's text: every clause that was not dropped, with the duties that are whole."""
    clauses = [_clause(c, staged, terms, standing) for c in staged.proposal.clauses if c.state != DROPPED and (c.text.strip() or c.heading.strip())]
    return AgreementDraft(
        kind=terms.kind, title=terms.title, areas=terms.areas, parties=terms.parties, clauses=clauses, style=style,
        valid_from=terms.valid_from, valid_until=terms.valid_until, review_months=terms.review_months,
        situation=terms.situation, cleared_by=terms.cleared_by, cleared_on=terms.cleared_on,
    )  # fmt: skip


def _clause(c: ClauseRead, staged: Staged, terms: Terms, standing: Standing) -> ClauseDraft:
    text = nfc(c.text)
    row = CELL in text
    shown = " | ".join(cell.strip() for cell in text.split(CELL)) if row else text.strip()
    lead = len(text) - len(text.lstrip())
    duties = []
    for d in c.duties:
        place = (0, len(shown)) if row else (max(0, d.start - c.text_start - lead), min(len(shown), d.until - c.text_start - lead))
        if d.kept and (draft := duty_of(d, staged.names, standing, terms, place)) is not None:
            duties.append(draft)
    return ClauseDraft(c.label, shown, c.heading, c.depth, c.content.value if c.content else "", duties)


def is_whole(d: DutyRead, as_asked: bool) -> bool:
    """Whether a duty says what is done, at which level and how often; without that it stays a sentence of the text."""
    return bool(d.act and d.level and (d.cadence or as_asked))


def left_out(staged: Staged, as_asked: bool) -> int:
    """How many duties that were read are not whole."""
    return sum(d.kept and not is_whole(d, as_asked) for c in staged.proposal.clauses if c.state != DROPPED for d in c.duties)


def no_party(staged: Staged) -> list[str]:
    """Bodies that the document names as parties and that stand for no unit: they cannot be asked to sign, and the officer is told."""
    marks = [*staged.proposal.head.parties, *staged.proposal.head.issuers]
    return list(dict.fromkeys(m.value for m in marks if not staged.names.get(m.value, Meaning()).means.startswith(UNIT)))


def duty_of(d: DutyRead, names: Mapping[str, Meaning], standing: Standing, terms: Terms, place: tuple[int, int]) -> DutyDraft | None:
    if not is_whole(d, terms.as_asked):
        return None
    assert d.act and d.level
    cadence = d.cadence.value if d.cadence else str(Cadence.DEMAND)
    day, on = _last_day(d, cadence, terms)
    return DutyDraft(
        act=d.act.value, level=d.level.value, cadence=cadence, roles=list(_roles(d.roles, names, standing)), due_workdays=_number(d.workdays), due_day=day,
        due_on=on, within_minutes=_number(d.minutes), onward=_number(d.onward) or 0, sentence=place if place[0] < place[1] else None,
    )  # fmt: skip


def _last_day(d: DutyRead, cadence: str, terms: Terms) -> tuple[int | None, date | None]:
    """A duty has a day of its period's last month, or a day: for what recurs every year the month and day of it count."""
    on = date.fromisoformat(d.on.value) if d.on else None
    if d.days is None:
        return None, on
    day, _stroke, month = d.days.value.partition("/")
    if not month:
        return int(day), on
    if cadence in (Cadence.HALF, Cadence.QUARTER, Cadence.MONTH):
        return int(day), on
    year = (terms.valid_from or terms.issued_on or date(2026, 1, 1)).year
    return None, _day_in(year, int(month), int(day))


def _day_in(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:  # 29 February in a common year
        return date(year, month, 28)


def _roles(roles: Sequence[RoleRead], names: Mapping[str, Meaning], standing: Standing) -> Iterator[DutyRoleDraft]:
    """Each unit or force once, in the first part that it has. Several that lead do so together: a duty has one lead."""
    leading = {id(u): u for r in roles if r.role == PartRole.LEAD for u in standing.of(names.get(r.body.value))}
    seen: set[tuple[str, int]] = set()
    for r in roles:
        for one in standing.of(names.get(r.body.value)):
            key = (type(one).__name__, one.pk)
            if key in seen:
                continue
            seen.add(key)
            role = str(PartRole.COCHAIR) if r.role == PartRole.LEAD and len(leading) > 1 else r.role
            yield DutyRoleDraft(role, unit=one) if isinstance(one, Unit) else DutyRoleDraft(role, force=one)


def _number(mark: Mark | None) -> int | None:
    return int(mark.value) if mark else None


__all__ = ["NEW", "Standing", "Terms", "can_confirm", "draft_of", "duty_of", "is_whole", "left_out", "no_party"]
