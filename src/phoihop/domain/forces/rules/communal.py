"""The military of a commune: one command, whether it is registered under the military or under the militia that it leads.

Source: Luật Dân quân tự vệ 2019 (48/2019/QH14); TT 29/2020/TT-BQP, Art. 4 (the commander of the commune beside its chief of police).
"""

from __future__ import annotations

from collections.abc import Collection

from ...territory.models import Level

MILITARY, MILITIA = "QS", "DQ"
ONE_COMMAND = frozenset({MILITARY, MILITIA})


def with_other_name(codes: Collection[str], level: str) -> set[str]:
    """These forces, and at commune level with the one of the two also the other: who says the military there means the militia's command."""
    found = set(codes)
    return found | ONE_COMMAND if level == Level.COMMUNE and found & ONE_COMMAND else found


def spoken_for(code: str, level: str) -> str:
    """One code for forces that are one command at a level."""
    return MILITIA if level == Level.COMMUNE and code in ONE_COMMAND else code
