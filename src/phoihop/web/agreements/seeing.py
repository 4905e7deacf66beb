"""Which agreement an address names, as its reader may see it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone

from phoihop.domain.agreements.models import Agreement
from phoihop.domain.agreements.queries.agreement import found
from phoihop.domain.matters.models import Matter
from phoihop.domain.matters.queries.requests import matter_named
from phoihop.kernel import spoken
from phoihop.kernel.period import local_day
from phoihop.kernel.verdict import Verdict

from ..base import Acting, no_access

View = Callable[..., HttpResponse]


def agreement_page(view: View) -> View:
    """Under ``@acting``: the view gets the agreement of the code in the address. Who may not read it is told who leads it."""

    @wraps(view)
    def inner(request: Acting, code: str, *args: Any, **kwargs: Any) -> HttpResponse:
        said = spoken.parse(code)
        if said is None:
            raise Http404
        a = found(request.post, str(said), local_day(timezone.now()))
        if a is not None:
            return view(request, a, *args, **kwargs)
        hidden: Matter | None = matter_named(request.post, str(said), local_day(timezone.now()))
        if hidden is None:
            raise Http404
        return no_access(request, Verdict("not-shared"), hidden)

    return inner


def address(a: Agreement, *parts: str) -> str:
    return "/".join(["/ke-hoach", a.matter.code, *parts, ""])
