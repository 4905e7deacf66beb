"""Doubtful cells are mended in place: one, all alike, a whole column; and what a unit means by a name is remembered."""

from datetime import date

import pytest

from phoihop.domain import models as m
from phoihop.domain.activities.actions import importing
from phoihop.domain.activities.queries.log import Names
from phoihop.kernel.verdict import Refused
from tests.domain.activities import logs
from tests.domain.activities.importing_world import (
    AREA,
    DAY,
    END,
    NOTE,
    START,
    TOTAL,
    doubts,
    line,
    police,
    queries,
    read,
    row,
    states,
    suggested,
    work,
    world,
)  # fmt: skip
from tests.world import NOON, at, person, unit

pytestmark = pytest.mark.django_db


def events(run):
    found = m.Event.objects.filter(what__startswith="import.").order_by("seq").values_list("what", flat=True)
    return [what.removeprefix("import.") for what in found]


def test_a_mended_cell_is_read_again_and_the_event_names_no_text():
    w = world()
    run = read(w, police(line((DAY, "29/2/2026"))))
    importing.mend(by=w.lan, row=row(run, 7), cells={"1": "28/02/2026"}, at=NOON)
    assert (states(run), doubts(run), row(run, 7).values["day"]) == ([(7, "ready")], [], "2026-02-28")
    body = m.Event.objects.get(what="import.mended").body
    assert body == f'{{"cells":["1"],"row":7,"run":{run.pk},"sheet":0,"state":"ready"}}'


def test_a_mended_cell_may_be_wrong_in_another_way():
    w = world()
    run = read(w, police(line((DAY, "29/2/2026"))))
    importing.mend(by=w.lan, row=row(run, 7), cells={"1": "31/4/2026"}, at=NOON)
    assert doubts(run) == [(7, "day", "no-such-day", "31/4/2026")]


def test_what_the_log_has_no_column_for_is_mended_by_its_meaning():
    w = world()
    run = read(w, logs.militia_csv([["05/3/2026", "19h-21h", "xã Sông", "3 CA, 4 DQ", "", ""]]), "so.csv")
    importing.mend(by=w.lan, row=row(run, 2), cells={"route_kind": "Khu dân cư"}, at=NOON)
    assert (states(run), row(run, 2).values["kind"]) == ([(2, "ready")], "residential")


def test_a_carried_day_is_mended_for_its_own_line_only():
    w = world()
    run = read(w, police([("29/2/2026", 2), *line()[1:]], [None, *line((START, "22h"), (END, "23h"))[1:]]))
    assert doubts(run) == [(7, "day", "no-such-day", "29/2/2026"), (8, "day", "no-such-day", "29/2/2026")]
    importing.mend(by=w.lan, row=row(run, 8), cells={"1": "01/3/2026"}, at=NOON)
    assert states(run) == [(7, "doubtful"), (8, "ready")]


def test_one_mend_of_a_name_settles_every_line_and_the_next_import():
    w = world()
    lines = [line((AREA, "xã Bến Cũ"), (DAY, f"{n:02}/3/2026")) for n in range(1, 6)]
    run = read(w, police(*lines))
    count = importing.mend_all(by=w.lan, run=run, column="area", text="xã Bến Cũ", value=suggested(run, 7, "area")[0], at=NOON)
    assert (count, {state for _, state in states(run)}, row(run, 7).cells["4"]) == (5, {"ready"}, "xã Bến Cũ")
    again = read(w, police(line((AREA, "XÃ BẾN CŨ"), (DAY, "20/4/2026"))))
    assert (states(again), row(again, 7).values["area"]) == ([(7, "ready")], w.song.pk)


def test_what_one_unit_means_by_a_name_is_not_what_another_does():
    w = world()
    run = read(w, police(line((AREA, "xã Bến Cũ"))))
    importing.mend_all(by=w.lan, run=run, column="area", text="xã Bến Cũ", value=suggested(run, 7, "area")[0], at=NOON)
    assert list(m.ImportWord.objects.values_list("lead", "column", "folded", "value")) == [(w.police_song.pk, "area", "xa ben cu", "Xã Sông [#29001]")]


