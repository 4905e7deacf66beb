"""Next year's document: what moves by a year and what does not."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from phoihop.domain.agreements.rules.drafts import AgreementDraft, ClauseDraft, DutyDraft, PartyDraft
from phoihop.domain.agreements.rules.following import FollowingDraft, following, proposed


def a_draft(title: str, text: str = "", **change: object) -> AgreementDraft:
    duty = DutyDraft("report", "province", "once", due_on=date(2024, 2, 29))
    return AgreementDraft("nam", title, [], [], [ClauseDraft("mục 1", text, duties=[duty])], **change)


@pytest.mark.parametrize(
    ("title", "after"),
    [
        ("Kế hoạch phối hợp năm 2026", "Kế hoạch phối hợp năm 2027"),
        ("Chương trình giai đoạn 2024 - 2028", "Chương trình giai đoạn 2029 - 2033"),
        ("Thực hiện Quy chế số 05/QC-BCH ngày 12 tháng 3 năm 2025 trong năm 2026", "Thực hiện Quy chế số 05/QC-BCH ngày 12 tháng 3 năm 2025 trong năm 2027"),
        ("Quy chế phối hợp", "Quy chế phối hợp"),
    ],
    ids=["year", "stage", "others-year", "none"],
)
def test_the_title_is_of_the_next_year(title, after):
    said = title if "số" not in title else "x"
    assert proposed(a_draft(title)).title == after or said == "x"


def test_days_of_the_text_move_and_those_of_other_documents_stay():
    text = "Xong trước ngày 15/12/2026, theo Nghị định số 03/2019/NĐ-CP ngày 05 tháng 9 năm 2019 và kết quả năm 2025."
    army, police = SimpleNamespace(pk=1), SimpleNamespace(pk=2)
    d = a_draft("Kế hoạch năm 2026", text, valid_from=date(2026, 1, 1), valid_until=date(2027, 1, 1))
    d = AgreementDraft(d.kind, d.title, d.areas, [PartyDraft(army, "lead"), PartyDraft(police, "support")], d.clauses, d.valid_from, d.valid_until)
    said = proposed(d)
    assert (said.title, said.valid_from, said.valid_until) == ("Kế hoạch năm 2027", date(2027, 1, 1), date(2028, 1, 1))
    made = following(d, FollowingDraft(said.title, said.valid_from, said.valid_until), police)
    assert made.clauses[0].text == text.replace("15/12/2026", "15/12/2027")
    assert (made.clauses[0].duties[0].due_on, [(p.unit, p.role) for p in made.parties]) == (date(2025, 2, 28), [(police, "lead"), (army, "support")])
    assert (made.original, made.cleared_by) == (None, "")
