"""Many patrols typed as lines: what is over is recorded, what is to come is planned, and one wrong cell holds all back."""

from datetime import timedelta

import pytest

from phoihop.domain import models as m
from phoihop.domain.activities.queries.log import reference
from phoihop.kernel.period import local_day
from tests.web.patrols.steps import now, on_route
from tests.world import START, unit

pytestmark = pytest.mark.django_db
QUICK = "/tuan-tra/nhap-nhanh/"


def typed(*lines):
    """Lines as (day, from, to, place, kind, own people, units, their people, reminders)."""
    names = ("ngay", "tu", "den", "noi", "loai", "nguoi", "cung", "nguoi-cung", "nhac")
    sent = {"rows": "12"}
    for n, line in enumerate(lines):
        sent |= {f"r{n}.{name}": str(value) for name, value in zip(names, line, strict=True)}
    return sent


def day(shift):
    return f"{local_day(now()) + timedelta(days=shift):%d/%m/%Y}"


def wrong(answer):
    return {(line.n, name): why for line in answer.context["lines"] for name, why in line.wrong.items()}


def test_what_is_over_is_recorded_and_what_is_to_come_is_planned(w, as_post):
    on_route(w)
    lines = typed(
        (day(-1), "20h", "22h", "Xã Sông", "Tuyến đường bộ", 3, "Ban CHQS xã Sông", 4, 2),
        (day(3), "2200", "01:00", "T1", "", 3, "Ban CHQS xã Sông; Đồn Biên phòng Cửa Sông", "4; 2", ""),
    )
    assert as_post(w.lan).post(QUICK, lines)["Location"] == "/tuan-tra/"
    over, to_come = m.Activity.objects.order_by("planned_start")
    assert (over.claim, over.planned, over.route_kind, over.confirmed) == ("held", False, "road", 0)
    assert list(over.outcomes.values_list("kind", "count")) == [("nhac-nho", 2)]
    assert (to_come.claim, to_come.route.code, to_come.planned_end - to_come.planned_start) == ("", "T1", timedelta(hours=3))
    assert list(to_come.strengths.order_by("pk").values_list("unit", "planned_people")) == [(w.police_song.pk, 3), (w.militia_song.pk, 4), (w.station.pk, 2)]


@pytest.mark.parametrize(
    ("change", "cell"),
    [
        ({"r1.ngay": "30/2/2026"}, (1, "ngay")),
        ({"r1.tu": "25h"}, (1, "tu")),
        ({"r1.noi": "Xã Không Có Đâu"}, (1, "noi")),
        ({"r1.noi": ""}, (1, "noi")),
        ({"r1.loai": "đường sắt"}, (1, "loai")),
        ({"r1.cung": "Đội bóng"}, (1, "cung")),
        ({"r1.cung": ""}, (1, "cung")),
        ({"r1.nguoi": "-1"}, (1, "nguoi")),
        ({"r1.nguoi": "--1"}, (1, "nguoi")),
        ({"r1.nguoi": "1000000"}, (1, "nguoi")),
        ({"r1.nguoi-cung": "bốn"}, (1, "nguoi-cung")),
        ({"r1.nguoi-cung": "4; 5; 6"}, (1, "nguoi-cung")),
    ],
)
def test_one_wrong_cell_is_named_and_nothing_is_recorded(w, as_post, change, cell):
    good = (day(-1), "20:00", "22:00", "Xã Sông", "Tuyến đường bộ", 3, "Ban CHQS xã Sông", 4, "")
    sent = typed(good, good) | change
    answer = as_post(w.lan).post(QUICK, sent)
    assert (answer.status_code, list(wrong(answer))) == (422, [cell])
    assert answer.context["lines"][1].cells[cell[1]] == change[f"r1.{cell[1]}"]
    assert m.Activity.objects.count() == 0


def test_a_kind_is_called_by_its_name_without_the_word_that_all_begin_with(w, as_post):
    lines = typed(*((day(2), "20:00", "22:00", "Xã Sông", kind, 3, "Ban CHQS xã Sông", 4, "") for kind in ("đường bộ", "Song")))
    assert as_post(w.lan).post(QUICK, lines)["Location"] == "/tuan-tra/"
    assert set(m.Activity.objects.values_list("route_kind", flat=True)) == {"road", "river"}


def test_an_unusual_number_is_asked_about_and_goes_through_when_it_is_right(w, as_post):
    sent = typed((day(-1), "20:00", "22:00", "Xã Sông", "Tuyến đường bộ", 3, "Ban CHQS xã Sông", 40, ""))
    browser = as_post(w.lan)
    answer = browser.post(QUICK, sent)
    assert wrong(answer) == {(0, "nguoi-cung"): "40 người trong 1 tổ là khác thường. Số này đúng chứ?"}
    browser.post(QUICK, sent | {"sure": answer.context["question"].answer})
    assert m.Activity.objects.get().claim == "held"


def test_the_same_form_sent_twice_is_recorded_once(w, as_post):
    sent = typed((day(-1), "20:00", "22:00", "Xã Sông", "Tuyến đường bộ", 3, "Ban CHQS xã Sông", 4, ""))
    browser = as_post(w.lan)
    for _n in range(2):
        browser.post(QUICK, sent | {"key": "6f9619ff-8b86-4d01-b42d-00cf4fc964ff"})
    assert m.Activity.objects.count() == 1


