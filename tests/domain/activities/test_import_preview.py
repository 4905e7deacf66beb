"""A log taken in: what is understood, what is doubtful and why, and what never gets in."""

from datetime import date

import pytest

from phoihop.domain import models as m
from phoihop.domain.activities.actions import importing
from phoihop.domain.activities.actions.planning import plan
from phoihop.kernel.verdict import Refused
from tests.domain.activities import logs
from tests.domain.activities.importing_world import (
    AREA,
    BP,
    CA,
    DAY,
    END,
    NOTE,
    QS,
    RESULT,
    ROUTE,
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
    world,
)
from tests.kernel.gates.samples import an_xlsx
from tests.world import NOON, a_draft, at

pytestmark = pytest.mark.django_db


def test_good_lines_are_ready_and_understood():
    w = world()
    run = read(w, police(line((BP, 2), (TOTAL, 9), (RESULT, "Nhắc nhở 05 trường hợp")), line((DAY, "06/3/2026"), (START, "22h"), (END, "01h"))))
    assert (run.state, states(run), doubts(run)) == ("preview", [(7, "ready"), (8, "ready")], [])
    assert row(run, 7).values == {
        "day": "2026-03-05", "start": "2026-03-05T19:30:00+07:00", "end": "2026-03-05T21:00:00+07:00", "area": w.song.pk, "route": w.b2.pk, "kind": "road",
        "armed": False, "parties": [[w.police_song.pk, 3], [w.militia_song.pk, 4], [w.station.pk, 2]], "teams": None, "means": {}, "outcomes": {"nhac-nho": 5},
    }  # fmt: skip
    assert row(run, 8).values["end"] == "2026-03-07T01:00:00+07:00"


def test_the_overview_counts_states_and_names_the_rows_that_are_no_patrol():
    w = world()
    run = read(w, police(line(), line((DAY, "29/2/2026"))))
    seen = queries.overview(w.lan, run.pk)
    assert (seen.counts, seen.doubts, seen.rows, seen.percent) == ({"ready": 1, "doubtful": 1}, 1, 2, 100)
    assert [s.passed for s in seen.sheets] == [{"blank": [], "total": [9], "signature": [11, 14]}]
    assert str(seen.run.name) == "So tuan tra 2026.xlsx"


def test_the_preview_shows_doubts_first_and_the_records_behind_the_keys():
    w = world()
    run = read(w, police(line(), line((DAY, "29/2/2026"))))
    rows = list(queries.rows_of(w.lan, run))
    assert [(r.n, [d.code for d in r.doubts.all()]) for r in rows] == [(8, ["no-such-day"]), (7, [])]
    names = queries.names_in(rows)
    assert (set(names.areas), set(names.units), set(names.routes)) == ({w.song.pk}, {w.police_song.pk, w.militia_song.pk}, {w.b2.pk})


def test_the_unit_of_another_sees_nothing_of_it():
    w = world()
    run = read(w, police(line()))
    assert [queries.overview(post, run.pk) for post in (w.binh, w.tu, w.quan, w.van)] == [None] * 4
    assert list(queries.rows_of(w.tu, run)) == []
    assert queries.progress(w.tu, run.pk) is None
    assert queries.doubt_groups(w.tu, run) == []


def test_an_old_commune_offers_what_took_its_place():
    w = world()
    run = read(w, police(line((AREA, "xã Bến Cũ")), line((AREA, "X. Ben Cu"), (START, "17h"), (END, "18h"))))
    assert doubts(run) == [(7, "area", "area-not-then", "xã Bến Cũ"), (8, "area", "area-not-then", "X. Ben Cu")]
    assert suggested(run, 7, "area") == ["Xã Sông [#29001]"]
    reason = m.ImportDoubt.objects.filter(row__run=run).first().sentence
    assert reason["vi"] == "Xã Bến Cũ không tồn tại vào ngày 05/03/2026. Hãy chọn đơn vị thay nó."


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ([(AREA, "xã Không Đâu")], ("area", "area-unknown", "xã Không Đâu")),
        ([(DAY, "29/2/2026")], ("day", "no-such-day", "29/2/2026")),
        ([(DAY, "05/12/2026")], ("end", "in-future", "21h")),
        ([(DAY, "05/6/2025")], ("area", "area-not-then", "xã Sông")),
        ([(START, "25h")], ("start", "no-such-hour", "25h")),
        ([(END, None)], ("end", "time-missing", "")),
        ([(END, "19h30")], ("start", "time-order", "19h30")),
        ([(START, "22h"), (END, "21h")], ("end", "long", "21h")),
        ([(CA, -1), (TOTAL, None)], ("people:CA", "headcount", "-1")),
        ([(CA, -4), (TOTAL, 7)], ("people:CA", "headcount", "-4")),
        ([(QS, 1_000_000), (TOTAL, None)], ("people:QS", "headcount", "1000000")),
        ([(CA, "1,5"), (TOTAL, None)], ("people:CA", "not-whole", "1,5")),
        ([(CA, "vài người"), (TOTAL, None)], ("people:CA", "not-a-number", "vài người")),
        ([(CA, 40), (TOTAL, 44)], ("people:CA", "outlier", "40")),
        ([(QS, None), (TOTAL, 3)], ("parties", "alone", "")),
        ([(TOTAL, 9)], ("total", "sum-differs", "9")),
        ([(ROUTE, "B9")], ("route", "no-such-route", "B9")),
        ([(ROUTE, None)], ("route_kind", "kind-missing", "")),
    ],
)
def test_each_doubtful_cell_is_named_with_the_code_of_manual_entry(change, found):
    w = world()
    run = read(w, police(line(*change)))
    assert doubts(run) == [(7, *found)]


