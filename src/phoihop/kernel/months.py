"""Months counted by the database, as ``datetime`` does not: the same day so many months later, or the last of that month."""

from __future__ import annotations

from typing import Any

from django.db.models import DateField, Func


class MonthsLater(Func):
    """``MonthsLater(F("held_on"), 6)``: the day six months later; with a negative number earlier. 31 January and one month is the last of February."""

    output_field = DateField()

    def __init__(self, day: Any, months: int) -> None:
        super().__init__(day)
        self.months = months

    def as_sqlite(self, compiler: Any, connection: Any, **_context: Any) -> tuple[str, tuple[Any, ...]]:
        day, params = compiler.compile(self.get_source_expressions()[0])
        # DATE() runs over into the next month where the day does not exist; the last of the month wanted is then the earlier of the two.
        text = f"MIN(DATE({day}, '{self.months:+d} months'), DATE({day}, 'start of month', '{self.months + 1:+d} months', '-1 day'))"
        return text, (*params, *params)

    def as_postgresql(self, compiler: Any, connection: Any, **_context: Any) -> tuple[str, tuple[Any, ...]]:
        day, params = compiler.compile(self.get_source_expressions()[0])
        return f"({day} + make_interval(months => {self.months:d}))::date", tuple(params)
