"""A patrol all the way through the API: planned, answered, walked, reported, confirmed; and who is refused what."""

from __future__ import annotations

from datetime import timedelta

import pytest

from phoihop.domain.activities.actions import holding, planning
from phoihop.domain.models import Activity, ConfirmLink, Fact
from phoihop.domain.territory.models import Area
from tests.world import NOON, a_draft, a_result, at


def a_plan(w, **change):
    plain = {
        "start": at(1, 20).isoformat(), "end": at(1, 22).isoformat(), "area": "29001", "route_kind": "road",
        "parties": [{"unit": w.police_song.key, "people": 3}, {"unit": w.militia_song.key, "people": 4}],
    }  # fmt: skip
    return {"draft": plain | change}


def test_a_patrol_goes_from_plan_to_figure(w, machine, clock):
    lan, binh = machine(w.lan), machine(w.binh)
    planned = lan.post("/patrols", a_plan(w)).json()["records"][0]
    code = planned["id"]
    assert planned["url"] == f"/api/v1/patrols/{code}"
    part = next(p["part"]["id"] for p in binh.get(f"/patrols/{code}").json()["parties"] if p["part"])
    assert binh.post(f"/parts/{part}/answer", {"state": "accepted"}).status_code == 200
    clock.now = at(1, 20, 5)
    assert lan.post(f"/patrols/{code}/start", {"started_at": at(1, 20, 3).isoformat()}).status_code == 200
    clock.now = at(1, 23)
    result = {
        "activity": code, "version": lan.get(f"/patrols/{code}").json()["version"], "held": True, "started_at": at(1, 20, 5).isoformat(),
        "ended_at": at(1, 22).isoformat(), "parties": [{"unit": w.police_song.key, "people": 3}, {"unit": w.militia_song.key, "people": 4}],
        "outcomes": {"nhac-nho": 2},
    }  # fmt: skip
    assert lan.post("/patrols/report", {"result": result}).status_code == 200
    asked = binh.get(f"/patrols/{code}/statement").json()
    assert any("4 người" in line for line in asked["sentences"])
    assert binh.post("/patrols/confirm", {"word": {"activity": code, "digest": asked["digest"], "agrees": True}}).status_code == 200
    whole = binh.get(f"/patrols/{code}").json()
    assert (whole["state"], whole["confirmed"], whole["outcomes"]) == ("held", 1, {"nhac-nho": 2})
    figure = lan.get("/figures/cell", measure="TR.01", area="29001", first="2026-06-01", until="2026-07-01").json()
    assert (figure["value"], figure["count"]) == (1, 1)
    behind = lan.get("/figures/records", measure="TR.01", area="29001", first="2026-06-01", until="2026-07-01").json()
    assert [r["matter"] for r in behind["records"]] == [code]


def test_a_refusal_carries_the_rules_code_the_field_and_a_sentence(w, machine):
    answer = machine(w.lan).post("/patrols", a_plan(w, end=at(1, 19).isoformat()))
    told = answer.json()
    assert (answer.status_code, told["code"], told["field"]) == (422, "time-order", "draft.end")
    assert told["detail"]
    assert Activity.objects.count() == 0


def test_what_does_not_fit_the_description_names_every_place_and_repeats_nothing(w, machine):
    answer = machine(w.lan).post("/patrols", {"draft": {"start": "hôm nay", "armed": "có"}})
    told = answer.json()
    assert (answer.status_code, told["code"]) == (422, "does-not-fit")
    assert {"draft.start", "draft.end", "draft.area", "draft.armed"} <= {e["field"].removeprefix("body.") for e in told["errors"]}
    assert "hôm nay" not in answer.content.decode()


def test_a_record_that_is_not_there_is_named_at_its_place(w, machine):
    answer = machine(w.lan).post("/patrols/plan-many", {"drafts": [a_plan(w)["draft"], a_plan(w, area="99999")["draft"]]})
    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (422, "no-such-area", "drafts.1.area")


def test_who_may_not_is_told_so_and_nothing_happens(w, machine):
    answer = machine(w.thu).post("/patrols", a_plan(w))
    assert (answer.status_code, answer.json()["code"]) == (403, "not-your-role")
    assert Activity.objects.count() == 0


