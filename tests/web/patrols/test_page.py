"""The page of one patrol: what each reader sees of it, and the one thing to do next."""

from datetime import timedelta

import pytest

from phoihop.domain import models as m
from phoihop.domain.activities.actions.under_way import start, tap
from phoihop.domain.activities.rules import Counted
from phoihop.domain.matters.actions.erasing import ask_recall
from phoihop.domain.matters.actions.notes import attach, note
from phoihop.domain.matters.actions.parts import grant
from phoihop.domain.matters.actions.requests import request_to_join
from tests.domain.matters.files import A_PNG
from tests.web.flat import flat
from tests.web.patrols.steps import HOUR, accepted, now, on_route, page_of, planned, queries, reported, said
from tests.world import person

pytestmark = pytest.mark.django_db


def text_of(browser, path):
    answer = browser.get(path)
    return answer.content.decode(), answer.status_code


def primary_of(browser, a):
    """The words of the page's one primary button in its head."""
    step = browser.get(page_of(a)).context["primary"]
    return step["label"] if step else ""


def test_the_lead_reads_parties_plan_route_check_points_and_story(w, as_post):
    a = accepted(w, planned(w, route=on_route(w), route_kind="river", armed=True))
    page, status = text_of(as_post(w.lan), page_of(a))
    assert status == 200
    for words in (
        "Ven sông Sông – Đất",
        "Ban CHQS xã Sông",
        "kế hoạch 1 tổ · 4 người",
        "đã nhận",
        "Cầu Cái Sâu",
        "Bến đò Đất",
        "NĐ 03/2019",
        "lên lịch",
        "trả lời đề nghị tham gia: đã nhận",
    ):
        assert words in flat(page)


def test_who_was_there_unasked_or_unanswered_is_waited_for_from_the_result_on(w, as_post):
    a = planned(w, starts=-HOUR)
    before, _status = text_of(as_post(w.lan), page_of(a))
    reported(w, a, started_at=now() - HOUR, ended_at=now())
    after, _status = text_of(as_post(w.lan), page_of(a))
    assert ("quá hạn" in before, "chờ xác nhận" in after, "quá hạn" in after) == (True, True, False)


def test_an_answer_and_a_word_stand_beside_their_unit_with_the_reason(w, as_post):
    a = planned(w)
    as_post(w.hai).post(page_of(a, "tu-choi/"), {"state": "declined", "reason": "Tổ đang trực lễ hội"})
    reported(w, a, parties=[Counted(w.police_song, 3), Counted(w.militia_song, 4)])
    said(w.binh, a, agrees=False, note="Chỉ đi một giờ")
    page, _status = text_of(as_post(w.lan), page_of(a))
    assert "từ chối" in page
    assert "Tổ đang trực lễ hội" in page
    assert "không xác nhận" in page
    assert "Chỉ đi một giờ" in page
    assert "chưa thống nhất" in page


@pytest.mark.parametrize(
    ("starts", "expected"),
    [(timedelta(days=3), "Sửa kế hoạch"), (HOUR, "Xuất phát"), (-HOUR, "Xuất phát"), (-5 * HOUR, "Ghi kết quả")],
    ids=["in three days", "in an hour", "an hour late", "over"],
)
def test_the_primary_button_of_the_lead_follows_the_hour(w, as_post, starts, expected):
    assert primary_of(as_post(w.lan), planned(w, starts=starts)) == expected


def test_under_way_the_lead_records_the_result(w, as_post):
    a = planned(w, starts=-HOUR)
    start(by=w.lan, activity=a, started_at=now() - HOUR, at=now())
    assert primary_of(as_post(w.lan), a) == "Ghi kết quả"


