"""Where to go after a form: an address of our own pages, never somebody else's."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def own_address(request: HttpRequest, wished: str | None, otherwise: str = "/") -> str:
    """``wished`` if it is a path of this node, else ``otherwise``."""
    if wished and wished.startswith("/") and url_has_allowed_host_and_scheme(wished, {request.get_host()}, request.is_secure()):
        return wished
    return otherwise
