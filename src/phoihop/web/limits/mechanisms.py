"""What the seeds ask for, mechanism by mechanism: where it is on this node, what it waits for, or why it is refused.

``mechanisms.tsv`` holds the facts (``seed``, ``quote``, ``capability`` in both languages, ``scope``) and our answer: the ``page`` and the ``action``
with the ``test`` that tells its story, or what it ``waits`` for, or the test of its ``refusal``. Tests hold the table to its word.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

_FILE = Path(__file__).parent / "mechanisms.tsv"

# What later issues are about, as the table names them, and in the words of the pages.
WAITS: dict[str, Any] = {
    "Incidents: needs and offers, escalation, disasters": _("Vụ việc: nhu cầu, hỗ trợ, nâng mức, thiên tai"),
    "Bulletins between forces": _("Trao đổi thông tin giữa các lực lượng"),
    "Briefings and their conclusions": _("Giao ban và kết luận giao ban"),
    "Training, drills, outreach and inspections": _("Huấn luyện, diễn tập, dân vận, kiểm tra"),
    "The movement: models, forums, conditions, commendations": _("Phong trào: mô hình, diễn đàn, điều kiện, khen thưởng"),
    "Returns of units and the year-end review": _("Báo cáo của đơn vị và tổng kết năm"),
    "Sharing between nodes": _("Chia sẻ giữa các máy chủ"),
}


@dataclass(frozen=True, slots=True)
class Mechanism:
    """``n``: its number in the table, from 1. ``scope``: IN, PARTIAL or OUT."""

    n: int
    seed: str
    quote: str
    capability: str
    capability_en: str
    scope: str
    page: str
    action: str
    test: str
    waits: str
    refusal: str

    @property
    def said(self) -> str:
        """What it comes to, in the reader's language."""
        return self.capability_en if (get_language() or "").startswith("en") else self.capability

    @property
    def built(self) -> bool:
        return bool(self.page)

    @property
    def out(self) -> bool:
        return self.scope == "OUT"

    @property
    def waits_for(self) -> Any:
        return WAITS[self.waits] if self.waits else ""


@cache
def mechanisms() -> tuple[Mechanism, ...]:
    with _FILE.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return tuple(Mechanism(n=n, **row) for n, row in enumerate(rows, 1))
