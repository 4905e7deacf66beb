"""The redline: clause by clause, word by word."""

from dataclasses import replace

import pytest

from phoihop.domain.agreements.rules.redline import Change, HeadWritten, Line, Written, changed, head_changes, line_changes, pieces, redline

OLD = [
    Written("Điều 1", "Thông tin", "Trao đổi trước 16 giờ."),
    Written("Điều 2", "Tuần tra", "Mỗi tuần 05 cuộc."),
    Written("Điều 3", "", "Giao ban hằng tháng."),
]


def said(parts):
    """Pieces as a reader of plain text would write them: [-gone-], {+come+}."""
    marks = {Change.SAME: "{}", Change.REMOVED: "[-{}-]", Change.ADDED: "{{+{}+}}"}
    return "".join(marks[p.change].format(p.words) for p in parts)


def test_words_are_told_apart_one_by_one():
    assert said(pieces("Tổ chức 05 cuộc/tuần tại bãi.", "Tổ chức 01 cuộc/đêm tại bãi, có Mặt trận.")) == (
        "Tổ chức [-05-]{+01+} cuộc/[-tuần-]{+đêm+} tại bãi{+, có Mặt trận+}."
    )


def test_neighbouring_words_that_changed_are_one_piece():
    assert said(pieces("Giao ban mỗi tuần lễ một lần", "Giao ban mỗi tháng âm lịch một lần")) == "Giao ban mỗi [-tuần lễ-]{+tháng âm lịch+} một lần"


def test_both_texts_can_be_read_back_from_the_pieces():
    before, after = "Các bên trao đổi hằng tuần, trước 16 giờ.", "Hai bên trao đổi, báo cáo hằng ngày trước 8 giờ 30!"
    parts = pieces(before, after)
    assert "".join(p.words for p in parts if p.change != Change.ADDED) == before
    assert "".join(p.words for p in parts if p.change != Change.REMOVED) == after


def test_what_stays_is_one_piece_and_nothing_is_none():
    assert said(pieces("như cũ", "như cũ")) == "như cũ"
    assert pieces("", "") == ()


def test_a_clause_of_tens_of_thousands_of_words_is_shown_whole():
    assert [p.change for p in pieces("a b " * 9000, "a c " * 9000)] == [Change.REMOVED, Change.ADDED]


def test_clauses_are_matched_by_their_number():
    new = [OLD[0], Written("Điều 2", "Tuần tra chung", "Mỗi đêm 01 cuộc."), Written("Điều 4", "", "Sơ kết 6 tháng.")]
    found = redline(OLD, new)
    assert [(d.label, d.change) for d in found] == [
        ("Điều 1", Change.SAME), ("Điều 2", Change.CHANGED), ("Điều 3", Change.REMOVED), ("Điều 4", Change.ADDED),
    ]  # fmt: skip
    assert said(found[1].heading) == "Tuần tra{+ chung+}"
    assert [d.label for d in changed(found)] == ["Điều 2", "Điều 3", "Điều 4"]


def test_a_clause_put_between_leaves_the_others_as_they_were():
    found = redline(OLD, [OLD[0], Written("Điều 1a", "", "Mới"), OLD[1], OLD[2]])
    assert [(d.label, d.change) for d in changed(found)] == [("Điều 1a", Change.ADDED)]


def told(changes):
    return [(str(one.name), [said(line) for line in one.lines]) for one in changes]


def test_above_the_clauses_a_title_is_compared_by_words_and_a_day_as_a_whole():
    before = HeadWritten(title="Quy chế bến cá", valid_from="15/06/2026", review_months="12")
    after = replace(before, title="Quy chế bến xe", valid_from="", valid_until="01/01/2028")
    assert told(head_changes(before, after)) == [
        ("Trích yếu", ["Quy chế bến [-cá-]{+xe+}"]), ("Có hiệu lực từ", ["[-15/06/2026-]"]), ("Đến trước ngày", ["{+01/01/2028+}"]),
    ]  # fmt: skip
    assert head_changes(before, before) == []


CA, DQ, BP = Line("ca", "Công an xã: chủ trì, phải ký"), Line("dq", "Ban CHQS xã: phối hợp, phải ký"), Line("bp", "Đồn Biên phòng: phối hợp, phải ký")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([CA, DQ], [CA, DQ], []),
        ([CA], [CA, DQ], ["{+Ban CHQS xã: phối hợp, phải ký+}"]),
        ([CA, DQ, BP], [CA, BP], ["[-Ban CHQS xã: phối hợp, phải ký-]"]),
        ([CA, DQ], [CA, Line("dq", "Ban CHQS xã: theo dõi, không ký")], ["Ban CHQS xã: [-phối hợp-]{+theo dõi+}, [-phải-]{+không+} ký"]),
        ([CA, DQ, BP], [BP, DQ, CA], [f"[-{CA.words}; {DQ.words}; {BP.words}-]{{+{BP.words}; {DQ.words}; {CA.words}+}}"]),
        ([CA, DQ], [BP, CA], ["{+Đồn Biên phòng: phối hợp, phải ký+}", "[-Ban CHQS xã: phối hợp, phải ký-]"]),
    ],
    ids=["same", "came", "went", "role", "order", "one for another"],
)
def test_of_parties_areas_and_bases_it_is_told_which_came_which_went_and_which_read_otherwise(before, after, expected):
    assert [said(line) for line in line_changes(before, after)] == expected
    for name in ("parties", "areas", "bases"):
        assert [len(one.lines) for one in head_changes(HeadWritten(**{name: before}), HeadWritten(**{name: after}))] == [len(expected)] * bool(expected)
