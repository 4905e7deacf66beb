"""The index itself: one row for each document, with what its title says, what its text says and what its files say kept apart.

They are apart because they are seen apart: a unit that declined sees the title, one that was granted sight the text, one that takes part the
files as well. SQLite keeps it in a table of FTS5, PostgreSQL in a table of tsvectors; neither is a model, and neither is ever the only
place of a text: the whole can be thrown away and made anew from the records (``rebuild``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

HEAD, TEXT, FILES = PARTS = ("head", "text", "files")
_SQLITE = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS search_words USING fts5(head, text, files, told UNINDEXED, tokenize='unicode61 remove_diacritics 0', prefix='2 3')",
    "CREATE TABLE IF NOT EXISTS search_cursor (seq bigint NOT NULL, hash varchar(64) NOT NULL)",
)
_POSTGRES = (
    """CREATE TABLE IF NOT EXISTS search_words
    (matter bigint PRIMARY KEY, head tsvector NOT NULL, text tsvector NOT NULL, files tsvector NOT NULL, told text NOT NULL)""",
    "CREATE INDEX IF NOT EXISTS search_by_head ON search_words USING gin (head)",
    "CREATE INDEX IF NOT EXISTS search_by_text ON search_words USING gin ((head || text))",
    "CREATE INDEX IF NOT EXISTS search_by_all ON search_words USING gin ((head || text || files))",
    "CREATE TABLE IF NOT EXISTS search_cursor (seq bigint NOT NULL, hash varchar(64) NOT NULL)",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A document on its way into the index. ``told``: which files its ``files`` were read from; None of ``files`` leaves them as they are."""

    matter: int
    head: str
    text: str
    files: str | None
    told: str


def put_up() -> None:
    """Make the tables, if they are not there."""
    run(_POSTGRES if connection.vendor == "postgresql" else _SQLITE)


def run(statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def cursor_now() -> tuple[int, str]:
    """Up to which event of the journal the index has come, and that event's hash; (0, "") before the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq, hash FROM search_cursor")
        return cursor.fetchone() or (0, "")


def move_cursor(seq: int, hash: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_cursor")
        cursor.execute("INSERT INTO search_cursor (seq, hash) VALUES (%s, %s)", [seq, hash])


def clear() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_words")
        cursor.execute("DELETE FROM search_cursor")


def told_of(matters: Sequence[int]) -> dict[int, str]:
    """Which files each document's index was read from."""
    if not matters:
        return {}
    key, places = _key(), ", ".join(["%s"] * len(matters))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {key}, told FROM search_words WHERE {key} IN ({places})", list(matters))
        return dict(cursor.fetchall())


def write(entries: Iterable[Entry]) -> None:
    """Put documents into the index, in place of what it held of them."""
    store = _into_postgres if connection.vendor == "postgresql" else _into_sqlite
    with connection.cursor() as cursor:
        for entry in entries:
            store(cursor, entry)


def settle() -> None:
    """After an erasure: let the database drop the words that are only marked as gone. PostgreSQL does so by itself (autovacuum)."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO search_words (search_words) VALUES ('optimize')")


def lookup(parts: Sequence[str]) -> str:
    """The statement that finds documents by these parts; its one parameter is the query as the database wants it."""
    if connection.vendor == "postgresql":
        return f"SELECT matter FROM search_words WHERE ({' || '.join(parts)}) @@ %s::tsquery"
    return "SELECT rowid FROM search_words WHERE search_words MATCH %s"


def _key() -> str:
    return "matter" if connection.vendor == "postgresql" else "rowid"


def _into_sqlite(cursor: Any, e: Entry) -> None:
    files = e.files
    if files is None:
        cursor.execute("SELECT files FROM search_words WHERE rowid = %s", [e.matter])
        files = (cursor.fetchone() or ("",))[0]
    cursor.execute("DELETE FROM search_words WHERE rowid = %s", [e.matter])
    cursor.execute("INSERT INTO search_words (rowid, head, text, files, told) VALUES (%s, %s, %s, %s, %s)", [e.matter, e.head, e.text, files, e.told])


def _into_postgres(cursor: Any, e: Entry) -> None:
    said = [e.matter, e.head, e.text, e.files or "", e.told]
    files = "excluded.files" if e.files is not None else "search_words.files"
    cursor.execute(
        "INSERT INTO search_words (matter, head, text, files, told)"
        " VALUES (%s, to_tsvector('simple', %s), to_tsvector('simple', %s), to_tsvector('simple', %s), %s)"
        f" ON CONFLICT (matter) DO UPDATE SET head = excluded.head, text = excluded.text, files = {files}, told = excluded.told",
        said,
    )
