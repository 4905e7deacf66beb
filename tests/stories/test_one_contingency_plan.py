"""A plan for high water all the way, on the pages people use: drafted, arranged, signed on paper, practised, opened as tasks, answered."""

from __future__ import annotations

import pytest

from phoihop.domain import models as m
from phoihop.domain.agreements.queries.versions import current, digest_now
from phoihop.domain.matters.queries.proof import verify
from tests.domain.agreements.agreed import heads
from tests.stories.steps import words
from tests.world import at

pytestmark = pytest.mark.django_db


def test_a_contingency_plan_from_the_draft_to_the_tasks_that_were_answered(w, as_post, clock):
    clock(at(1, 8))
    people = heads(w)
    lan, binh, chief = (as_post(post) for post in (w.lan, w.binh, people.police))

    # The commune police draft a plan with the militia. Until somebody says that it is no secret, its text is not kept.
    draft = {
        "kind": "phuongan", "style": "state", "title": "Phương án ứng phó triều cường xã Sông", "area": "Xã Sông", "situation": "thientai",
        "parties.1.unit": w.militia_song.name, "parties.1.role": "support", "parties.1.signs": "on",
        "clauses.0.depth": "1", "clauses.0.label": "Mục I", "clauses.0.text": "Các bên xử lý theo các bước kèm theo phương án này.",
    }  # fmt: skip
    refused = lan.post("/ke-hoach/moi/", draft)
    assert (refused.status_code, "không thuộc danh mục bí mật" in words(refused)) == (422, True)
    page = lan.post("/ke-hoach/moi/", draft | {"cleared_by": "Văn phòng UBND xã Sông", "cleared_on": "28/5/2026"})["Location"]
    plan = m.Agreement.objects.select_related("matter").get()

    # Step by step: who leads, who helps, within how long; and what is needed.
    steps = {
        "seen": digest_now(current(plan)),
        "phases.0.name": "Báo động", "phases.0.steps.0.what": "Báo các ấp ven sông", "phases.0.steps.0.within_minutes": "30",
        "phases.0.steps.0.roles": f"u:{w.militia_song.pk}", "phases.0.steps.0.helpers": ["f:CA"],
        "phases.1.name": "Sơ tán", "phases.1.steps.0.what": "Đưa dân về trường học", "phases.1.steps.0.within_minutes": "180",
        "phases.1.steps.0.roles": "f:CA", "phases.1.steps.0.helpers": [f"u:{w.militia_song.pk}"],
        "needs.0.spot": "phuongtien", "needs.0.kind": "xuong", "needs.0.amount": "5",
    }  # fmt: skip
    assert lan.post(f"{page}bo-tri/", steps)["Location"] == page
    assert "trong 30 phút Báo các ấp ven sông" in words(lan.get(page))

    # Both sign the same paper; before the second has, nobody can open the plan.
    clock(at(1, 10))
    assert lan.post(f"{page}lam/trinh-ky/", {"workdays": "3"})["Location"] == page
    paper = {"digest": current(plan).digest, "number": "05/PA-CAX", "signed_on": "1/6/2026", "signers": "Trưởng Công an xã; Chỉ huy trưởng Ban CHQS xã"}
    chief.post(f"{page}lam/ban-giay/", paper)
    assert lan.get(f"{page}mo-phuong-an/").status_code == 403
    as_post(people.militia).post(f"{page}lam/ban-giay/", paper)
    assert "Chưa luyện tập lần nào." in words(lan.get(page))

    # Practised; the militia say of their commune what is assured.
    clock(at(10, 17))
    lan.post(f"{page}cong-viec/luyen-tap/", {"held_on": "10/6/2026", "people": "64", "goals": "5", "met": "4", "note": "Xuồng ra chậm"})
    binh.post(f"{page}tai-cho/lucluong/", {"ready": "co"})
    seen = words(binh.get(page))
    assert ("đạt 4/5 mục tiêu" in seen, "Xuồng ra chậm" in seen, "đã bảo đảm" in seen) == (True, True, True)

    # The water comes. Before the plan is opened the page says which task goes to whom.
    clock(at(20, 2))
    before = words(lan.get(f"{page}mo-phuong-an/"))
    assert "Sẽ giao 2 nhiệm vụ cho 2 đơn vị chủ trì" in before
    assert m.Task.objects.count() == 0
    lan.post(f"{page}mo-phuong-an/", {"matter": ""})
    assert [(t.lead, t.due_at) for t in m.Task.objects.order_by("due_at")] == [(w.militia_song, at(20, 2, 30)), (w.police_song, at(20, 5))]

    # The militia find theirs on the board, accept, and answer.
    task = m.Task.objects.get(lead=w.militia_song)
    assert task.code in words(binh.get("/"))
    binh.post(f"/nhiem-vu/{task.code}/nhan/")
    clock(at(20, 2, 25))
    binh.post(f"/nhiem-vu/{task.code}/tra-loi/", {"answer": "Đã báo đủ bốn ấp"})
    task.refresh_from_db()
    assert (task.state, task.answered_at) == ("answered", at(20, 2, 25))
    assert "Đã báo đủ bốn ấp" in words(lan.get(f"/nhiem-vu/{task.code}/"))

    # What is not done within its minutes stands as overdue with who has it and who gave it; the clock says no more than that.
    clock(at(20, 5, 1))
    evacuation = m.Task.objects.get(lead=w.police_song)
    assert (evacuation.code in words(lan.get("/nhiem-vu/?vai=chu-tri&han=qua")), evacuation.state) == (True, "open")
    assert list(verify()) == []