def test_more_rows_are_added_and_nothing_typed_is_lost(w, as_post):
    answer = as_post(w.lan).post(QUICK, typed((day(-1), "20:00", "", "", "", "", "", "", "")) | {"do": "them"})
    assert (answer.status_code, len(answer.context["lines"]), answer.context["lines"][0].cells["tu"]) == (200, 32, "20:00")


def test_nothing_typed_is_said_and_who_may_not_plan_reads_why(w, as_post):
    assert "Chưa có dòng nào được ghi." in as_post(w.lan).post(QUICK, {"rows": "12"}).content.decode()
    assert as_post(w.thu).get(QUICK).status_code == 403


def test_an_hour_that_makes_a_line_unusually_long_is_asked_about_once(w, as_post):
    sent = typed((day(-2), "22:00", "21:00", "Xã Sông", "Tuyến đường bộ", 3, "Ban CHQS xã Sông", 4, ""))
    asked = as_post(w.lan).post(QUICK, sent)
    assert (wrong(asked), asked.context["question"].answer) == (
        {(0, "den"): "Cuộc tuần tra kéo dài 23 giờ (22:00–21:00) là khác thường. Giờ này đúng chứ?"},
        "23h",
    )
    assert as_post(w.lan).post(QUICK, sent | {"sure": "23h"})["Location"] == "/tuan-tra/"


def test_a_route_is_named_as_its_name_begins_and_who_names_none_reads_which_there_are(w, as_post):
    on_route(w)
    m.Route.objects.filter(code="T1").update(name="Tuyến 1: Bến phà – Chợ")
    line = (day(3), "20:00", "22:00", "tuyen 1", "", 3, "Ban CHQS xã Sông", 4, "")
    unknown = wrong(as_post(w.lan).post(QUICK, typed((*line[:3], "Tuyến 9", *line[4:]))))
    assert unknown[0, "noi"] == "Không thấy tuyến hay xã nào tên “Tuyến 9”. Tuyến của đơn vị: T1."
    client = as_post(w.lan)
    client.post(QUICK, typed(line))
    assert m.Activity.objects.get(planned=True, planned_start__gt=now()).route.code == "T1"
    assert "Đã lên lịch 1 cuộc; các bên được hỏi." in client.get("/tuan-tra/").content.decode()


@pytest.mark.parametrize(
    ("units", "people"),
    [
        ("dq, BP", "4; 2"), ("Dân quân và đồn bp cua song", "4;2"), ("DQ 4, BP 2", ""), ("DQ: 4 đ/c + Biên phòng (2)", ""), ("ban chqs; Đồn BP Cửa Sông", "4;2"),
    ],
)  # fmt: skip
def test_units_are_named_as_in_a_log_with_the_place_telling_whose_they_are(w, as_post, units, people):
    on_route(w)
    as_post(w.lan).post(QUICK, typed((day(3), "20:00", "22:00", "t1", "", 3, units, people, "")))
    parties = m.Activity.objects.get().strengths.order_by("pk").values_list("unit", "planned_people")
    assert list(parties) == [(w.police_song.pk, 3), (w.militia_song.pk, 4), (w.station.pk, 2)]


def test_what_was_mended_in_a_log_is_known_here_too(w, as_post):
    m.ImportWord.objects.create(lead=w.police_song, column="parties", folded="anh em don", value="Đồn Biên phòng Cửa Sông")
    as_post(w.lan).post(QUICK, typed((day(3), "20:00", "22:00", "xa song", "đường bộ", 3, "Anh em đồn", 2, "")))
    assert list(m.Activity.objects.get().strengths.order_by("pk").values_list("unit", flat=True)) == [w.police_song.pk, w.station.pk]


def test_a_doubtful_unit_is_explained_at_its_cell_with_those_it_may_be(w, as_post):
    other = unit(m.Force.objects.get(code="BP"), "don", w.song, "Đồn Biên phòng Bến Mới", start=START + timedelta(days=1))
    line = (day(3), "20:00", "22:00", "xã Sông", "đường bộ", 3, "DQ 4, BP 2", "", "")
    answer = as_post(w.lan).post(QUICK, typed(line))
    assert wrong(answer) == {(0, "cung"): "“BP · Xã Sông” có thể là nhiều đơn vị. Hãy chọn một."}
    (value, words), (_value, more) = answer.context["lines"][0].offers["cung"]
    assert (value, {words, more}) == (f"DQ: 4; {reference(w.station)}: 2", {str(w.station), str(other)})
    as_post(w.lan).post(QUICK, typed((*line[:6], value, "", "")))
    assert list(m.Activity.objects.get().strengths.order_by("pk").values_list("unit", "planned_people")) == [
        (w.police_song.pk, 3), (w.militia_song.pk, 4), (w.station.pk, 2),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"r0.noi": "Xã Đâu Đó"}, {"noi", "cung"}),
        ({"r0.cung": "CA tỉnh khác"}, {"cung"}),
        ({"r0.nguoi-cung": "5"}, {"nguoi-cung"}),
    ],
)
def test_what_is_not_clear_beside_a_force_is_said_at_its_cell(w, as_post, change, said):
    sent = typed((day(3), "20:00", "22:00", "xã Sông", "đường bộ", 3, "DQ 4", "", "")) | change
    assert {name for _n, name in wrong(as_post(w.lan).post(QUICK, sent))} == said
