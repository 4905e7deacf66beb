"""Writing down a version: its head, parties, clauses and duties. Called by the actions that draft and change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from phoihop.kernel.text import fold, nfc

from ...matters.actions.texts import keep, keep_many
from ...matters.models import Attachment, Body, Participation, PartState, Purpose
from ...territory.models import Area
from ..models import Agreement, AgreementArea, AgreementParty, Basis, Clause, DraftArea, DraftBasis, DraftHead, DraftParty, Duty, DutyRole, Version
from ..queries.bases import bases_laid
from ..queries.heads import areas_of
from ..queries.versions import clauses_of
from ..rules.drafts import AgreementDraft, ClauseDraft, DutyDraft, PartyDraft
from ..rules.versions import is_apart


def lay_head(a: Agreement, version: Version, d: AgreementDraft, at: datetime) -> None:
    """The head goes with the version. The agreement takes it over unless somebody was sent a text of it: then with the next that is sent (``take_up``)."""
    former = version.title
    version.title = former if former and former.text == nfc(d.title).strip() else keep(d.title, Purpose.TITLE, at)
    version.valid_from, version.valid_until, version.review_months = d.valid_from, d.valid_until, d.review_months
    version.save()
    if is_apart(version):
        said = {"kind": d.kind, "style": d.style, "situation": d.situation, "cleared_by": d.cleared_by.strip(), "cleared_on": d.cleared_on}
        version.draft_head, _made = DraftHead.objects.update_or_create(version=version, defaults=said)
    else:
        _take_kind(a, d)
    if version.number == 1:
        take_head(a, version)
    a.save()


def lay_round(a: Agreement, version: Version, d: AgreementDraft, at: datetime) -> None:
    """Parties and areas. While the parties have an earlier text they are laid down for this version alone; ``take_up`` hands them on."""
    if not is_apart(version):
        lay_parties(a, d.parties, at)
        lay_areas(a, d.areas)
        return
    _forget_round(version)
    rows = [DraftParty(version=version, unit=p.unit, role=p.role, signs=p.signs, approves=p.approves, order=n) for n, p in enumerate(d.parties)]
    DraftParty.objects.bulk_create(rows)
    DraftArea.objects.bulk_create([DraftArea(version=version, area=area) for area in d.areas])


def take_up(a: Agreement, version: Version, at: datetime) -> None:
    """What was laid down for this version alone is the agreement's from now on: it is about to be sent."""
    if not is_apart(version):
        return
    parties = [PartyDraft(p.unit, p.role, p.signs, p.approves) for p in version.draft_parties.select_related("unit").order_by("order")]
    lay_parties(a, parties, at)
    lay_areas(a, areas_of(version))
    _take_kind(a, version.draft_head)
    bases = bases_laid(version)
    a.bases.all().delete()
    Basis.objects.bulk_create(bases)


def let_go(version: Version) -> None:
    """Forget what was laid down for a version alone: it is sent."""
    _forget_round(version)
    DraftHead.objects.filter(version=version).delete()
    version.draft_bases.all().delete()


def _forget_round(version: Version) -> None:
    version.draft_parties.all().delete()
    version.draft_areas.all().delete()


def carry_bases(version: Version) -> None:
    """A version that is written apart begins with what the text sent last stands on."""
    rows = version.agreement.bases.order_by("pk")
    DraftBasis.objects.bulk_create(
        [DraftBasis(version=version, kind=b.kind, instrument_id=b.instrument_id, earlier_id=b.earlier_id, cited_id=b.cited_id) for b in rows]
    )


def _take_kind(a: Agreement, said: AgreementDraft | DraftHead) -> None:
    """How a number is written goes with the number, once there is one. The caller saves the agreement."""
    a.kind, a.style = said.kind, said.style if a.number is None else a.style
    a.situation, a.cleared_by, a.cleared_on = said.situation, said.cleared_by.strip(), said.cleared_on


def lay_areas(a: Agreement, areas: Sequence[Area]) -> None:
    """Where it holds. Once agreed it stays as it is."""
    if a.agreed_on is None:
        a.matter.area = areas[0]
        a.matter.save(update_fields=["area"])
        a.areas.all().delete()
        AgreementArea.objects.bulk_create([AgreementArea(agreement=a, area=area) for area in areas])


