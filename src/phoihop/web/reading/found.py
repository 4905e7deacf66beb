"""What a reading page begins with: the file of the address, if it is the reader's unit's."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse

from phoihop.domain.agreements.queries.reading import Overview, overview

from ..base import Acting

LIST = "/ke-hoach/doc-tep/"


def address(pk: int, rest: str = "") -> str:
    return f"{LIST}{pk}/{rest}"


def of_reading(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Under ``@acting``: the view gets the reading at a glance instead of its number. Another unit's does not exist here."""

    @wraps(view)
    def inner(request: Acting, pk: int, **kwargs: Any) -> HttpResponse:
        seen: Overview | None = overview(request.post, pk)
        if seen is None:
            raise Http404
        return view(request, seen, **kwargs)

    return inner
