"""Eight layouts as units keep them, from the file to lines that are understood. No database."""

from datetime import time
from pathlib import Path

import pytest

from phoihop.domain.activities.rules.log.bounds import check_log
from phoihop.domain.activities.rules.log.grid import sheets_of
from phoihop.domain.activities.rules.log.layout import Layout, layout_of
from phoihop.domain.activities.rules.log.lines import Line, lines_of
from phoihop.domain.activities.rules.log.means import meaning_of_key
from phoihop.domain.activities.rules.log.understanding import read_line
from phoihop.kernel.upload import Upload
from tests.domain.activities import logs


def layouts(content, name="so.xlsx"):
    return [(sheet, layout_of(sheet, name)) for sheet in sheets_of(content)]


def told(content, name="so.xlsx"):
    """Row, when, where, who, of every patrol in the recognised sheets."""
    found = []
    for sheet, layout in layouts(content, name):
        for line in lines_of(sheet, layout) if layout.found else ():
            if isinstance(line, Line):
                r = read_line(line.cells, layout)
                when = f"{r.start:%d/%m %H:%M}-{r.end:%d/%m %H:%M}" if r.start and r.end else None
                found.append((line.n, when, r.area or r.place, [(p.text, p.people) for p in r.parties]))
    return found


def passed(content):
    (sheet, layout), *_ = layouts(content)
    return [(p.n, p.kind) for p in lines_of(sheet, layout) if not isinstance(p, Line) and p.kind != "blank"]


def codes(content):
    (sheet, layout), *_ = layouts(content)
    return [(line.n, d.column, d.n, d.verdict.code) for line in lines_of(sheet, layout) if isinstance(line, Line) for d in read_line(line.cells, layout).doubts]


POLICE = logs.commune_police(
    [
        [("05", 2), "19h30", "21h", "xã Sông", "B1", 3, 4, "-", 7, "Nhắc nhở 05 trường hợp", "đường liên xã"],
        [None, "22h", "01h", "xã Sông", "B1", 2, 2, "", 4, "Bình thường", None],
        ["06/3/2026", "19g30", "20 giờ 45", "phường Đất", "B2", "03", "", 2, 5, None, None],
    ]
)


def test_layout_1_merged_headings_a_numbering_row_merged_days_totals_and_signatures():
    assert told(POLICE) == [
        (7, "05/03 19:30-05/03 21:00", "xã Sông", [("CA", 3), ("QS", 4)]),
        (8, "05/03 22:00-06/03 01:00", "xã Sông", [("CA", 2), ("QS", 2)]),
        (9, "06/03 19:30-06/03 20:45", "phường Đất", [("CA", 3), ("BP", 2)]),
    ]
    assert passed(POLICE) == [(10, "total"), (12, "signature"), (15, "signature")]


def test_layout_1_its_columns():
    (_, layout), *_ = layouts(POLICE)
    assert [c.meaning.key for c in layout.columns] == [
        "skip", "day", "start", "end", "area", "route", "people:CA", "people:QS", "people:BP", "total", "result", "note",
    ]  # fmt: skip
    assert [c.title for c in layout.columns][2:4] == ["Thời gian · Từ", "Thời gian · Đến"]
    assert Layout.of_json(layout.as_json()) == layout


def test_layout_2_a_csv_without_diacritics():
    content = logs.militia_csv([["05/3/26", "19h-21h", "Song", "3 CA, 4 DQ", 2, "Tot"], ["06/3/26", "20h", "Song", "CA xa, DQ", "", ""]])
    assert told(content) == [(2, "05/03 19:00-05/03 21:00", "Song", [("CA", 3), ("DQ", 4)]), (3, None, "Song", [("CA xa", None), ("DQ", None)])]
    assert codes(content) == [(3, "time", 2, "time-missing")]