def test_of_a_patrol_that_one_does_not_see_one_learns_who_leads_it_and_where_to_ask(w, machine):
    a = planning.plan(by=w.lan, draft=a_draft(w), at=NOON)
    tu = machine(w.tu)
    answer = tu.get(f"/patrols/{a.matter.code}")
    assert (answer.status_code, answer.json()["code"]) == (403, "not-seen")
    assert answer.json()["lead"] == {"key": w.police_song.key, "name": w.police_song.name}
    assert tu.post(answer.json()["join"].removeprefix("/api/v1"), {"wish": "see", "why": "Cùng tuyến."}).status_code == 200
    assert [r["unit"]["id"] for r in machine(w.lan).get("/requests").json()["items"]] == [w.strangers.key]


def test_two_editors_get_both_versions(w, machine):
    lan = machine(w.lan)
    code = lan.post("/patrols", a_plan(w)).json()["records"][0]["id"]
    first = a_plan(w, title="Tuyến chợ") | {"version": 1}
    assert lan.post(f"/patrols/{code}/change", first).json()["records"][0]["version"] == 2
    answer = lan.post(f"/patrols/{code}/change", a_plan(w, title="Tuyến cầu") | {"version": 1})
    told = answer.json()
    assert (answer.status_code, told["code"]) == (409, "changed-meanwhile")
    assert (told["yours"]["draft"]["title"], told["current"]["title"], told["current"]["version"]) == ("Tuyến cầu", "Tuyến chợ", 2)


def test_a_gate_that_asks_is_answered_by_sending_again(w, machine):
    lan = machine(w.lan)
    asked = lan.post("/patrols", a_plan(w, title="Gặp anh Nguyễn Văn Hùng ở cầu"))
    assert asked.status_code == 422
    again = lan.post("/patrols", a_plan(w, title="Gặp anh Nguyễn Văn Hùng ở cầu") | {"sure": [asked.json()["answer"]]})
    assert again.status_code == 200


def test_what_a_gate_refuses_stays_refused(w, machine):
    answer = machine(w.lan).post("/patrols", a_plan(w, title="Gọi 079203001234 lúc 20 giờ, số CCCD 079203001234") | {"sure": ["079203001234"]})
    assert answer.status_code == 422
    assert "079203001234" not in answer.json()["detail"]


def test_exact_times_stay_with_who_takes_part_until_it_is_over(w, machine):
    a = planning.plan(by=w.lan, draft=a_draft(w), at=NOON)
    outside = machine(w.mai).get(f"/patrols/{a.matter.code}").json()
    assert (outside["exact"], outside["planned_start"], outside["route_kind"], outside["legs"]) == (False, None, None, [])
    assert all(p["strength"] is None for p in outside["parties"])
    assert outside["day"] == "2026-06-01"


def test_a_one_time_link_is_told_once(w, machine):
    lan = machine(w.lan)
    a = holding.report(by=w.lan, result=a_result(w, planning.plan(by=w.lan, draft=a_draft(w), at=NOON)), at=at(2, 8))
    key = {"Idempotency-Key": "0f0e5f77-9c2d-4b1f-8c3f-2a1000000001"}
    first = lan.post(f"/patrols/{a.matter.code}/links", {"unit": w.militia_song.key}, headers=key)
    again = lan.post(f"/patrols/{a.matter.code}/links", {"unit": w.militia_song.key}, headers=key)
    assert len(first.json()["secret"]) > 20
    assert (again.json()["secret"], again.json()["records"]) == (None, first.json()["records"])
    assert ConfirmLink.objects.count() == 1


def test_a_team_that_is_down_twice_is_told_with_one_that_is_free(w, machine):
    lan = machine(w.lan)
    first, second = (
        lan.post("/patrols", a_plan(w, start=at(1, hour).isoformat(), end=at(1, hour + 2).isoformat())).json()["records"][0]["id"] for hour in (20, 21)
    )
    days = {"first": at(1, 0).isoformat(), "until": at(2, 0).isoformat()}
    assert [(c["unit"]["id"], c["team"], c["patrols"], c["free"]) for c in lan.get("/patrols/clashes", **days).json()] == [
        (unit.key, 1, [first, second], 2) for unit in (w.police_song, w.militia_song)
    ]
    assert machine(w.tu).get("/patrols/clashes", **days).json() == []
    assert lan.get("/patrols/clashes", **days | {"until": at(10, 0, month=8).isoformat()}).json()["code"] == "too-long"


