"""A monthly duty of a regulation, on the pages people use: laid down, opened by the node, met by a patrol, overdue, in the figure, withdrawn with its text."""

from __future__ import annotations

import pytest

from phoihop.domain import models as m
from phoihop.domain.agreements.queries.versions import current, digest_now
from phoihop.domain.matters.queries.proof import verify
from tests.domain.agreements.agreed import heads
from tests.stories.steps import node_works, words
from tests.web.patrols.test_result import form_of
from tests.world import at

pytestmark = pytest.mark.django_db(transaction=True)  # the worker closes its connection, which would end a test's transaction

YEAR = "?dv=86&ky=2026"
REGULATIONS = "/so-lieu/VB.02/?lich=THONGKE&dv=29001&ky="


def in_force(w, lan, people, as_post):
    """The police of Sông lay down a patrol a month with the militia, due three working days after the month; both sign on paper. Its page."""
    draft = {
        "kind": "quyche", "style": "state", "title": "Quy chế phối hợp tuần tra ven sông", "area": "Xã Sông", "valid_from": "15/06/2026", "review_months": "12",
        "parties.1.unit": w.militia_song.name, "parties.1.role": "support", "parties.1.signs": "on",
        "clauses.0.depth": "1", "clauses.0.label": "Điều 1", "clauses.0.heading": "Tuần tra", "clauses.0.content": "trattu",
        "clauses.0.text": "Công an xã chủ trì, Ban CHQS xã phối hợp tuần tra chung mỗi tháng một lần.",
    }  # fmt: skip
    page = lan.post("/ke-hoach/moi/", draft)["Location"]
    text = current(m.Agreement.objects.get())
    duty = {
        "act": "patrol", "level": "commune", "cadence": "month", "force_CA": "lead", "force_DQ": "support", "due_workdays": "3", "onward": "0",
        "content": "trattu", "seen": digest_now(text),
    }  # fmt: skip
    assert lan.post(f"{page}phan-cong/1/", duty).status_code == 302
    assert lan.post(f"{page}lam/trinh-ky/", {"workdays": "3"})["Location"] == page
    digest = current(text.agreement).digest
    paper = {"digest": digest, "number": "05/QC-CAX", "signed_on": "1/6/2026", "signers": "Trưởng Công an xã; Chỉ huy trưởng Ban CHQS xã"}
    for head in (people.police, people.militia):
        assert as_post(head).post(f"{page}lam/ban-giay/", paper)["Location"] == page
    return page


def replaced(w, lan, people, as_post, code):
    """A regulation on everything takes the place of the first; both sign it on paper."""
    draft = {
        "kind": "quyche", "style": "state", "title": "Quy chế phối hợp chung của xã", "area": "Xã Sông", "valid_from": "01/09/2026",
        "parties.1.unit": w.militia_song.name, "parties.1.role": "support", "parties.1.signs": "on",
        "clauses.0.depth": "1", "clauses.0.label": "Điều 1", "clauses.0.heading": "Thay thế", "clauses.0.text": f"Quy chế này thay Quy chế {code}.",
    }  # fmt: skip
    page = lan.post("/ke-hoach/moi/", draft)["Location"]
    assert lan.post(f"{page}so/can-cu/", {"replaces": code})["Location"] == page
    assert lan.post(f"{page}lam/trinh-ky/", {"workdays": "3"})["Location"] == page
    digest = current(m.Agreement.objects.latest("pk")).digest
    paper = {"digest": digest, "number": "06/QC-CAX", "signed_on": "1/9/2026", "signers": "Trưởng Công an xã; Chỉ huy trưởng Ban CHQS xã"}
    for head in (people.police, people.militia):
        assert as_post(head).post(f"{page}lam/ban-giay/", paper)["Location"] == page


def a_patrol(w, lan, binh, clock):
    """On the evening of 20 June the police patrol with the militia, who accept before and confirm after."""
    clock(at(20, 12))
    plan = {
        "day": "20/06/2026", "start": "20:00", "end": "22:00", "end_day": "20/06/2026", "area": "Xã Sông", "route_kind": "road",
        "parties.0.people": "3", "parties.0.teams": "1",
        "parties.1.unit": w.militia_song.name, "parties.1.people": "4", "parties.1.role": "support",
    }  # fmt: skip
    page = lan.post("/tuan-tra/moi/", plan)["Location"]
    patrol = m.Activity.objects.select_related("matter").get()
    binh.post(f"/hom-nay/nhan-loi/{patrol.matter.parts.get(unit=w.militia_song).pk}/")
    clock(at(20, 20))
    lan.post(f"{page}xuat-phat/")
    clock(at(20, 22, 10))
    assert lan.post(f"{page}ket-qua/", form_of(lan, patrol) | {"what": "khong"})["Location"] == page
    binh.post(f"/hom-nay/xac-nhan/{patrol.pk}/", {"digest": m.Activity.objects.get(pk=patrol.pk).digest})
    return patrol


