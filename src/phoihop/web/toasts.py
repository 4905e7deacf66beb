"""Short messages after an act, with a way back while there is one. They survive the redirect that follows a form."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django_htmx.http import trigger_client_event

KEY = "toasts"


def toast(request: HttpRequest, text: Any, kind: str = "ok", undo: str = "", **fields: Any) -> None:
    """Say what was done. ``undo`` is the address to which a POST with ``fields`` takes it back; it is offered for ten seconds."""
    said = {"text": str(text), "kind": kind, "undo": undo, "fields": {k: str(v) for k, v in fields.items()}}
    request.__dict__.setdefault("_toasts", []).append(said)


def take(request: HttpRequest) -> list[dict[str, Any]]:
    """What a whole page shows: said before the redirect, and during this request. Each is shown once."""
    kept = request.session.pop(KEY, []) if KEY in request.session else []
    return kept + request.__dict__.pop("_toasts", [])


def leaves(response: HttpResponse) -> bool:
    """Whether it leads to another page, as what accepts a form does."""
    return 300 <= response.status_code < 400 or "HX-Redirect" in response.headers or "HX-Location" in response.headers


def deliver(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """What no page has shown yet goes with the part that htmx fetched, or waits for the next page."""
    if getattr(request, "htmx", False) and not leaves(response):
        said = take(request)
        return trigger_client_event(response, "tt:toast", {"toasts": said}) if said else response
    if said := request.__dict__.pop("_toasts", []):
        request.session[KEY] = request.session.get(KEY, []) + said
    return response
