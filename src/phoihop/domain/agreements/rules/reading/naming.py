"""What kind of name a written body is: all the parties, an office of a unit, a force in every commune, or a unit by its name."""

from __future__ import annotations

import re

from phoihop.kernel.text import fold

_ALL = re.compile(r"(?:các|hai|ba|bốn|mọi) (?:bên|lực lượng|ngành|đơn vị|cơ quan)(?: tham gia| liên quan| phối hợp| còn lại)?", re.IGNORECASE)
_OFFICE = re.compile(
    r"^(?:lãnh đạo |chỉ huy )?(?:phó )?(?:chỉ huy trưởng|chủ tịch|giám đốc|đồn trưởng|bí thư|thủ trưởng|trưởng|trực ban|lãnh đạo|chính trị viên)\s+(?=\S)",
    re.IGNORECASE,
)
_LEVEL = re.compile(r"(?:của )?(?:cấp xã|cấp cơ sở|(?:các )?(?:xã|phường)(?:, (?:xã|phường))*(?:, đặc khu)?|ở cơ sở|cơ sở|địa phương)$", re.IGNORECASE)


def is_everybody(name: str) -> bool:
    """*các bên*, *hai lực lượng*: every party of the text."""
    return bool(_ALL.fullmatch(name.strip()))


def without_office(name: str) -> str:
    """*Trưởng Công an xã Sông* stands for the police of Sông: duties are a unit's, not a person's."""
    return _OFFICE.sub("", name.strip())


def is_of_every_commune(rest: str) -> bool:
    """Whether what follows a head (*Công an …*) names a level, not a place: *cấp xã*, *các xã, phường*."""
    return bool(_LEVEL.fullmatch(rest.strip())) or fold(rest) in ("xa", "phuong")
