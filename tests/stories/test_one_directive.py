"""A document from above becomes tasks of several leads; one is late and comes back to who gave it; militia come only with both consents."""

from __future__ import annotations

import pytest

from phoihop.domain import models as m
from phoihop.domain.figures.queries.cells import cell
from phoihop.domain.matters.queries.proof import verify
from phoihop.kernel.period import Period
from tests.stories.steps import words
from tests.world import at, person, unit

pytestmark = pytest.mark.django_db
BOOK = "/nhiem-vu/van-ban-den/"


def test_a_directive_from_the_book_to_the_last_task_that_was_answered(w, as_post, clock):
    clock(at(1, 8))
    committee = unit(w.forces["UB"], "xa", w.song, "UBND xã Sông")
    chairman = as_post(person("chín", committee, "commander"))
    mai, lan, binh, dung = (as_post(post) for post in (w.mai, w.lan, w.binh, w.dung))

    # The provincial police register the document with what it asks for: one task for a commune below, one for equals.
    document = {
        "number": "09/CT-UBND", "issuer": "UBND tỉnh Sông Đất", "issued_on": "28/5/2026", "received_on": "1/6/2026", "subject": "Phòng, chống đuối nước mùa hè",
        "text": "Các xã ven sông cắm biển, tuần tra bến sông.", "due_on": "30/6/2026", "grace_workdays": "2",
        "tasks.0.what": "Tuần tra bến sông", "tasks.0.lead": w.police_song.name, "tasks.0.due_at_0": "5/6/2026", "tasks.0.due_at_1": "17:00",
        "tasks.1.what": "Cắm biển cảnh báo", "tasks.1.lead": w.militia_song.name, "tasks.1.due_at_0": "20/6/2026", "tasks.1.due_at_1": "17:00",
    }  # fmt: skip
    page = mai.post(f"{BOOK}moi/", document)["Location"]
    patrol, signs = m.Task.objects.order_by("pk")
    assert [(t.what.text, t.mode, t.state) for t in (patrol, signs)] == [
        ("09/CT-UBND: Tuần tra bến sông", "assigned", "open"), ("09/CT-UBND: Cắm biển cảnh báo", "requested", "asked"),
    ]  # fmt: skip
    assert mai.post(f"{BOOK}moi/", document).status_code == 422
    binh.post(f"/nhiem-vu/{signs.code}/nhan/")

    # Friday passes without an answer. On Monday only its lead has it as overdue; two working days later it is back with who gave it.
    clock(at(8, 8))
    assert ("quá hạn" in words(lan.get("/nhiem-vu/?vai=cho")).lower(), patrol.code in words(mai.get("/nhiem-vu/?vai=cho"))) == (True, False)
    clock(at(9, 8))
    assert (patrol.code in words(mai.get("/nhiem-vu/?vai=cho")), "1 quá hạn" in words(mai.get(BOOK))) == (True, True)
    patrol.refresh_from_db()
    assert patrol.state == "open"

    # The commune asks for militia for it. Nobody is moved before the committee and the command above have agreed.
    asked = {
        "what": "Giữ trật tự bến phà", "lead": w.militia_song.name, "source": "directive", "matter": "", "due_at_0": "10/6/2026", "due_at_1": "18:00", "militia.people": "20",
        "militia.since_0": "10/6/2026", "militia.since_1": "18:00", "militia.until_0": "10/6/2026", "militia.until_1": "23:00",
    }  # fmt: skip
    militia = lan.post("/nhiem-vu/moi/", asked)["Location"]
    assert binh.post(f"{militia}nhan/").status_code == 422
    chairman.post(f"{militia}dong-y/")
    assert "chờ đồng ý điều động: chỉ huy quân sự cấp trên" in words(binh.get(militia))
    dung.post(f"{militia}dong-y/")
    binh.post(f"{militia}nhan/")
    assert m.Task.objects.get(mobilisation__isnull=False).state == "open"

    # More time is asked for and granted; everything is answered and closed; then the document is.
    clock(at(19, 8))
    binh.post(f"/nhiem-vu/{signs.code}/xin-gia-han/", {"due_at_0": "25/6/2026", "due_at_1": "17:00", "reason": "Chờ biển"})
    mai.post(f"/nhiem-vu/{signs.code}/cho-gia-han/")
    assert mai.post(page).status_code == 422
    for browser, task in ((lan, patrol), (binh, signs)):
        browser.post(f"/nhiem-vu/{task.code}/tra-loi/", {"answer": "Đã làm xong"})
        mai.post(f"/nhiem-vu/{task.code}/xong/")
    assert mai.post(page)["Location"] == page
    assert ("đã kết thúc" in words(mai.get(page)), "2/2" in words(mai.get(page))) == (True, True)
    june = Period(at(1, 0).date(), at(1, 0, month=7).date())
    assert [cell(code, w.province, june).value for code in ("VB.11.DH", "VB.11.TS", "VB.12")] == [1, 3, 1]
    assert list(verify()) == []