def test_one_of_several_units_is_chosen_for_a_force_and_remembered():
    w = world()
    other = unit(w.forces["BP"], "don", w.song, "Đồn Biên phòng Vàm Sông", w.border, start=date(2025, 7, 2))
    content = police(line((7, 2), (TOTAL, 9)), line((7, 2), (TOTAL, 9), (DAY, "06/3/2026")))
    run = read(w, content)
    assert doubts(run) == [(7, "=BP", "unit-many", "BP · Xã Sông"), (8, "=BP", "unit-many", "BP · Xã Sông")]
    importing.mend_all(by=w.lan, run=run, column="=BP", text="BP · Xã Sông", value=f"{other} [#{other.key}]", at=NOON)
    assert (states(run), row(run, 8).values["parties"][2]) == ([(7, "ready"), (8, "ready")], [other.pk, 2])
    one = read(w, police(line((7, 2), (TOTAL, 9), (DAY, "07/3/2026"))))
    assert row(one, 7).values["parties"][2] == [other.pk, 2]


def test_a_wrong_day_that_many_lines_have_is_mended_at_once_but_not_remembered():
    w = world()
    run = read(w, police(*[line((DAY, "29/2/2026"), (START, f"{h}h"), (END, f"{h}h45")) for h in range(10, 15)]))
    importing.mend_all(by=w.lan, run=run, column="day", text="29/2/2026", value="01/03/2026", at=NOON)
    assert ({state for _, state in states(run)}, row(run, 9).cells["1"], m.ImportWord.objects.count()) == ({"ready"}, "01/03/2026", 0)


def test_a_name_within_a_list_is_replaced_there():
    w = world()
    run = read(w, logs.spelled_out([[1, "19h-21h ngày 05/3/2026", "xã Sông", "", "3 CA, 4 Lực lượng ông Bảy", "khu dân cư", ""]]))
    found = next(d for d in doubts(run) if d[2] == "unit-unknown")
    importing.mend(by=w.lan, row=row(run, 4), cells={"4": "3 CA, 4 Ban CHQS xã Sông"}, at=NOON)
    assert (found[3], states(run)) == ("ông Bảy", [(4, "ready")])


def test_more_than_two_hundred_lines_are_left_to_the_worker_and_the_bar_shows_it():
    w = world()
    rows = [[f"{n % 28 + 1:02}/{n // 28 + 1}/2026", "19h-21h", "xã Sông", "3 CA, 4 DQ", "", ""] for n in range(130)]
    rows += [[*row_[:1], "22h-23h", *row_[2:]] for row_ in rows]
    run = read(w, logs.militia_csv(rows), "so.csv")
    count = importing.mend_all(by=w.lan, run=run, column="route_kind", text="", value="Khu dân cư", at=NOON)
    seen = queries.progress(w.lan, run.pk)
    assert (count, seen.state, seen.handled, seen.total, queries.overview(w.lan, run.pk).counts) == (260, "reading", 0, 60, {"ready": 200, "wait": 60})
    assert work() == 1
    assert (queries.progress(w.lan, run.pk).state, queries.overview(w.lan, run.pk).counts) == ("preview", {"ready": 260})
    assert m.ImportRun.objects.get(pk=run.pk).corrections == []


def test_a_masked_text_is_accepted_or_written_anew_but_never_with_what_was_refused():
    w = world()
    run = read(w, police(line((NOTE, "Nhắc nhở chủ quán, CCCD 079085001234")), line((NOTE, "Nhắc nhở chủ quán, CCCD 079085001234"), (DAY, "06/3/2026"))))
    with pytest.raises(Refused) as refused:
        importing.mend(by=w.lan, row=row(run, 7), cells={"11": "Chủ quán 079085001234"}, at=NOON)
    assert (refused.value.verdict.code, refused.value.verdict.field, states(run)) == ("identity-number", "cells.11", [(7, "doubtful"), (8, "doubtful")])
    importing.mend(by=w.lan, row=row(run, 7), cells={"11": suggested(run, 7, "note")[0]}, at=NOON)
    importing.mend(by=w.lan, row=row(run, 8), cells={"11": ""}, at=NOON)
    assert (states(run), row(run, 7).cells["11"]) == ([(7, "ready"), (8, "ready")], "Nhắc nhở chủ quán, CCCD …")


