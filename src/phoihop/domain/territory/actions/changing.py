"""Units renamed, moved, merged and split: dated, with a new area for every changed one, so that no record is rewritten."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from phoihop.kernel.action import action, locked
from phoihop.kernel.journal import write
from phoihop.kernel.period import local_day
from phoihop.kernel.permits import Acting
from phoihop.kernel.text import fold, nfc

from ..models import Area, AreaParent, Succession, SuccessionKind, Tree
from ..queries.tree import area_at, children, exists_on, parent_of
from ..rules import judging
from ..rules.judging import AreaDraft
from .projecting import project


@action
def rename(*, by: Acting, area: Area, draft: AreaDraft, day: date, basis: str, at: datetime) -> Area:
    """From a day the unit has another name, kind or code. What stood below it and its groups go on under the new area."""
    judging.may_manage(by, local_day(at)).enforce()
    area = locked(area)
    judging.fits_rename(area, draft, day).enforce()
    judging.code_is_free(draft.code == area.code or area_at(draft.code, day) is None).enforce()
    parent = parent_of(area, day)
    _end(area, day)
    new = _begin(draft, like=area, parent=parent, day=day, basis=basis)
    _pass_on(area, new, children(area, day), day)
    _became(area, new, day, SuccessionKind.RENAME, basis)
    write(by=by, what="area.renamed", at=at, area=area.code, new=new.code, day=day)
    return new


@action
def move(*, by: Acting, area: Area, to: Area, day: date, basis: str, at: datetime) -> Area:
    """From a day the unit stands under another parent. What stood below it goes with it."""
    judging.may_manage(by, local_day(at)).enforce()
    area = locked(area)
    former = parent_of(area, day)
    judging.fits_move(area, former.pk if former else None, to, day).enforce()
    _end(area, day)
    new = _begin(_same(area), like=area, parent=to, day=day, basis=basis)
    _pass_on(area, new, children(area, day), day, groups=False)
    _became(area, new, day, SuccessionKind.MOVE, basis)
    write(by=by, what="area.moved", at=at, area=area.code, parent=to.code, day=day)
    return new


@action
def merge(*, by: Acting, areas: Sequence[Area], draft: AreaDraft, day: date, basis: str, at: datetime) -> Area:
    """From a day several units are one. It stands under the parent of the first, and holds everything that stood below them."""
    judging.may_manage(by, local_day(at)).enforce()
    olds = [locked(area) for area in areas]
    judging.fits_merge(olds, draft, _is_taken(draft.code, olds, day), day).enforce()
    parent = parent_of(olds[0], day)
    for old in olds:
        _end(old, day)
    new = _begin(_sum_of(olds, draft), like=olds[0], parent=parent, day=day, basis=basis)
    for old in olds:
        _pass_on(old, new, children(old, day), day, groups=old.pk == olds[0].pk)
        _became(old, new, day, SuccessionKind.MERGE, basis)
    write(by=by, what="area.merged", at=at, areas=[a.code for a in olds], new=new.code, day=day)
    return new


@action
def split(*, by: Acting, area: Area, parts: Sequence[AreaDraft], day: date, basis: str, at: datetime) -> list[Area]:
    """From a day one unit is several. Each part says what goes with it, and, if it is declared, its share."""
    judging.may_manage(by, local_day(at)).enforce()
    area = locked(area)
    below = list(children(area, day))
    taken = [part.code for part in parts if _is_taken(part.code, [area], day)]
    judging.fits_split(area, parts, [child.pk for child in below], taken, day).enforce()
    parent = parent_of(area, day)
    _end(area, day)
    news = []
    for part in parts:
        new = _begin(part, like=area, parent=parent, day=day, basis=basis)
        _pass_on(area, new, part.children, day)
        _became(area, new, day, SuccessionKind.SPLIT, basis, part.share)
        news.append(new)
    write(by=by, what="area.split", at=at, area=area.code, parts=[a.code for a in news], day=day)
    return news


def _is_taken(code: str, olds: Iterable[Area], day: date) -> bool:
    bearer = area_at(code, day)
    return bearer is not None and bearer.pk not in {old.pk for old in olds}


def _same(area: Area) -> AreaDraft:
    return AreaDraft(area.code, area.kind, area.name, area.lat, area.lon, area.hectares)


def _sum_of(olds: Sequence[Area], draft: AreaDraft) -> AreaDraft:
    """The size of a merged unit is the sum, its centre the middle of the old ones, unless the draft says otherwise."""
    hectares = draft.hectares
    if hectares is None and all(old.hectares for old in olds):
        hectares = sum(old.hectares or 0 for old in olds)
    lat, lon = draft.lat, draft.lon
    placed = [(old.lat, old.lon, old.hectares or 1) for old in olds if old.lat is not None and old.lon is not None]
    if lat is None and placed:
        whole = sum(size for _lat, _lon, size in placed)
        lat = sum(at * size for at, _lon, size in placed) / whole
        lon = sum(at * size for _lat, at, size in placed) / whole
    return AreaDraft(draft.code, draft.kind, draft.name, lat, lon, hectares)


def _end(area: Area, day: date) -> None:
    area.valid_until = day
    area.save(update_fields=["valid_until"])
    AreaParent.objects.filter(exists_on(day), area=area).update(valid_until=day)


def _begin(draft: AreaDraft, *, like: Area, parent: Area | None, day: date, basis: str) -> Area:
    """A new area of the level and tree of an old one; a centre or size that the draft leaves out is the old one's."""
    one_to_one = draft.share is None
    new = Area.objects.create(
        tree=like.tree, level=like.level, code=draft.code.strip(), kind=draft.kind, name=nfc(draft.name).strip(), folded=fold(draft.name),
        valid_from=day, basis=basis,
        lat=draft.lat if draft.lat is not None or not one_to_one else like.lat,
        lon=draft.lon if draft.lon is not None or not one_to_one else like.lon,
        hectares=draft.hectares,
    )  # fmt: skip
    if parent is not None:
        AreaParent.objects.create(area=new, parent=parent, valid_from=day)
    return new


def _pass_on(old: Area, new: Area, below: Iterable[Area], day: date, *, groups: bool = True) -> None:
    """From the day on, what stood below the old area stands below the new one, and the new one is in the old one's groups."""
    moved = [child.pk for child in below]
    AreaParent.objects.filter(exists_on(day), parent=old, area__in=moved).update(valid_until=day)
    AreaParent.objects.bulk_create([AreaParent(area_id=child, parent=new, valid_from=day) for child in moved])
    if groups:
        held = AreaParent.objects.filter(area=old, valid_until=day).exclude(parent__tree=Tree.CIVIL).values_list("parent", flat=True)
        AreaParent.objects.bulk_create([AreaParent(area=new, parent_id=group, valid_from=day) for group in held])
    for group in AreaParent.objects.filter(exists_on(day), parent=old).exclude(area__tree=Tree.CIVIL):
        group.valid_until = day
        group.save(update_fields=["valid_until"])
        AreaParent.objects.create(area=group.area, parent=new, valid_from=day)
    project({old.pk, new.pk, *moved})


def _became(old: Area, new: Area, day: date, kind: str, basis: str, share: int | None = None) -> None:
    Succession.objects.create(old=old, new=new, day=day, kind=kind, share=share, basis=basis)
