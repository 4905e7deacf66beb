"""When a page cannot be shown: one sentence that says what to do, and nothing half done.

Django calls the handlers; config/urls.py names them. The plain frame (base_plain.html) asks no database.
"""

from __future__ import annotations

import logging
import secrets
import sys
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django_htmx.http import trigger_client_event

from phoihop.kernel.faults import is_busy, is_full
from phoihop.kernel.verdict import Verdict

log = logging.getLogger("phoihop.web")

# Read out over a telephone: no letter that sounds or looks like another.
_LETTERS = "ACDEFGHKLMNPRTUVXY34679"


@dataclass(frozen=True, slots=True)
class Trouble:
    """``framed``: the reader keeps the rail and the search; otherwise the plain frame, which asks no database."""

    status: int
    icon: str
    title: Any
    said: Any
    framed: bool = False


UNREADABLE = Trouble(400, icon="alert-triangle", title=_("Yêu cầu này không đọc được"), said=_("Quay lại trang trước và thử lại."))
FORBIDDEN = Trouble(
    403, icon="lock", title=_("Bạn chưa mở được trang này"), said=_("Vai của bạn không được xem trang này. Nếu cần cho công việc, hỏi quản trị máy chủ.")
)
STALE = Trouble(403, icon="refresh", title=_("Trang đã mở quá lâu"), said=_("Quay lại, tải lại trang rồi gửi lần nữa; nội dung bạn gõ vẫn còn trên trang cũ."))
NOT_FOUND = Trouble(
    404,
    icon="map-search",
    title=_("Không có trang này"),
    said=_("Địa chỉ có thể gõ nhầm, hoặc đơn vị của bạn không xem được. Tìm theo mã ở ô tìm kiếm."),
    framed=True,
)
SENT_ONLY = Trouble(
    405,
    icon="hand-stop",
    title=_("Địa chỉ này không mở được"),
    said=_("Đây là nơi nhận của một nút bấm. Mở trang có nút ấy rồi bấm. Chưa có gì thay đổi."),
    framed=True,
)
REFUSED = Trouble(409, icon="hand-stop", title=_("Chưa làm được việc này"), said="", framed=True)
TOO_LARGE = Trouble(
    413, icon="file-x", title=_("Tệp gửi lên quá lớn"), said=_("Máy chủ này nhận tệp đến %(n)s MB. Chưa có gì được lưu; hãy chia nhỏ tệp rồi gửi lại.")
)
FAILED = Trouble(
    500, icon="plug-connected-x", title=_("Chưa mở được trang này"), said=_("Việc bạn vừa gửi có thể chưa được lưu. Quay lại, nội dung vẫn còn trên trang cũ.")
)
BUSY = Trouble(503, icon="clock-pause", title=_("Máy chủ đang bận"), said=_("Việc bạn vừa gửi chưa được lưu. Chờ vài giây rồi gửi lại."))
FULL = Trouble(
    507, icon="database-x", title=_("Đĩa của máy chủ đã đầy"), said=_("Việc bạn vừa gửi chưa được lưu, không có gì dở dang. Báo quản trị dọn đĩa rồi gửi lại.")
)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return too_large(request) if isinstance(exception, RequestDataTooBig | TooManyFilesSent) else _answer(request, UNREADABLE)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    del exception
    return _answer(request, FORBIDDEN)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    del reason
    return _answer(request, STALE)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    del exception
    return _answer(request, NOT_FOUND)


def told_how(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The page for an address that only takes what a button sends, opened as a page; of its empty answer a browser would show a fault of its own."""
    if response.status_code != SENT_ONLY.status or response.content:
        return response
    page = _answer(request, SENT_ONLY)
    page["Allow"] = response.headers.get("Allow", "")
    return page


def too_large(request: HttpRequest) -> HttpResponse:
    return _answer(request, TOO_LARGE, str(TOO_LARGE.said) % {"n": settings.UPLOAD_MEGABYTES})


def refused(request: HttpRequest, verdict: Verdict) -> HttpResponse:
    return _answer(request, REFUSED, str(verdict.reason))


def failed(request: HttpRequest) -> HttpResponse:
    """Anything unforeseen; a full disk and a busy database are foreseen."""
    problem = sys.exc_info()[1]
    code = "E-" + "".join(secrets.choice(_LETTERS) for _n in range(4))
    log.error("page failed", extra={"code": code, "path": request.path, "problem": type(problem).__name__})
    trouble = FULL if is_full(problem) else BUSY if is_busy(problem) else FAILED
    return _answer(request, trouble, code=code)


def _answer(request: HttpRequest, trouble: Trouble, said: str = "", code: str = "") -> HttpResponse:
    """The page of an error; to htmx a message instead, since it swaps nothing in."""
    said = said or str(trouble.said)
    if getattr(request, "htmx", False):
        text = f"{trouble.title}. {said}" + (f" ({code})" if code else "")
        return trigger_client_event(HttpResponse(status=trouble.status), "tt:toast", {"toasts": [{"text": text, "kind": "danger"}]})
    frame = "base.html" if trouble.framed and hasattr(request, "user") else "base_plain.html"
    return render(request, "errors/page.html", {"trouble": trouble, "said": said, "code": code, "frame": frame}, status=trouble.status)
