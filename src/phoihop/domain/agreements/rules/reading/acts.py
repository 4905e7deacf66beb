"""What is to be done, after the words of ``acts.tsv``: the first that stands behind the parties, where who does it is told."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from ...models import DutyAct
from .proposal import Mark

# Names of texts and bodies that hold a word of doing, and doings that only qualify another one.
_NAMES = re.compile(
    r"(?<!xây dựng )(?<!ban hành )quy chế phối hợp|phong trào toàn dân[^,.;]*|ban vận động|mặt trận|kiểm tra viên|ủy ban kiểm tra|thanh tra nhân dân|cơ quan kiểm tra|phát tin|tham mưu|tại kế hoạch|kế hoạch này"
    r"|(?:tình hình|kết quả) (?:kiểm tra|tuần tra|diễn tập)|sau mỗi cuộc diễn tập|theo lịch|nghiệp vụ tuần tra, kiểm soát|trạm kiểm soát|kỹ năng|để tổng hợp|đường dây nóng|trung tâm giáo dục"
    r"|cơ sở giáo dục|bộ giáo dục và đào tạo|(?<=kế hoạch )kiểm tra|(?<!xây dựng )(?<!ban hành )(?<!lập )(?<!hoàn chỉnh )phương án (?:bảo vệ|chữa cháy|xử lý|cứu nạn)|dưới sự giám sát[^,.;]*", re.IGNORECASE
)  # fmt: skip


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    lines = files(__package__).joinpath("acts.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(act, re.compile(rf"(?<!\w)(?:{words})", re.IGNORECASE)) for act, words in rows]


def act_of(sentence: str, after: int = 0) -> Mark | None:
    """The act whose words come first after a place (where the parties end), else first at all; *other* is never read, only chosen by a person."""
    blank = _NAMES.sub(lambda m: " " * len(m[0]), sentence)
    found = [(m.start(), m.end(), act) for act, pattern in _patterns() for m in pattern.finditer(blank)]
    if not found:
        return None
    behind = [f for f in found if f[0] >= after]
    start, until, act = min(behind or found)
    return Mark(str(DutyAct(act)), start, until, "act-word")
