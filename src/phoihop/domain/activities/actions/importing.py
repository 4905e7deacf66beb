"""Importing a patrol log: taken in, mended, mapped, released, withdrawn. The worker does the long part (``import_steps``)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from phoihop.kernel import gates
from phoihop.kernel.action import action
from phoihop.kernel.gates.judging import Reading, judge
from phoihop.kernel.heirs import passes
from phoihop.kernel.period import local_day
from phoihop.kernel.text import fold
from phoihop.kernel.upload import Upload
from phoihop.kernel.verdict import SURE, Refused, Verdict

from ...forces.models import Unit
from ...matters.actions.journal import write
from ...matters.actions.texts import keep
from ...matters.models import Purpose
from ...people.models import Post
from ..models import ImportDoubt, ImportRow, ImportRun, ImportState, ImportWord, RowState
from ..queries.importing import doubtful_rows, imported_count, ready_count
from ..queries.log import Senses
from ..rules import importing as rules
from ..rules.batches import AT_ONCE
from ..rules.log.bounds import check_log
from ..rules.log.days import Hint
from ..rules.log.intake import Taken, take
from ..rules.log.layout import Layout
from ..rules.log.means import REMEMBERED, Means, meaning_of_key
from . import staging
from .import_steps import step
from .staging import hold

__all__ = ["begin", "map_columns", "mend", "mend_all", "release", "skip_all", "skip_row", "step", "take_in", "withdraw"]


def begin(*, by: Post, lead: Unit, upload: Upload, at: datetime) -> ImportRun:
    """Take in a log: every cell passes the gates before anything is kept, and what they refuse is masked. The file itself is not kept.

    Reading a year's log takes some seconds; no transaction is open meanwhile.
    Raises Refused for a file that is no spreadsheet, too big, locked, empty, holds macros or a mark of secrecy.
    """
    rules.may_import(by, lead.pk, local_day(at)).enforce()
    try:
        check_log(upload)
        log = take(upload.content, upload.name, _judged)
    except Refused as refused:
        raise Refused(refused.verdict.at("upload")) from None
    rules.fits_log(len(log.lines)).enforce()
    return take_in(by=by, run=_drafted(by, lead, log, at), name=_named(upload.name), at=at)


def _judged(text: str) -> Verdict:
    return judge(text, frozenset(), Reading(gates.known_numbers))


def _named(file_name: str) -> str:
    """The name under which a run is shown: the file's own, unless it names a person or what has no place here."""
    said = judge(file_name, frozenset(), Reading(gates.known_numbers, title=True))
    return file_name if said else _("Sổ tuần tra")


def _drafted(by: Post, lead: Unit, log: Taken, at: datetime) -> ImportRun:
    return ImportRun(by=by, lead=lead, at=at, since=at, waiting=log.packed(), sheets=log.sheets, total=len(log.lines))


@action
def take_in(*, by: Post, run: ImportRun, name: str, at: datetime) -> ImportRun:
    """Keep a drafted run, whose cells have been through the gates one by one (``begin``). The worker then reads it."""
    rules.may_import(by, run.lead_id, local_day(at)).enforce()
    run.name = keep(name, Purpose.IMPORT, at)
    run.save(force_insert=True)
    write(by=by, what="import.begun", at=at, run=run.pk, lead=run.lead.key, lines=run.total, sheets=len(run.sheets), texts={"name": run.name})
    return run


@action
def mend(*, by: Post, row: ImportRow, cells: Mapping[str, str], at: datetime) -> ImportRow:
    """Mend cells of a line and understand it anew. ``cells``: by column number ("3"), or by meaning where the log has no such column
    ("time", "=BP"); empty to blank a cell. With ``sure``: the questions about the line that are answered."""
    run = hold(row.run)
    row = run.rows.select_for_update().get(pk=row.pk)
    row.run = run
    rules.may_mend(by, row, local_day(at)).enforce()
    if cells or not SURE.get():
        rules.fits_cells(cells, _known_cells(run, row, cells)).enforce()
    for key, text in cells.items():
        staging.mend_cell(row, key, text)
    staging.be_sure(row, SURE.get())
    staging.reread(run, [row], Senses(run.lead, by, at))
    write(by=by, what="import.mended", at=at, run=run.pk, sheet=row.sheet, row=row.n, cells=sorted(map(_code, cells)), state=row.state)
    return row


