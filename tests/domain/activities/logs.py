"""Patrol logs as units keep them, made as real files: eight layouts, and what goes wrong in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from typing import Any

import openpyxl
import xlsxwriter

Row = Sequence[Any]


def naive(*parts: int) -> datetime:
    """A moment as a spreadsheet stores it: without a zone."""
    return datetime(*parts)  # noqa: DTZ001


def xlsx(fill: Callable[[Any], None]) -> bytes:
    """A workbook that ``fill`` writes."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    fill(book)
    book.close()
    return out.getvalue()


def plain(rows: Sequence[Row], name: str = "Sheet1") -> bytes:
    """A workbook of one sheet with these rows and no formatting."""

    def fill(book: Any) -> None:
        sheet = book.add_worksheet(name)
        for n, row in enumerate(rows):
            for c, value in enumerate(row):
                if value is not None:
                    sheet.write_string(n, c, value) if isinstance(value, str) else sheet.write(n, c, value)

    return xlsx(fill)


def commune_police(rows: Sequence[Row], *, month: str = "THÁNG 3 NĂM 2026", sheet_name: str = "Tháng 3") -> bytes:
    """Layout 1. Title, two rows of merged headings, a numbering row, a total, signatures. Columns from "Ngày" on:
    ngày, từ, đến, địa bàn, tuyến, CA, QS, BĐBP, tổng, kết quả, ghi chú. A day given as (text, rows) is merged."""

    def fill(book: Any) -> None:
        sheet = book.add_worksheet(sheet_name)
        sheet.merge_range("A1:L1", "CÔNG AN XÃ SÔNG")
        sheet.merge_range("A2:L2", f"SỔ THEO DÕI TUẦN TRA CHUNG {month}")
        for column, title in zip("ABEFJKL", ("STT", "Ngày", "Địa bàn", "Tuyến", "Tổng quân số", "Kết quả", "Ghi chú"), strict=True):
            sheet.merge_range(f"{column}4:{column}5", title)
        sheet.merge_range("C4:D4", "Thời gian")
        sheet.merge_range("G4:I4", "Lực lượng tham gia")
        for cell, title in zip(("C5", "D5", "G5", "H5", "I5"), ("Từ", "Đến", "CA", "QS", "BĐBP"), strict=True):
            sheet.write(cell, title)
        for c in range(12):
            sheet.write(5, c, f"({c + 1})")
        for n, (day, *rest) in enumerate(rows, 6):
            sheet.write(n, 0, n - 5)
            if isinstance(day, tuple):
                sheet.merge_range(n, 1, n + day[1] - 1, 1, day[0])
            elif day is not None:
                sheet.write(n, 1, day)
            sheet.write_row(n, 2, rest)
        last = 6 + len(rows)
        sheet.write_row(last, 1, ["Cộng", None, None, None, None, 99, 99])
        sheet.write_row(last + 2, 1, ["Người lập", None, None, None, None, None, None, "TRƯỞNG CÔNG AN XÃ"])
        sheet.write_row(last + 5, 1, ["Trần Thị Bình", None, None, None, None, None, None, "Nguyễn Văn An"])

    return xlsx(fill)


def militia_csv(rows: Sequence[Row], encoding: str = "utf-8-sig", delimiter: str = ";") -> bytes:
    """Layout 2. No diacritics in the headings, one column for from and to, headcounts within the list of forces."""
    lines = [delimiter.join(("STT", "Ngay thang", "Thoi gian", "Dia diem", "Luc luong tham gia", "Nhac nho", "Ghi chu"))]
    lines += [delimiter.join(str(v) for v in (n, *row)) for n, row in enumerate(rows, 1)]
    text = "\r\n".join(lines) + "\r\n"
    return text.encode(encoding) if encoding != "cp1258" else as_cp1258(text)


def border_station(rows: Sequence[Row]) -> bytes:
    """Layout 3. Real dates with times in "đi" and "về", units by name, means as a list."""

    def fill(book: Any) -> None:
        sheet, moment = book.add_worksheet("Sổ"), book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        sheet.write(0, 2, "ĐỒN BIÊN PHÒNG CỬA SÔNG")
        sheet.write_row(
            2,
            2,
            [
                "TT",
                "Ngày giờ đi",
                "Ngày giờ về",
                "Địa bàn",
                "Tuyến tuần tra",
                "Đơn vị phối hợp",
                "Quân số đơn vị",
                "Quân số phối hợp",
                "Phương tiện",
                "Kết quả",
            ],
        )
        for n, row in enumerate(rows, 3):
            for c, value in enumerate((n - 2, *row), 2):
                sheet.write_datetime(n, c, value, moment) if isinstance(value, datetime) else sheet.write(n, c, value)

    return xlsx(fill)


