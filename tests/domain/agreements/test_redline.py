"""The redline: clause by clause, word by word."""

from phoihop.domain.agreements.rules.redline import Change, Written, changed, head_changes, pieces, redline

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


def test_above_the_clauses_a_title_is_compared_by_words_and_a_day_as_a_whole():
    before = {"title": "Quy chế bến cá", "valid_from": "15/06/2026", "valid_until": "", "review_months": "12"}
    after = before | {"title": "Quy chế bến xe", "valid_from": "", "valid_until": "01/01/2028"}
    assert [(str(one.name), [(str(p.change), p.words) for p in one.words]) for one in head_changes(before, after)] == [
        ("Trích yếu", [("same", "Quy chế bến "), ("removed", "cá"), ("added", "xe")]),
        ("Có hiệu lực từ", [("removed", "15/06/2026")]),
        ("Đến trước ngày", [("added", "01/01/2028")]),
    ]
    assert head_changes(before, before) == []
