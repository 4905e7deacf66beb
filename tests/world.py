"""One small named world. Two communes of one province, five forces, and people who may, may not, and must see nothing.

* Lan works for the police of Sông, Bình for its militia, Hải at the border station; Mai at the provincial police, Dũng at
  the provincial military command; Thu for the Front of Sông; Quân administers the node; Vân audits it; Tư is of another
  province's police and must see nothing.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from phoihop.domain import models as m
from phoihop.domain.activities.rules import Counted, PartyDraft, PatrolDraft, Result, Word
from phoihop.domain.figures.actions.definitions import lay
from phoihop.domain.figures.rules.definitions import packaged
from phoihop.kernel.period import HOME
from phoihop.kernel.text import fold
from tests.laid import laid_once

NOON = datetime(2026, 6, 1, 12, tzinfo=HOME)
FOREVER = date(9999, 12, 31)
START = date(2025, 7, 1)


def at(day: int, hour: int, minute: int = 0, month: int = 6) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=HOME)


def area(code: str, name: str, level: str, kind: str, parent: m.Area | None = None, start: date = START, until: date | None = None) -> m.Area:
    made = m.Area.objects.create(code=code, name=name, folded=fold(name), level=level, kind=kind, valid_from=start, valid_until=until)
    chain = [(made, 0)]
    if parent is not None:
        m.AreaParent.objects.create(area=made, parent=parent, valid_from=start, valid_until=until)
        chain += [(c.ancestor, c.depth + 1) for c in m.AreaClosure.objects.filter(area=parent).select_related("ancestor")]
    m.AreaClosure.objects.bulk_create([m.AreaClosure(area=made, ancestor=a, depth=d, valid_from=start, valid_until=until or FOREVER) for a, d in chain])
    return made


def unit(force: m.Force, kind: str, where: m.Area, name: str, under: m.Unit | None = None, start: date = START) -> m.Unit:
    key = f"{force.code}.{kind}.{where.code}.{start:%Y%m%d}"
    made = m.Unit.objects.create(key=key, force=force, kind=kind, area=where, name=name, short=name, folded=fold(name), home="PH86", valid_from=start)
    chain = [(made, 0)]
    if under is not None:
        m.Relation.objects.create(upper=under, lower=made, kind="directs", valid_from=start)
        chain += [(c.ancestor, c.depth + 1) for c in m.UnitClosure.objects.filter(unit=under).select_related("ancestor")]
    m.UnitClosure.objects.bulk_create([m.UnitClosure(unit=made, ancestor=a, depth=d, valid_from=start, valid_until=FOREVER) for a, d in chain])
    return made


def person(name: str, of: m.Unit, role: str, start: date = START) -> m.Post:
    user = m.User.objects.create(username=name, full_name=name.title(), password="!")
    return m.Post.objects.create(user=user, unit=of, role=role, title=name, valid_from=start)


@laid_once
def songdat() -> SimpleNamespace:
    """The province of Sông Đất."""
    nation = area("VN", "Việt Nam", "nation", "nuoc")
    province = area("86", "Sông Đất", "province", "tinh", nation)
    song = area("29001", "Sông", "commune", "xa", province)
    dat = area("29002", "Đất", "commune", "phuong", province)
    elsewhere = area("79", "Nơi Khác", "province", "tinh", nation)

    forces = {code: m.Force.objects.create(code=code, order=n) for n, code in enumerate(("QS", "CA", "BP", "DQ", "PC", "MT", "UB"))}
    lines: dict[str, m.Line] = {}
    for code, force in forces.items():
        lines[code] = m.Line.objects.create(pk=len(lines) + 1, code=code, kind="force", name=code, name_en=code)
        m.LineMember.objects.create(line=lines[code], force=force, valid_from=date(2000, 1, 1))
    for code, members in (("BQP", ("QS", "BP", "DQ")), ("BCA", ("CA", "PC"))):
        lines[code] = m.Line.objects.create(pk=len(lines) + 1, code=code, kind="ministry", name=code, name_en=code)
        for member in members:
            m.LineMember.objects.create(line=lines[code], force=forces[member], valid_from=START)
    lines["ND03"] = m.Line.objects.create(pk=len(lines) + 1, code="ND03", kind="decree", name="NĐ 03/2019", name_en="Decree 03/2019", least_forces=2)
    lines["ND02"] = m.Line.objects.create(pk=len(lines) + 1, code="ND02", kind="decree", name="NĐ 02/2020", name_en="Decree 02/2020", least_forces=2)
    for line, need in (("ND03", "BQP"), ("ND03", "BCA"), ("ND02", "DQ")):
        m.LineNeed.objects.create(line=lines[line], of=lines[need], valid_from=date(2019, 9, 5))

    army = unit(forces["QS"], "tinh", province, "Bộ CHQS tỉnh Sông Đất")
    police = unit(forces["CA"], "tinh", province, "Công an tỉnh Sông Đất")
    border = unit(forces["BP"], "tinh", province, "Ban Chỉ huy BĐBP tỉnh Sông Đất", army)
    station = unit(forces["BP"], "don", song, "Đồn Biên phòng Cửa Sông", border)
    police_song = unit(forces["CA"], "xa", song, "Công an xã Sông", police)
    police_dat = unit(forces["CA"], "xa", dat, "Công an phường Đất", police)
    militia_song = unit(forces["DQ"], "xa", song, "Ban CHQS xã Sông", army)
    front_song = unit(forces["MT"], "xa", song, "Ủy ban MTTQ xã Sông")
    strangers = unit(forces["CA"], "tinh", elsewhere, "Công an tỉnh Nơi Khác")

    node = m.Post.objects.create(unit=police, role="node", title="Máy chủ", valid_from=START)
    lan, binh, hai = person("lan", police_song, "staff"), person("bình", militia_song, "duty"), person("hải", station, "duty")
    mai, dung = person("mai", police, "commander"), person("dũng", army, "commander")
    thu, quan, van = person("thu", front_song, "partner"), person("quân", police, "admin"), person("vân", police, "auditor")
    tu, phuong = person("tư", strangers, "commander"), person("phượng", police_dat, "duty")
    m.Node.objects.create(tag="PH86", name="Máy chủ thử", own=True, public_key="00" * 32)
    lay(packaged())
    return SimpleNamespace(**{k: v for k, v in locals().items() if not k.startswith("_")})


def a_draft(w: SimpleNamespace, **change: Any) -> PatrolDraft:
    """Police of Sông with its militia, 1 June 2026, 20:00 to 22:00, on a road."""
    plain: dict[str, Any] = {
        "start": at(1, 20), "end": at(1, 22), "area": w.song, "route_kind": "road",
        "parties": [PartyDraft(w.police_song, people=3), PartyDraft(w.militia_song, people=4)],
    }  # fmt: skip
    return PatrolDraft(**plain | change)


def a_result(w: SimpleNamespace, activity: m.Activity, **change: Any) -> Result:
    plain: dict[str, Any] = {
        "activity": activity, "version": activity.version, "held": True, "started_at": at(1, 20, 5), "ended_at": at(1, 22),
        "parties": [Counted(w.police_song, 3), Counted(w.militia_song, 4)],
    }  # fmt: skip
    return Result(**plain | change)


def a_word(activity: m.Activity, agrees: bool = True, **change: Any) -> Word:
    plain: dict[str, Any] = {"activity": activity, "digest": activity.digest, "agrees": agrees}
    return Word(**plain | change)


__all__ = ["NOON", "a_draft", "a_result", "a_word", "at", "songdat", "timedelta"]
