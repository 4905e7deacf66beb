"""A question that is misspelt, empty in itself or about what there is not gets a refusal, never an empty answer that reads as "nothing happened"."""

from __future__ import annotations

from datetime import date

import pytest

from phoihop.api.handbook import document
from phoihop.domain.models import Activity, Succession, Unit, UnitSuccession
from tests.api.test_patrols import a_plan
from tests.world import START, area, at, unit

JUNE = {"first": "2026-06-01", "until": "2026-07-01"}
CELL = {"measure": "TR.01", "area": "29001", **JUNE}


@pytest.mark.parametrize(
    ("path", "query", "code", "field"),
    [
        ("/patrols", {**JUNE, "untill": "2026-06-02"}, "does-not-fit", "untill"),
        ("/patrols", {**JUNE, "state": "hled"}, "does-not-fit", "state"),
        ("/patrols", {**JUNE, "lead": "CA.xa.00000"}, "no-such-unit", "lead"),
        ("/patrols", {"first": "2026-07-01", "until": "2026-06-01"}, "until-not-after-first", "until"),
        ("/patrols", {"first": "2026-06-01", "until": "2026-06-01"}, "until-not-after-first", "until"),
        ("/journal", {"first": "2026-06-02T00:00:00Z", "until": "2026-06-01T00:00:00Z"}, "until-not-after-first", "until"),
        ("/tasks", {"state": "done"}, "does-not-fit", "state"),
        ("/units", {"force": "ZZ"}, "no-such-force", "force"),
        ("/areas/29001/tree", {"groups": "clusters"}, "does-not-fit", "groups"),
        ("/areas/29001/tree", {"on": "2020-01-01"}, "area-not-then", "on"),
        ("/areas/29001", {"area": "29002"}, "does-not-fit", "area"),
        ("/figures/cell", {**CELL, "line": 999}, "no-such-line", "line"),
        ("/calendars/ND09/2026-06", {}, "no-such-period", "period"),
    ],
    ids=["unknown", "state", "lead", "backwards", "no day", "moments", "task state", "force", "tree", "day of a tree", "twice", "line", "period"],
)
def test_what_cannot_be_answered_is_refused_at_its_place(w, machine, path, query, code, field):
    answer = machine(w.lan).get(path, **query)
    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (422, code, field)


def test_what_an_operation_does_not_take_is_no_slip_to_pass_over(w, machine):
    """A misspelt ``armed`` would make an armed patrol an unarmed one."""
    lan, plan = machine(w.lan), a_plan(w)
    inside = lan.post("/patrols", {"draft": plan["draft"] | {"arned": True}})
    beside = lan.post("/patrols", plan | {"armed": True})
    assert [(a.status_code, a.json()["code"], a.json()["field"]) for a in (inside, beside)] == [
        (422, "does-not-fit", "draft.arned"),
        (422, "does-not-fit", "armed"),
    ]
    assert Activity.objects.count() == 0


def test_a_rules_field_is_told_where_it_stands_in_the_request(w, machine):
    """However many drafts are sent, and whether there may be several."""
    lan, good, wrong = machine(w.lan), a_plan(w)["draft"], a_plan(w, end=at(1, 19).isoformat())["draft"]
    told = [
        lan.post("/patrols", {"draft": wrong}), lan.post("/patrols/plan-many", {"drafts": [wrong]}), lan.post("/patrols/plan-many", {"drafts": [good, wrong]}),
    ]  # fmt: skip
    assert [(a.json()["code"], a.json()["field"]) for a in told] == [("time-order", f"{place}.end") for place in ("draft", "drafts.0", "drafts.1")]


def test_a_code_of_before_says_what_became_of_its_area_and_offers_the_one_that_it_is(w, machine):
    gone = area("29152", "Cồn", "commune", "xa", start=date(2004, 1, 1), until=START)
    Succession.objects.create(old=gone, new=w.song, day=START, kind="merge", basis="202/2025/QH15")
    lan = machine(w.lan)
    asked, sent = lan.get("/areas/29152"), lan.post("/patrols", a_plan(w, area="29152"))
    assert [(a.status_code, a.json()["code"], a.json()["offer"], a.json().get("field")) for a in (asked, sent)] == [
        (404, "no-such-area", "29001@2025-07-01", None), (422, "no-such-area", "29001@2025-07-01", "draft.area"),
    ]  # fmt: skip
    assert asked.json()["detail"] == "29152 là mã của Xã Cồn đến trước ngày 01/07/2025; sau đó là Xã Sông."
    assert lan.post("/patrols", a_plan(w, area=sent.json()["offer"])).status_code == 200


