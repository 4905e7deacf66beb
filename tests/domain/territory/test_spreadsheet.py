import io
from datetime import date

import pytest
import xlsxwriter

from phoihop.domain.territory.rules import BEFORE_ALL, TWO_TIERS, AreaKey
from phoihop.domain.territory.rules.spreadsheet import Link, lists_from, read_file
from phoihop.kernel.upload import Upload
from phoihop.kernel.verdict import Refused
from tests.domain.territory.small import nation, news, olds

DAY = date(2026, 4, 30)


def csv(text):
    return Upload("danh-muc.csv", text.encode())


def xlsx(*sheets):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    for rows in sheets:
        sheet = book.add_worksheet()
        for n, row in enumerate(rows):
            for k, cell in enumerate(row):
                sheet.write(n, k, cell, book.add_format({"num_format": "dd/mm/yyyy"}) if isinstance(cell, date) else None)
    book.close()
    return Upload("danh-muc.xlsx", out.getvalue())


def test_a_list_is_read_with_english_headings():
    found = read_file(csv("code,name,kind,parent_code,valid_from,valid_until\n00004,Ba Đình,Phường,01,2025-07-01,\n29125,Xã Bảo Thạnh,,86,,30/06/2027\n"), DAY)
    ba_dinh, bao_thanh = found.areas
    assert (ba_dinh.code, ba_dinh.kind, ba_dinh.name, ba_dinh.parent, ba_dinh.level, ba_dinh.valid_from) == (
        "00004",
        "phuong",
        "Ba Đình",
        "01",
        "commune",
        TWO_TIERS,
    )
    assert (bao_thanh.kind, bao_thanh.name, bao_thanh.valid_from, bao_thanh.valid_until) == ("xa", "Bảo Thạnh", DAY, date(2027, 6, 30))


def test_a_workbook_gives_back_the_zeros_that_it_drops_and_reads_days():
    rows = [["DANH MỤC"], ["Mã xã", "Tên xã", "Mã tỉnh", "Từ ngày", "Diện tích (ha)"], [4, "Phường Ba Đình", 1, date(2025, 7, 1), 297]]
    (area,) = read_file(xlsx(rows), DAY).areas
    assert (area.code, area.parent, area.valid_from, area.hectares, area.parent) == ("00004", "01", TWO_TIERS, 297, "01")


@pytest.mark.parametrize(
    ("name", "code", "level", "parent"),
    [("Thành phố Đồng Nai", "75", "province", "VN"), ("Thành phố Trà Vinh", "842", "district", ""), ("Đặc khu Lý Sơn", "21548", "commune", "")],
)
def test_the_level_follows_from_kind_and_code(name, code, level, parent):
    (area,) = read_file(csv(f"mã;tên\n{code};{name}\n"), DAY).areas
    assert (area.level, area.parent) == (level, parent)


def test_a_workbook_may_hold_units_and_successions_each_on_its_sheet():
    areas = [["code", "name"], ["29011", "Xã Sông Mới"]]
    links = [["Mã cũ", "Mã mới", "Ngày", "Tỷ lệ (%)", "Căn cứ"], ["29001", "29011", date(2026, 4, 30), 40, "NQ 1"], ["29001", "29002", "30/4/2026", "60%", ""]]
    found = read_file(xlsx(areas, links), DAY)
    assert [area.name for area in found.areas] == ["Sông Mới"]
    assert found.links == [Link("29001", "29011", DAY, 400_000, "NQ 1"), Link("29001", "29002", DAY, 600_000, "")]


@pytest.mark.parametrize(
    ("upload", "code"),
    [
        (Upload("x.xlsx", b"PK\x03\x04broken"), "file-broken"),
        (Upload("x.csv", b"\xff\xfe\xfa"), "file-broken"),
        (csv("a,b\n1,2\n"), "no-heading"),
        (csv("code,name\n29001,\n"), "row-incomplete"),
        (csv("code,name\n29001,Sông\n"), "no-such-kind"),
        (csv("code,name,valid_from\n29001,Xã Sông,31/02/2026\n"), "no-such-day"),
        (csv("code,name,lat\n29001,Xã Sông,abc\n"), "no-number"),
        (csv("old_code,new_code\n,29001\n"), "row-incomplete"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_row(upload, code):
    with pytest.raises(Refused) as refused:
        read_file(upload, DAY)
    assert (refused.value.verdict.code, refused.value.verdict.field) == (code, "upload")


def known():
    return [nation(), *olds(), *news()]


def test_codes_of_a_file_are_matched_with_the_units_of_that_day_and_an_old_one_ends():
    lists = lists_from(read_file(csv("code,name,parent_code\n29011,Xã Sông Mới,86\n"), DAY), known())
    assert [row.code for row in lists.areas] == ["29011"]
    links = lists_from(read_file(csv("old_code,new_code,day\n29001,29002,30/4/2026\n"), DAY), known())
    assert [(s.old, s.new, s.kind) for s in links.successions] == [(AreaKey("civil", "29001", TWO_TIERS), AreaKey("civil", "29002", TWO_TIERS), "merge")]
    assert [(row.code, row.valid_until) for row in links.areas] == [("29001", DAY)]


def test_the_code_of_a_day_means_the_unit_of_that_day():
    lists = lists_from(read_file(csv("old_code,new_code,day\n29001,29002,1/7/2025\n29001,29001,1/7/2025\n850,,1/7/2025\n"), DAY), known())
    assert {(s.old.valid_from, s.kind) for s in lists.successions} == {(BEFORE_ALL, "split"), (BEFORE_ALL, "abolish")}
    assert lists.areas == ()


@pytest.mark.parametrize("line", ["29099,29001,1/7/2025", "29001,29099,1/7/2025", "29001,29002,1/1/2003"])
def test_a_code_that_nobody_bore_that_day_is_refused(line):
    with pytest.raises(Refused) as refused:
        lists_from(read_file(csv(f"old_code,new_code,day\n{line}\n"), DAY), known())
    assert refused.value.verdict.code == "no-such-area"
