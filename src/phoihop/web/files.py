"""Files that are made, not stored: the force colours, the manifest and the service worker of the phone."""

from __future__ import annotations

import json
import re
from pathlib import Path

from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.utils.translation import gettext as _

from . import faces
from .static_files import JOINED, SHARED

FOR_EVER = "public, max-age=31536000, immutable"
STATIC = Path(__file__).parent / "static"

# What the phone's first screen needs when there is no network, beside our own modules.
SHELL = (
    "vendor/base.css", "vendor/dark.css", "vendor/icons.svg", "vendor/htmx.min.js",
    "vendor/inter-latin.woff2", "vendor/inter-vietnamese.woff2", "img/mark.svg", "img/mark-overdue.svg",
)  # fmt: skip
_PART = re.compile(r'^(?:import|export \{ [\w, ]+ \} from) "\./([\w-]+\.js)";', re.MULTILINE)
PARTS = tuple(part for name in JOINED for part in _PART.findall((STATIC / f"js/{name}.js").read_text(encoding="utf-8")) if part != f"{SHARED}.js")
MODULES = tuple(sorted(f"js/{file.name}" for file in (STATIC / "js").glob("*.js") if file.name != "sw.js"))


def joined() -> bool:
    """Whether shared.js and main.js are served with their parts within them (``static_files.py``)."""
    return bool(getattr(staticfiles_storage, "joins_modules", False))


def force_colours(request: HttpRequest, digest: str) -> HttpResponse:
    """The sheet of today's force colours, for ever under its digest; an old digest leads to the present one."""
    now, css = faces.style_sheet()
    if digest != now:
        return HttpResponseRedirect(f"/mau-luc-luong/{now}.css")
    return HttpResponse(css, content_type="text/css; charset=utf-8", headers={"Cache-Control": FOR_EVER})


def manifest(request: HttpRequest) -> HttpResponse:
    """So that the phone can put the pages on its home screen."""
    icon = {"src": static("img/mark.svg"), "sizes": "any", "type": "image/svg+xml"}
    said = {
        "name": "Phối Hợp", "short_name": "Phối Hợp", "start_url": "/", "scope": "/", "display": "standalone", "lang": "vi",
        "background_color": "#f4f6f4", "theme_color": "#10241f", "icons": [icon], "description": _("Phối hợp giữa các lực lượng"),
    }  # fmt: skip
    return JsonResponse(said, content_type="application/manifest+json", headers={"Cache-Control": "max-age=3600"})


def service_worker(request: HttpRequest) -> HttpResponse:
    """static/js/sw.js with the list of the files it keeps; served from the root, or it could not see the pages."""
    within = {f"js/{name}" for name in PARTS} if joined() else set()
    keep = json.dumps([static(name) for name in SHELL + MODULES if name not in within])
    code = (STATIC / "js/sw.js").read_text(encoding="utf-8")
    return HttpResponse(f"const SHELL = {keep};\n{code}", content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})


def sign_in_state(request: HttpRequest) -> HttpResponse:
    """Whether somebody is still signed in here, and the token for the next form: asked before queued work is sent."""
    post = getattr(request, "post", None)
    said = {"signed_in": request.user.is_authenticated, "post": post.pk if post else None, "token": get_token(request)}
    return JsonResponse(said, headers={"Cache-Control": "no-store"})
