"""All duties of a text in one table: what stands there, edited and saved at once; what is refused stands at its row."""

from __future__ import annotations

import pytest

from phoihop.domain import models as m
from phoihop.domain.agreements.queries.drafted import draft_of
from phoihop.domain.agreements.queries.versions import current
from phoihop.domain.agreements.rules.drafts import ClauseDraft, DutyDraft, DutyRoleDraft
from tests.domain.agreements.agreed import a_regulation
from tests.domain.agreements.duties import meeting

pytestmark = pytest.mark.django_db


def a_draft(w):
    """A briefing a month, and patrols that the border station helps with, in two clauses."""
    patrol = DutyDraft("patrol", "commune", "month", [DutyRoleDraft("lead", unit=w.police_song), DutyRoleDraft("support", unit=w.station)], sentence=(0, 9))
    clauses = [
        ClauseDraft("Điều 1", "Công an xã chủ trì giao ban hằng tháng.", "Giao ban", content="thongtin", duties=[meeting(w)]),
        ClauseDraft("Điều 2", "Tuần tra chung hằng tháng.", "Tuần tra", content="trattu", duties=[patrol]),
        ClauseDraft("Điều 3", "Báo cáo hằng quý.", "Báo cáo", content="xaydung"),
    ]
    return a_regulation(w, clauses=clauses)


def filled(browser, url):
    form = browser.get(url).context["form"]
    return {name: form[name].value() for name in form.fields if form[name].value() not in (None, False, "")}


def said(made):
    return [
        (n, c.content, d.act, d.cadence, d.due_workdays, d.sentence, sorted((r.role, r.force.code if r.force else r.unit.short) for r in d.roles))
        for n, c in enumerate(draft_of(current(made)).clauses, 1) for d in c.duties
    ]  # fmt: skip


def test_saved_as_it_stands_nothing_changes(w, as_post):
    made = a_draft(w)
    url = f"/ke-hoach/{made.matter.code}/phan-cong/bang/"
    before, lan = said(made), as_post(w.lan)
    assert lan.post(url, filled(lan, url))["Location"] == f"/ke-hoach/{made.matter.code}/phan-cong/"
    assert said(made) == before
    assert before[1][-1] == [("lead", "Công an xã Sông"), ("support", "Đồn Biên phòng Cửa Sông")]


def test_rows_are_changed_added_and_dropped_at_once(w, as_post):
    made = a_draft(w)
    url, lan = f"/ke-hoach/{made.matter.code}/phan-cong/bang/", as_post(w.lan)
    changed = filled(lan, url) | {
        "rows.0.cadence": "quarter", "rows.0.due_workdays": "5", "rows.0.support": "dq, mt", "rows.1.drop": "on",
        "rows.2.clause": "3", "rows.2.act": "report", "rows.2.cadence": "quarter", "rows.2.lead": "CA", "rows.2.inform": "UB",
    }  # fmt: skip
    assert lan.post(url, changed).status_code == 302
    assert said(made) == [
        (1, "thongtin", "brief", "quarter", 5, None, [("lead", "CA"), ("support", "DQ"), ("support", "MT")]),
        (3, "xaydung", "report", "quarter", None, None, [("inform", "UB"), ("lead", "CA")]),
    ]


@pytest.mark.parametrize(
    ("typed", "field", "reason"),
    [
        ({"rows.1.due_workdays": "0"}, "rows.1.due_workdays", "Hạn phải từ 1 trở lên"),
        ({"rows.1.due_workdays": "3", "rows.1.due_day": "4"}, "rows.1.due_workdays", "Chỉ ghi hạn theo một cách"),
        ({"rows.0.drop": "on", "rows.1.lead": ""}, "rows.1.lead", "chưa có bên chủ trì"),
        ({"rows.0.support": "XX"}, "rows.0.support", "Không có lực lượng “XX”"),
        ({"rows.0.support": "DQ, DQ"}, "rows.0.support", "một vai"),
        ({"rows.2.act": "report", "rows.2.lead": "CA"}, "rows.2.clause", "không có điều, khoản này"),
        ({"rows.3.clause": "1", "rows.3.act": "brief", "rows.3.lead": "CA"}, "rows.3.act", "đã ghi ở trên"),
        ({"rows.3.clause": "1", "rows.3.act": "drill", "rows.3.lead": "CA", "rows.3.content": "mang"}, "rows.3.content", "chỉ có một nội dung"),
    ],
    ids=["zero", "two-ways", "no-lead", "unknown", "twice", "no-clause", "same", "contents"],
)
def test_a_refusal_stands_at_its_row_and_nothing_is_saved(w, as_post, typed, field, reason):
    made = a_draft(w)
    url, lan = f"/ke-hoach/{made.matter.code}/phan-cong/bang/", as_post(w.lan)
    before = said(made)
    answer = lan.post(url, filled(lan, url) | typed)
    assert answer.status_code == 422
    assert reason in " ".join(answer.context["form"].errors[field])
    assert said(made) == before


def test_a_text_that_changed_meanwhile_is_not_overwritten(w, as_post):
    made = a_draft(w)
    url, lan = f"/ke-hoach/{made.matter.code}/phan-cong/bang/", as_post(w.lan)
    old = filled(lan, url)
    lan.post(url, old | {"rows.0.cadence": "quarter"})
    assert "Có người vừa sửa văn bản này" in lan.post(url, old).content.decode()
    assert m.Duty.objects.filter(cadence="quarter").count() == 1
