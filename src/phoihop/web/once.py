"""A form that a phone sends again because the answer got lost is done once, and answered as it was the first time.

js/outbox.js gives each form a key of its own. The key is kept in the same transaction as what the form did.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils import timezone

from phoihop.kernel.action import one_writer

from .base import Acting
from .models import SentOnce

HEADER = "Idempotency-Key"
FIELD = "key"
KEPT = timedelta(days=14)


def once(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Under ``@acting``: a POST with a key that this post has sent before is answered, not done again.

    Only what went through counts (a redirect): a refused form may be mended and sent under the same key.
    """

    @wraps(view)
    def inner(request: Acting, *args: Any, **kwargs: Any) -> HttpResponse:
        key = key_of(request)
        if key is None:
            return view(request, *args, **kwargs)
        post = request.post
        with transaction.atomic():
            one_writer()
            sent = SentOnce.objects.filter(key=key, post=post).first()
            if sent is not None:
                return _answer(request, sent.location)
            response = view(request, *args, **kwargs)
            if not isinstance(response, HttpResponseRedirect):
                return response
            SentOnce.objects.create(key=key, post=post, location=response.url[:300], at=timezone.now())
        return _answer(request, response.url, response)

    return inner


def key_of(request: HttpRequest) -> UUID | None:
    """The key of a form, from its header or its field; None for a form without one, or with nonsense."""
    if request.method != "POST":
        return None
    try:
        return UUID(request.headers.get(HEADER) or request.POST.get(FIELD, ""))
    except ValueError:
        return None


def _answer(request: HttpRequest, location: str, response: HttpResponse | None = None) -> HttpResponse:
    """To the outbox where the browser should go; to a browser the redirect itself."""
    if HEADER in request.headers:
        return JsonResponse({"done": True, "location": location})
    return response or HttpResponseRedirect(location)


def forget_old() -> int:
    """Drop keys that no phone will send again."""
    dropped, _by_table = SentOnce.objects.filter(at__lt=timezone.now() - KEPT).delete()
    return dropped