def test_layout_3_dates_with_times_and_units_by_name():
    content = logs.border_station(
        [
            [
                logs.naive(2026, 3, 5, 19, 30),
                logs.naive(2026, 3, 6, 1),
                "xã Sông",
                "Sông Hàm Luông",
                "Công an xã Sông",
                4,
                3,
                "01 xuồng, 2 xe máy",
                "Kiểm tra 5 phương tiện",
            ]
        ]
    )
    assert told(content) == [(4, "05/03 19:30-06/03 01:00", "xã Sông", [("Công an xã Sông", None)])]
    (sheet, layout), *_ = layouts(content)
    r = read_line(next(line for line in lines_of(sheet, layout) if isinstance(line, Line)).cells, layout)
    assert (r.lead_people, r.other_people, r.means, r.kind) == (4, 3, {"xuong": 1, "xemay": 2}, "river")


def test_layout_4_a_sheet_for_each_month_with_days_alone():
    content = logs.by_month({"T3": [[5, time(19, 30), time(21), "Sông", "DQ", 3, 7, 2, ""]], "T4": [[30, time(22), time(1), "Sông", "DQ", 3, 7, "", 1]]})
    assert [(when, where) for _, when, where, _ in told(content)] == [("05/03 19:30-05/03 21:00", "Sông"), ("30/04 22:00-01/05 01:00", "Sông")]
    assert [layout.found for _, layout in layouts(content)] == [True, True, False]
    (_, layout), *_ = layouts(content)
    assert [c.meaning.key for c in layout.columns][5:] == ["people:@lead", "total", "outcome:nhac-nho", "outcome:vp.trom-cap"]


def test_layout_5_rows_of_one_patrol_are_put_together():
    content = logs.force_a_row(
        [
            ("19h-21h ngày 05/3/2026", "xã Sông", "đường bộ", [("Công an xã", 3), ("Ban CHQS xã", 4), ("Tổ BVANTT", 2)]),
            ("20h-22h ngày 06/3/2026", "xã Sông", "sông", [("Công an xã", 3)]),
        ]
    )
    assert told(content) == [
        (2, "05/03 19:00-05/03 21:00", "xã Sông", [("Công an xã", 3), ("Ban CHQS xã", 4), ("Tổ BVANTT", 2)]),
        (5, "06/03 20:00-06/03 22:00", "xã Sông", [("Công an xã", None)]),
    ]


def test_layout_6_in_words_with_months_as_dividers():
    content = logs.spelled_out(
        [
            ["Tháng 3 năm 2026"],
            [1, "Từ 19 giờ 30 đến 21 giờ ngày 05 tháng 3 năm 2026", "xã Sông", "Công an xã", "3 CA, 4 DQ", "vũ trang", "Nguyễn Văn An"],
            ["Tháng 4 năm 2026"],
            [2, "22h đêm - 1h sáng ngày 30/4", "xã Sông", "Công an xã", "hai CA, ba DQ", "không vũ trang", "Nguyễn Văn An"],
        ]
    )
    assert told(content) == [
        (5, "05/03 19:30-05/03 21:00", "xã Sông", [("CA", 3), ("DQ", 4)]),
        (7, "30/04 22:00-01/05 01:00", "xã Sông", [("ca", 2), ("dq", 3)]),
    ]
    assert passed(content) == [(4, "title"), (6, "title"), (8, "heading"), (9, "total")]


def test_names_of_persons_are_not_even_read():
    content = logs.spelled_out([[1, "19h-21h ngày 05/3/2026", "xã Sông", "Công an xã", "3 CA, 4 DQ", "", "Nguyễn Văn An"]])
    (sheet, layout), *_ = layouts(content)
    assert layout.columns[6].meaning.key == "person"
    assert "Nguyễn Văn An" not in [v for line in lines_of(sheet, layout) if isinstance(line, Line) for v in line.cells.values()]


