"""Numbers as people write them: 3, 03, "03 đ/c", "ba", 1.234 (a thousand) and 1,5 (one and a half, which no count can be)."""

from __future__ import annotations

import re

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from phoihop.kernel.text import fold
from phoihop.kernel.verdict import Verdict

from .cells import Cell, shown
from .finding import Found

SPOKEN = {w: n for n, w in enumerate(["khong", "mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi"])} | {"tu": 4, "lam": 5}
_NOTHING = {"", "-", "–", "—", "/", "\\", "k", "ko", "khong co", "0 co", "nil", "."}
_PRESENT = {"x", "co", "tham gia", "v", "✓", "✔"}
_COUNTED = r"(?:nguoi|d/?\s?c|dong chi|cbcs|can bo|chien si|dqtv|dq|luot|vu|truong hop|th|cuoc|to|chiec|cai|xe|phuong tien|p/t|pt|xuong|tau|lan|nguoi tham gia)"
_NUMBER = re.compile(rf"(-?\s?\d{{1,3}}(?:[. ]\d{{3}})+|-?\s?\d+)(?:[.,](\d+))?\s*{_COUNTED}?(?:\s*{_COUNTED})?[.;]?")


def count_of(cell: Cell) -> Found[int]:
    """The count that a cell states; nothing for an empty cell or a dash. Zero is zero: it says that nobody, nothing was there."""
    if cell is None:
        return Found()
    if isinstance(cell, int):
        return Found(cell)
    if isinstance(cell, float):
        return Found(verdict=_not_whole(cell))
    text = fold(cell).strip()
    if text in _NOTHING:
        return Found()
    if text in SPOKEN or (text.split(" ")[0] in SPOKEN and re.fullmatch(_COUNTED, " ".join(text.split(" ")[1:]))):
        return Found(SPOKEN[text.split(" ")[0]])
    if text in _PRESENT:
        return Found(verdict=Verdict("count-missing", _("Ô chỉ đánh dấu có tham gia. Hãy ghi số."), "people"))
    found = _NUMBER.fullmatch(text)
    if found is None:
        return Found(verdict=Verdict("not-a-number", format_lazy(_("“{text}” không phải là số. Hãy ghi một số nguyên."), text=cell), "people"))
    whole, fraction = re.sub(r"[. ]", "", found.group(1)), found.group(2) or ""
    if fraction.strip("0"):
        return Found(verdict=_not_whole(cell))
    return Found(int(whole))


def is_count(cell: Cell) -> bool:
    found = count_of(cell)
    return found.value is not None


def _not_whole(cell: Cell) -> Verdict:
    return Verdict("not-whole", format_lazy(_("“{text}” không phải số nguyên. Số người, số lượt là số nguyên."), text=shown(cell)), "people")
