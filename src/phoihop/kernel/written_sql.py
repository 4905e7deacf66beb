"""A condition or a value written in SQL, that stands in a query set like any other.

For the few that every page asks for, most more than once: made of query sets they cost several times what it costs to ask them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Expression, F, Field

_NAMED = re.compile(r"\{(\w+)\}")


class Written(Expression):
    """``Written("{a} > {least}", {"a": "matter__waiting"}, {"least": 3}, BooleanField())``.

    ``columns``: lookups of the row's columns, filled in as they are called in the query; ``values`` become parameters, a tuple as many, for an ``IN (…)``. The text is a
    program's own, the same on every database; nothing that a person wrote may stand in it. Numbers of records stand in the text themselves: some conditions name a unit's
    thirty predecessors a dozen times, and each parameter costs more than the number. A mark (``kernel/kept_queries.py``) is below nought and stays a parameter.
    """

    def __init__(self, text: str, columns: Mapping[str, str], values: Mapping[str, Any], output_field: Field[Any, Any]) -> None:
        super().__init__(output_field=output_field)
        self.text, self.values, self.names = text, values, list(columns)
        self.found: Sequence[Any] = [F(column) for column in columns.values()]

    def get_source_expressions(self) -> list[Any]:
        return list(self.found)

    def set_source_expressions(self, exprs: Sequence[Any]) -> None:
        self.found = exprs

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        columns = {name: compiler.compile(column)[0] for name, column in zip(self.names, self.found, strict=True)}
        params: list[Any] = []

        def put(named: re.Match[str]) -> str:
            if named[1] in columns:
                return str(columns[named[1]])
            value = self.values[named[1]]
            return ", ".join([_put(one, params, connection) for one in (value if isinstance(value, tuple) else (value,))])

        text = _NAMED.sub(put, self.text)
        return text, tuple(params)


def _put(value: Any, params: list[Any], connection: Any) -> str:
    """How a value stands in the text."""
    if type(value) is int and value >= 0:
        return str(value)
    params.append(_adapted(value, connection))
    return "%s"


def _adapted(value: Any, connection: Any) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
