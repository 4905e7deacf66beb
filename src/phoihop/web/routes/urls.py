"""Addresses of the route pages; and routes in the search."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import path

from phoihop.domain.activities.queries.routes import routes_of
from phoihop.domain.people.models import Post
from phoihop.kernel.at_once import first
from phoihop.kernel.period import ONE_DAY, Period
from phoihop.kernel.text import fold

from ..finding import Asked, Found, finder
from . import drawing, listing, one

urlpatterns: list[Any] = [
    path("tuan-tra/tuyen/", listing.routes),
    path("tuan-tra/tuyen/moi/", drawing.new),
    path("tuan-tra/tuyen/<int:pk>/", one.route),
    path("tuan-tra/tuyen/<int:pk>/sua/", drawing.change),
    path("tuan-tra/tuyen/<int:pk>/thoi-dung/", one.end),
]
_MOST = 5


@finder
def _routes(post: Post, text: str, day: date) -> Asked:
    """Routes that the post knows, by a piece of their name or the beginning of their code."""
    named = Q(folded__contains=fold(text)) | Q(code__istartswith=text)
    rows = routes_of(post, Period(day, day + ONE_DAY), day).filter(named)
    return Asked(first(rows, _MOST).order_by("kind", "code", "pk"), _line)


def _line(r: Any) -> Found:
    return Found(r.name, f"/tuan-tra/tuyen/{r.pk}/", icon="route", about=f"{r.get_kind_display()}, {r.area}", code=r.code, forces=(r.owner.force.code,))
