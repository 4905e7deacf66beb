"""The pages of duties: the matrix, compliance and its cells, the month, coverage, a clause beside what it lays down, the act that met it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils import timezone

from phoihop.domain import models as m
from phoihop.domain.agreements.actions.drafting import change_text
from phoihop.domain.agreements.actions.meeting import link_act
from phoihop.domain.agreements.actions.opening import open_due
from phoihop.domain.agreements.queries.drafted import draft_of
from phoihop.domain.agreements.queries.versions import current, digest_now
from phoihop.domain.agreements.rules.drafts import ClauseDraft
from phoihop.domain.matters.actions.opening import Opening, open_matters
from phoihop.domain.matters.actions.texts import keep
from phoihop.kernel.period import local_day
from tests.domain.activities.steps import planned
from tests.domain.agreements.agreed import a_regulation, circulated, heads
from tests.domain.agreements.duties import agreed, meeting, open_all
from tests.web.flat import flat
from tests.world import NOON

pytestmark = pytest.mark.django_db
LONG_AGO = local_day(timezone.now()).replace(day=1, month=1)


@pytest.fixture
def falling(w):
    """A monthly briefing in force since the year began, with its tasks."""
    made = agreed(w, meeting(w), began=LONG_AGO)
    while open_due(by=w.node, at=timezone.now()):
        pass
    return made


def first(w):
    return m.Occasion.objects.select_related("task").order_by("first")[0]


def test_the_matrix_says_who_leads_and_opens_the_clause(w, as_post, falling):
    said = as_post(w.binh).get("/ke-hoach/phan-cong/").content.decode()
    assert "hằng tháng" in said
    assert f'href="/ke-hoach/{falling.matter.code}/#dieu-1"' in said
    assert "chủ trì" in said


def test_the_readers_own_force_is_the_first_column(w, as_post, falling):
    columns = {post.unit.force.code: [f.code for f in as_post(post).get("/ke-hoach/phan-cong/").context["forces"]] for post in (w.lan, w.binh)}
    assert {code: (seen[0], set(seen)) for code, seen in columns.items()} == {code: (code, {"CA", "DQ"}) for code in ("CA", "DQ")}


def test_what_the_military_of_a_commune_has_to_do_names_its_command_and_stands_first_for_it(w, as_post):
    agreed(w, meeting(w, support={"force": w.forces["QS"]}), began=LONG_AGO)
    found = as_post(w.binh).get("/ke-hoach/phan-cong/")
    assert [f.code for f in found.context["forces"]] == ["QS", "CA"]
    assert '<span class="part">phối hợp<span class="sub-line">Ban CHQS xã</span></span></td>' in flat(found.content.decode()).split('<td class="own">', 1)[1]


def test_who_is_bound_by_nothing_is_told_so(w, as_post, falling):
    assert "Chưa có văn bản nào" in as_post(w.tu).get("/ke-hoach/phan-cong/").content.decode()


def test_the_matrix_of_one_text_offers_its_lead_the_clauses_and_says_what_it_lacks(w, as_post, falling):
    url = f"/ke-hoach/{falling.matter.code}/phan-cong/"
    said = as_post(w.lan).get(url).content.decode()
    assert f'href="{url}1/"' in said
    assert "chưa công bố đầu mối trực" in said
    assert as_post(w.tu).get(url).status_code == 404


def test_what_a_text_lacks_leads_only_its_lead_to_the_clause_where_it_is_mended(w, as_post):
    a = circulated(w)
    shown = [as_post(by).get(f"/ke-hoach/{a.matter.code}/phan-cong/").context["lacks"] for by in (w.lan, w.binh)]
    assert [any(one["url"] for one in lacks) for lacks in shown] == [True, False]
    assert [one["reason"] for one in shown[0]] == [one["reason"] for one in shown[1]]


def test_compliance_has_a_row_for_every_commune_and_a_sentence(w, as_post, falling):
    page = as_post(w.mai).get(f"/ke-hoach/thuc-hien/?dv=86&ky={local_day(timezone.now()).year}")
    said = page.content.decode()
    assert "Xã Sông" in said
    assert "1 xã, phường không có việc nào theo văn bản" in said
    assert said.index("Xã Sông") < said.index("1 xã, phường không có việc nào") < said.index("Phường Đất")
    assert 'data-label="Quản lý nhà nước về an ninh, trật tự"' in said


def test_a_cell_opens_its_tasks_to_who_sees_them_and_names_the_lead_to_the_others(w, as_post, falling):
    year = local_day(timezone.now()).year
    url = f"/ke-hoach/thuc-hien/viec/?dv=86&ky={year}&nd=trattu"
    code = first(w).task.code
    assert code in as_post(w.lan).get(url).content.decode()
    hidden = as_post(w.dung).get(url).content.decode()
    assert "Công an xã Sông" not in hidden or "chưa xem được" in hidden


@pytest.mark.parametrize("more", ["&theo=viec", "&theo=viec&nd=trattu", "&theo=dan-quan", "&nd=khac", "&xem=ban-do", "&ky=2026-T6", "&nd=²&theo=x&ky=2026-T13"])
def test_the_other_ways_to_look_answer(w, as_post, falling, more):
    assert as_post(w.mai).get(f"/ke-hoach/thuc-hien/?dv=86{more}").status_code == 200


@pytest.mark.parametrize("more", ["&trang=²", "&trang=-1", "&trang=99999", "&viec=²", "&viec=-3", "&nd=%00", "&dv=khong-co", "&ky=9999-T1"])
def test_nonsense_in_the_address_of_a_cell_is_passed_over(w, as_post, falling, more):
    assert as_post(w.mai).get(f"/ke-hoach/thuc-hien/viec/?dv=86{more}").status_code == 200


@pytest.mark.parametrize("state", ["qua", "im", "cho", "xong", "sau"])
def test_a_cell_is_narrowed_by_how_far_it_is_met(w, as_post, falling, state):
    assert as_post(w.mai).get(f"/ke-hoach/thuc-hien/viec/?dv=86&tt={state}").status_code == 200


def test_the_month_shows_what_my_unit_leads_and_helps_with(w, as_post, falling):
    due = local_day(first(w).task.due_at)
    url = f"/ke-hoach/lich/?ky={due.year}-T{due.month}"
    assert first(w).task.code in as_post(w.lan).get(url).content.decode()
    assert "phối hợp" in as_post(w.binh).get(url).content.decode()
    assert "Tháng này không có việc nào" in as_post(w.hai).get(url).content.decode()


def test_coverage_names_the_communes_that_have_nothing(w, as_post, falling):
    said = as_post(w.mai).get("/ke-hoach/do-phu/?dv=86").content.decode()
    assert "Phường Đất" in said
    assert "1 nơi chưa có quy chế" in said


def test_the_lead_shows_the_act_that_met_it_and_takes_it_away(w, as_post, falling):
    o = first(w)
    held = open_matters(kind="GB", openings=[Opening(w.police_song, w.song)], at=timezone.now())[0]
    url = f"/ke-hoach/den-han/{o.task.code}/"
    assert held.code in as_post(w.lan).get(url).content.decode()
    assert as_post(w.lan).post(f"{url}gan/", {"matter": held.code}).status_code == 302
    assert m.Task.objects.get(pk=o.task_id).state == "closed"
    assert as_post(w.lan).post(f"{url}go/{o.acts.get().pk}/").status_code == 302
    assert m.Task.objects.get(pk=o.task_id).state == "open"


def test_a_patrol_is_offered_under_the_hour_it_was_planned_for(w, as_post):
    agreed(w, meeting(w, act="patrol"))
    open_all(w, NOON)
    patrol = planned(w)
    o = m.Occasion.objects.select_related("task").get(first__lte=NOON.date(), until__gt=NOON.date())
    offered = as_post(w.lan).get(f"/ke-hoach/den-han/{o.task.code}/").context["offered"]
    assert offered == [(patrol.matter, f"/tuan-tra/{patrol.matter.code}/", patrol.planned_start)]


def test_an_act_that_is_not_seen_is_refused_at_its_field_and_nobody_shows_for_others(w, as_post, falling):
    o = first(w)
    url = f"/ke-hoach/den-han/{o.task.code}/"
    foreign = open_matters(kind="GB", openings=[Opening(w.strangers, w.elsewhere)], at=timezone.now())[0]
    page = as_post(w.lan).post(f"{url}gan/", {"matter": foreign.code})
    assert page.status_code == 422
    assert "Không có việc nào mã này" in page.content.decode()
    assert "Gắn theo mã" not in as_post(w.binh).get(url).content.decode()
    assert as_post(w.tu).get(url).status_code == 404


def test_a_task_leads_to_the_duty_behind_it(w, as_post, falling):
    code = first(w).task.code
    said = as_post(w.lan).get(f"/nhiem-vu/{code}/").content.decode()
    assert f"/ke-hoach/den-han/{code}/" in said
    assert "đã ký văn bản" in said


# a clause and what it lays down


def filled(agreement, **change):
    plain = {
        "act": "drill", "level": "commune", "cadence": "quarter", "force_CA": "lead", "force_DQ": "support", "due_workdays": "5", "onward": "0",
        "content": "dientap", "seen": digest_now(current(agreement)),
    }  # fmt: skip
    return plain | change


@pytest.fixture
def drafted(w):
    return a_regulation(w, timezone.now())


def duties(agreement, clause):
    return list(
        m.Duty.objects.filter(clause__version__agreement=agreement, clause__order=clause).order_by("order").values_list("act", "cadence", "due_workdays")
    )


def test_a_clause_is_laid_down_with_its_text_beside_it(w, as_post, drafted):
    url = f"/ke-hoach/{drafted.matter.code}/phan-cong/1/"
    assert "Các bên trao đổi thông tin hằng tuần" in as_post(w.lan).get(url).content.decode()
    assert as_post(w.lan).post(url, filled(drafted)).status_code == 302
    assert duties(drafted, 1) == [("drill", "quarter", 5)]
    assert m.Clause.objects.get(version__agreement=drafted, order=1).content == "dientap"


def test_a_duty_is_mended_in_its_place_and_taken_away(w, as_post, drafted):
    url = f"/ke-hoach/{drafted.matter.code}/phan-cong/2/"
    assert "Tuần tra chung" in as_post(w.lan).get(f"{url}?viec=0").content.decode()
    as_post(w.lan).post(url, filled(drafted, n="0", act="patrol", cadence="month", content="trattu"))
    assert duties(drafted, 2) == [("patrol", "month", 5)]
    as_post(w.lan).post(url, {"bo": "1", "n": "0", "seen": digest_now(current(drafted))})
    assert duties(drafted, 2) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"force_CA": "support"}, "Việc này chưa có bên chủ trì"),
        ({"force_DQ": "lead"}, "Mỗi việc chỉ có một bên chủ trì"),
        ({"due_workdays": "0"}, "Hạn phải từ 1 trở lên"),
        ({"cadence": "once", "due_workdays": ""}, "Việc làm một lần cần ngày đến hạn"),
        ({"seen": "f" * 64}, "Có người vừa sửa văn bản này"),
        ({"unit": "Công an xã Sông"}, "Chọn vai cho đơn vị có tên"),
    ],
    ids=["no-lead", "two-leads", "zero", "no-day", "changed", "no-role"],
)
def test_bad_input_is_a_sentence_and_what_was_typed_stays(w, as_post, drafted, change, said):
    page = as_post(w.lan).post(f"/ke-hoach/{drafted.matter.code}/phan-cong/1/", filled(drafted, **change))
    assert page.status_code == 422
    assert said in page.content.decode()
    assert duties(drafted, 1) == []


def test_a_duty_that_no_form_of_ours_names_is_not_laid_down(w, as_post, drafted):
    page = as_post(w.lan).post(f"/ke-hoach/{drafted.matter.code}/phan-cong/1/", filled(drafted, n="-5"))
    assert (page.status_code, list(page.context["form"].errors), duties(drafted, 1)) == (422, ["n"], [])


@pytest.mark.parametrize("page", ["1", "bang"])
def test_only_the_lead_opens_and_sends_the_forms_that_lay_down(w, as_post, page):
    made = circulated(w, timezone.now())
    draft = replace(draft_of(current(made)), clauses=[ClauseDraft("Điều 1", "Câu chưa gửi ai.")])
    change_text(by=w.lan, agreement=made, draft=draft, seen=digest_now(current(made)), at=timezone.now())
    url, party = f"/ke-hoach/{made.matter.code}/phan-cong/{page}/", as_post(heads(w).militia)
    answers = [party.get(url), party.post(url, filled(made))]
    assert [(one.status_code, "Chỉ đơn vị chủ trì" in one.content.decode(), "Câu chưa gửi ai" in one.content.decode()) for one in answers] == [
        (403, True, False), (403, True, False),
    ]  # fmt: skip
    assert "Điều 1" in as_post(w.lan).get(url).content.decode()


def test_the_title_of_an_act_is_told_to_who_sees_the_act(w, as_post, falling):
    o = first(w)
    held = open_matters(kind="GB", openings=[Opening(w.police_song, w.song, title=keep("Giao ban bến phà", "title", timezone.now()))], at=timezone.now())[0]
    link_act(by=w.lan, occasion=o, matter=held, at=timezone.now())
    pages = [as_post(by).get(f"/ke-hoach/den-han/{o.task.code}/").content.decode() for by in (w.lan, w.binh)]
    assert [(held.code in page, "Giao ban bến phà" in page) for page in pages] == [(True, True), (True, False)]


def test_the_title_of_the_text_behind_a_task_is_told_to_who_sees_the_text_and_its_code_to_the_others(w, as_post, falling):
    task, title, code = first(w).task, falling.matter.title.text, falling.matter.code
    for way in (f"/nhiem-vu/{task.code}/", f"/ke-hoach/den-han/{task.code}/"):
        lead, other = (as_post(post).get(way).content.decode() for post in (w.lan, w.binh))
        assert (title in lead, title in other, f"/{code}/" in other) == (True, False, True)


def test_an_act_can_be_shown_only_once(w, falling):
    o = first(w)
    held = open_matters(kind="GB", openings=[Opening(w.police_song, w.song)], at=timezone.now())[0]
    link_act(by=w.lan, occasion=o, matter=held, at=timezone.now())
    assert o.acts.count() == 1