def take_head(a: Agreement, version: Version) -> None:
    """Title and validity of the agreement are those of this version. The caller saves the agreement."""
    title = version.title.text if version.title else ""
    a.folded = fold(title)[:400]
    a.review_months, a.valid_until = version.review_months, version.valid_until
    a.valid_from = version.valid_from if a.agreed_on is None or a.valid_from is None else min(a.valid_from, version.valid_from or a.valid_from)
    a.matter.title = version.title
    a.matter.save(update_fields=["title"])


def lay_parties(a: Agreement, parties: Sequence[PartyDraft], at: datetime) -> None:
    """Parties that stay keep when they received the text and were reminded; who is left out no longer takes part in the matter."""
    out = a.parties.exclude(unit__in=[p.unit.pk for p in parties])
    Participation.objects.filter(matter=a.matter, unit__in=out.values("unit")).update(state=PartState.WITHDRAWN, answered_at=at)
    out.delete()
    # Two may not lead, or approve, even for the moment between two statements.
    a.parties.filter(role="lead").update(role="cochair")
    a.parties.filter(approves=True).update(approves=False)
    for n, p in enumerate(parties):
        AgreementParty.objects.update_or_create(agreement=a, unit=p.unit, defaults={"role": p.role, "signs": p.signs, "approves": p.approves, "order": n})


def lay_clauses(version: Version, clauses: Sequence[ClauseDraft], at: datetime, former: Mapping[str, Body]) -> None:
    """Write the clauses anew. A sentence that stays the same keeps its body, so that a redline and a recall know it again."""
    version.clauses.all().delete()
    texts = keep_again([c.text for c in clauses], at, former)
    headings = keep_again([c.heading for c in clauses], at, former)
    rows = [
        Clause(version=version, order=n, depth=c.depth, label=" ".join(nfc(c.label).split()), heading=heading, text=text, content=c.content)
        for n, (c, text, heading) in enumerate(zip(clauses, texts, headings, strict=True), 1)
    ]
    Clause.objects.bulk_create(rows)
    duties = [(_duty(row, n, d), d) for row, c in zip(rows, clauses, strict=True) for n, d in enumerate(c.duties, 1)]
    Duty.objects.bulk_create([row for row, _ in duties])
    DutyRole.objects.bulk_create([DutyRole(duty=row, role=r.role, unit=r.unit, force=r.force) for row, d in duties for r in d.roles])


def keep_again(texts: Sequence[str], at: datetime, former: Mapping[str, Body]) -> list[Body | None]:
    """The bodies of the texts: those that were kept before, new ones for the rest, None for each empty one."""
    clean = [nfc(t).strip() for t in texts]
    fresh = iter(keep_many([t for t in clean if t not in former], Purpose.CLAUSE, at))
    return [former[t] if t in former else next(fresh) for t in clean]


def bodies_of(version: Version) -> dict[str, Body]:
    """Every sentence of a version by its text; one that was erased is gone."""
    bodies = [b for c in clauses_of(version) for b in (c.heading, c.text) if b is not None and b.text]
    return {b.text: b for b in bodies}


def texts_of(version: Version) -> dict[str, Body | Attachment | None]:
    """The sentences as the journal names them."""
    said: dict[str, Body | Attachment | None] = {"title": version.title}
    for c in version.clauses.select_related("heading", "text"):
        said |= {f"heading{c.order}": c.heading, f"text{c.order}": c.text}
    return said


def _duty(clause: Clause, n: int, d: DutyDraft) -> Duty:
    first, until = d.sentence or (None, None)
    return Duty(
        clause=clause, order=n, act=d.act, level=d.level, cadence=d.cadence, due_workdays=d.due_workdays, due_day=d.due_day, due_on=d.due_on,
        within_minutes=d.within_minutes, grace_workdays=d.grace_workdays, onward=d.onward, sentence_from=first, sentence_to=until,
    )  # fmt: skip