def tasks():
    return m.Task.objects.order_by("due_at")


def test_a_monthly_patrol_from_the_regulation_to_its_end(w, as_post, clock):
    clock(at(1, 9))
    lan, binh, mai = (as_post(post) for post in (w.lan, w.binh, w.mai))
    people = heads(w)
    page = in_force(w, lan, people, as_post)
    code = m.Matter.objects.get(kind="QC").code

    # On the first day the node opens a year of tasks, each the lead's own by its signature. Nobody had to give them.
    clock(at(15, 7))
    node_works(at(15, 7))
    assert {(t.lead, t.giver, t.state) for t in tasks()} == {(w.police_song, w.police_song, "open")}
    july, august = tasks()[:2]
    assert (july.due_at, august.due_at) == (at(17, 17, month=7), at(19, 17, month=8))
    opened = tasks().count()
    met = f"/ke-hoach/den-han/{july.code}/"
    for browser in (lan, binh):
        assert f'href="{met}"' in browser.get("/ke-hoach/lich/?ky=2026-T7").content.decode()

    # The month's patrol is held; the server takes nothing for done until its lead shows it.
    patrol = a_patrol(w, lan, binh, clock)
    clock(at(22, 8))
    seen = words(lan.get(met))
    assert ("Máy chủ không tự coi là đã làm." in seen, patrol.matter.code in seen) == (True, True)
    assert "Xã Sông 0/" in words(mai.get(f"/ke-hoach/thuc-hien/{YEAR}"))
    assert lan.post(f"{met}gan/", {"matter": patrol.matter.code})["Location"] == met
    july.refresh_from_db()
    assert (july.state, july.closed_at) == ("closed", at(22, 8))

    # In August nobody patrols. The clock says overdue, and only that; the ward without an agreement has a dash.
    clock(at(20, 8, month=8))
    table = words(mai.get(f"/ke-hoach/thuc-hien/{YEAR}"))
    assert ("Xã Sông quá hạn 1" in table, "Phường Đất –" in table, "1 xã, phường không có việc nào theo văn bản Phường Đất" in table) == (True, True, True)
    cell = "/ke-hoach/thuc-hien/viec/?dv=29001&ky=2026&nd=trattu&tt="
    assert patrol.matter.code in words(lan.get(f"{cell}xong"))
    assert [august.code in lan.get(f"{cell}{state}").content.decode() for state in ("xong", "im", "sau")] == [False, True, False]

    # The figure of regulations in force opens the very one.
    assert code in words(lan.get(f"{REGULATIONS}2026-T8"))

    # In September the police cannot end alone what the militia has signed. Both sign one that replaces it: what is open of later periods is
    # withdrawn and says why, August stays owed, what was done stays done, and the node opens nothing more of it.
    clock(at(1, 8, month=9))
    alone = lan.post(f"{page}so/ra-soat/", {"held_on": "01/09/2026", "outcome": "end"})
    assert (alone.status_code, "không bên nào một mình thôi thực hiện" in words(alone)) == (422, True)
    replaced(w, lan, people, as_post, code)
    node_works(at(1, 9, month=9))
    coming = tasks().get(occasion__first__month=9)
    told = words(lan.get(f"/nhiem-vu/{coming.code}/"))
    assert ("Lý do rút" in told, "Văn bản đã được thay thế bằng văn bản khác." in told) == (True, True)
    august.refresh_from_db()
    assert (august.state, [tasks().filter(state=state).count() for state in ("closed", "withdrawn")]) == ("open", [1, opened - 2])
    assert "Xã Sông quá hạn 1" in words(mai.get(f"/ke-hoach/thuc-hien/{YEAR}"))
    assert code not in words(lan.get(f"{REGULATIONS}2026-T9"))
    assert list(verify()) == []
