"""How events are chained, and when a day of the journal may be signed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.period import HOME
from phoihop.kernel.text import canonical, digest
from phoihop.kernel.verdict import Verdict, no_unless


def chained(before: str, seq: int, at: datetime, by: int, what: str, matter: str, body: str) -> str:
    """The hash of an event: over the hash of the one before it and everything that the event says."""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    return digest(before.encode(), canonical([seq, moment, by, what, matter, body]))


def end_of(day: date) -> datetime:
    """The moment at which a day in Vietnam is over."""
    return datetime.combine(day + timedelta(days=1), time(), HOME)


def day_is_over(day: date, today: date) -> Verdict:
    return no_unless(day < today, "day-not-over", _("Chỉ ký đầu nhật ký của ngày đã qua."), "day")


def not_signed_yet(signed: bool) -> Verdict:
    return no_unless(not signed, "already-signed", _("Đầu nhật ký của ngày này đã được ký."), "day")


def journal_began(last: object) -> Verdict:
    return no_unless(last is not None, "journal-empty", _("Nhật ký chưa có sự kiện nào đến ngày này."), "day")
