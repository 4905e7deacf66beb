"""What holds unless a place says otherwise: what each norm ships with and from where, how a value is read, which one holds on a day.

A norm has one shipped value, with its source; where a law sets a minimum, its article. A province or a commune may lay down another value; the
nearest one in force on a day holds, for its area and all below.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from phoihop.kernel.period import FOREVER, Period
from phoihop.kernel.verdict import Verdict, first_no, no_unless

from ...territory.models import Level
from ..models import Cadence, ContentArea, LocalNorm, Norm

MOST_MONTHS, MOST_DAYS = 60, 60
_BY_NAME = 3
OFTEN = (Cadence.WEEK, Cadence.MONTH, Cadence.QUARTER, Cadence.HALF, Cadence.YEAR, Cadence.TERM)
"""Cadences that come round again, the most frequent first. What is done once or on demand has none."""
SOURCE_OURS = _("mức chung của hệ thống; chưa văn bản nào quy định")


class Kind(StrEnum):
    """How the value of a norm is written: a number of working days or of months, a cadence, content areas, asked for or not."""

    DAYS = "days"
    MONTHS = "months"
    CADENCE = "cadence"
    CONTENTS = "contents"
    ASKED = "asked"


class Group(StrEnum):
    """Under which heading a norm is shown."""

    CADENCES = "cadences"
    DEADLINES = "deadlines"
    TEMPLATE = "template"
    CRITERIA = "criteria"


GROUP_NAMES = {
    Group.CADENCES: _("Chu kỳ"), Group.DEADLINES: _("Thời hạn khi không ai ghi khác"), Group.TEMPLATE: _("Mẫu nội dung"),
    Group.CRITERIA: _("Tiêu chí kiểm tra chất lượng văn bản"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shipped:
    """What a norm ships with. ``source``: where the value comes from; ``least``: what ``article`` of a law asks for at least, empty if no law does."""

    group: Group
    kind: Kind
    value: str
    source: Any = SOURCE_OURS
    least: str = ""
    article: Any = ""
    levels: tuple[str, ...] = (Level.PROVINCE, Level.COMMUNE)


_ALL = ",".join(ContentArea.values)
_EVERYWHERE = ",".join((ContentArea.MILITIA_ORDER, ContentArea.MILITIA_GRASSROOTS, ContentArea.MILITIA_DISASTER))
_TWO = _("NĐ 30/2020/NĐ-CP, Điều 24 khoản 2")

SHIPPED: dict[str, Shipped] = {
    Norm.BRIEF_PROVINCE: Shipped(
        Group.CADENCES, Kind.CADENCE, Cadence.QUARTER, _("NĐ 168/2018/NĐ-CP, Điều 17: Chủ tịch UBND tỉnh định; thường là hằng quý"), levels=(Level.PROVINCE,)
    ),
    Norm.BRIEF_COMMUNE: Shipped(Group.CADENCES, Kind.CADENCE, Cadence.MONTH, _("NĐ 168/2018/NĐ-CP, Điều 17: Chủ tịch UBND tỉnh định; ở xã thường là hằng tháng")),
    Norm.DRILL_COMMUNE: Shipped(
        Group.CADENCES, Kind.CADENCE, Cadence.TERM, _("TT 69/2020/TT-BQP, Điều 9"), Cadence.TERM, _("TT 69/2020/TT-BQP, Điều 9: ít nhất mỗi nhiệm kỳ một lần")
    ),
    Norm.SUM_UP: Shipped(Group.CADENCES, Kind.CADENCE, Cadence.HALF, _("thực tế các địa phương: sơ kết 6 tháng, tổng kết năm")),
    Norm.REVIEW_MONTHS: Shipped(Group.CADENCES, Kind.MONTHS, "12"),
    Norm.PRACTICE_MONTHS: Shipped(Group.CADENCES, Kind.MONTHS, "12"),
    Norm.OPINION_DAYS: Shipped(Group.DEADLINES, Kind.DAYS, "5"),
    Norm.SIGN_DAYS: Shipped(Group.DEADLINES, Kind.DAYS, "5"),
    Norm.PAPER_DAYS: Shipped(Group.DEADLINES, Kind.DAYS, "30"),
    Norm.ADOPT_DAYS: Shipped(Group.DEADLINES, Kind.DAYS, "20"),
    Norm.REPORT_DAYS: Shipped(
        Group.DEADLINES, Kind.DAYS, "2", _("Khánh Hòa, QĐ 01/2023/QĐ-UBND, Điều 4"), "1", _("NĐ 09/2019/NĐ-CP, Điều 8 khoản 5: sau ngày chốt số liệu ít nhất 01 ngày làm việc")
    ),
    Norm.CONTENTS: Shipped(
        Group.TEMPLATE, Kind.CONTENTS, _ALL, _("11 nội dung của NĐ 03/2019/NĐ-CP, 4 lĩnh vực của Luật Dân quân tự vệ 2019, Điều 31"), _EVERYWHERE,
        _("Luật Dân quân tự vệ 2019, Điều 31: nơi nào dân quân cũng phối hợp ở các lĩnh vực này"),
    ),
    Norm.NEED_LEAD: Shipped(Group.CRITERIA, Kind.ASKED, "1", _TWO, "1", _TWO),
    Norm.NEED_DEADLINE: Shipped(Group.CRITERIA, Kind.ASKED, "1", _TWO, "1", _TWO),
    Norm.NEED_CONTACT: Shipped(Group.CRITERIA, Kind.ASKED, "1", _("thực tế các quy chế: mỗi lực lượng có đầu mối trực")),
    Norm.NEED_REVIEW: Shipped(Group.CRITERIA, Kind.ASKED, "1"),
}  # fmt: skip


def words(norm: str, value: str) -> Any:
    """A value as people read it."""
    kind = SHIPPED[norm].kind
    if kind == Kind.CADENCE:
        return Cadence(value).label
    if kind == Kind.ASKED:
        return _("bắt buộc") if value == "1" else _("không bắt buộc")
    if kind == Kind.CONTENTS:
        return _content_words(_contents(value))
    if kind == Kind.MONTHS:
        return ngettext_lazy("%(n)d tháng", "%(n)d tháng", int(value)) % {"n": int(value)}
    return ngettext_lazy("%(n)d ngày làm việc", "%(n)d ngày làm việc", int(value)) % {"n": int(value)}


def _content_words(given: set[str]) -> Any:
    """All of them, how many, or a few by name."""
    if len(given) == len(ContentArea):
        return _("cả %(n)d nội dung") % {"n": len(given)}
    return "; ".join(str(ContentArea(c).label) for c in ContentArea.values if c in given) if len(given) <= _BY_NAME else _("%(n)d nội dung") % {"n": len(given)}


def written(norm: str, value: str) -> str:
    """A value in its one way of writing, so that two that say the same are alike. What cannot be read stays as it is."""
    said = value.strip()
    kind = SHIPPED[norm].kind if norm in SHIPPED else None
    if kind == Kind.CONTENTS:
        given = {part.strip() for part in said.split(",")} - {""}
        return ",".join([*(c for c in ContentArea.values if c in given), *sorted(given - set(ContentArea.values))])
    return str(int(said)) if kind in (Kind.DAYS, Kind.MONTHS) and said.isdecimal() and len(said) < 5 else said


def fits_value(norm: str, value: str) -> Verdict:
    """``value``: as ``written``. It is of its kind, within bounds, and not weaker than the law's minimum."""
    if norm not in SHIPPED:
        return Verdict("no-such-norm", _("Chu kỳ, thời hạn, tiêu chí này không có trong danh mục."), "norm")
    shipped = SHIPPED[norm]
    said = {"least": words(norm, shipped.least) if shipped.least else "", "article": shipped.article}
    return first_no(
        _readable(shipped.kind, value, "0" if shipped.least else "1"),
        no_unless(
            not shipped.least or not _readable(shipped.kind, value, "0") or not weaker(norm, value, shipped.least),
            "weaker-than-law",
            _("Luật đặt mức thấp nhất: %(least)s (%(article)s). Địa phương chỉ đặt bằng hoặc chặt hơn.") % said,
            "value",
        ),
    )


