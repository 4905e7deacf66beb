"""The words of areas in names of units and in heads of documents: Vietnamese whatever the reader's language."""

from __future__ import annotations

from ...territory.models import AreaKind, Level
from ...territory.rules.names import word_of
from .plans import Ground

COMMITTEES = {
    (Level.PROVINCE, AreaKind.PROVINCE): "Tỉnh ủy",
    (Level.PROVINCE, AreaKind.CITY): "Thành ủy",
    (Level.DISTRICT, AreaKind.CITY): "Thành ủy",
    (Level.DISTRICT, AreaKind.DISTRICT): "Huyện ủy",
    (Level.DISTRICT, AreaKind.TOWN): "Thị ủy",
    (Level.DISTRICT, AreaKind.URBAN_DISTRICT): "Quận ủy",
}
LETTERS = {
    AreaKind.PROVINCE: "T",
    AreaKind.CITY: "TP",
    AreaKind.COMMUNE: "X",
    AreaKind.WARD: "P",
    AreaKind.SPECIAL_ZONE: "ĐK",
    AreaKind.DISTRICT: "H",
    AreaKind.TOWN: "TX",
    AreaKind.URBAN_DISTRICT: "Q",
    AreaKind.TOWNSHIP: "TT",
}


def area_words(g: Ground) -> str:
    """ "xã Bảo Thạnh": the name in the middle of a sentence, in Vietnamese whatever the reader's language."""
    return f"{word_of(g.kind)} {g.name}".strip()


def committee_of(g: Ground) -> str:
    """What the Party committee of an area calls itself."""
    return COMMITTEES.get((Level(g.level), AreaKind(g.kind)), "Đảng ủy")