def test_the_primary_button_of_a_party_is_to_accept_then_to_confirm_then_nothing(w, as_post):
    a = planned(w)
    browser = as_post(w.binh)
    assert primary_of(browser, a) == "Nhận lời"
    browser.post(page_of(a, "nhan-loi/"))
    assert primary_of(browser, a) == ""
    reported(w, a)
    assert primary_of(browser, a) == "Xác nhận kết quả"
    asked = text_of(browser, page_of(a))[0]
    browser.post(page_of(a, "xac-nhan/"), {"digest": m.Activity.objects.get(pk=a.pk).digest})
    assert primary_of(browser, a) == ""
    answered = text_of(browser, page_of(a))[0]
    assert [("Đúng, xác nhận" in page, "Đơn vị của bạn đã xác nhận kết quả này." in page) for page in (asked, answered)] == [(True, False), (False, True)]


def test_a_disputed_result_is_mended_by_the_lead(w, as_post):
    a = reported(w, accepted(w, planned(w)))
    said(w.binh, a, agrees=False, note="Không có cuộc này")
    assert primary_of(as_post(w.lan), a) == "Sửa kết quả"
    assert primary_of(as_post(w.binh), a) == "Xem lại xác nhận"


def offered(browser, a):
    """The words of all that the head of the page offers, the primary button first."""
    page = browser.get(page_of(a)).context
    return [step["label"] for step in ([page["primary"]] if page["primary"] else []) + page["others"]]


def test_of_a_result_a_party_says_whether_it_is_right_and_no_longer_whether_it_will_come(w, as_post):
    a = reported(w, planned(w), parties=[Counted(w.police_song, 3), Counted(w.station, 2)])
    files = ["Đính kèm tệp", "In phiếu tuần tra", "Chép tin"]
    assert offered(as_post(w.hai), a) == ["Xác nhận kết quả", "Không đúng…", *files]
    assert offered(as_post(w.binh), a) == ["Đơn vị tôi có đi…", "Không đúng…", *files]
    a.matter.parts.filter(unit=w.militia_song).update(role="lead")
    assert offered(as_post(w.binh), a) == ["Nhận lời", "Từ chối…", "Đơn vị tôi có đi…", "Không đúng…", *files]


def test_a_check_point_is_tapped_from_the_start_on_for_two_days(w, as_post):
    a = planned(w, starts=-timedelta(hours=50), route=on_route(w), route_kind="river")
    m.Activity.objects.filter(pk=a.pk).update(started_at=a.planned_start)
    late = as_post(w.binh).get(page_of(a)).context["course"].taps
    m.Activity.objects.filter(pk=a.pk).update(started_at=now() - HOUR)
    assert (late, as_post(w.binh).get(page_of(a)).context["course"].taps) == (False, True)


def test_who_may_not_ask_units_is_not_shown_how_to_stop_asking_them(w, as_post):
    a = planned(w, starts=HOUR)
    duty, stop = person("duyên", w.police_song, "duty"), "Thôi đề nghị"
    assert [stop in text_of(as_post(post), page_of(a))[0] for post in (w.lan, duty)] == [True, False]


def test_what_is_over_can_be_asked_to_be_seen_but_not_to_be_joined(w, as_post):
    a = accepted(w, planned(w))
    joining, button = "Đề nghị tham gia", "Xin xem"
    assert joining in offered(as_post(w.dung), a)
    said(w.hai, reported(w, a))
    said(w.binh, a)
    assert joining not in offered(as_post(w.dung), a)
    assert as_post(w.dung).get(page_of(a, "xin/")).status_code == 403
    browser = as_post(w.thu)
    page, _status = text_of(browser, page_of(a))
    assert (joining in page, button in page) == (False, True)
    browser.post(f"/m/{a.matter.code}/tham-gia/", {"wish": "see"})
    assert list(m.JoinRequest.objects.values_list("unit", "wish")) == [(w.front_song.pk, "see")]
    again, _status = text_of(browser, page_of(a))
    assert (button in again, "Đơn vị của bạn đã xin; đơn vị chủ trì chưa trả lời." in again) == (False, True)


