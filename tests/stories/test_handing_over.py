"""A unit is dissolved: what it led, owed and was reached by goes on with its heir; what it did stays counted as it was."""

from __future__ import annotations

import pytest

from phoihop.domain import models as m
from phoihop.domain.figures.actions import projection
from phoihop.domain.matters.queries.proof import verify
from tests.stories.steps import accept_all, confirm_all, node_works, type_lines, words
from tests.web.patrols.test_result import form_of
from tests.web.reports.test_pages import links_of, rows_of
from tests.world import at

pytestmark = pytest.mark.django_db(transaction=True)  # the worker closes its connection, which would end a test's transaction

JUNE = "/bao-cao/THONGKE/2026-T6/?dv=86"
FIGURE = "/so-lieu/TR.01/?lich=THONGKE&ky=2026-T6&dv=29001"


def test_the_heir_takes_over_leads_tasks_posts_and_numbers_and_no_figure_moves(w, as_post, clock):
    m.User.objects.filter(pk=w.quan.user_id).update(totp_secret="sealed")  # an administrator signs in with a second proof
    w.quan.user.refresh_from_db()
    clock(at(3, 8))
    lan, binh, mai, quan = (as_post(post) for post in (w.lan, w.binh, w.mai, w.quan))
    militia, page = w.militia_song.name, f"/luc-luong/{w.police_song.key}/"

    # The police of Sông led one patrol that the militia confirmed, plan another, have a task from the province, and publish a duty number.
    type_lines(
        lan,
        ("02/06/2026", "20h", "22h", "Xã Sông", "Tuyến đường bộ", 3, militia, 4, ""),
        ("05/06/2026", "20h", "22h", "Xã Sông", "Tuyến đường bộ", 3, militia, 4, ""),
    )
    assert (confirm_all(binh), accept_all(binh)) == (1, 1)
    mai.post(
        "/nhiem-vu/moi/",
        {
            "what": "Kiểm tra đèn bến đò",
            "lead": w.police_song.name,
            "supports": "",
            "source": "directive",
            "matter": "",
            "due_at_0": "09/06/2026",
            "due_at_1": "17:00",
        },
    )
    lan.post(f"{page}dau-moi/", {"label": "Trực ban", "number": "0275.3822.345", "day": "03/06/2026"})
    task = m.Task.objects.get()
    node_works(at(3, 9))
    before = rows_of(mai.get(JUNE)), links_of(binh.get(FIGURE), "/tuan-tra/TT")
    assert links_of(mai.get(FIGURE), "/tuan-tra/TT") == before[1]
    assert (before[0]["Xã Sông"][0], len(before[1])) == ("1", 1)

    # The administrator dissolves it into the police of Đất. The page says beforehand what passes, so that nobody signs blind.
    clock(at(4, 8))
    told = {str(what): n for what, n in quan.get(f"{page}sap-xep/").context["passes"]}
    assert told == {"việc đang chủ trì": 1, "nhiệm vụ chưa xong": 1, "chức trách đang giữ, sắp giữ": 1, "đầu mối trực": 1}
    quan.post(f"{page}sap-xep/", {"new": w.police_dat.key, "basis": "QĐ 12", "day": "04/06/2026"})
    assert "Bàn giao cho" in words(quan.get(page))
    assert "0275.3822.345" in words(binh.get(f"/luc-luong/{w.police_dat.key}/"))

    # No figure moved. The militia, who took part, the superior of the dissolved police and its heir all open the record behind it.
    node_works(at(4, 9))
    assert (rows_of(mai.get(JUNE)), links_of(binh.get(FIGURE), "/tuan-tra/TT")) == before
    heir = as_post(m.Post.objects.select_related("user").get(user=w.lan.user, unit=w.police_dat))
    assert [links_of(post.get(FIGURE), "/tuan-tra/TT") for post in (mai, heir)] == [before[1], before[1]]
    assert {post.get(link).status_code for post in (binh, mai, heir) for link in before[1]} == {200}

    # Lan goes on in the heir: she answers the task, and leads the patrol to its end. The militia confirm, and it counts.
    heir.post(f"/nhiem-vu/{task.code}/tra-loi/", {"answer": "Đã thay bóng"})
    task.refresh_from_db()
    assert (task.lead, task.state) == (w.police_dat, "answered")
    clock(at(5, 23))
    open_patrol = m.Activity.objects.select_related("matter").get(claim="")
    heir.post(f"/tuan-tra/{open_patrol.matter.code}/ket-qua/", form_of(heir, open_patrol) | {"what": "khong"})
    assert confirm_all(binh) == 1
    node_works(at(6, 8))
    assert rows_of(mai.get(JUNE))["Xã Sông"][0] == "2"

    # The journal proves it, and the balances are those of the facts.
    assert list(verify()) == []
    assert projection.check() == []
