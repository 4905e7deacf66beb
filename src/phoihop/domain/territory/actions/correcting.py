"""Mending the register: a wrong name or centre, a wrong successor, a share that has been declared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from phoihop.kernel.action import action, locked
from phoihop.kernel.journal import write
from phoihop.kernel.period import local_day
from phoihop.kernel.permits import Acting
from phoihop.kernel.text import fold, nfc

from ..models import Area, Succession, SuccessionKind
from ..rules import judging
from ..rules.checking import SETTLED
from ..rules.judging import Correction


@action
def correct(*, by: Acting, area: Area, correction: Correction, at: datetime) -> Area:
    """Mend what the list says of an area: it was wrong all the time. What changed on a day is a rename, not a correction."""
    judging.may_manage(by, local_day(at)).enforce()
    area = locked(area)
    judging.fits_correction(area, correction).enforce()
    changed = {name: value for name, value in correction.given().items() if getattr(area, name) != value}
    for name, value in changed.items():
        setattr(area, name, nfc(value).strip() if isinstance(value, str) else value)
    area.folded = fold(area.name)
    area.save(update_fields=[*changed, "folded"])
    write(by=by, what="area.corrected", at=at, area=area.code, since=area.valid_from, fields=sorted(changed))
    return area


@action
def correct_heirs(*, by: Acting, old: Area, heirs: Sequence[Area], basis: str, at: datetime) -> list[Succession]:
    """Say anew which areas a unit that ended became; what was recorded before is dropped."""
    judging.may_manage(by, local_day(at)).enforce()
    old = locked(old)
    judging.fits_heirs(old, heirs).enforce()
    assert old.valid_until is not None
    day = old.valid_until
    dropped = list(Succession.objects.filter(old=old, day=day).exclude(new=None).values_list("new__code", flat=True))
    Succession.objects.filter(old=old, day=day).delete()
    kind = SuccessionKind.SPLIT if len(heirs) > 1 else SuccessionKind.MERGE
    made = Succession.objects.bulk_create([Succession(old=old, new=new, day=day, kind=kind, basis=basis, doubt=SETTLED) for new in heirs])
    write(by=by, what="area.corrected", at=at, area=old.code, since=old.valid_from, heirs=[h.code for h in heirs], before=sorted(dropped))
    return made


@action
def settle(*, by: Acting, succession: Succession, at: datetime) -> Succession:
    """A doubtful succession has been looked at and is right; it is no longer listed."""
    judging.may_manage(by, local_day(at)).enforce()
    succession = locked(succession)
    judging.is_doubtful(succession).enforce()
    doubts = succession.doubt.split()
    succession.doubt = SETTLED
    succession.save(update_fields=["doubt"])
    new = succession.new.code if succession.new else ""
    write(by=by, what="area.corrected", at=at, area=succession.old.code, since=succession.old.valid_from, heirs=[new], settled=doubts)
    return succession


@action
def declare_share(*, by: Acting, old: Area, shares: Mapping[int, int], basis: str, at: datetime) -> list[Succession]:
    """Keep the declared shares of a divided unit, in millionths by the id of each heir: figures then carry over as an estimate."""
    judging.may_manage(by, local_day(at)).enforce()
    old = locked(old)
    rows = list(Succession.objects.filter(old=old).exclude(new=None).select_related("new"))
    judging.fits_declaring(old, [row.new_id or 0 for row in rows], shares, basis).enforce()
    for row in rows:
        row.share, row.basis = shares[row.new_id or 0], basis
    Succession.objects.bulk_update(rows, ["share", "basis"])
    told = {row.new.code: row.share for row in rows if row.new}
    write(by=by, what="area.share_declared", at=at, area=old.code, since=old.valid_from, shares=told)
    return rows