def test_a_plan_with_a_result_is_not_opened_to_be_changed(w, as_post):
    page, status = text_of(as_post(w.lan), page_of(reported(w, planned(w)), "sua/"))
    assert (status, "Cuộc tuần tra này đã có kết quả. Hãy sửa kết quả." in page) == (403, True)


def test_a_stranger_reads_who_leads_and_may_ask_to_join(w, as_post):
    a = planned(w)
    page, status = text_of(as_post(w.thu), page_of(a))
    assert status == 403
    assert "Công an xã Sông" in page
    assert "Đề nghị tham gia" in page
    assert "Ban CHQS xã Sông" not in page


def test_a_superior_sees_parties_but_no_hour_and_no_strength_until_it_is_over(w, as_post):
    a = accepted(w, planned(w, starts=2 * HOUR, route=on_route(w), route_kind="river"))
    page, _status = text_of(as_post(w.dung), page_of(a))
    assert "Ban CHQS xã Sông" in page
    assert "Ven sông Sông – Đất" not in page
    assert "4 người" not in page
    assert f"{a.planned_start.astimezone(now().tzinfo):%H:%M}" not in page.split("Diễn biến")[0]


def test_who_declined_sees_the_title_and_its_own_answer_only(w, as_post):
    a = planned(w, title="Chốt cầu phao")
    browser = as_post(w.hai)
    browser.post(page_of(a, "tu-choi/"), {"state": "unable", "reason": "Trùng ca"})
    page, status = text_of(browser, page_of(a))
    assert status == 200
    assert "Chốt cầu phao" in page
    assert ("trả lời đề nghị tham gia: không thể" in flat(page), "Trùng ca" in page) == (True, True)
    assert "Ban CHQS xã Sông" not in page


def test_every_spoken_code_leads_to_the_page(w, as_post):
    a = planned(w)
    answer = as_post(w.lan).get(f"/m/{a.matter.code}/")
    assert answer["Location"] == page_of(a)


def test_an_auditor_opens_no_patrol(w, as_post):
    m.User.objects.filter(pk=w.van.user_id).update(totp_secret="sealed")
    w.van.user.refresh_from_db()
    assert as_post(w.van).get(page_of(planned(w))).status_code == 403


def test_nobody_signed_in_is_led_to_the_door(w, client):
    a = planned(w)
    assert client.get(page_of(a))["Location"] == f"/dang-nhap/?next={page_of(a)}"


def test_outcomes_are_counts_and_nothing_to_report_is_said(w, as_post):
    a = reported(w, accepted(w, planned(w)), outcomes={"nhac-nho": 2, "vp.giao-thong": 1})
    page, _status = text_of(as_post(w.lan), page_of(a))
    assert 'Lượt nhắc nhở</dt><dd class="b">2' in flat(page)
    other, _status = text_of(as_post(w.lan), page_of(reported(w, accepted(w, planned(w, starts=-9 * HOUR)))))
    assert "Không phát sinh" in other


def test_a_private_note_is_read_by_its_unit_only(w, as_post):
    a = accepted(w, planned(w))
    note(by=w.binh, matter=a.matter, text="Cần thêm đèn pin", private=True, at=now())
    assert "Cần thêm đèn pin" in text_of(as_post(w.binh), page_of(a))[0]
    assert "Cần thêm đèn pin" not in text_of(as_post(w.lan), page_of(a))[0]


