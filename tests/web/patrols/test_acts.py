"""What is done with one patrol from its page: each act, who may, and what a refusal says with the text kept."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from phoihop.domain import models as m
from phoihop.domain.activities.actions.under_way import start
from phoihop.domain.matters.actions.notes import note
from phoihop.domain.matters.actions.parts import grant
from tests.web.patrols.steps import HOUR, accepted, again, now, on_route, page_of, planned, reported, said

pytestmark = pytest.mark.django_db
IDENTITY = "Đã nhắc ông A, căn cước 079084012345"


def errors(answer):
    return {name: [str(text) for text in texts] for name, texts in answer.context["form"].errors.items()}


def test_the_lead_cancels_with_a_reason(w, as_post):
    a = planned(w, starts=HOUR)
    answer = as_post(w.lan).post(page_of(a, "huy/"), {"why": "Bão số 5"})
    assert answer["Location"] == page_of(a)
    done = again(a)
    assert (done.cancelled_at is not None, done.why.text) == (True, "Bão số 5")


def test_without_a_reason_nothing_is_cancelled(w, as_post):
    a = planned(w, starts=HOUR)
    answer = as_post(w.lan).post(page_of(a, "huy/"), {"why": " "})
    assert (answer.status_code, errors(answer)) == (422, {"why": ["Hãy ghi lý do hủy, một dòng là đủ."]})
    assert again(a).cancelled_at is None


def test_an_identity_number_is_refused_at_its_field_and_the_text_is_kept(w, as_post):
    a = planned(w, starts=HOUR)
    answer = as_post(w.lan).post(page_of(a, "huy/"), {"why": IDENTITY})
    assert list(errors(answer)) == ["why"]
    assert IDENTITY in answer.content.decode()


@pytest.mark.parametrize("act", ["huy/", "khong-to-chuc/", "de-nghi/"], ids=["cancel", "not held", "ask"])
def test_a_party_does_not_do_what_is_the_leads(w, as_post, act):
    a = planned(w)
    given = {"why": "Mưa to", "unit": w.front_song.name, "role": "support"}
    answer = as_post(w.mai).post(page_of(a, act), given)
    assert "Chỉ đơn vị chủ trì" in answer.content.decode()
    assert (again(a).cancelled_at, again(a).claim, a.matter.parts.count()) == (None, "", 2)


def test_not_held_says_why(w, as_post):
    a = planned(w)
    as_post(w.lan).post(page_of(a, "khong-to-chuc/"), {"why": "Mưa to"})
    assert (again(a).claim, again(a).why.text) == ("not_held", "Mưa to")


def test_it_leaves_at_one_tap_or_at_a_time_that_was_typed(w, as_post):
    first, second = planned(w, starts=-HOUR / 2), planned(w, starts=-HOUR)
    browser = as_post(w.lan)
    browser.post(page_of(first, "xuat-phat/"))
    left = now() - HOUR / 2
    browser.post(page_of(second, "xuat-phat/"), {"started_at_0": f"{left:%d/%m/%Y}", "started_at_1": f"{left:%Hh%M}"})
    assert abs(again(first).started_at - now()) < timedelta(minutes=2)
    assert again(second).started_at == left


def test_a_start_in_the_future_is_refused_at_its_field(w, as_post):
    later = now() + HOUR
    answer = as_post(w.lan).post(page_of(planned(w, starts=HOUR), "xuat-phat/"), {"started_at_0": f"{later:%d/%m/%Y}", "started_at_1": f"{later:%H:%M}"})
    assert errors(answer) == {"started_at": ["Giờ xuất phát không thể sau bây giờ."]}


def test_a_check_point_is_tapped_with_the_time_of_the_phone(w, as_post):
    a = planned(w, starts=-HOUR, route=on_route(w), route_kind="river")
    start(by=w.lan, activity=a, started_at=now() - HOUR, at=now())
    first, second = m.Checkpoint.objects.order_by("n")
    tapped = now() - HOUR / 2
    browser = as_post(w.binh)
    browser.post(page_of(a, f"diem/{first.pk}/"), {"at": tapped.isoformat()})
    browser.post(page_of(a, f"diem/{second.pk}/"), {"at": "hôm qua"})
    taps = {tap.checkpoint_id: tap for tap in m.CheckTap.objects.all()}
    assert taps[first.pk].at == tapped
    assert abs(taps[second.pk].at - now()) < timedelta(minutes=2)
    assert taps[first.pk].unit == w.militia_song


def test_a_tap_sent_twice_by_a_phone_is_one(w, as_post):
    a = planned(w, starts=-HOUR, route=on_route(w), route_kind="river")
    start(by=w.lan, activity=a, started_at=now() - HOUR, at=now())
    point, key = m.Checkpoint.objects.get(n=1), "6f9619ff-8b86-4d01-b42d-00cf4fc964ff"
    answers = [as_post(w.binh).post(page_of(a, f"diem/{point.pk}/"), {"at": ""}, headers={"Idempotency-Key": key}) for _n in range(2)]
    assert [answer.json() for answer in answers] == [{"done": True, "location": page_of(a)}] * 2
    assert m.Event.objects.filter(what="patrol.tapped").count() == 1


def test_a_unit_accepts_and_declines_for_itself_with_a_reason(w, as_post):
    a = planned(w)
    as_post(w.binh).post(page_of(a, "nhan-loi/"))
    refused = as_post(w.hai).post(page_of(a, "tu-choi/"), {"state": "declined", "reason": ""})
    assert errors(refused) == {"reason": ["Từ chối thì cần nêu lý do, một dòng là đủ."]}
    as_post(w.hai).post(page_of(a, "tu-choi/"), {"state": "unable", "reason": "Tàu đang sửa"})
    assert {p.unit_id: p.state for p in a.matter.parts.all()} == {w.militia_song.pk: "accepted", w.station.pk: "unable"}


def test_the_lead_asks_one_more_unit_by_its_name(w, as_post):
    a = planned(w)
    limit = now() + HOUR
    given = {"unit": "ủy ban mttq xã Sông", "role": "support", "answer_by_0": f"{limit:%d/%m/%Y}", "answer_by_1": f"{limit:%H:%M}"}
    as_post(w.lan).post(page_of(a, "de-nghi/"), given)
    part = a.matter.parts.get(unit=w.front_song)
    assert (part.state, part.role, part.answer_by) == ("asked", "support", limit)


def test_a_name_that_is_no_unit_is_refused_at_its_field_and_kept(w, as_post):
    answer = as_post(w.lan).post(page_of(planned(w), "de-nghi/"), {"unit": "Hội câu cá", "role": "support"})
    assert errors(answer) == {"unit": ["Không tìm thấy đơn vị “Hội câu cá” vào ngày đó. Hãy chọn hoặc gõ tên đơn vị."]}
    assert 'value="Hội câu cá"' in answer.content.decode()


def test_a_request_is_withdrawn_as_long_as_nobody_answered(w, as_post):
    a = planned(w)
    as_post(w.lan).post(page_of(a, f"thoi-de-nghi/{a.matter.parts.get(unit=w.station).pk}/"))
    assert a.matter.parts.get(unit=w.station).state == "withdrawn"


def test_a_unit_asks_to_join_and_the_lead_lets_it_see_or_says_why_not(w, as_post):
    first, second = planned(w), planned(w, starts=-9 * HOUR)
    grant(by=w.lan, matter=first.matter, unit=w.front_song, basis="QC-01", at=now())
    as_post(w.thu).post(page_of(first, "xin/"), {"wish": "part", "why": "Cùng tuyên truyền"})
    asked = m.JoinRequest.objects.get()
    browser = as_post(w.lan)
    assert "Cùng tuyên truyền" in browser.get(page_of(first)).content.decode()
    browser.post(page_of(first, f"khong-dap-ung/{asked.pk}/"), {"reason": "Chỉ lực lượng vũ trang"})
    browser.post(page_of(second, f"cho-xem/{w.front_song.pk}/"), {"basis": "QC-01/2026", "until": "", "onward": ""})
    asked.refresh_from_db()
    assert (asked.state, asked.reason.text) == ("declined", "Chỉ lực lượng vũ trang")
    given = second.matter.grants.get()
    assert "QC-01/2026" in browser.get(page_of(second)).content.decode()
    browser.post(page_of(second, f"thoi-cho-xem/{given.pk}/"))
    given.refresh_from_db()
    assert (given.basis, given.ended_at is not None) == ("QC-01/2026", True)


def test_a_party_confirms_what_it_read_with_its_own_number(w, as_post):
    a = reported(w, accepted(w, planned(w)))
    as_post(w.binh).post(page_of(a, "xac-nhan/"), {"digest": a.digest, "people": "5", "teams": "1", "note": ""})
    mine = a.strengths.get(unit=w.militia_song)
    assert (again(a).confirmed, mine.people, mine.own_people) == (1, 4, 5)


@pytest.mark.parametrize("people", ["-1", "1000000"])
def test_an_impossible_headcount_is_refused_at_its_field(w, as_post, people):
    a = reported(w, accepted(w, planned(w)))
    answer = as_post(w.binh).post(page_of(a, "xac-nhan/"), {"digest": a.digest, "people": people})
    assert errors(answer) == {"people": ["Số người phải từ 0 đến 5.000."]}
    assert f'value="{people}"' in answer.content.decode()


def test_who_read_an_older_result_reads_again_before_confirming(w, as_post):
    a = reported(w, accepted(w, planned(w)))
    old = a.digest
    a = reported(w, a, outcomes={"nhac-nho": 1})
    browser = as_post(w.binh)
    answer = browser.post(page_of(a, "xac-nhan/"), {"digest": old})
    assert errors(answer) == {"__all__": ["Kết quả vừa được sửa. Hãy xem lại bản mới rồi xác nhận."]}
    assert f'value="{a.digest}"' in answer.content.decode()
    assert again(a).confirmed == 0


def test_a_party_says_what_is_not_right_and_later_confirms_the_corrected_result(w, as_post):
    a = reported(w, accepted(w, planned(w)))
    browser = as_post(w.binh)
    assert errors(browser.post(page_of(a, "khong-dung/"), {"digest": a.digest, "note": ""})) == {"note": ["Không xác nhận thì cần nêu lý do, một dòng là đủ."]}
    browser.post(page_of(a, "khong-dung/"), {"digest": a.digest, "note": "Chỉ đi một giờ"})
    assert again(a).disputed == 1
    browser.post(page_of(a, "xac-nhan/"), {"digest": a.digest})
    assert (again(a).disputed, again(a).confirmed) == (0, 1)


def test_nothing_is_confirmed_before_there_is_a_result(w, as_post):
    answer = as_post(w.binh).post(page_of(planned(w), "xac-nhan/"), {"digest": ""})
    assert answer.status_code == 409
    assert "Chưa có kết quả nào để đơn vị của bạn xác nhận." in answer.content.decode()


def test_the_lead_makes_a_link_that_is_shown_once(w, as_post):
    a = reported(w, accepted(w, planned(w)))
    browser = as_post(w.lan)
    page = browser.post(page_of(a, "lien-ket/"), {"unit": str(w.station.pk)})
    assert "/xn/" in page.context["made"]["url"]
    assert m.ConfirmLink.objects.get().unit == w.station
    assert page.context["made"]["url"] not in browser.get(page_of(a, "lien-ket/")).content.decode()
    assert as_post(w.binh).post(page_of(a, "lien-ket/"), {"unit": str(w.station.pk)}).status_code == 403


def test_a_note_is_written_and_one_with_a_private_number_comes_back_as_typed(w, as_post):
    a = accepted(w, planned(w))
    browser = as_post(w.binh)
    browser.post(page_of(a, "ghi/"), {"text": "Đã qua cầu phao", "private": "1"})
    kept = m.Note.objects.get()
    assert (kept.body.text, kept.private, kept.unit) == ("Đã qua cầu phao", True, w.militia_song)
    answer = browser.post(page_of(a, "ghi/"), {"text": IDENTITY})
    assert answer.status_code == 422
    assert IDENTITY in answer.content.decode()
    assert m.Note.objects.count() == 1


def test_a_file_is_attached_read_by_who_takes_part_and_by_nobody_else(w, as_post):
    a = accepted(w, planned(w))
    browser = as_post(w.binh)
    browser.post(page_of(a, "dinh-kem/"), {"upload": SimpleUploadedFile('biên "bản".txt', "Đèn hỏng ở cầu phao".encode(), "text/plain")})
    kept = m.Attachment.objects.get(matter=a.matter)
    answer = as_post(w.lan).get(page_of(a, f"tep/{kept.pk}/"))
    assert {name: answer[name] for name in ("Content-Disposition", "Content-Type", "Cache-Control", "X-Content-Type-Options")} == {
        "Content-Disposition": "attachment; filename*=utf-8''bi%C3%AAn%20%22b%E1%BA%A3n%22.txt", "Content-Type": "text/plain",
        "Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff",
    }  # fmt: skip
    assert as_post(w.thu).get(page_of(a, f"tep/{kept.pk}/")).status_code == 403


def test_a_text_goes_when_two_persons_say_so(w, as_post):
    a = accepted(w, planned(w))
    written = note(by=w.binh, matter=a.matter, text="Đèn hỏng ở cầu phao", at=now())
    lan = as_post(w.lan)
    assert errors(lan.post(page_of(a, f"thu-hoi/{written.body_id}/"), {"reason": ""})) != {}
    lan.post(page_of(a, f"thu-hoi/{written.body_id}/"), {"reason": "Nêu nơi ở"})
    recall = m.Recall.objects.get()
    assert lan.post(page_of(a, f"dong-y-thu-hoi/{recall.pk}/")).status_code == 403
    chief = m.Post.objects.create(
        user=m.User.objects.create(username="chỉ huy", full_name="Chỉ Huy", password="!"),
        unit=w.police_song,
        role="commander",
        title="Trưởng",
        valid_from=w.lan.valid_from,
    )
    as_post(chief).post(page_of(a, f"dong-y-thu-hoi/{recall.pk}/"))
    written.body.refresh_from_db()
    assert (written.body.text, written.body.recalled) == ("", True)
    assert "nội dung đã thu hồi" in lan.get(page_of(a)).content.decode()


def test_a_text_of_another_matter_is_not_to_be_had_by_its_number(w, as_post):
    first, second = planned(w), planned(w, starts=-9 * HOUR)
    written = note(by=w.lan, matter=second.matter, text="Đèn hỏng", at=now())
    assert as_post(w.lan).get(page_of(first, f"thu-hoi/{written.body_id}/")).status_code == 404


def test_what_was_typed_when_the_sign_in_ran_out_is_offered_again(w, as_post, settings):
    a = planned(w, starts=HOUR)
    browser = as_post(w.lan)
    browser.get(page_of(a))
    del browser.cookies[settings.SESSION_COOKIE_NAME]
    answer = browser.post(page_of(a, "huy/"), {"why": "Bão số 5 vào đất liền"})
    assert answer["Location"].startswith("/dang-nhap/")
    assert browser.session["kept"]["fields"] == [["why", "Bão số 5 vào đất liền"]]


def test_a_confirmed_patrol_says_so_on_every_sides_page(w, as_post):
    a = reported(w, accepted(w, planned(w)))
    said(w.binh, a)
    said(w.hai, a)
    for post in (w.lan, w.binh, w.dung):
        assert "Mọi bên có mặt đã xác nhận; cuộc này được tính." in as_post(post).get(page_of(a)).content.decode()


@pytest.mark.parametrize(
    ("who", "rest", "label"),
    [
        ("hai", "tu-choi/", "Lý do"), ("hai", "khong-dung/", "Điều gì không đúng"), ("lan", "khong-to-chuc/", "Lý do"),
    ],
)  # fmt: skip
def test_what_a_rule_will_ask_for_is_not_called_optional(w, as_post, who, rest, label):
    a = planned(w)
    if rest == "khong-dung/":
        reported(w, accepted(w, a))
    page = as_post(getattr(w, who)).get(page_of(a, rest)).content.decode()
    assert (f">{label}</label>" in page, f'{label} <span class="mut">(không bắt buộc)' in page) == (True, False)
