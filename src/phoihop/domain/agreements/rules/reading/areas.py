"""Which content area a clause is about, by the word lists of ``areas.tsv``. Two areas that weigh the same: none is read."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from .plain import Line
from .proposal import Mark

_LEAST = 2
_SURE = 3
_HEADING = 3
# Articles of every text: they say how it is read and carried out, not what is done together.
_GENERAL = re.compile(
    r"phạm vi|đối tượng áp dụng|nguyên tắc|giải thích từ ngữ|mục đích|yêu cầu|mục tiêu$|hiệu lực|điều khoản|tổ chức thực hiện|trách nhiệm (?:của|thi hành)|sơ kết|tổng kết|giao ban|kinh phí|kiểm tra liên ngành|đặc điểm|phân công|hình thức",
    re.IGNORECASE,
)


@cache
def _words() -> list[tuple[str, int, re.Pattern[str]]]:
    lines = files(__package__).joinpath("areas.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(area, int(weight), re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)) for area, weight, words in rows]


def is_general(heading: str) -> bool:
    return bool(_GENERAL.search(heading))


def area_of(heading: Line, text: str, at: int, militia: bool = False) -> Mark | None:
    """The area of a clause: its heading weighs three times its text (which starts at ``at``). ``militia``: the document stands on the law of the militia."""
    if is_general(heading.text):
        return None
    scores: dict[str, int] = {}
    first: dict[str, tuple[int, int, str]] = {}
    for where, start, factor, rule in ((heading.text, heading.start, _HEADING, "area-heading"), (text, at, 1, "area-words")):
        for area, weight, pattern in _words():
            if area.startswith("dq-") and not militia:
                continue
            for m in pattern.finditer(where):
                scores[area] = scores.get(area, 0) + weight * factor
                first.setdefault(area, (start + m.start(), start + m.end(), rule))
    ranked = sorted(scores, key=lambda a: -scores[a])
    if not ranked or scores[ranked[0]] < _LEAST or (len(ranked) > 1 and scores[ranked[0]] == scores[ranked[1]]):
        return None
    start, until, rule = first[ranked[0]]
    return Mark(ranked[0], start, until, rule, sure=scores[ranked[0]] >= _SURE and rule == "area-heading")
