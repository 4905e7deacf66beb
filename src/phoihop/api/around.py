"""Middleware around the API: a body that is too large stays outside, an answer that did not change is not sent twice."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_vary_headers, set_response_etag
from django.utils.translation import gettext_lazy as _

from .access import asked_language
from .problems import MEDIA, TITLES, Halt, written

ROOT = "/api/v1/"
_MEGABYTE = 1024 * 1024


def around(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Outside everything that knows pages, for requests to the API only."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(ROOT):
            return get_response(request)
        if (refused := _too_large(request) or _without_length(request)) is not None:
            return refused
        response = get_response(request)
        if response.status_code >= 400 and response.get("Content-Type") != MEDIA:
            response = _as_problem(request, response)
        patch_vary_headers(response, ["Authorization", "Accept-Language"])
        if request.method in ("GET", "HEAD") and response.status_code == 200:
            response["Cache-Control"] = "private, no-cache"
            set_response_etag(response)
            return get_conditional_response(request, etag=response.get("ETag"), response=response) or response
        return response

    return middleware


_OF_STATUS = {
    404: ("no-such-address", _("Không có địa chỉ này. Xem danh sách ở /api/.")),
    405: ("no-such-method", _("Địa chỉ này đọc bằng GET hoặc làm bằng POST, không cả hai. Xem danh sách ở /api/.")),
    413: ("too-large", _("Nội dung gửi lên quá lớn. Chưa có gì được lưu.")),
}


def _without_length(request: HttpRequest) -> HttpResponse | None:
    """A body sent piece by piece would be read as none, and told to lack everything."""
    if "HTTP_TRANSFER_ENCODING" not in request.META or request.META.get("CONTENT_LENGTH"):
        return None
    with translation.override(asked_language(request) or "vi"):
        return written(Halt(400, "no-length", _("Gửi kèm độ dài nội dung (Content-Length), không gửi từng đoạn (Transfer-Encoding).")))


def _as_problem(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """What was answered before the API could: a page, where a machine asked."""
    status = response.status_code if response.status_code in TITLES else 500 if response.status_code > 500 else 400
    code, said = _OF_STATUS.get(status, ("failed", _("Yêu cầu chưa được thực hiện, chưa có gì được lưu.")))
    with translation.override(asked_language(request) or "vi"):
        problem = written(Halt(status, code, said))
    if allow := response.get("Allow"):
        problem["Allow"] = allow
    return problem


def _too_large(request: HttpRequest) -> HttpResponse | None:
    """By the announced length, before a byte is kept: a form with a file, or anything else."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    form = (request.content_type or "").startswith("multipart/")
    limit = (settings.UPLOAD_MEGABYTES + 1) * _MEGABYTE if form else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    if not length.isdecimal() or int(length) <= limit:
        return None
    with translation.override(asked_language(request) or "vi"):
        said = _("Máy chủ này nhận đến %(n)s MB mỗi lần. Chưa có gì được lưu; hãy chia nhỏ rồi gửi lại.")
        return written(Halt(413, "too-large", str(said) % {"n": limit // _MEGABYTE}))
