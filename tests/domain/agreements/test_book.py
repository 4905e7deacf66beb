"""A book of documents is read, mended and taken in once."""

from datetime import date

import pytest

from phoihop.domain import models as m
from phoihop.domain.agreements.actions.instruments import lay
from phoihop.domain.agreements.actions.registering import enter_book, register_on_paper
from phoihop.domain.agreements.queries.book import preview
from phoihop.domain.agreements.rules.book import Cleared, fits_book, heading, line_of
from phoihop.domain.agreements.rules.drafts import PartyDraft
from phoihop.domain.agreements.rules.instruments import shipped
from phoihop.kernel.verdict import Refused
from tests.domain.agreements.registered import a_paper, registered
from tests.world import NOON, songdat

TODAY = date(2026, 6, 1)
CLEARED = Cleared("Công an tỉnh", date(2026, 1, 5))


def a_line(n=2, **change):
    plain = {
        "number": "05/QC-CAT", "issued_on": "10/01/2024", "issuer": "Công an tỉnh Sông Đất", "title": "Quy chế phối hợp giữ gìn an ninh, trật tự",
        "kind": "Quy chế", "valid": "15/01/2024", "basis": "Nghị định 03/2019/NĐ-CP", "parties": "Bộ CHQS tỉnh Sông Đất; Ban Chỉ huy BĐBP tỉnh Sông Đất",
    }  # fmt: skip
    return line_of(n, plain | change)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("Số, ký hiệu", "number"),
        ("SỐ / KÝ HIỆU", "number"),
        ("Ngày ban hành:", "issued_on"),
        ("Trích yếu nội dung", "title"),
        ("Căn cứ", "basis"),
        ("Ghi chú", None),
    ],
    ids=["number", "with a stroke", "day", "title", "basis", "other"],
)
def test_headings_as_offices_write_them(text, field):
    assert heading(text) == field


@pytest.mark.parametrize(("count", "code"), [(0, "no-headings"), (1, ""), (2000, ""), (2001, "book-too-long")], ids=["none", "one", "most", "more"])
def test_how_long_a_book_is(count, code):
    assert fits_book(count).code == code


@pytest.mark.django_db
def test_a_clear_line_is_understood_whole():
    w = songdat()
    lay(*shipped())
    (one,) = preview(w.mai, [a_line()], CLEARED, TODAY)
    assert one.doubts == {}
    assert (str(one.numbered), one.issued_on, one.issuer, one.kind) == ("05/QC-CAT", date(2024, 1, 10), w.police, "quyche")
    assert one.parties == [w.police, w.army, w.border]
    assert [b.instrument.code for b in one.bases] == ["nd-03-2019"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "cell", "code"),
    [
        ({"number": "quy chế 5"}, "number", "number-unreadable"),
        ({"issued_on": "31/02/2024"}, "issued_on", "no-day"),
        ({"issued_on": "01/01/2027"}, "issued_on", "issued-later"),
        ({"issuer": "Sở Giao thông"}, "issuer", "no-such-unit"),
        ({"title": ""}, "title", "title-missing"),
        ({"kind": "Thư mời"}, "kind", "no-such-kind"),
        ({"kind": "", "number": "05/UBND-NC"}, "kind", "no-such-kind"),
        ({"valid": "lâu dài"}, "valid", "validity-unreadable"),
        ({"valid": "15/01/2024 - 14/01/2024"}, "valid", "ends-before-start"),
        ({"basis": "Nghị định 99/1999/NĐ-CP"}, "basis", "basis-unknown"),
        ({"parties": "Đội 5"}, "parties", "no-such-unit"),
        ({"parties": ""}, "parties", "too-few-sign"),
    ],
    ids=["number", "no such day", "of tomorrow", "issuer", "title", "kind", "kind left open", "validity", "ends before", "basis", "party", "alone"],
)
def test_each_doubtful_cell_says_why(change, cell, code):
    w = songdat()
    lay(*shipped())
    (one,) = preview(w.mai, [a_line(**change)], CLEARED, TODAY)
    assert {name: verdict.code for name, verdict in one.doubts.items()} == {cell: code}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("valid", "first", "until"),
    [
        ("", date(2024, 1, 10), None),
        ("năm 2024", date(2024, 1, 1), date(2025, 1, 1)),
        ("từ 01/02/2024 đến hết 31/12/2024", date(2024, 2, 1), date(2025, 1, 1)),
        ("1.2.2024", date(2024, 2, 1), None),
    ],
    ids=["not said", "a year", "from until", "from"],
)
def test_when_a_document_holds(valid, first, until):
    w = songdat()
    lay(*shipped())
    (one,) = preview(w.mai, [a_line(valid=valid)], CLEARED, TODAY)
    assert (one.valid_from, one.valid_until, one.doubts) == (first, until, {})