def test_mending_another_cell_does_not_let_a_masked_text_slip_through():
    w = world()
    run = read(w, police(line((NOTE, "CCCD 079085001234 của chủ quán"), (DAY, "29/2/2026"))))
    importing.mend(by=w.lan, row=row(run, 7), cells={"1": "28/02/2026"}, at=NOON)
    assert [code for _, _, code, _ in doubts(run)] == ["identity-number"]


def test_all_masked_texts_of_one_kind_are_accepted_at_once():
    w = world()
    note = "Nhắc nhở chủ quán, CCCD 079085001234"
    run = read(w, police(line((NOTE, note)), line((NOTE, note), (DAY, "06/3/2026"))))
    group = queries.doubt_groups(w.lan, run)[0]
    importing.mend_all(by=w.lan, run=run, column=group.column, text=group.text, value=group.suggestions[0][0], at=NOON)
    assert {state for _, state in states(run)} == {"ready"}


def test_a_question_is_answered_for_all_lines_that_ask_it():
    w = world()
    run = read(w, police(*[line((TOTAL, 9), (DAY, f"{n:02}/3/2026")) for n in range(1, 4)]))
    group = queries.doubt_groups(w.lan, run)[0]
    assert (group.code, group.rows, group.answer) == ("sum-differs", 3, "tong 9/7")
    importing.mend_all(by=w.lan, run=run, column=group.column, text=group.text, value=None, at=NOON, sure=[group.answer])
    assert {state for _, state in states(run)} == {"ready"}


def test_a_line_is_left_out_and_taken_up_again():
    w = world()
    run = read(w, police(line(), line((DAY, "29/2/2026"))))
    importing.skip_row(by=w.lan, row=row(run, 8), skip=True, at=NOON)
    assert states(run) == [(7, "ready"), (8, "skipped")]
    importing.skip_row(by=w.lan, row=row(run, 8), skip=False, at=NOON)
    assert (states(run), [e for e in events(run) if e != "read"]) == ([(7, "ready"), (8, "doubtful")], ["begun", "skipped", "mended"])


def test_all_lines_of_another_units_patrols_are_left_out_at_once():
    w = world()
    rows = [[n, f"19h-21h ngày {n:02}/3/2026", "xã Sông", "Ban CHQS xã Sông", "3 CA, 4 DQ", "khu dân cư", ""] for n in range(1, 5)]
    rows.append([5, "19h-21h ngày 05/3/2026", "xã Sông", "CA xã", "3 CA, 4 DQ", "khu dân cư", ""])
    run = read(w, logs.spelled_out(rows))
    assert importing.skip_all(by=w.lan, run=run, column="lead", text="Ban CHQS xã Sông", at=NOON) == 4
    assert [state for _, state in states(run)] == ["skipped"] * 4 + ["ready"]
    with pytest.raises(Refused) as refused:
        importing.skip_all(by=w.lan, run=run, column="lead", text="Ban CHQS xã Sông", at=NOON)
    assert refused.value.verdict.code == "no-such-doubt"


def test_columns_are_mapped_by_hand_with_the_year_and_month_that_no_title_says():
    w = world()
    run = read(w, logs.no_headings([["5", "19h-21h", "xã Sông", 3, 4, "đường", "ghi"], ["6", "20h-22h", "xã Sông", 3, 4, "đường", "thêm"]]), "so.xlsx")
    assert (queries.overview(w.lan, run.pk).sheets[0].layout.found, states(run)) == (False, [(1, "doubtful"), (2, "doubtful")])
    columns = dict(enumerate(("day", "time", "area", "people:CA", "people:QS", "route", "note")))
    importing.map_columns(by=w.lan, run=run, sheet=0, columns=columns, year=2026, month=3, at=NOON)
    assert queries.progress(w.lan, run.pk).state == "reading"
    work()
    assert (states(run), doubts(run), row(run, 1).values["day"]) == ([(1, "ready"), (2, "ready")], [], "2026-03-05")


def test_a_column_that_turns_out_to_hold_names_is_not_kept():
    w = world()
    run = read(w, police(line((NOTE, "đội trưởng"))))
    assert row(run, 7).cells["11"] == "đội trưởng"
    importing.map_columns(by=w.lan, run=run, sheet=0, columns={11: "person"}, at=NOON)
    work()
    assert "11" not in row(run, 7).cells


