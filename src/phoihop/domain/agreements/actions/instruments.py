"""The list of legal instruments: laid from the packaged table at the start of every version; an administrator adds own ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from phoihop.kernel import journal
from phoihop.kernel.action import action, locked
from phoihop.kernel.period import local_day
from phoihop.kernel.text import fold

from ...people.models import Post
from ...people.rules import allowed
from ..models import Instrument, InstrumentLink
from ..rules import instruments as rules
from ..rules.instruments import InstrumentDraft, LinkDraft


@action
def lay_instruments(*, by: Post, at: datetime) -> int:
    """Bring the list up to the packaged one; how many instruments and links were made or mended. What the node added stays."""
    allowed(by, "node.manage", local_day(at)).enforce()
    changed = lay(*rules.shipped())
    journal.write(by=by, what="instrument.laid", at=at, changed=changed)
    return changed


def lay(drafts: Mapping[str, InstrumentDraft], links: Sequence[LinkDraft]) -> int:
    """Make or mend instruments and links; how many. Part of the action above, and of test worlds."""
    rules.hold_together(drafts, links).enforce()
    there = {i.code: i for i in Instrument.objects.filter(code__in=drafts)}
    made = [Instrument(code=code, **rules.fields_of(d)) for code, d in drafts.items() if code not in there]
    mended = [there[code] for code, d in drafts.items() if code in there and _mend(there[code], rules.fields_of(d))]
    Instrument.objects.bulk_create(made)
    Instrument.objects.bulk_update(mended, list(rules.fields_of(next(iter(drafts.values())))))
    return len(made) + len(mended) + _lay_links(links)


def _lay_links(links: Sequence[LinkDraft]) -> int:
    by_code = {i.code: i for i in Instrument.objects.all()}
    there = {(link.later.code, link.earlier.code, link.kind): link for link in InstrumentLink.objects.select_related("later", "earlier")}
    fresh = [link for link in links if (link.later, link.earlier, link.kind) not in there]
    InstrumentLink.objects.bulk_create([InstrumentLink(later=by_code[d.later], earlier=by_code[d.earlier], kind=d.kind, since=d.since) for d in fresh])
    moved = 0
    for d in links:
        link = there.get((d.later, d.earlier, d.kind))
        if link is not None and link.since != d.since:
            link.since = d.since
            link.save(update_fields=["since"])
            moved += 1
    return len(fresh) + moved


@action
def add_instrument(*, by: Post, draft: InstrumentDraft, at: datetime) -> Instrument:
    """Add an instrument that the packaged list does not have."""
    rules.may_manage(by, local_day(at)).enforce()
    said = fold(draft.number)
    taken = any(fold(number) == said for number in Instrument.objects.filter(kind=draft.kind).values_list("number", flat=True))
    rules.fits_instrument(draft, taken).enforce()
    made = Instrument.objects.create(code=rules.code_of(draft), **rules.fields_of(draft))
    journal.write(by=by, what="instrument.added", at=at, instrument=made.code)
    return made


@action
def link_instruments(*, by: Post, later: Instrument, earlier: Instrument, kind: str, at: datetime, since: date | None = None) -> InstrumentLink:
    """Say that one instrument implements, amends or replaces another, since a day if it is known."""
    rules.may_manage(by, local_day(at)).enforce()
    after: dict[str, list[str]] = {}
    for one, other in InstrumentLink.objects.values_list("later__code", "earlier__code"):
        after.setdefault(one, []).append(other)
    there = InstrumentLink.objects.filter(later=later, earlier=earlier, kind=kind).exists()
    rules.fits_link(kind, later.pk == earlier.pk, rules.leads_to(after, earlier.code, later.code), there, later.number).enforce()
    made = InstrumentLink.objects.create(later=later, earlier=earlier, kind=kind, since=since)
    journal.write(by=by, what="instrument.linked", at=at, later=later.code, earlier=earlier.code, kind=kind, since=since)
    return made


@action
def end_instrument(*, by: Post, instrument: Instrument, valid_until: date, at: datetime) -> Instrument:
    """Write down from which day an instrument is not in force any more."""
    rules.may_manage(by, local_day(at)).enforce()
    instrument = locked(instrument)
    rules.ends_after_start(instrument.valid_from, valid_until).enforce()
    instrument.valid_until = valid_until
    instrument.save(update_fields=["valid_until"])
    journal.write(by=by, what="instrument.ended", at=at, instrument=instrument.code, until=valid_until)
    return instrument


def _mend(record: Instrument, said: Mapping[str, object]) -> bool:
    """Set what differs; whether anything did."""
    differs = rules.differs(record, said)
    for name, value in differs.items():
        setattr(record, name, value)
    return bool(differs)
