"""Several questions to the database in one: querysets of different models, answered together in a single statement.

A page about one record asks for a dozen small things that hang on it. Asked one after the other, each costs a way to the
database and back; asked at once, the page costs the same however much there is to show.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any

from django.db.models import BinaryField, DateTimeField, F, Field, JSONField, Model, QuerySet, Value
from django.db.models.functions import JSONArray

_NUMBER, _ROW = "at_once_number", "at_once_row"


def at_once(*asked: QuerySet[Any]) -> list[list[Any]]:
    """The records of each queryset, in its order, with what it selects along (``select_related``) and its annotations.

    What is deferred stays so; bytes always are. Orders are by names of fields that are read. No prefetches, no sums: ask those alone; of a slice the
    :func:`first` rows.
    """
    queries: list[Any] = [rows.query for rows in asked]
    shapes = [_shape(query.model, query, query.select_related or {}, annotations=query.annotation_select) for query in queries]
    parts = [
        rows.order_by().annotate(**{_NUMBER: Value(n), _ROW: shape.told()}).values_list(_NUMBER, _ROW)
        for n, (rows, shape) in enumerate(zip(asked, shapes, strict=True))
        if not rows.query.is_empty()
    ]
    found: list[list[Any]] = [[] for _ in asked]
    for number, told in parts[0].union(*parts[1:], all=True) if parts else ():
        found[number].append(shapes[number].read(asked[number].db, told))
    return [_in_order(records, query.order_by) for records, query in zip(found, queries, strict=True)]


def first(rows: QuerySet[Any], most: int) -> QuerySet[Any]:
    """The first so many of ordered rows, as :func:`at_once` can ask for them: a set, with what is selected along and without annotations."""
    few = rows.model._base_manager.filter(pk__in=rows[:most].values("pk"))
    few.query.select_related = rows.query.select_related
    return few


@dataclass(frozen=True, slots=True)
class _Shape:
    """What is read of a model: its own fields, annotations of the queryset, and the records selected along."""

    model: type[Model]
    prefix: str
    fields: Sequence[Field[Any, Any]]
    annotations: Mapping[str, Field[Any, Any]]
    related: Mapping[str, _Shape]

    def told(self) -> JSONArray:
        own = [F(f"{self.prefix}{field.attname}") for field in self.fields]
        return JSONArray(*own, *map(F, self.annotations), *(shape.told() for shape in self.related.values()))

    def read(self, database: str, told: Sequence[Any]) -> Any:
        """The record; None where an outer join found none."""
        values = [_value(field, value) for field, value in zip((*self.fields, *self.annotations.values()), told, strict=False)]
        names = [field.attname for field in self.fields]
        if values[names.index(str(self.model._meta.pk.attname))] is None:
            return None
        record = self.model.from_db(database, names, values[: len(names)])
        for name, value in zip(self.annotations, values[len(names) :], strict=True):
            setattr(record, name, value)
        for (name, shape), inner in zip(self.related.items(), told[len(values) :], strict=True):
            setattr(record, name, shape.read(database, inner))
        return record


def _shape(model: Any, query: Any, related: Mapping[str, Any], prefix: str = "", annotations: Mapping[str, Any] | None = None) -> _Shape:
    names, deferred = query.deferred_loading
    fields = [
        field
        for field in model._meta.concrete_fields
        if not isinstance(field, BinaryField) and (field.primary_key or (f"{prefix}{field.name}" in names) is not deferred)
    ]
    shown = {name: expression.output_field for name, expression in (annotations or {}).items()}
    if wrong := [field for field in (*fields, *shown.values()) if isinstance(field, JSONField)]:
        raise TypeError(f"{model.__name__} holds JSON in {wrong[0].name}: ask it alone")
    along = {name: _shape(model._meta.get_field(name).related_model, query, inner, f"{prefix}{name}__") for name, inner in related.items()}
    return _Shape(model, prefix, fields, shown, along)


def _value(field: Field[Any, Any], told: Any) -> Any:
    if told is None:
        return None
    if not isinstance(field, DateTimeField):
        return field.to_python(told)
    moment = datetime.fromisoformat(told)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _in_order(records: list[Any], order: Sequence[str]) -> list[Any]:
    for name in reversed(order):
        records.sort(key=attrgetter(name.lstrip("-").replace("__", ".")), reverse=name.startswith("-"))
    return records