def test_drafts_of_the_month_before_can_be_sent_back_as_they_are(w, machine):
    planning.plan(by=w.lan, draft=a_draft(w), at=NOON)
    lan = machine(w.lan)
    drafts = lan.get("/patrols/month-again", year=2026, month=7).json()
    assert len(drafts) == 1
    assert lan.post("/patrols/plan-many", {"drafts": drafts}).status_code == 200
    assert Activity.objects.count() == 2


@pytest.mark.parametrize("limit", [1, 3, 200])
def test_pages_by_cursor_show_each_patrol_once_and_in_order(w, machine, limit):
    drafts = [a_draft(w, start=at(d, 20), end=at(d, 22)) for d in (9, 3, 5, 3, 7)]
    planning.plan_many(by=w.lan, drafts=drafts, at=NOON)
    lan, seen, after = machine(w.lan), [], None
    while True:
        page = lan.get("/patrols", first="2026-06-01", until="2026-07-01", limit=limit, **({"after": after} if after else {})).json()
        seen += [(row["day"], row["id"]) for row in page["items"]]
        after = page["next"]
        if after is None:
            break
    assert len(seen) == len(set(seen)) == 5
    assert [day for day, _code in seen] == ["2026-06-03", "2026-06-03", "2026-06-05", "2026-06-07", "2026-06-09"]


@pytest.mark.parametrize("cursor", ["x", "W10", "WyJhIiwxXQ", "WzEsMV0", "eyJhIjoxfQ"])
def test_a_cursor_that_is_none_is_refused(w, machine, cursor):
    answer = machine(w.lan).get("/patrols", first="2026-06-01", until="2026-07-01", after=cursor)
    assert (answer.status_code, answer.json()["code"]) == (422, "no-cursor")


@pytest.mark.parametrize("path", ["/patrols?first=2026-06-01&until=2026-07-01&limit=200", "/patrols/awaiting-word?limit=200", "/matters?limit=200"])
def test_a_list_asks_the_same_few_questions_for_one_and_for_many(w, machine, django_assert_max_num_queries, path):
    def measured(by):
        with django_assert_max_num_queries(12) as asked:
            answer = machine(by).get(path)
        assert answer.status_code == 200
        return len(answer.json()["items"]), len(asked)

    def one_more(count):
        drafts = [a_draft(w, start=at(1, 1) + timedelta(hours=n), end=at(1, 2) + timedelta(hours=n)) for n in range(count)]
        for a in planning.plan_many(by=w.lan, drafts=drafts, at=at(1, 0)):
            holding.report(by=w.lan, result=a_result(w, a, started_at=a.planned_start, ended_at=a.planned_end), at=at(5, 0))

    machine(w.binh).get(path)
    one_more(1)
    few = measured(w.binh)
    one_more(20)
    many = measured(w.binh)
    assert (few[0], many[0], few[1]) == (1, 21, many[1])


def test_the_area_of_a_name_is_that_of_its_day(w, machine):
    Area.objects.filter(pk=w.dat.pk).update(valid_until="2026-01-01")
    lan = machine(w.lan)
    assert lan.get("/areas/29002").status_code == 404
    assert lan.get("/areas/29002@2025-12-31").json()["name"] == "Đất"


def test_nothing_of_a_list_sent_together_happens_when_one_is_refused(w, machine):
    drafts = [a_plan(w)["draft"], a_plan(w, end=at(1, 19).isoformat())["draft"]]
    answer = machine(w.lan).post("/patrols/plan-many", {"drafts": drafts})
    assert (answer.status_code, answer.json()["field"]) == (422, "drafts.1.end")
    assert (Activity.objects.count(), Fact.objects.count()) == (0, 0)
