"""Addresses of the page of an agreement; where codes of agreements lead; the entry of "Ghi nhận"; agreements in the search."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import path, register_converter
from django.utils.translation import gettext_lazy as _

from phoihop.domain.agreements.queries.agreement import seen_agreements
from phoihop.domain.matters.models import MatterKind
from phoihop.domain.people.models import Post
from phoihop.kernel.at_once import first
from phoihop.kernel.text import fold

from ..finding import Asked, Found, finder, matter_page
from ..shell import Entry, record
from . import drafting, keys, one, papers

PAGE = "/ke-hoach/%s/"
_FOUND, _LEAST = 4, 3

for kind in (MatterKind.AGREEMENT, MatterKind.PLAN, MatterKind.CONTINGENCY):
    matter_page(kind, PAGE)
record(Entry("/ke-hoach/moi/", _("Soạn quy chế, kế hoạch"), icon="notebook", order=70, permission="agreement.draft", hint=_("Các bên, điều khoản")))


class Code:
    """A spoken code of an agreement, so that the other pages below /ke-hoach/ keep their names."""

    regex = "(?:[Qq][Cc]|[Kk][Hh]|[Pp][Aa])-[0-9A-Za-z-]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Code, "agreement")
ONE = "ke-hoach/<agreement:code>/"
urlpatterns: list[Any] = [
    path("ke-hoach/moi/", drafting.new),
    path("toi/khoa-ky/", keys.keys),
    path("toi/khoa-ky/<int:pk>/thu-hoi/", keys.revoking),
    path(f"{ONE}sua/", drafting.change),
    path(f"{ONE}van-ban/", papers.printed_text),
    path(f"{ONE}chung-minh.json", papers.proof),
    path(f"{ONE}tep/<int:pk>/", papers.kept_file),
    path(f"{ONE}v<int:number>/", papers.version_text),
    path(f"{ONE}tra-loi/<int:pk>/", one.answer),
    path(f"{ONE}nhac/<int:pk>/", one.reminded),
    path(f"{ONE}lam/<slug:act>/", one.do),
    path(ONE, one.agreement),
]


@finder
def _by_title(post: Post, text: str, day: date) -> Iterable[Found] | Asked:
    """Agreements in whose title the typed words stand, with or without diacritics, the latest first."""
    if len(text) < _LEAST:
        return ()
    rows = seen_agreements(post, day).filter(folded__contains=fold(text)).order_by("-pk")
    return Asked(first(rows, _FOUND).order_by("-pk"), _line)


def _line(a: Any) -> Found:
    title = a.matter.title.text if a.matter.title else a.matter.code
    return Found(title, PAGE % a.matter.code, icon="notebook", about=a.get_kind_display(), code=a.matter.code, forces=(a.matter.lead.force.code,))