@pytest.mark.django_db
def test_a_plan_needs_the_word_that_it_is_no_secret():
    w = songdat()
    plan = a_line(kind="Kế hoạch năm", number="07/KH-CAT", basis="")
    assert [v.code for v in preview(w.mai, [plan], Cleared(), TODAY)[0].doubts.values()] == ["not-cleared"]
    assert preview(w.mai, [plan], CLEARED, TODAY)[0].doubts == {}


@pytest.mark.django_db
def test_a_force_alone_is_its_unit_beside_the_own_one():
    w = songdat()
    for code, name in (("QS", "Quân sự"), ("BP", "Bộ đội Biên phòng")):
        m.ForceFace.objects.create(
            force=w.forces[code], valid_from=date(2020, 1, 1), name=name, name_en=code, monogram=code, colour="#000000", colour_dark="#ffffff"
        )
    (one,) = preview(w.mai, [a_line(parties="QS, Bộ đội Biên phòng", basis="")], CLEARED, TODAY)
    assert (one.parties, one.doubts) == ([w.police, w.army, w.border], {})


@pytest.mark.django_db
def test_the_same_book_twice_brings_nothing_new():
    w = songdat()
    lay(*shipped())
    lines = [a_line(2), a_line(3, number="06/QC-CAT", basis="Nghị định 133/2015/NĐ-CP")]
    assert len(enter_book(by=w.mai, lines=lines, cleared=CLEARED, at=NOON)) == 2
    assert [bool(one.there) for one in preview(w.mai, lines, CLEARED, TODAY)] == [True, True]
    with pytest.raises(Refused) as refused:
        enter_book(by=w.mai, lines=lines, cleared=CLEARED, at=NOON)
    assert refused.value.verdict.code == "nothing-new"
    assert m.Agreement.objects.count() == 2


@pytest.mark.django_db
def test_a_line_twice_in_the_book_is_doubtful_and_names_the_first():
    w = songdat()
    lines = [a_line(2, basis=""), a_line(7, basis="")]
    assert [[v.code for v in one.doubts.values()] for one in preview(w.mai, lines, CLEARED, TODAY)] == [[], ["line-twice"]]
    with pytest.raises(Refused) as refused:
        enter_book(by=w.mai, lines=lines, cleared=CLEARED, at=NOON)
    assert refused.value.verdict.field == "lines.1.number"


@pytest.mark.django_db
def test_an_earlier_document_of_the_register_is_a_basis():
    w = songdat()
    earlier = registered(w)
    (one,) = preview(w.mai, [a_line(number="08/KH-CAT", kind="Kế hoạch năm", basis="05/QC-CAT")], CLEARED, TODAY)
    assert [b.earlier for b in one.bases] == [earlier]


@pytest.mark.django_db
def test_a_line_that_another_unit_wrote_is_left_alone_until_one_is_sure_of_an_own_entry():
    w = songdat()
    draft = a_paper(w, parties=[PartyDraft(w.army, "lead"), PartyDraft(w.police, "support")])
    theirs = register_on_paper(by=w.dung, draft=draft, at=NOON).matter.code
    lines = [a_line(basis="")]
    (one,) = preview(w.mai, lines, CLEARED, TODAY)
    assert (one.there, one.elsewhere.code, one.elsewhere.answer, one.doubts) == ("", "entered-by-another", theirs, {})
    with pytest.raises(Refused) as refused:
        enter_book(by=w.mai, lines=lines, cleared=CLEARED, at=NOON)
    assert refused.value.verdict.code == "nothing-new"
    assert [a.number for a in enter_book(by=w.mai, lines=lines, cleared=CLEARED, at=NOON, sure={theirs})] == [5]


@pytest.mark.django_db
def test_a_line_of_which_another_unit_has_an_entry_of_its_own_is_new():
    w = songdat()
    register_on_paper(by=w.dung, draft=a_paper(w, parties=[PartyDraft(w.army, "lead"), PartyDraft(w.border, "support")]), at=NOON)
    (one,) = preview(w.mai, [a_line(basis="")], CLEARED, TODAY)
    assert (one.there, bool(one.elsewhere), one.doubts) == ("", True, {})
