"""What a file may be, and the sheets in it."""

import pytest

from phoihop.domain.activities.rules.log.bounds import check_log
from phoihop.domain.activities.rules.log.grid import sheets_of
from phoihop.domain.activities.rules.log.intake import take
from phoihop.kernel import gates
from phoihop.kernel.upload import Upload
from phoihop.kernel.verdict import YES, Refused
from tests.domain.activities import logs

TEXT = "STT;Ngày;Giờ;Địa bàn;Lực lượng\n1;05/3/2026;19h30-21h;Bảo Thạnh;CA, DQ\n2;06/3/2026;20h-22h;Tân Thủy;“CA” – DQ\n"


def rows(content):
    (sheet,) = sheets_of(content)
    return [row for _, row in sheet.rows()]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1258"])
def test_a_csv_of_any_machine_reads_the_same(encoding):
    content = logs.as_cp1258(TEXT) if encoding == "cp1258" else TEXT.encode(encoding)
    assert rows(content)[1] == ["1", "05/3/2026", "19h30-21h", "Bảo Thạnh", "CA, DQ"]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_delimiter_is_found(delimiter):
    text = delimiter.join(("Ngày", "Giờ", "Xã")) + "\n" + delimiter.join(("05/3/2026", "19h", '"Bảo, Thạnh; x"')) + "\n"
    assert rows(text.encode())[1] == ["05/3/2026", "19h", "Bảo, Thạnh; x"]


def test_excels_own_note_of_the_delimiter_is_no_row():
    assert rows("sep=|\nNgày|Giờ\n05/3|19h\n".encode()) == [["Ngày", "Giờ"], ["05/3", "19h"]]


def test_letters_of_old_vntime_fonts_are_read_in_a_workbook_too():
    content = logs.plain([["Ngµy", "TuÇn tra", "C«ng an x·", "Lùc l­îng", "§Þa bµn"], ["05/3/2026", "®­êng liªn x·", "3", "4", "B¶o Th¹nh"]])
    assert rows(content)[0] == ["Ngày", "Tuần tra", "Công an xã", "Lực lượng", "Địa bàn"]
    assert rows(content)[1][4] == "Bảo Thạnh"


def test_cells_come_as_texts_and_numbers():
    from datetime import time

    def fill(book):
        sheet = book.add_worksheet()
        sheet.write_datetime(0, 1, logs.naive(2026, 3, 5), book.add_format({"num_format": "dd/mm/yyyy"}))
        sheet.write_datetime(0, 2, logs.naive(2026, 3, 5, 19, 30), book.add_format({"num_format": "dd/mm/yyyy hh:mm"}))
        sheet.write_datetime(0, 3, time(19, 30), book.add_format({"num_format": "hh:mm"}))
        sheet.write_row(0, 4, [3, 1.5, True, False, "  hai  chữ "])

    assert rows(logs.xlsx(fill)) == [[None, "2026-03-05", "2026-03-05 19:30", "19:30", 3, 1.5, "x", None, "hai  chữ"]]


def test_a_sheet_of_libreoffice_stops_where_its_text_does():
    assert rows(logs.ods([["Ngày", "Giờ"], ["05/3/2026", "19h"]])) == [["Ngày", "Giờ"], ["05/3/2026", "19h"]]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file-empty"),
        (b"%PDF-1.7 ...", "no-spreadsheet"),
        (b"\x89PNG\r\n\x1a\n....", "no-spreadsheet"),
        (b"MZ\x90\x00", "file-program"),
        ("một dòng chữ, không phải bảng".encode(), "no-spreadsheet"),
        (b"<html><body>xin chao</body></html>", "file-program"),
        (b"PK\x03\x04 broken", "file-unreadable"),
        (logs.with_macro(logs.plain([["Ngày"]])), "file-macro"),
        (logs.two_corners(), "sheet-too-big"),
        (logs.ods([["Ngày"]], rows_repeated=1_000_000), "sheet-too-big"),
        (logs.ods([["Ngày"]], cells_repeated=16_000), "sheet-too-big"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "_VBA_PROJECT".encode("utf-16-le"), "file-macro"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"), "file-locked"),
    ],
)
def test_what_is_no_spreadsheet_or_would_do_harm_is_refused(content, code):
    with pytest.raises(Refused) as refused:
        check_log(Upload("so.xlsx", content))
    assert refused.value.verdict.code == code


def test_a_file_over_the_limit_is_refused_before_it_is_opened(monkeypatch):
    monkeypatch.setattr(gates, "limits", gates.Limits(upload=200 * gates.files.MEGABYTE))
    with pytest.raises(Refused) as refused:
        check_log(Upload("so.xlsx", b"PK\x03\x04" + bytes(200 * gates.files.MEGABYTE)))
    assert refused.value.verdict.code == "file-too-big"


@pytest.mark.parametrize("damage", [0.1, 0.3, 0.5, 0.7, 0.9])
def test_a_damaged_workbook_is_refused_and_never_an_accident(damage):
    content = bytearray(logs.plain([["Ngày", "Giờ"], ["05/3/2026", "19h"]]))
    content[int(len(content) * damage)] ^= 0xFF
    del content[int(len(content) * damage) + 7]
    with pytest.raises(Refused) as refused:
        take(bytes(content), "so.xlsx", lambda _text: YES)
    assert refused.value.verdict.code == "file-unreadable"


@pytest.mark.parametrize("content", [logs.plain([["Ngày", "Giờ"]]), logs.ods([["Ngày"]]), TEXT.encode()])
def test_spreadsheets_pass(content):
    assert check_log(Upload("không tên", content)) is None


def test_an_old_workbook_that_is_none_says_so():
    with pytest.raises(Refused) as refused:
        sheets_of(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600)
    assert refused.value.verdict.code == "file-unreadable"
