"""Lists whose order, page and filters stand in the address: ``?xep=-bat-dau&trang=2``. Two queries: the rows, and how many."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest

from .scope import changed
from .written import read_number

M = TypeVar("M", bound=Model)
SORT, PAGE = "xep", "trang"


@dataclass(frozen=True, slots=True)
class Head:
    """A column head: where a click leads, and ``state`` for aria-sort ("" when the list is not sorted by it)."""

    url: str
    state: str


class Paged(ABC):
    """The order and the page of a list as they stand in its address, and where its heads and its pager lead."""

    def __init__(self, request: HttpRequest, sorts: Mapping[str, str], first: str, per: int = 100) -> None:
        self._request, self._sorts, self.per = request, sorts, per
        asked = request.GET.get(SORT, first)
        self.sort = asked if asked.lstrip("-") in sorts else first

    @property
    @abstractmethod
    def total(self) -> int:
        """How many rows there are on all pages."""

    @property
    def by(self) -> str:
        """What the rows are ordered by, as ``sorts`` has it."""
        return self._sorts[self.sort.lstrip("-")]

    @property
    def down(self) -> bool:
        return self.sort.startswith("-")

    @property
    def start(self) -> int:
        """How many rows come before the page."""
        return (self.number - 1) * self.per

    @cached_property
    def number(self) -> int:
        """The page shown, from 1; one beyond the last is the last."""
        return min(read_number(self._request.GET.get(PAGE), 6) or 1, self.pages)

    @cached_property
    def pages(self) -> int:
        return max(1, -(-self.total // self.per))

    def head(self, key: str) -> Head:
        """The first click sorts upwards, the next downwards."""
        state = "ascending" if self.sort == key else "descending" if self.sort == f"-{key}" else ""
        return Head(changed(self._request, **{SORT: f"-{key}" if state == "ascending" else key}), state)

    @property
    def first_shown(self) -> int:
        return self.start + 1 if self.total else 0

    @property
    def last_shown(self) -> int:
        return min(self.number * self.per, self.total)

    @property
    def before(self) -> str:
        return self._to(self.number - 1) if self.number > 1 else ""

    @property
    def after(self) -> str:
        return self._to(self.number + 1) if self.number < self.pages else ""

    def _to(self, number: int) -> str:
        base = changed(self._request)
        joined = "&" if "?" in base else "?"
        return base if number == 1 else f"{base}{joined}{PAGE}={number}"


class Listing(Paged, Generic[M]):
    """``Listing(request, rows, {"bat-dau": "start", "ma": "matter__code"}, first="-bat-dau")``.

    ``sorts`` maps what stands in the address to an order of the query; the key always breaks ties. ``total`` may be given
    by a page that knows it, which saves the count.
    """

    def __init__(self, request: HttpRequest, rows: QuerySet[M], sorts: Mapping[str, str], first: str, per: int = 100, total: int | None = None) -> None:
        super().__init__(request, sorts, first, per)
        self._rows = rows
        if total is not None:
            self.total = total

    @cached_property
    def total(self) -> int:
        return self._rows.count()

    @cached_property
    def rows(self) -> Sequence[M]:
        return list(self._rows.order_by(*self._order())[self.start : self.start + self.per])

    def _order(self) -> list[str]:
        down = "-" if self.down else ""
        return [f"{down}{self.by}", f"{down}pk"]


def chosen(request: HttpRequest, key: str, options: Mapping[str, Any], otherwise: str = "") -> str:
    """A filter of the address: its value if it is one of the options, else ``otherwise``."""
    asked = request.GET.get(key, "")
    return asked if asked in options else otherwise


def filter_links(request: HttpRequest, key: str, options: Mapping[str, Any], now: str) -> list[dict[str, Any]]:
    """For ui/seg.html: each option with its address and whether it is chosen; the empty option takes the filter away."""
    return [{"label": label, "url": changed(request, **{key: value or None}), "here": value == now} for value, label in options.items()]
