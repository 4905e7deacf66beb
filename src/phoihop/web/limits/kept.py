"""Every field of every record with what it is for, every closed list, and how long texts and files are kept."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.translation import gettext_lazy as _

from phoihop.domain.matters.models import Purpose
from phoihop.domain.matters.rules import RETENTION

from .names import LISTS, RECORDS, TOPICS

# Of Django's own fields only the password has no words of ours.
_PASSWORD = _("mật khẩu (chỉ giữ bản băm Argon2id)")
_SESSION = {"session_key": _("khóa của lần đăng nhập"), "session_data": _("chức trách đang dùng, thông báo chờ hiện"), "expire_date": _("hết hạn lúc")}
_KEY = _("số thứ tự trong bảng")

_TYPES: list[tuple[type[models.Field], Any]] = [
    (models.ForeignKey, _("liên kết")),
    (models.UUIDField, _("khóa ngẫu nhiên")),
    (models.DateTimeField, _("thời điểm")),
    (models.DateField, _("ngày")),
    (models.BooleanField, _("có / không")),
    (models.BinaryField, _("dữ liệu máy")),
    (models.JSONField, _("dữ liệu có cấu trúc")),
    (models.FloatField, _("số")),
    (models.DecimalField, _("số")),
    (models.IntegerField, _("số nguyên")),
    (models.TextField, _("văn bản")),
    (models.CharField, _("chữ")),
]


@dataclass(frozen=True, slots=True)
class Field:
    """``purpose``: what it is for. ``type``: what may stand in it; ``most``: characters at most; ``to``: the record it points at."""

    name: str
    purpose: Any
    type: Any
    most: int | None
    choices: tuple[Any, ...]
    to: str


@dataclass(frozen=True, slots=True)
class Record:
    """A table. ``about`` is the docstring of its model, for developers; ``title`` is for everybody."""

    name: str
    title: Any
    topic: str
    about: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Kinds:
    """A closed list: what may be chosen, and nothing else. A province adds only below it."""

    name: str
    title: Any
    topic: str
    values: tuple[tuple[str, Any], ...]


def topic_of(part: type) -> str:
    """``activities`` for a model of the domain, else the ring: ``web``, ``jobs``."""
    names = part.__module__.split(".")
    return names[2] if names[1] == "domain" else names[1]


@cache
def records() -> tuple[Record, ...]:
    """All tables, by topic in the order of the topics, within it by the order of the file."""
    ours = [m for m in apps.get_models(include_auto_created=True) if m.__module__.startswith("phoihop.")]
    ours.sort(key=lambda m: list(TOPICS).index(topic_of(m)))
    return tuple(_record(m) for m in ours)


def _record(model: type[models.Model]) -> Record:
    said = inspect.getdoc(model) or ""
    about = "" if said.startswith(f"{model.__name__}(") else said  # Django writes the fields where there is no docstring
    return Record(model.__name__, RECORDS[model.__name__], topic_of(model), about, tuple(_field(f) for f in model._meta.concrete_fields))


def _field(field: models.Field) -> Field:
    to = field.related_model.__name__ if field.is_relation and isinstance(field.related_model, type) else ""
    closed = tuple(label for _value, label in (field.choices or ()))
    return Field(field.name, _purpose(field), _type(field), field.max_length if isinstance(field, models.CharField) and not closed else None, closed, to)


def _purpose(field: models.Field) -> Any:
    if field.name == "password":
        return _PASSWORD
    if field.primary_key and isinstance(field, models.AutoField):
        return _KEY
    if issubclass(field.model, AbstractBaseSession) and field.name in _SESSION:
        return _SESSION[field.name]
    return field.verbose_name


def _type(field: models.Field) -> Any:
    return next(words for type_, words in _TYPES if isinstance(field, type_))


@cache
def kinds() -> tuple[Kinds, ...]:
    """All closed lists of the records, by topic."""
    ordered = sorted(dict.fromkeys(_choices()), key=lambda kind: list(TOPICS).index(topic_of(kind)))
    return tuple(Kinds(k.__name__, LISTS[k.__name__], topic_of(k), tuple((str(v), k(v).label) for v in k.values)) for k in ordered)


def _choices() -> Iterator[type[models.Choices]]:
    """The closed lists that stand beside our models."""
    modules = dict.fromkeys(inspect.getmodule(m) for m in apps.get_models() if m.__module__.startswith("phoihop."))
    for module in modules:
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, models.Choices) and value.__module__ == getattr(module, "__name__", ""):
                yield value


def retention() -> tuple[tuple[str, Any, int], ...]:
    """How many days a text or file of each purpose is kept."""
    return tuple((purpose, Purpose(purpose).label, days) for purpose, days in RETENTION.items())
