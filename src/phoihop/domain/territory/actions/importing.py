"""Importing lists of areas: once, again, and official ones over those that came first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from phoihop.kernel.action import action
from phoihop.kernel.journal import write
from phoihop.kernel.period import local_day
from phoihop.kernel.permits import Acting
from phoihop.kernel.rows import insert, update_each
from phoihop.kernel.text import fold, nfc
from phoihop.kernel.tuning import know
from phoihop.kernel.upload import Upload

from ..models import Area, AreaClosure, AreaParent, Succession, Tree
from ..queries.register import register
from ..rules import checking, judging
from ..rules.lists import AreaKey, AreaRow, Lists, SuccessionRow, parents_of
from ..rules.package_lists import package_lists
from ..rules.spreadsheet import lists_from, read_file
from .projecting import project

_PLAIN = ("level", "kind", "name", "start_known", "lat", "lon", "hectares", "basis")
_KEYS = 500


@dataclass(slots=True)
class Imported:
    """What an import did: areas begun, changed and ended, successions added, changed and dropped, doubtful ones after it."""

    begun: int = 0
    changed: int = 0
    ended: int = 0
    added: int = 0
    mended: int = 0
    dropped: int = 0
    doubtful: int = 0
    touched: set[int] = field(default_factory=set, repr=False)

    def counts(self) -> dict[str, int]:
        return {name: getattr(self, name) for name in ("begun", "changed", "ended", "added", "mended", "dropped", "doubtful")}


@action
def import_lists(*, by: Acting, at: datetime) -> Imported:
    """Import the lists before and after 1 July 2025 that come with the program, with what became of each unit.

    Again, it adds what is missing and undoes no correction. No list is handed over: what a caller brings comes as a file,
    through the gates.
    """
    judging.may_manage(by, local_day(at)).enforce()
    return lay(package_lists(), by=by, at=at)


@action
def import_file(*, by: Acting, upload: Upload, day: date, at: datetime) -> Imported:
    """Import an official file (.csv or .xlsx) over what is there. ``day``: from when rows without a start of their own hold.

    It changes what differs, and for each unit whose successors it names, drops the others.
    """
    judging.may_manage(by, local_day(at)).enforce()
    known = (_row(area, "") for area in Area.objects.filter(tree=Tree.CIVIL))
    return lay(lists_from(read_file(upload, day), known), by=by, at=at)


def lay(lists: Lists, *, by: Acting, at: datetime) -> Imported:
    """Bring areas and successions to what lists say. One event, with counts and the digest of the lists."""
    known = {_key(area): area for area in Area.objects.filter(tree=Tree.CIVIL)}
    judging.fits_lists(lists, known).enforce()
    done = Imported()
    _lay_areas(lists, known, done)
    _lay_parents(lists, known, done)
    know(Area, AreaParent)
    project(done.touched)
    _lay_successions(lists, known, done)
    know(AreaClosure, Succession)
    done.doubtful = _mark_doubts()
    write(by=by, what="area.imported", at=at, source=lists.source, digest=lists.digest(), **done.counts())
    return done


def _key(area: Area) -> AreaKey:
    return AreaKey(area.tree, area.code, area.valid_from)


def _lay_areas(lists: Lists, known: dict[AreaKey, Area], done: Imported) -> None:
    fresh: list[Area] = []
    for row in lists.areas:
        area = known.get(row.key)
        if area is None:
            fresh.append(_area(row))
            known[row.key] = fresh[-1]
        elif lists.replaces:
            _overwrite(area, row, done)
        elif area.valid_until is None and row.valid_until is not None:
            _end(area, row.valid_until, done)
    insert(fresh)
    done.begun = len(fresh)
    done.touched |= {area.pk for area in fresh}


def _area(row: AreaRow) -> Area:
    name = nfc(row.name).strip()
    return Area(
        tree=row.tree, code=row.code, valid_from=row.valid_from, valid_until=row.valid_until, start_known=row.start_known, level=row.level,
        kind=row.kind, name=name, folded=fold(name), lat=row.lat, lon=row.lon, hectares=row.hectares, basis=row.basis,
    )  # fmt: skip


def _overwrite(area: Area, row: AreaRow, done: Imported) -> None:
    """Take over what the row says; a file that has no centre, size or basis leaves those that are known."""
    given = {name: getattr(row, name) for name in _PLAIN}
    given |= {name: getattr(area, name) for name in ("lat", "lon", "hectares", "basis") if given[name] in (None, "")}
    given["name"] = nfc(row.name).strip()
    if row.valid_until != area.valid_until and (row.valid_until is not None or _may_reopen(area)):
        _end(area, row.valid_until, done)
    if any(getattr(area, name) != value for name, value in given.items()):
        for name, value in given.items():
            setattr(area, name, value)
        area.folded = fold(area.name)
        area.save()
        done.changed += 1


def _may_reopen(area: Area) -> bool:
    """A file without an end does not bring back a unit that ended here: only a succession taken back may."""
    return not Succession.objects.filter(old=area).exists()


def _end(area: Area, day: date | None, done: Imported) -> None:
    area.valid_until = day
    area.save(update_fields=["valid_until"])
    done.ended += 1
    done.touched |= {area.pk, *AreaParent.objects.filter(parent=area).values_list("area", flat=True)}


def _lay_parents(lists: Lists, known: Mapping[AreaKey, Area], done: Imported) -> None:
    """Give every area that was touched the dated parents that its row, or what stood before, and the lives of both ask for."""
    codes = {row.key: row.parent for row in lists.areas if row.parent}
    if missing := {area.pk for area in known.values() if area.pk in done.touched and _key(area) not in codes}:
        codes |= dict(_former_parents(missing))
    touched = {key: area for key, area in known.items() if area.pk in done.touched or (lists.replaces and key in codes)}
    bearers = {_row(area, codes.get(key, "") if key in touched else "") for key, area in known.items()}
    wanted = {(known[p.area].pk, known[p.parent].pk, p.valid_from): p.valid_until for p in parents_of(bearers)}
    civil = {area.pk for area in known.values() if area.tree == Tree.CIVIL}
    there = {(p.area_id, p.parent_id, p.valid_from): p for p in _held(touched.values()) if p.parent_id in civil}
    gone = [p.pk for key, p in there.items() if key not in wanted]
    AreaParent.objects.filter(pk__in=gone).delete()
    for key, until in wanted.items():
        if key in there and there[key].valid_until != until:
            AreaParent.objects.filter(pk=there[key].pk).update(valid_until=until)
            done.touched.add(key[0])
    fresh = [AreaParent(area_id=a, parent_id=p, valid_from=first, valid_until=until) for (a, p, first), until in wanted.items() if (a, p, first) not in there]
    insert(fresh)
    done.touched |= {row.area_id for row in fresh} | {p.area_id for key, p in there.items() if key not in wanted}


def _held(areas: Iterable[Area]) -> Iterable[AreaParent]:
    ids = sorted(area.pk for area in areas)
    return (row for n in range(0, len(ids), _KEYS) for row in AreaParent.objects.filter(area__in=ids[n : n + _KEYS]))


def _former_parents(areas: Iterable[int]) -> Iterable[tuple[AreaKey, str]]:
    rows = AreaParent.objects.filter(area__in=areas, parent__tree=Tree.CIVIL).select_related("area", "parent").order_by("valid_from")
    return ((_key(row.area), row.parent.code) for row in rows)


def _row(area: Area, parent: str) -> AreaRow:
    return AreaRow(area.level, area.code, area.kind, area.name, parent, area.valid_from, area.valid_until, tree=area.tree)


def _lay_successions(lists: Lists, known: Mapping[AreaKey, Area], done: Imported) -> None:
    wanted = {(known[s.old].pk, known[s.new].pk if s.new else None, s.day): s for s in lists.successions}
    named = {(old, day) for old, _, day in wanted}
    there = {(s.old_id, s.new_id, s.day): s for s in Succession.objects.all() if (s.old_id, s.day) in named}
    settled = {(old, day) for old, _, day in there}
    if lists.replaces:
        gone = [s.pk for key, s in there.items() if key not in wanted]
        Succession.objects.filter(pk__in=gone).delete()
        done.dropped = len(gone)
        for key, row in wanted.items():
            if key in there:
                _mend(there[key], row, done)
    fresh = [_succession(key, row) for key, row in wanted.items() if key not in there and (lists.replaces or (key[0], key[2]) not in settled)]
    insert(fresh)
    done.added = len(fresh)


def _succession(key: tuple[int, int | None, date], row: SuccessionRow) -> Succession:
    return Succession(old_id=key[0], new_id=key[1], day=key[2], kind=row.kind, share=row.share, basis=row.basis, doubt=row.doubt)


def _mend(there: Succession, row: SuccessionRow, done: Imported) -> None:
    share = row.share if row.share is not None else there.share
    if (there.kind, there.share, there.basis) != (row.kind, share, row.basis):
        there.kind, there.share, there.basis = row.kind, share, row.basis
        there.save(update_fields=["kind", "share", "basis"])
        done.mended += 1


def _mark_doubts() -> int:
    """Keep with each succession why it is doubtful, unless an administrator has settled it. Returns how many are."""
    found = checking.doubts(register())
    changed = []
    for succession in Succession.objects.exclude(doubt=checking.SETTLED):
        if (doubt := found.get((succession.old_id, succession.new_id or 0), "")) != succession.doubt:
            succession.doubt = doubt
            changed.append(succession)
    update_each(changed, ["doubt"])
    return Succession.objects.exclude(doubt__in=("", checking.SETTLED)).count()
