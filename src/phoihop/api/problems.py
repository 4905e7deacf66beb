"""A refusal as application/problem+json (RFC 9457): the rule's code, the field, and the sentence in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from ninja.responses import NinjaJSONEncoder
from pydantic import BaseModel, ConfigDict, Field

from phoihop.kernel.verdict import Verdict

MEDIA = "application/problem+json"


class Wrong(BaseModel):
    """One thing that is wrong with what was sent."""

    field: str = Field(description="Where: the argument, dotted for parts (drafts.3.end).")
    reason: str = Field(description="What is wrong there.")


class Successor(BaseModel):
    """What an area or a unit is on the day that was meant: what it became, or what it was made of."""

    id: str = Field(description="How requests name it: an area's code with its day, a unit's key.")
    code: str | None = Field(None, description="An area's code.")
    name: str
    since: date = Field(description="Its first day.")


class Problem(BaseModel):
    """Why the request was not done. Nothing was changed."""

    model_config = ConfigDict(extra="allow")

    type: str = Field(description="Where people read what the status means: /api/#problem-422.")
    title: str = Field(description="What kind of answer it is.")
    status: int
    code: str = Field(description="What machines rely on: the code of the rule that refused.")
    detail: str = Field("", description="One sentence for a person, in the language asked for by Accept-Language.")
    field: str | None = Field(None, description="The argument that is wrong, dotted for parts.")
    offer: str | None = Field(None, description="A mended value that may be sent instead.")
    successors: list[Successor] = Field([], description="The area or unit at the field is none on that day: what is there then; `offer` where it is one.")
    answer: str | None = Field(None, description="The refusal is a question: send again with this in `sure` to answer yes.")
    errors: list[Wrong] = Field([], description="Each thing that does not fit the description of the request.")
    lead: dict[str, str] | None = Field(None, description="403 on a matter: the unit that leads it.")
    join: str | None = Field(None, description="403 on a matter: where to ask its lead to take part or to see it.")
    yours: dict[str, Any] | None = Field(None, description="409: what you sent.")
    current: dict[str, Any] | None = Field(None, description="409: the record as it is now, with its version.")


class Halt(Exception):
    """An answer other than what was asked for."""

    def __init__(self, status: int, code: str, detail: Any = "", **more: Any) -> None:
        super().__init__(code)
        self.status, self.code, self.detail, self.more = status, code, detail, more


TITLES = {
    400: _("Yêu cầu không đọc được"),
    401: _("Cần mã truy cập"),
    403: _("Không được phép"),
    404: _("Không có"),
    405: _("Không làm được ở địa chỉ này"),
    409: _("Có người vừa sửa"),
    413: _("Quá lớn"),
    415: _("Không nhận loại nội dung này"),
    422: _("Chưa làm được"),
    429: _("Quá nhiều yêu cầu"),
    500: _("Máy chủ gặp lỗi"),
    503: _("Máy chủ đang bận"),
    507: _("Đĩa của máy chủ đã đầy"),
}

MEANINGS = {
    400: "The body cannot be read.",
    401: "No token, or one that opens nothing (any more).",
    403: "The post may not do or see this. On a matter: who leads it, and where to ask to join.",
    404: "There is no such record, or none that the post may know of.",
    409: "Somebody changed the record meanwhile: both versions.",
    413: "The body is larger than this node takes.",
    415: "The body is not of the media type that the operation takes.",
    422: "A rule or the description of the request refuses: the code, the field and the reason.",
    429: "Too many requests in a short time; Retry-After says when to go on.",
}

_NOT_YOURS = frozenset({
    "not-your-role", "post-ended", "not-party", "not-lead", "not-giver", "not-owner", "not-support", "not-writer", "not-your-node", "not-your-post",
    "not-your-unit", "not-yours",
})  # fmt: skip


def status_of(verdict: Verdict) -> int:
    """403 where somebody else must act, 409 where somebody just did, else 422."""
    if verdict.code == "changed-meanwhile":
        return 409
    return 403 if verdict.code in _NOT_YOURS else 422


def of_verdict(verdict: Verdict, **more: Any) -> Halt:
    answer = verdict.answer if verdict.asks else None
    said = {"field": verdict.field, "offer": verdict.offer, "answer": answer} | more
    return Halt(status_of(verdict), verdict.code, verdict.reason, **said)


def misfit(places: Sequence[tuple[str, str]]) -> Halt:
    """What does not fit the description of the request: each place, and what is wrong there."""
    said = _("Yêu cầu không đúng mô tả ở /api/. Xem từng chỗ trong errors.")
    errors = [{"field": field, "reason": reason} for field, reason in places]
    return Halt(422, "does-not-fit", said, field=errors[0]["field"] if errors else None, errors=errors)


def written(halt: Halt) -> HttpResponse:
    """The answer itself; what is not said is left out."""
    said: dict[str, Any] = {"type": f"/api/#problem-{halt.status}", "title": str(TITLES[halt.status]), "status": halt.status, "code": halt.code}
    if detail := str(halt.detail):
        said["detail"] = detail
    retry = halt.more.pop("retry", None)
    said |= {name: value for name, value in halt.more.items() if value is not None}
    response = HttpResponse(NinjaJSONEncoder(ensure_ascii=False).encode(said), content_type=MEDIA, status=halt.status)
    response["Content-Language"] = get_language() or "vi"
    if halt.status == 401:
        response["WWW-Authenticate"] = "Bearer"
    if retry is not None:
        response["Retry-After"] = str(retry)
    return response
