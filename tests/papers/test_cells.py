from datetime import date

import pytest

from phoihop.papers.cells import Column, Figure, HeaderCell, Row, Table, header_places, legend, shown

TWO = (Column("Xã"), Column("Cuộc"))


@pytest.mark.parametrize(
    ("cell", "vi", "en"),
    [
        (Figure(20629), "20.629", "20,629"),
        (Figure(978, 1, percent=True), "97,8%", "97.8%"),
        (Figure(180, mark=">"), ">180", ">180"),
        (Figure(125, 1, mark="≈"), "≈12,5", "≈12.5"),
        (Figure(0), "0", "0"),
        (Figure(None, 1, percent=True, mark="≈"), "–", "–"),
        (None, "–", "–"),
        ("", "", ""),
        ("<5", "<5", "<5"),
        (date(2026, 11, 21), "21/11/2026", "21 Nov 2026"),
    ],
)
def test_a_cell_is_shown_as_a_reader_expects_and_a_missing_one_is_never_nought(cell, vi, en):
    assert (shown(cell), shown(cell, "en")) == (vi, en)


def test_the_meaning_of_the_dash_is_told_where_one_stands_and_only_there():
    missing = Table(TWO, (Row(("Ba Tri", None)),), notes=("Số liệu sơ bộ",))
    assert legend(missing) == ("Số liệu sơ bộ", "–: chưa có số liệu")
    assert legend(missing, "en") == ("Số liệu sơ bộ", "–: no figure yet")
    assert legend(Table(TWO, (Row(("Ba Tri", Figure(None))),), notes=("–: xã chưa gửi",))) == ("–: xã chưa gửi",)
    assert legend(Table(TWO, (Row(("Ba Tri", Figure(0))), Row(("", ""))))) == ()


def test_a_header_of_two_rows_is_laid_out_as_in_html():
    header = ((HeaderCell("Xã", rows=2), HeaderCell("Tuần tra", columns=2)), (HeaderCell("Cuộc"), HeaderCell("Lượt")))
    table = Table((Column("Xã"), Column("Cuộc"), Column("Lượt")), (), header)
    assert [(p.cell.text, p.row, p.column) for p in header_places(table)] == [("Xã", 0, 0), ("Tuần tra", 0, 1), ("Cuộc", 1, 1), ("Lượt", 1, 2)]


@pytest.mark.parametrize(
    "broken",
    [
        lambda: Table((), ()),
        lambda: Table(TWO, (Row(("Ba Tri",)),)),
        lambda: Table(TWO, (Row(("Ba Tri", Figure(1), Figure(2))),)),
        lambda: Table(TWO, (Row(("Cộng",), "total"),)),
        lambda: Table(TWO, (), ((HeaderCell("Xã"),),)),
        lambda: Table(TWO, (), ((HeaderCell("Xã", columns=3),),)),
        lambda: Table(TWO, (), ((HeaderCell("Xã", rows=2), HeaderCell("Cuộc")),)),
    ],
)
def test_a_table_that_does_not_fit_is_refused(broken):
    with pytest.raises(ValueError, match=r"column|cells|header"):
        broken()


def test_the_row_of_a_group_may_be_one_cell_across():
    table = Table(TWO, (Row(("Khu vực A",), "group"), Row(("Khu vực B", Figure(3)), "group")))
    assert [len(row.cells) for row in table.rows] == [1, 2]
