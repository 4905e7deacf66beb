"""After a change of post: a page that the new one may not see is left for the board, with a word why."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from phoihop.domain.people.models import Post

from .toasts import toast

_BACK_TO, _NOT_SEEN = "switched_back_to", (403, 404)


def going_back(request: HttpRequest, onward: str) -> None:
    """The post was just changed on the way to ``onward``."""
    request.session[_BACK_TO] = onward


def led_away(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer; to the board, if it only says that the new post does not see the page on which one changed to it."""
    if _BACK_TO not in request.session or request.session[_BACK_TO] != request.get_full_path():
        return response
    del request.session[_BACK_TO]
    post: Post | None = getattr(request, "post", None)
    if post is None or response.status_code not in _NOT_SEEN:
        return response
    toast(
        request,
        _("Chức trách %(title)s (%(unit)s) không xem được trang bạn vừa mở; đây là trang Hôm nay.") % {"title": post.title, "unit": post.unit.short},
        "warn",
    )
    return HttpResponseRedirect("/")
