"""The floor under a page: a bare view that asks what the page asked and shows what it showed, behind the same middleware."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.urls import include, path

ADDRESS = "/san-do/"
_TEMPLATE = (
    "<!doctype html><html><body><table>{% for text, way in cells %}"
    '<tr><td>{% if way %}<a href="{{ way }}">{{ text }}</a>{% else %}{{ text }}{% endif %}</td></tr>'
    "{% endfor %}</table></body></html>"
)

asked: list[Callable[[], object]] = []
cells: list[tuple[str, str]] = []


class Heard:
    """While it lasts, notes what is asked: query sets to be asked again as such, other statements as they are. ``count``: statements."""

    def __init__(self) -> None:
        self.asked: list[Callable[[], object]] = []
        self.count = 0
        self._within = 0

    def __enter__(self) -> Heard:
        self._fetch = usual = QuerySet._fetch_all
        heard = self

        def fetch(rows: QuerySet[Any]) -> None:
            if rows._result_cache is None and not heard._within:
                again = rows._chain()
                heard.asked.append(lambda: list(again._chain()))
            heard._within += 1
            try:
                usual(rows)
            finally:
                heard._within -= 1

        QuerySet._fetch_all = fetch
        self._wrapper = connection.execute_wrapper(self._statement)
        self._wrapper.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        QuerySet._fetch_all = self._fetch
        self._wrapper.__exit__(None, None, None)

    def _statement(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().upper().startswith(("SELECT", "WITH")):
            self.count += 1
            if not self._within:
                self.asked.append(lambda: _ask(sql, params))
        return execute(sql, params, many, context)


def _ask(sql: str, params: Any) -> object:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


_template: list[Template] = []


def floor(request: HttpRequest) -> HttpResponse:
    """Ask everything, show everything."""
    if not _template:
        _template.append(Template(_TEMPLATE))
    for ask in asked:
        ask()
    return HttpResponse(_template[0].render(Context({"cells": cells})))


urlpatterns = [path(ADDRESS.lstrip("/"), floor), path("", include("phoihop.config.urls"))]
