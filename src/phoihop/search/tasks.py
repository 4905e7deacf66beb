"""What tasks say, in the index: one row for each wording, whatever the number of tasks that have it; and the titles of documents that came in.

What is laid down for every commune is one text and hundreds of tasks; so the index holds the text once, under the key of its ``Body``, with the
matter on which those tasks hang: from there it is asked who may see them. Which texts are there the journal says; what was erased is taken out.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from phoihop.domain.matters.models import Body, Event, Recall
from phoihop.domain.people.models import Post
from phoihop.domain.tasks.models import IncomingDirective, Task
from phoihop.domain.tasks.queries.queue import having, worded
from phoihop.kernel.text import fold

from .index import run
from .words import Term, for_postgres, for_sqlite, indexed, terms

_SQLITE = ("CREATE VIRTUAL TABLE IF NOT EXISTS search_tasks USING fts5(text, matter UNINDEXED, tokenize='unicode61 remove_diacritics 0', prefix='2 3')",)
_POSTGRES = (
    "CREATE TABLE IF NOT EXISTS search_tasks (body bigint PRIMARY KEY, text tsvector NOT NULL, matter bigint NOT NULL)",
    "CREATE INDEX IF NOT EXISTS search_tasks_by_text ON search_tasks USING gin (text)",
)
WORDED = {"task.given": "what", "task.requested": "what", "task.proposed": "what", "duty.opened": "what", "directive.registered": "title"}
"""Events that bring a wording, and how the names of those of their texts begin that are one."""
_AT_ONCE = 500


def put_up() -> None:
    """Make the table, if it is not there."""
    run(_POSTGRES if connection.vendor == "postgresql" else _SQLITE)


def clear() -> None:
    run(["DELETE FROM search_tasks"])


def write(events: Collection[int]) -> None:
    """Put in what tasks say according to these events (by their ``seq``)."""
    rows = Event.objects.filter(seq__in=events, what__in=WORDED).values_list("what", "body", "matter")
    store({pk: matter for what, body, matter in rows for pk in _wordings(what, body)})


def store(of_matter: Mapping[int, int]) -> None:
    """Put in texts by the key of their ``Body``, each with the matter on which its tasks hang; in place of what the index held of them."""
    texts = Body.objects.filter(pk__in=of_matter, erased_at=None).values_list("pk", "text")
    with connection.cursor() as cursor:
        for pk, text in texts.order_by("pk"):
            _store(cursor, pk, indexed(text), of_matter[pk])


def forget(recalls: Collection[int], moments: Collection[datetime]) -> None:
    """Take out the texts that recalls took away (events by their ``seq``), or that were erased in one go at these moments."""
    made = [json.loads(body)["recall"] for body in Event.objects.filter(seq__in=recalls).values_list("body", flat=True)]
    gone = Body.objects.filter(Q(pk__in=Recall.objects.filter(pk__in=made).values("body")) | Q(erased_at__in=moments)).exclude(erased_at=None)
    keys = list(gone.order_by("pk").values_list("pk", flat=True))
    with connection.cursor() as cursor:
        for first in range(0, len(keys), _AT_ONCE):
            some = keys[first : first + _AT_ONCE]
            cursor.execute(f"DELETE FROM search_tasks WHERE {_key()} IN ({', '.join(['%s'] * len(some))})", some)
        if keys and connection.vendor == "sqlite":
            cursor.execute("INSERT INTO search_tasks (search_tasks) VALUES ('optimize')")


def found(viewer: Post, typed: str, on: date) -> QuerySet[Task]:
    """The tasks that the viewer sees and in whose wording every word typed stands, with or without diacritics."""
    wanted = terms(typed)
    if not wanted:
        return Task.objects.none()
    return worded(viewer, _said(_key(), wanted), _said("matter", wanted), on)


def among(seen: QuerySet[Task], typed: str) -> QuerySet[Task]:
    """Of tasks that the viewer is known to see those in whose wording every word typed stands; nobody's sight is asked again."""
    wanted = terms(typed)
    return having(seen, _said(_key(), wanted)) if wanted else seen.none()


def in_book(seen: QuerySet[IncomingDirective], typed: str) -> QuerySet[IncomingDirective]:
    """Of documents that came in, those whose number and issuer hold what was typed or in whose title every word stands, with or without diacritics.

    A title that the index has not taken in yet is found as it is written.
    """
    named = Q(folded__contains=fold(typed)) | Q(matter__title__text__icontains=typed)
    wanted = terms(typed)
    return seen.filter(named | Q(matter__title__in=_said(_key(), wanted)) if wanted else named)


def _said(column: str, wanted: list[Term]) -> RawSQL:
    return RawSQL(_lookup(column), [for_postgres(wanted) if connection.vendor == "postgresql" else for_sqlite(wanted, ("text",))])


def _lookup(column: str) -> str:
    if connection.vendor == "postgresql":
        return f"SELECT {column} FROM search_tasks WHERE text @@ %s::tsquery"
    return f"SELECT {column} FROM search_tasks WHERE search_tasks MATCH %s"


def _wordings(what: str, body: str) -> Iterable[int]:
    return [int(kept["text"]) for name, kept in json.loads(body).items() if name.startswith(WORDED[what]) and isinstance(kept, dict)]


def _key() -> str:
    return "body" if connection.vendor == "postgresql" else "rowid"


def _store(cursor: Any, pk: int, text: str, matter: int) -> None:
    if connection.vendor == "postgresql":
        cursor.execute(
            "INSERT INTO search_tasks (body, text, matter) VALUES (%s, to_tsvector('simple', %s), %s)"
            " ON CONFLICT (body) DO UPDATE SET text = excluded.text, matter = excluded.matter",
            [pk, text, matter],
        )
        return
    cursor.execute("DELETE FROM search_tasks WHERE rowid = %s", [pk])
    cursor.execute("INSERT INTO search_tasks (rowid, text, matter) VALUES (%s, %s, %s)", [pk, text, matter])
