"""Planning a patrol on a page: what is understood, what is refused where, and two people who change the same plan."""

from datetime import timedelta

import pytest

from phoihop.domain import models as m
from phoihop.domain.activities.actions.planning import change
from phoihop.domain.activities.queries.again import drafts_of
from phoihop.kernel.period import local_day
from tests.web.patrols.steps import HOUR, accepted, again, now, on_route, page_of, planned
from tests.world import FOREVER, area

pytestmark = pytest.mark.django_db
NEW = "/tuan-tra/moi/"


def filled(begins, **change):
    """A form filled in: police of Sông with its militia, two hours, on a road."""
    end = begins + 2 * HOUR
    given = {
        "day": f"{begins:%d/%m/%Y}", "start": f"{begins:%H:%M}", "end": f"{end:%H:%M}", "end_day": f"{end:%d/%m/%Y}", "area": "Xã Sông", "route_kind": "road",
        "parties.0.people": "3", "parties.0.teams": "1", "parties.1.unit": "Ban CHQS xã Sông", "parties.1.people": "4", "parties.1.role": "support",
    }  # fmt: skip
    return given | change


def soon():
    return (now() + timedelta(days=2)).replace(hour=20, minute=0)


def errors(answer):
    return {name: [str(text) for text in texts] for name, texts in answer.context["form"].errors.items()}


def test_a_plan_is_made_and_the_other_unit_is_asked(w, as_post):
    answer = as_post(w.lan).post(NEW, filled(soon(), armed="on", title="Chốt cầu phao"))
    a = m.Activity.objects.select_related("matter__title").get()
    assert answer["Location"] == page_of(a)
    assert (a.planned_start, a.planned_end, a.armed, a.matter.title.text, a.route_kind) == (soon(), soon() + 2 * HOUR, True, "Chốt cầu phao", "road")
    assert list(a.strengths.order_by("pk").values_list("unit", "planned_people")) == [(w.police_song.pk, 3), (w.militia_song.pk, 4)]
    assert a.matter.parts.get().state == "asked"


def test_a_force_alone_is_its_unit_of_the_commune(w, as_post):
    as_post(w.lan).post(NEW, filled(soon(), **{"parties.1.unit": "ban chqs"}))
    assert list(m.Activity.objects.get().strengths.order_by("pk").values_list("unit", flat=True)) == [w.police_song.pk, w.militia_song.pk]


def test_the_route_gives_its_commune_and_its_kind(w, as_post):
    route = on_route(w)
    as_post(w.lan).post(NEW, filled(soon(), route=str(route.pk), area="", route_kind=""))
    a = m.Activity.objects.select_related("matter").get()
    assert (a.route, a.route_kind, a.matter.area) == (route, "river", w.song)


def test_legs_followers_and_who_is_offered_the_lead(w, as_post):
    given = filled(soon()) | {
        "legs.0.area": "Xã Sông", "legs.0.first": "20:00", "legs.0.until": "21:00", "legs.1.area": "Phường Đất", "legs.1.first": "21h", "legs.1.until": "22h",
        "followers.0": "Ủy ban MTTQ xã Sông", "parties.1.role": "lead",
    }  # fmt: skip
    as_post(w.lan).post(NEW, given)
    a = m.Activity.objects.get()
    assert list(a.legs.order_by("n").values_list("area", "planned_from")) == [(w.song.pk, soon()), (w.dat.pk, soon() + HOUR)]
    assert {p.unit_id: (p.role, p.state) for p in a.matter.parts.all()} == {w.front_song.pk: ("inform", "informed"), w.militia_song.pk: ("lead", "asked")}


