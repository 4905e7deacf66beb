"""The API as one whole: its topics, its answers to what went wrong, and the description of itself."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFieldsSent, TooManyFilesSent
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.parser import Parser
from pydantic import ValidationError as InForm

from phoihop.domain.figures.models import Item, Measure
from phoihop.domain.figures.queries.cells import NotInLines
from phoihop.domain.figures.rules.calendars import NoSuchPeriod
from phoihop.kernel.faults import is_busy, is_full
from phoihop.kernel.verdict import Refused

from . import (
    agreements,
    board,
    calendar,
    directives,
    duties,
    figures,
    forces,
    imports,
    matters,
    norms,
    patrols,
    people,
    plans,
    readings,
    register,
    reports,
    routes,
    tasks,
    territory,
)
from .access import Token
from .around import ROOT
from .describing import complete
from .misfits import said_of
from .problems import Halt, misfit, of_verdict, written

log = logging.getLogger("phoihop.api")

TOPICS = (
    (territory, "areas"), (forces, "units"), (people, "people"), (matters, "matters"), (tasks, "tasks"), (directives, "directives"),
    (patrols, "patrols"), (routes, "routes"),
    (agreements, "agreements"), (register, "register"), (duties, "duties"), (norms, "norms"), (plans, "plans"), (calendar, "calendar"),
    (readings, "readings"),
    (imports, "imports"), (figures, "figures"),
    (reports, "reports"),
    (board, "today"),
)  # fmt: skip
"""Each topic's module holds a ``router``; the name is the heading under which its operations are listed."""


class Reader(Parser):
    """Reads what the operation takes and nothing else."""

    def parse_body(self, request: HttpRequest) -> Any:
        if request.content_type != "application/json":
            raise _not_taken("application/json")
        return super().parse_body(request)

    def parse_querydict(self, data: Any, list_fields: Any, request: HttpRequest) -> Any:
        if data is request.POST and request.content_type != "multipart/form-data":
            raise _not_taken("multipart/form-data")
        return super().parse_querydict(data, list_fields, request)


def _not_taken(media: str) -> Halt:
    return Halt(415, "media-type", _("Gửi dưới dạng %(media)s.") % {"media": media})


