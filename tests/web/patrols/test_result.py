"""Recording what came of a patrol: as planned in three taps, with numbers, corrected, twice by a phone, by two at once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from phoihop.domain import models as m
from phoihop.domain.activities.actions.under_way import start
from tests.web.patrols.steps import HOUR, accepted, again, now, page_of, planned, reported, said

pytestmark = pytest.mark.django_db
KEY = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff"


def form_of(browser, a):
    """What a browser would send of the page as it comes: what was filled in from the plan."""
    form = browser.get(page_of(a, "ket-qua/")).context["form"]
    given = {"version": str(form["version"].value()), "there": form["there"].value(), "note": ""}
    for name in ("started_at", "ended_at"):
        moment = form[name].value().astimezone(now().tzinfo)
        given |= {f"{name}_0": f"{moment:%d/%m/%Y}", f"{name}_1": f"{moment:%H:%M}"}
    return given | {name: str(form[name].value() or "") for name in form.fields if name.startswith(("parties.", "outcomes."))}


def errors(answer):
    return {name: [str(text) for text in texts] for name, texts in answer.context["form"].errors.items()}


def test_as_planned_and_nothing_to_report(w, as_post):
    a = accepted(w, planned(w))
    browser = as_post(w.lan)
    answer = browser.post(page_of(a, "ket-qua/"), form_of(browser, a) | {"what": "khong"})
    done = again(a)
    assert answer["Location"] == page_of(a)
    assert (done.claim, done.started_at, done.ended_at) == ("held", a.planned_start, a.planned_end)
    assert list(done.strengths.order_by("pk").values_list("people", "teams")) == [(3, 1), (4, 1), (2, 1)]


@pytest.mark.parametrize(
    ("starts", "left", "begins", "ends"),
    [
        (timedelta(minutes=-3), timedelta(), timedelta(minutes=-3), timedelta()),  # left and over within this minute: as planned
        (timedelta(minutes=10), timedelta(), timedelta(minutes=-1), timedelta()),  # planned for later: a minute before
        (-5 * HOUR, -2 * HOUR, -2 * HOUR, timedelta()),  # left after it should have been over
    ],
)
def test_what_is_filled_in_may_be_sent_however_late_one_taps(w, as_post, starts, left, begins, ends, monkeypatch):
    minute = now()
    monkeypatch.setattr(timezone, "now", lambda: minute + timedelta(seconds=40))
    a = accepted(w, planned(w, starts=starts))
    start(by=w.lan, activity=a, started_at=minute + left + timedelta(seconds=20), at=timezone.now())
    browser = as_post(w.lan)
    answer = browser.post(page_of(a, "ket-qua/"), form_of(browser, a) | {"what": "khong"})
    assert answer["Location"] == page_of(a)
    assert (again(a).started_at, again(a).ended_at) == (minute + begins, minute + ends)


def test_the_page_may_be_kept_on_the_phone_of_this_post(w, as_post):
    a = planned(w)
    answer = as_post(w.lan).get(page_of(a, "ket-qua/"))
    assert answer["X-Phoihop-Keep"] == str(w.lan.pk)
    assert f'data-outbox="Kết quả tuần tra {a.matter.code}"' in answer.content.decode()


def test_counts_means_and_who_was_absent(w, as_post):
    a = accepted(w, planned(w))
    browser = as_post(w.lan)
    given = form_of(browser, a) | {
        "what": "nhac-nho",
        "outcomes.nhac-nho": "2",
        "outcomes.kiem-tra": "3",
        "parties.1.people": "6",
        "parties.1.teams": "2",
        "parties.1.means.xuong": "1",
    }
    given["there"] = [str(w.police_song.pk), str(w.militia_song.pk)]
    browser.post(page_of(a, "ket-qua/"), given)
    assert dict(m.Outcome.objects.values_list("kind", "count")) == {"nhac-nho": 2, "kiem-tra": 3}
    assert {s.unit_id: s.people for s in again(a).strengths.all()} == {w.police_song.pk: 3, w.militia_song.pk: 6, w.station.pk: 0}
    assert list(m.StrengthMeans.objects.values_list("strength__unit", "kind", "count")) == [(w.militia_song.pk, "xuong", 1)]


def test_who_declined_is_not_ticked(w, as_post):
    a = planned(w)
    as_post(w.hai).post(page_of(a, "tu-choi/"), {"state": "declined", "reason": "Trùng ca"})
    form = as_post(w.lan).get(page_of(a, "ket-qua/")).context["form"]
    assert form["there"].value() == [str(w.police_song.pk), str(w.militia_song.pk)]


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"what": ""}, "what", "Chọn kết quả."),
        ({"what": "nhac-nho"}, "what", "Ghi số lượng, hoặc chọn “Không phát sinh”."),
        ({"outcomes.nhac-nho": "2"}, "what", "Đã chọn “Không phát sinh” nhưng còn ghi số lượng. Xóa số, hoặc chọn mục khác."),
        ({"parties.1.people": "-1"}, "parties.1.people", "Số người phải từ 0 đến 5.000."),
        ({"parties.1.people": "1000000"}, "parties.1.people", "Số người phải từ 0 đến 5.000."),
        ({"ended_at_1": "00:01", "ended_at_0": "1/1/2026"}, "ended_at", "Giờ kết thúc phải sau giờ bắt đầu."),
        ({"started_at_0": "31/11/2026"}, "started_at", "Không có ngày này. Viết ngày/tháng/năm, như 21/11/2026."),
        ({"note": "Bắt ông A, căn cước 079084012345"}, "note", None),
        ({"there": []}, "__all__", "Đơn vị chủ trì phải có mặt."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field_and_kept(w, as_post, change, field, sentence):
    a = accepted(w, planned(w))
    browser = as_post(w.lan)
    given = form_of(browser, a) | {"what": "khong"} | change
    answer = browser.post(page_of(a, "ket-qua/"), given)
    found = errors(answer)
    assert (answer.status_code, list(found)) == (422, [field])
    assert sentence is None or found[field] == [sentence]
    assert answer.context["form"]["note"].value() == given["note"]
    assert again(a).claim == ""


def test_an_unusual_number_is_asked_about_and_goes_through_when_it_is_right(w, as_post):
    a = accepted(w, planned(w))
    browser = as_post(w.lan)
    given = form_of(browser, a) | {"what": "khong", "parties.1.people": "40"}
    answer = browser.post(page_of(a, "ket-qua/"), given)
    assert errors(answer) == {"parties.1.people": ["40 người trong 1 tổ là khác thường. Số này đúng chứ?"]}
    browser.post(page_of(a, "ket-qua/"), given | {"sure": answer.context["form"].verdict.answer})
    assert again(a).strengths.get(unit=w.militia_song).people == 40


def test_a_result_that_a_phone_sends_twice_is_recorded_once(w, as_post):
    a = accepted(w, planned(w))
    browser = as_post(w.lan)
    given = form_of(browser, a) | {"what": "khong"}
    answers = [browser.post(page_of(a, "ket-qua/"), given, headers={"Idempotency-Key": KEY}).json() for _n in range(2)]
    assert answers == [{"done": True, "location": page_of(a)}] * 2
    assert m.Event.objects.filter(what__startswith="patrol.reported").count() == 1
    assert again(a).version == 2


def test_a_correction_asks_again_and_settles_a_dispute(w, as_post):
    a = reported(w, accepted(w, planned(w)), outcomes={"nhac-nho": 1})
    said(w.binh, a, agrees=False, note="Chúng tôi đi 5 người")
    browser = as_post(w.lan)
    given = form_of(browser, a)
    assert (given["outcomes.nhac-nho"], browser.get(page_of(a, "ket-qua/")).context["form"]["what"].value()) == ("1", "nhac-nho")
    browser.post(page_of(a, "ket-qua/"), given | {"what": "nhac-nho", "parties.1.people": "5"})
    done = again(a)
    assert (done.disputed, done.confirmed, done.digest != a.digest) == (0, 0, True)
    said(w.binh, a)
    assert again(a).confirmed == 1


def test_two_who_record_at_once_see_both_and_one_chooses(w, as_post):
    a = accepted(w, planned(w))
    browser = as_post(w.lan)
    mine = form_of(browser, a) | {"what": "khong", "parties.1.people": "6"}
    reported(w, a)
    answer = browser.post(page_of(a, "ket-qua/"), mine)
    lines = [(str(line.label), line.mine, line.theirs) for line in answer.context["lines"]]
    assert lines == [("Số người", "6", "4")]
    assert again(a).strengths.get(unit=w.militia_song).people == 4
    browser.post(page_of(a, "ket-qua/"), mine | {"version": str(answer.context["version"])})
    assert again(a).strengths.get(unit=w.militia_song).people == 6


def test_only_the_lead_records(w, as_post):
    a = accepted(w, planned(w, starts=-5 * HOUR))
    assert as_post(w.binh).get(page_of(a, "ket-qua/")).status_code == 403
    assert as_post(w.thu).get(page_of(a, "ket-qua/")).status_code == 403
