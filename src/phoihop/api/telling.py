"""From records to JSON. What an answer holds is named field by field; types and meanings come from the models themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from operator import attrgetter
from typing import Annotated, Any

from django.db import models
from django.utils.translation import override
from pydantic import AwareDatetime, Field, create_model

from phoihop.domain.matters.models import Body

_TYPES: tuple[tuple[type[Any], Any], ...] = (
    (models.BooleanField, bool), (models.DateTimeField, AwareDatetime), (models.DateField, date), (models.IntegerField, int), (models.FloatField, float),
    (models.CharField, str), (models.TextField, str), (models.UUIDField, str), (models.JSONField, Any), (models.AutoField, int),
)  # fmt: skip


class Telling:
    """How records of a model are told. A field is a name, or ``name=path.to.it``; a key to another record is told briefly.

    More fields come with their type and how they are read: ``state=(str, lambda a: a.state)``. A text that was erased is null.
    """

    def __init__(self, name: str, model: type[models.Model], *wanted: str, **more: tuple[Any, Callable[[Any], Any]]) -> None:
        shapes: dict[str, Any] = {}
        self._readers: dict[str, Callable[[Any], Any]] = {}
        for field in wanted:
            key, _equals, path = field.partition("=")
            shapes[key], self._readers[key] = _derived(model, path or key)
        for key, (kind, read) in more.items():
            shapes[key], self._readers[key] = (kind, ...), read
        doc = (model.__doc__ or "").strip().split("\n")[0]
        self.shape: Any = create_model(name, __doc__=doc if not doc.startswith(f"{model.__name__}(") else None, **shapes)

    def of(self, record: Any) -> dict[str, Any]:
        return {key: read(record) for key, read in self._readers.items()}

    def of_each(self, records: Iterable[Any]) -> list[dict[str, Any]]:
        return [self.of(record) for record in records]


BRIEFLY: dict[type[models.Model], Telling] = {}
"""How a record is told where another one names it."""


def briefly(name: str, model: type[models.Model], *wanted: str, **more: tuple[Any, Callable[[Any], Any]]) -> Telling:
    BRIEFLY[model] = Telling(name, model, *wanted, **more)
    return BRIEFLY[model]


def _derived(model: type[models.Model], path: str) -> tuple[Any, Callable[[Any], Any]]:
    """Type and reader of a field, however many keys lie on the way."""
    field, nullable, at = _field(model, path.split(".")[0]), False, model
    for step in path.split("."):
        field = _field(at, step)
        nullable = nullable or bool(field.null)
        at = field.related_model or at
    with override("vi"):
        says = str(field.verbose_name).capitalize()
    kind, told = _kind(field)
    nullable = nullable or field.related_model is Body
    read = attrgetter(path)
    extra: Any = {"enum": [str(key) for key, _label in field.choices] + ([""] if field.blank else [])} if field.choices and not nullable else None
    annotation = Annotated[kind | None if nullable else kind, Field(description=says, json_schema_extra=extra)]
    return (annotation, ...), _reader(read, told, "." in path)


def _reader(read: Callable[[Any], Any], told: Callable[[Any], Any] | None, deep: bool) -> Callable[[Any], Any]:
    def value(record: Any) -> Any:
        try:
            found = read(record)
        except AttributeError:
            if not deep:
                raise
            return None
        return found if told is None or found is None else told(found)

    return value


def _field(model: type[models.Model], name: str) -> Any:
    return model._meta.get_field("id" if name == "pk" else name)


def _kind(field: Any) -> tuple[Any, Callable[[Any], Any] | None]:
    target = field.related_model
    if target is Body:
        return str, text_of
    if target is not None:
        return BRIEFLY[target].shape, BRIEFLY[target].of
    kind = next(kind for django, kind in _TYPES if isinstance(field, django))
    return kind, str if kind is str else None


def text_of(body: Body | None) -> str | None:
    """A text; null once it was erased, or where there is none."""
    return body.text if body is not None and body.erased_at is None else None


def labelled(names: Iterable[Any]) -> Any:
    """A code out of a closed list."""
    return Annotated[str, Field(json_schema_extra={"enum": [str(getattr(code, "value", code)) for code in names]})]
