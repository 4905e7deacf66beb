"""Rows of an import as they are understood and kept: read from the file, read again after a correction. Called by the import's actions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from phoihop.kernel.rows import insert, update_each
from phoihop.kernel.verdict import Verdict

from ..models import ImportDoubt, ImportRow, ImportRun, RowState
from ..queries.log import Sense, Senses, Twins, twins_of
from ..rules.log.cells import Cell, shown
from ..rules.log.finding import Doubt
from ..rules.log.intake import spoken_in_all
from ..rules.log.layout import Layout
from ..rules.log.means import STRUCTURED, Means

SURE, MENDED = "@sure", "@mended"
_LONGEST_TEXT, _LONGEST_ANSWER = 200, 300


Prepared = Mapping[tuple[int, int], tuple[dict[str, Cell], Sense]]


@dataclass(slots=True)
class _Judged:
    """A row beside its sense, and the doubts that are to be kept for it."""

    row: ImportRow
    sense: Sense
    doubts: list[ImportDoubt] = field(default_factory=list)


def hold(run: ImportRun) -> ImportRun:
    """The run as it is now, held until the action ends; its waiting lines are left in the database."""
    return ImportRun.objects.select_for_update(of=("self",)).select_related("lead__force", "lead__area", "why").defer("waiting").get(pk=run.pk)


def layouts_of(run: ImportRun) -> list[Layout]:
    """How each sheet of a run is read."""
    return [Layout.of_json(sheet) for sheet in run.sheets]


def stage(run: ImportRun, lines: Iterable[Sequence[Any]], senses: Senses, prepared: Prepared) -> list[ImportRow]:
    """Keep lines of the file as rows, each understood as far as it can be."""
    layouts = layouts_of(run)
    rows, held = [], {}
    for sheet, n, cells, said in lines:
        row = ImportRow(run=run, sheet=sheet, n=n, cells=cells)
        rows.append(row)
        held[sheet, n] = [_of_gate(row, layouts[sheet], *one) for one in said]
    judged = _judge(run, rows, senses, layouts, held, prepared)
    insert([j.row for j in judged])
    insert([d for j in judged for d in j.doubts])
    return rows


def reread(run: ImportRun, rows: Sequence[ImportRow], senses: Senses) -> None:
    """Understand rows anew: their cells were mended, a column means something else, a name is known now.

    What a gate held back stays in doubt until that cell was mended or its question answered.
    """
    layouts = layouts_of(run)
    standing = {row.pk: list(row.doubts.all()) for row in rows}
    for row in rows:
        _correct(run, row, standing[row.pk])
        _drop_persons(row, layouts[row.sheet])
    held = {(row.sheet, row.n): [_again(d) for d in standing[row.pk] if d.masked and _still_held(row, d)] for row in rows}
    judged = _judge(run, rows, senses, layouts, held, {})
    ImportDoubt.objects.filter(row__in=[row.pk for row in rows]).delete()
    update_each(rows, ["cells", "values", "state", "content", "activity"])
    insert([d for j in judged for d in j.doubts])


def judge_again(run: ImportRun, rows: Sequence[ImportRow], senses: Senses, prepared: Prepared) -> list[tuple[ImportRow, Sense]]:
    """Ready rows once more, right before they are imported; those that are not ready any more are kept with their reason."""
    judged = _judge(run, rows, senses, layouts_of(run), {(row.sheet, row.n): [] for row in rows}, prepared)
    fallen = [j for j in judged if j.row.state != RowState.READY]
    update_each([j.row for j in fallen], ["values", "state", "content", "activity"])
    insert([d for j in fallen for d in j.doubts])
    return [(j.row, j.sense) for j in judged]


def refuse(row: ImportRow, verdict: Verdict) -> None:
    """A row that was ready is refused by the rules at the last moment: it says why, and waits."""
    row.state = RowState.DOUBTFUL
    row.save(update_fields=["state"])
    _kept(row, Doubt(Means.PARTIES, verdict)).save()


def strip(run: ImportRun, rows: Iterable[ImportRow]) -> None:
    """Keep of imported rows only what is no free text: their words are in the patrols now, where they can be recalled and erased."""
    named = {m.value for m in STRUCTURED}
    kept = [named | {str(c.n) for c in layout.columns if c.meaning.means in STRUCTURED} for layout in layouts_of(run)]
    for row in rows:
        row.cells = {key: cell for key, cell in row.cells.items() if key.lstrip("^").partition(":")[0] in kept[row.sheet]}


def answered(rows: Iterable[ImportRow]) -> frozenset[str]:
    """The questions of these rows that somebody has answered."""
    return frozenset(answer for row in rows for answer in row.cells.get(SURE, ()))


def mend_cell(row: ImportRow, key: str, text: str) -> None:
    """Put a text into a cell; an empty one leaves it blank, also where a value was carried from above."""
    row.cells[key] = text.strip() or None
    row.cells[MENDED] = sorted({*row.cells.get(MENDED, ()), key})


def be_sure(row: ImportRow, answers: Iterable[str]) -> None:
    """Somebody answered for what was asked about this row."""
    row.cells[SURE] = sorted({*row.cells.get(SURE, ()), *answers})


def prepare(run: ImportRun, lines: Iterable[tuple[int, int, dict[str, Any]]], senses: Senses) -> Prepared:
    """The senses of lines (sheet, row, cells) before a transaction begins: the longest part of the work, and it needs no lock."""
    layouts = layouts_of(run)
    return {(sheet, n): (cells, senses.of(cells, layouts[sheet], cells.get(SURE, ()))) for sheet, n, cells in lines}


def _judge(
    run: ImportRun,
    rows: Sequence[ImportRow],
    senses: Senses,
    layouts: Sequence[Layout],
    held: Mapping[tuple[int, int], list[ImportDoubt]],
    prepared: Prepared,
) -> list[_Judged]:
    judged = [_Judged(row, _sense_of(row, senses, layouts, prepared)) for row in rows]
    twins = twins_of(run, [j.sense for j in judged])
    for j in judged:
        row, gate = j.row, held[j.row.sheet, j.row.n]
        row.values, row.content, row.activity_id = j.sense.values, j.sense.content, twins.imported.get(j.sense.content)
        if row.activity_id is not None:
            row.state = RowState.SAME
            continue
        j.doubts = gate + [_kept(row, doubt) for doubt in (*j.sense.doubts, *_twin_doubts(j, twins))]
        row.state = RowState.DOUBTFUL if j.doubts else RowState.READY
    return judged


def _sense_of(row: ImportRow, senses: Senses, layouts: Sequence[Layout], prepared: Prepared) -> Sense:
    """The sense that was prepared, if the cells are still the same."""
    cells, sense = prepared.get((row.sheet, row.n), (None, None))
    if sense is not None and cells == row.cells:
        return sense
    return senses.of(row.cells, layouts[row.sheet], row.cells.get(SURE, ()))


def _twin_doubts(j: _Judged, twins: Twins) -> list[Doubt]:
    """Questions, unless answered: is it the patrol recorded by hand, is it the line above once more?"""
    row, sense = j.row, j.sense
    if not sense.content:
        return []
    sure, found = set(row.cells.get(SURE, ())), []
    first = twins.lines.setdefault(sense.content, (row.sheet, row.n))
    if first < (row.sheet, row.n):
        answer = f"dòng {first[1]} trang {first[0] + 1}"
        reason = format_lazy(_("Dòng này giống hệt dòng {n}. Nếu là một cuộc thì bỏ qua; nếu là hai cuộc thì xác nhận."), n=first[1])
        found.append(Verdict("line-twice", reason, None, asks=True, answer=answer))
    if (there := twins.recorded(sense)) is not None:
        reason = format_lazy(
            _("Hệ thống đã có cuộc {code} cùng địa bàn, trùng giờ. Nếu là cuộc này thì bỏ qua; nếu là cuộc khác thì xác nhận."), code=there.code
        )
        found.append(Verdict("already-recorded", reason, None, asks=True, answer=there.code))
    when = sense.reading.where.get(Means.TIME) or sense.reading.where.get(Means.START)
    return [Doubt(Means.TIME, v, sense.reading.texts.get(Means.TIME, ""), when.n if when else None) for v in found if v.answer not in sure]


def _kept(row: ImportRow, doubt: Doubt) -> ImportDoubt:
    verdict = doubt.verdict
    return ImportDoubt(
        row=row,
        column=doubt.column,
        n=doubt.n,
        text=doubt.text[:_LONGEST_TEXT],
        code=verdict.code,
        sentence=spoken_in_all(verdict.reason),
        suggestions=[[s.value, s.label] for s in doubt.suggestions],
        answer=verdict.answer if verdict.asks else "",
    )


def _of_gate(row: ImportRow, layout: Layout, n: int, code: str, sentence: dict[str, str], offer: str, answer: str) -> ImportDoubt:
    column = next(c.meaning.key for c in layout.columns if c.n == n)
    text = shown(row.cells.get(str(n), row.cells.get(f"^{n}")))[:_LONGEST_TEXT]
    suggestions = [[offer, ""]] if offer else []
    return ImportDoubt(
        row=row, column=column, n=n, text=text, code=code, sentence=sentence, suggestions=suggestions, answer=answer[:_LONGEST_ANSWER], masked=True
    )


def _again(doubt: ImportDoubt) -> ImportDoubt:
    doubt.pk = None
    return doubt


def _still_held(row: ImportRow, doubt: ImportDoubt) -> bool:
    """Neither was the cell mended nor the question answered."""
    mended = doubt.n is not None and str(doubt.n) in row.cells.get(MENDED, ())
    return not mended and (not doubt.answer or doubt.answer not in row.cells.get(SURE, ()))


def _correct(run: ImportRun, row: ImportRow, doubts: Sequence[ImportDoubt]) -> None:
    """Apply the corrections that are under way to the cells that they are about."""
    for correction in run.corrections:
        for doubt in doubts:
            if [doubt.column, doubt.text] != correction["of"]:
                continue
            if correction["value"] is not None:
                key = str(doubt.n) if doubt.n is not None else doubt.column
                whole = shown(row.cells.get(key, row.cells.get(f"^{key}")))
                mend_cell(row, key, whole.replace(doubt.text, correction["value"]) if doubt.text and not doubt.masked else correction["value"])
            be_sure(row, correction["sure"])


def _drop_persons(row: ImportRow, layout: Layout) -> None:
    """A column that an officer says holds names of persons is not kept."""
    persons = {str(c.n) for c in layout.columns if c.meaning.means is Means.PERSON}
    row.cells = {key: cell for key, cell in row.cells.items() if key.lstrip("^") not in persons}
