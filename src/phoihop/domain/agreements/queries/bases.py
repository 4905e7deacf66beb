"""What an agreement stands on, however far back, and what followed from it; which of its bases have lapsed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ...matters.models import Body
from ...matters.queries.sight import seen
from ...people.models import Post
from ..models import Agreement, Basis, DraftBasis, Instrument, LinkKind, Stage, Version
from ..rules.basis import BasisDraft, Lapse
from ..rules.canonical import CITED, bases_in
from ..rules.versions import is_apart
from .bound import signatories
from .instruments import lapses_of
from .numbers import name_of
from .versions import last_agreed, shown_to


@dataclass(frozen=True, slots=True)
class Link:
    """One basis as it is shown: what it is, and whether it has lapsed. ``open``: the viewer may open the earlier agreement. No ``code``: it stands in no register."""

    basis: Basis
    name: str
    title: str
    code: str
    open: bool
    lapse: Lapse | None


@dataclass(frozen=True, slots=True)
class Follower:
    """An agreement that implements, amends or replaces this one."""

    agreement: Agreement
    kind: str
    depth: int


def stands_on(earlier: Agreement) -> frozenset[int]:
    """The agreement and all that it rests on, also by what is being written; one query a step."""
    found, front = {earlier.pk}, {earlier.pk}
    while front:
        sent = Basis.objects.filter(agreement__in=front, earlier__isnull=False).values_list("earlier", flat=True)
        written = DraftBasis.objects.filter(version__agreement__in=front, earlier__isnull=False).values_list("earlier", flat=True)
        front = {pk for pk in sent.union(written) if pk is not None} - found
        found |= front
    return frozenset(found)


def who_stand_behind(agreement: Agreement, on: date) -> set[int]:
    """Who signed the last text of an agreement that was agreed; while none is, who is to sign."""
    last = last_agreed(agreement)
    return signatories(last, on) if last else set(agreement.parties.filter(signs=True).values_list("unit", flat=True))


def bases_laid(version: Version) -> list[Basis]:
    """What is laid down now, in its order: of a version that is written apart what it alone stands on, as bases that are not stored; else the agreement's."""
    related = ("instrument", "earlier__matter__title", "earlier__matter__lead", "cited")
    if not is_apart(version):
        return list(Basis.objects.filter(agreement=version.agreement_id).select_related(*related).order_by("pk"))
    rows = version.draft_bases.select_related(*related).order_by("pk")
    return [Basis(agreement_id=version.agreement_id, kind=b.kind, instrument=b.instrument, earlier=b.earlier, cited=b.cited) for b in rows]


def based_on(version: Version) -> list[Basis]:
    """What a version stands on: of a draft, what is laid down now; of an earlier text, what it named when it was sent.

    In the order in which it was written, those that are laid down no more behind. One query, more only if there are such.
    """
    rows = bases_laid(version)
    if not version.canonical:
        return rows
    said = bases_in(version.canonical)
    there = {(row.kind, _name_in_form(row)): row for row in rows}
    return [row for key, row in there.items() if key in said] + _laid_down_before(version, [one for one in said if one not in there])


def _name_in_form(row: Basis) -> str:
    if row.cited is not None:
        return f"{CITED}{row.cited.digest}"
    return row.instrument.code if row.instrument else row.earlier.matter.code if row.earlier else ""


def _laid_down_before(version: Version, gone: Sequence[tuple[str, str]]) -> list[Basis]:
    """Bases that the form of a version names and that stand there no more."""
    if not gone:
        return []
    names = [name for _kind, name in gone]
    words = {f"{CITED}{b.digest}": b for b in Body.objects.filter(digest__in=[n.removeprefix(CITED) for n in names if n.startswith(CITED)])}
    instruments = Instrument.objects.in_bulk(names, field_name="code")
    earlier = {a.matter.code: a for a in Agreement.objects.filter(matter__code__in=names).select_related("matter__title", "matter__lead")}
    found = [
        Basis(agreement_id=version.agreement_id, kind=kind, instrument=instruments.get(name), earlier=earlier.get(name), cited=words.get(name))
        for kind, name in gone
    ]
    return [b for b in found if b.instrument or b.earlier or b.cited]