def full(w, as_post):
    """A patrol with everything that may hang on one: a route, its points, taps, means, outcomes, answers, words, notes, files, requests, grants, recalls."""
    a = accepted(w, planned(w, starts=-HOUR, ends=timedelta(minutes=-5), route=on_route(w), route_kind="river"))
    as_post(w.hai).post(page_of(a, "tu-choi/"), {"state": "declined", "reason": "Tổ đang trực lễ hội"})
    start(by=w.lan, activity=a, started_at=now() - HOUR, at=now())
    tap(by=w.lan, activity=a, checkpoint=a.route.checkpoints.order_by("n").first(), tapped_at=now(), at=now())
    counted = [Counted(w.police_song, 3, means={"xuong": 1}), Counted(w.militia_song, 4, means={"xemay": 2})]
    reported(w, a, parties=counted, outcomes={"nhac-nho": 2}, ended_at=now(), started_at=now() - HOUR)
    said(w.binh, a, agrees=False, note="Chỉ đi một giờ")
    written = note(by=w.binh, matter=a.matter, text="Cần thêm đèn pin", private=False, at=now())
    attach(by=w.lan, matter=a.matter, upload=A_PNG, at=now())
    request_to_join(by=w.thu, matter=a.matter, wish="see", why="Cùng tuyến", at=now())
    grant(by=w.lan, matter=a.matter, unit=w.police_dat, basis="Quy chế 5", until=None, onward=False, at=now())
    ask_recall(by=w.binh, matter=a.matter, text=written.body, reason="Ghi nhầm", at=now())
    return a


def crowd(w, a, how_many):
    """So many more units on it, each with its answer, its strength and its means."""
    for n in range(how_many):
        unit = m.Unit.objects.create(
            key=f"x{n}", force=w.militia_song.force, kind="team", area=w.song, name=f"Tổ {n}", short=f"Tổ {n}", folded=f"to {n}", home="x", valid_from=w.militia_song.valid_from
        )  # fmt: skip
        m.Participation.objects.create(matter=a.matter, unit=unit, role="support", state="accepted", asked_at=now(), answered_at=now())
        strength = m.Strength.objects.create(activity=a, unit=unit, planned_people=2, people=2, teams=1)
        m.StrengthMeans.objects.create(strength=strength, kind="xuong", count=1)
        m.Outcome.objects.create(activity=a, kind=list(m.OutcomeKind)[2 + n], count=n + 1)
        note(by=w.binh, matter=a.matter, text=f"Diễn biến {n}", private=False, at=now())


@pytest.mark.parametrize("who", ["lan", "binh", "mai"])
def test_a_page_asks_as_often_for_a_bare_patrol_as_for_a_full_one_with_many_parties(w, as_post, who):
    bare, a = accepted(w, planned(w, starts=20 * HOUR)), full(w, as_post)
    browser = as_post(getattr(w, who))
    before = queries(browser, page_of(a))
    crowd(w, a, 8)
    assert [queries(browser, page_of(a)), len(browser.get(page_of(a)).context["rows"])] == [before, 11]
    assert (before <= 12, queries(browser, page_of(bare)) <= before) == (True, True)


def test_what_hangs_on_a_patrol_is_all_on_its_page(w, as_post):
    a = full(w, as_post)
    page = as_post(w.lan).get(page_of(a)).context
    counts = {name: len(page[name]) for name in ("rows", "outcomes", "files", "requests", "grants", "recalls")}
    assert counts == {"rows": 3, "outcomes": 1, "files": 1, "requests": 1, "grants": 1, "recalls": 1}
    assert [(row.unit.force.code, row.means) for row in page["rows"] if row.means] == [("CA", "1 xuồng, ca nô"), ("DQ", "2 xe máy")]
    assert ([stop.by for stop in page["course"].stops], page["course"].reached) == ([w.police_song.short, ""], 1)


@pytest.mark.parametrize(("rest", "of"), [("thoi-de-nghi/%s/", "parts"), ("thoi-cho-xem/%s/", "grants"), ("khong-dap-ung/%s/", "requests")])
def test_what_hangs_on_another_matter_or_is_the_leads_alone_is_as_unknown_as_nothing(w, as_post, rest, of):
    a, other = full(w, as_post), accepted(w, planned(w, starts=20 * HOUR))
    here = getattr(a.matter, of).order_by("pk").last().pk
    m.Post.objects.filter(pk=w.binh.pk).update(role=w.lan.role)
    asked = [(w.binh, a, here), (w.lan, other, here), (w.lan, a, 99_999_999)]
    assert [as_post(who).post(page_of(about, rest % pk)).status_code for who, about, pk in asked] == [404] * 3