def _readable(kind: Kind, value: str, least: str) -> Verdict:
    number = int(value) if value.isdecimal() and len(value) < 5 else -1
    if kind == Kind.CADENCE:
        return no_unless(value in OFTEN, "no-such-cadence", _("Định kỳ không có trong danh mục."), "value")
    if kind == Kind.ASKED:
        return no_unless(value in ("0", "1"), "no-such-choice", _("Chọn bắt buộc hoặc không bắt buộc."), "value")
    if kind == Kind.CONTENTS:
        given = _contents(value)
        known = no_unless(given <= set(ContentArea.values), "no-such-content", _("Nội dung phối hợp không có trong danh mục."), "value")
        return first_no(known, no_unless(given, "no-content", _("Chọn ít nhất một nội dung."), "value"))
    if kind == Kind.MONTHS:
        return no_unless(1 <= number <= MOST_MONTHS, "months", _("Ghi số tháng từ 1 đến 60."), "value")
    return no_unless(int(least) <= number <= MOST_DAYS, "workdays", _("Thời hạn từ 1 đến 60 ngày làm việc."), "value")


def weaker(norm: str, value: str, than: str) -> bool:
    """Whether a value asks for less than another one: less often, for fewer contents, for fewer days."""
    kind = SHIPPED[norm].kind
    if kind == Kind.CADENCE:
        return sparser(value, than)
    if kind == Kind.CONTENTS:
        return not _contents(value) >= _contents(than)
    return int(value) < int(than)


