"""A file to be saved: never shown within our own pages, nor kept by what stands between the node and who asked."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def saved(content: bytes | str, media: str, name: str) -> HttpResponse:
    """``media``: its content type. ``name``: with its ending, in any letters; a file whose name was erased is called "tep"."""
    headers = {"Content-Disposition": content_disposition_header(True, name or "tep"), "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=media, headers=headers)
