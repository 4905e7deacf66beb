"""Default letterheads of units (NĐ 30/2020/NĐ-CP, Annex I; armed forces by their ministries)."""

from __future__ import annotations

from collections.abc import Mapping

from ...territory.models import AreaKind, Level
from ...territory.rules.names import word_of
from .packaged import region_of, rows
from .plans import Ground, HeadPlan, UnitPlan
from .wording import LETTERS, area_words, committee_of

_CAPITAL_COMMAND = "01"  # Hanoi's military command stands directly under the ministry


def head_of(unit: UnitPlan, grounds: Mapping[int, Ground]) -> HeadPlan | None:
    """The default letterhead of a unit that goes on; sorts without one issue no documents of their own."""
    row = next((row for row in rows("letterheads") if row["sign"] == unit.sign), None)
    if row is None:
        return None
    words = _head_words(unit, grounds)
    fields = {name: value.format(**words).strip() for name, value in row.items() if name != "sign"}
    if unit.sign == "QS.tinh" and grounds[unit.area].code == _CAPITAL_COMMAND:
        fields |= {"superior": "Bộ Quốc phòng", "issuer": unit.name, "reports_to": "Bộ Quốc phòng"}
    return HeadPlan(unit.key, unit.life.first, fields)


def _head_words(unit: UnitPlan, grounds: Mapping[int, Ground]) -> dict[str, str]:
    g = grounds[unit.area]
    province = g if g.level == Level.PROVINCE else next((grounds[a] for a, __ in g.above if a in grounds and grounds[a].level == Level.PROVINCE), g)
    region = region_of(province.code)
    own_name = unit.name.removeprefix("Đồn Biên phòng ") if unit.sign == "BP.don" else g.name
    return {
        "area": area_words(g),
        "name": own_name,
        "kind": word_of(g.kind),
        "kind_letter": LETTERS.get(AreaKind(g.kind), ""),
        "committee": committee_of(g),
        "province": area_words(province),
        "province_name": province.name,
        "province_committee": committee_of(province),
        "region": region.short if region else "Bộ Quốc phòng",
        "region_command": region.name if region else "Bộ Quốc phòng",
    }
