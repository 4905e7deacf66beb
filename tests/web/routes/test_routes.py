from datetime import timedelta

import pytest
from django.test import Client
from django.urls import resolve
from django.utils import timezone

from phoihop.domain import models as m
from phoihop.domain.activities.actions.routes import draw_route
from phoihop.domain.activities.rules import RouteDraft
from phoihop.domain.activities.rules.drafts import PointDraft
from phoihop.kernel.period import local_day
from tests.domain.activities.steps import planned, reported
from tests.world import NOON

pytestmark = pytest.mark.django_db
LIST = "/tuan-tra/tuyen/"


@pytest.fixture
def b1(w) -> m.Route:
    points = [PointDraft("Cầu Sông", w.song), PointDraft("Bến Đất", w.dat), PointDraft("Chợ", w.dat)]
    return draw_route(by=w.lan, draft=RouteDraft("B1", "Sông Cái", "river", w.song, [w.dat], points, 7), at=NOON)


def drawn(w, **change):
    fields = {"code": "B2", "name": "Đường huyện 5", "kind": "road", "area": w.song.pk, "every_days": ""}
    return fields | {"point_n": ["1", "2"], "point_name": ["Ngã ba", "Trạm"], "point_area": ["", w.dat.pk]} | change


def test_routes_are_tried_before_the_codes_of_patrols():
    assert resolve(LIST).func.__module__ == "phoihop.web.routes.listing"
    assert resolve("/tuan-tra/nhap/").func.__module__ == "phoihop.web.importing.uploading"
    assert resolve("/tuan-tra/so/").func.__module__ == "phoihop.web.paper.book"


def test_a_route_is_known_to_its_unit_to_who_directs_it_and_to_who_walks_it(w, as_post, b1):
    planned(w, route=b1)
    shown = [as_post(p).get(f"{LIST}{b1.pk}/").status_code for p in (w.lan, w.mai, w.binh, w.hai, w.tu)]
    assert shown == [200, 200, 200, 404, 404]
    listed = [as_post(p).get(LIST).context["listing"].total for p in (w.lan, w.mai, w.binh, w.hai, w.tu)]
    assert listed == [1, 1, 1, 0, 0]
    assert Client().get(LIST)["Location"] == f"/dang-nhap/?next={LIST}"


def test_the_list_is_paged_and_late_routes_are_counted_over_all_pages(w, as_post, b1):
    fields = {"kind": "road", "owner": w.police_song, "area": w.song, "valid_from": local_day(NOON), "every_days": 1}
    m.Route.objects.bulk_create([m.Route(code=f"C{n:03}", name=f"Đường {n}", folded=f"duong {n}", **fields) for n in range(120)])
    first, last = (as_post(w.lan).get(f"{LIST}{page}").context for page in ("", "?trang=3"))
    shown = [[row.route.code for _area, rows in context["by_area"] for row in rows] for context in (first, last)]
    assert (len(shown[0]), shown[0][:2], len(shown[1]), shown[1][-1]) == (50, ["B1", "C000"], 21, "C119")
    assert first["late"] == last["late"] == sum(1 for route in m.Route.objects.all() if (local_day(timezone.now()) - route.valid_from).days > route.every_days)


def test_only_the_owner_changes_and_ends_it(w, as_post, b1):
    for rest in ("sua/", "thoi-dung/"):
        assert [as_post(p).get(f"{LIST}{b1.pk}/{rest}").status_code for p in (w.lan, w.binh)] == [200, 403]
    assert as_post(w.mai).get(f"{LIST}{b1.pk}/sua/").status_code == 403
    assert [as_post(p).get(f"{LIST}moi/").status_code for p in (w.lan, w.binh, w.thu)] == [200, 403, 403]


def test_the_list_tells_cadence_last_and_next_patrol_by_commune(w, as_post, b1):
    reported(w, a=planned(w, route=b1))
    page = as_post(w.lan).get(LIST)
    [(area, rows)] = page.context["by_area"]
    late = (local_day(timezone.now()) - local_day(NOON)).days - 7
    assert (area, rows[0].walk.last, rows[0].walk.next, rows[0].walk.late) == (w.song, local_day(NOON), None, late if late > 0 else None)
    assert as_post(w.lan).get(f"{LIST}?loai=sea").context["listing"].total == 0
    assert as_post(w.mai).get(f"{LIST}?dv=29002").context["listing"].total == 0


def test_a_route_that_was_never_walked_counts_from_the_day_it_was_drawn(w, as_post, b1):
    m.Route.objects.update(valid_from=local_day(timezone.now()) - timedelta(days=10))
    walk = as_post(w.lan).get(f"{LIST}{b1.pk}/").context["walk"]
    assert (walk.last, walk.never, walk.late) == (None, True, 3)