def sparser(cadence: str, than: str) -> bool:
    """Whether one cadence comes round less often than another."""
    return OFTEN.index(Cadence(cadence)) > OFTEN.index(Cadence(than))


def _contents(value: str) -> set[str]:
    return set(value.split(",")) - {""}


def lasts(one: LocalNorm) -> Period:
    """From its first day to its end or to the day on which it was withdrawn, whichever comes first; empty if it was withdrawn before it began."""
    until = min(one.valid_until or FOREVER, one.withdrawn_on or FOREVER)
    return Period(one.valid_from, max(one.valid_from, until))


@dataclass(frozen=True, slots=True)
class Step:
    """One value on the way down to a place. ``stated``: who laid it down, None for what ships."""

    value: str
    stated: LocalNorm | None = None


def chain(norm: str, stated: Iterable[LocalNorm], above: Sequence[int], day: date) -> list[Step]:
    """From the shipped value down to the one that holds in a place on a day, which is the last. ``above``: the place and all above it, nearest first."""
    holding = {one.area_id: one for one in stated if one.norm == norm and day in lasts(one)}
    return [Step(SHIPPED[norm].value), *(Step(holding[area].value, holding[area]) for area in reversed(above) if area in holding)]


def overlapping(first: date, until: date | None, others: Iterable[LocalNorm]) -> LocalNorm | None:
    """Of the values laid down for the same norm and area the first that holds on a day of this stretch, too."""
    days = Period(first, until or FOREVER)
    return next((one for one in others if len(days.meet(lasts(one)))), None)


@dataclass(frozen=True, slots=True)
class Holding:
    """What holds in one place on one day: the values laid down there or above it, else the shipped ones."""

    values: Mapping[str, str] = field(default_factory=dict)

    def value(self, norm: Norm) -> str:
        return self.values.get(norm, SHIPPED[norm].value)

    def number(self, norm: Norm) -> int:
        """Of months or of working days."""
        return int(self.value(norm))

    def asks(self, norm: Norm) -> bool:
        return self.value(norm) == "1"

    def contents(self) -> list[str]:
        given = _contents(self.value(Norm.CONTENTS))
        return [c for c in ContentArea.values if c in given]

    @property
    def review_months(self) -> int | None:
        """After how many months a text that says nothing of it is to be reviewed; None where no review is asked for."""
        return self.number(Norm.REVIEW_MONTHS) if self.asks(Norm.NEED_REVIEW) else None


__all__ = [
    "GROUP_NAMES", "OFTEN", "SHIPPED", "Group", "Holding", "Kind", "Shipped", "Step", "chain", "fits_value", "lasts", "overlapping",
    "sparser", "weaker", "words", "written",
]  # fmt: skip
