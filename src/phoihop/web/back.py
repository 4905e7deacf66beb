"""Where to go after a form: an address of our own pages, never somebody else's."""

from __future__ import annotations

from django.http import HttpRequest, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme


def own_address(request: HttpRequest, wished: str | None, otherwise: str = "/") -> str:
    """``wished`` if it is a path of this node, else ``otherwise``."""
    if wished and wished.startswith("/") and url_has_allowed_host_and_scheme(wished, {request.get_host()}, request.is_secure()):
        return wished
    return otherwise


def onward(request: HttpRequest, name: str, otherwise: str = "/") -> str:
    """Where a page that only leads on goes then: what its address, or the form on it, has under ``name``. Opened from itself, where it led before."""
    there = own_address(request, request.POST.get(name) or request.GET.get(name), otherwise)
    while there != otherwise and there.partition("?")[0] == request.path:
        there = own_address(request, QueryDict(there.partition("?")[2]).get(name), otherwise)
    return there