def test_the_routes_page_shows_its_points_and_patrols(w, as_post, b1):
    a = reported(w, a=planned(w, route=b1))
    page = as_post(w.binh).get(f"{LIST}{b1.pk}/")
    assert [(s.n, s.name, s.enters) for s in page.context["stops"]] == [(1, "Cầu Sông", True), (2, "Bến Đất", True), (3, "Chợ", False)]
    assert ([line["code"] for line in page.context["past"]], page.context["coming"], page.context["may_change"]) == ([a.matter.code], [], False)


def test_a_route_is_drawn_with_its_points_in_order(w, as_post):
    page = as_post(w.lan).post(f"{LIST}moi/", drawn(w, point_n=["2", "1"], areas=[w.dat.pk], every_days="3"))
    route = m.Route.objects.get()
    assert page["Location"] == f"{LIST}{route.pk}/"
    assert list(route.checkpoints.order_by("n").values_list("n", "name", "area")) == [(1, "Trạm", w.dat.pk), (2, "Ngã ba", w.song.pk)]
    assert (route.code, route.every_days, [row.area for row in route.areas.all()]) == ("B2", 3, [w.dat])


def test_a_route_is_changed_and_a_point_without_a_name_is_gone(w, as_post, b1):
    place, browser = f"{LIST}{b1.pk}/sua/", as_post(w.lan)
    form = browser.get(place)
    assert [p.name for p in form.context["points"]][:3] == ["Cầu Sông", "Bến Đất", "Chợ"]
    assert form.context["form"]["areas"].value() == [str(w.dat.pk)]
    browser.post(place, drawn(w, code="B1", name="Sông Cái, đoạn dưới", kind="river", point_name=["Cầu Sông", ""]))
    b1.refresh_from_db()
    assert (b1.name, list(b1.checkpoints.values_list("name", flat=True))) == ("Sông Cái, đoạn dưới", ["Cầu Sông"])


@pytest.mark.parametrize(
    ("change", "field", "says"),
    [
        ({"code": ""}, "code", "Hãy điền"),
        ({"code": "B1"}, "code", "đã có tuyến"),
        ({"code": "X" * 13}, "code", "12"),
        ({"name": "y" * 121}, "name", "120"),
        ({"area": ""}, "area", "xã xuất phát"),
        ({"every_days": "0"}, "every_days", "1 đến 366"),
        ({"every_days": "tuần"}, "every_days", "số nguyên"),
        ({"name": "TỐI MẬT"}, "name", "mật"),
    ],
    ids=["no-code", "taken", "long-code", "long-name", "no-area", "zero", "word", "secret"],
)
def test_what_is_refused_says_why_at_its_field_and_keeps_the_rest(w, as_post, b1, change, field, says):
    page = as_post(w.lan).post(f"{LIST}moi/", drawn(w, **change))
    assert (page.status_code, m.Route.objects.count()) == (422, 1)
    assert says in " ".join(page.context["form"].errors.get(field, []))
    assert [p.name for p in page.context["points"]][:2] == ["Ngã ba", "Trạm"]


def test_a_refusal_about_a_point_stands_at_its_line(w, as_post):
    page = as_post(w.lan).post(f"{LIST}moi/", drawn(w, point_name=["Ngã ba", "n" * 121]))
    assert (page.status_code, [bool(p.why) for p in page.context["points"]][:2]) == (422, [False, True])
    assert list(page.context["form"].errors) == ["__all__"]


def test_more_lines_are_only_more_lines(w, as_post):
    page = as_post(w.lan).post(f"{LIST}moi/", drawn(w) | {"do": "them-cho"})
    assert (m.Route.objects.count(), len(page.context["points"])) == (0, 5)


def test_a_route_is_ended_once(w, as_post, b1):
    place, browser = f"{LIST}{b1.pk}/thoi-dung/", as_post(w.lan)
    assert browser.post(place)["Location"] == f"{LIST}{b1.pk}/"
    b1.refresh_from_db()
    assert b1.valid_until == local_day(timezone.now()) + timedelta(days=1)
    again = browser.post(place)
    assert (again.status_code, "đã thôi dùng" in again.content.decode()) == (422, True)


def test_routes_are_found_in_the_search_by_who_knows_them(w, as_post, b1):
    for text in ("song cai", "b1", "Sông Cái"):
        assert [f.code for f in as_post(w.lan).get("/tim/", {"q": text}).context["found"] if f.url.startswith(LIST)] == ["B1"]
    assert [f.code for f in as_post(w.tu).get("/tim/", {"q": "song cai"}).context["found"] if f.url.startswith(LIST)] == []
