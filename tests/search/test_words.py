"""What is indexed and what is asked for."""

import pytest

from phoihop.search.words import Term, for_postgres, for_sqlite, indexed, matches, terms


@pytest.mark.parametrize(
    ("text", "said"),
    [("Tuần tra Đêm, ở bãi nghêu!", "tuan tra dem o bai ngheu"), ("05/QC-BCH", "05 qc bch"), ("  ", ""), ("Điều\n7.", "dieu 7")],
    ids=["marks", "number", "nothing", "lines"],
)
def test_text_is_indexed_as_folded_words(text, said):
    assert indexed(text) == said


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("tuần tra", [Term(("tuan",)), Term(("tra",), begins=True)]),
        ("tuần tra ", [Term(("tuan",)), Term(("tra",))]),
        ("“bãi nghêu” đêm", [Term(("bai", "ngheu")), Term(("dem",), begins=True)]),
        ('"bãi nghêu"', [Term(("bai", "ngheu"))]),
        ("--- * ( )", []),
    ],
    ids=["two words", "finished", "phrase and word", "phrase", "signs"],
)
def test_what_is_typed_becomes_terms(typed, wanted):
    assert terms(typed) == wanted


def test_both_databases_are_asked_the_same():
    wanted = terms("“bãi nghêu” đêm")
    assert for_sqlite(wanted, ("head", "text")) == '{head text} : ("bai ngheu" AND "dem" *)'
    assert for_postgres(wanted) == "('bai' <-> 'ngheu') & ('dem':*)"


def test_how_many_terms_stand_in_a_text():
    assert matches(terms("bãi nghêu đêm "), "Tuần tra bãi nghêu ban đêm.") == 3
    assert matches(terms("nghêu sò "), "bãi nghêu") == 1
    assert matches(terms("ngh"), "bãi nghêu") == 1