@action
def mend_all(*, by: Post, run: ImportRun, column: str, text: str, value: str | None, at: datetime) -> int:
    """Apply one correction to every line with the same doubtful text. Returns how many lines that are.

    A name of a unit or place is remembered for the unit's next import. ``value`` None, with ``sure``: the text is right as it
    stands. Up to 200 lines are read anew at once, the others by the worker. A text with a likely name in it is asked about here,
    too: give its answer in ``sure``.
    """
    run = hold(run)
    rules.may_work(by, run, local_day(at)).enforce()
    chosen = list(doubtful_rows(run, column, text).values_list("pk", flat=True))
    rules.has_doubt(len(chosen)).enforce()
    masked = ImportDoubt.objects.filter(row__in=chosen[:1], column=column, text=text, masked=True).exists()
    remembered = not masked and _remember(run.lead, column, text, value)
    # A name that is remembered needs no change of the cells.
    run.corrections = [*run.corrections, {"of": [column, text], "value": None if remembered else value, "sure": sorted(SURE.get())}]
    run.rows.filter(pk__in=doubtful_rows(run, column, text).values("pk")).update(state=RowState.WAITING)
    now = list(run.rows.select_for_update().filter(pk__in=chosen[:AT_ONCE]).order_by("sheet", "n"))
    staging.reread(run, now, Senses(run.lead, by, at))
    _read_later(run, len(chosen) - len(now), at)
    write(by=by, what="import.mended_all", at=at, run=run.pk, column=_code(column), rows=len(chosen), remembered=remembered)
    return len(chosen)


@action
def skip_row(*, by: Post, row: ImportRow, skip: bool, at: datetime) -> ImportRow:
    """Leave a line out of the import, or take it up again."""
    run = hold(row.run)
    row = run.rows.select_for_update().get(pk=row.pk)
    row.run = run
    rules.may_mend(by, row, local_day(at)).enforce()
    if skip:
        row.state = RowState.SKIPPED
        row.save(update_fields=["state"])
    else:
        staging.reread(run, [row], Senses(run.lead, by, at))
    write(by=by, what="import.skipped" if skip else "import.mended", at=at, run=run.pk, sheet=row.sheet, row=row.n)
    return row


@action
def skip_all(*, by: Post, run: ImportRun, column: str, text: str, at: datetime) -> int:
    """Leave every line with the same doubtful text out of the import: patrols that another unit led, a hamlet's own. Returns how many."""
    run = hold(run)
    rules.may_work(by, run, local_day(at)).enforce()
    chosen = doubtful_rows(run, column, text).order_by().values("pk")
    count = run.rows.filter(pk__in=chosen).update(state=RowState.SKIPPED)
    rules.has_doubt(count).enforce()
    write(by=by, what="import.skipped", at=at, run=run.pk, column=_code(column), rows=count)
    return count


@action
def map_columns(
    *, by: Post, run: ImportRun, sheet: int, columns: Mapping[int, str], at: datetime, year: int | None = None, month: int | None = None
) -> ImportRun:
    """Say what columns of a sheet mean (``{3: "people:CA"}``) and, for days written short, its year and month. The worker reads the lines anew."""
    run = hold(run)
    rules.may_map(by, run, imported_count(run), local_day(at)).enforce()
    rules.has_sheet(sheet, len(run.sheets)).enforce()
    layout = Layout.of_json(run.sheets[sheet])
    meanings = {n: meaning for n, key in columns.items() if (meaning := meaning_of_key(key)) is not None}
    unknown = [key for n, key in columns.items() if n not in meanings or n not in {c.n for c in layout.columns}]
    rules.fits_mapping(unknown, year, month).enforce()
    hint = Hint(year or layout.hint.year, month or layout.hint.month)
    run.sheets[sheet] = run.sheets[sheet] | layout.mapped(meanings, hint).as_json()
    waiting = run.rows.filter(sheet=sheet).exclude(state=RowState.SKIPPED).update(state=RowState.WAITING)
    _read_later(run, waiting, at)
    write(by=by, what="import.mapped", at=at, run=run.pk, sheet=sheet, columns=len(columns), rows=waiting)
    return run