@pytest.mark.parametrize(
    ("call", "code", "field"),
    [
        (lambda w, run: importing.mend(by=w.lan, row=row(run, 7), cells={}, at=NOON), "nothing-mended", "cells"),
        (lambda w, run: importing.mend(by=w.lan, row=row(run, 7), cells={"99": "x"}, at=NOON), "no-such-cell", "cells.99"),
        (lambda w, run: importing.mend(by=w.lan, row=row(run, 7), cells={"person": "x"}, at=NOON), "no-such-cell", "cells.person"),
        (lambda w, run: importing.mend_all(by=w.lan, run=run, column="day", text="không có", value="x", at=NOON), "no-such-doubt", "text"),
        (lambda w, run: importing.map_columns(by=w.lan, run=run, sheet=7, columns={0: "day"}, at=NOON), "no-such-sheet", "sheet"),
        (lambda w, run: importing.map_columns(by=w.lan, run=run, sheet=0, columns={0: "outcome:bieu-tinh"}, at=NOON), "no-such-meaning", "columns"),
        (lambda w, run: importing.map_columns(by=w.lan, run=run, sheet=0, columns={}, month=13, at=NOON), "no-such-month", "month"),
        (lambda w, run: importing.mend(by=w.mai, row=row(run, 7), cells={"1": "01/3/2026"}, at=NOON), "not-own-log", None),
        (lambda w, run: importing.mend(by=w.binh, row=row(run, 7), cells={"1": "01/3/2026"}, at=NOON), "not-your-role", None),
        (lambda w, run: importing.release(by=w.mai, run=run, at=NOON), "not-own-log", None),
        (lambda w, run: importing.release(by=w.lan, run=run, at=NOON), "nothing-ready", None),
        (lambda w, run: importing.begin(by=w.lan, lead=w.police_dat, upload=None, at=NOON), "not-own-log", "lead"),
    ],
)
def test_a_refused_act_says_why_and_changes_nothing(call, code, field):
    w = world()
    run = read(w, police(line((DAY, "29/2/2026"))))
    before = (list(run.rows.values()), doubts(run), m.Event.objects.count())
    with pytest.raises(Refused) as refused:
        call(w, run)
    assert (refused.value.verdict.code, refused.value.verdict.field) == (code, field)
    assert (list(run.rows.values()), doubts(run), m.Event.objects.count()) == before


def test_while_the_worker_is_at_it_nobody_else_is():
    w = world()
    run = read(w, police(line()))
    m.ImportRun.objects.filter(pk=run.pk).update(state="running")
    with pytest.raises(Refused) as refused:
        importing.mend(by=w.lan, row=row(run, 7), cells={"1": "01/3/2026"}, at=NOON)
    assert refused.value.verdict.code == "import-busy"


def test_a_colleague_of_the_unit_goes_on():
    w = world()
    run = read(w, police(line((DAY, "29/2/2026"))))
    colleague = person("nga", w.police_song, "commander")
    importing.mend(by=colleague, row=row(run, 7), cells={"1": "28/02/2026"}, at=at(2, 8))
    importing.release(by=colleague, run=run, at=at(2, 8))
    work(at(2, 8))
    assert (states(run), m.Event.objects.get(what="patrol.reported").by) == ([(7, "done")], colleague)


def test_the_military_of_a_commune_is_its_own_command_not_the_one_that_covers_it():
    w = world()
    area_command = unit(w.forces["QS"], "ptkv", w.dat, "Ban Chỉ huy Phòng thủ khu vực 3", start=date(2025, 7, 2))
    m.UnitArea.objects.create(unit=area_command, area=w.song, valid_from=date(2025, 7, 2))
    names = Names(w.police_song, date(2026, 3, 5))
    assert [names.unit_of_force(code, w.song, date(2026, 3, 5)).one for code in ("QS", "DQ")] == [w.militia_song, w.militia_song]
    m.Unit.objects.filter(pk=w.militia_song.pk).update(valid_until=date(2026, 1, 1))
    assert Names(w.police_song, date(2026, 3, 5)).unit_of_force("QS", w.song, date(2026, 3, 5)).one == area_command
