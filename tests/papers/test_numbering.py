import pytest

from phoihop.papers.numbering import Counter, Level, letter, roman


@pytest.mark.parametrize(("n", "written"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (40, "XL"), (99, "XCIX"), (2026, "MMXXVI")])
def test_parts_and_chapters_are_counted_in_roman_numerals(n, written):
    assert roman(n) == written


def test_points_are_counted_by_the_vietnamese_alphabet():
    assert "".join(letter(n) for n in range(1, 24)) == "abcdđeghiklmnopqrstuvxy"
    assert [letter(24), letter(25), letter(46), letter(47)] == ["aa", "ab", "ay", "ba"]


def test_a_division_starts_again_below_a_higher_one_but_chapters_and_articles_run_on():
    count = Counter()
    levels = [
        *(Level.PART, Level.CHAPTER, Level.SECTION, Level.ARTICLE, Level.CLAUSE, Level.POINT, Level.POINT),
        *(Level.CLAUSE, Level.POINT, Level.SECTION, Level.ARTICLE, Level.CLAUSE),
        *(Level.PART, Level.CHAPTER, Level.SECTION, Level.SUBSECTION, Level.ARTICLE, Level.CLAUSE, Level.DASH),
    ]
    assert [count.next(level) for level in levels] == [
        *("Phần I", "Chương I", "Mục 1", "Điều 1.", "1.", "a)", "b)"),
        *("2.", "a)", "Mục 2", "Điều 2.", "1."),
        *("Phần II", "Chương II", "Mục 1", "Tiểu mục 1", "Điều 3.", "1.", "-"),
    ]


def test_the_groups_of_a_text_without_chapters_start_again_in_each_part():
    count = Counter()
    levels = [Level.PART, Level.GROUP, Level.GROUP, Level.CLAUSE, Level.PART, Level.GROUP, Level.CLAUSE]
    assert [count.next(level) for level in levels] == ["Phần I", "I.", "II.", "1.", "Phần II", "I.", "1."]
