"""Lists and single records: pages by cursor, and what every read begins with."""

from __future__ import annotations

import base64
import inspect
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import wraps
from string import Formatter
from typing import Annotated, Any, Generic, TypeVar, cast

from django.db import models
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router
from pydantic import BaseModel

from .access import Caller
from .asking import Text
from .misfits import said_of
from .problems import Halt, misfit
from .telling import Telling
from .words import first_and_rest

T = TypeVar("T")
MOST = 200
After = Annotated[Text | None, Query(None, description="`next` of the page before.")]
Limit = Annotated[int, Query(100, ge=1, le=MOST, description="How many at most.")]


class Page(BaseModel, Generic[T]):
    """``next``: what to send as ``after`` for the page that follows; null on the last."""

    items: list[T]
    next: str | None = None


def page_of(telling: Telling) -> Any:
    return Page[telling.shape]


def caller_of(request: HttpRequest) -> Caller:
    return cast(Caller, cast(Any, request).auth)


def page(rows: QuerySet[Any], telling: Telling | Callable[[Sequence[Any]], list[dict[str, Any]]], after: str | None, limit: int, *order: str) -> dict[str, Any]:
    """One page of rows in a stable order: by fields that are never null (a minus: falling), then by key. The cursor holds the last row's."""
    keys = [*order, "pk"] if order and order[-1].lstrip("-") != "pk" else list(order or ("pk",))
    ordered = rows.order_by(*keys)
    if after:
        ordered = ordered.filter(_beyond(rows.model, keys, _read(after, len(keys))))
    found = list(ordered[: limit + 1])
    shown = found[:limit]
    items = telling.of_each(shown) if isinstance(telling, Telling) else telling(shown)
    return {"items": items, "next": _write(shown[-1], keys) if len(found) > limit else None}


def _beyond(model: type[models.Model], keys: Sequence[str], last: Sequence[Any]) -> Q:
    condition, same = Q(pk__in=()), Q()
    for key, value in zip(keys, last, strict=True):
        name = key.lstrip("-")
        try:
            kept = _field(model, name).to_python(value)
        except Exception as wrong:
            raise _no_cursor() from wrong
        condition |= same & Q(**{f"{name}__{'lt' if key.startswith('-') else 'gt'}": kept})
        same &= Q(**{name: kept})
    return condition


def _field(model: type[models.Model], name: str) -> Any:
    return model._meta.pk if name == "pk" else model._meta.get_field(name)


def _write(row: Any, keys: Sequence[str]) -> str:
    values = [getattr(row, key.lstrip("-")) for key in keys]
    plain = [value.isoformat() if isinstance(value, date | datetime) else value for value in values]
    return base64.urlsafe_b64encode(json.dumps(plain, separators=(",", ":")).encode()).decode().rstrip("=")


def _read(cursor: str, count: int) -> list[Any]:
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except ValueError as wrong:
        raise _no_cursor() from wrong
    fits = isinstance(values, list) and len(values) == count and all(isinstance(v, str | int) and abs(v if isinstance(v, int) else 0) < 2**63 for v in values)
    if not fits:
        raise _no_cursor()
    return cast(list[Any], values)


def _no_cursor() -> Halt:
    return Halt(422, "no-cursor", _("Trang này không có. Đọc lại từ trang đầu."), field="after")


def reads(router: Router, path: str, shape: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Offer a view as a GET; its docstring is what people read about it."""

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        summary, told = first_and_rest(view)
        topic = view.__module__.rpartition(".")[2]
        signature = inspect.signature(view, eval_str=True)
        asked = set(signature.parameters) - {"request", *(field for _text, field, _spec, _conv in Formatter().parse(path) if field)}

        @wraps(view)
        def read(request: HttpRequest, **values: Any) -> Any:
            _nothing_else(request, asked)
            _in_order(values)
            return view(request, **values)

        cast(Any, read).__signature__ = signature
        return router.get(path, response=shape, operation_id=f"{topic}_{view.__name__}", summary=summary, description=told)(read)

    return decorate


def _nothing_else(request: HttpRequest, asked: set[str]) -> None:
    """Raises Halt for a question that the address does not answer: passed over, a misspelt ``untill`` would tell more than was asked for."""
    if unknown := sorted(set(request.GET) - asked):
        raise misfit([(name, said_of("extra_forbidden", {})) for name in unknown])


def _in_order(values: Mapping[str, Any]) -> None:
    """Raises Halt for days that end before they begin: an empty answer would say that nothing happened."""
    first, until = values.get("first"), values.get("until")
    if first is not None and until is not None and until <= first:
        raise Halt(422, "until-not-after-first", _("Ngày cuối phải sau ngày đầu; until là ngày liền sau ngày cuối của kỳ."), field="until")
