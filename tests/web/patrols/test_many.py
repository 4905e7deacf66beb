"""Many at once: results to confirm, requests to answer, results to record; all of what was ticked, or nothing."""

import pytest

from phoihop.domain import models as m
from tests.web.patrols.steps import HOUR, accepted, again, on_route, planned, queries, reported

pytestmark = pytest.mark.django_db
WAITING, MISSING = "/tuan-tra/cho-xac-nhan/", "/tuan-tra/thieu-ket-qua/"


def ticked(*activities):
    return [f"{a.pk}:{a.digest}" for a in map(again, activities)]


def test_a_unit_finds_what_waits_for_its_word_and_no_other(w, as_post):
    first = reported(w, accepted(w, planned(w)))
    asked = planned(w, starts=20 * HOUR)
    page = as_post(w.binh).get(WAITING)
    assert [row.code for row in page.context["results"]] == [first.matter.code]
    assert [row.code for row in page.context["requests"]] == [asked.matter.code]
    nobody = as_post(w.thu).get(WAITING)
    assert (nobody.context["results"], nobody.context["requests"]) == ([], [])


def test_a_held_patrol_whose_invitation_was_never_answered_stands_once_as_a_result(w, as_post):
    a = reported(w, planned(w))
    page = as_post(w.binh).get(WAITING)
    assert ([row.code for row in page.context["results"]], page.context["requests"]) == ([a.matter.code], [])


def test_what_was_ticked_is_confirmed_and_the_rest_still_waits(w, as_post):
    first, second, third = (reported(w, accepted(w, planned(w, starts=-n * HOUR))) for n in (5, 9, 13))
    as_post(w.binh).post(WAITING, {"do": "xac-nhan", "w": ticked(first, third)})
    assert [again(a).confirmed for a in (first, second, third)] == [1, 0, 1]


def test_one_that_changed_meanwhile_holds_all_back_and_is_named(w, as_post):
    first, second = (reported(w, accepted(w, planned(w, starts=-n * HOUR))) for n in (5, 9))
    read = ticked(first, second)
    reported(w, second, outcomes={"nhac-nho": 1})
    answer = as_post(w.binh).post(WAITING, {"do": "xac-nhan", "w": read})
    assert answer.status_code == 422
    assert f"{second.matter.code}: Kết quả vừa được sửa. Hãy xem lại bản mới rồi xác nhận. Chưa cuộc nào được xác nhận." in answer.content.decode()
    assert [again(a).confirmed for a in (first, second)] == [0, 0]
    assert [row.ticked for row in answer.context["results"]] == [True, True]


def test_nothing_ticked_is_said(w, as_post):
    for do in ("xac-nhan", "nhan", "tu-choi"):
        answer = as_post(w.binh).post(WAITING, {"do": do})
        assert (answer.status_code, "Đánh dấu ít nhất một dòng." in answer.content.decode()) == (422, True)


def test_requests_are_accepted_or_declined_with_one_reason(w, as_post):
    first, second, third = (planned(w, starts=n * HOUR) for n in (20, 30, 40))
    browser = as_post(w.binh)
    part = {a.pk: str(a.matter.parts.get(unit=w.militia_song).pk) for a in (first, second, third)}
    browser.post(WAITING, {"do": "nhan", "p": [part[first.pk], part[second.pk]]})
    refused = browser.post(WAITING, {"do": "tu-choi", "p": [part[third.pk]], "reason": ""})
    assert "Từ chối thì cần nêu lý do, một dòng là đủ." in refused.content.decode()
    browser.post(WAITING, {"do": "tu-choi", "p": [part[third.pk]], "reason": "Tập huấn"})
    assert [a.matter.parts.get(unit=w.militia_song).state for a in (first, second, third)] == ["accepted", "accepted", "declined"]