class House(NinjaAPI):
    def create_response(self, request: HttpRequest, data: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().create_response(request, data, **kwargs)
        response["Content-Language"] = get_language() or "vi"
        return response

    def get_openapi_schema(self, **kwargs: Any) -> Any:
        return complete(super().get_openapi_schema(**{**kwargs, "path_prefix": ROOT}))

    @property
    def urls(self) -> tuple[list[Any], str, str]:
        """A fixed address before one with a name in its place, over all topics: ``/agreements/book`` is no agreement."""
        patterns, app, namespace = super().urls
        return sorted(patterns, key=lambda one: ["<" in part for part in str(one.pattern).split("/")]), app, namespace


api = House(
    title="Phối Hợp",
    version="1",
    description=(
        "What forces without a common command do together: recorded once, confirmed by each, counted once. A token acts in one post and may do what the "
        "post's role may. A record is named by its spoken code, a unit by its key, an area by its code (`29125`, on a day `29125@2025-06-30`, in another "
        "tree `cluster:86-1@2026-01-01`). Days are days in Vietnam; moments carry their offset. Refusals are `application/problem+json`."
    ),
    docs_url=None,
    openapi_url="openapi.json",
    urls_namespace="api",
    auth=Token(),
    parser=Reader(),
)
for topic, tag in TOPICS:
    api.add_router("", topic.router, tags=[tag])


@api.exception_handler(Halt)
def _halted(request: HttpRequest, halt: Halt) -> HttpResponse:
    return written(halt)


@api.exception_handler(Refused)
def _refused(request: HttpRequest, refused: Refused) -> HttpResponse:
    return written(of_verdict(refused.verdict))


@api.exception_handler(ValidationError)
def _does_not_fit(request: HttpRequest, wrong: ValidationError) -> HttpResponse:
    """Each thing that does not fit, without what was sent: it may be what no answer should repeat."""
    return _misfit([(one["loc"][1:], one) for one in wrong.errors])


@api.exception_handler(InForm)
def _does_not_fit_in_form(request: HttpRequest, wrong: InForm) -> HttpResponse:
    return _misfit([(one["loc"], one) for one in wrong.errors(include_url=False, include_input=False)])


def _misfit(places: Sequence[tuple[Any, Mapping[str, Any]]]) -> HttpResponse:
    said = [(".".join(str(part) for part in place if part not in ("body", "data")), said_of(str(one["type"]), one.get("ctx") or {})) for place, one in places]
    return written(misfit(said))


@api.exception_handler(NoSuchPeriod)
def _no_period(request: HttpRequest, wrong: NoSuchPeriod) -> HttpResponse:
    return written(
        Halt(
            422,
            "no-such-period",
            _("Lịch này không có kỳ ấy. Kỳ ghi như 2026-T10 (tháng), 2026-Q1, 2026-6T1, 2026-9T, 2026 (năm), 2025-2030 (nhiệm kỳ)."),
            field="period",
        )
    )


@api.exception_handler(Measure.DoesNotExist)
def _no_measure(request: HttpRequest, wrong: Measure.DoesNotExist) -> HttpResponse:
    return written(Halt(422, "no-such-measure", _("Không có số đo này. Xem danh sách ở /api/v1/indicators."), field="measure"))


@api.exception_handler(Item.DoesNotExist)
def _no_item(request: HttpRequest, wrong: Item.DoesNotExist) -> HttpResponse:
    return written(Halt(422, "no-such-item", _("Không có mục này của số đo."), field="item"))


@api.exception_handler(NotInLines)
def _not_in_lines(request: HttpRequest, wrong: NotInLines) -> HttpResponse:
    return written(Halt(422, "not-in-lines", _("Số đo này không tính theo tuyến báo cáo, cũng không tính lùi về một sự kiện."), field="line"))


@api.exception_handler(AuthenticationError)
def _nobody(request: HttpRequest, wrong: AuthenticationError) -> HttpResponse:
    return written(Halt(401, "no-token", _("Gửi mã truy cập của một chức trách: Authorization: Bearer phoihop_… Mã có thể đã hết hạn hoặc bị thu hồi.")))


@api.exception_handler(Http404)
def _nothing(request: HttpRequest, wrong: Http404) -> HttpResponse:
    return written(Halt(404, "not-found", _("Không có bản ghi này, hoặc đơn vị của bạn không xem được.")))


@api.exception_handler(HttpError)
def _unreadable(request: HttpRequest, wrong: HttpError) -> HttpResponse:
    if isinstance(wrong.__cause__, Halt):
        return written(wrong.__cause__)
    return written(Halt(400, "unreadable", _("Nội dung gửi lên không phải JSON đọc được.")))


@api.exception_handler(MultiPartParserError)
def _no_form(request: HttpRequest, wrong: MultiPartParserError) -> HttpResponse:
    return written(Halt(400, "unreadable", _("Biểu mẫu gửi lên không đọc được: cần multipart/form-data với dấu ngăn (boundary) của nó.")))


@api.exception_handler(SuspiciousOperation)
def _too_much(request: HttpRequest, wrong: SuspiciousOperation) -> HttpResponse:
    """More fields or files than anybody sends, or what Django holds for an attack."""
    if isinstance(wrong, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return written(Halt(413, "too-large", _("Nội dung gửi lên quá lớn. Chưa có gì được lưu.")))
    return written(Halt(400, "unreadable", _("Yêu cầu chưa được thực hiện, chưa có gì được lưu.")))


@api.exception_handler(Exception)
def _failed(request: HttpRequest, problem: Exception) -> HttpResponse:
    """A full disk and a busy database are foreseen; of anything else the log tells more than the answer."""
    if is_full(problem):
        return written(Halt(507, "disk-full", _("Việc vừa gửi chưa được lưu, không có gì dở dang. Báo quản trị dọn đĩa rồi gửi lại.")))
    if is_busy(problem):
        return written(Halt(503, "busy", _("Việc vừa gửi chưa được lưu. Chờ vài giây rồi gửi lại."), retry=5))
    log.error("api failed", extra={"path": request.path, "problem": type(problem).__name__}, exc_info=problem)
    return written(Halt(500, "failed", _("Việc vừa gửi chưa được lưu. Báo quản trị máy chủ xem nhật ký.")))
