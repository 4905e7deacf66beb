"""Matters: who takes part, who asks to, what was written and attached, what is taken back, what happened."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Router
from pydantic import BaseModel, Field

from phoihop.domain.matters.actions import erasing, notes, parts, requests
from phoihop.domain.matters.models import Attachment, Matter, Wish
from phoihop.domain.matters.queries.journal import events_between, events_of
from phoihop.domain.matters.queries.notes import attachments_of, content_of, notes_of
from phoihop.domain.matters.queries.recalls import recalls_of
from phoihop.domain.matters.queries.requests import requests_to, who_leads
from phoihop.domain.matters.queries.sight import seen_by, sight_of
from phoihop.domain.matters.rules import Facet, Sight, opens
from phoihop.kernel.catalogue import EVENTS

from .access import Caller
from .acts import act
from .asking import Moment, look_up, missing
from .names import Led
from .problems import Halt
from .reads import After, Limit, Page, caller_of, page, page_of, reads
from .records import EVENT, FILE, GRANT, NOTE, OWN_REQUEST, PART, RECALL, REQUEST
from .telling import BRIEFLY, Telling, labelled

router = Router()

ROW = Telling("Matter", Matter, "id=code", "kind", "lead", "area", "title", "opened_at", "closed_at", "exercise", "mark", "waiting", "willing")


class WholeMatter(ROW.shape):
    """A matter with its parties, as far as the post sees it."""

    sight: str = Field(description="How much of it the post's unit sees.")
    parts: list[PART.shape]
    grants: list[GRANT.shape]


class LeadTold(BaseModel):
    """What a unit learns of a matter that it does not see: who leads it, and what may be asked of the lead."""

    kind: str
    lead: BRIEFLY[Matter.lead.field.related_model].shape
    may_ask: list[labelled(list(Wish))]
    asked: OWN_REQUEST.shape | None


class EventTold(EVENT.shape):
    """An event of the journal: what happened, by which post. ``said``: codes and numbers, for who takes part."""

    says: str
    matter: str | None


def whole(caller: Caller, matter: Matter) -> dict[str, Any]:
    seen = sight_of(caller.post, matter, caller.today)
    parts = matter.parts.select_related("unit__force", "reason").order_by("pk")
    if not opens(seen, Facet.PARTIES):
        parts = parts.filter(unit=caller.post.unit_id)
    grants = matter.grants.select_related("unit__force").order_by("pk") if seen is Sight.WHOLE else ()
    return {**ROW.of(matter), "sight": seen.name.lower(), "parts": PART.of_each(parts), "grants": GRANT.of_each(grants)}


@reads(router, "/matters", page_of(ROW))
def listed(request: HttpRequest, open: bool | None = None, after: After = None, limit: Limit = 100) -> Any:
    """The matters of which the post sees at least the title, the latest first."""
    caller = caller_of(request)
    rows = seen_by(caller.post, caller.today).select_related("lead__force", "area", "title")
    if open is not None:
        rows = rows.filter(closed_at__isnull=open)
    return page(rows, ROW, after, limit, "-pk")


@reads(router, "/requests", page_of(REQUEST))
def asked(request: HttpRequest, after: After = None, limit: Limit = 100) -> Any:
    """What other units ask of the matters that the post's unit leads."""
    caller = caller_of(request)
    return page(requests_to(caller.post, caller.today).select_related("matter__title", "unit__force", "why", "reason"), REQUEST, after, limit)


@reads(router, "/journal", Page[EventTold])
def journal(request: HttpRequest, first: Moment, until: Moment, after: After = None, limit: Limit = 100) -> Any:
    """What happened between two moments on the matters that the post's unit leads or takes part in, in order: a duty's book."""
    caller = caller_of(request)
    return page(events_between(caller.post, first, until, caller.today), _told, after, limit)


@reads(router, "/matters/{matter}", WholeMatter)
def one(request: HttpRequest, matter: str) -> Any:
    """A matter, as far as the post sees it. Of one that it does not see: who leads it, and where to ask."""
    caller = caller_of(request)
    return whole(caller, _matter(caller, matter))


