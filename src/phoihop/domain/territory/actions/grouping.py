"""Groups of communes that a province makes: clusters, defence regions, border stretches. Each kind is a tree of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import ProtectedError, Q
from django.utils.translation import gettext as _

from phoihop.kernel.action import action
from phoihop.kernel.journal import write
from phoihop.kernel.period import local_day
from phoihop.kernel.permits import Acting
from phoihop.kernel.text import fold, nfc
from phoihop.kernel.verdict import Refused, Verdict

from ..models import Area, AreaClosure, AreaKind, AreaParent, Level, Tree
from ..queries.tree import areas_below, children, exists_on
from ..rules import judging
from ..rules.judging import GroupDraft
from .projecting import project

_KINDS = {Tree.CLUSTER: AreaKind.CLUSTER, Tree.DEFENCE: AreaKind.DEFENCE_REGION, Tree.BORDER: AreaKind.BORDER_STRETCH}


@action
def draw_groups(*, by: Acting, province: Area, tree: str, groups: Sequence[GroupDraft], day: date, at: datetime) -> list[Area]:
    """From a day these are all the groups of a kind in a province. Groups not named end; membership changes with the day.

    A group goes on while its code and name stay. Drawing twice on one day leaves the second drawing.
    """
    judging.may_manage(by, local_day(at)).enforce()
    communes = set(areas_below(province, day).values_list("pk", flat=True))
    judging.fits_groups(tree, groups, communes).enforce()
    before = {group.code: group for group in children(province, day, tree)}
    touched: set[int] = set()
    drawn = []
    for draft in groups:
        group = _continue(before.pop(draft.code, None), draft, day, touched) or _found(province, tree, draft, day)
        touched |= {group.pk} | _fill(group, {member.pk for member in draft.members}, day)
        drawn.append(group)
    for group in before.values():
        touched |= _close(group, day)
    project(touched)
    write(
        by=by, what="area.grouped", at=at, area=province.code, tree=tree, day=day, groups=[g.code for g in drawn], members=sum(len(d.members) for d in groups)
    )
    return drawn


def _continue(group: Area | None, draft: GroupDraft, day: date, touched: set[int]) -> Area | None:
    """The group that goes on, if it does: one of another name ends, unless it began this very day."""
    name = nfc(draft.name).strip()
    if group is None or group.name == name:
        return group
    if group.valid_from == day:
        group.name, group.folded = name, fold(name)
        group.save(update_fields=["name", "folded"])
        return group
    touched |= _close(group, day)
    return None


def _found(province: Area, tree: str, draft: GroupDraft, day: date) -> Area:
    name = nfc(draft.name).strip()
    group = Area.objects.create(tree=tree, code=draft.code, level=Level.GROUP, kind=_KINDS[Tree(tree)], name=name, folded=fold(name), valid_from=day)
    AreaParent.objects.create(area=group, parent=province, valid_from=day)
    return group


def _fill(group: Area, members: set[int], day: date) -> set[int]:
    """Let a group have exactly these members from the day on. Returns who came or went."""
    now = {row.area_id: row for row in AreaParent.objects.filter(exists_on(day), parent=group)}
    for row in (row for area, row in now.items() if area not in members):
        _leave(row, day)
    come = sorted(members - now.keys())
    AreaParent.objects.bulk_create([AreaParent(area_id=area, parent=group, valid_from=day) for area in come])
    return (now.keys() - members) | set(come)


def _leave(row: AreaParent, day: date) -> None:
    """A membership of this very day never was."""
    if row.valid_from == day:
        row.delete()
    else:
        row.valid_until = day
        row.save(update_fields=["valid_until"])


def _unmake(group: Area) -> None:
    """Take back a group that began today. One that units already stand on cannot be: it may end from another day on."""
    pk = group.pk
    AreaClosure.objects.filter(Q(ancestor=pk) | Q(area=pk)).delete()
    try:
        group.delete()
    except ProtectedError as used:
        raise Refused(Verdict("group-in-use", _("Đã có đơn vị lập trên nhóm %s. Hãy thay nhóm từ một ngày khác.") % group.name, "groups")) from used


def _close(group: Area, day: date) -> set[int]:
    """End a group with all memberships, or take it back if it began this very day."""
    rows = list(AreaParent.objects.filter(exists_on(day), parent=group)) + list(AreaParent.objects.filter(exists_on(day), area=group))
    touched = {row.area_id for row in rows}
    for row in rows:
        _leave(row, day)
    if group.valid_from == day:
        touched.discard(group.pk)
        _unmake(group)
        return touched
    group.valid_until = day
    group.save(update_fields=["valid_until"])
    return touched
