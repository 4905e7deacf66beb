"""Number and symbol of documents, as offices write them."""

from datetime import date

import pytest

from phoihop.domain.agreements.rules.numbering import Entry, issued_in_time, kind_of, number_is_free, read_number, written

TODAY = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("typed", "number", "symbol", "style", "shown"),
    [
        ("05/QC-BCH", 5, "QC-BCH", "state", "05/QC-BCH"),
        ("Số: 05 / QC - BCH", 5, "QC-BCH", "state", "05/QC-BCH"),
        ("5/QC-BCH", 5, "QC-BCH", "state", "05/QC-BCH"),
        ("1204/UBND-NC", 1204, "UBND-NC", "state", "1204/UBND-NC"),
        ("12/2019/NĐ-CP", 12, "2019/NĐ-CP", "state", "12/2019/NĐ-CP"),
        ("04/CT-UB", 4, "CT-UB", "state", "04/CT-UB"),
        ("07/KHPH-CA-QS-BP", 7, "KHPH-CA-QS-BP", "state", "07/KHPH-CA-QS-BP"),
        ("149-KH/ĐUCA", 149, "KH/ĐUCA", "party", "149-KH/ĐUCA"),
        ("53-CT/TU", 53, "CT/TU", "party", "53-CT/TU"),
        ("số 9 – CT/TW", 9, "CT/TW", "party", "09-CT/TW"),
        ("31-CTrHĐ/TU", 31, "CTrHĐ/TU", "party", "31-CTrHĐ/TU"),
    ],
    ids=["state", "spaces", "one digit", "no kind", "with year", "directive", "joint", "party plan", "party directive", "dash", "programme"],
)
def test_both_styles_are_read(typed, number, symbol, style, shown):
    found, verdict = read_number(typed)
    assert bool(verdict)
    assert (found.number, found.symbol, found.style) == (number, symbol, style)
    assert str(found) == shown


@pytest.mark.parametrize(
    ("typed", "code", "offer"),
    [
        ("", "number-missing", None),
        ("  Số:  ", "number-missing", None),
        ("QC-BCH", "number-unreadable", None),
        ("quy chế năm 2026", "number-unreadable", None),
        ("05 QC-BCH", "number-unreadable", "05/QC-BCH"),
        ("00/QC-BCH", "number-zero", None),
        ("05/" + "A" * 41, "symbol-too-long", None),
    ],
    ids=["nothing", "only the word", "no number", "words", "blank for stroke", "zero", "long"],
)
def test_what_is_no_number_is_refused_and_a_slip_is_mended(typed, code, offer):
    found, verdict = read_number(typed)
    assert found is None
    assert (verdict.code, verdict.offer, verdict.field) == (code, offer, "number")


def test_before_a_number_is_given_there_is_nothing_to_show():
    assert written(None, "", "state") == ""


@pytest.mark.parametrize(
    ("symbol", "kind"),
    [("QC-BCH", "quyche"), ("KH/ĐUCA", "chuyende"), ("CTPH-CA-MT", "lientich"), ("NQ/TU", "nghiquyet"), ("2026/QĐ-UBND", "chithi"), ("UBND-NC", None)],
    ids=["regulation", "party plan", "joint", "resolution", "decision", "letter"],
)
def test_the_letters_of_a_symbol_point_to_a_kind(symbol, kind):
    assert kind_of(symbol) == kind


MINE = Entry("QC-26-PH86-1-5", "05/QC-BCH (QC-26-PH86-1-5)", "Bộ CHQS tỉnh", mine=True)
THEIRS = Entry("QC-26-PH86-2-0", "05/QC-BCH (QC-26-PH86-2-0)", "Công an tỉnh", mine=False)


@pytest.mark.parametrize(
    ("entries", "issues", "code", "answer", "named"),
    [
        ([], True, "", "", ""),
        ([], False, "", "", ""),
        ([MINE], True, "number-taken", "", MINE.name),
        ([MINE], False, "entered-already", "", MINE.name),
        ([THEIRS], True, "entered-by-another", THEIRS.code, f"Công an tỉnh đã ghi văn bản này, đơn vị của bạn là một bên: {THEIRS.name}"),
        ([THEIRS], False, "entered-by-another", THEIRS.code, f"Công an tỉnh đã ghi văn bản này, đơn vị của bạn là một bên: {THEIRS.name}"),
        ([THEIRS, MINE], True, "number-taken", "", MINE.name),
        ([THEIRS, MINE], False, "entered-already", "", MINE.name),
    ],
    ids=["issuer, none", "receiver, none", "issuer, own", "receiver, own", "issuer, another's", "receiver, another's", "issuer, both", "receiver, both"],
)
def test_a_number_is_used_for_who_wrote_or_agreed_and_a_question_for_who_is_named(entries, issues, code, answer, named):
    verdict = number_is_free(entries, 2026, issues)
    assert (verdict.code, verdict.answer, verdict.asks, named in str(verdict.reason)) == (code, answer, bool(answer), True)


@pytest.mark.parametrize(
    ("day", "code"),
    [(date(2026, 6, 1), ""), (date(2019, 9, 5), ""), (date(2026, 6, 2), "issued-later"), (None, "issue-day-missing")],
    ids=["today", "long ago", "tomorrow", "never"],
)
def test_a_document_is_issued_on_a_day_that_has_come(day, code):
    assert issued_in_time(day, TODAY).code == code