def test_the_same_every_week_is_planned_at_once(w, as_post):
    until = soon() + timedelta(days=15)
    as_post(w.lan).post(NEW, filled(soon(), repeat_until=f"{until:%d/%m/%Y}"))
    assert list(m.Activity.objects.order_by("day").values_list("day", flat=True)) == [local_day(soon() + n * timedelta(days=7)) for n in range(3)]


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"day": "30/2/2027"}, "day", "Không có ngày này. Viết ngày/tháng/năm, như 21/11/2026."),
        ({"start": "25:00"}, "start", "Không có giờ này. Viết như 19:30."),
        ({"parties.1.people": "-1"}, "parties.1.people", "Số người phải từ 0 đến 5.000."),
        ({"parties.1.people": "1000000"}, "parties.1.people", "Số người phải từ 0 đến 5.000."),
        ({"area": "Xã Không Có Đâu"}, "area", "Không tìm thấy xã, phường nào tên “Xã Không Có Đâu”. Hãy kiểm tra chính tả."),
        ({"area": ""}, "area", "Hãy ghi tên xã xuất phát, hoặc chọn tuyến."),
        ({"parties.1.unit": ""}, "parties.1.unit", "Hãy ghi tên đơn vị."),
        ({"parties.1.unit": "Đội bóng xã Sông"}, "parties.1.unit", None),
        ({"title": "Truy bắt, căn cước 079084012345"}, "title", None),
        ({"parties.1.unit": "", "parties.1.people": ""}, "__all__", "Tuần tra chung cần ít nhất hai đơn vị. Hãy thêm đơn vị phối hợp."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field_and_everything_is_kept(w, as_post, change, field, sentence):
    given = filled(soon(), **change)
    answer = as_post(w.lan).post(NEW, given)
    found = errors(answer)
    assert (answer.status_code, list(found)) == (422, [field])
    assert sentence is None or found[field] == [sentence]
    form = answer.context["form"]
    assert {name: form[name].value() for name in given} == given
    assert m.Activity.objects.count() == 0


def test_a_night_goes_on_past_midnight_without_a_click(w, as_post):
    as_post(w.lan).post(NEW, filled(soon(), end="02:00", end_day=""))
    assert m.Activity.objects.get().planned_end == soon() + 6 * HOUR


@pytest.mark.parametrize(("end", "hours"), [("19:00", 23), ("20:00", 24)])
def test_an_end_that_would_make_it_unusually_long_is_asked_about(w, as_post, end, hours):
    answer = as_post(w.lan).post(NEW, filled(soon(), end=end, end_day=""))
    after = soon() + timedelta(days=1)
    assert errors(answer) == {"end_day": [f"Cuộc tuần tra kéo dài {hours} giờ (20:00–{end}) là khác thường. Giờ này đúng chứ?"]}
    assert f'<button class="btn small" name="end_day" value="{after:%d/%m/%Y}"' in answer.content.decode()


def test_a_commune_that_is_no_more_offers_what_it_became(w, as_post):
    ended = local_day(now()) - timedelta(days=30)
    old = area("29099", "Bảo Thuận", "commune", "xa", w.province, until=ended)
    new = area("29003", "Bảo Thạnh", "commune", "xa", w.province, start=ended)
    m.Succession.objects.create(old=old, new=new, day=ended, kind="merge", share="1")
    answer = as_post(w.lan).post(NEW, filled(soon(), area="Xã Bảo Thuận"))
    assert errors(answer) == {"area": [f"Xã Bảo Thuận không tồn tại vào ngày {soon():%d/%m/%Y}. Hãy chọn đơn vị thay nó."]}
    offered = answer.context["form"].offers["area"]
    assert [value for value, _words in offered] == ["Xã Bảo Thạnh [#29003]"]
    taken = as_post(w.lan).post(NEW, filled(soon(), area=offered[0][0]))
    assert taken.status_code == 302
    assert m.Matter.objects.get().area == new
    assert new.valid_until is None
    assert ended < FOREVER


def test_one_more_row_keeps_what_was_typed_and_judges_nothing(w, as_post):
    answer = as_post(w.lan).post(NEW, filled(soon(), area="", do="them-don-vi"))
    form = answer.context["form"]
    assert (answer.status_code, form.is_bound, len(form.party_rows)) == (200, False, 4)
    assert form["parties.1.unit"].value() == "Ban CHQS xã Sông"


def test_who_may_not_plan_reads_why(w, as_post):
    assert as_post(w.thu).get(NEW).status_code == 403


def test_the_lead_changes_a_plan_and_only_who_is_concerned_is_asked_again(w, as_post):
    a = accepted(w, planned(w, starts=24 * HOUR))
    browser = as_post(w.lan)
    given = {name: value for name, value in browser.get(page_of(a, "sua/")).context["form"].initial.items() if value not in (None, False)}
    assert given["parties.1.unit"] == "Ban CHQS xã Sông"
    browser.post(page_of(a, "sua/"), given | {"parties.1.people": "9"})
    done = again(a)
    assert done.strengths.get(unit=w.militia_song).planned_people == 9
    assert {p.unit_id: p.state for p in done.matter.parts.all()} == {w.militia_song.pk: "asked", w.station.pk: "accepted"}


def test_an_exercise_is_changed_and_planned_again_as_one(w, as_post):
    a = planned(w, starts=24 * HOUR, exercise=True)
    browser = as_post(w.lan)
    given = {name: value for name, value in browser.get(page_of(a, "sua/")).context["form"].initial.items() if value not in (None, False)}
    browser.post(page_of(a, "sua/"), given | {"parties.1.people": "9"})
    done = again(a)
    assert (done.strengths.get(unit=w.militia_song).planned_people, done.matter.exercise) == (9, True)
    assert browser.get(NEW, {"theo": a.pk}).context["form"]["exercise"].value() is True


def test_two_who_change_the_same_plan_see_both_versions_and_one_chooses(w, as_post):
    a = planned(w, starts=24 * HOUR)
    browser = as_post(w.lan)
    given = {name: value for name, value in browser.get(page_of(a, "sua/")).context["form"].initial.items() if value not in (None, False)}
    draft = drafts_of([a.pk])[0]
    change(by=w.lan, activity=a, draft=type(draft)(**{f: getattr(draft, f) for f in draft.__slots__} | {"title": "Bản của người kia"}), version=1, at=now())
    answer = browser.post(page_of(a, "sua/"), given | {"title": "Bản của tôi"})
    page = answer.content.decode()
    assert answer.status_code == 422
    for words in ("Bản của tôi", "Bản của người kia", "Lưu bản của tôi đè lên"):
        assert words in page
    assert again(a).matter.title.text == "Bản của người kia"
    browser.post(page_of(a, "sua/"), given | {"title": "Bản của tôi", "version": "2"})
    assert m.Matter.objects.get(pk=a.matter_id).title.text == "Bản của tôi"


def test_a_party_does_not_change_the_plan_of_another(w, as_post):
    answer = as_post(w.binh).get(page_of(planned(w, starts=24 * HOUR), "sua/"))
    assert answer.status_code == 403
    assert "Chỉ đơn vị chủ trì ghi được." in answer.content.decode()


@pytest.mark.parametrize(("code", "area"), [("29002", "Phường Đất"), ("khong-co", None)])
def test_a_plan_begins_in_the_commune_that_has_none_yet(w, as_post, code, area):
    form = as_post(w.lan).get(NEW, {"xa": code, "ngay": "2026-12-05"}).context["form"]
    assert (form["area"].value(), form["day"].value()) == (area, "2026-12-05")


def test_a_plan_may_begin_as_another_one_of_the_own_unit(w, as_post):
    a = planned(w, title="Chốt cầu phao", armed=True)
    form = as_post(w.lan).get(NEW, {"theo": str(a.pk)}).context["form"]
    assert (form["title"].value(), form["armed"].value(), form["parties.2.unit"].value()) == ("Chốt cầu phao", True, "Đồn Biên phòng Cửa Sông")
    assert as_post(w.binh).get(NEW, {"theo": str(a.pk)}).context["form"]["title"].value() is None