@reads(router, "/matters/{matter}/lead", LeadTold)
def lead(request: HttpRequest, matter: str) -> Any:
    """Who leads a matter, whether it is seen or not, and what may be asked of the lead."""
    caller = caller_of(request)
    found = who_leads(caller.post, matter, caller.today)
    if found is None:
        raise missing(Matter, matter)
    return {
        "kind": found.kind, "lead": BRIEFLY[type(found.unit)].of(found.unit), "may_ask": [wish for wish, verdict in found.may.items() if verdict],
        "asked": OWN_REQUEST.of(found.asked) if found.asked else None,
    }  # fmt: skip


@reads(router, "/matters/{matter}/events", Page[EventTold])
def events(request: HttpRequest, matter: str, after: After = None, limit: Limit = 100) -> Any:
    """The journal of a matter, the latest first, as far as the post sees it."""
    caller = caller_of(request)
    return page(events_of(caller.post, _matter(caller, matter), caller.today).select_related("by__unit__force", "matter"), _told, after, limit, "-pk")


@reads(router, "/matters/{matter}/notes", page_of(NOTE))
def notes_seen(request: HttpRequest, matter: str, after: After = None, limit: Limit = 100) -> Any:
    """The notes of a matter, oldest first; other units' private ones are theirs."""
    caller = caller_of(request)
    return page(notes_of(caller.post, _matter(caller, matter), caller.today), NOTE, after, limit)


@reads(router, "/matters/{matter}/files", page_of(FILE))
def files(request: HttpRequest, matter: str, after: After = None, limit: Limit = 100) -> Any:
    """The files of a matter, oldest first; erased ones as erased."""
    caller = caller_of(request)
    return page(attachments_of(caller.post, _matter(caller, matter), caller.today), FILE, after, limit)


@reads(router, "/matters/{matter}/recalls", page_of(RECALL))
def recalls(request: HttpRequest, matter: str, after: After = None, limit: Limit = 100) -> Any:
    """What was asked to be recalled on a matter, for the units that may have it recalled."""
    caller = caller_of(request)
    rows = recalls_of(caller.post, _matter(caller, matter), caller.today)
    return page(rows.select_related("asked_by__unit__force", "agreed_by__unit__force", "body", "attachment__name", "reason"), RECALL, after, limit)


@router.get(
    "/files/{file}", operation_id="matters_content", summary="The content of a file.",
    openapi_extra={"responses": {200: {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}}},
)  # fmt: skip
def content(request: HttpRequest, file: int) -> HttpResponse:
    """As it was kept: photos without place and camera. 404 where it was erased or is not seen."""
    caller = caller_of(request)
    found: Attachment | None = look_up(caller, [(Attachment, file, "")])[Attachment, file] if 0 < file < 2**63 else None
    if found is None or found.matter is None:
        raise missing(Attachment, file)
    try:
        bytes_kept = content_of(caller.post, found.matter, found.pk, caller.today)
    except Attachment.DoesNotExist as unseen:
        raise missing(Attachment, file) from unseen
    if bytes_kept is None:
        raise Halt(404, "erased", _("Nội dung tệp này đã được xóa."))
    return HttpResponse(bytes_kept, content_type="application/octet-stream", headers={"X-Content-Type-Options": "nosniff"})


def _matter(caller: Caller, code: str) -> Matter:
    return look_up(caller, [(Matter, code, "")])[Matter, code]


def _told(rows: Any) -> list[dict[str, Any]]:
    return [{**EVENT.of(e), "says": str(EVENTS[e.what].says) if e.what in EVENTS else "", "matter": e.matter.code if e.matter else None} for e in rows]


act(router, "/matters/answer-many", parts.answer_many)
act(router, "/matters/{matter}/ask", parts.ask)
act(router, "/matters/{matter}/close", parts.close)
act(router, "/matters/{matter}/grants", parts.grant)
act(router, "/matters/{matter}/notes", notes.note)
act(router, "/matters/{matter}/files", notes.attach)
act(router, "/matters/{matter}/recalls", erasing.ask_recall)
act(router, "/matters/{matter}/requests", requests.request_to_join, turned={"matter": (Led, lambda found: found)})
act(router, "/parts/{part}/answer", parts.answer)
act(router, "/parts/{part}/withdraw", parts.withdraw_ask)
act(router, "/grants/{grant}/end", parts.end_grant)
act(router, "/requests/{asked}/decline", requests.decline_request, renamed={"asked": "request"})
act(router, "/recalls/{recall}/agree", erasing.agree_recall)
