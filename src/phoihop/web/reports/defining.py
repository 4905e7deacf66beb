"""/so-lieu/: every indicator: what counts, by which method, in which unit, from which law, since when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from phoihop.domain.figures.models import Method
from phoihop.domain.people.models import Post
from phoihop.domain.people.rules import may
from phoihop.kernel.text import fold
from phoihop.reports.columns import Column, Definition, definitions

from ..base import Acting, acting, page
from ..finding import Found, finder
from ..guide import chapter
from ..shell import Entry, record
from .reading import language

PATH, STATE = "/so-lieu/", "/so-lieu/nhap/"
_MOST_FOUND = 4

chapter(PATH, _("Chỉ tiêu và cách tính"), _("Mỗi con số đếm gì, tính thế nào, đơn vị nào, theo văn bản nào."), icon="math-function")
record(Entry(STATE, _("Số tổng hợp theo văn bản"), icon="file-text", permission="figure.enter"))


@acting("figure.view", time="none")
def define(request: Acting) -> HttpResponse:
    shown = [_told(d) for d in definitions()]
    return page(request, "reports/definitions.html", indicators=shown, may_state=may(request.post, "figure.enter"), state=STATE)


def _told(d: Definition) -> dict[str, Any]:
    named = {m.code: m.called(language()) for one in definitions() for m in one.measures}
    return {
        "code": d.code, "name": d.called(language()), "basis": d.basis, "since": d.valid_from, "version": d.version,
        "measures": [_measure(m, named) for m in d.measures],
    }  # fmt: skip


def _measure(m: Column, named: dict[str, str]) -> dict[str, Any]:
    return {
        "code": m.code, "name": m.called(language()), "unit": m.counted_in(language()), "method": Method(m.method).label, "items": m.counts(language()),
        "base": named.get(m.base, ""), "over": named.get(m.over, ""), "url": f"{PATH}{m.code}/",
    }  # fmt: skip


@finder
def _by_name(post: Post, text: str, day: date) -> Iterable[Found]:
    """Measures by code or by part of their name."""
    if not may(post, "figure.view"):
        return []
    wanted = fold(text)
    measures = [m for d in definitions() for m in d.measures]
    found = [m for m in measures if wanted in fold(f"{m.code} {m.called(language())}")][:_MOST_FOUND]
    return [Found(m.called(language()), f"{PATH}#{m.code}", icon="math-function", about=_("Chỉ tiêu"), code=m.code) for m in found]
