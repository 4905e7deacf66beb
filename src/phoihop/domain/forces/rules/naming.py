"""Reading the name of a unit as people write it: "CA xã Bảo Thạnh", "BCHQS xã Bao Thanh", "Đồn BP Hàm Luông"."""

from __future__ import annotations

import re
from typing import NamedTuple

from phoihop.kernel.text import fold, nfc

from ..models import UnitKind

_PROVINCIAL = (UnitKind.PROVINCE_HQ,)


class Head(NamedTuple):
    """What the first words of a name say: the forces and, if they tell, the kinds of unit it can be."""

    forces: tuple[str, ...]
    kinds: tuple[str, ...] = ()


_POLICE = Head(("CA",))
_COMMANDS = (UnitKind.PROVINCE_HQ, UnitKind.DISTRICT_HQ, UnitKind.COMMUNE_HQ)
_MILITARY = Head(("QS", "DQ"), _COMMANDS)
_BORDER = Head(("BP",), _PROVINCIAL)
_STATION = Head(("BP",), (UnitKind.STATION,))
_REGION = Head(("QS",), (UnitKind.DEFENCE_REGION,))
_FIRE = Head(("PC",))
_FRONT = Head(("MT",))
_TEAM = Head(("AN",))
_UNION = Head(("LD",))
_GOVERNMENT = Head(("UB",))
_PARTY = Head(("CU",))

HEADS: dict[str, Head] = {
    "ban chi huy phong thu khu vuc": _REGION,
    "ban ch phong thu khu vuc": _REGION,
    "ban ch ptkv": _REGION,
    "bch ptkv": _REGION,
    "phong thu khu vuc": _REGION,
    "ptkv": _REGION,
    "bo chi huy bo doi bien phong": _BORDER,
    "ban chi huy bo doi bien phong": _BORDER,
    "bo chi huy bdbp": _BORDER,
    "ban chi huy bdbp": _BORDER,
    "ban ch bdbp": _BORDER,
    "bch bdbp": _BORDER,
    "bch bien phong": _BORDER,
    "don bien phong cua khau": _STATION,
    "don bien phong": _STATION,
    "don bdbp": _STATION,
    "don bp": _STATION,
    "dbp": _STATION,
    "bo doi bien phong": Head(("BP",)),
    "bien phong": Head(("BP",)),
    "bdbp": Head(("BP",)),
    "bp": Head(("BP",)),
    "bo chi huy quan su": Head(("QS",), _PROVINCIAL),
    "ban chi huy quan su": _MILITARY,
    "bo tu lenh": Head(("QS",), (UnitKind.PROVINCE_HQ, UnitKind.MILITARY_REGION)),
    "bo chqs": Head(("QS",), _PROVINCIAL),
    "ban chqs": _MILITARY,
    "bchqs": _MILITARY,
    "chqs": _MILITARY,
    "quan su": _MILITARY,
    "bch quan su": _MILITARY,
    "dan quan tu ve": Head(("DQ",)),
    "dan quan": Head(("DQ",)),
    "dqtv": Head(("DQ",)),
    "dq": Head(("DQ",)),
    "qs": _MILITARY,
    "phong canh sat pccc va cnch": _FIRE,
    "canh sat pccc va cnch": _FIRE,
    "canh sat pccc": _FIRE,
    "phong pc07": _FIRE,
    "pc07": _FIRE,
    "pccc": _FIRE,
    "cong an": _POLICE,
    "ca": _POLICE,
    "cax": Head(("CA",), (UnitKind.COMMUNE_HQ,)),
    "cap": Head(("CA",), (UnitKind.COMMUNE_HQ,)),
    "cah": Head(("CA",), (UnitKind.DISTRICT_HQ,)),
    "cat": Head(("CA",), _PROVINCIAL),
    "catp": Head(("CA",), _PROVINCIAL),
    "uy ban mat tran to quoc viet nam": _FRONT,
    "mat tran to quoc viet nam": _FRONT,
    "uy ban mat tran to quoc": _FRONT,
    "uy ban mttq viet nam": _FRONT,
    "mat tran to quoc": _FRONT,
    "uy ban mttq": _FRONT,
    "ub mttq": _FRONT,
    "ubmttq": _FRONT,
    "mttq": _FRONT,
    "mat tran": _FRONT,
    "lien doan lao dong": _UNION,
    "ldld": _UNION,
    "to bao ve an ninh, trat tu": _TEAM,
    "to bao ve an ninh trat tu": _TEAM,
    "to bvantt": _TEAM,
    "to bv antt": _TEAM,
    "to antt": _TEAM,
    "tbv": _TEAM,
    "uy ban nhan dan": _GOVERNMENT,
    "ubnd": _GOVERNMENT,
    "uy ban": _GOVERNMENT,
    "tinh uy": Head(("CU",), _PROVINCIAL),
    "thanh uy": Head(("CU",), (UnitKind.PROVINCE_HQ, UnitKind.DISTRICT_HQ)),
    "huyen uy": Head(("CU",), (UnitKind.DISTRICT_HQ,)),
    "dang uy": _PARTY,
    "cap uy": _PARTY,
}
_LONGEST_FIRST = sorted(HEADS, key=len, reverse=True)
_LEVEL_ALONE = {"", "tinh", "thanh pho", "tp"}
_NAMED_ITSELF = {UnitKind.STATION, UnitKind.DEFENCE_REGION}
_SPACED = re.compile(r"\s+")


class Told(NamedTuple):
    """What a written name tells: its head (None: nothing), and what follows, as it was written."""

    head: Head | None
    rest: str


def told_by(text: str) -> Told:
    """Split a name into what kind of unit it is and of where."""
    clean = _SPACED.sub(" ", nfc(text).strip())
    plain = fold(clean)
    for words in _LONGEST_FIRST:
        if plain == words or plain.startswith((words + " ", words + ".")):
            return Told(HEADS[words], _from_word(clean, len(words.split())).lstrip(" .,-"))
    return Told(None, clean)


def _from_word(text: str, n: int) -> str:
    """The text from its n-th word on. Folding keeps words, not letters: "đ" is one letter, a composed one may be three."""
    return " ".join(text.split()[n:])


def is_of_here(rest: str) -> bool:
    """Whether no place follows, or only a level: "Công an tỉnh", "PC07"."""
    return fold(rest) in _LEVEL_ALONE


def has_own_name(head: Head | None) -> bool:
    """Whether units of this head are called by a name of their own, not by their commune's."""
    return head is not None and bool(head.kinds) and set(head.kinds) <= _NAMED_ITSELF