def test_layout_7_without_headings_waits_for_the_officer_to_map_it():
    content = logs.no_headings([["05/3/2026", "19h-21h", "xã Sông", 3, 4], ["06/3/2026", "20h-22h", "xã Sông", 3, 4]])
    ((sheet, layout),) = layouts(content)
    assert (layout.found, [c.meaning.key for c in layout.columns]) == (False, ["skip"] * 5)
    mapped = layout.mapped({n: meaning_of_key(key) for n, key in enumerate(("day", "time", "area", "people:CA", "people:QS"))}, layout.hint)
    readings = [read_line(line.cells, mapped) for line in lines_of(sheet, mapped) if isinstance(line, Line)]
    assert [(f"{r.start:%d %H:%M}", [(p.text, p.people) for p in r.parties]) for r in readings] == [
        ("05 19:00", [("CA", 3), ("QS", 4)]),
        ("06 20:00", [("CA", 3), ("QS", 4)]),
    ]


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_layout_1_saved_by_libreoffice_in_older_kinds_of_file(kind):
    """An .ods does not say which cells are merged: the day is carried down and the group of headings to the right."""
    content = (Path(__file__).parent / "data" / f"log.{kind}").read_bytes()
    check_log(Upload(f"so.{kind}", content))
    assert told(content) == [
        (7, "05/03 19:30-05/03 21:00", "xã Sông", [("CA", 3), ("QS", 4)]),
        (8, "05/03 22:00-06/03 01:00", "xã Sông", [("CA", 2), ("QS", 2)]),
    ]


def test_layout_8_from_libreoffice():
    content = logs.ods([["Ngày", "Giờ đi", "Giờ về", "Xã", "Lực lượng"], ["5/3/2026", "19:30", "21:00", "Sông", "3 CA, 4 DQ"]])
    assert told(content) == [(2, "05/03 19:30-05/03 21:00", "Sông", [("CA", 3), ("DQ", 4)])]


def test_an_empty_sheet_has_nothing():
    assert sheets_of(logs.plain([])) == []
    assert told(logs.plain([["Ngày", "Thời gian", "Địa bàn"]])) == []


def test_the_files_name_gives_the_year_that_nothing_else_does():
    content = logs.plain([["Ngày", "Thời gian", "Địa bàn", "Lực lượng"], ["5/3", "19h-21h", "Sông", "3 CA, 4 DQ"]])
    assert [when for _, when, *_ in told(content, "Sổ tuần tra 2025.xlsx")] == ["05/03 19:00-05/03 21:00"]
    assert codes(content) == [(2, "day", 0, "year-missing")]


def test_every_cell_that_cannot_be_read_is_named_with_its_code():
    content = logs.commune_police([["31/4/2026", "25h", "abc", "Sông", "B1", "hai ba", 1.5, "x", "khoảng 7", None, None]])
    assert codes(content) == [
        (7, "people:CA", 6, "not-a-number"),
        (7, "people:QS", 7, "not-whole"),
        (7, "total", 9, "not-a-number"),
        (7, "day", 1, "no-such-day"),
        (7, "start", 2, "no-such-hour"),
        (7, "end", 3, "no-hour"),
    ]


def test_formulas_and_markup_stay_the_texts_they_are():
    content = logs.commune_police([["05", "19h", "21h", "xã Sông", "B1", 3, 4, None, 7, '=cmd|"/c calc"!A1', "<script>alert(1)</script>"]])
    (sheet, layout), *_ = layouts(content)
    line = next(line for line in lines_of(sheet, layout) if isinstance(line, Line))
    assert read_line(line.cells, layout).note == '=cmd|"/c calc"!A1\n<script>alert(1)</script>'


def test_a_stored_date_swapped_by_a_foreign_machine_is_asked_about():
    content = logs.commune_police([["2026-05-03", "19h", "21h", "xã Sông", "B1", 3, 4, None, 7, None, None]])
    assert codes(content) == [(7, "day", 1, "day-month-swapped")]