def test_another_units_request_is_not_answered(w, as_post):
    a = planned(w, starts=20 * HOUR)
    theirs = a.matter.parts.get(unit=w.station)
    assert as_post(w.binh).post(WAITING, {"do": "nhan", "p": [str(theirs.pk)]}).status_code == 422
    theirs.refresh_from_db()
    assert theirs.state == "asked"


GONE = "Có dòng đã đánh dấu không còn trong danh sách này. Tải lại trang rồi đánh dấu lại."
NOBODYS = 99_999_999_999


def test_a_result_that_does_not_name_the_unit_is_as_unknown_as_none_and_holds_all_back(w, as_post):
    own, others = (reported(w, accepted(w, planned(w, starts=-n * HOUR))) for n in (5, 9))
    others.strengths.get(unit=w.militia_song).delete()
    browser = as_post(w.binh)
    answers = [browser.post(WAITING, {"do": "xac-nhan", "w": [*ticked(own), f"{pk}:{others.digest}"]}) for pk in (others.pk, NOBODYS, "x", "²")]
    assert [(answer.status_code, answer.context["problem"]) for answer in answers] == [(422, GONE)] * 4
    assert [again(a).confirmed for a in (own, others)] == [0, 0]


def test_another_units_patrol_without_a_result_is_as_unknown_as_none(w, as_post):
    a = accepted(w, planned(w))
    m.Post.objects.filter(pk=w.binh.pk).update(role=w.lan.role)
    answers = [as_post(w.binh).post(MISSING, {"do": do, "a": [str(pk)], "why": "Mưa"}) for do in ("nhu-ke-hoach", "huy") for pk in (a.pk, NOBODYS)]
    assert [(answer.status_code, answer.context["problem"]) for answer in answers] == [(422, GONE)] * 4
    assert (again(a).claim, again(a).cancelled_at) == ("", None)


def test_the_page_asks_as_often_for_one_as_for_five(w, as_post):
    browser = as_post(w.binh)

    reported(w, accepted(w, planned(w)))
    one = queries(browser, WAITING)
    for n in range(2, 6):
        reported(w, accepted(w, planned(w, starts=-(4 * n) * HOUR)))
    assert queries(browser, WAITING) == one


def test_results_are_recorded_as_planned_for_all_that_were_ticked(w, as_post):
    first, second = (accepted(w, planned(w, starts=-n * HOUR)) for n in (5, 9))
    page = as_post(w.lan).get(MISSING)
    assert [row.code for row in page.context["rows"]] == [second.matter.code, first.matter.code]
    as_post(w.lan).post(MISSING, {"do": "nhu-ke-hoach", "a": [str(first.pk), str(second.pk)]})
    assert [again(a).claim for a in (first, second)] == ["held", "held"]
    assert list(first.strengths.order_by("pk").values_list("people", flat=True)) == [3, 4, 2]


def test_what_did_not_take_place_needs_a_reason_and_what_is_cancelled_too(w, as_post):
    first, second = (accepted(w, planned(w, starts=-n * HOUR)) for n in (5, 9))
    browser = as_post(w.lan)
    refused = browser.post(MISSING, {"do": "khong-to-chuc", "a": [str(first.pk), str(second.pk)], "why": ""})
    assert f"{second.matter.code}: Không tổ chức thì cần ghi lý do" in refused.content.decode()
    browser.post(MISSING, {"do": "khong-to-chuc", "a": [str(first.pk)], "why": "Mưa to"})
    browser.post(MISSING, {"do": "huy", "a": [str(second.pk)], "why": "Bão số 5"})
    assert (again(first).claim, again(second).cancelled_at is not None) == ("not_held", True)


def test_a_unit_without_the_right_to_record_reads_why(w, as_post):
    assert as_post(w.thu).get(MISSING).status_code == 403


def test_a_code_and_the_name_of_a_route_are_found(w, as_post):
    a = planned(w, route=on_route(w), route_kind="river")
    page = as_post(w.lan).get("/tim/?q=ven song").content.decode()
    assert a.matter.code in page
    assert a.matter.code not in as_post(w.thu).get("/tim/?q=ven song").content.decode()
