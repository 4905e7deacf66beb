"""The calendar of events and many plans at once, on the pages people use."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.utils import timezone

from phoihop.domain import models as m
from phoihop.domain.agreements.actions.calendar import name_event
from phoihop.domain.agreements.queries.calendar import event_of
from phoihop.domain.agreements.queries.plans import arrangement_in
from phoihop.domain.agreements.queries.versions import current
from phoihop.kernel.period import HOME
from phoihop.web.plans.events import proposing
from tests.domain.agreements.planned import a_flood_plan, an_event_plan, arranged, signed, the_posts, the_steps
from tests.stories.steps import words
from tests.world import NOON, at, person

pytestmark = pytest.mark.django_db
HERE = "/ke-hoach/lich-su-kien/"


@pytest.fixture
def clock(monkeypatch, settings):
    """``clock(NOON)``: it is now noon of 1 June 2026 for every page."""
    settings.SESSION_COOKIE_AGE = 365 * 24 * 3600
    return lambda to: monkeypatch.setattr(timezone, "now", lambda: to)


def lines(*rows, mark="r", columns=("ten", "loai", "tu", "den", "noi", "am")):
    cells = {f"{mark}{n}.{name}": value for n, row in enumerate(rows) for name, value in zip(columns, row, strict=False)}
    return cells | {f"{mark}-rows": str(len(rows))}


@pytest.fixture
def june(w, clock):
    """The festival of 10 June with its plan, and the same of next year without one; at noon of 1 June."""
    clock(NOON)
    plan = an_event_plan(w, valid_from=date(2026, 6, 9), valid_until=date(2026, 6, 12))
    arranged(w, plan, the_posts(w))
    return plan


def entered(lan):
    """Both years of the festival, typed as lines."""
    answer = lan.post(
        f"{HERE}ghi/", lines(("Lễ hội sông 2026", "lễ hội", "10/6/2026", "", "", ""), ("Lễ hội sông 2027", "Lễ hội", "12/6/2027", "13/6/2027", "Xã Sông", ""))
    )
    assert answer["Location"] == f"{HERE}?nam=2026"
    return list(m.PublicEvent.objects.order_by("first_on"))


def test_the_year_says_which_event_has_a_plan_and_what_last_years_was(w, as_post, june):
    lan = as_post(w.lan)
    before, after = entered(lan)
    assert (before.series, after.until) == (after.series, date(2027, 6, 14))
    name_event(by=w.lan, agreement=june, event=before, at=NOON)
    this, following = words(lan.get(f"{HERE}?nam=2026")), words(lan.get(f"{HERE}?nam=2027"))
    assert ("Kế hoạch bảo đảm an toàn lễ hội sông" in this, "chưa có kế hoạch" in this) == (True, False)
    assert ("1 sắp tới chưa có kế hoạch" in following, "Kế hoạch bảo đảm an toàn lễ hội sông" in following) == (True, True)
    assert "Không có sự kiện nào" in words(lan.get(f"{HERE}?nam=2027&loc=co"))
    assert "lễ hội sông" not in words(as_post(w.tu).get(f"{HERE}?nam=2026")).lower()


def test_a_plan_is_named_for_an_event_from_the_list_of_those_that_name_none(w, as_post, june):
    lan = as_post(w.lan)
    event = entered(lan)[0]
    page = f"/ke-hoach/{june.matter.code}/su-kien/"
    assert "chưa gắn với lịch" in words(lan.get(f"{HERE}?nam=2026"))
    assert as_post(w.binh).post(page, {"su-kien": event.pk}).status_code == 403
    assert lan.post(page, {"su-kien": "x"}).status_code == 404
    assert lan.post(page, {"su-kien": event.pk})["Location"] == f"{HERE}?nam=2026"
    assert event_of(june) == event


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (("", "lễ hội", "10/6/2026"), "Chưa có nội dung."), (("Hội chợ", "tụ tập", "10/6/2026"), "Chọn một loại trong danh mục."), (("Hội chợ", "hoicho", "31/6/2026"), "Không có ngày này."),
        (("Hội chợ", "hoicho", "10/6/2026", "9/6/2026"), "Ngày kết thúc không trước ngày bắt đầu."), (("Hội chợ", "hoicho", "10/6/2026", "", "Phường Đất"), "Chỉ ghi sự kiện ở địa bàn"),
        (("", "", ""), "Chưa có dòng nào được ghi."),
    ],
)  # fmt: skip
def test_a_line_that_is_wrong_is_told_at_its_cell_and_none_is_written(w, as_post, clock, row, sentence):
    clock(NOON)
    refused = as_post(w.lan).post(f"{HERE}ghi/", lines(row))
    assert (refused.status_code, m.PublicEvent.objects.count(), sentence in words(refused)) == (422, 0, True)


def test_who_entered_an_event_moves_it_and_takes_it_out(w, as_post, june):
    lan = as_post(w.lan)
    event = entered(lan)[0]
    page = f"{HERE}{event.pk}/"
    lan.post(f"{page}doi-ngay/", {"first_on": "20/6/2026", "last_on": "21/6/2026"})
    event.refresh_from_db()
    assert event.first_on == date(2026, 6, 20)
    assert lan.post(f"{page}doi-ngay/", {"first_on": "20/6/2026", "last_on": "1/6/2026"}).status_code == 422
    assert as_post(w.mai).post(f"{page}bo/").status_code == 403
    lan.post(f"{page}bo/")
    assert "Lễ hội sông 2026" not in words(lan.get(f"{HERE}?nam=2026"))


def test_only_who_may_move_an_event_is_led_to_the_form_and_gets_it(w, as_post, june):
    event = entered(as_post(w.lan))[0]
    form, sent = f"{HERE}{event.pk}/doi-ngay/", {"first_on": "20/6/2026", "last_on": "21/6/2026"}
    on_duty, another = person("trực", w.police_song, "duty"), w.mai
    assert [form in as_post(post).get(f"{HERE}?nam=2026").content.decode() for post in (w.lan, on_duty, another)] == [True, False, False]
    assert [as_post(post).get(form).status_code for post in (w.lan, on_duty, another)] == [200, 403, 403]
    assert [as_post(post).post(form, sent).status_code for post in (on_duty, another)] == [403, 403]


def chosen(*events, **change):
    plain = {"sk": [str(e.pk) for e in events], "mau": "nam-truoc", "cleared_by": "Công an xã Sông", "cleared_on": "1/6/2026", "do": "xem"}
    return plain | change


def grid_of(answer):
    """What the preview would send: titles, ticks and posts."""
    context = answer.context
    sent = {"k-rows": str(len(context["plans"]))}
    for p in context["plans"]:
        sent |= {f"k{p['n']}.ten": p["cell"]["value"], f"k{p['n']}.lap": "1"}
    sent["c-rows"] = str(len(context["posts"]))
    return sent | {cell["name"]: cell["value"] for line in context["posts"] for cell in line}


def test_last_years_plan_is_looked_through_with_who_stands_twice_mended_and_drafted(w, as_post, june):
    lan = as_post(w.lan)
    before, after = entered(lan)
    name_event(by=w.lan, agreement=june, event=before, at=NOON)
    same_day = lan.post(f"{HERE}ghi/", lines(("Hội chợ đêm", "hoicho", "10/6/2026", "", "", "")))
    assert same_day.status_code == 302
    fair = m.PublicEvent.objects.get(kind="hoicho")
    preview = lan.post(f"{HERE}lap/", chosen(fair, after, mau=june.matter.code))
    seen = words(preview)
    assert ("Sẽ lập 2 kế hoạch" in seen, "Trùng lực lượng 2" in seen, "cùng một chốt" in seen) == (True, True, True)
    sent = chosen(fair, after, mau=june.matter.code, do="lap") | grid_of(preview)
    mended = sent | {"k0.ten": "Kế hoạch hội chợ đêm", "c0.vi-tri": "Cổng chợ", "c0.nguoi": "3"}
    mended.pop("k1.lap")
    assert lan.post(f"{HERE}lap/", mended)["Location"] == f"{HERE}?nam=2026"
    made = m.Agreement.objects.latest("pk")
    assert (made.matter.title.text, event_of(made), m.Agreement.objects.count()) == ("Kế hoạch hội chợ đêm", fair, 2)
    assert [(p.place.text, p.people) for p in arrangement_in(current(made)).posts] == [("Cổng chợ", 3), ("Dọc bờ kè", 6)]


def test_the_preview_shows_both_days_of_an_event_and_which_force_has_no_unit_there(w, as_post, june):
    lan = as_post(w.lan)
    _before, after = entered(lan)
    seen = words(lan.post(f"{HERE}lap/", chosen(after, mau="khong", ll=["QS", "PC"])))
    assert [text in seen for text in ("12/06/2027 – 13/06/2027", w.militia_song.short, "Ở đây không có đơn vị của lực lượng: PC")] == [True] * 3


@pytest.mark.parametrize(
    ("cell", "value", "sentence"),
    [
        ("c0.nguoi", "ba", "Ghi số người."), ("c0.don-vi", "Công an phường Đất", "Không có bên nào của kế hoạch này mang tên đó."), ("c0.tu", "hôm qua", "Ghi ngày và giờ"),
        ("c0.kh", "9", "Ghi số thứ tự của kế hoạch"), ("c0.den", "12/6/2027 10:00", "Giờ kết thúc phải sau giờ bắt đầu."), ("c0.vi-tri", "", "Chưa có nội dung."),
        ("k0.ten", "Kế hoạch, gọi 0912345678", "điện thoại"), ("cleared_by", "", "Hãy ghi cơ quan đã xác định."),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_is_told_and_no_plan_is_drafted(w, as_post, june, cell, value, sentence):
    lan = as_post(w.lan)
    before, after = entered(lan)
    name_event(by=w.lan, agreement=june, event=before, at=NOON)
    preview = lan.post(f"{HERE}lap/", chosen(after))
    refused = lan.post(f"{HERE}lap/", chosen(after, do="lap") | grid_of(preview) | {cell: value})
    assert (refused.status_code, m.Agreement.objects.count(), sentence.lower() in words(refused).lower()) == (422, 1, True)


def test_no_event_chosen_leads_back_to_the_calendar(w, as_post):
    lan = as_post(w.lan)
    assert "Chưa chọn sự kiện nào" in words(lan.get(f"{HERE}lap/"))
    assert "Chưa chọn sự kiện nào" in words(lan.get(f"{HERE}lap/?sk=x&sk=999999"))


def test_drafts_are_laid_before_their_parties_in_one_go(w, as_post, june):
    lan = as_post(w.lan)
    page = f"{HERE}theo-loat/trinh-ky/"
    assert "Kế hoạch bảo đảm an toàn lễ hội sông" in words(lan.get(page))
    assert "Chưa chọn kế hoạch nào." in words(lan.post(page, {"workdays": "3"}))
    assert "Thời hạn từ 1 đến 60 ngày làm việc." in words(lan.post(page, {"chon": june.pk, "workdays": "0"}))
    assert lan.post(page, {"chon": june.pk, "workdays": "3"})["Location"] == HERE
    june.refresh_from_db()
    assert (june.stage, "Không có kế hoạch sự kiện nào đang soạn." in words(lan.get(page))) == ("signing", True)


def test_results_and_own_people_are_told_in_one_go(w, as_post, june, clock):
    signed(w, june)
    clock(at(15, 8))
    lan, binh = as_post(w.lan), as_post(w.binh)
    page = f"{HERE}theo-loat/ket-qua/"
    listed = words(lan.get(page))
    assert "Kế hoạch bảo đảm an toàn lễ hội sông" in listed
    told = {"chon": june.pk, f"r{june.pk}.ngay": "10/6/2026", f"r{june.pk}.an-toan": "có", f"r{june.pk}.chot": "1", f"r{june.pk}.to": "1"}
    assert "Ghi có hoặc không." in words(lan.post(page, told | {f"r{june.pk}.an-toan": "chắc là có"}))
    assert "Sự kiện chưa diễn ra." in words(lan.post(page, told | {f"r{june.pk}.ngay": "20/6/2026"}))
    lan.post(page, told)
    result = m.EventResult.objects.get()
    assert (result.safe, result.posts, result.teams) == (True, 1, 1)
    own = binh.get(f"{HERE}theo-loat/luot-nguoi/")
    assert [cell["value"] for row in own.context["rows"] for cell in row["cells"]] == ["6"]
    binh.post(f"{HERE}theo-loat/luot-nguoi/", {"chon": result.pk, f"r{result.pk}.nguoi": "7"})
    assert list(m.EventShift.objects.values_list("unit", "people")) == [(w.militia_song.pk, 7)]


def test_a_party_says_what_it_can_bring_and_asks_for_militia_on_the_page_of_the_plan(w, as_post, clock):
    clock(NOON)
    plan = a_flood_plan(w)
    arranged(w, plan, the_steps(w))
    signed(w, plan)
    clock(at(2, 8))
    lan, page = as_post(w.lan), f"/ke-hoach/{plan.matter.code}/"
    before = words(lan.get(page))
    assert ("Ghi số đơn vị bảo đảm được" in before, "Chưa đề nghị điều động dân quân." in before) == (True, True)
    assert lan.post(f"{page}cong-viec/bao-dam/", {"kind": "nguoi", "amount": "-1"}).status_code == 422
    assert lan.post(f"{page}cong-viec/bao-dam/", {"kind": "xuong", "amount": "5"}).status_code == 422
    lan.post(f"{page}cong-viec/bao-dam/", {"kind": "nguoi", "amount": "15"})
    after = words(lan.get(page))
    assert ("thiếu 25" in after, "đơn vị tôi: 15" in after) == (True, True)
    asked = {"what": "Đắp bờ bao", "lead": w.militia_song.name, "source": "matter", "matter": plan.matter.code, "due_at_0": "3/6/2026", "due_at_1": "17:00"}
    span = {"militia.people": "20", "militia.since_0": "3/6/2026", "militia.since_1": "6:00", "militia.until_0": "3/6/2026", "militia.until_1": "17:00"}
    lan.post("/nhiem-vu/moi/", asked | span)
    seen = words(lan.get(page))
    assert ("Đắp bờ bao" in seen, "chỉ huy quân sự cấp trên" in seen, "20 người" in seen) == (True, True, True)


@pytest.mark.parametrize("said", ["30/4/2027 18:00", "18:00 30/4/2027", "18:00, 30/4/2027"])
def test_an_hour_is_read_before_its_day_and_after_it(said):
    assert proposing._moment(said, date(2027, 4, 1)) == datetime(2027, 4, 30, 18, tzinfo=HOME)
