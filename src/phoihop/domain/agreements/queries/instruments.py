"""Legal instruments: public, found with and without diacritics; what each replaced, what replaced it, who stands on it here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from phoihop.kernel.memo import Memo
from phoihop.kernel.text import fold

from ...matters.queries.sight import seen
from ...people.models import Post
from ..models import Agreement, Basis, Instrument, InstrumentLink, LinkKind
from ..rules import instruments as rules
from ..rules.basis import Lapse
from ..rules.instruments import Standing, standing

_SPELLED = {"nd": "nghi dinh", "tt": "thong tu", "ttlt": "thong tu lien tich", "qd": "quyet dinh", "ct": "chi thi", "kl": "ket luan"}


@dataclass(frozen=True, slots=True)
class Step:
    """An instrument in a chain: ``kind``: what the later does to the earlier; ``since``: since when, None where no source says."""

    instrument: Instrument
    kind: str
    since: date | None
    standing: Standing


@dataclass(slots=True)
class Chain:
    """What an instrument stands in. ``before``, ``after``: replaced, amended or implemented by it, and by which, the nearest first."""

    instrument: Instrument
    standing: Standing
    before: list[Step] = field(default_factory=list)
    after: list[Step] = field(default_factory=list)


def instruments(text: str = "", kind: str = "", on: date | None = None) -> QuerySet[Instrument]:
    """Those whose number, title or issuer holds every word, typed with or without diacritics; each knows whether it was replaced (``replaced``)."""
    rows = Instrument.objects.all()
    for word in fold(text).split():
        rows = rows.filter(folded__contains=word)
    if kind:
        rows = rows.filter(kind=kind)
    return rows.annotate(replaced=Exists(_replacing(on)))


def _replacing(on: date | None) -> QuerySet[InstrumentLink]:
    links = InstrumentLink.objects.filter(earlier=OuterRef("pk"), kind=LinkKind.REPLACES)
    return links.filter(Q(since=None) | Q(since__lte=on)) if on else links


def up_to_date() -> bool:
    """Whether everything in the packaged list stands in the register as this version ships it."""
    drafts, links = rules.shipped()
    there = {i.code: i for i in Instrument.objects.filter(code__in=drafts)}
    linked = set(InstrumentLink.objects.values_list("later__code", "earlier__code", "kind"))
    same = all(code in there and not rules.differs(there[code], rules.fields_of(d)) for code, d in drafts.items())
    return same and all((link.later, link.earlier, link.kind) in linked for link in links)


def chain_of(instrument: Instrument, on: date) -> Chain:
    """Everything that the instrument goes back to and everything that came of it, through any number of steps."""
    links = list(InstrumentLink.objects.select_related("later", "earlier"))
    replaced = {link.earlier_id for link in links if link.kind == LinkKind.REPLACES and (link.since is None or link.since <= on)}

    def walk(down: bool) -> list[Step]:
        found: dict[int, Step] = {}
        front = {instrument.pk}
        while front:
            steps = [link for link in links if (link.later_id if down else link.earlier_id) in front]
            front = set()
            for link in steps:
                there = link.earlier if down else link.later
                if there.pk not in found and there.pk != instrument.pk:
                    found[there.pk] = Step(there, link.kind, link.since, standing(there, there.pk in replaced, on))
                    front.add(there.pk)
        return list(found.values())

    return Chain(instrument, standing(instrument, instrument.pk in replaced, on), walk(True), walk(False))


def standing_on(viewer: Post, instrument: Instrument, on: date) -> QuerySet[Agreement]:
    """The agreements that name it as a basis, as far as the viewer sees them."""
    named = Basis.objects.filter(agreement=OuterRef("pk"), instrument=instrument)
    rows = Agreement.objects.filter(Exists(named)).filter(seen(viewer, on, "matter"))
    return rows.select_related("matter__title", "matter__lead__force", "issuer").order_by("-issued_on", "-pk")


def lapses_of(found: Sequence[Instrument], on: date) -> dict[int, Lapse]:
    """Of these instruments those that are not in force on a day: since when, and what replaced each."""
    links = InstrumentLink.objects.filter(earlier__in=[i.pk for i in found], kind=LinkKind.REPLACES).select_related("later")
    later = {link.earlier_id: link for link in links if link.since is None or link.since <= on}
    lapses = {}
    for one in found:
        link = later.get(one.pk)
        if standing(one, link is not None, on) in (Standing.LAPSED, Standing.REPLACED):
            lapses[one.pk] = Lapse(one.number, one.valid_until or (link.since if link else None), link.later.number if link else "")
    return lapses


_by_number: Memo[dict[str, int]] = Memo("instrument.laid", "instrument.added")


def by_number(texts: Iterable[str]) -> dict[str, Instrument]:
    """The instrument that each text names by its number ("NĐ 03/2019", "Nghị định 03/2019/NĐ-CP"), where one does."""
    known = _by_number.get("all", lambda: {_plain(number): pk for pk, number in Instrument.objects.values_list("pk", "number")})
    found = {text: next((pk for number, pk in known.items() if _names(_plain(text), number)), 0) for text in texts}
    records = Instrument.objects.in_bulk([pk for pk in found.values() if pk])
    return {text: records[pk] for text, pk in found.items() if pk}


def _plain(text: str) -> str:
    return " ".join("".join(c if c.isalnum() or c == "/" else " " for c in fold(text)).split())


def _names(said: str, number: str) -> bool:
    """Whether a text holds the number: whole, or at least its figures and year beside the kind ("nd 03/2019")."""
    padded = f" {said.replace(' so ', ' ')} "
    if f" {number} " in padded:
        return True
    figures, _stroke, letters = number.rpartition("/")
    kind = "luat" if letters.startswith("qh") else letters.split()[0] if letters else ""
    return "/" in figures and any(f" {word} {figures} " in padded for word in (kind, _SPELLED.get(kind, kind)))