def by_month(months: dict[str, Sequence[Row]], year: int = 2026) -> bytes:
    """Layout 4. A sheet a month, days as numbers alone, hours as real times, outcomes in a group of columns; one sheet is a summary."""

    def fill(book: Any) -> None:
        clock = book.add_format({"num_format": "hh:mm"})
        for name, rows in months.items():
            sheet = book.add_worksheet(name)
            sheet.write(0, 0, f"Nhật ký tuần tra năm {year}")
            for column, title in zip("ABCDE", ("Ngày", "Bắt đầu", "Kết thúc", "Xã", "Lực lượng phối hợp"), strict=True):
                sheet.merge_range(f"{column}2:{column}3", title)
            sheet.merge_range("F2:G2", "Quân số")
            sheet.merge_range("H2:I2", "Kết quả")
            for cell, title in zip(("F3", "G3", "H3", "I3"), ("Chủ trì", "Tổng", "Nhắc nhở", "Trộm cắp"), strict=True):
                sheet.write(cell, title)
            for n, row in enumerate(rows, 3):
                for c, value in enumerate(row):
                    sheet.write_datetime(n, c, value, clock) if isinstance(value, time) else sheet.write(n, c, value)
        summary = book.add_worksheet("Tổng hợp")
        summary.write_row(0, 0, ["Chỉ tiêu", "Số lượng"])
        summary.write_row(1, 0, ["Số cuộc", 99])

    return xlsx(fill)


def force_a_row(patrols: Sequence[tuple[str, str, str, Sequence[tuple[str, int]]]]) -> bytes:
    """Layout 5. Each force on a row of its own under the merged cells of its patrol (openpyxl, as Excel would write it)."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "2026"
    sheet.append(["TT", "Thời gian", "Địa bàn", "Loại tuyến", "Lực lượng", "Quân số"])
    for n, (when, where, kind, crews) in enumerate(patrols, 1):
        first = sheet.max_row + 1
        for name, people in crews:
            sheet.append([n, when, where, kind, name, people] if sheet.max_row + 1 == first else [None, None, None, None, name, people])
        for column in range(1, 5):
            if len(crews) > 1:
                sheet.merge_cells(start_row=first, end_row=first + len(crews) - 1, start_column=column, end_column=column)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def spelled_out(rows: Sequence[Row]) -> bytes:
    """Layout 6. Everything in words, months as dividers, the headings again on each page."""
    heading = ["Số TT", "Thời gian tuần tra (từ... đến...)", "Địa bàn, xã", "Đơn vị chủ trì", "Thành phần tham gia", "Hình thức", "Người chỉ huy"]
    heading[2] = "Địa bàn tuần tra"
    return plain([["TỔNG HỢP TUẦN TRA CHUNG"], [], heading, *rows, heading, [None, "Cộng: 12 cuộc"]])


def no_headings(rows: Sequence[Row]) -> bytes:
    """Layout 7. A list nobody gave headings to: the officer says what the columns are."""
    return plain(rows)


def ods(rows: Sequence[Row], rows_repeated: int = 1, cells_repeated: int = 1) -> bytes:
    """Layout 8. A sheet of LibreOffice, with the endless empty rows it writes at the end; or one that repeats what is not empty."""
    cell = f'<table:table-cell office:value-type="string" table:number-columns-repeated="{cells_repeated}"><text:p>{{}}</text:p></table:table-cell>'
    line = f'<table:table-row table:number-rows-repeated="{rows_repeated}">{{}}</table:table-row>'
    cells = "".join(line.format("".join(cell.format(v) for v in row)) for row in rows)
    empty = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text"))
    content = (
        f'<?xml version="1.0"?><office:document-content {spaces} office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="Sổ">{cells}{empty}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", content)
        packed.writestr("META-INF/manifest.xml", manifest)
    return out.getvalue()


def with_macro(content: bytes) -> bytes:
    """The same workbook with a macro in it."""
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a") as packed:
        packed.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    return out.getvalue()


def two_corners() -> bytes:
    """A few bytes that ask for sixteen thousand million cells."""

    def fill(book: Any) -> None:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "Ngày")
        sheet.write(1_048_575, 16_383, "x")

    return xlsx(fill)


def many(count: int) -> bytes:
    """A flat log of so many patrols of Sông, one hour each, from 1 January 2026 on: all of them good."""
    first = date(2026, 1, 1).toordinal()
    rows = [
        [f"{date.fromordinal(first + n // 24):%d/%m/%Y}", f"{n % 24}h00-{n % 24}h50", "xã Sông", "đường liên ấp", 3, 4, f"Tuần tra đoạn {n}"]
        for n in range(count)
    ]
    return plain([["Ngày", "Thời gian", "Địa bàn", "Tuyến", "Quân số CA", "Quân số QS", "Ghi chú"], *rows], "Năm 2026")


def as_cp1258(text: str) -> bytes:
    """Windows-1258: the vowel with its shape, then its tone as a mark of its own."""
    import unicodedata

    out = []
    for char in text:
        try:
            out.append(char.encode("cp1258"))
        except UnicodeEncodeError:
            base, *marks = unicodedata.normalize("NFD", char)
            tones = [m for m in marks if m in "\u0300\u0301\u0303\u0309\u0323"]
            shape = unicodedata.normalize("NFC", base + "".join(m for m in marks if m not in tones))
            out.append((shape + "".join(tones)).encode("cp1258"))
    return b"".join(out)