@action
def release(*, by: Post, run: ImportRun, at: datetime) -> ImportRun:
    """Let the lines that are ready become patrols, under the releasing post. Doubtful ones stay and may be released later."""
    run = hold(run)
    ready = ready_count(run)
    rules.may_release(by, run, ready, local_day(at)).enforce()
    _go(run, by, ImportState.RUNNING, ready, at)
    write(by=by, what="import.released", at=at, run=run.pk, rows=ready)
    return run


@action
def withdraw(*, by: Post, run: ImportRun, why: str, at: datetime) -> ImportRun:
    """Take an import back as a whole: the worker cancels its patrols with this reason, and their figures are reversed."""
    run = hold(run)
    imported = imported_count(run)
    rules.may_withdraw_import(by, run, imported, why, local_day(at)).enforce()
    run.why = keep(why, Purpose.REASON, at)
    _go(run, by, ImportState.WITHDRAWING, imported, at)
    write(by=by, what="import.withdrawn", at=at, run=run.pk, rows=imported, texts={"why": run.why})
    return run


@passes("ImportWord.lead")
def hand_over_words(*, by: Post, old: Unit, new: Unit, day: Any, at: datetime) -> int:
    """A unit ended: what its logs mean by a name, its heir's logs mean too."""
    known = ImportWord.objects.filter(lead=new).values_list("column", "folded")
    count = 0
    for word in ImportWord.objects.filter(lead=old):
        if (word.column, word.folded) not in set(known):
            word.lead = new
            word.save(update_fields=["lead"])
            count += 1
    return count


def _go(run: ImportRun, by: Post, state: str, total: int, at: datetime) -> None:
    run.by, run.state, run.total, run.handled, run.since, run.problem = by, state, total, 0, at, ""
    run.save(update_fields=["by", "state", "total", "handled", "since", "problem", "why"])


def _read_later(run: ImportRun, waiting: int, at: datetime) -> None:
    """Leave rows to the worker, if there are any; else the corrections have done their work."""
    if waiting:
        run.state, run.total, run.handled, run.since = ImportState.READING, waiting, 0, at
    else:
        run.corrections = []
    run.save(update_fields=["state", "total", "handled", "since", "corrections", "sheets"])


def _known_cells(run: ImportRun, row: ImportRow, keys: Collection[str]) -> set[str]:
    layout = Layout.of_json(run.sheets[row.sheet])
    known = {str(c.n) for c in layout.columns if c.meaning.means is not Means.PERSON}
    for key in keys:
        meaning = meaning_of_key(key.removeprefix("="))
        if key.startswith("=") or (meaning is not None and meaning.means not in (Means.PERSON, Means.SKIP)):
            known.add(key)
    return known


def _remember(lead: Unit, column: str, text: str, value: str | None) -> bool:
    """Keep what a name means in this unit's logs; only of units and places, never of free text."""
    if value is None or not text or not value or not (column in REMEMBERED or column.startswith("=")):
        return False
    name = Means.AREA.value if column == Means.PLACE else column
    ImportWord.objects.update_or_create(lead=lead, column=name, folded=fold(text)[:200], defaults={"value": value})
    return True


def _code(key: str) -> str:
    """A cell's key or a column's meaning as the journal takes it: codes only, no unit's name from a heading."""
    return key.lstrip("=").partition(" ")[0].encode("ascii", "ignore").decode()
