"""The keys of a group beside its count: what was found once is looked at closely by its keys, and not looked for again."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from django.db.models import Aggregate, TextField


class JoinedKeys(Aggregate):
    """``rows.values("day").annotate(keys=JoinedKeys("pk"))``: the keys of each group in one text, commas between, in no order."""

    function = "GROUP_CONCAT"
    arity = 1
    output_field: TextField[str, str] = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, **{**context, "template": "STRING_AGG((%(expressions)s)::text, ',')"})


def keys_of(joined: str) -> list[int]:
    return [int(key) for key in joined.split(",")]


def count_of(joined: str) -> int:
    return joined.count(",") + 1


def without(joined: str, gone: Container[str]) -> str:
    """What is left of them; ``gone``: keys as they are written. Of none nothing."""
    return ",".join(key for key in joined.split(",") if key not in gone)