@pytest.mark.parametrize("became", [0, 2])
def test_where_nothing_or_more_than_one_area_came_of_a_code_none_is_offered(w, machine, became):
    gone = area("29152", "Cồn", "commune", "xa", start=date(2004, 1, 1), until=START)
    for heir in (w.song, w.dat)[:became]:
        Succession.objects.create(old=gone, new=heir, day=START, kind="split", basis="202/2025/QH15")
    told = machine(w.lan).get("/areas/29152").json()
    assert ("offer" in told, "Xã Sông, Phường Đất" in told["detail"]) == (False, became == 2)


FORM = "multipart/form-data; boundary=x"
PART = '--x\r\nContent-Disposition: form-data; name="{0}"{1}\r\n\r\n1\r\n'


@pytest.mark.parametrize(
    ("media", "body", "status", "code"),
    [
        ("multipart/form-data", "x", 400, "unreadable"),
        (FORM, "x", 422, "does-not-fit"),
        (FORM, "".join(PART.format(f"n{n}", "") for n in range(20_001)) + "--x--", 413, "too-large"),
        (FORM, "".join(PART.format("upload", f'; filename="{n}.txt"') for n in range(101)) + "--x--", 413, "too-large"),
        ("application/json", "{", 415, "media-type"),
    ],
    ids=["no boundary", "no parts", "fields", "files", "no form"],
)
def test_a_form_that_cannot_be_read_is_the_senders_to_mend(w, machine, media, body, status, code):
    lan = machine(w.lan)
    matter = lan.post("/patrols", a_plan(w)).json()["records"][0]["id"]
    answer = lan.client.post(f"/api/v1/matters/{matter}/files", body, content_type=media, headers=lan.headers)
    assert (answer.status_code, answer["Content-Type"], answer.json()["code"]) == (status, "application/problem+json", code)


def test_a_body_without_its_length_is_asked_for_it(w, machine):
    lan = machine(w.lan)
    answer = lan.client.generic("POST", "/api/v1/patrols", b"", content_type="application/json", headers=lan.headers, HTTP_TRANSFER_ENCODING="chunked")
    assert (answer.status_code, answer.json()["code"]) == (400, "no-length")


def test_every_shape_says_what_it_is_in_words():
    """A dataclass without a docstring has one that lists its fields again."""
    shapes = document()["components"]["schemas"]
    assert [name for name, shape in shapes.items() if shape.get("description", "").startswith(f"{name}(")] == []


def test_an_area_or_a_unit_of_another_day_is_refused_with_what_is_there_then(w, machine):
    """One is offered to be sent instead; of several the caller chooses."""
    gone, split = (area(code, name, "commune", "xa", start=date(2004, 1, 1), until=START) for code, name in (("29152", "Cồn"), ("29153", "Bãi")))
    for old, new in ((gone, w.song), (split, w.song), (split, w.dat)):
        Succession.objects.create(old=old, new=new, day=START, kind="merge", basis="202/2025/QH15")
    former = unit(w.forces["DQ"], "xa", w.song, "Đội dân quân xã Sông", start=date(2020, 1, 1))
    Unit.objects.filter(pk=former.pk).update(valid_until=START)
    UnitSuccession.objects.create(old=former, new=w.militia_song, day=START, basis="Quyết định 12/QĐ-BCH")
    lan, plan = machine(w.lan), a_plan(w)["draft"]
    song = {"id": "29001@2025-07-01", "name": "Xã Sông", "since": "2025-07-01", "code": "29001"}
    dat = {"id": "29002@2025-07-01", "name": "Phường Đất", "since": "2025-07-01", "code": "29002"}
    militia = {"id": w.militia_song.key, "name": str(w.militia_song), "since": "2025-07-01"}
    parties = [plan["parties"][0], plan["parties"][1] | {"unit": former.key}]
    sent = [
        {"draft": plan | {"area": "29152@2025-06-30"}}, {"draft": plan | {"area": "29153@2025-06-30"}}, {"draft": plan | {"parties": parties}},
    ]  # fmt: skip
    answers = [lan.post("/patrols", one) for one in sent]
    assert [(a.status_code, a.json()["code"], a.json()["field"], a.json().get("offer"), a.json()["successors"]) for a in answers] == [
        (422, "area-not-then", "draft.area", song["id"], [song]),
        (422, "area-not-then", "draft.area", None, [song, dat]),
        (422, "unit-not-then", "draft.parties.1.unit", militia["id"], [militia]),
    ]
    assert lan.get("/areas/29001/tree", on="2025-01-01").json()["successors"] == [
        {"id": f"{one.code}@2004-01-01", "name": str(one), "since": "2004-01-01", "code": one.code} for one in (gone, split)
    ]
