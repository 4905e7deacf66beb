"""A .docx, a PDF and the plain text of one document carry the same words and the same figures."""

from collections import Counter
from dataclasses import replace

import pytest

from phoihop.papers.cells import Column, Figure, Row, Table
from phoihop.papers.document import Document, Item, Paragraph, figures_in
from phoihop.papers.numbering import Level
from phoihop.papers.plain import to_text
from tests.papers.reading import numbers, pages, squeezed, word_texts
from tests.papers.samples import a_joint_plan, a_letter, a_report, an_item, commune_table

# Page furniture and repeated headers are the paper's, not the document's: without them the texts must be equal.
BARE = {"demo": False, "provenance": None}


def without_page_numbers(read: list[str]) -> str:
    return "\n".join(page.removeprefix(f"{number}\n") for number, page in enumerate(read, 1))


@pytest.mark.parametrize("make", [a_letter, a_joint_plan, an_item])
def test_all_three_say_the_same_word_for_word(make):
    document = replace(make(), **BARE)
    printed = squeezed(without_page_numbers(pages(document)))
    assert squeezed("".join(word_texts(document))) == printed == squeezed(to_text(document))


@pytest.mark.parametrize("communes", [1, 14])
def test_a_report_with_tables_says_the_same_letter_for_letter(communes):
    document = replace(a_report(communes=communes, appendices=False), **BARE)
    # A merged header cell is read from its middle, so only here the order is left out of the comparison.
    printed = Counter(squeezed(without_page_numbers(pages(document))))
    header = Counter(squeezed("Xã, phường Tuần tra chung Vụ việc mới Tin xác minh Cuộc Trên biển Lượt tổ Lượt người Đã trả lời Đúng hạn"))
    repeated = printed - Counter(squeezed("".join(word_texts(document))))
    assert repeated in (Counter(), header)
    assert squeezed("".join(word_texts(document))) == squeezed(to_text(document).replace(" | ", ""))


@pytest.mark.parametrize("communes", [124, 300])
def test_a_report_of_a_province_carries_the_same_numbers_in_all_three(communes):
    document = replace(a_report(communes=communes, pages_of_text=3), **BARE)
    in_word, in_plain = numbers("\n".join(word_texts(document))), numbers(to_text(document))
    read = pages(document)
    first = next(at for at, page in enumerate(read) if page.startswith("Phụ lục I\n"))
    second = next(at for at, page in enumerate(read) if page.startswith("Phụ lục II\n"))
    in_pdf = sum((numbers(without_page_numbers(part)) for part in (read[:first], read[first:second], read[second:])), Counter())
    assert in_word == in_plain == in_pdf
    listed = Counter(number for figure in figures_in(document) for number in numbers(figure))
    assert listed.total() > communes * 6
    assert listed <= in_pdf


def test_a_document_that_has_no_other_numbers_carries_exactly_its_figures():
    table = replace(commune_table(30), rows=tuple(row for row in commune_table(30).rows))
    document = Document("Kết quả", (Paragraph(("Có ", Figure(20629), " cuộc, ", Figure(978, 1, percent=True))), Item(Level.DASH, Figure(-15, mark="")), table))
    exact = sum((numbers(figure) for figure in figures_in(document)), Counter())
    assert numbers("\n".join(word_texts(document))) == numbers(without_page_numbers(pages(document))) == numbers(to_text(document)) == exact


def test_what_is_missing_is_a_dash_everywhere_and_never_nought():
    table = Table((Column("Xã"), Column("Cuộc"), Column("Tỷ lệ")), (Row(("Ba Tri", None, Figure(None, 1, percent=True))),))
    document = Document("x", (Paragraph(("Có ", Figure(None), " cuộc")), table))
    expected = ["x", "Có – cuộc", "", "Xã", "Cuộc", "Tỷ lệ", "Ba Tri", "–", "–", "–: chưa có số liệu"]
    assert word_texts(document) == expected
    assert pages(document) == ["x\nCó – cuộc\nXã Cuộc Tỷ lệ\nBa Tri – –\n–: chưa có số liệu"]
    assert to_text(document) == "x\nCó – cuộc\nXã | Cuộc | Tỷ lệ\nBa Tri | – | –\n–: chưa có số liệu\n"
