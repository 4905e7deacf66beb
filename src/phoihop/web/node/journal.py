"""/quan-tri/nhat-ky/: every event of the node in order, for the auditor: when, which unit, what, on which matter, under which hash. Never what it says."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from phoihop.domain.matters.models import Event
from phoihop.domain.matters.queries.journal import head, whole_journal
from phoihop.kernel.catalogue import EVENTS
from phoihop.kernel.period import local_day

from .. import desk
from ..base import Acting, acting, page
from ..lists import Listing, chosen

JOURNAL = "/quan-tri/nhat-ky/"

desk.drawer(
    JOURNAL, _("Nhật ký hệ thống"), _("Mọi sự kiện theo thứ tự: lúc nào, đơn vị nào, việc gì; không có nội dung."), icon="history", permission="journal.view"
)


@acting("journal.view", time="none")
def journal(request: Acting) -> HttpResponse:
    """``viec`` keeps one kind of event. A page holds a hundred."""
    kinds = {name: EVENTS[name].says for name in sorted(EVENTS)}
    what = chosen(request, "viec", kinds)
    rows = whole_journal(request.post, local_day(timezone.now()))
    if what:
        rows = rows.filter(what=what)
    listing: Listing[Event] = Listing(request, rows, {"so": "seq"}, "-so", total=None if what else head()[0])
    return page(request, "node/journal.html", part="found", listing=listing, events=[(e, EVENTS[e.what].says) for e in listing.rows], kinds=kinds, what=what)