def test_a_line_led_by_another_unit_is_theirs_to_enter():
    w = world()
    run = read(w, logs.spelled_out([[1, "19h-21h ngày 05/3/2026", "xã Sông", "Ban CHQS xã Sông", "3 CA, 4 DQ", "khu dân cư", ""]]))
    assert doubts(run) == [(4, "lead", "not-lead", "Ban CHQS xã Sông")]


@pytest.mark.parametrize("lead", ["CA xã", "Công an xã Sông", "Cong an xa Song", "CAX", ""])
def test_ones_own_unit_is_known_by_every_usual_name(lead):
    w = world()
    run = read(w, logs.spelled_out([[1, "19h-21h ngày 05/3/2026", "xã Sông", lead, "3 CA, 4 DQ", "khu dân cư", ""]]))
    assert (doubts(run), states(run)) == ([], [(4, "ready")])


@pytest.mark.parametrize("name", ["Ban CHQS xã Sông", "BCHQS xã Song", "ban chqs xa song", "BCH QS xã Sông", "DQ", "dân quân"])
def test_a_partner_is_known_by_every_usual_name(name):
    w = world()
    run = read(w, logs.spelled_out([[1, "19h-21h ngày 05/3/2026", "xã Sông", "", f"3 CA, 4 {name}", "khu dân cư", ""]]))
    assert (doubts(run), row(run, 4).values["parties"]) == ([], [[w.police_song.pk, 3], [w.militia_song.pk, 4]])


def test_a_name_that_is_no_units_says_so():
    w = world()
    run = read(w, logs.spelled_out([[1, "19h-21h ngày 05/3/2026", "xã Sông", "", "3 CA, Hội Phụ nữ 4", "khu dân cư", ""]]))
    assert doubts(run)[0] == (4, "parties", "unit-unknown", "Hội Phụ nữ")


def test_what_is_left_of_the_total_is_the_headcount_that_is_missing():
    w = world()
    run = read(w, logs.by_month({"T3": [[5, "19h", "21h", "xã Sông", "DQ", 3, 7, 2, ""]]}))
    assert row(run, 4).values["parties"] == [[w.police_song.pk, 3], [w.militia_song.pk, 4]]


def test_refused_text_is_masked_before_anything_is_kept():
    w = world()
    run = read(w, police(line((NOTE, "Nhắc nhở ông ở ấp 3, CCCD 079085001234, sđt 0912 345 678"))))
    assert doubts(run) == [(7, "note", "identity-number", "Nhắc nhở ông ở ấp 3, CCCD …, sđt …")]
    kept = [
        row(run, 7).cells,
        *m.ImportDoubt.objects.values_list("text", "sentence", "suggestions"),
        *m.Body.objects.values_list("text", flat=True),
        run.sheets,
    ]
    assert [secret for secret in ("079085001234", "0912 345 678", "0912345678") if secret in str(kept)] == []
    assert m.ImportRun.objects.get(pk=run.pk).waiting is None


def test_a_registered_duty_number_passes():
    w = world()
    m.Contact.objects.create(unit=w.police_song, label="Trực ban", number="0912 345 678", digits="0912345678", valid_from=date(2025, 7, 1))
    run = read(w, police(line((NOTE, "Báo trực ban 0912 345 678"))))
    assert states(run) == [(7, "ready")]


def test_a_likely_name_is_asked_about_and_may_be_vouched_for():
    w = world()
    run = read(w, police(line((NOTE, "Gặp bà Trần Thị Bình ở chợ"))))
    (found,) = m.ImportDoubt.objects.filter(row__run=run)
    assert (found.code, found.masked, found.answer) == ("person-name", True, "Trần Thị Bình")
    importing.mend(by=w.lan, row=found.row, cells={}, at=NOON, sure=[found.answer])
    assert (states(run), doubts(run)) == ([(7, "ready")], [])


def test_formulas_and_markup_are_texts_like_others():
    w = world()
    run = read(w, police(line((RESULT, '=cmd|"/c calc"!A1'), (NOTE, "<script>alert(1)</script>"))))
    assert (states(run), row(run, 7).cells["10"], row(run, 7).cells["11"]) == ([(7, "ready")], '=cmd|"/c calc"!A1', "<script>alert(1)</script>")


