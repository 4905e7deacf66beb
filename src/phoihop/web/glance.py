"""What the pages of one run begin with (an import, a reading): the run of the address as it is at a glance, if it is the reader's unit's."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse

from phoihop.domain.people.models import Post

from .base import Acting

View = Callable[..., HttpResponse]


def at_a_glance(overview: Callable[[Post, int], Any | None]) -> Callable[[View], View]:
    """Under ``@acting``: the view gets what ``overview`` tells of the run instead of its number. Another unit's does not exist here."""

    def decorate(view: View) -> View:
        @wraps(view)
        def inner(request: Acting, pk: int, **kwargs: Any) -> HttpResponse:
            if (seen := overview(request.post, pk)) is None:
                raise Http404
            return view(request, seen, **kwargs)

        return inner

    return decorate
