"""What patrols bring to the frame of every page: where their codes lead, what is recorded with N, and finding them. What waits is counted in web/waiting.py."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from phoihop.domain.activities.queries.patrols import patrols
from phoihop.domain.matters.models import MatterKind
from phoihop.domain.people.models import Post
from phoihop.kernel.at_once import first
from phoihop.kernel.text import fold

from ..finding import Asked, Found, finder, matter_page
from ..shell import Entry, record
from . import wording
from .seeing import address, grace

matter_page(MatterKind.PATROL, "/tuan-tra/%s/")
record(
    Entry("/tuan-tra/thieu-ket-qua/", _("Kết quả tuần tra"), icon="clipboard-check", order=10, permission="patrol.result"),
    Entry("/tuan-tra/moi/", _("Lên lịch một cuộc tuần tra"), icon="calendar-plus", order=20, permission="patrol.plan"),
    Entry("/tuan-tra/nhap-nhanh/", _("Nhập nhanh nhiều cuộc"), icon="table-plus", order=30, permission="patrol.plan"),
    Entry("/tuan-tra/cho-xac-nhan/", _("Xác nhận, trả lời đề nghị"), icon="checks", order=40, permission="patrol.confirm"),
)


@finder
def _by_place(post: Post, text: str, day: date) -> Iterable[Found] | Asked:
    """The latest patrols whose route is named so; of others only what may be seen of them."""
    if len(text) < 3:
        return ()
    seen: QuerySet[Any] = patrols(post, timezone.now(), grace(), day)
    rows = seen.filter(exact=True, route__folded__contains=fold(text)).select_related("matter__area", "matter__lead__force", "matter__title", "route")

    def line(a: Any) -> Found:
        about = f"{wording.day_words(a.day, day)} · {a.matter.area}"
        return Found(wording.name_of(a, True), address(a.matter.code), icon="route", about=about, code=a.matter.code, forces=(a.matter.lead.force.code,))

    return Asked(first(rows.order_by("-planned_start"), 3).order_by("-planned_start"), line)
