"""A list in which lines are ticked and dealt with at once: all of what was ticked, or nothing and the reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _

from phoihop.kernel.verdict import Refused, Verdict

from ..base import Acting, go
from ..toasts import toast
from ..written import read_number


def ticked(request: Acting, here: str, do: Callable[[Acting], str], shown: Callable[[Acting, Verdict | None], HttpResponse]) -> HttpResponse:
    """The page of such a list at ``here``: ``do`` answers what it has done, or raises Refused; ``shown`` shows the list as it is, with the refusal."""
    if request.method != "POST":
        return shown(request, None)
    try:
        said = do(request)
    except Refused as refusal:
        return shown(request, refusal.verdict)
    toast(request, said)
    return go(request, here)


def chosen(rows: QuerySet[Any], sent: Sequence[str], field: str) -> list[Any]:
    """The ticked records among those that the reader may act on, in the order of ``rows``.

    Raises Refused where nothing is ticked, and where one of it is not among them: not there any more, or never the reader's.
    """
    if not sent:
        raise Refused(Verdict("nothing-ticked", _("Đánh dấu ít nhất một dòng."), field))
    keys = {read_number(text) for text in sent}
    found = list(rows.filter(pk__in=keys - {None}))
    if len(found) < len(keys):
        raise Refused(Verdict("not-in-list", _("Có dòng đã đánh dấu không còn trong danh sách này. Tải lại trang rồi đánh dấu lại."), field))
    return found