def lapses(drafts: Sequence[BasisDraft], on: date, viewer: Post | None = None) -> list[Lapse | None]:
    """For each basis, how it has lapsed on a day; None where it holds. ``viewer``: who is told only the code of what they do not see."""
    by_instrument = lapses_of([d.instrument for d in drafts if d.instrument is not None], on)
    by_agreement = agreement_lapses([d.earlier for d in drafts if d.earlier is not None], on, viewer)
    return [
        by_instrument.get(d.instrument.pk) if d.instrument is not None else by_agreement.get(d.earlier.pk) if d.earlier is not None else None for d in drafts
    ]


def agreement_lapses(found: Sequence[Agreement], on: date, viewer: Post | None = None) -> dict[int, Lapse]:
    """Of these agreements those that ended, ran out or were replaced by one that is agreed. ``viewer`` as in ``lapses``."""
    rows = Basis.objects.filter(earlier__in=[a.pk for a in found], kind=LinkKind.REPLACES, agreement__agreed_on__isnull=False)
    later = {row.earlier_id: row.agreement for row in rows.select_related("agreement__matter")}
    named = {a.pk: name_of(a) for a in (*found, *later.values())}
    if viewer is not None:
        open_ = set(Agreement.objects.filter(seen(viewer, on, "matter"), pk__in=list(named)).values_list("pk", flat=True))
        named |= {a.pk: a.matter.code for a in (*found, *later.values()) if a.pk not in open_}
    lapses = {}
    for one in found:
        by = later.get(one.pk)
        since = one.ended_on or (one.valid_until if one.valid_until and one.valid_until <= on else None) or (by.valid_from if by else None)
        if one.stage == Stage.ENDED or by is not None or (one.valid_until is not None and one.valid_until <= on):
            lapses[one.pk] = Lapse(named[one.pk], since, named[by.pk] if by else "")
    return lapses


def bases_of(viewer: Post, agreement: Agreement, on: date) -> list[Link]:
    """What the newest text that the viewer may read stands on."""
    return links_of(viewer, shown_to(viewer, agreement), on)


def links_of(viewer: Post, version: Version, on: date) -> list[Link]:
    """What a version stands on; an earlier agreement that the viewer does not see is named by its code."""
    rows = based_on(version)
    drafts = [BasisDraft(row.kind, row.instrument, row.earlier, row.cited.text if row.cited else "") for row in rows]
    open_ = set(Agreement.objects.filter(seen(viewer, on, "matter"), pk__in=[r.earlier_id for r in rows if r.earlier_id]).values_list("pk", flat=True))
    return [_link(row, row.earlier_id in open_, lapse) for row, lapse in zip(rows, lapses(drafts, on, viewer), strict=True)]


def _link(row: Basis, open_: bool, lapse: Lapse | None) -> Link:
    if row.instrument is not None:
        return Link(row, row.instrument.number, row.instrument.title, row.instrument.code, True, lapse)
    if row.cited is not None:
        return Link(row, row.cited.text, "", "", False, None)
    assert row.earlier is not None
    title = row.earlier.matter.title.text if open_ and row.earlier.matter.title else ""
    return Link(row, name_of(row.earlier) if open_ else row.earlier.matter.code, title, row.earlier.matter.code, open_, lapse)


def _standing_on(viewer: Post, earlier: set[int], on: date) -> Iterable[tuple[Agreement, str]]:
    """Which agreements say that they stand on one of these, and how. What nobody was sent yet is its lead's to know."""
    related = ("matter__title", "matter__lead__force")
    rows = Basis.objects.filter(seen(viewer, on, "agreement__matter"), earlier__in=earlier).select_related(*(f"agreement__{one}" for one in related))
    yield from ((row.agreement, row.kind) for row in rows.order_by("pk"))
    own = DraftBasis.objects.filter(earlier__in=earlier, version__agreement__matter__lead=viewer.unit_id)
    drafted = own.select_related(*(f"version__agreement__{one}" for one in related)).order_by("pk")
    yield from ((row.version.agreement, row.kind) for row in drafted)


def followers_of(viewer: Post, agreement: Agreement, on: date) -> list[Follower]:
    """What stands on the agreement, directly and further on, as far as the viewer sees it."""
    found: dict[int, Follower] = {}
    front, depth = {agreement.pk}, 1
    while front:
        there: dict[int, Follower] = {}
        for one, kind in _standing_on(viewer, front, on):
            there.setdefault(one.pk, Follower(one, kind, depth))
        front = there.keys() - found.keys() - {agreement.pk}
        found |= {pk: there[pk] for pk in there if pk in front}
        depth += 1
    return list(found.values())