ROWS = [["Ngày", "Thời gian", "Xã", "Lực lượng"], ["05/3/2026", "19h-21h", "Sông", "3 CA, 4 DQ"]]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (logs.plain([["TỐI MẬT"], *ROWS]), "so.xlsx"), (police(line((NOTE, "(TỐI MẬT)"))), "so.xlsx"), (logs.plain(ROWS, "tối mật"), "so.xlsx"),
        (logs.plain(ROWS), "TOI MAT.xlsx"), (an_xlsx(*ROWS, footer="&CTỐI MẬT").content, "so.xlsx"), (an_xlsx(*ROWS, comment="Tuyệt mật").content, "so.xlsx"),
    ],
    ids=["title", "cell", "sheet", "file", "foot", "note"],
)  # fmt: skip
def test_a_mark_of_secrecy_anywhere_keeps_the_whole_file_out(content, name):
    w = world()
    with pytest.raises(Refused) as refused:
        read(w, content, name)
    assert (refused.value.verdict.code, refused.value.verdict.field, m.ImportRun.objects.count()) == ("secret-mark", "upload", 0)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"%PDF-1.7", "no-spreadsheet"),
        (logs.with_macro(logs.plain([["Ngày", "Giờ"], [1, 2]])), "file-macro"),
        (logs.plain([]), "no-lines"),
        (logs.plain([["Ngày", "Thời gian", "Địa bàn"]]), "no-lines"),
        (logs.two_corners(), "sheet-too-big"),
        (b"", "file-empty"),
    ],
)
def test_a_file_that_is_no_log_is_refused_and_nothing_is_kept(content, code):
    w = world()
    with pytest.raises(Refused) as refused:
        read(w, content)
    assert (refused.value.verdict.code, refused.value.verdict.field) == (code, "upload")
    assert (m.ImportRun.objects.count(), m.Event.objects.filter(what__startswith="import.").count()) == (0, 0)


def test_the_same_line_twice_is_a_question():
    w = world()
    run = read(w, police(line(), line()))
    assert doubts(run) == [(8, "time", "line-twice", "")]
    found = m.ImportDoubt.objects.get(row__run=run)
    importing.mend(by=w.lan, row=found.row, cells={}, at=NOON, sure=[found.answer])
    assert states(run) == [(7, "ready"), (8, "ready")]


def test_a_patrol_recorded_by_hand_is_named():
    w = world()
    known = plan(by=w.lan, draft=a_draft(w, start=at(5, 20, month=3), end=at(5, 22, month=3)), at=at(4, 9, month=3))
    run = read(w, police(line(), line((DAY, "06/3/2026"))))
    assert [(n, code) for n, _, code, _ in doubts(run)] == [(7, "already-recorded")]
    found = m.ImportDoubt.objects.get(row__run=run)
    assert known.matter.code in found.sentence["vi"]
    importing.mend(by=w.lan, row=found.row, cells={}, at=NOON, sure=[found.answer])
    assert states(run) == [(7, "ready"), (8, "ready")]


def test_a_year_of_another_layout_is_grouped_by_what_settles_it():
    w = world()
    rows = [[f"{n % 28 + 1:02}/3/2026", "19h-21h", "Bến Cũ", f"3 CA, {n % 4 + 2} DQ", "", ""] for n in range(30)]
    run = read(w, logs.militia_csv(rows), "so.csv")
    groups = queries.doubt_groups(w.lan, run)
    assert [(g.column, g.text, g.code, g.rows) for g in groups] == [("place", "Bến Cũ", "area-not-then", 30), ("route_kind", "", "kind-missing", 30)]
    assert groups[0].suggestions == [["Xã Sông [#29001]", "Xã Sông (đúng tên, tên cũ, nay là đơn vị này)"]]


def test_a_file_named_after_a_person_is_shown_without_the_name():
    w = world()
    assert str(read(w, police(line()), "So cua Nguyễn Văn An.xlsx").name) == "Sổ tuần tra"


@pytest.mark.parametrize(
    ("said", "outcomes"),
    [
        ("Nhắc nhở 05 trường hợp", {"nhac-nho": 5}),
        ("3 lượt nhắc nhở", {"nhac-nho": 3}),
        ("Nhắc nhở: 4", {"nhac-nho": 4}),
        ("Nhắc nhở chủ quán karaoke, kiểm tra 2 xe máy", {}),
        ("Không phát hiện vụ trộm cắp nào", {}),
    ],
)
def test_reminders_are_counted_only_where_their_number_is_said(said, outcomes):
    w = world()
    assert row(read(w, police(line((RESULT, said)))), 7).values["outcomes"] == outcomes


@pytest.mark.parametrize("count", [1, 60])
def test_a_page_of_the_preview_takes_the_same_few_queries(count, django_assert_num_queries):
    w = world()
    run = read(w, police(*[line((DAY, "29/2/2026"), (START, f"{n // 60}h{n % 60:02}")) for n in range(count)]))
    with django_assert_num_queries(3):
        seen = queries.overview(w.lan, run.pk)
    with django_assert_num_queries(5):
        rows = list(queries.rows_of(w.lan, seen.run)[:50])
        assert [len(r.doubts.all()) for r in rows] == [1] * min(count, 50)
        queries.names_in(rows)
    with django_assert_num_queries(2):
        assert [g.rows for g in queries.doubt_groups(w.lan, run)] == [count]
