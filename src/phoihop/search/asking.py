"""Searching the register: rows narrowed to those in which the words stand where the viewer may read them, and the place that shows it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from phoihop.domain.agreements.models import Clause
from phoihop.domain.agreements.queries.plans import has_posts
from phoihop.domain.matters.queries.sight import sighted
from phoihop.domain.matters.rules import Sight
from phoihop.domain.people.models import Post
from phoihop.kernel.text import fold

from .index import FILES, HEAD, TEXT, lookup
from .reading import sent_versions
from .words import Term, for_postgres, for_sqlite, matches, terms

_AROUND = 90
_SPLIT = re.compile(r"([^\W_]+)")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the words stand: the clause, and a piece of it as (text, found) in order."""

    label: str
    pieces: tuple[tuple[str, bool], ...]


def found(rows: QuerySet[Any], viewer: Post, typed: str, on: date) -> QuerySet[Any]:
    """The agreements among ``rows`` in which every word typed stands, with or without diacritics, where the viewer may read it.

    The title for whoever sees the title; the clauses for whoever was granted sight; the files for whoever takes part or stands above, those of a
    plan with posts for whoever takes part.
    """
    wanted = terms(typed)
    if not wanted:
        return rows.none()
    everywhere = (Q(sight=Sight.WHOLE) | Q(~has_posts(), sight=Sight.SHARED)) & _in(wanted, HEAD, TEXT, FILES)
    in_text = Q(sight__in=(Sight.GRANTED, Sight.SHARED)) & _in(wanted, HEAD, TEXT)
    in_title = Q(sight=Sight.TITLE) & _in(wanted, HEAD)
    return sighted(rows, viewer, on, "matter").filter(everywhere | in_text | in_title)


def _in(wanted: list[Term], *parts: str) -> Q:
    query = for_postgres(wanted) if connection.vendor == "postgresql" else for_sqlite(wanted, parts)
    return Q(matter__in=RawSQL(lookup(parts), [query]))


def spots(listed: Sequence[Any], typed: str) -> dict[int, Spot]:
    """For agreements that :func:`found` gave (each with its ``sight``), the clause in which most of the words stand; none where the title says it.

    Two queries for a page.
    """
    wanted = terms(typed)
    open_ = [a for a in listed if a.sight >= Sight.GRANTED]
    versions = sent_versions([a.pk for a in open_])
    best: dict[int, tuple[int, str, str]] = {}
    rows = Clause.objects.filter(version__in=versions.values()).order_by("version", "order")
    for agreement, label, heading, text in rows.values_list("version__agreement", "label", "heading__text", "text__text"):
        said = "\n".join(filter(None, (heading, text)))
        n = matches(wanted, said)
        if n > best.get(agreement, (0, "", ""))[0]:
            best[agreement] = (n, label, said)
    return {pk: Spot(label, _pieces(said, wanted)) for pk, (_n, label, said) in best.items()}


def _pieces(said: str, wanted: list[Term]) -> tuple[tuple[str, bool], ...]:
    """The text around the first word that was looked for, with every such word marked."""
    whole = {word for term in wanted for word in (term.words[:-1] if term.begins else term.words)}
    begins = tuple(term.words[-1] for term in wanted if term.begins)
    parts = [(part, n % 2 == 1 and _is_one(part, whole, begins)) for n, part in enumerate(_SPLIT.split(" ".join(said.split())))]
    first = next((n for n, (_part, found) in enumerate(parts) if found), 0)
    start = first
    while start and sum(len(part) for part, _found in parts[start:first]) < _AROUND:
        start -= 1
    cut: list[tuple[str, bool]] = [("… ", False)] if start else []
    for part, is_found in parts[start:]:
        if sum(len(text) for text, _found in cut) > 3 * _AROUND:
            cut.append((" …", False))
            break
        cut.append((part, is_found))
    return tuple(cut)


def _is_one(part: str, whole: set[str], begins: tuple[str, ...]) -> bool:
    folded = fold(part)
    return folded in whole or (bool(begins) and folded.startswith(begins))
