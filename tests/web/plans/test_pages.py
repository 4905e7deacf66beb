"""The pages of plans as a browser asks for them: who sees what, rows that are added without a script, refusals at their row."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from phoihop.domain import models as m
from phoihop.domain.agreements.actions.arranging import arrange
from phoihop.domain.agreements.actions.carrying_out import tell_result
from phoihop.domain.agreements.actions.drafting import change_text
from phoihop.domain.agreements.queries.drafted import draft_of
from phoihop.domain.agreements.queries.needs import needs_of
from phoihop.domain.agreements.queries.plans import arrangement_in
from phoihop.domain.agreements.queries.versions import current, digest_now
from phoihop.domain.agreements.rules.carrying_out import ResultDraft
from phoihop.domain.agreements.rules.drafts import DutyRoleDraft
from phoihop.domain.agreements.rules.plans import Arrangement, PhaseDraft, StepDraft
from phoihop.domain.matters.actions.texts import keep
from phoihop.domain.matters.models import Purpose
from phoihop.kernel.period import local_day
from phoihop.kernel.upload import Upload
from phoihop.web.waiting import waiting_of
from tests.domain.agreements.agreed import for_signing, heads, on_paper
from tests.domain.agreements.planned import a_flood_plan, an_event_plan, arranged, signed, the_posts, the_steps
from tests.domain.agreements.signed_pdf import pdf
from tests.laid import laid_upon
from tests.stories.steps import words
from tests.web.flat import flat
from tests.world import at

pytestmark = pytest.mark.django_db
NEXT_YEAR = local_day(timezone.now()).year + 1


def page_of(a, *parts):
    return "/".join(["/ke-hoach", a.matter.code, *parts, ""])


def errors(answer):
    return {name: [e.code for e in said.as_data()] for name, said in answer.context["form"].errors.items()}


@pytest.fixture
@laid_upon
def flood(w):
    plan = a_flood_plan(w)
    arranged(w, plan, the_steps(w))
    return plan


@pytest.fixture
@laid_upon
def event(w):
    plan = an_event_plan(w)
    arranged(w, plan, the_posts(w))
    return plan


def test_only_the_plan_of_an_event_speaks_of_check_points(as_post, w, flood, event):
    said = [flat(as_post(w.lan).get(page_of(plan, "bo-tri")).content.decode()).casefold() for plan in (flood, event)]
    assert [("chốt" in text, "mở phương án" in text) for text in said] == [(False, True), (True, False)]


def posts_form(w, plan, **change):
    plain = {
        "seen": digest_now(current(plan)), "posts.0.kind": "chot", "posts.0.place": "Cổng bến phà", "posts.0.unit": w.police_song.pk, "posts.0.people": "4",
        "posts.0.since_0": "10/6/2026", "posts.0.since_1": "17:00", "posts.0.until_0": "10/6/2026", "posts.0.until_1": "23:00",
    }  # fmt: skip
    return plain | change


def steps_form(w, plan, **change):
    plain = {
        "seen": digest_now(current(plan)), "phases.0.name": "Báo động", "phases.0.steps.0.what": "Báo các ấp", "phases.0.steps.0.within_minutes": "30",
        "phases.0.steps.0.roles": f"u:{w.militia_song.pk}", "phases.0.steps.0.helpers": ["f:CA", f"u:{w.station.pk}"],
        "needs.0.spot": "phuongtien", "needs.0.kind": "xuong", "needs.0.amount": "5",
    }  # fmt: skip
    return plain | change


def test_posts_are_laid_down_row_by_row(as_post, w):
    plan = an_event_plan(w)
    answer = as_post(w.lan).post(page_of(plan, "bo-tri"), posts_form(w, plan, **{"posts.5.kind": "to"}))
    assert (answer.status_code, answer.headers["Location"]) == (302, page_of(plan))
    assert [(p.place.text, p.unit, p.people) for p in arrangement_in(current(plan)).posts] == [("Cổng bến phà", w.police_song, 4)]


def test_steps_with_who_leads_and_who_helps(as_post, w):
    plan = a_flood_plan(w)
    assert as_post(w.lan).post(page_of(plan, "bo-tri"), steps_form(w, plan)).status_code == 302
    there = arrangement_in(current(plan))
    roles = [(r.role, r.unit, r.force) for r in there.phases[0].steps.get().roles.order_by("pk")]
    assert roles == [("lead", w.militia_song, None), ("support", None, w.forces["CA"]), ("support", w.station, None)]
    assert [(n.spot, n.kind, n.amount) for n in there.needs] == [("phuongtien", "xuong", 5)]


WRONG = {
    "ends before it begins": ("posts", {"posts.0.until_1": "16:00"}, {"posts.0.until": ["ends-before-start"]}),
    "no place, in the third row": (
        "posts",
        {"posts.2.kind": "to", "posts.2.unit": "1", "posts.2.people": "3"},
        {"posts.1.unit": ["invalid_choice"], "posts.1.since": ["required"], "posts.1.until": ["required"]},
    ),
    "nobody": ("posts", {"posts.0.people": "0"}, {"posts.0.people": ["people-out-of-range"]}),
    "a step nobody leads": ("steps", {"phases.0.steps.0.roles": ""}, {"phases.0.steps.0.roles": ["no-lead"]}),
    "who leads helps as well": ("steps", {"phases.0.steps.0.roles": "f:CA"}, {"phases.0.steps.0.roles": ["role-twice"]}),
    "a step of no minutes": ("steps", {"phases.0.steps.0.within_minutes": "0"}, {"phases.0.steps.0.within_minutes": ["step-minutes"]}),
    "a phase without a step": ("steps", {"phases.1.name": "Sơ tán", "phases.1.steps.0.what": ""}, {"phases.1.steps.0.what": ["text-missing"]}),
    "a need twice": ("steps", {"needs.1.spot": "haucan", "needs.1.kind": "xuong", "needs.1.amount": "2"}, {"needs.1.kind": ["need-twice"]}),
    "a secret mark": ("steps", {"phases.0.steps.0.what": "TỐI MẬT: báo các ấp"}, {"phases.0.steps.0.what": ["secret-mark"]}),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_stands_at_its_row(as_post, w, name):
    kind, change, expected = WRONG[name]
    plan, form = (an_event_plan(w), posts_form) if kind == "posts" else (a_flood_plan(w), steps_form)
    answer = as_post(w.lan).post(page_of(plan, "bo-tri"), form(w, plan, **change))
    assert (answer.status_code, errors(answer)) == (422, expected)
    assert not arrangement_in(current(plan))


def test_the_document_prints_what_the_plan_lays_down_and_places_to_who_takes_part_only(w, as_post):
    plan = an_event_plan(w)
    arranged(w, plan, the_posts(w))
    plan = signed(w, plan)
    printed = {by: " ".join(as_post(by).get(f"{page_of(plan, 'van-ban')}?dang=txt").content.decode().split()) for by in (w.binh, w.thu)}
    assert [("Cổng bến phà" in printed[by], "Thử bộ đàm các chốt" in printed[by]) for by in (w.binh, w.thu)] == [(True, True), (False, True)]
    flood = a_flood_plan(w)
    arranged(w, flood, the_steps(w))
    text = " ".join(as_post(w.lan).get(f"{page_of(flood, 'van-ban')}?dang=txt").content.decode().split())
    assert [words in text for words in ("Báo các ấp ven sông", "30 phút", "Đưa dân về trường học", "3 giờ")] == [True] * 4


def test_rows_come_and_go_without_a_script_and_nothing_typed_is_lost(as_post, w):
    plan = a_flood_plan(w)
    client, typed = as_post(w.lan), steps_form(w, plan)
    more = client.post(page_of(plan, "bo-tri"), typed | {"do": "them:phases.0.steps"}).context["form"]
    assert [len(p["steps"]) for p in more.phase_rows] == [2]
    assert more["phases.0.steps.0.what"].value() == "Báo các ấp"
    assert more["phases.0.steps.0.helpers"].value() == ["f:CA", f"u:{w.station.pk}"]
    assert len(client.post(page_of(plan, "bo-tri"), typed | {"do": "them:phases"}).context["form"].phase_rows) == 2
    fewer = client.post(page_of(plan, "bo-tri"), typed | {"do": "bo:needs.0"}).context["form"]
    assert (fewer.need_rows, fewer["seen"].value()) == ([], typed["seen"])
    event = an_event_plan(w)
    shown = client.post(page_of(event, "bo-tri"), posts_form(w, event, do="them:posts"))
    assert (shown.status_code, len(shown.context["form"].post_rows)) == (200, 2)
    assert 'value="17:00"' in shown.content.decode()


def test_who_was_slower_sees_both_and_may_choose(as_post, w, flood):
    stale = steps_form(w, flood)
    arrange(by=w.lan, agreement=flood, arrangement=Arrangement(phases=the_steps(w).phases[:1]), seen=stale["seen"], at=timezone.now())
    answer = as_post(w.lan).post(page_of(flood, "bo-tri"), stale | {"phases.0.name": "Của tôi"})
    page = answer.content.decode()
    assert (answer.status_code, errors(answer)) == (422, {"__all__": ["changed-meanwhile"]})
    assert ("Báo các ấp ven sông" in page, "Của tôi" in page) == (True, True)
    mine = stale | {"phases.0.name": "Của tôi", "seen": [stale["seen"], digest_now(current(flood))]}
    assert as_post(w.lan).post(page_of(flood, "bo-tri"), mine).status_code == 302
    assert arrangement_in(current(flood)).phases[0].name.text == "Của tôi"


def test_only_the_lead_arranges(as_post, w, event):
    assert [as_post(by).get(page_of(event, "bo-tri")).status_code for by in (w.lan, w.binh)] == [200, 403]


def test_posts_show_to_who_takes_part_and_totals_to_who_follows(as_post, w, event):
    plan = signed(w, event)
    seen = [as_post(by).get(page_of(plan)).content.decode() for by in (w.binh, w.thu)]
    assert ["Cổng bến phà" in page for page in seen] == [True, False]
    assert ["1 chốt, 1 tổ cơ động, tổng số 10 người" in page for page in seen] == [True, True]


def test_what_holds_the_posts_is_fetched_by_who_takes_part_only(as_post, w, event):
    """The proof names each post; a scan of the signed paper shows them."""
    for_signing(w, event, timezone.now())
    made = on_paper(heads(w).station, event, scans=[Upload("ban-quet.pdf", pdf("Chốt cổng bến phà, 4 người"))])
    ways = (f"/ke-hoach/{event.matter.code}/chung-minh.json", page_of(event, "tep", str(made.scan_id)))
    assert [[as_post(by).get(way).status_code for way in ways] for by in (w.binh, w.thu)] == [[200, 200], [403, 404]]
    assert [f"tep/{made.scan_id}/" in as_post(by).get(page_of(event)).content.decode() for by in (w.binh, w.thu)] == [True, False]
    as_post(w.thu).get(f"{page_of(event, 'van-ban')}?dang=pdf")
    assert m.TextExport.objects.count() == 0, "a PDF without the posts is not the text that is signed"


def test_a_unit_ticks_off_its_own_preparation_from_its_queue(as_post, w, event):
    plan = signed(w, event)
    check = m.PlanCheck.objects.get()
    assert [(one.waits, one.title) for one in waiting_of(w.binh, timezone.now()) if one.code == plan.matter.code] == [("prepare", "Thử bộ đàm các chốt")]
    assert [n.need for n in needs_of(w.binh, local_day(timezone.now())) if n.agreement == plan.pk] == ["prepare"]
    to = page_of(plan, "chuan-bi", str(check.pk))
    assert as_post(w.lan).post(to).status_code == 403
    assert as_post(w.binh).post(to, {"ve": "/"}).headers["Location"] == "/"
    assert "đã xong" in as_post(w.binh).get(page_of(plan)).content.decode()
    assert needs_of(w.binh, local_day(timezone.now())) == []


def test_a_preparation_is_ticked_off_on_the_page_while_a_new_version_is_signed_and_what_that_changes_is_shown(as_post, w, event):
    plan = signed(w, event)
    check = m.PlanCheck.objects.get()
    change_text(by=w.lan, agreement=plan, draft=draft_of(current(plan)), seen=digest_now(current(plan)), at=at(2, 8))
    there = the_posts(w)
    later = replace(there.checks[0], due_at=at(10, 16))
    arrange(by=w.lan, agreement=plan, arrangement=replace(there, checks=[later]), seen=digest_now(current(plan)), at=at(2, 9))
    for_signing(w, plan, at(2, 10))
    signers = list(m.Post.objects.filter(pk__in=m.Signature.objects.values("by")).select_related("user", "unit"))
    page = as_post(w.binh).get(page_of(plan)).content.decode()
    assert (f"chuan-bi/{check.pk}/" in page, "Bản 2 đổi phần chuẩn bị" in page) == (True, True)
    assert as_post(w.binh).post(page_of(plan, "chuan-bi", str(check.pk))).status_code == 302
    newer = m.PlanCheck.objects.get(version__number=2)
    assert as_post(w.binh).post(page_of(plan, "chuan-bi", str(newer.pk))).status_code == 403
    for by in signers:
        on_paper(by, plan, at(2, 11))
    page = as_post(w.binh).get(page_of(plan)).content.decode()
    assert (f"chuan-bi/{newer.pk}/" in page, "Đã đổi so với bản trước, nên cần báo lại." in page, "đã báo xong" in page) == (True, True, True)


def test_the_result_is_told_once_and_each_party_adds_its_own_people(as_post, w, event):
    plan = signed(w, event)
    m.PlanCheck.objects.update(done_at=timezone.now())
    said = {"held_on": "10/6/2026", "safe": "co", "posts": "1", "teams": "1", "note": "Thiếu đèn ở bờ kè"}
    shown = as_post(w.lan).get(page_of(plan, "cong-viec", "ket-qua")).context["form"]
    assert (shown["posts"].value(), shown["teams"].value()) == (1, 1)
    assert as_post(w.lan).post(page_of(plan, "cong-viec", "ket-qua"), said).status_code == 302
    again = as_post(w.lan).post(page_of(plan, "cong-viec", "ket-qua"), said)
    assert (again.status_code, errors(again)) == (422, {"__all__": ["told-already"]})
    assert [one.waits for one in waiting_of(w.binh, timezone.now()) if one.code == plan.matter.code] == ["shift"]
    assert as_post(w.binh).get(page_of(plan, "cong-viec", "luot-nguoi")).context["form"]["people"].value() == 6
    assert as_post(w.binh).post(page_of(plan, "cong-viec", "luot-nguoi"), {"people": "7"}).status_code == 302
    assert list(m.EventShift.objects.values_list("unit__short", "people")) == [(w.militia_song.short, 7)]


def test_a_plan_is_opened_after_it_was_shown_who_gets_what(as_post, w, flood):
    plan = signed(w, flood)
    m.Agreement.objects.update(valid_from=local_day(timezone.now()) - timedelta(days=1))
    m.Version.objects.update(valid_from=local_day(timezone.now()) - timedelta(days=1))
    page = as_post(w.lan).get(page_of(plan, "mo-phuong-an"))
    assert [(r["one"].lead, r["span"]) for r in page.context["rows"]] == [(w.militia_song, "30 phút"), (w.police_song, "3 giờ")]
    assert (page.context["units"], page.context["nobody"]) == (2, 0)
    wrong = as_post(w.lan).post(page_of(plan, "mo-phuong-an"), {"matter": "KH-99"})
    assert errors(wrong) == {"matter": ["no-matter"]}
    assert "nhiệm vụ của phương án này" not in words(as_post(w.lan).get(page_of(plan)))
    assert as_post(w.lan).post(page_of(plan, "mo-phuong-an"), {"matter": ""}).headers["Location"] == f"/nhiem-vu/?q={plan.matter.code}"
    m.Task.objects.filter(lead=w.police_song).update(state="closed", closed_at=timezone.now())
    assert "2 nhiệm vụ của phương án này · 1 đã kết thúc" in words(as_post(w.lan).get(page_of(plan)))
    assert list(m.Task.objects.order_by("due_at").values_list("what__text", "lead")) == [
        ("Báo các ấp ven sông", w.militia_song.pk),
        ("Đưa dân về trường học", w.police_song.pk),
    ]
    assert as_post(w.binh).get(page_of(plan, "mo-phuong-an")).status_code == 403


def test_a_step_that_nobody_there_leads_is_said_before_the_plan_is_signed_and_when_it_is_to_be_opened(as_post, w):
    plan = a_flood_plan(w)
    alone = StepDraft("Dập lửa, cứu người", 20, [DutyRoleDraft("lead", force=w.forces["PC"])])
    arranged(w, plan, Arrangement(phases=[PhaseDraft("Báo động", [alone])]))
    said = "1 bước xử lý chưa có đơn vị chủ trì ở địa bàn này nên phương án không mở được."
    assert said in words(as_post(w.lan).get(page_of(plan)))
    plan = signed(w, plan)
    m.Agreement.objects.update(valid_from=local_day(timezone.now()) - timedelta(days=1))
    m.Version.objects.update(valid_from=local_day(timezone.now()) - timedelta(days=1))
    opening = as_post(w.lan).get(page_of(plan, "mo-phuong-an"))
    assert (opening.context["nobody"], page_of(plan, "sua") in opening.content.decode()) == (1, True)


@pytest.mark.parametrize(("days", "told", "offered"), [(3, "Sự kiện chưa diễn ra.", False), (0, "Chủ trì chưa ghi kết quả.", True)])
def test_how_an_event_went_is_not_offered_before_its_day(as_post, w, event, days, told, offered):
    plan = signed(w, event)
    first = local_day(timezone.now()) + timedelta(days=days)
    name = keep("Hội đua ghe", Purpose.TITLE, timezone.now())
    fair = m.PublicEvent.objects.create(code="dua-ghe", series="dua-ghe", kind="lehoi", name=name, first_on=first, until=first + timedelta(days=1))
    m.EventPlan.objects.create(event=fair, agreement=plan)
    page = as_post(w.lan).get(page_of(plan))
    assert (told in words(page), page_of(plan, "cong-viec", "ket-qua") in page.content.decode()) == (True, offered)


def test_needs_spots_and_practices_on_the_page(as_post, w, flood):
    plan = signed(w, flood)
    client = as_post(w.lan)
    page = client.get(page_of(plan)).content.decode()
    assert "Chưa luyện tập lần nào." in page
    assert page.count("Các bên hiện có </span>–</td>") == 2, "neither people nor boats are registered"
    assert as_post(w.binh).post(page_of(plan, "tai-cho", "haucan"), {"ready": "co"}).status_code == 302
    assert as_post(w.binh).post(page_of(plan, "tai-cho", "chihuy"), {"ready": "khong"}).status_code == 302
    assert sorted(m.SpotState.objects.values_list("area__name", "spot", "ready")) == [("Sông", "chihuy", False), ("Sông", "haucan", True)]
    said = {"held_on": "1/6/2026", "people": "60", "goals": "4", "met": "5"}
    wrong = client.post(page_of(plan, "cong-viec", "luyen-tap"), said)
    assert errors(wrong) == {"met": ["met-of-goals"]}
    assert client.post(page_of(plan, "cong-viec", "luyen-tap"), said | {"met": "3"}).status_code == 302
    assert "đạt 3/4 mục tiêu" in client.get(page_of(plan)).content.decode()


def team_form(w, **change):
    plain = {
        "name": "Tổ liên ngành bến sông", "mandate": "Kiểm tra bến bãi ban đêm", "valid_from": "1/6/2026", "valid_until": f"1/12/{NEXT_YEAR}",
        "members.0.unit": w.police_song.pk, "members.0.role": "lead", "members.0.people": "3",
        "members.1.unit": w.militia_song.pk, "members.1.role": "support", "members.1.people": "4",
        "members.2.unit": w.station.pk, "members.2.role": "support", "members.2.people": "2",
    }  # fmt: skip
    return plain | change


def test_a_team_is_formed_and_each_unit_answers_for_itself(as_post, w, event):
    plan = signed(w, event)
    m.PlanCheck.objects.update(done_at=timezone.now())
    to = page_of(plan, "to-cong-tac")
    assert errors(as_post(w.lan).post(to, team_form(w, **{"members.1.people": "0"}))) == {"members.1.people": ["people-out-of-range"]}
    assert errors(as_post(w.lan).post(to, team_form(w, valid_until="1/5/2026"))) == {"valid_until": ["ends-before-start"]}
    assert len(as_post(w.lan).post(to, team_form(w, do="them:members")).context["form"].member_rows) == 4
    assert as_post(w.lan).post(to, team_form(w)).status_code == 302
    assert [one.waits for one in waiting_of(w.binh, timezone.now()) if one.code == plan.matter.code] == ["team"]
    of = {p.unit_id: p.pk for p in m.TaskTeamMember.objects.all()}
    assert as_post(w.binh).post(f"{to}{of[w.militia_song.pk]}/nhan-loi/").status_code == 302
    assert errors(as_post(w.hai).post(f"{to}{of[w.station.pk]}/khong/", {"reason": ""})) == {"reason": ["required"]}
    assert as_post(w.hai).post(f"{to}{of[w.station.pk]}/khong/", {"reason": "Thiếu người"}).status_code == 302
    page = as_post(w.lan).get(page_of(plan)).content.decode()
    assert ("đã nhận lời" in page, "không tham gia" in page, "Thiếu người" in page) == (True, True, True)
    team = m.TaskTeam.objects.get()
    assert as_post(w.lan).post(f"{to}{team.pk}/giai-the/", {"day": f"1/9/{NEXT_YEAR}"}).status_code == 302
    assert as_post(w.tu).get(f"{to}{team.pk}/giai-the/").status_code == 403


def test_a_team_that_has_ended_offers_nobody_a_form(as_post, w, event):
    plan = signed(w, event)
    to, today = page_of(plan, "to-cong-tac"), local_day(timezone.now())
    as_post(w.lan).post(to, team_form(w))
    team = m.TaskTeam.objects.get()
    place = team.members.get(unit=w.station)
    ways = [(w.lan, f"{to}{team.pk}/giai-the/"), (w.hai, f"{to}{place.pk}/khong/")]
    assert [as_post(post).get(way).status_code for post, way in ways] == [200, 200]
    m.TaskTeam.objects.update(ended_on=today)
    for post, way in ways:
        for answer in (as_post(post).get(way), as_post(post).post(way, {"day": f"{today:%d/%m/%Y}", "reason": "Thiếu người"})):
            assert (answer.status_code, answer.context["verdict"].code, "Tổ, đội này đã kết thúc." in answer.content.decode()) == (403, "ended", True)


def test_an_appraisal_is_drafted_by_form_and_never_offered_for_signing(as_post, w):
    said = {
        "kind": "thamdinh", "style": "state", "title": "Góp ý quy hoạch bến cá", "area": "Xã Sông", "parties.1.unit": "Ban CHQS xã Sông", "parties.1.role": "support",
        "parties.1.signs": "on", "clauses.0.depth": "1", "clauses.0.label": "Mục 1", "clauses.0.text": "Bến cá nằm trong vành đai kho xăng.",
    }  # fmt: skip
    assert as_post(w.lan).post("/ke-hoach/moi/", said).status_code == 302
    a = m.Agreement.objects.get()
    assert set(a.parties.values_list("signs", flat=True)) == {False}
    assert [one.name for one in as_post(w.lan).get(page_of(a)).context["offered"]] == ["lay-y-kien"]
    assert as_post(w.lan).post(page_of(a, "lam", "lay-y-kien"), {"workdays": "5"}).status_code == 302
    assert as_post(w.binh).post(page_of(a, "lam", "gop-y"), {"agrees": "on"}).status_code == 302
    assert [one.name for one in as_post(w.lan).get(page_of(a)).context["offered"]] == ["ket-thuc"]
    assert as_post(w.lan).post(page_of(a, "lam", "ket-thuc")).status_code == 302
    page = as_post(w.lan).get(page_of(a)).content.decode()
    assert (m.Agreement.objects.get().stage, "tiếp thu 0, một phần 0, không 0" in page) == ("ended", True)


def test_an_event_that_was_held_asks_no_more_for_preparations(w, event):
    plan = signed(w, event)
    tell_result(by=w.lan, agreement=plan, result=ResultDraft(local_day(timezone.now()), True, 1, 1), at=timezone.now())
    assert [n.need for n in needs_of(w.binh, local_day(timezone.now()))] == ["shift"]
