"""Holidays and public events: what ships, what a unit may add for its area, and when the same event comes again."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from phoihop.kernel import packaged
from phoihop.kernel.period import ONE_DAY
from phoihop.kernel.text import fold
from phoihop.kernel.verdict import Verdict, first_no, no_unless

from ...matters.rules import has_text, leads
from ...people.models import Post
from ...people.rules import allowed
from ...territory.models import Area
from ..models import Agreement, AgreementKind, PublicEvent, PublicEventKind
from .instruments import PACKAGE

AT_ONCE = 200
LONGEST_NAME = 200
LONGEST = timedelta(days=60)
FURTHEST = timedelta(days=800)
"""How long an event may last, and how far ahead or back one is entered."""


@dataclass(frozen=True, slots=True)
class Shipped:
    """A holiday or event of the whole country, as the packaged list has it."""

    series: str
    kind: str
    name: str
    first_on: date
    until: date
    lunar: str
    source: str


@dataclass(frozen=True, slots=True)
class PublicEventDraft:
    """An event of an area; ``last_on`` is its last day."""

    area: Area
    kind: str
    name: str
    first_on: date
    last_on: date
    lunar: str = ""


def shipped() -> Mapping[str, Shipped]:
    """By code, the events that come with the program."""
    return {
        r["code"]: Shipped(
            r["series"], r["kind"], r["name"], date.fromisoformat(r["first_on"]), date.fromisoformat(r["last_on"]) + ONE_DAY, r["lunar"], r["source"]
        )
        for r in packaged.rows(PACKAGE, "public_events")
    }


def series_of(d: PublicEventDraft) -> str:
    """What the event is called in its area, whatever the year: *Lễ hội đua ghe năm 2026* comes again as *… 2027*."""
    words = re.sub(r"\b(nam )?(19|20)\d\d\b", " ", fold(d.name))
    return f"{d.area.code}:{re.sub(r'[^a-z0-9]+', '-', words).strip('-')}"[:100]


def code_of(d: PublicEventDraft) -> str:
    return f"{series_of(d)}:{d.first_on:%Y%m%d}"


def may_enter(post: Post, on: date) -> Verdict:
    return allowed(post, "agreement.draft", on)


def fits_many(count: int) -> Verdict:
    return no_unless(0 < count <= AT_ONCE, "too-many", _("Mỗi lần từ 1 đến 200 dòng."))


def fits_event(d: PublicEventDraft, own: bool, there: bool, on: date) -> Verdict:
    """``own``: the area is that of the unit, or below it; ``there``: the calendar has it already."""
    return first_no(
        has_text(d.name, "name"),
        no_unless(len(d.name) <= LONGEST_NAME, "text-too-long", _("Tên sự kiện dài nhất 200 chữ cái."), "name"),
        no_unless(d.kind in PublicEventKind.values, "no-such-kind", _("Loại sự kiện không có trong danh mục."), "kind"),
        no_unless(len(d.lunar) <= 40, "text-too-long", _("Ngày âm lịch dài nhất 40 chữ cái."), "lunar"),
        no_unless(own, "area-of-others", _("Chỉ ghi sự kiện ở địa bàn của đơn vị mình hoặc cấp dưới."), "area"),
        fits_days(d.first_on, d.last_on, on),
        no_unless(not there, "event-there", _("Sự kiện này đã có trong lịch."), "name"),
    )


def fits_days(first_on: date, last_on: date, on: date) -> Verdict:
    return first_no(
        no_unless(last_on >= first_on, "ends-before-start", _("Ngày kết thúc không trước ngày bắt đầu."), "last_on"),
        no_unless(last_on - first_on < LONGEST, "event-too-long", _("Một sự kiện dài nhất 60 ngày."), "last_on"),
        no_unless(abs(first_on - on) <= FURTHEST, "day-too-far", _("Chỉ ghi sự kiện trong khoảng hai năm trước và sau hôm nay."), "first_on"),
    )


def may_keep(post: Post, event: PublicEvent, on: date) -> Verdict:
    """Who entered an event moves it or takes it out; what ships belongs to nobody here."""
    return first_no(
        allowed(post, "agreement.draft", on),
        no_unless(event.unit_id == post.unit_id, "not-own-event", _("Chỉ đơn vị đã ghi sự kiện này mới sửa được.")),
        no_unless(event.cancelled_at is None, "event-gone", _("Sự kiện này đã bỏ khỏi lịch.")),
    )


def may_name_event(post: Post, agreement: Agreement, event: PublicEvent, on: date) -> Verdict:
    """The lead says for which event its plan is."""
    return first_no(
        allowed(post, "agreement.draft", on),
        leads(post, agreement.matter),
        no_unless(agreement.kind == AgreementKind.EVENT, "not-event", _("Chỉ kế hoạch bảo đảm an toàn sự kiện gắn được với sự kiện.")),
        no_unless(event.cancelled_at is None, "event-gone", _("Sự kiện này đã bỏ khỏi lịch."), "event"),
    )


def before_it(events: Sequence[PublicEvent], event: PublicEvent) -> PublicEvent | None:
    """The last time that the same event took place."""
    former = [e for e in events if e.series == event.series and e.first_on < event.first_on]
    return max(former, key=lambda e: e.first_on, default=None)
